/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/scene.h"

G_BEGIN_DECLS

/* An invented city's bills (pay-sample.c). */
typedef enum
{
  JUMIN_SAMPLE_POWER,
  JUMIN_SAMPLE_WATER,
  JUMIN_SAMPLE_GAS,
  JUMIN_SAMPLE_HEAT,
  JUMIN_N_SAMPLE_BILLERS
} JuminSampleBiller;

/* Steps of the flow "payment". */
enum
{
  JUMIN_SAMPLE_STEP_IDENTIFY,
  JUMIN_SAMPLE_STEP_BILLS,
  JUMIN_SAMPLE_STEP_PAY,
  JUMIN_SAMPLE_STEP_RECEIPT
};

const JuminBillers *jumin_sample_billers (void);
const JuminBiller *jumin_sample_biller (JuminSampleBiller biller);
JuminHome *jumin_sample_home (const char *id, const char *address, const char *owner);
JuminBill *jumin_sample_bill (JuminHome *home, JuminSampleBiller biller, gint64 fen, int due_on);
void jumin_sample_payer (JuminScene *scene, guint step);
JuminBill *jumin_sample_nth_bill (JuminScene *scene, guint home, guint n);
void jumin_sample_tick (JuminScene *scene, guint count);
void jumin_sample_bills (JuminScene *scene);
void jumin_sample_bills_full (JuminScene *scene);
JuminQuote *jumin_sample_quote (const JuminBills *bills, guint count);

G_END_DECLS
