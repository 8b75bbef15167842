/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values: numbers, masks, identities, the clock. */
#include "model/clock.h"
#include "model/hall-time.h"
#include "model/id-number.h"
#include "model/identity.h"
#include "model/mask.h"
#include "model/payment.h"
#include "model/secret.h"
#include "model/text.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static GDate
day (int year, int month, int number)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return date;
}

static void
test_id_numbers_are_checked (void)
{
  static const char *const good[]
      = { "11010519491231002X", "11010519491231002x", "500102199003070010",
          "500103195506150029", "500229194802290039", "500118199912310887" };
  static const char *const bad[] = { "",
                                     "110105194912310021",
                                     "500102199002300010",
                                     "50010219900307001",
                                     "5001021990030700100",
                                     "50010２199003070010",
                                     "500102209003070019",
                                     "A00102199003070010",
                                     "990102199003070010",
                                     "000102199003070018" };
  GDate today = day (2026, 11, 21);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (jumin_id_number_check (good[i], &today));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (jumin_id_number_check (bad[i], &today));
  g_assert_false (jumin_id_number_check (NULL, &today));
}

static void
test_old_numbers_become_new_ones (void)
{
  static const struct
  {
    const char *old, *modern;
  } rows[] = {
    { "110105491231002", "11010519491231002X" },    { "500102900307001", "500102199003070010" },
    { "50010290030700", "50010290030700" },         { "50010290030700X", "50010290030700X" },
    { "500102199003070010", "500102199003070010" }, { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char number[JUMIN_ID_NUMBER_LENGTH + 1] = "";
      gboolean old = strlen (rows[i].old) != strlen (rows[i].modern);

      g_strlcpy (number, rows[i].old, sizeof number);
      g_assert_cmpint (jumin_id_number_modernise (number), ==, old);
      g_assert_cmpstr (number, ==, rows[i].modern);
    }
}

static void
test_what_is_typed_leaves_nothing_behind (void)
{
  static const char typed[] = "2812345678901234567890129";
  static const char nothing[JUMIN_SECRET_MAX + 1];
  JuminSecret *secret = jumin_secret_new ();
  const char *place = jumin_secret_get (secret);
  gsize page = (gsize)sysconf (_SC_PAGESIZE);

  for (gsize i = 0; i < strlen (typed); i++)
    jumin_secret_add (secret, typed[i]);
  g_assert_cmpstr (jumin_secret_get (secret), ==, "281234567890123456789012");
  g_assert_true (place == jumin_secret_get (secret));
  jumin_secret_take_back (secret);
  g_assert_cmpuint (jumin_secret_get_length (secret), ==, JUMIN_SECRET_MAX - 1);
  g_assert_cmpmem (place + JUMIN_SECRET_MAX - 1, 2, nothing, 2);
  jumin_secret_clear (secret);
  g_assert_cmpmem (place, sizeof nothing, nothing, sizeof nothing);
  jumin_secret_take_back (secret);
  g_assert_cmpuint (jumin_secret_get_length (secret), ==, 0);
  jumin_secret_free (secret);
  /* Its memory is no longer ours to read. */
  g_assert_cmpint (msync ((gpointer)((gsize)place / page * page), page, MS_ASYNC), ==, -1);
  g_assert_cmpint (errno, ==, ENOMEM);
}

static void
test_age_counts_whole_years (void)
{
  static const struct
  {
    const char *number;
    int year, month, day, age;
  } rows[] = {
    { "500102199003070010", 2026, 3, 6, 35 },  { "500102199003070010", 2026, 3, 7, 36 },
    { "500229194802290039", 2026, 2, 28, 77 }, { "500229194802290039", 2026, 3, 1, 78 },
    { "500102199003070010", 1980, 1, 1, -1 },  { "no number", 2026, 1, 1, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate today = day (rows[i].year, rows[i].month, rows[i].day);

      g_assert_cmpint (jumin_id_number_get_age (rows[i].number, &today), ==, rows[i].age);
    }
}

static void
test_names_and_numbers_are_masked (void)
{
  static const struct
  {
    const char *name, *masked;
  } names[] = { { "王小明", "王*明" },
                { "李四", "李*" },
                { "王", "*" },
                { "", "*" },
                { "\xff\xfe", "*" },
                { "阿依古丽·买买提", "阿*提" },
                { "䶮𬱖某", "䶮*某" } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *masked = jumin_mask_name (names[i].name);

      g_assert_cmpstr (masked, ==, names[i].masked);
    }

  g_autofree char *number = jumin_mask_number ("500102199003070010");
  g_autofree char *brief = jumin_mask_number ("123456");
  g_assert_cmpstr (number, ==, "5001************10");
  g_assert_cmpstr (brief, ==, "******");
}

static void
test_an_identity_keeps_what_fits (void)
{
  g_autofree char *longest = g_strnfill (JUMIN_NAME_BYTES_MAX - 1, 'a');
  g_autofree char *name = g_strconcat (longest, "明", NULL);
  g_autoptr (JuminIdentity) identity
      = jumin_identity_new (JUMIN_PROOF_CARD, name, "500102199003070010");
  g_autoptr (JuminIdentity) odd = jumin_identity_new (JUMIN_PROOF_CARD, "\xff", "12");

  /* A character that does not fit whole is left out whole. */
  g_assert_cmpstr (jumin_identity_get_name (identity), ==, longest);
  g_assert_cmpstr (jumin_identity_get_number (identity), ==, "500102199003070010");
  g_assert_cmpstr (jumin_identity_get_name (odd), ==, "");
  g_assert_cmpstr (jumin_identity_get_number (odd), ==, "");
}

static gboolean
on_timer (gpointer data)
{
  g_string_append_c (*(GString **)data, 'x');
  return G_SOURCE_REMOVE;
}

static void
test_timers_fire_in_order_on_a_manual_clock (void)
{
  JuminClock *clock = jumin_clock_new_manual (1000);
  g_autoptr (GString) fired = g_string_new (NULL);
  gpointer first = jumin_clock_after (clock, 100, on_timer, &fired);
  gpointer second = jumin_clock_after (clock, 200, on_timer, &fired);

  g_assert_nonnull (first);
  jumin_clock_advance (clock, 99);
  g_assert_cmpstr (fired->str, ==, "");
  jumin_clock_advance (clock, 1);
  g_assert_cmpstr (fired->str, ==, "x");
  jumin_clock_cancel (clock, &second);
  g_assert_null (second);
  jumin_clock_advance (clock, 1000);
  g_assert_cmpstr (fired->str, ==, "x");
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 1001);
  g_assert_finalize_object (clock);
}

static void
assert_corrected (JuminClock *clock, gint64 time_s, gint64 sent_us, gint64 heard_us, gint64 moved_s)
{
  gint64 moved = 0;

  g_assert_true (jumin_clock_correct (clock, time_s, sent_us, heard_us, &moved));
  g_assert_cmpint (moved, ==, moved_s);
}

/* The clock that never jumps stands at 1 s. */
static void
test_a_correction_is_as_small_as_it_may_be (void)
{
  JuminClock *clock = jumin_clock_new_manual (1000);
  gint64 now_us = jumin_clock_get_monotonic (clock), moved = 0;

  jumin_clock_advance (clock, 10000);
  assert_corrected (clock, 1000, now_us, now_us + 10 * G_USEC_PER_SEC, 0);
  assert_corrected (clock, 1010, now_us, now_us + 10 * G_USEC_PER_SEC, 0);
  assert_corrected (clock, 1013, now_us, now_us + 10 * G_USEC_PER_SEC, 3);
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 1013);
  assert_corrected (clock, 1001, now_us, now_us + 10 * G_USEC_PER_SEC, -1);
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 1012);
  g_assert_false (jumin_clock_correct (clock, 1012 + JUMIN_CLOCK_CORRECTION_MAX_S + 20, now_us,
                                       now_us + 10 * G_USEC_PER_SEC, &moved));
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 1012);
  g_assert_finalize_object (clock);
}

