/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By code: what is shown, what is said to it, and that card, code or number, whichever comes first,
 * ends the step once. */
#include <string.h>

#include "code-fixture.h"
#include "model/words.h"

#define STRANGE "hello"

static void
test_a_code_leads_to_a_number_on_paper (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  code_expect_words (f, "正在找二维码");
  code_show (f, CODE ("1"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  AWAIT (f->kiosk.scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpint (jumin_identity_get_proof (f->kiosk.scene->identity), ==, JUMIN_PROOF_CODE);
  g_assert_cmpstr (jumin_identity_get_number (f->kiosk.scene->identity), ==, HOLDER);
  AWAIT (code_count_in_log (f, "\"how\":\"code\"") == 1
         && code_count_in_log (f, "\"proof\":\"code\"") == 1);
  act (&f->kiosk, "home", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  g_assert_true (virtual_kiosk_says (&f->kiosk, "渝快码已核对"));
  g_assert_cmpuint (f->asked, ==, 1);
}

static const struct
{
  const char *text;
  JuminTrouble trouble;
} wrong_kinds[] = {
  { PAYMENT, JUMIN_TROUBLE_SHOWN_PAYMENT },
  { "31000000000000000001", JUMIN_TROUBLE_SHOWN_TAX },
  { "JUMIN:H:00112233445566778899AABBCCDDEEFF", JUMIN_TROUBLE_SHOWN_HANDOFF },
  { "https://hall.example/queue/A023-0417", JUMIN_TROUBLE_SHOWN_TICKET },
  { STRANGE, JUMIN_TROUBLE_SHOWN_OTHER },
};

static void
test_a_wrong_kind_is_told_and_not_asked (CodeFixture *f, gconstpointer data)
{
  guint64 page;

  code_begin (f);
  page = f->kiosk.scene->page_number;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_kinds); i++)
    {
      code_show (f, wrong_kinds[i].text);
      code_expect_trouble (f, wrong_kinds[i].trouble);
      AWAIT (log_says (&f->kiosk, "code-refused", jumin_trouble_get_id (wrong_kinds[i].trouble)));
    }
  g_assert_cmpuint (f->kiosk.scene->page_number, ==, page);
  g_assert_cmpuint (f->asked, ==, 0);
  g_assert_false (f->kiosk.scene->code_agreed);
  code_show (f, CODE ("1"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
}

/* They are the platform's to understand; what a scanner puts around them is not sent. */
static void
test_codes_of_others_go_to_the_platform (CodeFixture *f, gconstpointer data)
{
  static const char *const texts[] = { "ESSC00112233445566778899AABBCCDDEEFF",
                                       "https://code.example/s?c=1", "YKU" CODE ("1") "\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      code_begin (f);
      code_show (f, texts[i]);
      await (&f->kiosk, JUMIN_PAGE_TICKET);
      leave (&f->kiosk);
    }
  g_assert_cmpuint (f->asked, ==, G_N_ELEMENTS (texts));
}

static void
test_what_was_told_goes_again (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  code_show (f, PAYMENT);
  code_expect_trouble (f, JUMIN_TROUBLE_SHOWN_PAYMENT);
  AWAIT (!f->kiosk.scene->code_told);
  code_expect_words (f, "正在找二维码");
}

static const struct
{
  int result;
  const char *paper;
  JuminTrouble trouble;
} refusals[] = {
  { 10009, "1", JUMIN_TROUBLE_SHOWN_EXPIRED }, { 10015, "1", JUMIN_TROUBLE_SHOWN_REFUSED },
  { 200, "9", JUMIN_TROUBLE_SHOWN_NOBODY },    { 10016, "1", JUMIN_TROUBLE_CODES_OUTDATED },
  { 10005, "1", JUMIN_TROUBLE_CODES_REFUSED }, { 0, "1", JUMIN_TROUBLE_CODES_SILENT },
};

static void
test_what_the_platform_refuses_is_told (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *text = g_strdup (CODE ("0"));

      text[0] = (char)('1' + i);
      f->result = refusals[i].result;
      f->paper = refusals[i].paper;
      code_show (f, text);
      AWAIT (f->kiosk.scene->code_told);
      code_expect_trouble (f, refusals[i].trouble);
    }
  /* Those of the platform itself begin and end. */
  f->result = 200;
  f->paper = "1";
  code_show (f, CODE ("9"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  AWAIT (log_says (&f->kiosk, "trouble-ended", "codes-silent"));
  g_assert_true (log_says (&f->kiosk, "trouble-ended", "codes-outdated"));
  g_assert_true (log_says (&f->kiosk, "trouble-ended", "codes-refused"));
}

/* Runs the main loop for so many milliseconds of the kiosk's clock. */
static void
pass (CodeFixture *f, guint ms)
{
  gint64 until
      = g_get_monotonic_time () + (gint64)jumin_clock_get_real_ms (f->kiosk.clock, ms) * 1000;

  RUN_UNTIL (g_get_monotonic_time () >= until);
}

static void
test_a_code_that_is_held_there_is_asked_once (CodeFixture *f, gconstpointer data)
{
  f->result = 10009;
  code_begin (f);
  for (guint i = 0; i < 5; i++)
    code_show (f, CODE ("1"));
  AWAIT (f->kiosk.scene->code_told);
  for (guint i = 0; i < 4; i++)
    {
      pass (f, 4000);
      code_show (f, CODE ("1"));
      code_expect_trouble (f, JUMIN_TROUBLE_SHOWN_EXPIRED);
    }
  g_assert_cmpuint (f->asked, ==, 1);
  g_assert_cmpuint (code_count_in_log (f, "code-refused"), <=, 1);
  /* Where nobody answered, it is asked again, after a while. */
  f->result = 0;
  code_show (f, CODE ("2"));
  AWAIT (f->kiosk.scene->code_told);
  g_assert_cmpuint (f->asked, ==, 2);
  f->result = 200;
  pass (f, 4000);
  code_show (f, CODE ("2"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpuint (f->asked, ==, 3);
}

/* A scanner says both of them for each picture. */
static void
test_two_codes_in_one_picture_are_told_once_each (CodeFixture *f, gconstpointer data)
{
  f->result = 10009;
  code_begin (f);
  for (guint i = 0; i < 20; i++)
    {
      code_show (f, PAYMENT);
      code_show (f, CODE ("1"));
      AWAIT (f->kiosk.scene->code_told);
    }
  g_assert_cmpuint (f->asked, ==, 1);
  AWAIT (log_says (&f->kiosk, "code-refused", "shown-expired"));
  g_assert_cmpuint (code_count_in_log (f, "\"code-refused\""), ==, 2);
  /* Nor when another one comes after a while. */
  pass (f, 4000);
  code_show (f, STRANGE);
  code_show (f, PAYMENT);
  code_show (f, CODE ("1"));
  pass (f, 4000);
  g_assert_cmpuint (f->asked, ==, 1);
  g_assert_cmpuint (code_count_in_log (f, "\"code-refused\""), ==, 3);
}

/* A film of codes would have the log and the platform busy. */
static void
test_no_more_than_some_codes_are_taken_at_once (CodeFixture *f, gconstpointer data)
{
  g_autofree char *text = g_strdup ("no code of ours: 0");
  char *last = text + strlen (text) - 1;
  gint64 began = g_get_monotonic_time ();
  guint taken;

  code_begin (f);
  for (guint i = 0; i < 500; i++)
    {
      *last = (char)(' ' + i % 90);
      code_show (f, text);
    }
  taken = 1 + (guint)((g_get_monotonic_time () - began) / 30000);
  pass (f, 5000);
  g_assert_cmpuint (code_count_in_log (f, "\"code-refused\""), <=, 8 * taken);
}

/* Nobody may be there any more. */
static void
test_a_code_that_lies_there_keeps_no_visit (CodeFixture *f, gconstpointer data)
{
  gint64 deadline;

  f->result = 0;
  code_begin (f);
  code_show (f, CODE ("1"));
  AWAIT (f->kiosk.scene->code_told);
  deadline = f->kiosk.scene->deadline;
  pass (f, 4000);
  code_show (f, CODE ("1"));
  AWAIT (f->asked == 2);
  g_assert_cmpint (f->kiosk.scene->deadline, ==, deadline);
}

/* ---- whichever comes first ------------------------------------------------------------------- */

static void
insert_other (CodeFixture *f)
{
  insert (&f->kiosk);
}

static void
ask_number (CodeFixture *f)
{
  act (&f->kiosk, "number", NULL, NULL);
}

static void
leave_visit (CodeFixture *f)
{
  act (&f->kiosk, "exit", NULL, NULL);
}

static void
call_help (CodeFixture *f)
{
  act (&f->kiosk, "help", NULL, NULL);
}

static const struct
{
  void (*meanwhile) (CodeFixture *f);
  JuminPage page;
} overtakers[] = {
  { insert_other, JUMIN_PAGE_CONSENT },
  { ask_number, JUMIN_PAGE_CONSENT },
  { leave_visit, JUMIN_PAGE_HOME },
  { call_help, JUMIN_PAGE_IDENTIFY },
};

static void
test_an_answer_that_comes_late_is_nobody_s (CodeFixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (overtakers); i++)
    {
      code_begin (f);
      f->asked = 0;
      f->meanwhile = overtakers[i].meanwhile;
      code_show (f, CODE ("1"));
      AWAIT (f->asked == 1);
      f->meanwhile = NULL;
      await (&f->kiosk, overtakers[i].page);
      pass (f, 10000);
      g_assert_cmpint (f->kiosk.scene->page, ==, overtakers[i].page);
      g_assert_null (f->kiosk.scene->identity);
      g_assert_false (f->kiosk.scene->code_checking || f->kiosk.scene->code_told);
      g_assert_false (virtual_kiosk_says (&f->kiosk, "李"));
      leave (&f->kiosk);
    }
}

static void
test_a_card_after_the_code_is_not_read (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  code_show (f, CODE ("1"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  insert (&f->kiosk);
  pass (f, 5000);
  g_assert_cmpint (f->kiosk.scene->page, ==, JUMIN_PAGE_TICKET);
  g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->kiosk.reader), ==, 0);
  g_assert_cmpstr (jumin_identity_get_number (f->kiosk.scene->identity), ==, HOLDER);
  /* Nor does it end the visit, which is not its own. */
  jumin_virtual_card_reader_pull (f->kiosk.reader);
  g_assert_nonnull (f->kiosk.scene->identity);
}

static void
count_change (JuminTerminal *terminal, guint *changes)
{
  *changes += 1;
}

/* Else a number would be taken without a name while the card is read, and the agreement asked for
 * over it. */
static void
test_a_card_that_is_read_was_first (CodeFixture *f, gconstpointer data)
{
  guint changes = 0;

  choose (&f->kiosk, JUMIN_IDENTIFY_OPTIONAL);
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  g_signal_connect (f->kiosk.terminal, "changed", G_CALLBACK (count_change), &changes);
  insert (&f->kiosk);
  g_assert_cmpuint (changes, ==, 0);
  g_assert_cmpint (f->kiosk.scene->page, ==, JUMIN_PAGE_IDENTIFY);
  act (&f->kiosk, "anonymous", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_CONSENT);
}

static void
test_a_code_after_the_card_is_not_taken (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  insert (&f->kiosk);
  g_assert_false (jumin_virtual_code_scanner_show (f->scanner, CODE ("1")));
  await (&f->kiosk, JUMIN_PAGE_CONSENT);
  act (&f->kiosk, "agree", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (jumin_identity_get_proof (f->kiosk.scene->identity), ==, JUMIN_PROOF_CARD);
  g_assert_cmpuint (f->asked, ==, 0);
}

/* A screen that drew the question first would have the next page later. */
static void
test_a_question_is_drawn_when_it_takes_time (CodeFixture *f, gconstpointer data)
{
  guint changes = 0;

  code_begin (f);
  g_signal_connect (f->kiosk.terminal, "changed", G_CALLBACK (count_change), &changes);
  code_show (f, CODE ("1"));
  g_assert_cmpuint (changes, ==, 0);
  AWAIT (changes > 0);
  await (&f->kiosk, JUMIN_PAGE_TICKET);
}

static void
expect_checking (CodeFixture *f)
{
  AWAIT (f->kiosk.scene->code_checking);
  code_expect_words (f, "正在核对");
}

static void
test_a_second_code_waits_for_the_first (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  f->meanwhile = expect_checking;
  code_show (f, CODE ("1"));
  code_show (f, CODE ("2"));
  code_show (f, PAYMENT);
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpuint (f->asked, ==, 1);
}

#define ADD(path, test) g_test_add (path, CodeFixture, NULL, code_set_up, test, code_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/code/a_code_leads_to_a_number_on_paper", test_a_code_leads_to_a_number_on_paper);
  ADD ("/code/a_wrong_kind_is_told_and_not_asked", test_a_wrong_kind_is_told_and_not_asked);
  ADD ("/code/codes_of_others_go_to_the_platform", test_codes_of_others_go_to_the_platform);
  ADD ("/code/what_was_told_goes_again", test_what_was_told_goes_again);
  ADD ("/code/what_the_platform_refuses_is_told", test_what_the_platform_refuses_is_told);
  ADD ("/code/a_code_that_is_held_there_is_asked_once",
       test_a_code_that_is_held_there_is_asked_once);
  ADD ("/code/two_codes_in_one_picture_are_told_once_each",
       test_two_codes_in_one_picture_are_told_once_each);
  ADD ("/code/no_more_than_some_codes_are_taken_at_once",
       test_no_more_than_some_codes_are_taken_at_once);
  ADD ("/code/a_code_that_lies_there_keeps_no_visit", test_a_code_that_lies_there_keeps_no_visit);
  ADD ("/code/an_answer_that_comes_late_is_nobody_s", test_an_answer_that_comes_late_is_nobody_s);
  ADD ("/code/a_card_after_the_code_is_not_read", test_a_card_after_the_code_is_not_read);
  ADD ("/code/a_card_that_is_read_was_first", test_a_card_that_is_read_was_first);
  ADD ("/code/a_code_after_the_card_is_not_taken", test_a_code_after_the_card_is_not_taken);
  ADD ("/code/a_question_is_drawn_when_it_takes_time", test_a_question_is_drawn_when_it_takes_time);
  ADD ("/code/a_second_code_waits_for_the_first", test_a_second_code_waits_for_the_first);
  return g_test_run ();
}
