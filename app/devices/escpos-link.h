/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminEscposLink:
 *
 * The way to a printer, both directions: TCP, a printer's device file or a terminal. Never blocks
 * longer than it is told; for worker threads.
 */
typedef struct
{
  int fd; /* −1: closed */
  gboolean is_socket;
} JuminEscposLink;

gboolean jumin_escpos_link_open (JuminEscposLink *self, const char *uri, guint open_ms,
                                 GError **error);
void jumin_escpos_link_close (JuminEscposLink *self);
gboolean jumin_escpos_link_send (JuminEscposLink *self, const guint8 *bytes, gsize length,
                                 guint write_ms, GError **error);
gssize jumin_escpos_link_receive (JuminEscposLink *self, guint8 *bytes, gsize length, guint wait_ms,
                                  GError **error);
void jumin_escpos_link_abort (JuminEscposLink *self);
void jumin_escpos_link_drain (JuminEscposLink *self, guint wait_ms);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JuminEscposLink, jumin_escpos_link_close)

G_END_DECLS
