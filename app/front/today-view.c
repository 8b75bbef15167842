/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits today for the person who is known. */
#include "front/view-parts.h"

enum
{
  ROWS_MAX = 2
};

static void
show_waiting (JuminBuilder *b, const JuminTicket *ticket, JuminItem *row)
{
  g_autofree char *windows = jumin_windows_words (b, ticket->counters);
  g_autofree char *wait = jumin_wait_words (b, ticket->wait_min, ticket->wait_max);
  const JuminCall *call = jumin_hall_find_call (b->scene->hall, ticket->number);

  if (ticket->state == JUMIN_TICKET_CALLED)
    {
      jumin_take (&row->title, say ("叫到您了 %s", ticket->number));
      jumin_take (&row->note,
                  call != NULL ? say ("请到 %s 号窗口", call->counter) : say ("请到窗口"));
    }
  else
    {
      jumin_take (&row->title, say ("等候叫号 %s", ticket->number));
      jumin_take (&row->note, say ("前面 %d 人", ticket->ahead));
    }
  jumin_set (&row->note_tone, "now");
  jumin_take (&row->text, b->tongue.elder
                              ? g_strdup (*windows != '\0' ? windows : wait)
                              : g_strdup_printf ("%s · %s%s%s", jumin_outside (b, &ticket->name),
                                                 windows, *windows != '\0' ? " · " : "", wait));
}

/* What to do about a missed call, in one line. */
const char *
jumin_missed_words (const JuminBuilder *b, JuminMissed missed)
{
  static const char *const words[] = { [JUMIN_MISSED_WINDOW] = N_ ("请现在到窗口说一声"),
                                       [JUMIN_MISSED_DESK] = N_ ("请到服务台重新排号"),
                                       [JUMIN_MISSED_AGAIN] = N_ ("可以在这台机器上重新排") };

  return _ (words[missed]);
}

static void
show_missed (JuminBuilder *b, const JuminTicket *ticket, JuminItem *row)
{
  jumin_take (&row->title, say ("%s 过号了", ticket->number));
  if (ticket->if_missed == JUMIN_MISSED_WINDOW)
    {
      jumin_take (&row->note, say ("还留 %d 次叫号", ticket->calls_kept));
      jumin_set (&row->note_tone, "wait");
    }
  jumin_set (&row->text, jumin_missed_words (b, ticket->if_missed));
}

static void
add_ticket (JuminBuilder *b, JuminBlock *rows, const JuminTicket *ticket)
{
  JuminItem *row = jumin_add_row (rows, ticket->flow, "ticket", "queue", "queue", NULL);

  jumin_set (&row->label, _ ("查看"));
  if (ticket->state == JUMIN_TICKET_MISSED)
    show_missed (b, ticket, row);
  else
    show_waiting (b, ticket, row);
}

/* The platform's clock judges: its last answer says what it is. */
static JuminStanding
get_standing (JuminBuilder *b, const JuminAppointment *appointment)
{
  return jumin_appointment_get_standing (appointment, b->scene->hall->as_of);
}

/* In large text one line says it. */
static void
show_early (JuminBuilder *b, const JuminAppointment *appointment, JuminItem *row)
{
  g_autofree char *begins = jumin_time_words (appointment->begins_at);
  g_autofree char *from = jumin_time_words (appointment->take_from);

  jumin_set (&row->state, "off");
  if (b->tongue.elder)
    jumin_take (&row->label, say ("%s 起", from));
  else
    jumin_take (&row->reason, say ("今天 %1$s 开始，%2$s 起可以取号", begins, from));
}

static void
show_now (JuminBuilder *b, const JuminAppointment *appointment, JuminItem *row)
{
  g_autofree char *begins = jumin_time_words (appointment->begins_at);
  g_autofree char *ends = jumin_time_words (appointment->ends_at);

  jumin_set (&row->note, _ ("现在取号"));
  jumin_set (&row->note_tone, "now");
  jumin_take (&row->text, say ("今天 %1$s–%2$s，按预约时间叫号", begins, ends));
}

static void
show_late (JuminBuilder *b, const JuminAppointment *appointment, JuminItem *row)
{
  const JuminMatter *matter = jumin_hall_find_matter (b->scene->hall, appointment->matter);

  if (matter != NULL && !matter->open)
    {
      jumin_set (&row->state, "off");
      jumin_take (&row->reason, jumin_closed_words (b, matter));
      return;
    }
  jumin_set (&row->note, _ ("时间过了"));
  jumin_set (&row->note_tone, "wait");
  jumin_set (&row->text, _ ("可以取普通的号，照样能办"));
}

static void
add_appointment (JuminBuilder *b, JuminBlock *rows, const JuminAppointment *appointment)
{
  static void (*const show[]) (JuminBuilder *, const JuminAppointment *, JuminItem *)
      = { [JUMIN_STANDING_EARLY] = show_early,
          [JUMIN_STANDING_NOW] = show_now,
          [JUMIN_STANDING_LATE] = show_late };
  JuminItem *row = jumin_add_row (rows, appointment->id, "appointment", "clock", "fund", NULL);

  jumin_take (&row->title, say ("预约了%s", jumin_outside (b, &appointment->name)));
  show[get_standing (b, appointment)](b, appointment, row);
  if (g_strcmp0 (row->state, "off") != 0)
    jumin_set (&row->label, _ ("取号"));
}

static gboolean
is_for_now (JuminBuilder *b, const JuminAppointment *appointment)
{
  return get_standing (b, appointment) == JUMIN_STANDING_NOW;
}

/**
 * jumin_add_today:
 *
 * Adds a row for each thing of today, as far as there is room: appointments whose time it is,
 * numbers, other appointments. Choosing a matter shows them all.
 *
 * Returns: whether there is anything
 */
gboolean
jumin_add_today (JuminBuilder *b)
{
  const JuminToday *today = b->scene->today;
  guint count = today != NULL ? today->tickets->len + today->appointments->len : 0;
  JuminBlock *rows;

  if (count == 0)
    return FALSE;
  rows = jumin_view_add_block (b->view, "rows", "today");
  jumin_take (&rows->title, say ("今天与您有关的 %u 件事", count));
  for (guint i = 0; i < today->appointments->len && rows->items->len < ROWS_MAX; i++)
    if (is_for_now (b, today->appointments->pdata[i]))
      add_appointment (b, rows, today->appointments->pdata[i]);
  for (guint i = 0; i < today->tickets->len && rows->items->len < ROWS_MAX; i++)
    add_ticket (b, rows, today->tickets->pdata[i]);
  for (guint i = 0; i < today->appointments->len && rows->items->len < ROWS_MAX; i++)
    if (!is_for_now (b, today->appointments->pdata[i]))
      add_appointment (b, rows, today->appointments->pdata[i]);
  return TRUE;
}
