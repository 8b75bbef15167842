/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a paper is genuine: what is said of the codes on papers, and that nobody is asked. */
#include "code-fixture.h"
#include "model/words.h"
#include "platform/document-seal.h"

#define OWNER "5001************10"
#define NUMBER "GJJ-20261121-000371"
#define FIGURE "86,512.37"

static void
begin (CodeFixture *f)
{
  act (&f->kiosk, "start", "id", "verify");
  await (&f->kiosk, JUMIN_PAGE_VERIFY);
}

/* Returns: (transfer full): what the code on a paper says */
static char *
dup_code (EVP_PKEY *key, gint64 fen)
{
  g_autoptr (GError) error = NULL;
  JuminVerification said = { .number = (char *)NUMBER,
                             .kind = (char *)"fund-deposit",
                             .owner = (char *)OWNER,
                             .issued_at = 1795227960,
                             .fen = fen };
  g_autofree char *text = jumin_verification_dup_text (&said);
  g_autofree char *signature = jumin_sm2_sign (key, text, &error);

  g_assert_no_error (error);
  return g_strconcat (text, " ", signature, NULL);
}

static void
expect_looking (CodeFixture *f, gboolean looking)
{
  g_assert_cmpint (jumin_virtual_code_scanner_is_looking (f->scanner), ==, looking);
}

static void
expect (CodeFixture *f, const char *words)
{
  if (!virtual_kiosk_says (&f->kiosk, words))
    {
      g_autofree char *screen = virtual_kiosk_dup_screen (&f->kiosk);

      g_error ("'%s' is not on the screen: %s", words, screen);
    }
}

static void
expect_no_paper (CodeFixture *f)
{
  g_assert_null (f->kiosk.scene->verification);
  g_assert_false (virtual_kiosk_says (&f->kiosk, NUMBER));
  g_assert_false (virtual_kiosk_says (&f->kiosk, OWNER));
  g_assert_false (virtual_kiosk_says (&f->kiosk, FIGURE));
}

static void
test_a_genuine_paper_is_told (CodeFixture *f, gconstpointer data)
{
  g_autofree char *code = dup_code (f->office, 8651237);

  begin (f);
  expect_looking (f, TRUE);
  code_expect_words (f, "正在找二维码");
  code_show (f, code);
  expect (f, "这张证明是真的");
  expect (f, "个人住房公积金缴存证明");
  expect (f, NUMBER);
  expect (f, OWNER);
  expect (f, "2026年11月21日");
  expect (f, FIGURE);
  expect_looking (f, FALSE);
  g_assert_null (f->kiosk.scene->identity);
  g_assert_cmpuint (f->asked, ==, 0);
  g_assert_cmpuint (code_count_in_log (f, NUMBER), ==, 0);
}

static void
test_one_paper_after_the_other (CodeFixture *f, gconstpointer data)
{
  g_autofree char *code = dup_code (f->office, 8651237);
  g_autofree char *plain = dup_code (f->office, JUMIN_FIGURE_NONE);

  begin (f);
  code_show (f, code);
  act (&f->kiosk, "another", NULL, NULL);
  expect_no_paper (f);
  expect_looking (f, TRUE);
  code_show (f, code); /* the same one may be looked at again at once */
  expect (f, FIGURE);
  act (&f->kiosk, "another", NULL, NULL);
  code_show (f, plain);
  expect (f, NUMBER);
  g_assert_false (virtual_kiosk_says (&f->kiosk, "金额"));
}

static void
test_unsigned (CodeFixture *f, gconstpointer data)
{
  g_autoptr (EVP_PKEY) other = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_autofree char *code = dup_code (other, 8651237);
  const char *const codes[] = { code, "JUMIN-DOC/1 " NUMBER, "JUMIN-DOC/1 x" };
  const JuminTroubleRow *row
      = jumin_troubles_get (f->kiosk.scene->troubles, JUMIN_TROUBLE_PAPER_UNSIGNED);

  begin (f);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      code_show (f, codes[i]);
      expect (f, row->title.standard.zh);
      expect (f, "请拿到东门服务台核对");
      expect_no_paper (f);
      g_assert_false (virtual_kiosk_says (&f->kiosk, "假"));
      expect_looking (f, FALSE);
      act (&f->kiosk, "another", NULL, NULL);
      expect_looking (f, TRUE);
    }
  AWAIT (log_says (&f->kiosk, "code-refused", "paper-unsigned"));
  g_assert_cmpuint (code_count_in_log (f, NUMBER), ==, 0);
}

