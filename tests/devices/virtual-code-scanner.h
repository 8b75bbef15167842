/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/code-scanner.h"

G_BEGIN_DECLS

/**
 * JuminVirtualCodeScanner:
 *
 * A scanner without a device, for unit tests. While it looks it is %JUMIN_SCAN_LOOKING, unless told
 * otherwise.
 */
#define JUMIN_TYPE_VIRTUAL_CODE_SCANNER (jumin_virtual_code_scanner_get_type ())
G_DECLARE_FINAL_TYPE (JuminVirtualCodeScanner, jumin_virtual_code_scanner, JUMIN,
                      VIRTUAL_CODE_SCANNER, GObject)

JuminVirtualCodeScanner *jumin_virtual_code_scanner_new (void);
/* How it is while it looks. */
void jumin_virtual_code_scanner_set (JuminVirtualCodeScanner *self, JuminScanState state,
                                     JuminScanHint hint);
/* Shows a code. Returns: whether anybody looked. */
gboolean jumin_virtual_code_scanner_show (JuminVirtualCodeScanner *self, const char *text);
gboolean jumin_virtual_code_scanner_is_looking (JuminVirtualCodeScanner *self);

G_END_DECLS
