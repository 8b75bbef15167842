/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "platform/payment-source.h"

G_BEGIN_DECLS

/* What becomes of a request. */
typedef enum
{
  BANK_ANSWERS,
  BANK_SILENT, /* it never arrives */
  BANK_DEAF    /* it is done, and nobody hears of it */
} BankMood;

/**
 * FakeBank:
 * @mood: of every request
 * @next: what an order becomes that is paid at once: shown codes and accounts
 * @refused_day: that it does not list
 * @pays, @requests: that arrived
 * @code, @number: (nullable): of the last order that arrived
 *
 * A platform with orders, without a network.
 */
#define FAKE_TYPE_BANK (fake_bank_get_type ())
G_DECLARE_FINAL_TYPE (FakeBank, fake_bank, FAKE, BANK, GObject)

struct _FakeBank
{
  GObject parent_instance;
  JuminClock *clock;
  GHashTable *orders; /* id → JuminCharge */
  BankMood mood;
  JuminChargeState next;
  guint pays, requests;
  int listed_day, refused_day;
  char *code, *number;
};

FakeBank *fake_bank_new (JuminClock *clock);
/* Somebody pays, or the company takes its money. */
void fake_bank_set (FakeBank *self, const char *payment, JuminChargeState state);
JuminChargeState fake_bank_get (FakeBank *self, const char *payment);
JuminCharge *fake_bank_find (FakeBank *self, const char *payment);

G_END_DECLS
