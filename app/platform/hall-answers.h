/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hall.h"
#include "model/identity.h"
#include "model/json.h"
#include "model/login.h"
#include "platform/hall-client.h"

G_BEGIN_DECLS

/**
 * JuminRefusal:
 *
 * The codes of the platform's refusals (data/platform-api.yaml, Error).
 */
typedef enum
{
  JUMIN_REFUSAL_BAD_REQUEST,
  JUMIN_REFUSAL_SIGNATURE,
  JUMIN_REFUSAL_CLOCK_SKEW,
  JUMIN_REFUSAL_NOT_FOUND,
  JUMIN_REFUSAL_TOO_LARGE,
  JUMIN_REFUSAL_HOLDER_UNKNOWN,
  JUMIN_REFUSAL_LIVE_TICKET,
  JUMIN_REFUSAL_QUEUE_CLOSED,
  JUMIN_REFUSAL_QUEUE_DOWN,
  JUMIN_REFUSAL_APPOINTMENT_CLOSED,
  JUMIN_REFUSAL_IDENTITY_REQUIRED,
  JUMIN_REFUSAL_MATTER_UNKNOWN,
  JUMIN_REFUSAL_KEY_REUSED,
  JUMIN_REFUSAL_NO_PHONE,
  JUMIN_REFUSAL_WRONG_CODE,
  JUMIN_REFUSAL_LOGIN_EXPIRED,
  JUMIN_REFUSAL_LOGIN_LOCKED,
  JUMIN_REFUSAL_TOKEN,
  JUMIN_REFUSAL_SERVICE_DOWN,
  JUMIN_REFUSAL_NOT_ENTITLED,
  JUMIN_REFUSAL_OUTCOME_SETTLED,
  JUMIN_REFUSAL_ACCOUNT_UNKNOWN,
  JUMIN_REFUSAL_BILL_TAKEN,
  JUMIN_REFUSAL_BILLER_CLOSED,
  JUMIN_REFUSAL_QUOTE_EXPIRED,
  JUMIN_REFUSAL_QUOTE_UNKNOWN,
  JUMIN_REFUSAL_INTERNAL
} JuminRefusal;

/* What the platform's answers say. Each gives a whole value; it holds nothing of worth when the
 * report of @root has an error. */
gpointer jumin_hall_answer_read_hall (const JuminJson *root);
gpointer jumin_hall_answer_read_machine (const JuminJson *place);
gpointer jumin_hall_answer_read_holder (const JuminJson *root);
gpointer jumin_hall_answer_read_today (const JuminJson *root);
gpointer jumin_hall_answer_read_ticket (const JuminJson *root);
gpointer jumin_hall_answer_read_help_call (const JuminJson *root);
gpointer jumin_hall_answer_read_report_kept (const JuminJson *root);
gpointer jumin_hall_answer_read_login (const JuminJson *root);
gpointer jumin_hall_answer_read_login_holder (const JuminJson *root);
/* A refusal that says how the login stands; %NULL: any other. */
gpointer jumin_hall_answer_read_login_refusal (guint status, JuminRefusal refusal,
                                               const JuminJson *root);
JuminRefusal jumin_hall_answer_read_refusal (const JuminJson *root);
const char *jumin_refusal_get_code (JuminRefusal refusal);

G_END_DECLS
