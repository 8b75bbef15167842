/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanner without a device: what it is told to show is read at once. */
#include "devices/virtual-code-scanner.h"

#include <string.h>

struct _JuminVirtualCodeScanner
{
  GObject parent_instance;
  gboolean looking;
  JuminScanState state; /* while it looks */
  JuminScanHint hint;
};

static void
set_looking (JuminCodeScanner *scanner, gboolean looking)
{
  JuminVirtualCodeScanner *self = JUMIN_VIRTUAL_CODE_SCANNER (scanner);

  if (self->looking == looking)
    return;
  self->looking = looking;
  jumin_code_scanner_emit_changed (scanner);
}

static JuminScanState
get_state (JuminCodeScanner *scanner)
{
  JuminVirtualCodeScanner *self = JUMIN_VIRTUAL_CODE_SCANNER (scanner);

  return self->looking ? self->state : JUMIN_SCAN_OFF;
}

static JuminScanHint
get_hint (JuminCodeScanner *scanner)
{
  JuminVirtualCodeScanner *self = JUMIN_VIRTUAL_CODE_SCANNER (scanner);

  return self->looking ? self->hint : JUMIN_SCAN_HINT_NONE;
}

static void
implement_scanner (JuminCodeScannerInterface *iface)
{
  iface->set_looking = set_looking;
  iface->get_state = get_state;
  iface->get_hint = get_hint;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminVirtualCodeScanner, jumin_virtual_code_scanner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_CODE_SCANNER, implement_scanner))

static void
jumin_virtual_code_scanner_class_init (JuminVirtualCodeScannerClass *klass)
{
}

static void
jumin_virtual_code_scanner_init (JuminVirtualCodeScanner *self)
{
  self->state = JUMIN_SCAN_LOOKING;
}

JuminVirtualCodeScanner *
jumin_virtual_code_scanner_new (void)
{
  return g_object_new (JUMIN_TYPE_VIRTUAL_CODE_SCANNER, NULL);
}

void
jumin_virtual_code_scanner_set (JuminVirtualCodeScanner *self, JuminScanState state,
                                JuminScanHint hint)
{
  self->state = state;
  self->hint = hint;
  if (self->looking)
    jumin_code_scanner_emit_changed (JUMIN_CODE_SCANNER (self));
}

gboolean
jumin_virtual_code_scanner_show (JuminVirtualCodeScanner *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  gboolean looking = self->looking;

  if (looking && self->state == JUMIN_SCAN_LOOKING)
    jumin_code_scanner_emit_code (JUMIN_CODE_SCANNER (self), bytes);
  return looking;
}

gboolean
jumin_virtual_code_scanner_is_looking (JuminVirtualCodeScanner *self)
{
  return self->looking;
}
