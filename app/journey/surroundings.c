/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes around the visit: the hall's queues and the minute. The hall is asked again some
 * time after its last answer, never twice at once. A machine that nobody uses rests: hall and
 * printers are asked together, at the minute, and what the hall says and the time are drawn once.
 */
#include "journey/terminal-private.h"
#include "model/error.h"
#include "model/hall-time.h"

enum
{
  MINUTE_S = 60,
  WAKE_MS = 1000 /* after the first touch or card: what they began goes first */
};

static JuminTrouble
find_trouble (const GError *error)
{
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_CLOCK))
    return JUMIN_TROUBLE_CLOCK_APART;
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_EXPIRED))
    return JUMIN_TROUBLE_CERTIFICATE_OVER;
  return JUMIN_TROUBLE_PLATFORM_SILENT;
}

/* @error: (nullable): %NULL: it answered */
static void
platform_answered (JuminTerminal *self, const GError *error)
{
  JuminScene *scene = &self->scene;
  JuminTrouble trouble = find_trouble (error);
  gboolean other = scene->platform_silent && error != NULL && scene->platform_trouble != trouble;

  if (scene->platform_silent == (error != NULL) && !other)
    return;
  if (scene->platform_silent)
    jumin_terminal_set_failure (self, scene->platform_trouble, FALSE);
  scene->platform_silent = error != NULL;
  scene->platform_trouble = trouble;
  if (scene->platform_silent)
    jumin_terminal_set_failure (self, trouble, TRUE);
  else
    jumin_cashier_watch_hear (self);
}

/* The platform answers, so this machine is not out of service; without a hall there is an empty
 * one, and nothing is said of it. No number is ever made up here. */
static void
queue_answered (JuminTerminal *self, gboolean answered)
{
  JuminScene *scene = &self->scene;

  if (scene->hall == NULL && !answered)
    scene->hall = jumin_hall_new ();
  if (scene->queue_down == !answered)
    return;
  scene->queue_down = !answered;
  jumin_terminal_set_failure (self, JUMIN_TROUBLE_QUEUE_DOWN, !answered);
}

static gboolean
on_hall_due (gpointer data)
{
  JuminTerminal *self = data;

  self->hall_timer = NULL;
  jumin_surroundings_ask_hall (self);
  return G_SOURCE_REMOVE;
}

/* The first page, and the way back from being out of service. Nobody is moved off a page that they
 * use: it keeps the last figures, which carry their time. */
static void
follow_platform (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  gboolean on_home = scene->page == JUMIN_PAGE_HOME || scene->page == JUMIN_PAGE_OUT_OF_SERVICE;
  gboolean out = scene->platform_silent || scene->hall == NULL;

  if (on_home && out != (scene->page == JUMIN_PAGE_OUT_OF_SERVICE))
    {
      jumin_visit_go_home (self);
      jumin_slot_look (self);
    }
  else
    jumin_terminal_redraw (self);
}

static void
on_catalogue_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCatalogue) catalogue
      = jumin_hall_client_fetch_catalogue_finish (JUMIN_HALL_CLIENT (source), result, &error);

  if (catalogue == NULL)
    g_message ("%s", error->message);
  /* A journey goes on with the service that it began with. */
  if (catalogue == NULL || self->scene.service != NULL)
    {
      self->catalogue_known = FALSE; /* with the next answer of the hall */
      return;
    }
  jumin_catalogue_free (self->tools.catalogue);
  self->scene.catalogue = self->tools.catalogue = g_steal_pointer (&catalogue);
  if (!self->ended)
    jumin_terminal_redraw (self);
}

/* The services of the platform replace the built-in ones as soon as it answers. */
static void
ask_catalogue (JuminTerminal *self)
{
  if (self->catalogue_known)
    return;
  self->catalogue_known = TRUE;
  jumin_hall_client_fetch_catalogue_async (self->tools.client, NULL, on_catalogue_ready,
                                           g_object_ref (self));
}

