/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue number on 80 mm paper: hall, matter, the number, waiting, where to go, progress on the
 * phone, time and reference (design guide 9). In English the names of hall, matter and place stand
 * in Chinese too: staff read the ticket as well. */
#include "printing/ticket-slip.h"

#include <string.h>

#include "model/hall-time.h"
#include "printing/slip-canvas.h"

enum
{
  TOP = 26,
  BOTTOM = 30,
  GAP = 10,
  FACTS_GAP = 18
};

/**
 * Sheet:
 * @body, @label: running text, label of a figure
 * @hall, @matter, @place: key lines
 * @number: the one fact
 * @bar: in the inverse bar
 * @figure: people, minutes
 * @title: beside the code
 */
typedef struct
{
  JuminSlipType body, label, hall, hall_second, machine, matter, matter_second, number, bar, figure,
      as_of, place, title, foot;
} Sheet;

#define CENTRED .align = JUMIN_SLIP_CENTRE
static const Sheet sheet_standard = {
  .body = { .size = 26, .leading = 140, .lines = 3 },
  .label = { .size = 26, .leading = 140, .lines = 2, CENTRED },
  .hall = { .size = 34, .leading = 140, .lines = 3, .bold = TRUE, CENTRED },
  .hall_second = { .size = 26, .leading = 140, .lines = 2, CENTRED },
  .machine = { .size = 26, .leading = 140, .lines = 1, CENTRED },
  .matter = { .size = 42, .leading = 130, .lines = 3, .bold = TRUE, CENTRED },
  .matter_second = { .size = 34, .leading = 130, .lines = 2, .bold = TRUE, CENTRED },
  .number = { .size = 188, .leading = 102, .lines = 1, .bold = TRUE, CENTRED },
  .bar = { .size = 32, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .figure = { .size = 54, .leading = 120, .lines = 1, .bold = TRUE, CENTRED },
  .as_of = { .size = 26, .leading = 140, .lines = 1, CENTRED },
  .place = { .size = 36, .leading = 130, .lines = 3, .bold = TRUE },
  .title = { .size = 30, .leading = 140, .lines = 2, .bold = TRUE },
  .foot = { .size = 26, .leading = 140, .lines = 1 },
};
static const Sheet sheet_elder = {
  .body = { .size = 34, .leading = 140, .lines = 3 },
  .label = { .size = 34, .leading = 140, .lines = 2, CENTRED },
  .hall = { .size = 40, .leading = 140, .lines = 3, .bold = TRUE, CENTRED },
  .hall_second = { .size = 30, .leading = 140, .lines = 2, CENTRED },
  .machine = { .size = 30, .leading = 140, .lines = 1, CENTRED },
  .matter = { .size = 54, .leading = 130, .lines = 3, .bold = TRUE, CENTRED },
  .matter_second = { .size = 42, .leading = 130, .lines = 2, .bold = TRUE, CENTRED },
  .number = { .size = 216, .leading = 102, .lines = 1, .bold = TRUE, CENTRED },
  .bar = { .size = 42, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .figure = { .size = 66, .leading = 120, .lines = 1, .bold = TRUE, CENTRED },
  .as_of = { .size = 30, .leading = 140, .lines = 1, CENTRED },
  .place = { .size = 48, .leading = 130, .lines = 3, .bold = TRUE },
  .title = { .size = 36, .leading = 140, .lines = 2, .bold = TRUE },
  .foot = { .size = 30, .leading = 140, .lines = 1 },
};
#undef CENTRED

/* Marks the words for the translators. */
#define N_(id) (id)

typedef struct
{
  const JuminTicketSlip *slip;
  const JuminTicket *ticket;
  JuminTongue tongue;
  const Sheet *sheet;
  JuminSlipCanvas *canvas;
} Drawing;

static gboolean
present (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
draw_words (Drawing *d, const JuminSlipType *type, const char *text)
{
  if (present (text))
    jumin_slip_canvas_text (d->canvas, type, text);
}

/* The Chinese beneath, when @text was shown in another language. */
static const char *
find_second (Drawing *d, const JuminText *text)
{
  const char *shown = jumin_text_in (text, d->tongue.language);

  return g_strcmp0 (shown, text->zh) != 0 ? text->zh : NULL;
}

static void
draw_head (Drawing *d)
{
  g_autofree char *machine = jumin_words_dup (d->tongue, "居民自助服务终端 · %s",
                                              jumin_text_in (d->slip->machine, d->tongue.language));

  jumin_slip_canvas_skip (d->canvas, TOP);
  draw_words (d, &d->sheet->hall, jumin_text_in (d->slip->hall, d->tongue.language));
  draw_words (d, &d->sheet->hall_second, find_second (d, d->slip->hall));
  draw_words (d, &d->sheet->machine, machine);
  if (d->slip->reprint)
    {
      g_autofree char *time = jumin_hall_time_format (d->slip->printed_at, "%H:%M");
      g_autofree char *mark = jumin_words_dup (d->tongue, "补打 · %s", time);

      jumin_slip_canvas_skip (d->canvas, GAP);
      jumin_slip_canvas_bar (d->canvas, &d->sheet->bar, mark);
    }
  jumin_slip_canvas_rule (d->canvas);
}

static void
draw_number (Drawing *d)
{
  draw_words (d, &d->sheet->matter, jumin_text_in (&d->ticket->name, d->tongue.language));
  draw_words (d, &d->sheet->matter_second, find_second (d, &d->ticket->name));
  draw_words (d, &d->sheet->number, d->ticket->number);
  if (d->ticket->appointment_at != 0)
    {
      g_autofree char *time = jumin_hall_time_format (d->ticket->appointment_at, "%H:%M");
      g_autofree char *mark = jumin_words_dup (d->tongue, "预约 %s", time);

      jumin_slip_canvas_skip (d->canvas, GAP);
      jumin_slip_canvas_bar (d->canvas, &d->sheet->bar, mark);
    }
  else if (d->ticket->priority)
    {
      jumin_slip_canvas_skip (d->canvas, GAP);
      jumin_slip_canvas_bar (d->canvas, &d->sheet->bar, jumin_words (d->tongue, "优先号"));
    }
}

/* The label says 大约; an unknown wait is left out rather than guessed. */
static char *
format_wait (Drawing *d)
{
  int from = d->ticket->wait_min, to = d->ticket->wait_max;

  if (from < 0 || to < from)
    return NULL;
  if (from == to)
    return jumin_words_dup (d->tongue, "%d 分钟", from);
  return jumin_words_dup (d->tongue, "%d–%d 分钟", from, to);
}

/* One person has a sentence of its own: English has a plural. */
static char *
format_ahead (Drawing *d)
{
  if (d->ticket->ahead == 1)
    return g_strdup (jumin_words (d->tongue, "1 人"));
  return jumin_words_dup (d->tongue, "%d 人", d->ticket->ahead);
}

static void
draw_waiting (Drawing *d)
{
  g_autofree char *ahead = NULL, *wait = format_wait (d), *as_of = NULL, *time = NULL;
  JuminSlipFact facts[2];
  guint count = 0;

  if (d->ticket->ahead >= 0)
    {
      ahead = format_ahead (d);
      facts[count++]
          = (JuminSlipFact){ .label = jumin_words (d->tongue, "前面还有"), .value = ahead };
    }
  if (wait != NULL)
    facts[count++] = (JuminSlipFact){ .label = jumin_words (d->tongue, "大约等候"), .value = wait };
  if (count == 0)
    return;
  time = jumin_hall_time_format (d->ticket->as_of, "%H:%M");
  as_of = jumin_words_dup (d->tongue, "%s 的情况", time);
  jumin_slip_canvas_skip (d->canvas, FACTS_GAP);
  jumin_slip_canvas_facts (d->canvas, &d->sheet->label, &d->sheet->figure, facts, count);
  draw_words (d, &d->sheet->as_of, as_of);
}

static char *
format_place (Drawing *d, JuminTongue tongue)
{
  const char *place = jumin_text_in (&d->ticket->place, tongue.language);

  if (!present (d->ticket->counters))
    return g_strdup (place);
  if (!present (place))
    return jumin_words_dup (tongue, "%s 号窗口", d->ticket->counters);
  return jumin_words_dup (tongue, "%s，%s 号窗口", place, d->ticket->counters);
}

static void
draw_place (Drawing *d)
{
  static const char *const missed[] = { [JUMIN_MISSED_WINDOW] = N_ ("过号不用重取，到窗口说一声。"),
                                        [JUMIN_MISSED_DESK] = N_ ("过号请到服务台重新排号。"),
                                        [JUMIN_MISSED_AGAIN] = N_ ("过号请在取号机上重新排队。") };
  JuminTongue chinese = { .language = "zh", .elder = d->tongue.elder };
  g_autofree char *place = format_place (d, d->tongue), *second = format_place (d, chinese);

  jumin_slip_canvas_dashes (d->canvas);
  draw_words (d, &d->sheet->place, place);
  if (g_strcmp0 (place, second) != 0)
    draw_words (d, &d->sheet->place, second);
  draw_words (d, &d->sheet->body, jumin_words (d->tongue, "请在附近座位等候，留意叫号屏和广播。"));
  draw_words (d, &d->sheet->body, jumin_words (d->tongue, missed[d->ticket->if_missed]));
}

static void
draw_progress (Drawing *d)
{
  if (!present (d->ticket->progress_url))
    return;
  jumin_slip_canvas_dashes (d->canvas);
  /* The address is not for a log: it may lead to one person's number. */
  if (!jumin_slip_canvas_code (d->canvas, d->ticket->progress_url, &d->sheet->title,
                               jumin_words (d->tongue, "手机看叫号进度"), &d->sheet->body,
                               jumin_words (d->tongue, "扫码看前面还有几人。")))
    g_message ("Drawing ticket: address of the progress page has %" G_GSIZE_FORMAT
               " bytes, too many for the paper",
               strlen (d->ticket->progress_url));
}

static void
draw_foot (Drawing *d)
{
  g_autofree char *time = jumin_hall_time_format (d->ticket->issued_at, "%Y-%m-%d %H:%M");
  g_autofree char *taken = jumin_words_dup (d->tongue, "取号 %s", time);
  const char *today = jumin_words (d->tongue, "当日有效");
  g_autofree char *flow = NULL;

  jumin_slip_canvas_dashes (d->canvas);
  jumin_slip_canvas_pair (d->canvas, &d->sheet->foot, taken, today);
  if (present (d->ticket->flow))
    flow = jumin_words_dup (d->tongue, "流水 %s", d->ticket->flow);
  if (present (d->ticket->masked_number))
    {
      g_autofree char *whose = jumin_words_dup (d->tongue, "证件 %s", d->ticket->masked_number);

      if (flow != NULL)
        jumin_slip_canvas_pair (d->canvas, &d->sheet->foot, whose, flow);
      else
        draw_words (d, &d->sheet->foot, whose);
    }
  else
    draw_words (d, &d->sheet->foot, flow);
  jumin_slip_canvas_skip (d->canvas, BOTTOM);
}

/**
 * jumin_ticket_slip_draw:
 * @slip: what is on it
 * @tongue: of the visit
 * @width: dots that the printer prints, a multiple of 8 (576 on 80 mm paper at 203 dpi)
 *
 * Returns: (transfer full): the ticket, ready for the printer
 */
JuminRaster *
jumin_ticket_slip_draw (const JuminTicketSlip *slip, JuminTongue tongue, guint width)
{
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (width);
  Drawing d = { .slip = slip,
                .ticket = slip->ticket,
                .tongue = tongue,
                .sheet = tongue.elder ? &sheet_elder : &sheet_standard,
                .canvas = canvas };
  guint unknown;

  draw_head (&d);
  draw_number (&d);
  draw_waiting (&d);
  draw_place (&d);
  draw_progress (&d);
  draw_foot (&d);
  unknown = jumin_slip_canvas_get_unknown_glyphs (canvas);
  if (unknown > 0)
    g_warning ("Drawing ticket: no font has %u of its characters (fonts-noto-cjk)", unknown);
  return jumin_slip_canvas_finish (canvas);
}
