/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/scan-message.h"

G_BEGIN_DECLS

/**
 * JuminScanLink:
 * @descriptor: of the socket, for a poll; −1: closed
 * @process: (nullable): the program when it is our child, until it is reaped
 *
 * One jumin-scan and the line to it. Nothing of it is believed, and nothing here blocks.
 */
typedef struct
{
  int descriptor;
  GSubprocess *process;
} JuminScanLink;

gboolean jumin_scan_link_open (JuminScanLink *self, const char *program, const char *socket,
                               GError **error);
gboolean jumin_scan_link_send (JuminScanLink *self, const JuminScanMessage *message,
                               GError **error);
gboolean jumin_scan_link_receive (JuminScanLink *self, JuminScanMessage *message, int *descriptor,
                                  GError **error);
void jumin_scan_link_close (JuminScanLink *self);

G_END_DECLS
