/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/scan-message.h"

G_BEGIN_DECLS

/**
 * JuminCodeScanner:
 *
 * What reads the codes that people hold up. Signals, on the main thread: "changed", get_state() or
 * get_hint() has changed; "code" (GBytes *text), a code was read, byte by byte as it was encoded,
 * at most %JUMIN_SCAN_TEXT_BYTES_MAX; the same code comes again for as long as it is shown.
 *
 * Nothing is read and no light is on but between set_looking(%TRUE) and set_looking(%FALSE); what
 * was on its way then is dropped. A device that goes and comes back while it looks is found again
 * without a word. Real drivers: the camera, behind jumin-scan; a scanner on a serial line. Virtual
 * one: for unit tests.
 */
#define JUMIN_TYPE_CODE_SCANNER (jumin_code_scanner_get_type ())
G_DECLARE_INTERFACE (JuminCodeScanner, jumin_code_scanner, JUMIN, CODE_SCANNER, GObject)

struct _JuminCodeScannerInterface
{
  GTypeInterface parent_interface;

  void (*set_looking) (JuminCodeScanner *self, gboolean looking);
  JuminScanState (*get_state) (JuminCodeScanner *self);
  JuminScanHint (*get_hint) (JuminCodeScanner *self);
  int (*open_preview) (JuminCodeScanner *self); /* or NULL: it has no picture */
};

void jumin_code_scanner_set_looking (JuminCodeScanner *self, gboolean looking);
JuminScanState jumin_code_scanner_get_state (JuminCodeScanner *self);
JuminScanHint jumin_code_scanner_get_hint (JuminCodeScanner *self);
gboolean jumin_code_scanner_has_preview (JuminCodeScanner *self);
/* A new descriptor of the memory of ipc/preview.h, which the caller closes; −1: there is none now.
 */
int jumin_code_scanner_open_preview (JuminCodeScanner *self);

/* For implementations. */
void jumin_code_scanner_emit_code (JuminCodeScanner *self, GBytes *text);
void jumin_code_scanner_emit_changed (JuminCodeScanner *self);

G_END_DECLS
