/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/page-printer.h"

G_BEGIN_DECLS

/**
 * JuminVirtualPagePrinter:
 *
 * An A4 printer without a device, for unit tests. It begins ready and prints all that it gets.
 */
#define JUMIN_TYPE_VIRTUAL_PAGE_PRINTER (jumin_virtual_page_printer_get_type ())
G_DECLARE_FINAL_TYPE (JuminVirtualPagePrinter, jumin_virtual_page_printer, JUMIN,
                      VIRTUAL_PAGE_PRINTER, GObject)

JuminVirtualPagePrinter *jumin_virtual_page_printer_new (void);
void jumin_virtual_page_printer_set_status (JuminVirtualPagePrinter *self,
                                            const JuminPageStatus *status);
/* The next job ends so, and so does what is asked about it later; once. */
void jumin_virtual_page_printer_end_next (JuminVirtualPagePrinter *self,
                                          const JuminPageReport *report);
/* While held, a job stays under way; progress is told with jumin_page_printer_tell_progress(). */
void jumin_virtual_page_printer_hold (JuminVirtualPagePrinter *self, gboolean held);
/* (element-type GBytes) (transfer none): a PDF for each job that it took, oldest first. */
GPtrArray *jumin_virtual_page_printer_get_documents (JuminVirtualPagePrinter *self);

G_END_DECLS
