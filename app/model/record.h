/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/text.h"

G_BEGIN_DECLS

/* A record of a person (provident fund, social insurance): a list of blocks, which a page or a
 * sheet can show without knowing the service. Plain values, owned by whoever holds them.
 *
 * Every JuminText in it: where en is %NULL, zh is the id of a sentence of the house (po); else both
 * are the platform's words. */
enum
{
  JUMIN_RECORD_BLOCKS_MAX = 32,
  JUMIN_RECORD_FACTS_MAX = 32, /* of one block or line */
  JUMIN_RECORD_LINES_MAX = 20, /* of one page */
  JUMIN_RECORD_PAGES_MAX = 100,
  JUMIN_RECORD_POINTS_MAX = 12,
  JUMIN_RECORD_PARTS = 2 /* of one point */
};

typedef enum
{
  JUMIN_VALUE_TEXT,    /* text */
  JUMIN_VALUE_CODE,    /* words; where nobody knows the code they are empty, and text is the code */
  JUMIN_VALUE_TAIL,    /* text: the last four characters of an account */
  JUMIN_VALUE_MONEY,   /* number: fen */
  JUMIN_VALUE_DATE,    /* number: 20260820 */
  JUMIN_VALUE_MONTH,   /* number: 202608 */
  JUMIN_VALUE_PERCENT, /* number: in 1/10,000,000 of a percent */
  JUMIN_VALUE_COUNT    /* number */
} JuminValueKind;

#define JUMIN_PERCENT_UNIT 10000000

/**
 * JuminFact:
 * @label: what it is
 * @veiled: not to be seen in public before somebody asks for it
 * @text: (nullable): see #JuminValueKind
 *
 * One figure with its label.
 */
typedef struct
{
  JuminText label;
  gboolean veiled;
  JuminValueKind kind;
  gint64 number;
  char *text;
  JuminText words;
} JuminFact;

typedef enum
{
  JUMIN_DIRECTION_NONE,
  JUMIN_DIRECTION_IN,
  JUMIN_DIRECTION_OUT
} JuminDirection;

/**
 * JuminLine:
 * @date: 20260820
 * @what: a code, "汇缴"
 * @fen: without a sign; @direction says which
 * @reversed: 冲账: shown as taken back, and counted for nothing
 * @facts: (element-type JuminFact): what else there is to say
 */
typedef struct
{
  gint64 date, fen;
  JuminFact *what;
  JuminDirection direction;
  gboolean reversed;
  GPtrArray *facts;
} JuminLine;

/**
 * JuminPoint:
 * @month: 202608
 * @fen: one amount a part
 */
typedef struct
{
  int month;
  gint64 fen[JUMIN_RECORD_PARTS];
} JuminPoint;

typedef enum
{
  JUMIN_BLOCK_NOTICE,   /* one sentence: notice, and its arguments in facts */
  JUMIN_BLOCK_HEADLINE, /* facts: the figure, then what stands below it; state */
  JUMIN_BLOCK_FACTS,    /* facts */
  JUMIN_BLOCK_LINES,    /* lines, page, pages */
  JUMIN_BLOCK_SERIES,   /* points, oldest first; legends */
  JUMIN_BLOCK_PROGRESS  /* done of whole; failed; state; facts */
} JuminBlockKind;

/* Whoever writes the sentence finds its arguments in the facts, in this order. */
typedef enum
{
  JUMIN_NOTICE_NO_RECORD,       /* no facts: why, where */
  JUMIN_NOTICE_STEADY,          /* each of the last months has its deposit: COUNT */
  JUMIN_NOTICE_GAPS,            /* so many of the last months have none: COUNT, of COUNT */
  JUMIN_NOTICE_SEALED,          /* 封存: paid to MONTH */
  JUMIN_NOTICE_FROZEN,          /* 冻结 */
  JUMIN_NOTICE_CLOSED,          /* 销户; DATE where it is known */
  JUMIN_NOTICE_DUE,             /* the next repayment: DATE, MONEY */
  JUMIN_NOTICE_OVERDUE,         /* MONEY */
  JUMIN_NOTICE_SETTLED,         /* the loan is paid off: DATE */
  JUMIN_NOTICE_NO_WITHDRAWALS,  /* none was asked for */
  JUMIN_NOTICE_UNKNOWN_STANDING /* the account's state is a code that nobody knows */
} JuminNotice;

/**
 * JuminRecordBlock:
 * @title: empty: none
 * @source, @as_of: whose figures these are and of when, Unix seconds
 * @state: (nullable): a code
 * @legends: of the parts of the points
 * @why, @where: for %JUMIN_NOTICE_NO_RECORD
 */
typedef struct
{
  JuminBlockKind kind;
  JuminText title, source;
  gint64 as_of;
  JuminNotice notice;
  JuminText why, where;
  JuminFact *state;
  gint64 done, whole;
  gboolean failed;
  int page, pages;
  JuminText legends[JUMIN_RECORD_PARTS];
  GPtrArray *facts, *lines, *points, *actions;
} JuminRecordBlock;

/**
 * JuminRecord:
 * @found: %FALSE: there is none, and its one block says why and where to go
 * @blocks: (element-type JuminRecordBlock)
 */
typedef struct
{
  gboolean found;
  GPtrArray *blocks;
} JuminRecord;

JuminRecord *jumin_record_new (void);
JuminRecord *jumin_record_ref (JuminRecord *self);
void jumin_record_unref (JuminRecord *self);
JuminRecordBlock *jumin_record_add (JuminRecord *self, JuminBlockKind kind);
const JuminRecordBlock *jumin_record_find (const JuminRecord *self, JuminBlockKind kind);

JuminFact *jumin_fact_new (JuminValueKind kind);
void jumin_fact_free (JuminFact *self);
JuminLine *jumin_line_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminRecord, jumin_record_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminFact, jumin_fact_free)

G_END_DECLS