static void
on_hall_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHall) hall
      = jumin_hall_client_fetch_hall_finish (JUMIN_HALL_CLIENT (source), result, &error);
  guint refresh_ms = jumin_surroundings_wait_ms (self, self->settings.hall_refresh_ms);
  gboolean down;

  self->hall_busy = FALSE;
  if (self->ended)
    return;
  if (hall != NULL)
    {
      g_clear_pointer (&self->scene.hall, jumin_hall_free);
      self->scene.hall = g_steal_pointer (&hall);
    }
  else
    g_message ("%s", error->message);
  down = g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_DOWN);
  platform_answered (self, down ? NULL : error);
  if (error == NULL || down)
    {
      queue_answered (self, !down);
      ask_catalogue (self);
      jumin_reports_send (self);
    }
  self->hall_timer = jumin_clock_after (
      self->tools.clock, error == NULL ? refresh_ms : self->settings.hall_refresh_ms / 10,
      on_hall_due, self);
  follow_platform (self);
}

/**
 * jumin_surroundings_ask_hall:
 *
 * Asks the platform for matters and waiting, now.
 */
void
jumin_surroundings_ask_hall (JuminTerminal *self)
{
  if (self->tools.client == NULL || self->hall_busy)
    return;
  jumin_clock_cancel (self->tools.clock, &self->hall_timer);
  self->hall_busy = TRUE;
  jumin_hall_client_fetch_hall_async (self->tools.client, NULL, on_hall_ready, g_object_ref (self));
}

/**
 * jumin_surroundings_tell_time:
 *
 * Takes the time into the scene. On a machine that nobody uses the screen counts the minutes of a
 * day.
 */
void
jumin_surroundings_tell_time (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminClock *clock = self->tools.clock;
  gint64 now = jumin_clock_get_wall (clock);
  guint left_ms = (guint)(MINUTE_S - now % MINUTE_S) * 1000;

  if (scene->in_visit || scene->page != JUMIN_PAGE_HOME
      || self->settings.rest_ms <= MINUTE_S * 1000)
    scene->minute_end = 0;
  else if (scene->minute_end == 0 || now / MINUTE_S != scene->now / MINUTE_S)
    scene->minute_end = jumin_clock_get_monotonic (clock)
                        + (gint64)jumin_clock_get_real_ms (clock, left_ms) * 1000;
  scene->now = now;
}

static gboolean
is_told (JuminTerminal *self)
{
  gint64 now = jumin_clock_get_wall (self->tools.clock);

  return self->scene.minute_end != 0
         && jumin_hall_get_day (now, 0) == jumin_hall_get_day (self->scene.now, 0);
}

/* The hall's answer is drawn, and the time with it. */
static gboolean
on_minute (gpointer data)
{
  JuminTerminal *self = data;
  guint left_s = MINUTE_S - (guint)(jumin_clock_get_wall (self->tools.clock) % MINUTE_S);

  self->minute_timer = jumin_clock_after (self->tools.clock, left_s * 1000, on_minute, self);
  if (self->rest_minutes == 0)
    {
      self->rest_minutes = MAX (1, self->settings.rest_ms / 1000 / MINUTE_S);
      jumin_printer_watch_check (self);
      jumin_sheets_watch_check (self);
      jumin_surroundings_ask_hall (self);
    }
  self->rest_minutes--;
  if (!self->hall_busy && !is_told (self))
    jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_surroundings_wake:
 *
 * Somebody has come to the machine: looks around soon, and then as often as is configured.
 */
void
jumin_surroundings_wake (JuminTerminal *self)
{
  self->rest_minutes = 0;
  jumin_clock_cancel (self->tools.clock, &self->minute_timer);
  self->minute_timer = jumin_clock_after (self->tools.clock, WAKE_MS, on_minute, self);
}

/**
 * jumin_surroundings_wait_ms:
 * @ms: how long to wait while somebody is at the machine
 *
 * Returns: how long to wait now
 */
guint
jumin_surroundings_wait_ms (const JuminTerminal *self, guint ms)
{
  return self->scene.in_visit ? ms : MAX (ms, self->settings.rest_ms);
}

void
jumin_surroundings_start (JuminTerminal *self)
{
  jumin_sheets_watch_start (self);
  on_minute (self);
}

void
jumin_surroundings_stop (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->hall_timer);
  jumin_printer_watch_stop (self);
  jumin_sheets_watch_stop (self);
  jumin_clock_cancel (self->tools.clock, &self->minute_timer);
}
