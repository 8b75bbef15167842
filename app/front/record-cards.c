/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of the record page, each from one block of a record; and the list of everything in a
 * record that is looked at closely. */
#include "front/record-parts.h"

#include "model/money.h"

enum
{
  LINES_SHOWN = 3,
  LINES_SHOWN_ENGLISH = 2, /* its words take two lines each */
  FACTS_SHOWN = 3,
  WHOLE = 100
};

static JuminBlock *
add_card (JuminBuilder *b, const char *kind, const JuminRecordBlock *block)
{
  JuminBlock *card = jumin_view_add_block (b->view, kind, NULL);

  jumin_set (&card->title, jumin_record_text (b, &block->title));
  jumin_take (&card->text, jumin_source_words (b, block));
  return card;
}

static void
add_facts (JuminBuilder *b, JuminBlock *card, const GPtrArray *facts, guint from, guint count)
{
  for (guint i = from; i < MIN (facts->len, from + count); i++)
    {
      g_autofree char *id = g_strdup_printf ("fact-%u", i);

      jumin_fact_figure (b, facts->pdata[i], jumin_block_add (card, id));
    }
}

/* The figure that people come for; the unit stands with its name, so that it can be huge.
 * @good: nothing is wrong with what it is of */
void
jumin_add_headline (JuminBuilder *b, const JuminRecordBlock *block, gboolean good)
{
  JuminBlock *card = add_card (b, "headline", block);
  JuminItem *first;

  if (block->state != NULL)
    {
      jumin_take (&card->note, jumin_fact_words (b, block->state));
      jumin_set (&card->note_tone, "now");
      jumin_set (&card->icon, good ? "check" : "info");
    }
  add_facts (b, card, block->facts, 0, 1 + FACTS_SHOWN);
  if (card->items->len == 0)
    return;
  first = card->items->pdata[0];
  if (first->unit != NULL)
    {
      g_autofree char *label = g_steal_pointer (&first->label);

      first->label = say ("%1$s（%2$s）", label, first->unit);
      jumin_set (&first->unit, NULL);
    }
}

static gint64
whole_of (const JuminPoint *point)
{
  return point->fen[0] + point->fen[1];
}

/* What the bars show, in words. */
static char *
series_finding (const JuminBuilder *b, const JuminRecordBlock *block)
{
  const JuminPoint *first = block->points->pdata[0],
                   *last = block->points->pdata[block->points->len - 1];
  const char *title = jumin_record_text (b, &block->title);
  gint64 more = whole_of (last) - whole_of (first);
  g_autofree char *amount = jumin_money_words (b, ABS (more));
  guint missing = 0;

  for (guint i = 0; i < block->points->len; i++)
    missing += whole_of (block->points->pdata[i]) == 0;
  if (missing > 0)
    return say ("%1$s：有 %2$u 个月没有", title, missing);
  if (more == 0)
    return say ("这一年%s没有变", title);
  return more > 0 ? say ("这一年%1$s多了 %2$s 元", title, amount)
                  : say ("这一年%1$s少了 %2$s 元", title, amount);
}

/* Without the fen, over a bar. */
static char *
bar_words (const JuminBuilder *b, const JuminPoint *point)
{
  g_autofree char *amount = jumin_money_words (b, whole_of (point));
  char *dot = strchr (amount, '.');

  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&amount);
}

static void
add_bar (JuminBuilder *b, JuminBlock *card, const JuminPoint *point, gint64 highest, gboolean told)
{
  g_autofree char *id = g_strdup_printf ("%d", point->month);
  JuminItem *bar = jumin_block_add (card, id);
  gint64 whole = whole_of (point);

  jumin_take (&bar->label, g_strdup_printf ("%d", point->month % 100));
  bar->level = MAX (whole * WHOLE / highest, whole > 0 ? 1 : 0);
  bar->share = whole > 0 ? point->fen[0] * WHOLE / whole : 0;
  if (whole == 0)
    jumin_set (&bar->note, _ ("无"));
  else if (told)
    jumin_take (&bar->figure, bar_words (b, point));
}

/* Bars of two parts, the first and the last with their amount; nothing is drawn of nothing. */
void
jumin_add_series (JuminBuilder *b, const JuminRecordBlock *block)
{
  static const char *const tones[JUMIN_RECORD_PARTS] = { "lower", "upper" };
  gint64 highest = 0;
  JuminBlock *card;

  for (guint i = 0; i < block->points->len; i++)
    highest = MAX (highest, whole_of (block->points->pdata[i]));
  if (highest == 0)
    return;
  card = add_card (b, "series", block);
  jumin_take (&card->title, series_finding (b, block));
  for (guint i = JUMIN_RECORD_PARTS; i > 0; i--)
    {
      JuminItem *legend = jumin_block_add (card, tones[i - 1]);

      jumin_set (&legend->title, jumin_record_text (b, &block->legends[i - 1]));
      jumin_set (&legend->tone, tones[i - 1]);
    }
  for (guint i = 0; i < block->points->len; i++)
    add_bar (b, card, block->points->pdata[i], highest, i == 0 || i + 1 == block->points->len);
}

