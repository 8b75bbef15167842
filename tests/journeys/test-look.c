/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When codes are looked for, and what is said meanwhile. */
#include "code-fixture.h"
#include "model/words.h"

static void
expect_looking (CodeFixture *f, gboolean looking)
{
  g_assert_cmpint (jumin_virtual_code_scanner_is_looking (f->scanner), ==, looking);
}

static void
test_it_looks_only_where_a_code_is_waited_for (CodeFixture *f, gconstpointer data)
{
  Fixture *kiosk = &f->kiosk;

  expect_looking (f, FALSE);
  g_assert_true (virtual_kiosk_says (kiosk, "先点一项，再亮码"));
  act (kiosk, "start", "id", "queue");
  expect_looking (f, FALSE);
  act (kiosk, "home", NULL, NULL);
  code_begin (f);
  expect_looking (f, TRUE);
  act (kiosk, "help", NULL, NULL);
  expect_looking (f, FALSE);
  act (kiosk, "stay", NULL, NULL);
  expect_looking (f, TRUE);
  act (kiosk, "number", NULL, NULL);
  expect_looking (f, FALSE);
  act (kiosk, "agree", NULL, NULL);
  expect_looking (f, FALSE);
  act (kiosk, "back", NULL, NULL);
  await (kiosk, JUMIN_PAGE_IDENTIFY);
  expect_looking (f, TRUE);
  code_insert_card_of (f, HOLDER);
  expect_looking (f, FALSE); /* at once, not when the next page is there */
  await (kiosk, JUMIN_PAGE_CONSENT);
  expect_looking (f, FALSE);
  act (kiosk, "back", NULL, NULL);
  await (kiosk, JUMIN_PAGE_IDENTIFY);
  expect_looking (f, TRUE);
  act (kiosk, "exit", NULL, NULL);
  expect_looking (f, FALSE);
}

/* Whoever asks whether somebody is still there does not look. */
static void
test_it_does_not_look_under_a_question (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  AWAIT (f->kiosk.scene->dialog == JUMIN_DIALOG_ENDING);
  expect_looking (f, FALSE);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  expect_looking (f, FALSE);
}

static const struct
{
  JuminScanState state;
  JuminTrouble trouble;
  gboolean failure;
} states[] = {
  { JUMIN_SCAN_COVERED, JUMIN_TROUBLE_CAMERA_COVERED, FALSE },
  { JUMIN_SCAN_TOO_DARK, JUMIN_TROUBLE_CAMERA_DARK, FALSE },
  { JUMIN_SCAN_TOO_BRIGHT, JUMIN_TROUBLE_CAMERA_BRIGHT, FALSE },
  { JUMIN_SCAN_STALLED, JUMIN_TROUBLE_CAMERA_STALLED, TRUE },
  { JUMIN_SCAN_MISSING, JUMIN_TROUBLE_CAMERA_MISSING, TRUE },
  { JUMIN_SCAN_BUSY, JUMIN_TROUBLE_CAMERA_BUSY, TRUE },
  { JUMIN_SCAN_REFUSED, JUMIN_TROUBLE_CAMERA_REFUSED, TRUE },
  { JUMIN_SCAN_FORMAT, JUMIN_TROUBLE_CAMERA_FORMAT, TRUE },
  { JUMIN_SCAN_LOST, JUMIN_TROUBLE_CAMERA_LOST, TRUE },
  { JUMIN_SCAN_FAULTY, JUMIN_TROUBLE_CAMERA_FAULTY, TRUE },
};

