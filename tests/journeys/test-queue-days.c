/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may never happen to a number: lost, doubled or changed; by two machines, two touches,
 * midnight, or a platform that is killed. */
#include <string.h>

#include "model/words.h"
#include "sandbox-process.h"
#include "virtual-hall.h"

/* One person, two cards in two machines, both at once. */
static void
test_two_kiosks_give_one_number (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 2);
  VirtualKiosk *one = hall->kiosks[0], *other = hall->kiosks[1];

  hall_sign_in (hall, one, "li-ceshi");
  hall_sign_in (hall, other, "li-ceshi");
  kiosk_take (one, "social");
  kiosk_take (other, "social");
  virtual_kiosk_await (one, JUMIN_PAGE_TICKET);
  virtual_kiosk_await (other, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (one->scene->ticket->flow, ==, other->scene->ticket->flow);
  g_assert_true (one->scene->ticket->live != other->scene->ticket->live);
  g_assert_cmpint (hall_count_issued (hall), ==, 1);
}

/* Two people at once, many times: no number twice, none left out. */
static void
test_two_kiosks_give_two_numbers (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 2);

  for (int i = 1; i <= 5; i++)
    {
      const JuminTicket *tickets[KIOSKS_MAX];

      for (guint k = 0; k < KIOSKS_MAX; k++)
        kiosk_take (hall->kiosks[k], "tax");
      for (guint k = 0; k < KIOSKS_MAX; k++)
        {
          virtual_kiosk_await (hall->kiosks[k], JUMIN_PAGE_TICKET);
          tickets[k] = hall->kiosks[k]->scene->ticket;
        }
      g_assert_cmpint (ABS (g_ascii_strtoll (tickets[0]->number + 1, NULL, 10)
                            - g_ascii_strtoll (tickets[1]->number + 1, NULL, 10)),
                       ==, 1);
      g_assert_cmpint (hall_count_issued (hall), ==, 2 * i);
      for (guint k = 0; k < KIOSKS_MAX; k++)
        virtual_kiosk_act (hall->kiosks[k], "finish", NULL, NULL);
    }
}

static void
test_a_touch_twice_is_one (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  guint64 page;

  kiosk_choose (kiosk, "tax");
  page = kiosk->scene->page_number;
  g_assert_true (jumin_terminal_act (kiosk->terminal, "next", page, none));
  g_assert_false (jumin_terminal_act (kiosk->terminal, "next", page, none));
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (hall_count_issued (hall), ==, 1);
}

/* Asked a moment before midnight; the platform gives the number, its answers are lost, and it is
 * asked again on the next day: it is the number of the day before. */
static void
test_midnight_keeps_the_number (void)
{
  g_autoptr (Hall) hall = hall_open (23, 59, 2);
  VirtualKiosk *kiosk = hall->kiosks[0], *next = hall->kiosks[1];
  JuminFaults *faults = jumin_server_get_faults (hall->platform->server);
  g_autoptr (JuminTicket) given = NULL;

  hall_pass (hall, MINUTE_S - 5);
  g_assert_true (jumin_faults_set (faults, "drop-after tickets", NULL));
  kiosk_take (kiosk, "tax");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (kiosk->scene->trouble, ==, JUMIN_TROUBLE_TICKET_UNKNOWN);
  given = jumin_queue_find_last (hall->platform->platform.queue);
  hall_pass (hall, 5);
  g_assert_true (jumin_faults_set (faults, "none", NULL));
  virtual_kiosk_act (kiosk, "retry", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (kiosk->scene->ticket->flow, ==, given->flow);
  g_assert_false (kiosk->scene->ticket->live);
  g_assert_cmpint (hall_count_issued (hall), ==, 1);
  /* The numbers of the new day begin anew. */
  kiosk_take (next, "tax");
  virtual_kiosk_await (next, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (next->scene->ticket->flow, !=, given->flow);
  g_assert_cmpstr (next->scene->ticket->number, ==, given->number);
}

/* The platform is killed between giving the number and saying so. */
static void
test_a_restart_in_mid_request_keeps_the_number (void)
{
  SandboxProcess *sandbox = sandbox_process_new ();
  g_autoptr (JuminClock) real = jumin_clock_new (1);
  g_autoptr (JuminHallClient) client = sandbox_process_client_new (sandbox, real);
  VirtualKiosk all = { NULL }, *kiosk = &all;
  g_autofree char *before = NULL, *after = NULL;

  virtual_kiosk_init (kiosk, &(VirtualKioskParts){ .clock = real, .client = client });
  virtual_kiosk_await (kiosk, JUMIN_PAGE_HOME);
  kiosk_choose (kiosk, "tax");
  g_free (sandbox_process_control (sandbox, "delay 5000"));
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  AWAIT (sandbox_process_count (sandbox, "tickets") == 1);
  before = sandbox_process_control (sandbox, "status");
  sandbox_process_restart (sandbox);
  AWAIT (kiosk->scene->page == JUMIN_PAGE_TICKET || kiosk->scene->page == JUMIN_PAGE_NOTICE);
  if (kiosk->scene->page == JUMIN_PAGE_NOTICE)
    virtual_kiosk_act (kiosk, "retry", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  after = sandbox_process_control (sandbox, "status");
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (after, kiosk->scene->ticket->flow));
  virtual_kiosk_finish (kiosk);
  sandbox_process_free (sandbox);
}

/* What was live before midnight is no longer so after it. */
static void
test_midnight_voids_live_numbers (void)
{
  g_autoptr (Hall) hall = hall_open (23, 58, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  g_autofree char *yesterday = NULL;

  hall_sign_in (hall, kiosk, "li-ceshi");
  kiosk_take (kiosk, "social");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  yesterday = g_strdup (kiosk->scene->ticket->flow);
  kiosk_leave (kiosk);
  hall_pass (hall, 2 * MINUTE_S);
  hall_sign_in (hall, kiosk, "li-ceshi");
  g_assert_cmpuint (kiosk->scene->today->tickets->len, ==, 0);
  kiosk_take (kiosk, "social");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (kiosk->scene->ticket->flow, !=, yesterday);
  g_assert_false (kiosk->scene->ticket->live);
}

#define ADD(name) g_test_add_func ("/queue-days/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD (two_kiosks_give_one_number);
  ADD (two_kiosks_give_two_numbers);
  ADD (a_touch_twice_is_one);
  ADD (midnight_keeps_the_number);
  ADD (a_restart_in_mid_request_keeps_the_number);
  ADD (midnight_voids_live_numbers);
  return g_test_run ();
}
