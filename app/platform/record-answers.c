/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's answers about a person's records as blocks. Fields and codes are read by the table
 * of fund-fields.c; here is what blocks they make, and which sentence stands above them. */
#include "platform/record-answers.h"

#include "model/money.h"
#include "platform/fund-fields.h"

enum
{
  MONTHS_MAX = JUMIN_RECORD_POINTS_MAX,
  REPAYMENTS_MAX = 12,
  WITHDRAWALS_MAX = 8,
  GROUPS_MAX = 8,
  GROUP_FACTS_MAX = 12,
  WITHDRAWAL_STEPS = 4
};

/* Marks the words for the translators. */
#define N_(id) (id)

typedef void (*ReadElement) (const JuminJson *element, JuminRecord *record,
                             JuminRecordBlock *block);

static void
set_words (JuminText *text, const char *id)
{
  jumin_text_set (text, id, NULL);
}

static void
add_number (JuminRecordBlock *block, JuminValueKind kind, gint64 number, const char *label)
{
  JuminFact *fact = jumin_fact_new (kind);

  fact->number = number;
  fact->veiled = kind == JUMIN_VALUE_MONEY;
  set_words (&fact->label, label);
  g_ptr_array_add (block->facts, fact);
}

static JuminRecordBlock *
add_notice (JuminRecord *record, JuminNotice notice)
{
  JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_NOTICE);

  block->notice = notice;
  return block;
}

static void
read_elements (const JuminJson *object, const char *key, int length_max, ReadElement read,
               JuminRecord *record, JuminRecordBlock *block)
{
  JuminJson place = jumin_json_array (object, key, length_max), element = { NULL };

  while (jumin_json_next (&place, &element))
    read (&element, record, block);
}

/* Either why there is nothing, or a record. */
static JuminRecord *
read_answer (const JuminJson *root, void (*read) (const JuminJson *place, JuminRecord *record))
{
  JuminJson none = jumin_json_member (root, "none"), place = jumin_json_member (root, "record");
  JuminRecord *record = jumin_record_new ();
  gint64 as_of = jumin_json_get_time (root, "as_of");
  JuminRecordBlock *block;

  if (cJSON_IsNull (place.value))
    {
      record->found = FALSE;
      block = add_notice (record, JUMIN_NOTICE_NO_RECORD);
      jumin_json_read_text (&none, "why", &block->why);
      jumin_json_read_text (&none, "where", &block->where);
    }
  else
    {
      if (!cJSON_IsNull (none.value))
        jumin_json_fail (&none, "there is a record");
      read (&place, record);
    }
  for (guint i = 0; i < record->blocks->len; i++)
    {
      block = record->blocks->pdata[i];
      block->as_of = as_of;
      jumin_json_read_text (root, "source", &block->source);
    }
  return record;
}

static void
read_month (const JuminJson *place, JuminRecord *record, JuminRecordBlock *block)
{
  g_autoptr (JuminFact) month = jumin_form_read (JUMIN_FORM_MONTH, place, "JZNY");
  g_autoptr (JuminFact) own = jumin_form_read (JUMIN_FORM_FEN, place, "GRYJCE");
  g_autoptr (JuminFact) unit = jumin_form_read (JUMIN_FORM_FEN, place, "DWYJCE");
  JuminPoint *point = g_new0 (JuminPoint, 1);

  if (block->points->len > 0
      && month->number <= ((JuminPoint *)block->points->pdata[block->points->len - 1])->month)
    jumin_json_fail (place, "not after the month before");
  *point = (JuminPoint){ (int)month->number, { own->number, unit->number } };
  g_ptr_array_add (block->points, point);
}

