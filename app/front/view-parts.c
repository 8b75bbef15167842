/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that several pages show, and the words for times, waits and windows. */
#include "front/view-parts.h"

#include "journey/flow.h"
#include "model/hall-time.h"

void
jumin_set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

void
jumin_take (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

/* Words of the platform, in the visit's language. */
const char *
jumin_outside (const JuminBuilder *b, const JuminText *text)
{
  return jumin_text_in (text, b->tongue.language);
}

/**
 * jumin_add_action:
 * @act: what it sends; also its id
 * @title: what it says; names its object
 *
 * Adds a key of the page; the primary one comes last.
 */
JuminItem *
jumin_add_action (const JuminBuilder *b, const char *act, const char *title, const char *icon,
                  const char *tone)
{
  JuminItem *item = jumin_items_add (b->view->actions, act);

  jumin_set (&item->act, act);
  jumin_set (&item->title, title);
  jumin_set (&item->icon, icon);
  jumin_set (&item->tone, tone);
  return item;
}

/**
 * jumin_add_row:
 * @id: of the row
 * @act: what it sends
 * @title: (nullable): is said later
 */
JuminItem *
jumin_add_row (JuminBlock *rows, const char *id, const char *act, const char *icon,
               const char *family, const char *title)
{
  JuminItem *item = jumin_block_add (rows, id);

  jumin_set (&item->act, act);
  jumin_set (&item->icon, icon);
  jumin_set (&item->family, family);
  jumin_set (&item->title, title);
  return item;
}

void
jumin_turn_off (JuminItem *item, const char *reason)
{
  jumin_set (&item->state, "off");
  jumin_set (&item->reason, reason);
}

JuminItem *
jumin_add_help_row (const JuminBuilder *b, JuminBlock *rows, const char *title)
{
  JuminItem *item = jumin_add_row (rows, "call-staff", "help", "help", "queue", title);

  if (!b->tongue.elder)
    jumin_set (&item->text, _ ("按一下，大厅的工作人员就会知道"));
  return item;
}

JuminBlock *
jumin_add_banner (const JuminBuilder *b, const char *tone, const char *icon, const char *title,
                  const char *text)
{
  JuminBlock *block = jumin_view_add_block (b->view, "banner", NULL);

  jumin_set (&block->tone, tone);
  jumin_set (&block->icon, icon);
  jumin_set (&block->title, title);
  jumin_set (&block->text, text);
  return block;
}

const JuminTroubleRow *
jumin_get_trouble (const JuminBuilder *b, JuminTrouble trouble)
{
  return jumin_troubles_get (b->scene->troubles, trouble);
}

static gboolean
is_same_day (GDateTime *one, GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

/**
 * jumin_month_words:
 * @month: from 1
 *
 * Returns: 11月, Nov; "" for a month that there is not
 */
const char *
jumin_month_words (const JuminBuilder *b, int month)
{
  static const char *const months[]
      = { N_ ("1月"), N_ ("2月"), N_ ("3月"), N_ ("4月"),  N_ ("5月"),  N_ ("6月"),
          N_ ("7月"), N_ ("8月"), N_ ("9月"), N_ ("10月"), N_ ("11月"), N_ ("12月") };

  return month >= 1 && month <= (int)G_N_ELEMENTS (months) ? _ (months[month - 1]) : "";
}

/**
 * jumin_day_words:
 * @day: in the hall
 *
 * Returns: (transfer full): 11月23日, 23 Nov: never figures alone, which others read the other way
 *   round
 */
char *
jumin_day_words (const JuminBuilder *b, GDateTime *day)
{
  return say ("%1$s%2$d日", jumin_month_words (b, g_date_time_get_month (day)),
              g_date_time_get_day_of_month (day));
}

/* Returns: (transfer full): 9:00; another day also says which */
char *
jumin_when_words (const JuminBuilder *b, gint64 when)
{
  g_autoptr (GDateTime) time = jumin_hall_time (when), now = jumin_hall_time (b->scene->now);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autofree char *clock = jumin_hall_time_format (when, "%-H:%M"), *day = NULL;

  if (is_same_day (time, now))
    return g_steal_pointer (&clock);
  if (is_same_day (time, tomorrow))
    return say ("明天 %s", clock);
  day = jumin_day_words (b, time);
  return g_strdup_printf ("%s %s", day, clock);
}

/**
 * jumin_closed_words:
 * @matter: one that gives no number now
 *
 * Returns: (transfer full): why, and when to come back
 */
char *
jumin_closed_words (const JuminBuilder *b, const JuminMatter *matter)
{
  const char *reason = jumin_outside (b, &matter->closed_reason);
  g_autofree char *when = NULL;

  if (matter->reopens_at == 0)
    return say ("%s，请问服务台", reason);
  when = jumin_when_words (b, matter->reopens_at);
  return say ("%1$s，%2$s 再来", reason, when);
}

/* Frames come, or will: what the camera sees can be shown. */
gboolean
jumin_sees (const JuminScene *scene)
{
  return scene->scan_preview && !scene->scanner_failed && scene->scan_state >= JUMIN_SCAN_OPENING
         && scene->scan_state <= JUMIN_SCAN_STALLED;
}

/* Of the visit's person; 0: nobody is known. */
int
jumin_get_age (const JuminBuilder *b)
{
  GDate today;

  jumin_hall_get_date (b->scene->now, &today);
  return b->scene->identity != NULL ? jumin_identity_get_age (b->scene->identity, &today) : 0;
}

/**
 * jumin_say_trouble:
 * @words: a text of a row of the table of troubles
 *
 * Returns: (nullable) (transfer full): it, with what its slots stand for; %NULL: there is none
 */
char *
jumin_say_trouble (const JuminBuilder *b, const JuminTroubleWords *words)
{
  const JuminScene *scene = b->scene;
  const char *text = jumin_trouble_words (words, b->tongue);
  g_autofree char *when = jumin_when_words (b, scene->trouble_when);
  g_autofree char *tries = g_strdup_printf ("%d", scene->trouble_tries);
  const char *values[JUMIN_N_SLOTS] = {
    [JUMIN_SLOT_READER] = jumin_outside (b, &scene->reader_place),
    [JUMIN_SLOT_DESK] = jumin_outside (b, &scene->desk_place),
    [JUMIN_SLOT_PHONE] = scene->desk_phone,
    [JUMIN_SLOT_NUMBER] = scene->ticket != NULL ? scene->ticket->number : NULL,
    [JUMIN_SLOT_WHEN] = when,
    [JUMIN_SLOT_TRIES] = tries,
  };

  return text != NULL ? jumin_trouble_fill (text, values) : NULL;
}

/* Returns: (transfer full): what has happened */
char *
jumin_trouble_title (const JuminBuilder *b, JuminTrouble trouble)
{
  return jumin_say_trouble (b, &jumin_get_trouble (b, trouble)->title);
}

/* That @trouble is there, and what still works. */
void
jumin_add_trouble (const JuminBuilder *b, JuminTrouble trouble, const char *tone, const char *icon)
{
  const JuminTroubleRow *row = jumin_get_trouble (b, trouble);
  JuminBlock *banner = jumin_add_banner (b, tone, icon, NULL, NULL);

  jumin_take (&banner->title, jumin_say_trouble (b, &row->title));
  jumin_take (&banner->text, jumin_say_trouble (b, &row->works));
}

/* What is wrong with the printer, if anything, and what still works. */
void
jumin_add_printer_trouble (const JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  gboolean large_home = b->tongue.elder && scene->page == JUMIN_PAGE_HOME;

  if (!scene->printer_ready)
    {
      jumin_add_trouble (b, scene->printer_trouble, "warn", "printer");
      if (large_home)
        jumin_set (&((JuminBlock *)b->view->blocks->pdata[b->view->blocks->len - 1])->text, NULL);
    }
  else if (scene->paper_low)
    jumin_add_trouble (b, JUMIN_TROUBLE_PAPER_LOW, "info", "printer");
}

/* What is being called now, and how full the hall is. */
void
jumin_add_calls (const JuminBuilder *b)
{
  const JuminHall *hall = b->scene->hall;
  JuminBlock *block = jumin_view_add_block (b->view, "calls", NULL);
  g_autofree char *time = jumin_time_words (hall->as_of);

  jumin_set (&block->title, _ ("现在大厅"));
  jumin_take (&block->note, say ("等候 %d 人", hall->waiting));
  jumin_set (&block->note_tone, "wait");
  jumin_take (&block->text, say ("开放窗口 %1$d 个 · %2$s 的情况", hall->windows_open, time));
  for (guint i = 0; i < hall->calls->len && i < 3; i++)
    {
      const JuminCall *call = hall->calls->pdata[i];
      JuminItem *item = jumin_block_add (block, call->number);

      jumin_set (&item->figure, call->number);
      jumin_take (&item->text, say ("请到 %s 号窗口", call->counter));
    }
}

/**
 * jumin_wait_words:
 * @min: minutes, or %JUMIN_MINUTES_UNKNOWN
 * @max: minutes
 *
 * Returns: (transfer full): 约 8 分钟, 10–15 分钟, or that nobody can say
 */
char *
jumin_wait_words (const JuminBuilder *b, int min, int max)
{
  if (min == JUMIN_MINUTES_UNKNOWN || max == JUMIN_MINUTES_UNKNOWN)
    return say ("时间说不准");
  if (max == 0)
    return say ("马上就到");
  if (min == max)
    return say ("约 %d 分钟", max);
  return say ("%d–%d 分钟", min, max);
}

/* The same as figure and unit. */
void
jumin_wait_figure (const JuminBuilder *b, JuminItem *item, int min, int max)
{
  if (min == JUMIN_MINUTES_UNKNOWN || max == JUMIN_MINUTES_UNKNOWN)
    jumin_take (&item->figure, g_strdup ("–"));
  else
    jumin_take (&item->figure,
                min == max ? g_strdup_printf ("%d", max) : g_strdup_printf ("%d–%d", min, max));
  jumin_set (&item->unit, _ ("分钟"));
}

/* Returns: (transfer full): 10:26 */
char *
jumin_time_words (gint64 when)
{
  return jumin_hall_time_format (when, "%H:%M");
}

/* Returns: (transfer full): 5–8 号窗口; empty while none is open */
char *
jumin_windows_words (const JuminBuilder *b, const char *counters)
{
  return counters != NULL && *counters != '\0' ? say ("%s 号窗口", counters) : g_strdup ("");
}

/* A key that prints the slip once more, or says why it cannot: @printing is what is said while one
 * is on its way. */
void
jumin_add_reprint (const JuminBuilder *b, const char *title, const char *printing)
{
  const JuminScene *scene = b->scene;
  g_autofree char *reason = NULL;
  JuminItem *action;

  if (scene->slip == JUMIN_SLIP_PRINTING)
    reason = g_strdup (printing);
  else if (!scene->printer_ready)
    reason = jumin_trouble_title (b, scene->printer_trouble);
  else if (scene->reprints_left == 0)
    reason = say ("已经补打过了");
  action = jumin_add_action (b, "reprint", reason != NULL ? reason : title, "printer", "plain");
  if (reason != NULL)
    jumin_turn_off (action, reason);
}

/* Returns: (nullable) (transfer full): why no sheet of A4 would come out now */
char *
jumin_no_sheets_reason (const JuminBuilder *b)
{
  const JuminScene *scene = b->scene;

  if (scene->papers_locked || scene->ledger_failed)
    return say ("现在不能打印，请找工作人员");
  if (!scene->sheet_printer)
    return say ("这台机器不打 A4 纸");
  return scene->sheets_ready ? NULL : jumin_trouble_title (b, scene->sheets_trouble);
}
