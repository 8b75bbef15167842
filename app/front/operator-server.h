/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "model/clock.h"
#include "payment/till.h"

G_BEGIN_DECLS

enum
{
  JUMIN_OPERATORS_MAX = 4 /* that are connected at once */
};

/**
 * JuminOperatorServer:
 *
 * Core's side of the operator's socket: root, the user of jumin-core and the members of one group
 * may ask what became of payments.
 */
#define JUMIN_TYPE_OPERATOR_SERVER (jumin_operator_server_get_type ())
G_DECLARE_FINAL_TYPE (JuminOperatorServer, jumin_operator_server, JUMIN, OPERATOR_SERVER, GObject)

JuminOperatorServer *jumin_operator_server_new (const char *socket, const char *group,
                                                JuminTill *till, JuminClock *clock, GError **error);

G_END_DECLS
