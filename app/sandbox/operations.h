/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "sandbox/answers.h"
#include "sandbox/city-code-operations.h"
#include "sandbox/gate.h"
#include "sandbox/logins.h"
#include "sandbox/money-faults.h"
#include "sandbox/paper.h"
#include "sandbox/pay-desk.h"
#include "sandbox/queue.h"

G_BEGIN_DECLS

enum
{
  JUMIN_BODY_BYTES_MAX = 64 * 1024
};

/**
 * JuminStaff:
 * @answered: the last call that somebody has answered
 * @answers: so is each call that comes
 * @away: nobody is on duty
 * @offices_closed: the offices behind records and papers do not answer
 *
 * What the people of the hall do about calls for help, and those of the offices about the rest.
 */
typedef struct
{
  gint64 answered;
  gboolean answers, away, offices_closed;
} JuminStaff;

/**
 * JuminPlatform:
 * @codes: (nullable): the platform of the codes, which is another one
 * @state: the sandbox's folder
 * @pay: bills and payments
 *
 * What the operations work on. Borrowed.
 */
typedef struct
{
  const JuminCity *city;
  JuminQueue *queue;
  JuminStore *store;
  JuminLogins *logins;
  JuminGate *gate;
  JuminStaff *staff;
  JuminCityCodeDesk *codes;
  JuminPayDesk *pay;
  const char *state;
  JuminClock *clock;
} JuminPlatform;

/**
 * JuminAsk:
 * @path: with /v1
 * @terminal: who asks
 * @key: (nullable): Idempotency-Key
 * @text: of the body
 * @paper_fault: what is wrong with the paper that is made; @money_fault: with what is said about
 *   money
 * @body: what @text says; none with GET
 * @status: of the answer
 *
 * What a terminal asks.
 */
typedef struct
{
  const JuminPlatform *platform;
  const char *method, *path, *terminal, *key, *text;
  gsize text_length;
  JuminPaperFault paper_fault;
  JuminMoneyFault money_fault;
  const JuminJson *body;
  guint status;
} JuminAsk;

gboolean jumin_operation_is_known (const char *path);
cJSON *jumin_operation_run (JuminAsk *ask);

/* What operations have in common. */
cJSON *jumin_ask_refuse (JuminAsk *ask, guint status, const char *code, const char *message);
const char *jumin_ask_read_person (JuminAsk *ask);
gint64 jumin_ask_get_now (const JuminAsk *ask);

/* The operations of the other files. (transfer full) (nullable): the answer's body; nothing when
 * the report of the ask's body has an error */
cJSON *jumin_operation_start_login (JuminAsk *ask);
cJSON *jumin_operation_resend_code (JuminAsk *ask);
cJSON *jumin_operation_check_code (JuminAsk *ask);
cJSON *jumin_operation_call_help (JuminAsk *ask);
cJSON *jumin_operation_follow_help (JuminAsk *ask);
cJSON *jumin_operation_add_report (JuminAsk *ask);
cJSON *jumin_operation_add_anchor (JuminAsk *ask);
cJSON *jumin_operation_get_account (JuminAsk *ask);
cJSON *jumin_operation_get_lines (JuminAsk *ask);
cJSON *jumin_operation_get_loan (JuminAsk *ask);
cJSON *jumin_operation_get_withdrawals (JuminAsk *ask);
cJSON *jumin_operation_get_social (JuminAsk *ask);
cJSON *jumin_operation_get_entitlements (JuminAsk *ask);
cJSON *jumin_operation_fetch_paper (JuminAsk *ask);
cJSON *jumin_operation_report_outcome (JuminAsk *ask);
cJSON *jumin_operation_list_bills (JuminAsk *ask);
cJSON *jumin_operation_find_bills (JuminAsk *ask);
cJSON *jumin_operation_make_quote (JuminAsk *ask);
cJSON *jumin_operation_pay (JuminAsk *ask);
cJSON *jumin_operation_get_payment (JuminAsk *ask);
cJSON *jumin_operation_close_payment (JuminAsk *ask);
cJSON *jumin_operation_list_payments (JuminAsk *ask);

G_END_DECLS