/* The one sentence above the figures of an account. */
static void
tell_standing (JuminRecordBlock *notice, const JuminFundFacts *facts, const GPtrArray *points)
{
  static const struct
  {
    const char *code;
    JuminNotice notice;
    JuminValueKind kind;
    const char *name, *label;
  } standings[] = {
    { "02", JUMIN_NOTICE_SEALED, JUMIN_VALUE_MONTH, "JZNY", N_ ("已缴至") },
    { "03", JUMIN_NOTICE_CLOSED, JUMIN_VALUE_DATE, "XHRQ", N_ ("销户日期") },
    { "04", JUMIN_NOTICE_CLOSED, JUMIN_VALUE_DATE, "XHRQ", N_ ("销户日期") },
    { "05", JUMIN_NOTICE_CLOSED, JUMIN_VALUE_DATE, "XHRQ", N_ ("销户日期") },
    { "06", JUMIN_NOTICE_FROZEN, JUMIN_VALUE_TEXT, NULL, NULL },
  };
  const char *code = jumin_fund_facts_get_code (facts, "GRZHZT");
  guint missing = 0;

  notice->notice = JUMIN_NOTICE_UNKNOWN_STANDING;
  for (gsize i = 0; i < G_N_ELEMENTS (standings); i++)
    if (g_str_equal (code, standings[i].code))
      {
        gint64 number = standings[i].name != NULL
                            ? jumin_fund_facts_get_number (facts, standings[i].name)
                            : 0;

        notice->notice = standings[i].notice;
        if (number != 0)
          add_number (notice, standings[i].kind, number, standings[i].label);
      }
  if (!g_str_equal (code, "01"))
    return;
  for (guint i = 0; i < points->len; i++)
    {
      const JuminPoint *point = points->pdata[i];

      missing += point->fen[0] == 0 && point->fen[1] == 0;
    }
  notice->notice = missing > 0 ? JUMIN_NOTICE_GAPS : JUMIN_NOTICE_STEADY;
  if (missing > 0)
    add_number (notice, JUMIN_VALUE_COUNT, missing, N_ ("没有缴存的月数"));
  add_number (notice, JUMIN_VALUE_COUNT, points->len, N_ ("月数"));
}

static void
read_account (const JuminJson *place, JuminRecord *record)
{
  g_autoptr (JuminFundFacts) facts = jumin_fund_facts_read (JUMIN_FUND_ACCOUNT, place);
  JuminRecordBlock *notice = jumin_record_add (record, JUMIN_BLOCK_NOTICE);
  JuminRecordBlock *headline = jumin_record_add (record, JUMIN_BLOCK_HEADLINE);
  JuminRecordBlock *series = jumin_record_add (record, JUMIN_BLOCK_SERIES);
  JuminRecordBlock *rest = jumin_record_add (record, JUMIN_BLOCK_FACTS);
  gint64 monthly = jumin_fund_facts_get_number (facts, "GRYJCE");

  set_words (&series->title, N_ ("每月缴存"));
  set_words (&series->legends[0], N_ ("个人"));
  set_words (&series->legends[1], N_ ("单位"));
  read_elements (place, "months", MONTHS_MAX, read_month, record, series);
  tell_standing (notice, facts, series->points);
  headline->state = jumin_fund_facts_take (facts, "GRZHZT");
  if (!jumin_fen_add (&monthly, jumin_fund_facts_get_number (facts, "DWYJCE")))
    jumin_json_fail (place, "GRYJCE and DWYJCE are too much");
  g_ptr_array_add (headline->facts, jumin_fund_facts_take (facts, "GRZHYE"));
  add_number (headline, JUMIN_VALUE_MONEY, monthly, N_ ("每月缴存"));
  jumin_fund_facts_place (facts, JUMIN_PLACE_HEADLINE, headline->facts);
  set_words (&rest->title, N_ ("账户信息"));
  jumin_fund_facts_place (facts, JUMIN_PLACE_FACTS, rest->facts);
}

gpointer
jumin_record_answer_read_account (const JuminJson *root)
{
  return read_answer (root, read_account);
}

/* What of a line is nothing, or not there, is not said. */
static void
drop_zeros (GPtrArray *facts)
{
  for (guint i = facts->len; i > 0; i--)
    {
      const JuminFact *fact = facts->pdata[i - 1];

      if (fact->kind == JUMIN_VALUE_MONEY && fact->number == 0)
        g_ptr_array_remove_index (facts, i - 1);
    }
}

