/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "model/record.h"

G_BEGIN_DECLS

enum
{
  JUMIN_FUND_FIELDS_MAX = 32 /* of one part */
};

typedef enum
{
  JUMIN_FUND_ACCOUNT,
  JUMIN_FUND_LINE,
  JUMIN_FUND_LOAN,
  JUMIN_FUND_REPAYMENT,
  JUMIN_FUND_WITHDRAWAL
} JuminFundPart;

/* Where a field of a part is shown. */
typedef enum
{
  JUMIN_PLACE_NONE, /* it is no fact by itself: a date of a line, an amount, a state */
  JUMIN_PLACE_HEADLINE,
  JUMIN_PLACE_PROGRESS,
  JUMIN_PLACE_FACTS
} JuminPlace;

/* How a value is written in data/platform-api.yaml. */
typedef enum
{
  JUMIN_FORM_NAME,
  JUMIN_FORM_CODE,
  JUMIN_FORM_ACCOUNT,
  JUMIN_FORM_TAIL,
  JUMIN_FORM_FEN,
  JUMIN_FORM_DATE,
  JUMIN_FORM_MONTH,
  JUMIN_FORM_RATIO,
  JUMIN_FORM_RATE,
  JUMIN_FORM_DIGITS,
  JUMIN_FORM_TERM,  /* a number: of instalments */
  JUMIN_FORM_TERMS, /* one at least */
  JUMIN_FORM_DAY,   /* of a month */
  JUMIN_FORM_TEXT   /* {"zh", "en"} */
} JuminForm;

/**
 * JuminFundFacts:
 *
 * What was read of one part, in the order of the table; a field that is null has no fact.
 */
typedef struct _JuminFundFacts JuminFundFacts;

JuminFundFacts *jumin_fund_facts_read (JuminFundPart part, const JuminJson *object);
void jumin_fund_facts_free (JuminFundFacts *self);
JuminFact *jumin_fund_facts_take (JuminFundFacts *self, const char *name);
const char *jumin_fund_facts_get_code (const JuminFundFacts *self, const char *name);
gint64 jumin_fund_facts_get_number (const JuminFundFacts *self, const char *name);
void jumin_fund_facts_place (JuminFundFacts *self, JuminPlace place, GPtrArray *facts);

JuminFact *jumin_form_read (JuminForm form, const JuminJson *object, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminFundFacts, jumin_fund_facts_free)

G_END_DECLS