static void
test_what_is_wrong_with_the_camera_is_told_apart (CodeFixture *f, gconstpointer data)
{
  code_begin (f);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const char *id = jumin_trouble_get_id (states[i].trouble);

      jumin_virtual_code_scanner_set (f->scanner, states[i].state, JUMIN_SCAN_HINT_NONE);
      code_expect_trouble (f, states[i].trouble);
      g_assert_cmpint (f->kiosk.scene->scanner_failed, ==, states[i].failure);
      AWAIT (log_says (&f->kiosk, states[i].failure ? "trouble-began" : "trouble-told", id));
      /* A fresh look at it is no news. */
      jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_OPENING, JUMIN_SCAN_HINT_NONE);
      if (states[i].failure)
        code_expect_trouble (f, states[i].trouble);
      jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_LOOKING, JUMIN_SCAN_HINT_NONE);
      code_expect_words (f, "正在找二维码");
      if (states[i].failure)
        AWAIT (log_says (&f->kiosk, "trouble-ended", id));
    }
  code_show (f, CODE ("1"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
}

static void
test_a_camera_that_fails_is_reported_once (CodeFixture *f, gconstpointer data)
{
  jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_MISSING, JUMIN_SCAN_HINT_NONE);
  for (guint visit = 0; visit < 3; visit++)
    {
      code_begin (f);
      code_expect_trouble (f, JUMIN_TROUBLE_CAMERA_MISSING);
      g_assert_true (virtual_kiosk_says (&f->kiosk, "请插社保卡"));
      leave (&f->kiosk);
      g_assert_true (virtual_kiosk_says (&f->kiosk, "没有找到摄像头"));
    }
  jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_LOOKING, JUMIN_SCAN_HINT_NONE);
  code_begin (f);
  leave (&f->kiosk);
  g_assert_false (virtual_kiosk_says (&f->kiosk, "没有找到摄像头"));
  AWAIT (log_says (&f->kiosk, "trouble-ended", "camera-missing"));
  g_assert_cmpuint (code_count_in_log (f, "\"trouble-began\""), ==, 1);
}

static void
count_change (JuminTerminal *terminal, guint *changes)
{
  *changes += 1;
}

static void
test_hints_change_the_page_only_when_they_change (CodeFixture *f, gconstpointer data)
{
  static const struct
  {
    JuminScanHint hint;
    const char *words;
  } hints[] = {
    { JUMIN_SCAN_HINT_CLOSER, "近一点" },     { JUMIN_SCAN_HINT_FARTHER, "远一点" },
    { JUMIN_SCAN_HINT_BRIGHTER, "调亮屏幕" }, { JUMIN_SCAN_HINT_GLARE, "避开反光" },
    { JUMIN_SCAN_HINT_STEADY, "拿稳" },       { JUMIN_SCAN_HINT_NONE, "正在找二维码" },
  };
  guint64 page;

  code_begin (f);
  page = f->kiosk.scene->page_number;
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      guint changes = 0;
      gulong handler
          = g_signal_connect (f->kiosk.terminal, "changed", G_CALLBACK (count_change), &changes);

      for (guint times = 0; times < 3; times++)
        jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_LOOKING, hints[i].hint);
      code_expect_words (f, hints[i].words);
      g_assert_cmpuint (changes, ==, 1);
      g_signal_handler_disconnect (f->kiosk.terminal, handler);
    }
  g_assert_cmpuint (f->kiosk.scene->page_number, ==, page);
}

static void
test_without_a_scanner_nobody_is_asked_for_a_code (Fixture *f, gconstpointer data)
{
  g_assert_false (virtual_kiosk_says (f, "渝快码"));
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  g_assert_false (virtual_kiosk_says (f, "渝快码"));
  g_assert_true (virtual_kiosk_says (f, "请插社保卡"));
}

#define ADD(path, test) g_test_add (path, CodeFixture, NULL, code_set_up, test, code_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/look/it_looks_only_where_a_code_is_waited_for",
       test_it_looks_only_where_a_code_is_waited_for);
  ADD ("/look/it_does_not_look_under_a_question", test_it_does_not_look_under_a_question);
  ADD ("/look/what_is_wrong_with_the_camera_is_told_apart",
       test_what_is_wrong_with_the_camera_is_told_apart);
  ADD ("/look/a_camera_that_fails_is_reported_once", test_a_camera_that_fails_is_reported_once);
  ADD ("/look/hints_change_the_page_only_when_they_change",
       test_hints_change_the_page_only_when_they_change);
  g_test_add ("/look/without_a_scanner_nobody_is_asked_for_a_code", Fixture, NULL, set_up,
              test_without_a_scanner_nobody_is_asked_for_a_code, tear_down);
  return g_test_run ();
}
