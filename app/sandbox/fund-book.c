/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The books of the invented provident fund centre. Nothing is kept: an account is computed from its
 * case, its owner and the day, line by line, so that its balance is what its lines make. */
#include "sandbox/fund-book.h"

#include <string.h>

enum
{
  MONTHS = 12,
  RATIO_WHOLE = 10000,   /* a hundredth of a percent */
  RAISE_PERCENT = 3,     /* of the base, a year */
  FORMER_YEARS_MAX = 15, /* that a former base goes back */
  YUAN = 100,
  DEPOSIT_DAY = 12,
  REPAYMENT_DAY = 20,
  INTEREST_PER_MILLE = 15,
  LOAN_MONTHLY_PPM = 2375, /* 2.85 % a year */
  PPM = 1000000,
  BASE_STEPS = 20, /* residents of one case differ a little */
  BASE_STEP = 10000
};

/* What a case is: accounts are as different as those that a hall sees. */
struct _JuminFundCase
{
  const char *name, *state;
  int months; /* of deposits */
  int behind; /* months since the last one */
  int gap;    /* so many months before the last there was none; 0: there was always one */
  gint64 base;
  int ratio;
  gint64 loan;
  int terms, paid;
  const char *withdrawal;
  gboolean overdue, reversed, strange, exact;
};

static const JuminFundCase cases[] = {
  { .name = "normal", .state = "01", .months = 146, .behind = 1, .base = 1100000, .ratio = 1200 },
  { .name = "loan",
    .state = "01",
    .months = 150,
    .behind = 1,
    .base = 1400000,
    .ratio = 1200,
    .loan = 48000000,
    .terms = 240,
    .paid = 96 },
  { .name = "overdue",
    .state = "01",
    .months = 60,
    .behind = 1,
    .base = 800000,
    .ratio = 800,
    .loan = 36000000,
    .terms = 360,
    .paid = 31,
    .overdue = TRUE },
  { .name = "settled",
    .state = "01",
    .months = 140,
    .behind = 1,
    .base = 1000000,
    .ratio = 1000,
    .loan = 12000000,
    .terms = 120,
    .paid = 120 },
  { .name = "sealed", .state = "02", .months = 61, .behind = 20, .base = 700000, .ratio = 700 },
  { .name = "frozen", .state = "06", .months = 80, .behind = 1, .base = 900000, .ratio = 500 },
  { .name = "closed", .state = "05", .months = 96, .behind = 240, .base = 300000, .ratio = 500 },
  { .name = "gap",
    .state = "01",
    .months = 40,
    .behind = 1,
    .gap = 4,
    .base = 600000,
    .ratio = 600 },
  { .name = "review",
    .state = "01",
    .months = 30,
    .behind = 1,
    .base = 750000,
    .ratio = 1200,
    .withdrawal = "02" },
  { .name = "failed",
    .state = "01",
    .months = 30,
    .behind = 1,
    .base = 850000,
    .ratio = 1200,
    .withdrawal = "06" },
  { .name = "refused",
    .state = "01",
    .months = 30,
    .behind = 1,
    .base = 650000,
    .ratio = 1200,
    .withdrawal = "05" },
  { .name = "reversed",
    .state = "01",
    .months = 36,
    .behind = 1,
    .base = 500000,
    .ratio = 500,
    .reversed = TRUE },
  { .name = "strange",
    .state = "7B",
    .months = 20,
    .behind = 1,
    .base = 500000,
    .ratio = 500,
    .withdrawal = "31",
    .strange = TRUE },
  { .name = "huge",
    .state = "01",
    .months = 1,
    .behind = 1,
    .base = G_GINT64_CONSTANT (9999999999998),
    .ratio = 5000,
    .exact = TRUE },
};

static const JuminFundCase *
find_case (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_strcmp0 (cases[i].name, name) == 0)
      return &cases[i];
  return NULL;
}

gboolean
jumin_fund_case_exists (const char *name)
{
  return find_case (name) != NULL;
}

