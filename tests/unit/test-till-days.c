/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's days beside the bank's: at the start, at two in the morning, and when staff ask. */
#include "till-desk.h"

#include "model/hall-time.h"

enum
{
  YESTERDAY = 20260915,
  MINUTE_MS = 60 * 1000,
  HOUR_MS = 60 * MINUTE_MS,
  MINUTES_TO_TWO = 15 * 60 + 32, /* from when the desk begins */
  A_WHILE = 5                    /* minutes, in which several days are compared */
};

static void
pass (TillDesk *desk, guint minutes)
{
  for (guint i = 0; i < minutes; i++)
    {
      jumin_clock_advance (desk->clock, MINUTE_MS);
      till_desk_settle (desk);
    }
}

static void
test_start (TillDesk *desk, gconstpointer data)
{
  g_assert_cmpint (desk->bank->listed_day, ==, YESTERDAY);
  g_assert_false (jumin_till_has_difference (desk->till));
  g_assert_cmpuint (till_desk_count_in_log (desk, "\"event\":\"payment-reconciled\",\"matched\":0,"
                                                  "\"missing\":0,\"extra\":0,\"amount\":0"),
                    ==, 1);
}

static void
test_night (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);

  jumin_till_leave (desk->till, id);
  pass (desk, MINUTES_TO_TWO - 1);
  g_assert_cmpint (desk->bank->listed_day, ==, YESTERDAY);
  pass (desk, 1);
  g_assert_cmpint (desk->bank->listed_day, ==, TILL_DESK_DAY);
  g_assert_false (jumin_till_has_difference (desk->till));
  desk->bank->listed_day = 0;
  pass (desk, 24 * 60 - 1);
  g_assert_cmpint (desk->bank->listed_day, ==, 0);
  pass (desk, 1);
  g_assert_cmpint (desk->bank->listed_day, ==, TILL_DESK_DAY + 1);
  g_assert_cmpuint (till_desk_count_in_log (desk, "\"event\":\"payment-reconciled\",\"matched\":1"),
                    ==, 1);
}

static void
on_reconciled (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(JuminReconciliation **)data = jumin_till_reconcile_finish (JUMIN_TILL (till), result, &error);
  g_assert_no_error (error);
}

static JuminReconciliation *
reconcile (TillDesk *desk, int day)
{
  JuminReconciliation *result = NULL;

  jumin_till_reconcile_async (desk->till, day, on_reconciled, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

/* Staff are told until somebody has looked at that very day. */
static void
test_difference (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  g_autoptr (JuminReconciliation) other = NULL, found = NULL;
  guint turns;

  fake_bank_find (desk->bank, id)->fen++;
  turns = desk->turns;
  pass (desk, MINUTES_TO_TWO);
  g_assert_true (jumin_till_has_difference (desk->till));
  g_assert_cmpuint (desk->turns, ==, turns + 1);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
  other = reconcile (desk, YESTERDAY);
  g_assert_true (jumin_till_has_difference (desk->till));
  found = reconcile (desk, TILL_DESK_DAY);
  g_assert_cmpuint (found->differences->len, ==, 1);
  g_assert_cmpint (((JuminDifference *)found->differences->pdata[0])->kind, ==,
                   JUMIN_DIFFERENCE_AMOUNT);
  g_assert_false (jumin_till_has_difference (desk->till));
  g_assert_cmpuint (desk->turns, ==, turns + 2);
}

/* As patiently as payments are asked about, and at once when the platform is there again. */
static void
test_silence (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);

  jumin_till_leave (desk->till, id);
  pass (desk, MINUTES_TO_TWO - 1);
  desk->bank->mood = BANK_SILENT;
  pass (desk, 2 * 60);
  g_assert_cmpint (desk->bank->listed_day, ==, YESTERDAY);
  desk->bank->mood = BANK_ANSWERS;
  jumin_till_hear (desk->till);
  till_desk_settle (desk);
  g_assert_cmpint (desk->bank->listed_day, ==, TILL_DESK_DAY);
  desk->bank->listed_day = 0;
  pass (desk, 60);
  g_assert_cmpint (desk->bank->listed_day, ==, 0);
}

static void
test_silence_without_a_word (TillDesk *desk, gconstpointer data)
{
  till_desk_stop (desk);
  desk->bank->listed_day = 0;
  desk->bank->mood = BANK_SILENT;
  till_desk_start (desk);
  pass (desk, 1);
  desk->bank->mood = BANK_ANSWERS;
  pass (desk, 15);
  g_assert_cmpint (desk->bank->listed_day, ==, YESTERDAY);
}

static guint
count_compared (TillDesk *desk)
{
  return till_desk_count_in_log (desk, "\"event\":\"payment-reconciled\"");
}

/* No day is left out: each is compared when the platform is there again. */
static void
test_days_of_silence (TillDesk *desk, gconstpointer data)
{
  pass (desk, MINUTES_TO_TWO - 1);
  desk->bank->mood = BANK_SILENT;
  pass (desk, 30 * 60);
  g_assert_cmpint (desk->bank->listed_day, ==, YESTERDAY);
  desk->bank->mood = BANK_ANSWERS;
  jumin_till_hear (desk->till);
  pass (desk, A_WHILE);
  g_assert_cmpint (desk->bank->listed_day, ==, TILL_DESK_DAY + 1);
  g_assert_cmpuint (count_compared (desk), ==, 1 + 2);
}

/* From the evening of one day to the fourth day after. */
static void
test_days_off (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);

  jumin_till_leave (desk->till, id);
  till_desk_settle (desk);
  fake_bank_find (desk->bank, id)->fen++;
  till_desk_stop (desk);
  desk->bank->refused_day = TILL_DESK_DAY + 1; /* it stands in nobody's way */
  jumin_clock_advance (desk->clock, 4 * 24 * HOUR_MS);
  till_desk_start (desk);
  pass (desk, A_WHILE);
  g_assert_cmpint (desk->bank->listed_day, ==, TILL_DESK_DAY + 3);
  g_assert_true (jumin_till_has_difference (desk->till));
  g_assert_cmpuint (count_compared (desk), ==, 1 + 3);
}

