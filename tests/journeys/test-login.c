/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By ID number and message: a terminal against a real sandbox, whose control socket shows what the
 * resident's phone does. */
#include <string.h>

#include "front/view-builder.h"
#include "model/words.h"
#include "terminal-fixture.h"

#define NUMBER "500102199003070010" /* li-ceshi */
#define WITH_X "50010319920815322X" /* chen-bianhao */
#define NO_PHONE "50011219880120531X"

static void
type (Fixture *f, const char *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      const char value[] = { *key, '\0' };

      act (f, "type", "value", value);
    }
}

static void
agree_to_number (Fixture *f)
{
  act (f, "number", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_true (f->scene->by_number);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_NUMBER);
}

static void
send_code (Fixture *f, const char *number)
{
  type (f, number);
  act (f, "send-code", NULL, NULL);
}

/* What the phone of @resident shows. */
static char *
read_phone (Fixture *f, const char *resident)
{
  g_autofree char *command = g_strconcat ("code ", resident, NULL);
  g_autofree char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_true (g_str_has_prefix (reply, "ok "));
  return g_strdup (reply + strlen ("ok "));
}

static void
type_code (Fixture *f, const char *resident)
{
  g_autofree char *code = read_phone (f, resident);

  type (f, code);
  act (f, "check-code", NULL, NULL);
}

/* Types a code that is not the one that was sent. */
static void
type_wrong_code (Fixture *f)
{
  g_autofree char *code = read_phone (f, "li-ceshi");

  code[5] = code[5] == '9' ? '0' : '9';
  type (f, code);
  act (f, "check-code", NULL, NULL);
}

static const JuminBlock *
find_block (const JuminView *view, const char *kind)
{
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = view->blocks->pdata[i];

      if (g_str_equal (block->kind, kind))
        return block;
    }
  g_assert_not_reached ();
}

/* @trouble stands beside the keypad, in the words of the table. */
static void
assert_told (Fixture *f, JuminTrouble trouble)
{
  g_autoptr (JuminView) view = jumin_view_build (f->scene);
  const JuminTroubleRow *row = jumin_troubles_get (f->scene->troubles, trouble);

  g_assert_cmpstr (find_block (view, "note")->title, ==, row->title.standard.zh);
}

static void
assert_nothing_is_left (Fixture *f)
{
  g_assert_false (f->scene->by_number);
  g_assert_null (f->scene->typed);
  g_assert_null (f->scene->login);
  g_assert_null (f->scene->masked_number);
}

static void
test_a_code_knows_who_comes (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  agree_to_number (f);
  send_code (f, NUMBER);
  await (f, JUMIN_PAGE_CODE);
  g_assert_cmpstr (f->scene->masked_number, ==, "5001************10");
  g_assert_cmpstr (f->scene->login->phone, ==, "138****5566");
  g_assert_cmpint (f->scene->login->tries_left, ==, 3);
  g_assert_cmpuint (jumin_secret_get_length (f->scene->typed), ==, 0);
  type_code (f, "li-ceshi");
  await (f, JUMIN_PAGE_TICKET);
  assert_nothing_is_left (f);
  g_assert_cmpint (jumin_identity_get_proof (f->scene->identity), ==, JUMIN_PROOF_MESSAGE);
  g_assert_cmpstr (jumin_identity_get_number (f->scene->identity), ==, NUMBER);
  act (f, "finish", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_HOME);
  g_assert_null (f->scene->identity);
}

static void
test_home_greets_by_number (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  send_code (f, WITH_X);
  await (f, JUMIN_PAGE_CODE);
  type_code (f, "chen-bianhao");
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
  AWAIT (f->scene->today != NULL);
  /* A card has nothing to do with this visit, and does not end it. */
  insert (f);
  jumin_virtual_card_reader_pull (f->reader);
  g_assert_nonnull (f->scene->identity);
}

static void
test_old_numbers_are_understood (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  type (f, "50010290030700");
  act (f, "send-code", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_NUMBER);
  send_code (f, "1");
  await (f, JUMIN_PAGE_CODE);
  g_assert_cmpstr (f->scene->masked_number, ==, "5001************10");
}