static void
test_other_codes (CodeFixture *f, gconstpointer data)
{
  static const char *const codes[] = { PAYMENT, CODE ("1"),      "https://example.org/",
                                       "hello", "JUMIN-DOC/2 x", "31000000000000000001" };
  g_autofree char *code = dup_code (f->office, 8651237);

  begin (f);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      code_show (f, codes[i]);
      code_expect_trouble (f, JUMIN_TROUBLE_SHOWN_NO_PAPER);
      expect_looking (f, TRUE);
    }
  g_assert_cmpuint (f->asked, ==, 0);
  AWAIT (!f->kiosk.scene->code_told);
  code_expect_words (f, "正在找二维码");
  code_show (f, code);
  expect (f, FIGURE);
}

/* The other way round: who is asked for a code of their own shows that of a paper. */
static void
test_a_paper_is_no_person (CodeFixture *f, gconstpointer data)
{
  g_autofree char *code = dup_code (f->office, 8651237);

  code_begin (f);
  code_show (f, code);
  code_expect_trouble (f, JUMIN_TROUBLE_SHOWN_DOCUMENT);
  expect_no_paper (f);
  g_assert_cmpuint (f->asked, ==, 0);
}

static void
test_nothing_stays (CodeFixture *f, gconstpointer data)
{
  static const char *const ways[] = { "back", "home", "exit" };
  g_autofree char *code = dup_code (f->office, 8651237);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      begin (f);
      code_show (f, code);
      expect (f, NUMBER);
      act (&f->kiosk, ways[i], NULL, NULL);
      await (&f->kiosk, JUMIN_PAGE_HOME);
      expect_no_paper (f);
    }
  begin (f);
  code_show (f, code);
  AWAIT (f->kiosk.scene->dialog == JUMIN_DIALOG_ENDING);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  g_assert_false (f->kiosk.scene->in_visit);
  expect_no_paper (f);
}

static void
test_it_looks_only_when_it_may (CodeFixture *f, gconstpointer data)
{
  g_autofree char *code = dup_code (f->office, 8651237);

  expect_looking (f, FALSE);
  begin (f);
  act (&f->kiosk, "help", NULL, NULL);
  expect_looking (f, FALSE);
  act (&f->kiosk, "stay", NULL, NULL);
  expect_looking (f, TRUE);
  code_insert_card_of (f, HOLDER);
  expect_looking (f, FALSE);
  await (&f->kiosk, JUMIN_PAGE_CONSENT);
  act (&f->kiosk, "back", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_VERIFY);
  expect_looking (f, TRUE);
  code_show (f, code);
  expect (f, NUMBER);
}

/* The camera is looked for again on the page that needs it. */
static void
test_a_camera_that_is_away (CodeFixture *f, gconstpointer data)
{
  jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_MISSING, JUMIN_SCAN_HINT_NONE);
  begin (f);
  code_expect_words (f, "没有找到摄像头");
  code_expect_words (f, "请到东门服务台核对");
  act (&f->kiosk, "home", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  expect (f, "没有找到摄像头");
  begin (f);
  jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_TOO_DARK, JUMIN_SCAN_HINT_NONE);
  code_expect_words (f, "请移到亮一点的地方");
  jumin_virtual_code_scanner_set (f->scanner, JUMIN_SCAN_LOOKING, JUMIN_SCAN_HINT_BRIGHTER);
  code_expect_words (f, "移到亮处");
}

static void
test_without_a_scanner (Fixture *f, gconstpointer data)
{
  g_assert_false (virtual_kiosk_says (f, "验证明真伪"));
  act (f, "start", "id", "verify");
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_HOME);
}

#define ADD(path, test) g_test_add (path, CodeFixture, NULL, code_set_up, test, code_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/verify/a_genuine_paper_is_told", test_a_genuine_paper_is_told);
  ADD ("/verify/one_paper_after_the_other", test_one_paper_after_the_other);
  ADD ("/verify/what_the_platform_did_not_sign_is_no_accusation", test_unsigned);
  ADD ("/verify/other_codes_are_told_kindly", test_other_codes);
  ADD ("/verify/a_paper_is_no_person", test_a_paper_is_no_person);
  ADD ("/verify/nothing_of_a_paper_stays", test_nothing_stays);
  ADD ("/verify/it_looks_only_when_it_may", test_it_looks_only_when_it_may);
  ADD ("/verify/a_camera_that_is_away_is_told", test_a_camera_that_is_away);
  g_test_add ("/verify/without_a_scanner_it_is_not_offered", Fixture, NULL, set_up,
              test_without_a_scanner, tear_down);
  return g_test_run ();
}