/* What was taken back says so, and its amount counts for nothing. */
static JuminItem *
add_line (JuminBuilder *b, JuminBlock *card, const JuminLine *line, guint index)
{
  g_autofree char *id = g_strdup_printf ("line-%u", index);
  JuminItem *item = jumin_block_add (card, id);
  gint64 signed_fen = line->direction == JUMIN_DIRECTION_OUT ? -line->fen : line->fen;

  jumin_take (&item->label, jumin_date_words (b, line->date));
  if (line->what != NULL)
    jumin_take (&item->title, jumin_fact_words (b, line->what));
  if (!b->scene->revealed)
    jumin_set (&item->figure, JUMIN_VEILED);
  else if (line->fen != 0)
    jumin_take (&item->figure, line->direction == JUMIN_DIRECTION_NONE
                                   ? jumin_fen_format (line->fen)
                                   : jumin_fen_format_signed (signed_fen));
  if (line->direction == JUMIN_DIRECTION_IN)
    jumin_set (&item->tone, "good");
  if (line->reversed)
    {
      jumin_set (&item->state, "reversed");
      jumin_set (&item->note, _ ("已冲正"));
      jumin_set (&item->note_tone, "mute");
    }
  return item;
}

void
jumin_add_lines_card (JuminBuilder *b, const JuminRecordBlock *block)
{
  gboolean english = g_str_equal (b->tongue.language, "en");
  guint count = MIN (block->lines->len, english ? LINES_SHOWN_ENGLISH : LINES_SHOWN);
  JuminBlock *card;

  if (count == 0)
    return;
  card = add_card (b, "lines", block);
  jumin_take (&card->title, say ("最近 %u 笔", count));
  for (guint i = 0; i < count; i++)
    add_line (b, card, block->lines->pdata[i], i);
}

/* Two counts in a row are so many of so many. */
static gboolean
is_share (const GPtrArray *facts, guint i)
{
  const JuminFact *one = facts->pdata[i];
  const JuminFact *other = i + 1 < facts->len ? facts->pdata[i + 1] : NULL;

  return one->kind == JUMIN_VALUE_COUNT && other != NULL && other->kind == JUMIN_VALUE_COUNT
         && one->number <= other->number;
}

void
jumin_add_ring (JuminBuilder *b, const JuminRecord *record, const JuminRecordBlock *block)
{
  const JuminRecordBlock *notice = jumin_record_find (record, JUMIN_BLOCK_NOTICE);
  gboolean late = notice != NULL && notice->notice == JUMIN_NOTICE_OVERDUE;
  JuminBlock *card = add_card (b, "ring", block);
  JuminItem *item = jumin_block_add (card, "ring");
  gint64 percent = block->whole > 0 ? block->done * WHOLE / block->whole : 0;

  item->level = percent;
  jumin_take (&item->figure, g_strdup_printf ("%" G_GINT64_FORMAT "%%", percent));
  if (block->state != NULL)
    jumin_take (&card->note, jumin_fact_words (b, block->state));
  jumin_set (&card->note_tone, late ? "wait" : "good");
  for (guint i = 0; i < block->facts->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("fact-%u", i);

      item = jumin_block_add (card, id);
      jumin_fact_figure (b, block->facts->pdata[i], item);
      if (is_share (block->facts, i))
        {
          const JuminFact *whole = block->facts->pdata[++i];
          g_autofree char *done = g_steal_pointer (&item->figure);

          item->figure = g_strdup_printf ("%s/%" G_GINT64_FORMAT, done, whole->number);
        }
    }
}

void
jumin_add_facts_card (JuminBuilder *b, const JuminRecordBlock *block)
{
  add_facts (b, add_card (b, "figures", block), block->facts, 0, FACTS_SHOWN);
}

/* ---- all of one record ----------------------------------------------------------------------- */

static JuminItem *
add_row (JuminBlock *ledger, const char *tone)
{
  g_autofree char *id = g_strdup_printf ("row-%u", ledger->items->len);
  JuminItem *row;

  if (ledger->items->len == JUMIN_VIEW_ITEMS_MAX)
    return NULL;
  row = jumin_block_add (ledger, id);
  jumin_set (&row->tone, tone);
  return row;
}

