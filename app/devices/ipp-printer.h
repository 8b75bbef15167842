/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/page-printer.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminIppProfile:
 * @fingerprint: (nullable): for ipps: SHA-256 of the printer's certificate, lower-case hexadecimal
 * @open_ms, @answer_ms: for a connection, and for one answer
 * @look_ms: between two looks at a job
 * @lost_ms: without an answer for so long, nobody knows what comes out
 * @first_ms: from the last byte until a page is out, for a printer that is still busy, and for a
 * job to be let go
 * @page_ms: from one page to the next one, and from the last one to the end
 * @cancel_ms: until a job that was cancelled has ended
 * @counts_pages: it was seen to count pages when they are out, so that its 0 means nothing came
 *
 * What is known of a printer; milliseconds on the clock.
 */
typedef struct
{
  const char *fingerprint;
  guint open_ms, answer_ms, look_ms, lost_ms, first_ms, page_ms, cancel_ms;
  gboolean counts_pages;
} JuminIppProfile;

/**
 * JuminIppPrinter:
 *
 * An A4 printer that understands IPP and PDF, without a spooler between: a driverless one in the
 * network, one at USB through ipp-usb, or, for a legacy driver, a queue of cupsd, which says that
 * pages are out before they are. It belongs to this machine alone: jobs that are called "jumin-…"
 * and that nobody waits for are cancelled.
 */
#define JUMIN_TYPE_IPP_PRINTER (jumin_ipp_printer_get_type ())
G_DECLARE_FINAL_TYPE (JuminIppPrinter, jumin_ipp_printer, JUMIN, IPP_PRINTER, GObject)

JuminPagePrinter *jumin_ipp_printer_new (const char *uri, const JuminIppProfile *profile,
                                         JuminClock *clock, GError **error);

G_END_DECLS