/* What the platform cannot say is for people, too. */
static void
test_alarm (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);
  g_autoptr (JuminReconciliation) found = NULL;

  fake_bank_find (desk->bank, id)->fen--;
  fake_bank_set (desk->bank, id, JUMIN_CHARGE_PAID);
  till_desk_advance (desk, 1000);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_MANUAL);
  g_assert_cmpint (jumin_payment_get_say (jumin_till_find (desk->till, id)), ==,
                   JUMIN_SAY_CONFIRMING);
  g_assert_true (jumin_till_has_difference (desk->till));
  found = reconcile (desk, TILL_DESK_DAY);
  g_assert_cmpuint (found->differences->len, ==, 1);
  g_assert_false (jumin_till_has_difference (desk->till));
  g_assert_cmpuint (till_desk_count_in_log (desk, "\"event\":\"payment-alarm\""), ==, 1);
}

static void
on_refused (GObject *till, GAsyncResult *result, gpointer data)
{
  g_assert_null (jumin_till_reconcile_finish (JUMIN_TILL (till), result, (GError **)data));
}

static void
test_no_day (TillDesk *desk, gconstpointer data)
{
  static const int days[] = { 0, -20260916, 20261301, 20260231, G_MAXINT };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;

      jumin_till_reconcile_async (desk->till, days[i], on_refused, &error);
      while (error == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_hall_days (void)
{
  gint64 from, to;

  g_assert_cmpint (jumin_hall_get_day (TILL_DESK_WALL, 0), ==, TILL_DESK_DAY);
  g_assert_cmpint (jumin_hall_get_day (TILL_DESK_WALL, -16), ==, 20260831);
  g_assert_true (jumin_hall_get_day_bounds (TILL_DESK_DAY, &from, &to));
  g_assert_cmpint (jumin_hall_get_day (from, 0), ==, TILL_DESK_DAY);
  g_assert_cmpint (jumin_hall_get_day (from - 1, 0), ==, YESTERDAY);
  g_assert_cmpint (jumin_hall_get_day (to - 1, 0), ==, TILL_DESK_DAY);
  g_assert_cmpint (jumin_hall_get_day (to, 0), ==, TILL_DESK_DAY + 1);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/till-days/" name, TillDesk, NULL, till_desk_set_up, test, till_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("yesterday is compared at the start", test_start);
  ADD ("yesterday is compared at two in the morning, once", test_night);
  ADD ("staff are told of a difference until they have looked", test_difference);
  ADD ("a silent platform is asked when it is there again", test_silence);
  ADD ("a silent platform is asked again by itself", test_silence_without_a_word);
  ADD ("days of silence are all compared", test_days_of_silence);
  ADD ("days on which the machine was off are all compared", test_days_off);
  ADD ("what cannot be is for people", test_alarm);
  ADD ("what is no day is refused", test_no_day);
  g_test_add_func ("/till-days/a day has its bounds in the hall", test_hall_days);
  return g_test_run ();
}
