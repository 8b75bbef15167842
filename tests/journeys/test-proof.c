/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service says what it needs to know who comes; a stronger proof is asked for only then, and of
 * the same person. The hall has a service "strict" that needs what each test says. */
#include "code-fixture.h"
#include "model/words.h"

static void
take_number_by_code (CodeFixture *f)
{
  code_begin (f);
  code_show (f, CODE ("1"));
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  act (&f->kiosk, "home", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_HOME);
}

/* Up to what comes after the list of papers. */
static void
begin_strict (CodeFixture *f, const char *matter)
{
  Fixture *kiosk = &f->kiosk;

  AWAIT (jumin_catalogue_find (kiosk->scene->catalogue, "strict") != NULL);
  act (kiosk, "start", "id", "strict");
  await (kiosk, JUMIN_PAGE_CHOOSE);
  act (kiosk, "choose", "matter", matter);
  if (kiosk->scene->page == JUMIN_PAGE_CHECKLIST)
    act (kiosk, "next", NULL, NULL);
}

static void
agree (CodeFixture *f)
{
  await (&f->kiosk, JUMIN_PAGE_CONSENT);
  act (&f->kiosk, "agree", NULL, NULL);
}

static void
expect_proof (CodeFixture *f, JuminProof proof)
{
  await (&f->kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (jumin_identity_get_proof (f->kiosk.scene->identity), ==, proof);
  g_assert_cmpstr (jumin_identity_get_number (f->kiosk.scene->identity), ==, HOLDER);
}

/* The strict service asks for a card, says why, and for nothing else. */
static void
expect_asked_for_card (CodeFixture *f)
{
  Fixture *kiosk = &f->kiosk;

  await (kiosk, JUMIN_PAGE_IDENTIFY);
  g_assert_true (virtual_kiosk_says (kiosk, "这项业务要核对社保卡"));
  g_assert_true (virtual_kiosk_says (kiosk, "插入社保卡"));
  g_assert_false (virtual_kiosk_says (kiosk, "出示渝快码"));
  g_assert_false (virtual_kiosk_says (kiosk, "短信验证码"));
  g_assert_false (virtual_kiosk_says (kiosk, "直接取号"));
  g_assert_false (jumin_virtual_code_scanner_is_looking (f->scanner));
}

static void
test_a_card_is_asked_for_after_a_code (CodeFixture *f, gconstpointer proof)
{
  take_number_by_code (f);
  begin_strict (f, "fund");
  expect_asked_for_card (f);
  act (&f->kiosk, "number", NULL, NULL);
  act (&f->kiosk, "anonymous", NULL, NULL);
  g_assert_cmpint (f->kiosk.scene->page, ==, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, HOLDER);
  agree (f);
  expect_proof (f, JUMIN_PROOF_CARD);
}

static void
test_another_person_is_refused (CodeFixture *f, gconstpointer proof)
{
  Fixture *kiosk = &f->kiosk;

  take_number_by_code (f);
  begin_strict (f, "fund");
  await (kiosk, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, SOMEBODY_ELSE);
  agree (f);
  await (kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (kiosk->scene->trouble, ==, JUMIN_TROUBLE_OTHER_PERSON);
  g_assert_false (virtual_kiosk_says (kiosk, "李"));
  g_assert_false (virtual_kiosk_says (kiosk, "5001"));
  g_assert_cmpstr (jumin_identity_get_number (kiosk->scene->identity), ==, HOLDER);
  AWAIT (log_says (kiosk, "trouble-told", "other-person"));
  /* The card goes, and its owner's visit goes on. */
  jumin_virtual_card_reader_pull (kiosk->reader);
  act (kiosk, "retry", NULL, NULL);
  await (kiosk, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, HOLDER);
  agree (f);
  expect_proof (f, JUMIN_PROOF_CARD);
}

static void
test_what_proves_enough_is_not_asked_again (CodeFixture *f, gconstpointer proof)
{
  code_insert_card_of (f, HOLDER);
  agree (f);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  begin_strict (f, "fund");
  expect_proof (f, JUMIN_PROOF_CARD);
}

static void
test_the_card_may_be_left_alone_then (CodeFixture *f, gconstpointer proof)
{
  take_number_by_code (f);
  begin_strict (f, "fund");
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, HOLDER);
  await (&f->kiosk, JUMIN_PAGE_CONSENT);
  act (&f->kiosk, "back", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  act (&f->kiosk, "home", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  jumin_virtual_card_reader_pull (f->kiosk.reader);
  g_assert_cmpint (jumin_identity_get_proof (f->kiosk.scene->identity), ==, JUMIN_PROOF_CODE);
}

static void
test_the_platform_confirms_the_card (CodeFixture *f, gconstpointer proof)
{
  begin_strict (f, "fund");
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, HOLDER);
  agree (f);
  expect_proof (f, JUMIN_PROOF_PLATFORM);
}

/* Who is known by the card that lies there has agreed, and touches nothing. */
static void
test_a_card_that_is_known_is_confirmed_by_itself (CodeFixture *f, gconstpointer proof)
{
  code_insert_card_of (f, HOLDER);
  agree (f);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  begin_strict (f, "fund");
  expect_proof (f, JUMIN_PROOF_PLATFORM);
}

/* The card names somebody else than the platform does. */
static void
test_a_card_that_the_platform_knows_otherwise_is_refused (CodeFixture *f, gconstpointer proof)
{
  begin_strict (f, "fund");
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  code_insert_card_of (f, SOMEBODY_ELSE);
  agree (f);
  await (&f->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->kiosk.scene->trouble, ==, JUMIN_TROUBLE_HOLDER_UNKNOWN);
  g_assert_null (f->kiosk.scene->identity);
}

static void
test_a_phone_is_asked_for (CodeFixture *f, gconstpointer proof)
{
  Fixture *kiosk = &f->kiosk;

  take_number_by_code (f);
  begin_strict (f, "fund");
  await (kiosk, JUMIN_PAGE_IDENTIFY);
  g_assert_true (virtual_kiosk_says (kiosk, "手机验证码"));
  g_assert_false (virtual_kiosk_says (kiosk, "插入社保卡"));
  g_assert_false (jumin_virtual_code_scanner_is_looking (f->scanner));
  code_insert_card_of (f, HOLDER);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_IDENTIFY);
  act (kiosk, "number", NULL, NULL);
  await (kiosk, JUMIN_PAGE_CONSENT);
  act (kiosk, "agree", NULL, NULL);
  await (kiosk, JUMIN_PAGE_NUMBER);
}

static void
test_each_need_has_its_proofs (void)
{
  static const struct
  {
    JuminNeed need;
    gboolean code, card, platform, message;
  } rows[] = {
    { JUMIN_NEED_CODE, TRUE, TRUE, TRUE, TRUE },
    { JUMIN_NEED_CARD, FALSE, TRUE, TRUE, FALSE },
    { JUMIN_NEED_CARD_PLATFORM, FALSE, FALSE, TRUE, FALSE },
    { JUMIN_NEED_MESSAGE, FALSE, FALSE, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (jumin_need_is_met (rows[i].need, JUMIN_PROOF_NONE), ==, FALSE);
      g_assert_cmpint (jumin_need_is_met (rows[i].need, JUMIN_PROOF_CODE), ==, rows[i].code);
      g_assert_cmpint (jumin_need_is_met (rows[i].need, JUMIN_PROOF_CARD), ==, rows[i].card);
      g_assert_cmpint (jumin_need_is_met (rows[i].need, JUMIN_PROOF_PLATFORM), ==,
                       rows[i].platform);
      g_assert_cmpint (jumin_need_is_met (rows[i].need, JUMIN_PROOF_MESSAGE), ==, rows[i].message);
    }
}

#define ADD(path, proof, test)                                                                     \
  g_test_add (path, CodeFixture, proof, code_set_up, test, code_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  g_test_add_func ("/proof/each_need_has_its_proofs", test_each_need_has_its_proofs);
  ADD ("/proof/a_card_is_asked_for_after_a_code", "card", test_a_card_is_asked_for_after_a_code);
  ADD ("/proof/another_person_is_refused", "card", test_another_person_is_refused);
  ADD ("/proof/what_proves_enough_is_not_asked_again", "card",
       test_what_proves_enough_is_not_asked_again);
  ADD ("/proof/the_card_may_be_left_alone_then", "card", test_the_card_may_be_left_alone_then);
  ADD ("/proof/the_platform_confirms_the_card", "card-platform",
       test_the_platform_confirms_the_card);
  ADD ("/proof/a_card_that_is_known_is_confirmed_by_itself", "card-platform",
       test_a_card_that_is_known_is_confirmed_by_itself);
  ADD ("/proof/a_card_that_the_platform_knows_otherwise_is_refused", "card-platform",
       test_a_card_that_the_platform_knows_otherwise_is_refused);
  ADD ("/proof/a_phone_is_asked_for", "message", test_a_phone_is_asked_for);
  return g_test_run ();
}
