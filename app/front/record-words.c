/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and figures for what a record holds. What is veiled becomes dots here, and nowhere else, so
 * that no figure reaches the screen before somebody asked for it. */
#include "front/record-parts.h"

#include "model/hall-time.h"
#include "model/money.h"
#include "printing/record-words.h"

enum
{
  YEAR = 10000,
  MONTH = 100
};

/* What a section is called on its key and above it. */
static const struct
{
  const char *id, *name, *icon;
} sections[] = {
  { "fund-account", N_ ("账户信息"), "fund" },    { "fund-lines", N_ ("全部明细"), "list" },
  { "fund-loan", N_ ("住房贷款"), "estate" },     { "fund-withdrawals", N_ ("提取进度"), "export" },
  { "social-rights", N_ ("权益记录"), "social" }, { "social-insured", N_ ("参保情况"), "shield" },
};

static const char *
section_id (const JuminBuilder *b, guint record)
{
  return b->scene->service->records[record];
}

const char *
jumin_record_name (const JuminBuilder *b, guint record)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (sections[i].id, section_id (b, record)))
      return _ (sections[i].name);
  return _ ("其他记录");
}

const char *
jumin_record_icon (const JuminBuilder *b, guint record)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (sections[i].id, section_id (b, record)))
      return sections[i].icon;
  return "list";
}

/* A sentence of the house, or the platform's words. */
const char *
jumin_record_text (const JuminBuilder *b, const JuminText *text)
{
  return jumin_record_say (text, b->tongue);
}

/* @date: 20260820; Returns: (transfer full): 8月20日, and the year if it is another one */
char *
jumin_date_words (const JuminBuilder *b, gint64 date)
{
  g_autoptr (GDateTime) now = jumin_hall_time (b->scene->now);
  g_autoptr (GDateTime) day = g_date_time_new_utc ((int)(date / YEAR), (int)(date / MONTH % MONTH),
                                                   (int)(date % MONTH), 0, 0, 0);
  g_autofree char *words = NULL;

  if (day == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, date);
  words = jumin_day_words (b, day);
  if (g_date_time_get_year (now) == g_date_time_get_year (day))
    return g_steal_pointer (&words);
  return say ("%1$d年%2$s", g_date_time_get_year (day), words);
}

/* Returns: (transfer full): the amount, unless it is veiled */
char *
jumin_money_words (const JuminBuilder *b, gint64 fen)
{
  return b->scene->revealed ? jumin_fen_format (fen) : g_strdup (JUMIN_VEILED);
}

/**
 * jumin_fact_words:
 *
 * Returns: (transfer full): its value, of money without the unit; dots while it is veiled
 */
char *
jumin_fact_words (const JuminBuilder *b, const JuminFact *fact)
{
  if (fact->veiled && !b->scene->revealed)
    return g_strdup (JUMIN_VEILED);
  return fact->kind == JUMIN_VALUE_MONEY ? jumin_fen_format (fact->number)
                                         : jumin_fact_dup_value (fact, b->tongue);
}

/* Fills in the label, the figure and its unit. */
void
jumin_fact_figure (const JuminBuilder *b, const JuminFact *fact, JuminItem *item)
{
  jumin_set (&item->label, jumin_record_text (b, &fact->label));
  jumin_take (&item->figure, jumin_fact_words (b, fact));
  if (fact->kind == JUMIN_VALUE_MONEY)
    jumin_set (&item->unit, _ ("元"));
}

/* Whose figures, and of when; the day is said, because a record is not of this minute. */
char *
jumin_source_words (const JuminBuilder *b, const JuminRecordBlock *block)
{
  g_autoptr (GDateTime) when = jumin_hall_time (block->as_of);
  g_autofree char *day = jumin_day_words (b, when), *time = jumin_time_words (block->as_of);

  return say ("%1$s · 截至 %2$s %3$s", jumin_record_text (b, &block->source), day, time);
}

gboolean
jumin_record_counts_steps (const JuminRecordBlock *block)
{
  return block->whole <= JUMIN_RECORD_STEPS_MAX;
}

/* Returns: (transfer full): how far it has come; empty: nobody knows */
char *
jumin_steps_words (const JuminBuilder *b, const JuminRecordBlock *block)
{
  if (block->whole == 0)
    return g_strdup ("");
  if (block->failed)
    return say ("停在第 %1$d 步，共 %2$d 步", (int)block->done, (int)block->whole);
  return say ("第 %1$d 步，共 %2$d 步", (int)block->done, (int)block->whole);
}

/* With as many arguments as there are facts: some are not always known. */
static const struct
{
  const char *bare, *one, *two;
} notices[] = {
  [JUMIN_NOTICE_NO_RECORD] = { N_ ("没有查到您的记录"), NULL, NULL },
  [JUMIN_NOTICE_STEADY] = { NULL, N_ ("近 %s 个月每月都已到账"), NULL },
  [JUMIN_NOTICE_GAPS] = { NULL, NULL, N_ ("近 %2$s 个月里有 %1$s 个月没到账") },
  [JUMIN_NOTICE_SEALED] = { N_ ("账户已封存"), N_ ("账户已封存，缴到 %s"), NULL },
  [JUMIN_NOTICE_FROZEN] = { N_ ("账户已冻结，原因请到窗口问"), NULL, NULL },
  [JUMIN_NOTICE_CLOSED] = { N_ ("账户已经销户"), N_ ("账户已在 %s 销户"), NULL },
  [JUMIN_NOTICE_DUE] = { NULL, NULL, N_ ("%1$s还款 %2$s 元") },
  [JUMIN_NOTICE_OVERDUE] = { NULL, N_ ("有 %s 元过了还款日，请尽快还上"), NULL },
  [JUMIN_NOTICE_SETTLED] = { NULL, N_ ("贷款已在 %s 还清"), NULL },
  [JUMIN_NOTICE_NO_WITHDRAWALS] = { N_ ("您没有提取申请"), NULL, NULL },
  [JUMIN_NOTICE_UNKNOWN_STANDING] = { N_ ("账户现在的状态请到窗口问"), NULL, NULL },
};

/* In a sentence the year is only said of another one. */
static char *
argument (const JuminBuilder *b, const JuminRecordBlock *notice, guint i)
{
  const JuminFact *fact = i < notice->facts->len ? notice->facts->pdata[i] : NULL;

  if (fact == NULL)
    return NULL;
  return fact->kind == JUMIN_VALUE_DATE ? jumin_date_words (b, fact->number)
                                        : jumin_fact_words (b, fact);
}

/**
 * jumin_notice_words:
 *
 * Returns: (transfer full): its one sentence
 */
char *
jumin_notice_words (const JuminBuilder *b, const JuminRecordBlock *notice)
{
  g_autofree char *first = argument (b, notice, 0), *second = argument (b, notice, 1);

  if (notice->why.zh != NULL)
    return g_strdup (jumin_record_text (b, &notice->why));
  if (second != NULL && notices[notice->notice].two != NULL)
    return say (notices[notice->notice].two, first, second);
  if (first != NULL && notices[notice->notice].one != NULL)
    return say (notices[notice->notice].one, first);
  return g_strdup (notices[notice->notice].bare != NULL ? _ (notices[notice->notice].bare) : "");
}
