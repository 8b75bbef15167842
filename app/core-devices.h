/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "devices/code-scanner.h"
#include "devices/page-printer.h"
#include "devices/printer.h"
#include "model/clock.h"

G_BEGIN_DECLS

/* Each is (transfer full). */
JuminPrinter *jumin_core_printer_new (const JuminConfig *config, JuminClock *clock);
/* Returns: (nullable): %NULL where nothing reads codes */
JuminCodeScanner *jumin_core_scanner_new (const JuminConfig *config, JuminClock *clock);
/* Returns: (nullable): %NULL without an error where there is no A4 printer */
JuminPagePrinter *jumin_core_sheet_printer_new (const JuminConfig *config, JuminClock *clock,
                                                GError **error);

G_END_DECLS
