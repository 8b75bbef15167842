/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The visit: one person at the machine, from the first touch or card to the wiped scene.
 *
 *   none ──touch or card──► in visit ──exit, idle, card out──► (take card) ──► none
 *
 * Its deadline is the page's: each act begins it anew; shortly before the end a dialog asks. */
#include "journey/terminal-private.h"

typedef enum
{
  NEVER,
  IDLE,
  HOME,
  TICKET,
  NOTICE,
  PREVIEW,
  SHEETS,
  PAY,
  PAID,
  UNKNOWN
} Limit;

/* How long each page waits for a touch. Nothing ends a visit while a device or the platform works.
 */
static const Limit limits[JUMIN_N_PAGES] = {
  [JUMIN_PAGE_HOME] = HOME,      [JUMIN_PAGE_SERVICES] = IDLE,   [JUMIN_PAGE_CONSENT] = IDLE,
  [JUMIN_PAGE_CHOOSE] = IDLE,    [JUMIN_PAGE_CHECKLIST] = IDLE,  [JUMIN_PAGE_IDENTIFY] = IDLE,
  [JUMIN_PAGE_NUMBER] = IDLE,    [JUMIN_PAGE_CODE] = IDLE,       [JUMIN_PAGE_WAIT] = NEVER,
  [JUMIN_PAGE_TICKET] = TICKET,  [JUMIN_PAGE_VERIFY] = IDLE,     [JUMIN_PAGE_RECORD] = IDLE,
  [JUMIN_PAGE_NO_SHEETS] = IDLE, [JUMIN_PAGE_PAPERS] = IDLE,     [JUMIN_PAGE_PREVIEW] = PREVIEW,
  [JUMIN_PAGE_SHEETS] = SHEETS,  [JUMIN_PAGE_BILLS] = IDLE,      [JUMIN_PAGE_ACCOUNT] = IDLE,
  [JUMIN_PAGE_PAY] = PAY,        [JUMIN_PAGE_PAID] = PAID,       [JUMIN_PAGE_UNKNOWN] = UNKNOWN,
  [JUMIN_PAGE_NOTICE] = NOTICE,  [JUMIN_PAGE_TAKE_CARD] = NEVER, [JUMIN_PAGE_OUT_OF_SERVICE] = HOME,
};

static gboolean
is_goodbye (const JuminScene *scene)
{
  return jumin_troubles_get (scene->troubles, scene->trouble)->kind == JUMIN_TROUBLE_END;
}

static guint
limit_ms (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;
  const JuminTerminalSettings *settings = &self->settings;
  guint factor = scene->modes.elder ? settings->elder_factor : 1;

  if (!scene->in_visit && scene->page != JUMIN_PAGE_NOTICE)
    return 0;
  switch (limits[scene->page])
    {
    case IDLE:
      return settings->idle_ms * factor;
    case HOME:
      return (scene->identity != NULL ? settings->idle_ms : settings->idle_home_ms) * factor;
    case TICKET:
      return settings->ticket_ms * factor;
    case NOTICE:
      return (is_goodbye (scene) ? settings->goodbye_ms : settings->notice_ms) * factor;
    case PREVIEW:
      return settings->preview_ms * factor;
    case SHEETS:
      return jumin_scene_is_printing (scene) ? 0 : settings->sheets_ms * factor;
    case PAY:
      return settings->pay_ms * factor;
    case PAID:
      return settings->paid_ms * factor;
    case UNKNOWN:
      return settings->unknown_ms * factor;
    case NEVER:
    default:
      return 0;
    }
}

static gboolean
on_end (gpointer data)
{
  JuminTerminal *self = data;

  self->end_timer = NULL;
  jumin_visit_end (self, "idle");
  return G_SOURCE_REMOVE;
}

static gboolean
on_warn (gpointer data)
{
  JuminTerminal *self = data;

  self->warn_timer = NULL;
  self->scene.dialog = JUMIN_DIALOG_ENDING;
  jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

/* Nobody is asked on the signed-out home, on a page that has told all, or before the question could
 * be read. */
static gboolean
asks_before_end (const JuminTerminal *self, guint ms)
{
  const JuminScene *scene = &self->scene;

  return ms > self->settings.warn_ms
         && (limits[scene->page] == IDLE || limits[scene->page] == PREVIEW
             || limits[scene->page] == PAY
             || (scene->page == JUMIN_PAGE_HOME && scene->identity != NULL));
}

/**
 * jumin_visit_set_deadline:
 *
 * Begins the page's time anew.
 */
void
jumin_visit_set_deadline (JuminTerminal *self)
{
  JuminClock *clock = self->tools.clock;
  guint ms = limit_ms (self);

  jumin_clock_cancel (clock, &self->end_timer);
  jumin_clock_cancel (clock, &self->warn_timer);
  self->scene.deadline = self->scene.deadline_total = 0;
  if (ms == 0)
    return;
  self->scene.deadline_total = (gint64)jumin_clock_get_real_ms (clock, ms) * 1000;
  self->scene.deadline = jumin_clock_get_monotonic (clock) + self->scene.deadline_total;
  self->end_timer = jumin_clock_after (clock, ms, on_end, self);
  if (asks_before_end (self, ms))
    self->warn_timer = jumin_clock_after (clock, ms - self->settings.warn_ms, on_warn, self);
}

/**
 * jumin_visit_begin:
 * @how: "touch" or "card"
 *
 * Begins a visit unless there is one.
 */
void
jumin_visit_begin (JuminTerminal *self, const char *how)
{
  if (self->scene.in_visit)
    return;
  self->scene.in_visit = TRUE;
  self->scene.sheets_left = FALSE;
  self->scene.reprints_left = self->settings.reprints_max;
  /* The last page of the visit before was still that person's. */
  self->scene.modes = (JuminModes){ .language = "zh" };
  g_clear_object (&self->visit);
  self->visit = g_cancellable_new ();
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_VISIT_BEGAN, "how", how, NULL);
  jumin_surroundings_wake (self);
}

