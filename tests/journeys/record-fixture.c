/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody before a terminal, with the sandbox's offices behind it. */
#include "record-fixture.h"

#include <string.h>

enum
{
  LATE_MS = 4000
};

void
visit_set_up (Visit *v, gconstpointer resident)
{
  v->hall = hall_open (10, 26, 1);
  v->kiosk = v->hall->kiosks[0];
  v->scene = v->kiosk->scene;
  hall_sign_in (v->hall, v->kiosk, resident);
}

void
visit_tear_down (Visit *v, gconstpointer resident)
{
  hall_close (v->hall);
}

void
visit_act (Visit *v, const char *action, const char *name, const char *value)
{
  virtual_kiosk_act (v->kiosk, action, name, value);
}

void
visit_look_up (Visit *v, const char *service)
{
  visit_act (v, "start", "id", service);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

void
visit_set_fault (Visit *v, const char *order)
{
  g_autoptr (GError) error = NULL;

  jumin_faults_set (jumin_server_get_faults (v->hall->platform->server), order, &error);
  g_assert_no_error (error);
}

void
visit_hold_answers (Visit *v)
{
  jumin_server_set_delay (v->hall->platform->server, LATE_MS);
}

void
visit_release_answers (Visit *v)
{
  jumin_server_set_delay (v->hall->platform->server, 0);
  jumin_clock_advance (v->hall->clock, LATE_MS);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

void
visit_expect_nothing_left (Visit *v)
{
  for (guint i = 0; i < JUMIN_SERVICE_RECORDS_MAX; i++)
    g_assert_null (v->scene->records[i]);
  g_assert_null (v->scene->section_page);
  g_assert_cmpint (v->scene->section, ==, -1);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  g_assert_false (v->scene->revealed);
}

gboolean
visit_log_says (Visit *v, const char *event, const char *what)
{
  return virtual_kiosk_log_says (v->kiosk, event, what);
}
