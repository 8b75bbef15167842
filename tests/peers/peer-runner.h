/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminPeerRun:
 *
 * A peer that a test has started, by its control socket. For tests: it blocks.
 */
typedef struct
{
  GSubprocess *process;
  char *ready; /* what it said after "ready " */
  char *control_path;
} JuminPeerRun;

JuminPeerRun *jumin_peer_run (const char *program, const char *control_path,
                              ...) G_GNUC_NULL_TERMINATED;
char *jumin_peer_ask (JuminPeerRun *self, const char *command);
void jumin_peer_run_end (JuminPeerRun *self);

G_END_DECLS