/* Returns: the day of the hall, 20261121 */
int
jumin_book_get_day (gint64 now, int utc_offset_min)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now + utc_offset_min * 60);

  return g_date_time_get_year (time) * 10000 + g_date_time_get_month (time) * 100
         + g_date_time_get_day_of_month (time);
}

/* @month: months since year 0 */
int
jumin_book_date (int month, int day)
{
  return month / MONTHS * 10000 + (month % MONTHS + 1) * 100 + day;
}

static int
month_of (int date)
{
  return date / 10000 * MONTHS + date / 100 % 100 - 1;
}

int
jumin_book_days_before (int date, guint days)
{
  GDate then;

  g_date_clear (&then, 1);
  g_date_set_dmy (&then, (GDateDay)(date % 100), (GDateMonth)(date / 100 % 100),
                  (GDateYear)(date / 10000));
  g_date_subtract_days (&then, days);
  return g_date_get_year (&then) * 10000 + (int)g_date_get_month (&then) * 100
         + g_date_get_day (&then);
}

/* The base in force in @month: it rises each July. */
static gint64
base_in (const JuminBook *self, int month)
{
  const int july = 6;
  int years = (self->last_month + MONTHS - july) / MONTHS - (month + MONTHS - july) / MONTHS;

  return self->base - self->base / 100 * RAISE_PERCENT * MIN (years, FORMER_YEARS_MAX);
}

/**
 * jumin_book_get_deposit:
 * @month: months since year 0
 * @unit: (out): what the unit paid
 *
 * Returns: what the person paid in that month, fen
 */
gint64
jumin_book_get_deposit (const JuminBook *self, int month, gint64 *unit)
{
  const JuminFundCase *rules = self->rules;
  gint64 fen = base_in (self, month) / RATIO_WHOLE * rules->ratio;

  if (rules->exact)
    fen = self->base / 2;
  else
    fen -= fen % YUAN;
  if (month < self->first_month || month > self->last_month
      || (rules->gap > 0 && self->last_month - month == rules->gap))
    fen = 0;
  *unit = fen;
  return fen;
}

static void
add (JuminBook *self, JuminBookLine line)
{
  g_assert (self->lines->len < JUMIN_BOOK_LINES_MAX);
  if (!line.reversed && strcmp (line.direction, "in") == 0)
    self->balance += line.fen;
  else if (!line.reversed && strcmp (line.direction, "out") == 0)
    self->balance -= line.fen;
  g_array_append_val (self->lines, line);
}

/* A loan is repaid out of the account while there is enough in it. */
static void
repay (JuminBook *self, int month, const JuminBookLoan *loan)
{
  gint64 fen = loan->part + loan->interest_due;

  if (month > loan->last_month - loan->paid && month <= loan->last_month && self->balance >= fen)
    add (self, (JuminBookLine){ .date = jumin_book_date (month, REPAYMENT_DAY),
                                .code = "11",
                                .direction = "out",
                                .reason = self->rules->strange ? "77" : "06",
                                .way = "02",
                                .fen = fen });
}

static void
live_through (JuminBook *self, int month, const JuminBookLoan *loan)
{
  const int june = 5, july = 6;
  gint64 unit, own = jumin_book_get_deposit (self, month, &unit), interest;
  gboolean wrong = self->rules->reversed && self->last_month - month == 2;

  if (month % MONTHS == july)
    add (self,
         (JuminBookLine){ .date = jumin_book_date (month, 1), .code = "10", .direction = "none" });
  /* It came twice; the second was taken back. */
  if (wrong)
    add (self, (JuminBookLine){ .date = jumin_book_date (month, DEPOSIT_DAY - 1),
                                .code = "01",
                                .direction = "in",
                                .fen = own + unit,
                                .reversed = TRUE });
  if (own > 0)
    add (self, (JuminBookLine){ .date = jumin_book_date (month, DEPOSIT_DAY),
                                .code = self->rules->strange && month % 3 == 0 ? "21" : "01",
                                .direction = "in",
                                .fen = own + unit });
  repay (self, month, loan);
  interest = self->balance * INTEREST_PER_MILLE / 1000;
  if (month % MONTHS == june && interest > 0 && !self->rules->exact)
    {
      add (self, (JuminBookLine){ .date = jumin_book_date (month, 30),
                                  .code = "09",
                                  .direction = "in",
                                  .fen = interest,
                                  .interest = interest });
      self->since_june = -self->balance;
    }
}

