/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-http.h"
#include "model/error.h"
#include "platform/payments-client.h"
#include "platform/sm2.h"

G_BEGIN_DECLS

#define TERMINAL "T-0003"
#define PAYMENT "1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define QUOTE "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define OTHER "2b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define ID_NUMBER "50010119600101001X"
#define CODE "134567890123456789"

/* A client of payments without its network, and what the platform says to it. */
typedef struct
{
  char *folder;
  EVP_PKEY *key, *stranger;
  JuminHttpClient *http;
  JuminHallClient *hall;
  JuminPaymentsClient *client;
  JuminIdentity *payer;
  const char *body; /* NULL: silence */
  guint status, asked;
  char *path, *sent, *idempotency;
} PaymentsFixture;

typedef enum
{
  LIST_BILLS,
  FIND_BILLS,
  MAKE_QUOTE,
  PAY_SCAN,
  PAY_SHOW,
  PAY_ACCOUNT,
  GET_STATE,
  CLOSE,
  LIST_PAYMENTS,
  N_QUESTIONS
} PaymentsQuestion;

/* A charge as it ought to be: what a case changes is not NULL or 0. */
typedef struct
{
  const char *payment, *quote, *payee;
  gint64 fen;
  JuminChargeState state;
  const char *terminal; /* for whom it is signed */
  gboolean stranger;    /* by whom */
} PaymentsCharge;

/* An amount where a string is wanted. */
#define BILLS(fen, late)                                                                           \
  "{\"as_of\":1,\"account\":null,\"homes\":[{\"id\":\"h-1\",\"address\":\"x\",\"owner\":\"x\","    \
  "\"own\":true,\"usages\":[],\"bills\":[{\"id\":\"b-1\",\"biller\":\"power\",\"title\":{\"zh\":"  \
  "\"x\",\"en\":\"\"},\"company\":{\"zh\":\"x\",\"en\":\"\"},\"account\":\"5008****40\","          \
  "\"month\":null,\"due_on\":null,\"usage\":null,\"fen\":" fen ",\"late_fen\":" late               \
  ",\"state\":\"due\",\"state_at\":null}]}]}"
#define CHARGES                                                                                    \
  "{\"day\":\"2026-09-16\",\"at\":1,\"charges\":[{\"payment\":\"" PAYMENT                          \
  "\",\"state\":\"paid\",\"fen\":%s,\"paid_at\":1}]}"

extern const GDestroyNotify payments_frees[N_QUESTIONS];

void payments_set_up (PaymentsFixture *f, gconstpointer data);
void payments_tear_down (PaymentsFixture *f, gconstpointer data);
/* Returns: (transfer full) (nullable): what @payments_frees payments_frees */
gpointer payments_ask (PaymentsFixture *f, PaymentsQuestion question, GError **error);
void payments_assert_failure (PaymentsFixture *f, PaymentsQuestion question, JuminFailure failure);
char *payments_dup_charge (PaymentsFixture *f, const PaymentsCharge *made);
char *payments_dup_quote (PaymentsFixture *f, const char *first, const char *second,
                          const char *whole, const char *bill);

G_END_DECLS
