/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the code that was shown to the identity in the visit.
 *
 *   looking ──code──► kind ──a wrong one──► told on the page, for a while
 *      ▲               └──► ask the platform of the codes ──► known
 *      └────told────────────────── refused, silent ──┘
 *
 * Showing a code on purpose, on a page that says what is read, is the agreement. The page waits for
 * a card and a number all the while: an answer counts only while nothing else has taken over, which
 * is as long as the scanner looks. The text is sent to the platform and goes nowhere else. */
#include "journey/terminal-private.h"

#include "model/code-kind.h"
#include "model/error.h"

enum
{
  MS_US = 1000
};

static const struct
{
  gboolean is_failure;
  int code;
  JuminTrouble trouble;
} meanings[] = {
  { FALSE, JUMIN_RETRY_CODE_EXPIRED, JUMIN_TROUBLE_SHOWN_EXPIRED },
  { FALSE, JUMIN_RETRY_CODE_REFUSED, JUMIN_TROUBLE_SHOWN_REFUSED },
  { FALSE, JUMIN_RETRY_CODE_KIND, JUMIN_TROUBLE_SHOWN_OTHER },
  { FALSE, JUMIN_RETRY_CODE_HOLDER, JUMIN_TROUBLE_SHOWN_NOBODY },
  { TRUE, JUMIN_FAILURE_CODES_OUTDATED, JUMIN_TROUBLE_CODES_OUTDATED },
  { TRUE, JUMIN_FAILURE_CODES_REFUSED, JUMIN_TROUBLE_CODES_REFUSED },
};

/* What is said of each kind that the platform is not asked about. */
static const JuminTrouble wrong_kinds[JUMIN_N_CODE_KINDS] = {
  [JUMIN_CODE_KIND_OTHER] = JUMIN_TROUBLE_SHOWN_OTHER,
  [JUMIN_CODE_KIND_CITY_CODE] = JUMIN_TROUBLE_SHOWN_OTHER,
  [JUMIN_CODE_KIND_SOCIAL_SECURITY] = JUMIN_TROUBLE_SHOWN_OTHER,
  [JUMIN_CODE_KIND_URL] = JUMIN_TROUBLE_SHOWN_OTHER,
  [JUMIN_CODE_KIND_PAYMENT] = JUMIN_TROUBLE_SHOWN_PAYMENT,
  [JUMIN_CODE_KIND_TAX] = JUMIN_TROUBLE_SHOWN_TAX,
  [JUMIN_CODE_KIND_HANDOFF] = JUMIN_TROUBLE_SHOWN_HANDOFF,
  [JUMIN_CODE_KIND_TICKET] = JUMIN_TROUBLE_SHOWN_TICKET,
  [JUMIN_CODE_KIND_DOCUMENT] = JUMIN_TROUBLE_SHOWN_DOCUMENT,
};

/* What is told of a code that the page does not wait for. */
static JuminTrouble
find_wrong (JuminPage page, JuminCodeKind kind)
{
  if (page == JUMIN_PAGE_VERIFY)
    return JUMIN_TROUBLE_SHOWN_NO_PAPER;
  if (page == JUMIN_PAGE_PAY)
    return kind == JUMIN_CODE_KIND_CITY_CODE || kind == JUMIN_CODE_KIND_SOCIAL_SECURITY
               ? JUMIN_TROUBLE_SHOWN_IDENTITY
               : JUMIN_TROUBLE_SHOWN_UNPAYABLE;
  return wrong_kinds[kind];
}

static JuminTrouble
find_trouble (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, meanings[i].is_failure ? JUMIN_FAILURE : JUMIN_RETRY,
                         meanings[i].code))
      return meanings[i].trouble;
  return JUMIN_TROUBLE_CODES_SILENT;
}

/**
 * jumin_code_stop:
 *
 * Nobody looks any more: an answer that still comes is nobody's.
 */
void
jumin_code_stop (JuminTerminal *self)
{
  if (self->code_call != NULL)
    g_cancellable_cancel (self->code_call);
  g_clear_object (&self->code_call);
  for (guint i = 0; i < JUMIN_SHOWN_CODES_MAX; i++)
    g_clear_pointer (&self->shown_codes[i].text, g_bytes_unref);
  jumin_clock_cancel (self->tools.clock, &self->code_timer);
  self->scene.code_checking = self->scene.code_told = FALSE;
}

