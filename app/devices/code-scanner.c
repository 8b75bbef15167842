/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads codes, whatever it is. */
#include "devices/code-scanner.h"

enum
{
  CHANGED,
  CODE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (JuminCodeScanner, jumin_code_scanner, G_TYPE_OBJECT)

static void
jumin_code_scanner_default_init (JuminCodeScannerInterface *iface)
{
  signals[CHANGED] = g_signal_new ("changed", JUMIN_TYPE_CODE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CODE] = g_signal_new ("code", JUMIN_TYPE_CODE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

void
jumin_code_scanner_set_looking (JuminCodeScanner *self, gboolean looking)
{
  JUMIN_CODE_SCANNER_GET_IFACE (self)->set_looking (self, looking);
}

JuminScanState
jumin_code_scanner_get_state (JuminCodeScanner *self)
{
  return JUMIN_CODE_SCANNER_GET_IFACE (self)->get_state (self);
}

JuminScanHint
jumin_code_scanner_get_hint (JuminCodeScanner *self)
{
  return JUMIN_CODE_SCANNER_GET_IFACE (self)->get_hint (self);
}

/**
 * jumin_code_scanner_has_preview:
 *
 * Returns: whether it can show what it sees
 */
gboolean
jumin_code_scanner_has_preview (JuminCodeScanner *self)
{
  return JUMIN_CODE_SCANNER_GET_IFACE (self)->open_preview != NULL;
}

int
jumin_code_scanner_open_preview (JuminCodeScanner *self)
{
  JuminCodeScannerInterface *iface = JUMIN_CODE_SCANNER_GET_IFACE (self);

  return iface->open_preview != NULL ? iface->open_preview (self) : -1;
}

void
jumin_code_scanner_emit_code (JuminCodeScanner *self, GBytes *text)
{
  g_signal_emit (self, signals[CODE], 0, text);
}

void
jumin_code_scanner_emit_changed (JuminCodeScanner *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