static JuminLine *
add_line (JuminRecordBlock *block, JuminFundFacts *facts, const char *what)
{
  JuminLine *line = jumin_line_new ();

  line->date = jumin_fund_facts_get_number (facts, "JZRQ");
  line->fen = jumin_fund_facts_get_number (facts, "FSE");
  line->what = jumin_fund_facts_take (facts, what);
  jumin_fund_facts_place (facts, JUMIN_PLACE_FACTS, line->facts);
  drop_zeros (line->facts);
  g_ptr_array_add (block->lines, line);
  return line;
}

static void
read_line (const JuminJson *place, JuminRecord *record, JuminRecordBlock *block)
{
  static const char *const directions[] = {
    [JUMIN_DIRECTION_NONE] = "none",
    [JUMIN_DIRECTION_IN] = "in",
    [JUMIN_DIRECTION_OUT] = "out",
    NULL,
  };
  static const char *const reversals[] = { "0", "1", NULL };
  g_autoptr (JuminFundFacts) facts = jumin_fund_facts_read (JUMIN_FUND_LINE, place);
  JuminLine *line = add_line (block, facts, "GJHTQYWLX");

  line->direction = (JuminDirection)jumin_json_get_choice (place, "direction", directions);
  line->reversed = jumin_json_get_choice (place, "CZBZ", reversals) == 1;
}

static void
read_lines (const JuminJson *place, JuminRecord *record)
{
  JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_LINES);

  set_words (&block->title, N_ ("账户明细"));
  block->page = (int)jumin_json_get_integer (place, "page", 1, JUMIN_RECORD_PAGES_MAX);
  block->pages = (int)jumin_json_get_integer (place, "pages", block->page, JUMIN_RECORD_PAGES_MAX);
  read_elements (place, "lines", JUMIN_RECORD_LINES_MAX, read_line, record, block);
}

gpointer
jumin_record_answer_read_lines (const JuminJson *root)
{
  return read_answer (root, read_lines);
}

static void
read_repayment (const JuminJson *place, JuminRecord *record, JuminRecordBlock *block)
{
  g_autoptr (JuminFundFacts) facts = jumin_fund_facts_read (JUMIN_FUND_REPAYMENT, place);

  add_line (block, facts, "DKYWMXLX");
}

/* The one sentence above a loan; none where nothing is due. */
static void
tell_loan (JuminRecord *record, const JuminFundFacts *facts)
{
  gint64 settled = jumin_fund_facts_get_number (facts, "DKJQRQ");
  gint64 due = jumin_fund_facts_get_number (facts, "due_on");
  gint64 overdue = jumin_fund_facts_get_number (facts, "YQBJZE");
  JuminRecordBlock *notice;

  jumin_fen_add (&overdue, jumin_fund_facts_get_number (facts, "YQLXZE"));
  if (settled != 0)
    {
      notice = add_notice (record, JUMIN_NOTICE_SETTLED);
      add_number (notice, JUMIN_VALUE_DATE, settled, N_ ("结清日期"));
    }
  else if (overdue > 0)
    {
      notice = add_notice (record, JUMIN_NOTICE_OVERDUE);
      add_number (notice, JUMIN_VALUE_MONEY, overdue, N_ ("逾期金额"));
    }
  else if (due != 0)
    {
      notice = add_notice (record, JUMIN_NOTICE_DUE);
      add_number (notice, JUMIN_VALUE_DATE, due, N_ ("下次还款日期"));
      add_number (notice, JUMIN_VALUE_MONEY, jumin_fund_facts_get_number (facts, "DQYHJE"),
                  N_ ("当期应还金额"));
    }
}