/* Who says that they are done has them. */
static gboolean
leaves_sheets (const JuminScene *scene, const char *why)
{
  return jumin_scene_is_printing (scene)
         || (scene->sheets != JUMIN_SHEETS_NONE && scene->sheets != JUMIN_SHEETS_FAILED
             && scene->got != JUMIN_GOT_ALL && !g_str_equal (why, "done"));
}

static void
wipe (JuminTerminal *self, const char *why)
{
  gboolean sheets_left = leaves_sheets (&self->scene, why);

  if (self->visit != NULL)
    g_cancellable_cancel (self->visit);
  jumin_fetch_step_forget (self);
  self->lost_read = JUMIN_LOST_READ_NONE;
  if (self->scene.in_visit)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_VISIT_ENDED, "why", why, NULL);
  jumin_login_stop (self);
  jumin_today_step_forget (self);
  jumin_record_step_forget (self);
  jumin_papers_forget (self);
  jumin_money_forget (self);
  jumin_scene_end_visit (&self->scene);
  self->scene.sheets_left = sheets_left;
  jumin_help_forget (self);
}

static gboolean
on_left_behind (gpointer data)
{
  JuminTerminal *self = data;

  self->left_timer = NULL;
  jumin_help_call (self);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_visit_end:
 * @why: "exit", "idle", "done" or "reader-back"
 *
 * Wipes the visit. A card that is still in must come out first, and whose sheets still come is told
 * so. The modes stay until then: that page is this person's, too.
 */
void
jumin_visit_end (JuminTerminal *self, const char *why)
{
  JuminModes modes = self->scene.modes;

  wipe (self, why);
  self->scene.modes = modes;
  if (self->scene.card_in)
    {
      jumin_clock_cancel (self->tools.clock, &self->left_timer);
      self->left_timer = jumin_clock_after (self->tools.clock, self->settings.take_card_ms,
                                            on_left_behind, self);
      jumin_terminal_show (self, JUMIN_PAGE_TAKE_CARD);
    }
  else if (self->scene.sheets_left)
    jumin_terminal_show_trouble (self, JUMIN_TROUBLE_SHEETS_LEFT);
  else
    jumin_visit_go_home (self);
}

/**
 * jumin_visit_break_off:
 * @why: what has become of the card, or of its reader
 *
 * Wipes the visit and tells @why, in the modes of the person who stands there.
 */
void
jumin_visit_break_off (JuminTerminal *self, JuminTrouble why)
{
  JuminModes modes = self->scene.modes;

  wipe (self, jumin_trouble_get_id (why));
  self->scene.modes = modes;
  if (why == JUMIN_TROUBLE_CARD_OUT && self->scene.sheets_left)
    why = JUMIN_TROUBLE_SHEETS_LEFT;
  jumin_terminal_show_trouble (self, why);
}

static void
end_journey (JuminTerminal *self)
{
  jumin_record_step_forget (self);
  jumin_papers_forget (self);
  jumin_money_forget (self);
  jumin_scene_end_journey (&self->scene);
}

/**
 * jumin_visit_go_home:
 *
 * Leaves the journey. The visit goes on when there is one.
 */
void
jumin_visit_go_home (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  gboolean serves = scene->provisioned && scene->hall != NULL && !scene->platform_silent;

  end_journey (self);
  g_clear_pointer (&scene->shelf, g_free);
  if (!scene->in_visit)
    {
      /* From a page that outlasts its visit, who stood there could still call somebody. */
      jumin_help_forget (self);
      scene->modes = (JuminModes){ .language = "zh" };
    }
  jumin_terminal_show (self, serves ? JUMIN_PAGE_HOME : JUMIN_PAGE_OUT_OF_SERVICE);
  if (serves && scene->identity != NULL && scene->today == NULL)
    jumin_today_step_ask (self);
}

/**
 * jumin_visit_go_back:
 *
 * Leaves the journey for the page where it was begun.
 */
void
jumin_visit_go_back (JuminTerminal *self)
{
  if (self->scene.shelf == NULL)
    {
      jumin_visit_go_home (self);
      return;
    }
  end_journey (self);
  jumin_terminal_show (self, JUMIN_PAGE_SERVICES);
}

/**
 * jumin_visit_set_mode:
 * @mode: "elder", "contrast", "reach" or "language"
 * @value: "on" or "off", "zh" or "en"
 *
 * The person sees or reaches otherwise; the page and its acts stay the same.
 */
void
jumin_visit_set_mode (JuminTerminal *self, const char *mode, const char *value)
{
  JuminModes *modes = &self->scene.modes;
  gboolean on = g_strcmp0 (value, "on") == 0;

  if (self->scene.page != JUMIN_PAGE_TAKE_CARD && self->scene.page != JUMIN_PAGE_NOTICE)
    jumin_visit_begin (self, "touch");
  if (g_strcmp0 (mode, "elder") == 0)
    modes->elder = on;
  else if (g_strcmp0 (mode, "contrast") == 0)
    modes->contrast = on;
  else if (g_strcmp0 (mode, "reach") == 0)
    modes->reach = on;
  else if (g_strcmp0 (mode, "language") == 0)
    modes->language = g_strcmp0 (value, "en") == 0 ? "en" : "zh";
  if (self->scene.dialog != JUMIN_DIALOG_ENDING)
    jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}