/**
 * jumin_book_new:
 * @resident: (nullable): somebody
 * @today: 20261121
 *
 * Returns: (transfer full) (nullable): the account; %NULL: there is none
 */
JuminBook *
jumin_book_new (const JuminCityResident *resident, int today)
{
  const JuminFundCase *rules = resident != NULL ? find_case (resident->fund) : NULL;
  JuminBook *self;
  JuminBookLoan loan = { 0 };

  if (rules == NULL)
    return NULL;
  self = g_new0 (JuminBook, 1);
  self->resident = resident;
  self->rules = rules;
  self->today = today;
  self->lines = g_array_new (FALSE, FALSE, sizeof (JuminBookLine));
  self->last_month = month_of (today) - rules->behind;
  self->first_month = self->last_month - rules->months + 1;
  self->base = rules->base;
  if (!rules->exact)
    self->base += (gint64)(g_str_hash (resident->id) % BASE_STEPS) * BASE_STEP;
  self->opened = jumin_book_date (self->first_month, 1);
  self->paid_to = jumin_book_date (self->last_month, 0) / 100;
  self->own = jumin_book_get_deposit (self, self->last_month, &self->unit);
  jumin_book_get_loan (self, &loan);
  add (self, (JuminBookLine){ .date = self->opened, .code = "03", .direction = "none" });
  for (int month = self->first_month; month <= self->last_month; month++)
    live_through (self, month, &loan);
  if (jumin_book_is_closed (self))
    add (self, (JuminBookLine){ .date = jumin_book_date (self->last_month + 1, DEPOSIT_DAY),
                                .code = "12",
                                .direction = "out",
                                .reason = "03",
                                .way = "02",
                                .fen = self->balance });
  self->since_june = CLAMP (self->since_june + self->balance, 0, self->balance);
  return self;
}

void
jumin_book_free (JuminBook *self)
{
  g_array_unref (self->lines);
  g_free (self);
}

const char *
jumin_book_get_state (const JuminBook *self)
{
  return self->rules->state;
}

gboolean
jumin_book_is_closed (const JuminBook *self)
{
  return strcmp (self->rules->state, "05") == 0;
}

/* Returns: (nullable): the state of a withdrawal that was asked for */
const char *
jumin_book_get_withdrawal (const JuminBook *self)
{
  return self->rules->withdrawal;
}

/* Returns: hundredths of a percent */
int
jumin_book_get_ratio (const JuminBook *self)
{
  return self->rules->ratio;
}

/* Returns: whether there is one */
gboolean
jumin_book_get_loan (const JuminBook *self, JuminBookLoan *loan)
{
  const JuminFundCase *rules = self->rules;
  const int settled_days = 40, next_month = 1;

  if (rules->terms == 0)
    return FALSE;
  *loan = (JuminBookLoan){ .fen = rules->loan,
                           .part = rules->loan / rules->terms,
                           .terms = rules->terms,
                           .paid = rules->paid,
                           .last_month = self->last_month };
  loan->left = loan->fen - loan->part * loan->paid;
  loan->interest_due = loan->left * LOAN_MONTHLY_PPM / PPM;
  for (int term = 0; term < loan->paid; term++)
    loan->interest_paid += (loan->fen - loan->part * term) * LOAN_MONTHLY_PPM / PPM;
  if (loan->left == 0)
    loan->settled_on = jumin_book_days_before (self->today, settled_days);
  else
    loan->due_on = jumin_book_date (month_of (self->today) + next_month, REPAYMENT_DAY);
  if (rules->overdue)
    loan->overdue = loan->part;
  return TRUE;
}
