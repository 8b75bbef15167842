/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/answers.h"
#include "sandbox/city-code-operations.h"
#include "sandbox/gate.h"
#include "sandbox/logins.h"
#include "sandbox/money-faults.h"
#include "sandbox/paper.h"
#include "sandbox/pay-desk.h"
#include "sandbox/queue.h"

G_BEGIN_DECLS

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
 *
 * @codes: (nullable): the platform of the codes, which is another one
 * @state: the sandbox's folder
 * @terminal: who asks; set for each request
 * @pay: bills and payments
 * @paper_fault: what is wrong with the paper that is made; @money_fault: with what is said about
 *   money; both set for each request
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
  const char *state, *terminal;
  JuminClock *clock;
  JuminPaperFault paper_fault;
  JuminMoneyFault money_fault;
} JuminPlatform;

/**
 * JuminOperationRequest:
 * @path: with /v1
 * @terminal: who asks
 * @key: (nullable): Idempotency-Key
 */
typedef struct
{
  const char *method, *path, *terminal, *key, *body;
  gsize body_length;
  JuminPaperFault paper_fault;
  JuminMoneyFault money_fault;
} JuminOperationRequest;

gboolean jumin_operation_is_known (const char *path);
cJSON *jumin_operation_run (const JuminPlatform *platform, const JuminOperationRequest *request,
                            guint *status);

G_END_DECLS
