/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/cashier.h"

G_BEGIN_DECLS

#define MS G_GINT64_CONSTANT (1000)
#define S G_GINT64_CONSTANT (1000000)
#define BEGAN_AT G_GINT64_CONSTANT (1789525000)
#define DAY_S G_GINT64_CONSTANT (86400)

/**
 * Desk:
 * @taken: so many of the effects were looked at
 *
 * A cashier whose disk, platform and time are moved by hand.
 */
typedef struct
{
  JuminCashier *cashier;
  GPtrArray *effects;
  gint64 now;
  guint taken;
} Desk;

void cashier_desk_set_up (Desk *desk, gconstpointer data);
void cashier_desk_tear_down (Desk *desk, gconstpointer data);
void cashier_desk_step (Desk *desk, const JuminTillEvent *event);
JuminQuote *cashier_desk_quote_new (const char *bill);
void cashier_desk_begin (Desk *desk, const char *id, const char *bill, JuminPayWay way);
const JuminTillEffect *cashier_desk_take (Desk *desk, JuminTillEffectKind kind);
void cashier_desk_assert_no_more (const Desk *desk);
void cashier_desk_end_commit (Desk *desk, JuminPaymentState state, JuminTillEventKind how);
void cashier_desk_keep (Desk *desk, JuminPaymentState state);
JuminCharge *cashier_desk_charge_new (const char *payment, JuminChargeState state);
void cashier_desk_hear (Desk *desk, JuminTillEffectKind question, const JuminCharge *charge);
void cashier_desk_answer (Desk *desk, JuminTillEffectKind question, JuminChargeState state);
void cashier_desk_tell (Desk *desk, JuminTillEventKind kind, const char *id);
void cashier_desk_wait (Desk *desk, guint ms);
void cashier_desk_wait_for_next (Desk *desk);
void cashier_desk_assert_say (const Desk *desk, JuminPaymentSay say);
void cashier_desk_send (Desk *desk, JuminPayWay way);
void cashier_desk_reach_pending (Desk *desk, JuminPayWay way);

G_END_DECLS