static void
test_an_unlikely_number_is_not_sent (Fixture *f, gconstpointer data)
{
  guint64 page;

  agree_to_number (f);
  page = f->scene->page_number;
  send_code (f, "500102199003070011");
  g_assert_cmpint (f->scene->typed_is, ==, JUMIN_TYPED_UNLIKELY);
  assert_told (f, JUMIN_TROUBLE_NUMBER_UNLIKELY);
  g_assert_cmpuint (f->scene->page_number, ==, page);
  act (f, "type", "value", "back");
  g_assert_cmpint (f->scene->typed_is, ==, JUMIN_TYPED_FINE);
  type (f, "X");
  g_assert_cmpint (f->scene->typed_is, ==, JUMIN_TYPED_UNLIKELY);
  act (f, "type", "value", "clear");
  type (f, "X00A1");
  g_assert_cmpuint (jumin_secret_get_length (f->scene->typed), ==, 3);
  send_code (f, NUMBER);
  g_assert_cmpstr (jumin_secret_get (f->scene->typed), ==, "001500102199003070");
}

static void
test_a_wrong_code_may_be_tried_again (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  send_code (f, NUMBER);
  await (f, JUMIN_PAGE_CODE);
  for (int left = 2; left > 0; left--)
    {
      type_wrong_code (f);
      AWAIT (f->scene->typed_is == JUMIN_TYPED_WRONG);
      assert_told (f, JUMIN_TROUBLE_CODE_WRONG);
      g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CODE);
      g_assert_cmpint (f->scene->login->tries_left, ==, left);
      g_assert_cmpint (f->scene->trouble_tries, ==, left);
      g_assert_cmpuint (jumin_secret_get_length (f->scene->typed), ==, 0);
    }
  type (f, "1");
  g_assert_cmpint (f->scene->typed_is, ==, JUMIN_TYPED_FINE);
  act (f, "type", "value", "clear");
  type_wrong_code (f);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_LOGIN_LOCKED);
  g_assert_cmpint (f->scene->trouble_when, >, g_get_real_time () / G_USEC_PER_SEC + 800);
  assert_nothing_is_left (f);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
}

static void
test_somebody_without_a_phone_is_told (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  send_code (f, NO_PHONE);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_LOGIN_NO_PHONE);
  g_assert_cmpuint (jumin_secret_get_length (f->scene->typed), ==, 0);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_NUMBER);
  send_code (f, NO_PHONE);
  await (f, JUMIN_PAGE_NOTICE);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  assert_nothing_is_left (f);
}

static void
test_an_old_code_is_sent_anew (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  guint64 page;

  agree_to_number (f);
  send_code (f, NUMBER);
  await (f, JUMIN_PAGE_CODE);
  first = read_phone (f, "li-ceshi");
  /* Within the first minute there is no other message. */
  g_assert_cmpint (f->scene->resend_at, >, 0);
  page = f->scene->page_number;
  act (f, "resend", NULL, NULL);
  g_assert_cmpuint (f->scene->page_number, ==, page);
  AWAIT (f->scene->resend_at == 0);
  g_assert_cmpuint (f->scene->page_number, ==, page);
  act (f, "stay", NULL, NULL);
  g_free (sandbox_process_control (f->sandbox, "age 301"));
  type (f, first);
  act (f, "check-code", NULL, NULL);
  AWAIT (f->scene->typed_is == JUMIN_TYPED_EXPIRED);
  assert_told (f, JUMIN_TROUBLE_CODE_EXPIRED);
  act (f, "resend", NULL, NULL);
  AWAIT (f->scene->page == JUMIN_PAGE_CODE && f->scene->resend_at != 0);
  second = read_phone (f, "li-ceshi");
  g_assert_cmpstr (second, !=, first);
  type_code (f, "li-ceshi");
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
}

static void
test_a_card_takes_over (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  agree_to_number (f);
  type (f, "5001021990");
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  assert_nothing_is_left (f);
  g_assert_true (f->scene->card_known);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_IDENTIFY);
  /* The other agreement was given in this visit. */
  act (f, "number", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_NUMBER);
  send_code (f, NUMBER);
  await (f, JUMIN_PAGE_CODE);
  jumin_virtual_card_reader_pull (f->reader);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CODE);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_TICKET);
}