static gboolean
on_told (gpointer data)
{
  JuminTerminal *self = data;

  self->code_timer = NULL;
  self->scene.code_told = FALSE;
  jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

/* Says on the page, for a while, why the code was not good. */
static void
tell (JuminTerminal *self, JuminTrouble trouble)
{
  JuminClock *clock = self->tools.clock;
  JuminScene *scene = &self->scene;
  gboolean said = scene->code_told && scene->code_trouble == trouble;

  scene->code_told = TRUE;
  scene->code_trouble = trouble;
  jumin_clock_cancel (clock, &self->code_timer);
  self->code_timer = jumin_clock_after (clock, self->settings.code_tell_ms, on_told, self);
  if (!said)
    jumin_terminal_redraw (self);
}

/* What is wrong with the platform of the codes, from when to when.
 * @error: (nullable): %NULL: it has answered */
static void
platform_answered (JuminTerminal *self, const GError *error)
{
  JuminTrouble trouble = find_trouble (error);
  gboolean failed = error != NULL && error->domain != JUMIN_RETRY;

  if (self->codes_failed == failed && (!failed || self->codes_trouble == trouble))
    return;
  if (self->codes_failed)
    jumin_terminal_set_failure (self, self->codes_trouble, FALSE);
  if (failed)
    jumin_terminal_set_failure (self, trouble, TRUE);
  self->codes_failed = failed;
  self->codes_trouble = trouble;
}

static void
on_resolve_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) identity
      = jumin_city_code_client_resolve_finish (JUMIN_CITY_CODE_CLIENT (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->code_call)
    return;
  g_clear_object (&self->code_call);
  jumin_clock_cancel (self->tools.clock, &self->code_timer);
  self->scene.code_checking = FALSE;
  platform_answered (self, error);
  if (identity != NULL)
    {
      jumin_arrival_accept (self, identity);
      return;
    }
  g_message ("%s", error->message);
  if (error->domain == JUMIN_RETRY)
    jumin_terminal_note_trouble (self, find_trouble (error));
  self->asked_code->final = error->domain == JUMIN_RETRY;
  self->asked_code->trouble = find_trouble (error);
  tell (self, self->asked_code->trouble);
}

/* Only now: an answer is mostly quicker, and then the next page is all that is drawn. */
static gboolean
on_slow (gpointer data)
{
  JuminTerminal *self = data;

  self->code_timer = NULL;
  self->scene.code_checking = TRUE;
  jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_code_is_turning:
 *
 * Returns: whether the platform has just been asked whose code it is, so that another page is near
 */
gboolean
jumin_code_is_turning (const JuminTerminal *self)
{
  return self->code_call != NULL && !self->scene.code_checking;
}

static void
ask (JuminTerminal *self, JuminShownCode *shown)
{
  JuminClock *clock = self->tools.clock;
  JuminScene *scene = &self->scene;

  if (jumin_arrival_refuse_unlogged (self))
    return;
  if (!scene->code_agreed)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CONSENT_GIVEN, "how", "code", NULL);
  scene->code_agreed = TRUE;
  scene->code_told = FALSE;
  jumin_clock_cancel (clock, &self->code_timer);
  self->code_timer = jumin_clock_after (clock, self->settings.slow_ms, on_slow, self);
  self->asked_code = shown;
  self->code_call = g_cancellable_new ();
  jumin_city_code_client_resolve_async (self->tools.codes, shown->text, self->code_call,
                                        on_resolve_ready, g_object_ref (self));
}

static void
take_new (JuminTerminal *self, JuminShownCode *shown)
{
  JuminCodeKind kind = jumin_code_kinds_find (self->tools.kinds, shown->text);
  JuminPage page = self->scene.page;

  if (page == JUMIN_PAGE_VERIFY && kind == JUMIN_CODE_KIND_DOCUMENT)
    {
      jumin_verify_step_take (self, shown->text);
      return;
    }
  shown->trouble = find_wrong (page, kind);
  if (page == JUMIN_PAGE_PAY && kind == JUMIN_CODE_KIND_PAYMENT
      && jumin_pay_step_take_code (self, shown->text, &shown->trouble))
    return;
  shown->final
      = page != JUMIN_PAGE_IDENTIFY || !jumin_code_kinds_is_asked (self->tools.kinds, kind);
  if (shown->final)
    {
      jumin_terminal_note_trouble (self, shown->trouble);
      tell (self, shown->trouble);
      return;
    }
  /* Somebody is there; a code that merely lies there does not say so again. */
  jumin_visit_set_deadline (self);
  ask (self, shown);
}

/* Returns: (nullable): where @text is kept, or may be; %NULL: too many were shown at once */
static JuminShownCode *
find_shown (JuminTerminal *self, GBytes *text, gint64 now)
{
  JuminShownCode *room = NULL;

  for (guint i = 0; i < JUMIN_SHOWN_CODES_MAX; i++)
    {
      JuminShownCode *shown = &self->shown_codes[i];

      if (shown->text != NULL && g_bytes_equal (shown->text, text))
        return shown;
      if (shown->text == NULL || (room == NULL && now >= shown->until))
        room = shown;
    }
  if (room != NULL)
    g_clear_pointer (&room->text, g_bytes_unref);
  return room;
}

/**
 * jumin_code_take:
 * @text: of a code that is held before the scanner, as the scanner gives it
 *
 * One text at a time is asked about. While it is held there it is not asked about again, unless the
 * platform did not answer, and what was said of it stays.
 */
void
jumin_code_take (JuminTerminal *self, GBytes *text)
{
  JuminClock *clock = self->tools.clock;
  gint64 now = jumin_clock_get_monotonic (clock);
  g_autoptr (GBytes) plain = NULL;
  JuminShownCode *shown;
  gboolean known;

  if (self->code_call != NULL)
    return;
  plain = jumin_code_kinds_strip (self->tools.kinds, text);
  shown = find_shown (self, plain, now);
  known = shown != NULL && shown->text != NULL;
  if (shown == NULL || (known && now < shown->until))
    return;
  shown->until
      = now + (gint64)jumin_clock_get_real_ms (clock, self->settings.code_repeat_ms) * MS_US;
  if (!known)
    {
      shown->text = g_steal_pointer (&plain);
      take_new (self, shown);
    }
  else if (shown->final)
    tell (self, shown->trouble);
  else
    ask (self, shown);
}
