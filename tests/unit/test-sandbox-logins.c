/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a login by message, on a clock that is turned by hand. */
#include "sandbox/logins.h"

#define NUMBER "500102199003070010"
#define NEIGHBOUR "500102198506121217"

enum
{
  TRIES = 3,
  TERMINAL_TRIES = 5,
  LOCK_S = 900,
  VALID_S = 300,
  RESEND_S = 60
};

typedef struct
{
  JuminCity city;
  JuminCityResident residents[2];
  JuminClock *clock;
  JuminLogins *logins;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->city.login = (JuminCityLogin){ TRIES, TERMINAL_TRIES, LOCK_S, VALID_S, RESEND_S };
  f->residents[0] = (JuminCityResident){ .id = (char *)"li",
                                         .name = (char *)"李测试",
                                         .id_number = (char *)NUMBER,
                                         .phone = (char *)"138****5566",
                                         .known = TRUE };
  f->residents[1] = (JuminCityResident){ .id = (char *)"wang",
                                         .name = (char *)"王一代",
                                         .id_number = (char *)NEIGHBOUR,
                                         .phone = (char *)"139****1938",
                                         .known = TRUE };
  f->city.residents = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (f->residents); i++)
    g_ptr_array_add (f->city.residents, &f->residents[i]);
  f->clock = jumin_clock_new_manual (1795227960);
  f->logins = jumin_logins_new (&f->city, f->clock);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  jumin_logins_free (f->logins);
  g_ptr_array_unref (f->city.residents);
  g_assert_finalize_object (f->clock);
}

static void
pass (Fixture *f, guint seconds)
{
  jumin_clock_advance (f->clock, seconds * 1000);
}

static JuminLogin *
check (Fixture *f, const char *number, gboolean right)
{
  g_autoptr (JuminLogin) begun = jumin_logins_start (f->logins, number);
  const char *code
      = jumin_logins_find_code (f->logins, g_str_equal (number, NUMBER) ? "li" : "wang");
  g_autofree char *other = g_strdup (code);

  g_assert_cmpint (begun->state, ==, JUMIN_LOGIN_SENT);
  other[0] = other[0] == '9' ? '0' : '9';
  return jumin_logins_check (f->logins, begun->id, right ? code : other);
}

static void
expect (JuminLogin *login, JuminLoginState state)
{
  g_assert_cmpint (login->state, ==, state);
  jumin_login_free (login);
}

static void
test_no_second_message_within_a_minute (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminLogin) first = jumin_logins_start (f->logins, NUMBER);
  g_autofree char *code = g_strdup (jumin_logins_find_code (f->logins, "li"));
  g_autoptr (JuminLogin) early = NULL, due = NULL;

  g_assert_cmpint (first->resend_s, ==, RESEND_S);
  pass (f, RESEND_S - 1);
  early = jumin_logins_resend (f->logins, first->id);
  g_assert_cmpint (early->resend_s, ==, 1);
  g_assert_cmpint (early->valid_s, ==, VALID_S - RESEND_S + 1);
  g_assert_cmpstr (jumin_logins_find_code (f->logins, "li"), ==, code);
  pass (f, 1);
  due = jumin_logins_resend (f->logins, first->id);
  g_assert_cmpint (due->valid_s, ==, VALID_S);
}

static void
test_a_code_ages (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminLogin) login = jumin_logins_start (f->logins, NUMBER);
  const char *code = jumin_logins_find_code (f->logins, "li");

  pass (f, VALID_S);
  expect (jumin_logins_check (f->logins, login->id, code), JUMIN_LOGIN_EXPIRED);
  expect (check (f, NUMBER, TRUE), JUMIN_LOGIN_KNOWN);
}

static void
test_beginning_again_gives_no_more_tries (Fixture *f, gconstpointer data)
{
  for (int left = TRIES - 1; left > 0; left--)
    {
      g_autoptr (JuminLogin) wrong = check (f, NUMBER, FALSE);

      g_assert_cmpint (wrong->state, ==, JUMIN_LOGIN_WRONG_CODE);
      g_assert_cmpint (wrong->tries_left, ==, left);
      pass (f, RESEND_S);
    }
  expect (check (f, NUMBER, FALSE), JUMIN_LOGIN_LOCKED);
  expect (jumin_logins_start (f->logins, NUMBER), JUMIN_LOGIN_LOCKED);
  pass (f, LOCK_S);
  expect (check (f, NUMBER, TRUE), JUMIN_LOGIN_KNOWN);
}

static void
test_wrong_codes_are_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminLogin) wrong = NULL;

  expect (check (f, NUMBER, FALSE), JUMIN_LOGIN_WRONG_CODE);
  expect (check (f, NUMBER, TRUE), JUMIN_LOGIN_KNOWN);
  wrong = check (f, NUMBER, FALSE);
  g_assert_cmpint (wrong->tries_left, ==, TRIES - 1);
  pass (f, LOCK_S);
  expect (check (f, NUMBER, FALSE), JUMIN_LOGIN_WRONG_CODE);
  expect (check (f, NUMBER, TRUE), JUMIN_LOGIN_KNOWN);
}

static void
test_one_person_locks_no_other (Fixture *f, gconstpointer data)
{
  for (int i = 1; i < TRIES; i++)
    expect (check (f, NUMBER, FALSE), JUMIN_LOGIN_WRONG_CODE);
  expect (check (f, NUMBER, FALSE), JUMIN_LOGIN_LOCKED);
  expect (check (f, NEIGHBOUR, TRUE), JUMIN_LOGIN_KNOWN);
}

static void
test_a_terminal_may_not_try_numbers (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < TERMINAL_TRIES; i++)
    expect (jumin_logins_start (f->logins, "11010119800101001X"), JUMIN_LOGIN_NO_PHONE);
  expect (jumin_logins_start (f->logins, NUMBER), JUMIN_LOGIN_LOCKED);
  pass (f, LOCK_S);
  expect (jumin_logins_start (f->logins, NUMBER), JUMIN_LOGIN_SENT);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/logins/no_second_message_within_a_minute", test_no_second_message_within_a_minute);
  ADD ("/logins/a_code_ages", test_a_code_ages);
  ADD ("/logins/beginning_again_gives_no_more_tries", test_beginning_again_gives_no_more_tries);
  ADD ("/logins/wrong_codes_are_forgotten", test_wrong_codes_are_forgotten);
  ADD ("/logins/one_person_locks_no_other", test_one_person_locks_no_other);
  ADD ("/logins/a_terminal_may_not_try_numbers", test_a_terminal_may_not_try_numbers);
  return g_test_run ();
}
