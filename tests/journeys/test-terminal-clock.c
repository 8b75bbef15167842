/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal whose clock is not the platform's: the screen shows the platform's time, and each
 * visit gets one number, whatever the clocks do in the middle of it. */
#include "terminal-fixture.h"

enum
{
  HOUR_S = 3600,
  NEAR_S = 3
};

static void
jump (Fixture *f, gint64 seconds)
{
  g_autofree char *command = g_strdup_printf ("clock %" G_GINT64_FORMAT, seconds);
  g_autofree char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_cmpstr (reply, ==, "ok");
}

/* What the platform's clock is ahead of this machine's. */
static gboolean
is_ahead (gint64 seen, gint64 seconds)
{
  return ABS (seen - g_get_real_time () / G_USEC_PER_SEC - seconds) <= NEAR_S;
}

static void
test_screen (Fixture *f, gconstpointer data)
{
  await (f, JUMIN_PAGE_HOME);
  g_assert_true (is_ahead (f->scene->now, 0));
  jump (f, 2 * HOUR_S);
  AWAIT (is_ahead (f->scene->now, 2 * HOUR_S));
  jump (f, -4 * HOUR_S);
  AWAIT (is_ahead (f->scene->now, -2 * HOUR_S));
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_HOME);
}

static void
test_numbers (Fixture *f, gconstpointer data)
{
  static const int jumps_h[] = { 1, -1, 12, -12, -23, 23 };
  gint64 ahead_s = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (jumps_h); i++)
    {
      long before = sandbox_process_count (f->sandbox, "tickets");
      gint64 jump_s = (gint64)jumps_h[i] * HOUR_S;

      await (f, JUMIN_PAGE_HOME);
      jump (f, jump_s);
      ahead_s += jump_s;
      choose (f, JUMIN_IDENTIFY_NEVER);
      await (f, JUMIN_PAGE_TICKET);
      g_assert_cmpint (sandbox_process_count (f->sandbox, "tickets"), ==, before + 1);
      g_assert_true (is_ahead (f->scene->ticket->issued_at, ahead_s));
      AWAIT (f->scene->slip == JUMIN_SLIP_PRINTED);
      act (f, "home", NULL, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/terminal-clock/the_screen_shows_the_platforms_time", Fixture, NULL, set_up,
              test_screen, tear_down);
  g_test_add ("/terminal-clock/a_visit_gets_one_number_whatever_the_clocks_do", Fixture, NULL,
              set_up, test_numbers, tear_down);
  return g_test_run ();
}