static void
read_loan (const JuminJson *place, JuminRecord *record)
{
  g_autoptr (JuminFundFacts) facts = jumin_fund_facts_read (JUMIN_FUND_LOAN, place);
  JuminRecordBlock *ring, *lines, *rest;

  if (jumin_fund_facts_get_number (facts, "terms_paid")
      > jumin_fund_facts_get_number (facts, "DKQS"))
    jumin_json_fail (place, "terms_paid is more than DKQS");
  tell_loan (record, facts);
  ring = jumin_record_add (record, JUMIN_BLOCK_PROGRESS);
  lines = jumin_record_add (record, JUMIN_BLOCK_LINES);
  rest = jumin_record_add (record, JUMIN_BLOCK_FACTS);
  set_words (&ring->title, N_ ("住房贷款"));
  ring->whole = jumin_fund_facts_get_number (facts, "DKFFE");
  ring->done = MIN (jumin_fund_facts_get_number (facts, "HSBJZE"), ring->whole);
  ring->state = jumin_fund_facts_take (facts, "DKZHZT");
  jumin_fund_facts_place (facts, JUMIN_PLACE_PROGRESS, ring->facts);
  set_words (&lines->title, N_ ("最近还款"));
  lines->page = lines->pages = 1;
  read_elements (place, "lines", REPAYMENTS_MAX, read_repayment, record, lines);
  set_words (&rest->title, N_ ("贷款信息"));
  jumin_fund_facts_place (facts, JUMIN_PLACE_FACTS, rest->facts);
}

gpointer
jumin_record_answer_read_loan (const JuminJson *root)
{
  return read_answer (root, read_loan);
}

static void
read_withdrawal (const JuminJson *place, JuminRecord *record, JuminRecordBlock *unused)
{
  static const struct
  {
    const char *code;
    int done;
    gboolean failed;
  } steps[] = {
    { "01", 1, FALSE }, { "02", 2, FALSE }, { "03", 3, FALSE },
    { "04", 4, FALSE }, { "05", 2, TRUE },  { "06", 3, TRUE },
  };
  g_autoptr (JuminFundFacts) facts = jumin_fund_facts_read (JUMIN_FUND_WITHDRAWAL, place);
  const char *code = jumin_fund_facts_get_code (facts, "state");
  JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_PROGRESS);

  set_words (&block->title, N_ ("提取申请"));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (code, steps[i].code))
      {
        block->done = steps[i].done;
        block->whole = WITHDRAWAL_STEPS;
        block->failed = steps[i].failed;
      }
  block->state = jumin_fund_facts_take (facts, "state");
  jumin_fund_facts_place (facts, JUMIN_PLACE_FACTS, block->facts);
}

static void
read_withdrawals (const JuminJson *place, JuminRecord *record)
{
  read_elements (place, "withdrawals", WITHDRAWALS_MAX, read_withdrawal, record, NULL);
  if (record->blocks->len == 0)
    add_notice (record, JUMIN_NOTICE_NO_WITHDRAWALS);
}

gpointer
jumin_record_answer_read_withdrawals (const JuminJson *root)
{
  return read_answer (root, read_withdrawals);
}

static void
read_social_fact (const JuminJson *place, JuminRecord *record, JuminRecordBlock *block)
{
  static const char *const kinds[] = { "text", "money", "date", "month", "percent", "count", NULL };
  static const JuminForm kind_forms[] = { JUMIN_FORM_NAME,  JUMIN_FORM_FEN,   JUMIN_FORM_DATE,
                                          JUMIN_FORM_MONTH, JUMIN_FORM_RATIO, JUMIN_FORM_DIGITS };
  JuminForm form = kind_forms[jumin_json_get_choice (place, "kind", kinds)];
  JuminFact *fact = jumin_form_read (form, place, "value");

  jumin_json_read_text (place, "label", &fact->label);
  g_ptr_array_add (block->facts, fact);
}

static void
read_group (const JuminJson *place, JuminRecord *record, JuminRecordBlock *unused)
{
  JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_FACTS);

  jumin_json_read_text (place, "title", &block->title);
  read_elements (place, "facts", GROUP_FACTS_MAX, read_social_fact, record, block);
}

static void
read_social (const JuminJson *place, JuminRecord *record)
{
  JuminRecordBlock *headline = jumin_record_add (record, JUMIN_BLOCK_HEADLINE);
  JuminJson fact = jumin_json_member (place, "headline");

  jumin_json_read_text (place, "title", &headline->title);
  read_social_fact (&fact, record, headline);
  read_elements (place, "groups", GROUPS_MAX, read_group, record, NULL);
}

gpointer
jumin_record_answer_read_social (const JuminJson *root)
{
  return read_answer (root, read_social);
}