static void
test_nobody_there_leaves_nothing (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  type (f, "50010219900307001");
  AWAIT (f->scene->dialog == JUMIN_DIALOG_ENDING);
  await (f, JUMIN_PAGE_HOME);
  assert_nothing_is_left (f);
  g_assert_false (f->scene->in_visit);
  g_assert_false (f->scene->number_agreed);
}

static void
test_back_leads_to_the_number_and_out (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  act (f, "number", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_IDENTIFY);
  assert_nothing_is_left (f);
  agree_to_number (f);
  send_code (f, NUMBER);
  await (f, JUMIN_PAGE_CODE);
  type (f, "12");
  act (f, "back", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_NUMBER);
  g_assert_cmpuint (jumin_secret_get_length (f->scene->typed), ==, 0);
  g_assert_null (f->scene->login);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_IDENTIFY);
  assert_nothing_is_left (f);
}

static void
test_a_silent_platform_keeps_what_was_typed (Fixture *f, gconstpointer data)
{
  agree_to_number (f);
  type (f, NUMBER);
  g_free (sandbox_process_control (f->sandbox, "down"));
  act (f, "send-code", NULL, NULL);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_PLATFORM_SILENT);
  g_free (sandbox_process_control (f->sandbox, "up"));
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_NUMBER);
  act (f, "send-code", NULL, NULL);
  await (f, JUMIN_PAGE_CODE);
}

/* Six digits of the number in a row, or more. */
static gboolean
gives_away (const char *text)
{
  for (gsize i = 0; i + 6 <= strlen (NUMBER); i++)
    {
      g_autofree char *part = g_strndup (NUMBER + i, 6);

      if (strstr (text, part) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_no_view_holds_what_was_typed (Fixture *f, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (JuminView) last = NULL;
  const JuminBlock *cells;

  agree_to_number (f);
  for (const char *key = NUMBER; *key != '\0'; key++)
    {
      const char value[] = { *key, '\0' };
      g_autoptr (JuminView) view = NULL;
      g_autoptr (GVariant) variant = NULL;
      g_autofree char *text = NULL;

      act (f, "type", "value", value);
      view = jumin_view_build (f->scene);
      variant = g_variant_ref_sink (jumin_view_to_variant (view));
      text = g_variant_print (variant, FALSE);
      g_assert_false (gives_away (text));
    }
  act (f, "send-code", NULL, NULL);
  await (f, JUMIN_PAGE_CODE);
  code = read_phone (f, "li-ceshi");
  type (f, code);
  last = jumin_view_build (f->scene);
  cells = find_block (last, "cells");
  for (guint i = 0; i < cells->items->len; i++)
    g_assert_cmpstr (((JuminItem *)cells->items->pdata[i])->figure, ==, "●");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/login/a_code_knows_who_comes", test_a_code_knows_who_comes);
  ADD ("/login/home_greets_by_number", test_home_greets_by_number);
  ADD ("/login/old_numbers_are_understood", test_old_numbers_are_understood);
  ADD ("/login/an_unlikely_number_is_not_sent", test_an_unlikely_number_is_not_sent);
  ADD ("/login/a_wrong_code_may_be_tried_again", test_a_wrong_code_may_be_tried_again);
  ADD ("/login/somebody_without_a_phone_is_told", test_somebody_without_a_phone_is_told);
  ADD ("/login/an_old_code_is_sent_anew", test_an_old_code_is_sent_anew);
  ADD ("/login/a_card_takes_over", test_a_card_takes_over);
  ADD ("/login/nobody_there_leaves_nothing", test_nobody_there_leaves_nothing);
  ADD ("/login/back_leads_to_the_number_and_out", test_back_leads_to_the_number_and_out);
  ADD ("/login/a_silent_platform_keeps_what_was_typed",
       test_a_silent_platform_keeps_what_was_typed);
  ADD ("/login/no_view_holds_what_was_typed", test_no_view_holds_what_was_typed);
  return g_test_run ();
}
