/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/payment-source.h"

G_BEGIN_DECLS

/**
 * FakeBank:
 *
 * Takes money as a test wants it: a source of payments without a platform. It begins with orders
 * that wait for their payer, answers at once, and closes what is not paid.
 */
#define FAKE_TYPE_BANK (fake_bank_get_type ())
G_DECLARE_FINAL_TYPE (FakeBank, fake_bank, FAKE, BANK, GObject)

FakeBank *fake_bank_new (void);
/* What becomes of the orders that come from now on. */
void fake_bank_set_next (FakeBank *self, JuminChargeState state);
/* From now on nothing is answered; what is asked is done all the same. */
void fake_bank_set_silent (FakeBank *self, gboolean silent);
/* From now on nothing is closed: its payer is just paying. */
void fake_bank_set_busy (FakeBank *self, gboolean busy);
/* It has an order of another life, that waits for its payer. */
void fake_bank_know (FakeBank *self, const JuminPayment *payment);
/* From now on answers wait, and then come. */
void fake_bank_hold (FakeBank *self, gboolean held);
/* The newest order becomes this, as if its payer had acted: %JUMIN_CHARGE_FULFILLED is paid. */
void fake_bank_settle (FakeBank *self, JuminChargeState state);
/* The newest order is paid just before it is closed. */
void fake_bank_pay_late (FakeBank *self);
/* Returns: (transfer full): what was asked since the last time, each order by its number:
 * "pay1 state1 close1 pay2" */
char *fake_bank_take_calls (FakeBank *self);
guint fake_bank_count_orders (FakeBank *self);
/* What was said of the newest order: its way, and whether it came with a code and a payer. */
JuminPayWay fake_bank_get_way (FakeBank *self);
const char *fake_bank_get_code (FakeBank *self);
gboolean fake_bank_has_payer (FakeBank *self);
guint fake_bank_count_paid (FakeBank *self);

G_END_DECLS
