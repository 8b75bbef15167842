/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue's rules as residents meet them: terminals and the platform on one clock that the test
 * moves, over the real interface. The day is a Wednesday. */
#include <string.h>

#include "front/view-builder.h"
#include "model/words.h"
#include "virtual-hall.h"

/* Returns: (transfer none): the one that the person at the first kiosk has today */
static const JuminAppointment *
sign_in_with_appointment (Hall *hall)
{
  hall_sign_in (hall, hall->kiosks[0], "chu-yuyue");
  return hall->kiosks[0]->scene->today->appointments->pdata[0];
}

static void
test_an_appointment_is_early (void)
{
  g_autoptr (Hall) hall = hall_open (9, 30, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  const JuminAppointment *appointment;

  appointment = sign_in_with_appointment (hall);
  kiosk_assert_says (kiosk, "今天 10:00 开始，09:45 起可以取号");
  virtual_kiosk_act (kiosk, "appointment", "id", appointment->id);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_HOME);
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_CHOOSE);
  kiosk_assert_says (kiosk, "您约了 10:00，09:45 起取号");
}

static void
test_an_appointment_is_now (void)
{
  g_autoptr (Hall) hall = hall_open (9, 50, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  const JuminAppointment *appointment;

  appointment = sign_in_with_appointment (hall);
  kiosk_assert_says (kiosk, "现在取号");
  virtual_kiosk_act (kiosk, "appointment", "id", appointment->id);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_CHECKLIST);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (kiosk->scene->ticket->appointment_at, ==, hall_get_wednesday () + 10 * HOUR_S);
  g_assert_cmpint (kiosk->scene->ticket->ahead, ==, 0);
  kiosk_assert_says (kiosk, "预约 10:00");
  /* It is used up, and a number that waits. */
  virtual_kiosk_act (kiosk, "home", NULL, NULL);
  AWAIT (kiosk->scene->today != NULL);
  g_assert_cmpuint (kiosk->scene->today->appointments->len, ==, 0);
  g_assert_cmpuint (kiosk->scene->today->tickets->len, ==, 1);
}

/* The card comes after the matter was chosen: the appointment is found all the same. */
static void
test_an_appointment_is_found_late (void)
{
  g_autoptr (Hall) hall = hall_open (10, 5, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  kiosk_take (kiosk, "fund");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_IDENTIFY);
  hall_insert (hall, kiosk, "chu-yuyue");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (kiosk->scene->ticket->appointment_at, !=, 0);
}

static void
test_an_appointment_is_late (void)
{
  g_autoptr (Hall) hall = hall_open (23, 50, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  const JuminAppointment *appointment;

  appointment = sign_in_with_appointment (hall);
  kiosk_assert_says (kiosk, "可以取普通的号");
  virtual_kiosk_act (kiosk, "appointment", "id", appointment->id);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (kiosk->scene->ticket->appointment_at, ==, 0);
}

/* Its time ends while the page still offers it: the platform has the last word. */
static void
test_an_appointment_ends_at_the_last_moment (void)
{
  g_autoptr (Hall) hall = hall_open (23, 44, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  const JuminAppointment *appointment;

  hall_pass (hall, HALF_S);
  appointment = sign_in_with_appointment (hall);
  virtual_kiosk_act (kiosk, "appointment", "id", appointment->id);
  hall_pass (hall, HALF_S);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (kiosk->scene->trouble, ==, JUMIN_TROUBLE_APPOINTMENT_CLOSED);
  g_assert_cmpint (hall_count_issued (hall), ==, 0);
  virtual_kiosk_act (kiosk, "retry", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (kiosk->scene->ticket->appointment_at, ==, 0);
}

/* Noon comes between the choice and the number. */
static void
test_a_matter_closes_meanwhile (void)
{
  g_autoptr (Hall) hall = hall_open (11, 59, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  hall_pass (hall, HALF_S);
  kiosk_choose (kiosk, "household");
  hall_pass (hall, HALF_S);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_IDENTIFY);
  virtual_kiosk_act (kiosk, "anonymous", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (kiosk->scene->trouble, ==, JUMIN_TROUBLE_QUEUE_CLOSED);
  AWAIT (!jumin_hall_find_matter (kiosk->scene->hall, "household")->open);
  kiosk_assert_says (kiosk, "现在是午休时间，13:30 再来");
  virtual_kiosk_act (kiosk, "home", NULL, NULL);
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_CHOOSE);
  kiosk_assert_says (kiosk, "现在是午休时间，13:30 再来");
  kiosk_assert_says (kiosk, "今天的号发完了，明天 0:00 再来"); /* real estate */
  virtual_kiosk_act (kiosk, "choose", "matter", "household");
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_CHOOSE);
  g_assert_cmpint (hall_count_issued (hall), ==, 0);
}

static void
test_missing_papers_use_no_number (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  kiosk_choose (kiosk, "household");
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_CHECKLIST);
  jumin_virtual_printer_fail_next (kiosk->printer, JUMIN_FAILURE_PRINTER_PAPER);
  virtual_kiosk_act (kiosk, "missing", NULL, NULL);
  virtual_kiosk_act (kiosk, "missing", NULL, NULL); /* the same touch twice */
  AWAIT (kiosk->scene->list == JUMIN_LIST_FAILED);
  kiosk_assert_says (kiosk, "请拍下这一页");
  virtual_kiosk_act (kiosk, "missing", NULL, NULL);
  AWAIT (kiosk->scene->list == JUMIN_LIST_PRINTED);
  g_assert_cmpuint (jumin_virtual_printer_get_rasters (kiosk->printer)->len, ==, 1);
  g_assert_cmpint (hall_count_issued (hall), ==, 0);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_IDENTIFY);
}

