/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "audit/audit.h"
#include "journey/terminal.h"

G_BEGIN_DECLS

/**
 * JuminBorderServer:
 *
 * Core's side of the border: publishes the terminal's view and takes its acts. One ui at a time; a
 * newer one replaces it.
 */
#define JUMIN_TYPE_BORDER_SERVER (jumin_border_server_get_type ())
G_DECLARE_FINAL_TYPE (JuminBorderServer, jumin_border_server, JUMIN, BORDER_SERVER, GObject)

JuminBorderServer *jumin_border_server_new (const char *socket, uid_t peer, guint reply_ms,
                                            JuminTerminal *terminal, JuminClock *clock,
                                            JuminAudit *audit, GError **error);

G_END_DECLS
