/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "front/operator-server.h"
#include "journey/terminal.h"

G_BEGIN_DECLS

/* Fills in @payments and @till of @tools, where this machine takes payments. */
gboolean jumin_core_payments_new (const JuminConfig *config, JuminTerminalTools *tools,
                                  GError **error);
/* Returns: (transfer full) (nullable): who answers staff; %NULL where nobody does, which the log
 * has told */
JuminOperatorServer *jumin_core_operator_new (const JuminConfig *config, JuminTill *till,
                                              JuminClock *clock);

G_END_DECLS
