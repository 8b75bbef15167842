/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/city.h"

G_BEGIN_DECLS

enum
{
  JUMIN_BOOK_PAGE_LINES = 20,
  JUMIN_BOOK_LINES_MAX = 1000
};

/**
 * JuminBookLine:
 * @date: 20260820
 * @code, @reason, @way: of JGJ/T 320; @reason and @way may be %NULL
 * @direction: "in", "out", "none"
 */
typedef struct
{
  int date;
  const char *code, *direction, *reason, *way;
  gint64 fen, interest;
  gboolean reversed;
} JuminBookLine;

/**
 * JuminBook:
 * @paid_to: month, 202608
 * @own, @unit: monthly deposits now
 * @since_june: of the balance, what came after the last 30 June
 * @lines: (element-type JuminBookLine): oldest first; the balance is their sum
 *
 * The provident fund account of one resident on one day, and all that can be told from it. The same
 * for the same resident and day.
 */
typedef struct _JuminFundCase JuminFundCase;
typedef struct
{
  const JuminCityResident *resident;
  const JuminFundCase *rules;
  int today, first_month, last_month; /* months since year 0 */
  int opened, paid_to;
  gint64 base, own, unit, balance, since_june;
  GArray *lines;
} JuminBook;

gboolean jumin_fund_case_exists (const char *name);
int jumin_book_get_day (gint64 now, int utc_offset_min);

JuminBook *jumin_book_new (const JuminCityResident *resident, int today);
void jumin_book_free (JuminBook *self);
gint64 jumin_book_get_deposit (const JuminBook *self, int month, gint64 *unit);
const char *jumin_book_get_state (const JuminBook *self);
gboolean jumin_book_is_closed (const JuminBook *self);
const char *jumin_book_get_withdrawal (const JuminBook *self);
int jumin_book_get_ratio (const JuminBook *self);

/**
 * JuminBookLoan:
 * @part: principal of one instalment
 * @settled_on: 20261012; 0: it runs
 */
typedef struct
{
  gint64 fen, part, left, interest_paid, interest_due, overdue;
  int terms, paid, settled_on, due_on, last_month;
} JuminBookLoan;

gboolean jumin_book_get_loan (const JuminBook *self, JuminBookLoan *loan);
int jumin_book_date (int month, int day);
int jumin_book_days_before (int date, guint days);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminBook, jumin_book_free)

G_END_DECLS