static void
test_a_corrected_clock_does_not_follow_the_system (void)
{
  JuminClock *clock = jumin_clock_new_manual (1000000);
  gint64 now_us = jumin_clock_get_monotonic (clock);

  jumin_clock_set_system (clock, 2000000);
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 2000000);
  assert_corrected (clock, 2000000, now_us, now_us, 0);
  jumin_clock_set_system (clock, 1);
  jumin_clock_advance (clock, 5000);
  g_assert_cmpint (jumin_clock_get_wall (clock), ==, 2000005);
  g_assert_finalize_object (clock);
}

static void
test_a_moment_is_shown_in_the_halls_zone (void)
{
  static const struct
  {
    const char *zone, *shown;
  } rows[] = { { "Asia/Shanghai", "2026-09-16 10:26" },
               { "America/New_York", "2026-09-15 22:26" },
               { "Asia/Urumqi", "2026-09-16 08:26" } };
  g_autofree char *kept = g_strdup (g_getenv ("TZ"));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = NULL;

      g_setenv ("TZ", rows[i].zone, TRUE);
      shown = jumin_hall_time_format (1789525560, "%Y-%m-%d %H:%M");
      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
  if (kept != NULL)
    g_setenv ("TZ", kept, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
test_waits_shrink_on_a_fast_clock (void)
{
  JuminClock *clock = jumin_clock_new (100);

  g_assert_cmpuint (jumin_clock_get_real_ms (clock, 90000), ==, 900);
  g_assert_cmpuint (jumin_clock_get_real_ms (clock, 1), ==, 1);
  g_assert_finalize_object (clock);
}

static void
test_a_copy_of_a_payment_has_words_of_its_own (void)
{
  g_autoptr (JuminQuote) quote = jumin_quote_new ();
  g_autoptr (JuminPayment) payment = NULL;
  JuminPayItem *item = jumin_pay_item_new ();

  jumin_text_set (&quote->payee_name, "临江市公共缴费", "Linjiang bills");
  jumin_text_set (&item->title, "电费", "Electricity");
  g_ptr_array_add (quote->items, item);
  {
    g_autoptr (JuminQuote) copy = jumin_quote_copy (quote);
    g_autoptr (JuminPayment) first = jumin_payment_new ("1", copy, JUMIN_PAY_SCAN);

    payment = jumin_payment_copy (first);
  }
  item = payment->items->pdata[0];
  g_assert_cmpstr (item->title.zh, ==, "电费");
  g_assert_cmpstr (item->title.en, ==, "Electricity");
  g_assert_cmpstr (payment->payee_name.zh, ==, "临江市公共缴费");
  g_assert_cmpstr (quote->payee_name.zh, ==, "临江市公共缴费");
}

static void
test_tail (void)
{
  static const struct
  {
    const char *text, *tail;
  } rows[] = {
    { "13–14 号窗口", "窗口" }, { "扫码看前面还有几人。", "几人。" },
    { "185.00 元", " 元" },     { "好", "好" },
    { "。。", "。。" },         { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (rows[i].text + jumin_text_find_tail (rows[i].text), ==, rows[i].tail);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id-number/good_and_bad_ones_are_told_apart", test_id_numbers_are_checked);
  g_test_add_func ("/id-number/old_numbers_become_new_ones", test_old_numbers_become_new_ones);
  g_test_add_func ("/secret/what_is_typed_leaves_nothing_behind",
                   test_what_is_typed_leaves_nothing_behind);
  g_test_add_func ("/id-number/age_counts_whole_years", test_age_counts_whole_years);
  g_test_add_func ("/mask/names_and_numbers", test_names_and_numbers_are_masked);
  g_test_add_func ("/identity/keeps_what_fits", test_an_identity_keeps_what_fits);
  g_test_add_func ("/payment/a_copy_has_words_of_its_own",
                   test_a_copy_of_a_payment_has_words_of_its_own);
  g_test_add_func ("/clock/timers_fire_in_order", test_timers_fire_in_order_on_a_manual_clock);
  g_test_add_func ("/clock/a_correction_is_as_small_as_it_may_be",
                   test_a_correction_is_as_small_as_it_may_be);
  g_test_add_func ("/clock/a_corrected_clock_does_not_follow_the_system",
                   test_a_corrected_clock_does_not_follow_the_system);
  g_test_add_func ("/clock/a_moment_is_shown_in_the_halls_zone",
                   test_a_moment_is_shown_in_the_halls_zone);
  g_test_add_func ("/text/its_last_characters_stand_together", test_tail);
  g_test_add_func ("/clock/waits_shrink", test_waits_shrink_on_a_fast_clock);
  return g_test_run ();
}
