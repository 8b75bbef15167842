/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What came; @most says how many bytes may come at once. */
typedef void (*JuminLineTake) (gpointer data, const guint8 *bytes, gsize length);
typedef gsize (*JuminLineMost) (gpointer data);

/**
 * JuminPrinterLine:
 * @link_path: (nullable): link to a pseudo terminal; %NULL: a port of the loopback
 * @port: 0 before the first plug: any
 *
 * What the kiosk is connected to: a TCP port or a device file, with a cable that can be pulled.
 */
typedef struct
{
  const char *link_path;
  guint16 port;
  JuminLineTake take;
  JuminLineMost most;
  gpointer data;
  GSocketListener *listener;
  GCancellable *unplugged;
  GSocketConnection *connection;
  int fd, pty_slave; /* −1: nobody is connected */
  guint source;
  gboolean held;
} JuminPrinterLine;

gboolean jumin_printer_line_plug (JuminPrinterLine *self, GError **error);
void jumin_printer_line_unplug (JuminPrinterLine *self);
void jumin_printer_line_drop (JuminPrinterLine *self);
void jumin_printer_line_hold (JuminPrinterLine *self, gboolean held);
gboolean jumin_printer_line_say (JuminPrinterLine *self, const guint8 *bytes, gsize length);

G_END_DECLS