static void
add_heading (JuminBuilder *b, JuminBlock *ledger, const JuminRecordBlock *block)
{
  g_autofree char *steps = block->kind == JUMIN_BLOCK_PROGRESS && jumin_record_counts_steps (block)
                               ? jumin_steps_words (b, block)
                               : NULL;
  const char *title = jumin_record_text (b, &block->title);
  JuminItem *row = *title != '\0' ? add_row (ledger, "heading") : NULL;

  if (row == NULL)
    return;
  jumin_set (&row->title, title);
  jumin_set (&row->text, steps);
  if (block->state != NULL)
    jumin_take (&row->note, jumin_fact_words (b, block->state));
  jumin_set (&row->note_tone, block->failed                ? "wait"
                              : block->done < block->whole ? "info"
                                                           : "good");
}

static void
add_fact_row (JuminBuilder *b, JuminBlock *ledger, const JuminFact *fact)
{
  JuminItem *row = add_row (ledger, NULL);

  if (row == NULL)
    return;
  jumin_fact_figure (b, fact, row);
  row->title = g_steal_pointer (&row->label);
}

/* Its particulars in one second line: 其中利息 3.20 · 提取原因 租房; in large letters the first. */
static char *
line_particulars (const JuminBuilder *b, const JuminLine *line)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < (b->tongue.elder ? MIN (line->facts->len, 1) : line->facts->len); i++)
    {
      const JuminFact *fact = line->facts->pdata[i];
      g_autofree char *value = jumin_fact_words (b, fact);

      g_string_append_printf (words, "%s%s %s", i > 0 ? " · " : "",
                              jumin_record_text (b, &fact->label), value);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_lines (JuminBuilder *b, JuminBlock *ledger, const JuminRecordBlock *block)
{
  for (guint i = 0; i < block->lines->len && ledger->items->len < JUMIN_VIEW_ITEMS_MAX; i++)
    {
      const JuminLine *line = block->lines->pdata[i];

      jumin_take (&add_line (b, ledger, line, i)->text, line_particulars (b, line));
    }
}

static void
add_months (JuminBuilder *b, JuminBlock *ledger, const JuminRecordBlock *block)
{
  for (guint i = block->points->len; i > 0; i--)
    {
      const JuminPoint *point = block->points->pdata[i - 1];
      JuminFact month = { .kind = JUMIN_VALUE_MONTH, .number = point->month };
      JuminItem *row = add_row (ledger, NULL);

      if (row == NULL)
        return;
      jumin_take (&row->title, jumin_fact_words (b, &month));
      jumin_take (&row->figure,
                  whole_of (point) > 0 ? jumin_money_words (b, whole_of (point)) : say ("无"));
      if (whole_of (point) > 0)
        jumin_set (&row->unit, _ ("元"));
    }
}

static void
add_block (JuminBuilder *b, JuminBlock *ledger, const JuminRecordBlock *block, gboolean titled)
{
  if (titled)
    add_heading (b, ledger, block);
  if (block->kind == JUMIN_BLOCK_HEADLINE && block->state != NULL)
    add_fact_row (b, ledger, block->state);
  for (guint i = 0; i < block->facts->len; i++)
    add_fact_row (b, ledger, block->facts->pdata[i]);
  add_lines (b, ledger, block);
  add_months (b, ledger, block);
}

/* In large letters there may be no room for the ring. */
static gboolean
is_told_elsewhere (const JuminBuilder *b, const JuminRecordBlock *block)
{
  return block->kind == JUMIN_BLOCK_NOTICE
         || (block->kind == JUMIN_BLOCK_PROGRESS && !jumin_record_counts_steps (block)
             && !b->tongue.elder);
}

/* All of @record in rows; the months last, because the chart has shown them.
 * @sourced: whose figures these are is told above */
void
jumin_add_ledger (JuminBuilder *b, const JuminRecord *record, gboolean sourced)
{
  const JuminRecordBlock *lines = jumin_record_find (record, JUMIN_BLOCK_LINES);
  const JuminRecordBlock *first = record->blocks->len > 0 ? record->blocks->pdata[0] : NULL;
  g_autofree char *id = g_strdup_printf ("ledger-%d", lines != NULL ? lines->page : 1);
  JuminBlock *ledger = jumin_view_add_block (b->view, "ledger", id);
  gboolean titled = record->blocks->len > 1;

  if (first != NULL && (!sourced || b->tongue.elder))
    jumin_take (&add_row (ledger, "source")->text, jumin_source_words (b, first));
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < record->blocks->len; i++)
      {
        const JuminRecordBlock *block = record->blocks->pdata[i];

        if (!is_told_elsewhere (b, block) && (block->kind == JUMIN_BLOCK_SERIES) == (pass == 1))
          add_block (b, ledger, block, titled);
      }
  /* Where there is nothing but when it was so: that there is nothing. */
  if (ledger->items->len == 1 && b->view->lead != NULL)
    {
      jumin_take (&((JuminItem *)ledger->items->pdata[0])->title, g_steal_pointer (&b->view->lead));
      jumin_set (&((JuminItem *)ledger->items->pdata[0])->tone, "heading");
    }
}
