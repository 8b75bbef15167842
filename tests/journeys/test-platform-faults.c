/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Residents while the platform has each fault of the sandbox: nobody loses a number, nobody gets
 * two, and every journey ends on a page that says what to do. */
#include <string.h>

#include "model/words.h"
#include "terminal-fixture.h"

enum
{
  KIOSK_SPEED = 20,
  CLIENT_SPEED = 10 /* its time-outs: a second */
};

/* What each is, says the sandbox (app/sandbox/faults.c). */
static const char *const faults[]
    = { "refuse",   "drop-before",     "drop-after", "late", "drip",     "cut",  "malformed",
        "oversize", "twice",           "mark",       "page", "redirect", "type", "gzip",
        "unsigned", "wrong-signature", "replayed" };

static void
set_up_impatient (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (KIOSK_SPEED),
                         client_clock = jumin_clock_new (CLIENT_SPEED);
  g_autoptr (JuminHallClient) client = NULL;

  f->sandbox = sandbox_process_new ();
  client = sandbox_process_client_new (f->sandbox, client_clock);
  virtual_kiosk_init (f, &(VirtualKioskParts){ .clock = clock, .client = client });
  await (f, JUMIN_PAGE_HOME);
}

static void
order (Fixture *f, const char *format, const char *fault)
{
  g_autofree char *command = g_strdup_printf (format, fault);
  g_autofree char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_cmpstr (reply, ==, "ok");
}

/* The number on the screen is the only one that the platform has given. */
static void
assert_one_number (Fixture *f)
{
  g_autofree char *reply = sandbox_process_control (f->sandbox, "status");
  g_autofree char *wanted = NULL;

  await (f, JUMIN_PAGE_TICKET);
  wanted = g_strdup_printf ("ok {\"tickets\":1,\"last\":\"%s\",", f->scene->ticket->number);
  g_assert_true (g_str_has_prefix (reply, wanted));
}

static void
assert_says (Fixture *f, const char *words)
{
  g_autofree char *screen = virtual_kiosk_dup_screen (f);

  g_assert_nonnull (strstr (screen, words));
  g_assert_null (strstr (screen, "Gateway"));
}

/* On another page than @page_number. */
static JuminPage
await_end (Fixture *f, guint64 page_number)
{
  AWAIT (f->scene->page_number != page_number
         && (f->scene->page == JUMIN_PAGE_TICKET || f->scene->page == JUMIN_PAGE_NOTICE));
  return f->scene->page;
}

/* What the client does not ask again by itself, the person does. */
static void
test_once (Fixture *f, gconstpointer fault)
{
  order (f, "fault %s tickets 1", fault);
  choose (f, JUMIN_IDENTIFY_NEVER);
  if (await_end (f, 0) == JUMIN_PAGE_NOTICE)
    {
      assert_says (f, "不会多取一个号");
      act (f, "retry", NULL, NULL);
    }
  await (f, JUMIN_PAGE_TICKET);
  assert_one_number (f);
}

static void
test_lasting (Fixture *f, gconstpointer fault)
{
  guint64 page_number;

  order (f, "fault %s tickets", fault);
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_NOTICE);
  page_number = f->scene->page_number;
  assert_says (f, "不会多取一个号");
  act (f, "retry", NULL, NULL);
  g_assert_cmpint (await_end (f, page_number), ==, JUMIN_PAGE_NOTICE);
  order (f, "fault none", NULL);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_TICKET);
  assert_one_number (f);
}

static void
test_everywhere (Fixture *f, gconstpointer fault)
{
  order (f, "fault %s", fault);
  await (f, JUMIN_PAGE_OUT_OF_SERVICE);
  assert_says (f, "暂时连不上平台");
  order (f, "fault none", NULL);
  await (f, JUMIN_PAGE_HOME);
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  assert_one_number (f);
}

static void
test_bad_orders (Fixture *f, gconstpointer data)
{
  static const char *const orders[] = { "fault",
                                        "fault storm",
                                        "fault late nowhere",
                                        "fault late tickets 0",
                                        "fault late tickets 10001",
                                        "fault late tickets 1 1" };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *reply = sandbox_process_control (f->sandbox, orders[i]);

      g_assert_true (g_str_has_prefix (reply, "error"));
    }
}

static void
add (const char *how, const char *fault, void (*test) (Fixture *f, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/platform-faults/%s/%s", fault, how);

  g_test_add (path, Fixture, fault, set_up_impatient, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      add ("once_gives_one_number", faults[i], test_once);
      add ("for_a_while_gives_one_number", faults[i], test_lasting);
      add ("everywhere_closes_the_machine_until_it_heals", faults[i], test_everywhere);
    }
  g_test_add ("/platform-faults/orders_that_are_none_are_refused", Fixture, NULL, set_up_impatient,
              test_bad_orders, tear_down);
  return g_test_run ();
}
