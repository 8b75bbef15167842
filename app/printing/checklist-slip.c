/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to bring, on 80 mm paper, for who has not everything: the papers with a box each, where to
 * go and when. It is no queue number and says so. */
#include "printing/checklist-slip.h"

#include "model/hall-time.h"
#include "printing/slip-canvas.h"

enum
{
  TOP = 26,
  BOTTOM = 30,
  GAP = 10
};

typedef struct
{
  JuminSlipType hall, small, title, paper, body, foot;
} Sheet;

static const Sheet sheet_standard = {
  .hall = { .size = 34, .leading = 140, .lines = 3, .bold = TRUE, .align = JUMIN_SLIP_CENTRE },
  .small = { .size = 26, .leading = 140, .lines = 2, .align = JUMIN_SLIP_CENTRE },
  .title = { .size = 42, .leading = 130, .lines = 3, .bold = TRUE, .align = JUMIN_SLIP_CENTRE },
  .paper = { .size = 34, .leading = 140, .lines = 3 },
  .body = { .size = 28, .leading = 140, .lines = 3 },
  .foot = { .size = 26, .leading = 140, .lines = 2 },
};
static const Sheet sheet_elder = {
  .hall = { .size = 40, .leading = 140, .lines = 3, .bold = TRUE, .align = JUMIN_SLIP_CENTRE },
  .small = { .size = 30, .leading = 140, .lines = 2, .align = JUMIN_SLIP_CENTRE },
  .title = { .size = 54, .leading = 130, .lines = 3, .bold = TRUE, .align = JUMIN_SLIP_CENTRE },
  .paper = { .size = 44, .leading = 140, .lines = 3 },
  .body = { .size = 38, .leading = 140, .lines = 3 },
  .foot = { .size = 30, .leading = 140, .lines = 2 },
};

typedef struct
{
  const JuminChecklistSlip *slip;
  JuminTongue tongue;
  const Sheet *sheet;
  JuminSlipCanvas *canvas;
} Drawing;

static void
draw_words (Drawing *d, const JuminSlipType *type, const char *text)
{
  if (text != NULL && *text != '\0')
    jumin_slip_canvas_text (d->canvas, type, text);
}

/* In the visit's language, and in Chinese beneath where that is another: staff read it, too. */
static void
draw_both (Drawing *d, const JuminSlipType *type, const JuminSlipType *second,
           const JuminText *text)
{
  const char *shown = jumin_text_in (text, d->tongue.language);

  draw_words (d, type, shown);
  if (g_strcmp0 (shown, text->zh) != 0)
    draw_words (d, second, text->zh);
}

static void
draw_head (Drawing *d)
{
  jumin_slip_canvas_skip (d->canvas, TOP);
  draw_both (d, &d->sheet->hall, &d->sheet->small, d->slip->hall);
  jumin_slip_canvas_rule (d->canvas);
  draw_words (d, &d->sheet->small, jumin_words (d->tongue, "要带的材料"));
  draw_both (d, &d->sheet->title, &d->sheet->small, &d->slip->matter->name);
  jumin_slip_canvas_skip (d->canvas, GAP);
}

static void
draw_papers (Drawing *d)
{
  for (guint i = 0; i < d->slip->matter->papers->len; i++)
    {
      g_autofree char *line = g_strdup_printf (
          "□ %s", jumin_text_in (d->slip->matter->papers->pdata[i], d->tongue.language));

      draw_words (d, &d->sheet->paper, line);
    }
}

static void
draw_where (Drawing *d)
{
  const JuminMatter *matter = d->slip->matter;
  g_autofree char *place
      = jumin_words_dup (d->tongue, "地点：%s", jumin_text_in (&matter->place, d->tongue.language));
  g_autofree char *hours = jumin_words_dup (d->tongue, "取号时间：%s",
                                            jumin_text_in (&matter->hours, d->tongue.language));

  jumin_slip_canvas_dashes (d->canvas);
  draw_words (d, &d->sheet->body, place);
  draw_words (d, &d->sheet->body, hours);
}

static void
draw_foot (Drawing *d)
{
  g_autofree char *time = jumin_hall_time_format (d->slip->printed_at, "%Y-%m-%d %H:%M");
  g_autofree char *printed
      = g_strdup_printf ("%s · %s", jumin_text_in (d->slip->machine, d->tongue.language), time);

  jumin_slip_canvas_dashes (d->canvas);
  draw_words (d, &d->sheet->body, jumin_words (d->tongue, "这不是排队号，带齐后请再取号。"));
  draw_words (d, &d->sheet->foot, printed);
  jumin_slip_canvas_skip (d->canvas, BOTTOM);
}

/**
 * jumin_checklist_slip_draw:
 * @tongue: of the visit
 * @width: dots that the printer prints, a multiple of 8
 *
 * Returns: (transfer full): the list, ready for the printer
 */
JuminRaster *
jumin_checklist_slip_draw (const JuminChecklistSlip *slip, JuminTongue tongue, guint width)
{
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (width);
  Drawing d = { .slip = slip,
                .tongue = tongue,
                .sheet = tongue.elder ? &sheet_elder : &sheet_standard,
                .canvas = canvas };

  draw_head (&d);
  draw_papers (&d);
  draw_where (&d);
  draw_foot (&d);
  return jumin_slip_canvas_finish (canvas);
}
