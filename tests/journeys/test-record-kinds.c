/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of account of the sandbox is looked up, and who has no card looks up theirs. */
#include "front/view-builder.h"
#include "model/words.h"
#include "record-fixture.h"

enum
{
  NO_NOTICE = -1
};

#define NUMBER_OF_LI "500102199003070010"

/* What stands above the figures of one record; a record without a sentence has figures alone. */
static int
get_notice (const Visit *v, int record)
{
  const JuminRecordBlock *block = jumin_record_find (v->scene->records[record], JUMIN_BLOCK_NOTICE);

  return block != NULL ? (int)block->notice : NO_NOTICE;
}

/* Each kind of account, with its loan and its withdrawals. */
static const struct
{
  const char *kind, *resident;
  int account, loan, withdrawals;
} kinds[] = {
  { "normal", "li-ceshi", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "with_a_loan", "wang-yidai", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_DUE,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "with_a_settled_loan", "chen-bianhao", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_SETTLED,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "with_an_overdue_loan", "wei-youhao", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_OVERDUE,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "sealed", "zhao-suoding", JUMIN_NOTICE_SEALED, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "frozen", "shen-guohao", JUMIN_NOTICE_FROZEN, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "closed", "feng-bashi", JUMIN_NOTICE_CLOSED, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "with_gaps", "chu-yuyue", JUMIN_NOTICE_GAPS, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "of_unknown_codes", "abudu-kelimu", JUMIN_NOTICE_UNKNOWN_STANDING, JUMIN_NOTICE_NO_RECORD,
    NO_NOTICE },
  { "with_a_withdrawal_in_review", "liu-yan", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_NO_RECORD,
    NO_NOTICE },
  { "with_a_withdrawal_that_failed", "he-qian", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_NO_RECORD,
    NO_NOTICE },
  { "with_a_withdrawal_that_was_refused", "zheng-liushi", JUMIN_NOTICE_STEADY,
    JUMIN_NOTICE_NO_RECORD, NO_NOTICE },
  { "with_a_reversed_line", "wu-wujiu", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "of_huge_amounts", "montgomery", JUMIN_NOTICE_STEADY, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_WITHDRAWALS },
  { "of_nobody", "jiang-waisheng", JUMIN_NOTICE_NO_RECORD, JUMIN_NOTICE_NO_RECORD,
    JUMIN_NOTICE_NO_RECORD },
};

/* The screen takes the page as it is. */
static void
expect_screen (Visit *v)
{
  g_autoptr (JuminView) view = jumin_view_build (v->scene);
  g_autoptr (GVariant) variant = g_variant_ref_sink (jumin_view_to_variant (view));
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminView) seen = jumin_view_from_variant (variant, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (seen->kind, ==, "record");
}

/* The page stands, and each record that there is can be looked at closely. */
static void
test_kind (Visit *v, gconstpointer resident)
{
  gsize kind = 0;

  while (!g_str_equal (kinds[kind].resident, resident))
    kind++;
  visit_look_up (v, "fund");
  g_assert_cmpint (get_notice (v, ACCOUNT), ==, kinds[kind].account);
  g_assert_cmpint (get_notice (v, LOAN), ==, kinds[kind].loan);
  g_assert_cmpint (get_notice (v, WITHDRAWALS), ==, kinds[kind].withdrawals);
  for (int i = ACCOUNT; i <= WITHDRAWALS; i++)
    {
      visit_act (v, "section", "id", v->scene->service->records[i]);
      g_assert_cmpint (v->scene->section, ==, v->scene->records[i]->found ? i : -1);
      expect_screen (v);
      if (v->scene->section >= 0)
        visit_act (v, "back", NULL, NULL);
    }
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_RECORD);
}

static void
type (Visit *v, const char *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      const char value[] = { *key, '\0' };

      visit_act (v, "type", "value", value);
    }
}

/* Who has no card comes by number and message; back from the page leads home, not to the keypad. */
static void
test_by_message (Visit *v, gconstpointer resident)
{
  visit_act (v, "exit", NULL, NULL);
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_HOME);
  visit_act (v, "start", "id", "fund");
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_IDENTIFY);
  visit_act (v, "number", NULL, NULL);
  visit_act (v, "agree", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NUMBER);
  type (v, NUMBER_OF_LI);
  visit_act (v, "send-code", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_CODE);
  type (v, jumin_logins_find_code (v->hall->platform->platform.logins, resident));
  visit_act (v, "check-code", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
  g_assert_true (v->scene->records[ACCOUNT]->found);
  visit_act (v, "back", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_HOME);
  visit_act (v, "exit", NULL, NULL);
  g_assert_null (v->scene->identity);
  visit_expect_nothing_left (v);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/record/an_account_", kinds[i].kind, NULL);

      g_test_add (path, Visit, kinds[i].resident, visit_set_up, test_kind, visit_tear_down);
    }
  g_test_add ("/record/by_number_and_message", Visit, "li-ceshi", visit_set_up, test_by_message,
              visit_tear_down);
  return g_test_run ();
}