static void
test_a_missed_number_is_not_sold (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  const JuminTicket *missed;
  g_autofree char *number = NULL;

  hall_sign_in (hall, kiosk, "shen-guohao");
  missed = kiosk->scene->today->tickets->pdata[0];
  number = g_strdup (missed->number);
  kiosk_assert_says (kiosk, "过号了");
  kiosk_assert_says (kiosk, "还留 3 次叫号");
  kiosk_take (kiosk, "general");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (kiosk->scene->ticket->number, ==, number);
  kiosk_assert_says (kiosk, "请现在到窗口说一声");
  g_assert_cmpuint (jumin_virtual_printer_get_rasters (kiosk->printer)->len, ==, 0);
  g_assert_cmpint (hall_count_issued (hall), ==, 0);
  kiosk_leave (kiosk);
  /* Three calls later it is too late for that. */
  for (int i = 0; i < 3; i++)
    jumin_queue_call_next (hall->platform->platform.queue, "general");
  hall_sign_in (hall, kiosk, "shen-guohao");
  missed = kiosk->scene->today->tickets->pdata[0];
  virtual_kiosk_act (kiosk, "ticket", "id", missed->flow);
  kiosk_assert_says (kiosk, "请到服务台重新排号");
  virtual_kiosk_act (kiosk, "again", NULL, NULL);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (kiosk->scene->ticket->number, !=, number);
  g_assert_cmpint (kiosk->scene->ticket->state, ==, JUMIN_TICKET_WAITING);
}

static void
test_age_gives_priority (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  hall_sign_in (hall, kiosk, "feng-bashi");
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_CHOOSE);
  kiosk_assert_says (kiosk, "您满 60 岁，会优先叫您的号");
  virtual_kiosk_act (kiosk, "choose", "matter", "social");
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_true (kiosk->scene->ticket->priority);
  g_assert_cmpint (kiosk->scene->ticket->ahead, ==, 0);
}

static gboolean
is_reported (Hall *hall, const char *trouble)
{
  g_autofree char *reports = jumin_store_dup_reports (hall->platform->platform.store, 9);

  return strstr (reports, trouble) != NULL;
}

static void
test_the_queue_is_down (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  kiosk_choose (kiosk, "tax");
  jumin_queue_set_down (hall->platform->platform.queue, TRUE);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (kiosk->scene->trouble, ==, JUMIN_TROUBLE_QUEUE_DOWN);
  AWAIT (kiosk->scene->queue_down);
  virtual_kiosk_act (kiosk, "exit", NULL, NULL);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_HOME);
  kiosk_assert_says (kiosk, "排队系统暂时不能用");
  kiosk_assert_says (kiosk, "请到服务台排队");
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_HOME);
  g_assert_cmpint (hall_count_issued (hall), ==, 0);
  AWAIT (is_reported (hall, "queue-down")); /* the staff know */
  /* It heals by itself. */
  jumin_queue_set_down (hall->platform->platform.queue, FALSE);
  hall_pass (hall, REFRESH_S);
  AWAIT (!kiosk->scene->queue_down);
  kiosk_take (kiosk, "tax");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
}

/* A terminal that begins while the queue is down never saw a hall. */
static void
test_the_queue_is_down_from_the_start (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 0);
  VirtualKiosk *kiosk;

  jumin_queue_set_down (hall->platform->platform.queue, TRUE);
  kiosk = hall_add_kiosk (hall);
  kiosk_assert_says (kiosk, "排队系统暂时不能用");
  hall_insert (hall, kiosk, "li-ceshi");
  AWAIT (kiosk->scene->identity != NULL);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_HOME);
}

/* The platform tells when the number is asked for, and not before. */
static void
test_a_matter_asks_who_comes_meanwhile (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];

  kiosk_choose (kiosk, "tax");
  jumin_city_find_matter (hall->platform->city, "tax")->matter->identify = JUMIN_IDENTIFY_ALWAYS;
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_IDENTIFY);
  virtual_kiosk_act (kiosk, "anonymous", NULL, NULL);
  g_assert_cmpint (kiosk->scene->page, ==, JUMIN_PAGE_IDENTIFY);
  hall_insert (hall, kiosk, "li-ceshi");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_cmpint (hall_count_issued (hall), ==, 1);
}

/* Prints the number that is shown again. */
static void
reprint (VirtualKiosk *kiosk, guint left)
{
  virtual_kiosk_act (kiosk, "reprint", NULL, NULL);
  AWAIT (kiosk->scene->slip == JUMIN_SLIP_PRINTED && kiosk->scene->reprints_left == left);
}

/* However the person comes to the number again, in one visit it is printed so often and no more. */
static void
test_reprints_are_few_in_a_visit (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  GPtrArray *rasters = jumin_virtual_printer_get_rasters (kiosk->printer);
  g_autofree char *flow = NULL;

  hall_sign_in (hall, kiosk, "li-ceshi");
  kiosk_take (kiosk, "social");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  AWAIT (kiosk->scene->slip == JUMIN_SLIP_PRINTED);
  flow = g_strdup (kiosk->scene->ticket->flow);
  reprint (kiosk, 1);
  reprint (kiosk, 0);
  virtual_kiosk_act (kiosk, "home", NULL, NULL);
  AWAIT (kiosk->scene->today != NULL);
  virtual_kiosk_act (kiosk, "ticket", "id", flow);
  g_assert_cmpuint (kiosk->scene->reprints_left, ==, 0);
  virtual_kiosk_act (kiosk, "home", NULL, NULL);
  kiosk_take (kiosk, "social");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  g_assert_true (kiosk->scene->ticket->live);
  g_assert_cmpuint (kiosk->scene->reprints_left, ==, 0);
  g_assert_false (virtual_kiosk_says (kiosk, "正在打小票"));
  g_assert_false (virtual_kiosk_says (kiosk, "请取走小票"));
  g_assert_cmpuint (rasters->len, ==, 3);
  /* Another visit is another matter. */
  kiosk_leave (kiosk);
  hall_sign_in (hall, kiosk, "li-ceshi");
  virtual_kiosk_act (kiosk, "ticket", "id", flow);
  g_assert_cmpuint (kiosk->scene->reprints_left, ==, 2);
}

/* 3/11 alone is in March for some and in November for others. */
static void
test_a_day_in_english_names_its_month (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  gint64 wednesday = hall_get_wednesday ();
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (wednesday),
                        monday = g_date_time_new_from_unix_local (wednesday + 5 * DAY_S);
  g_autofree char *band = g_date_time_format (today, "Wed %-d %b");
  g_autofree char *again = g_date_time_format (monday, "open again %-d %b 9:00");
  JuminMatter *matter = kiosk->scene->hall->matters->pdata[0];

  matter->open = FALSE;
  matter->reopens_at = wednesday + 5 * DAY_S + 9 * HOUR_S;
  virtual_kiosk_set_mode (kiosk, "language", "en");
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  kiosk_assert_says (kiosk, band);
  kiosk_assert_says (kiosk, again);
}

/* Returns: (transfer full): the chip beside this number on the home page */
static char *
dup_note (VirtualKiosk *kiosk, const char *flow)
{
  g_autoptr (JuminView) view = jumin_view_build (kiosk->scene);

  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminItem *item
          = jumin_items_find (((JuminBlock *)view->blocks->pdata[i])->items, flow);

      if (item != NULL)
        return g_strdup (item->note);
    }
  g_assert_not_reached ();
}

/* Who missed to look at the board is told here which window it is. */
static void
test_a_called_number_names_its_window (void)
{
  g_autoptr (Hall) hall = hall_open (10, 0, 1);
  VirtualKiosk *kiosk = hall->kiosks[0];
  JuminQueue *queue = hall->platform->platform.queue;
  g_autofree char *flow = NULL, *number = NULL, *note = NULL, *wanted = NULL;
  const JuminCall *call = NULL;

  hall_sign_in (hall, kiosk, "li-ceshi");
  kiosk_take (kiosk, "social");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_TICKET);
  flow = g_strdup (kiosk->scene->ticket->flow);
  number = g_strdup (kiosk->scene->ticket->number);
  kiosk_leave (kiosk);
  while (call == NULL)
    {
      gint64 asked = kiosk->scene->hall->as_of;

      g_assert_cmpuint (jumin_queue_call_next (queue, "social"), ==, 1);
      hall_pass (hall, REFRESH_S);
      AWAIT (kiosk->scene->hall->as_of > asked);
      call = jumin_hall_find_call (kiosk->scene->hall, number);
    }
  wanted = g_strdup_printf ("请到 %s 号窗口", call->counter);
  hall_sign_in (hall, kiosk, "li-ceshi");
  note = dup_note (kiosk, flow);
  g_assert_cmpstr (note, ==, wanted);
}

#define ADD(name) g_test_add_func ("/queue-rules/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD (an_appointment_is_early);
  ADD (an_appointment_is_now);
  ADD (an_appointment_is_found_late);
  ADD (an_appointment_is_late);
  ADD (an_appointment_ends_at_the_last_moment);
  ADD (a_matter_closes_meanwhile);
  ADD (missing_papers_use_no_number);
  ADD (a_missed_number_is_not_sold);
  ADD (age_gives_priority);
  ADD (a_matter_asks_who_comes_meanwhile);
  ADD (reprints_are_few_in_a_visit);
  ADD (a_day_in_english_names_its_month);
  ADD (a_called_number_names_its_window);
  ADD (the_queue_is_down);
  ADD (the_queue_is_down_from_the_start);
  return g_test_run ();
}
