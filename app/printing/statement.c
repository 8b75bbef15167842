/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement that this machine composes of a person's records: blocks become tables, without
 * knowing the service. What is a question of the screen alone (what can be had, how the months go
 * on in one sentence) stays there. */
#include "printing/statement.h"

#include "model/hall-time.h"
#include "model/money.h"
#include "printing/record-words.h"

enum
{
  LINES_MAX = 6, /* of a text in a cell */
  FACTS_TOGETHER = 8
};

/* Marks the words for the translators. */
#define N_(id) (id)

enum
{
  AMOUNT = 2,
  MORE,
  COLUMNS
};

typedef struct
{
  double from, to;
} Span;

/**
 * Style:
 * @figure: the one figure of a record
 * @edge: letters around the page
 * @pairs: facts side by side
 * @columns: of the lines; what more there is to say stands below where it has no column
 */
typedef struct
{
  JuminPaperType title, badge, subject, heading, body, body_right, bold, source, source_left,
      figure, state;
  double edge, padding, gap;
  guint pairs;
  double label;
  Span columns[COLUMNS];
} Style;

#define BODY(points) .size = points, .lines = LINES_MAX
#define RIGHT .align = PANGO_ALIGN_RIGHT
#define CENTRED .align = PANGO_ALIGN_CENTER
static const Style style_standard = {
  .title = { .size = 20, .lines = 2, .bold = TRUE, CENTRED },
  .badge = { .size = 11, .lines = 1, CENTRED },
  .subject = { BODY (10.5) },
  .heading = { .size = 12.5, .lines = 2, .bold = TRUE },
  .body = { BODY (10.5) },
  .body_right = { BODY (10.5), RIGHT },
  .bold = { BODY (10.5), .bold = TRUE },
  .source = { .size = 8.5, .lines = 2, RIGHT },
  .source_left = { .size = 8.5, .lines = 2 },
  .figure = { .size = 20, .lines = 1, .bold = TRUE },
  .state = { .size = 12, .lines = 2, .bold = TRUE, RIGHT },
  .edge = 8.5,
  .padding = 3.2,
  .gap = 18,
  .pairs = 2,
  .label = 0.20,
  .columns = { { 0, .17 }, { .17, .34 }, { .83, 1 }, { .34, .83 } },
};
static const Style style_large = {
  .title = { .size = 27, .lines = 2, .bold = TRUE, CENTRED },
  .badge = { .size = 19, .lines = 1, CENTRED },
  .subject = { BODY (18) },
  .heading = { .size = 21, .lines = 2, .bold = TRUE },
  .body = { BODY (18) },
  .body_right = { BODY (18), RIGHT },
  .bold = { BODY (18), .bold = TRUE },
  .source = { .size = 18, .lines = 3, RIGHT },
  .source_left = { .size = 18, .lines = 3 },
  .figure = { .size = 32, .lines = 1, .bold = TRUE },
  .state = { .size = 20, .lines = 2, .bold = TRUE, RIGHT },
  .edge = 11,
  .padding = 4,
  .gap = 26,
  .pairs = 1,
  .label = 0.38,
  .columns = { { 0, .26 }, { .26, .7 }, { .7, 1 }, { 1, 1 } },
};
#undef CENTRED
#undef RIGHT
#undef BODY

typedef struct
{
  const JuminStatement *statement;
  const Style *style;
  JuminSheet *sheet;
  JuminTongue tongue;
} Composer;

static void
add_one (Composer *c, const JuminPaperType *type, JuminSheetLook look, const char *text,
         JuminSheetFlags flags)
{
  JuminSheetCell cell = { text, 0, 1, type, look };

  jumin_sheet_add (c->sheet, &cell, 1, 0, flags);
}

static char *
dup_subject (const JuminStatement *statement, JuminTongue tongue)
{
  GString *text = g_string_new (NULL);
  const struct
  {
    const char *label, *value;
  } said[] = { { N_ ("姓名 %s"), statement->masked_name },
               { N_ ("证件 %s"), statement->masked_number } };

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    if (said[i].value != NULL)
      {
        g_autofree char *words = jumin_words_dup (tongue, said[i].label, said[i].value);

        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
      }
  return g_string_free (text, FALSE);
}

static gboolean
is_whole (const JuminStatement *statement)
{
  for (gsize i = 0; i < statement->n_records; i++)
    if (statement->records[i] == NULL)
      return FALSE;
  return TRUE;
}

static void
add_head (Composer *c)
{
  const JuminStatement *statement = c->statement;
  g_autofree char *subject = dup_subject (statement, c->tongue);
  g_autofree char *title
      = jumin_words_dup (c->tongue, "%s查询单", jumin_record_say (statement->title, c->tongue));

  add_one (c, &c->style->title, JUMIN_SHEET_PLAIN, title, JUMIN_SHEET_KEEP);
  jumin_sheet_skip (c->sheet, c->style->padding * 4);
  add_one (c, &c->style->badge, JUMIN_SHEET_BADGE, jumin_words (c->tongue, "仅供参考，不盖章"),
           JUMIN_SHEET_KEEP);
  jumin_sheet_skip (c->sheet, c->style->gap);
  if (*subject != '\0')
    add_one (c, &c->style->subject, JUMIN_SHEET_PLAIN, subject, 0);
  if (!is_whole (statement))
    add_one (c, &c->style->bold, JUMIN_SHEET_PLAIN,
             jumin_words (c->tongue, "有的内容这次没有查到，不在这张单子上。"), 0);
}

/* What it is about on the left, whose figures they are and of when on the right; one below the
 * other where they are too long for that. */
static void
add_heading (Composer *c, const JuminRecordBlock *block, const char *title)
{
  g_autofree char *time = jumin_hall_time_format (block->as_of, "%Y-%m-%d %H:%M");
  g_autofree char *source = jumin_words_dup (c->tongue, "来源 %1$s · 截至 %2$s",
                                             jumin_record_say (&block->source, c->tongue), time);
  JuminSheetCell cells[] = {
    { title, 0, 0.35, &c->style->heading, JUMIN_SHEET_PLAIN },
    { source, 0.35, 1, &c->style->source, JUMIN_SHEET_GREY },
  };

  jumin_sheet_skip (c->sheet, c->style->gap);
  if (*title != '\0' && !c->statement->large)
    jumin_sheet_add (c->sheet, cells, G_N_ELEMENTS (cells), 0, JUMIN_SHEET_KEEP);
  else
    {
      if (*title != '\0')
        add_one (c, &c->style->heading, JUMIN_SHEET_PLAIN, title, JUMIN_SHEET_KEEP);
      add_one (c, &c->style->source_left, JUMIN_SHEET_GREY, source, JUMIN_SHEET_KEEP);
    }
  jumin_sheet_skip (c->sheet, c->style->padding * 1.5);
}

/* Facts as a table, so many labels and values side by side; the last one takes the room. */
static void
add_facts (Composer *c, JuminFact *const *facts, guint n)
{
  const guint pairs = c->style->pairs;

  for (guint i = 0; i < n; i += pairs)
    {
      const guint filled = MIN (pairs, n - i);
      g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
      JuminSheetCell cells[JUMIN_SHEET_CELLS_MAX];

      for (guint j = 0; j < filled; j++)
        {
          const JuminFact *fact = facts[i + j];
          double from = (double)j / pairs, middle = from + c->style->label;
          double to = j + 1 == filled ? 1 : (double)(j + 1) / pairs;

          g_ptr_array_add (values, jumin_fact_dup_value (fact, c->tongue));
          cells[2 * j] = (JuminSheetCell){ jumin_record_say (&fact->label, c->tongue), from, middle,
                                           &c->style->body, JUMIN_SHEET_LABEL };
          cells[2 * j + 1]
              = (JuminSheetCell){ values->pdata[j], middle, to, &c->style->body, JUMIN_SHEET_BOX };
        }
      jumin_sheet_add (c->sheet, cells, 2 * filled, c->style->padding,
                       n <= FACTS_TOGETHER && i + pairs < n ? JUMIN_SHEET_KEEP : 0);
    }
}

static void
add_headline (Composer *c, const JuminRecordBlock *block)
{
  const JuminFact *first = block->facts->len > 0 ? block->facts->pdata[0] : NULL;
  g_autofree char *figure = first != NULL ? jumin_fact_dup_value (first, c->tongue) : g_strdup ("");
  g_autofree char *state
      = block->state != NULL ? jumin_fact_dup_value (block->state, c->tongue) : g_strdup ("");
  JuminSheetCell labels[] = {
    { first != NULL ? jumin_record_say (&first->label, c->tongue) : "", 0, 0.6, &c->style->body,
      JUMIN_SHEET_GREY },
    { block->state != NULL ? jumin_record_say (&block->state->label, c->tongue) : "", 0.6, 1,
      &c->style->body_right, JUMIN_SHEET_GREY },
  };
  JuminSheetCell values[] = {
    { figure, 0, 0.65, &c->style->figure, JUMIN_SHEET_PLAIN },
    { state, 0.65, 1, &c->style->state, JUMIN_SHEET_PLAIN },
  };

  add_heading (c, block, jumin_record_say (&block->title, c->tongue));
  jumin_sheet_add (c->sheet, labels, G_N_ELEMENTS (labels), c->style->padding,
                   JUMIN_SHEET_PANEL | JUMIN_SHEET_KEEP);
  jumin_sheet_add (c->sheet, values, G_N_ELEMENTS (values), c->style->padding,
                   JUMIN_SHEET_PANEL | JUMIN_SHEET_KEEP);
  if (block->facts->len > 1)
    add_facts (c, (JuminFact *const *)block->facts->pdata + 1, block->facts->len - 1);
}

static void
add_columns (Composer *c, const JuminSheetCell *cells, guint n)
{
  jumin_sheet_add (c->sheet, cells, n, c->style->padding,
                   JUMIN_SHEET_PANEL | JUMIN_SHEET_RULE | JUMIN_SHEET_KEEP | JUMIN_SHEET_COLUMNS);
}

static void
add_line_columns (Composer *c)
{
  static const char *const titles[] = { N_ ("日期"), N_ ("业务"), N_ ("金额（元）"), N_ ("说明") };
  const Span *columns = c->style->columns;
  JuminSheetCell cells[COLUMNS];

  for (guint i = 0; i < COLUMNS; i++)
    cells[i] = (JuminSheetCell){ jumin_words (c->tongue, titles[i]), columns[i].from, columns[i].to,
                                 i == AMOUNT ? &c->style->body_right : &c->style->body,
                                 JUMIN_SHEET_GREY };
  add_columns (c, cells, columns[MORE].from == columns[MORE].to ? MORE : COLUMNS);
}

/* What else there is to say about a line, in one cell; no fact breaks in the middle of a figure. */
static char *
dup_more (Composer *c, const JuminLine *line)
{
  GString *text = g_string_new (line->reversed ? jumin_words (c->tongue, "已冲正") : NULL);

  for (guint i = 0; i < line->facts->len; i++)
    {
      const JuminFact *fact = line->facts->pdata[i];
      g_autofree char *said = jumin_fact_dup_value (fact, c->tongue);
      g_autoptr (GString) value = g_string_new (said);

      if (fact->kind == JUMIN_VALUE_MONEY)
        g_string_replace (value, " ", "\302\240", 0);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "",
                              jumin_record_say (&fact->label, c->tongue), value->str);
    }
  return g_string_free (text, FALSE);
}

static void
add_line (Composer *c, const JuminLine *line)
{
  const Span *columns = c->style->columns;
  const gboolean below = columns[MORE].from == columns[MORE].to;
  int day = (int)line->date;
  g_autofree char *date
      = g_strdup_printf ("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
  g_autofree char *what
      = line->what != NULL ? jumin_fact_dup_value (line->what, c->tongue) : g_strdup ("");
  g_autofree char *more = dup_more (c, line);
  g_autofree char *fen = line->direction == JUMIN_DIRECTION_NONE
                             ? jumin_fen_format (line->fen)
                             : jumin_fen_format_signed (
                                 line->direction == JUMIN_DIRECTION_OUT ? -line->fen : line->fen);
  JuminSheetCell cells[] = {
    { date, columns[0].from, columns[0].to, &c->style->body, JUMIN_SHEET_PLAIN },
    { what, columns[1].from, columns[1].to, &c->style->body, JUMIN_SHEET_PLAIN },
    { fen, columns[AMOUNT].from, columns[AMOUNT].to, &c->style->body_right,
      line->reversed ? JUMIN_SHEET_STRUCK : JUMIN_SHEET_PLAIN },
    { more, columns[MORE].from, columns[MORE].to, &c->style->body, JUMIN_SHEET_GREY },
  };

  if (below && *more != '\0')
    {
      cells[MORE].from = columns[1].from;
      cells[MORE].to = 1;
      jumin_sheet_add (c->sheet, cells, MORE, c->style->padding,
                       JUMIN_SHEET_ENTRY | JUMIN_SHEET_KEEP);
      jumin_sheet_add (c->sheet, cells + MORE, 1, c->style->padding,
                       JUMIN_SHEET_RULE | JUMIN_SHEET_ENTRY);
    }
  else
    jumin_sheet_add (c->sheet, cells, below ? MORE : COLUMNS, c->style->padding,
                     JUMIN_SHEET_RULE | JUMIN_SHEET_ENTRY);
}

static void
add_lines (Composer *c, const JuminRecordBlock *block)
{
  g_autofree char *part
      = jumin_words_dup (c->tongue, "这是明细第 %1$d 页，共 %2$d 页。", block->page, block->pages);

  add_heading (c, block, jumin_record_say (&block->title, c->tongue));
  if (block->pages > 1)
    {
      add_one (c, &c->style->body, JUMIN_SHEET_PLAIN, part, JUMIN_SHEET_KEEP);
      jumin_sheet_skip (c->sheet, c->style->padding * 1.5);
    }
  if (block->lines->len == 0)
    {
      add_one (c, &c->style->body, JUMIN_SHEET_PLAIN, jumin_words (c->tongue, "没有明细。"), 0);
      return;
    }
  add_line_columns (c);
  for (guint i = 0; i < block->lines->len; i++)
    add_line (c, block->lines->pdata[i]);
}

static void
add_point (Composer *c, const JuminPoint *point, const Span *spans)
{
  g_autofree char *month = g_strdup_printf ("%04d-%02d", point->month / 100, point->month % 100);
  g_autofree char *first = jumin_fen_format (point->fen[0]);
  g_autofree char *second = jumin_fen_format (point->fen[1]);
  JuminSheetCell cells[] = {
    { month, spans[0].from, spans[0].to, &c->style->body, JUMIN_SHEET_PLAIN },
    { first, spans[1].from, spans[1].to, &c->style->body_right, JUMIN_SHEET_PLAIN },
    { second, spans[2].from, spans[2].to, &c->style->body_right, JUMIN_SHEET_PLAIN },
  };

  jumin_sheet_add (c->sheet, cells, G_N_ELEMENTS (cells), c->style->padding,
                   JUMIN_SHEET_RULE | JUMIN_SHEET_ENTRY);
}

static void
add_series (Composer *c, const JuminRecordBlock *block)
{
  static const Span spans[] = { { 0, 0.3 }, { 0.3, 0.65 }, { 0.65, 1 } };
  g_autofree char *first
      = jumin_words_dup (c->tongue, "%s（元）", jumin_record_say (&block->legends[0], c->tongue));
  g_autofree char *second
      = jumin_words_dup (c->tongue, "%s（元）", jumin_record_say (&block->legends[1], c->tongue));
  JuminSheetCell cells[] = {
    { jumin_words (c->tongue, "月份"), spans[0].from, spans[0].to, &c->style->body,
      JUMIN_SHEET_GREY },
    { first, spans[1].from, spans[1].to, &c->style->body_right, JUMIN_SHEET_GREY },
    { second, spans[2].from, spans[2].to, &c->style->body_right, JUMIN_SHEET_GREY },
  };

  if (block->points->len == 0)
    return;
  add_heading (c, block, jumin_record_say (&block->title, c->tongue));
  add_columns (c, cells, G_N_ELEMENTS (cells));
  for (guint i = 0; i < block->points->len; i++)
    add_point (c, block->points->pdata[i], spans);
}

static void
add_progress (Composer *c, const JuminRecordBlock *block)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();

  add_heading (c, block, jumin_record_say (&block->title, c->tongue));
  if (block->whole > 0 && !block->failed)
    jumin_sheet_add_bar (c->sheet, CLAMP (block->done, 0, block->whole), block->whole,
                         JUMIN_SHEET_KEEP);
  if (block->state != NULL)
    g_ptr_array_add (facts, block->state);
  for (guint i = 0; i < block->facts->len; i++)
    g_ptr_array_add (facts, block->facts->pdata[i]);
  add_facts (c, (JuminFact *const *)facts->pdata, facts->len);
}

/* Only what no figure says. */
static void
add_notice (Composer *c, const JuminRecordBlock *block)
{
  if (block->notice == JUMIN_NOTICE_NO_WITHDRAWALS)
    {
      add_heading (c, block, jumin_words (c->tongue, "提取申请"));
      add_one (c, &c->style->body, JUMIN_SHEET_PLAIN, jumin_words (c->tongue, "没有提取申请。"), 0);
    }
  else if (block->notice == JUMIN_NOTICE_NO_RECORD)
    {
      add_heading (c, block, "");
      add_one (c, &c->style->bold, JUMIN_SHEET_PLAIN, jumin_record_say (&block->why, c->tongue),
               JUMIN_SHEET_KEEP);
      add_one (c, &c->style->body, JUMIN_SHEET_PLAIN, jumin_record_say (&block->where, c->tongue),
               0);
    }
}

static void
add_table (Composer *c, const JuminRecordBlock *block)
{
  add_heading (c, block, jumin_record_say (&block->title, c->tongue));
  add_facts (c, (JuminFact *const *)block->facts->pdata, block->facts->len);
}

static void
add_blocks (Composer *c, const JuminRecord *record)
{
  static void (*const adders[]) (Composer *, const JuminRecordBlock *) = {
    [JUMIN_BLOCK_NOTICE] = add_notice, [JUMIN_BLOCK_HEADLINE] = add_headline,
    [JUMIN_BLOCK_FACTS] = add_table,   [JUMIN_BLOCK_LINES] = add_lines,
    [JUMIN_BLOCK_SERIES] = add_series, [JUMIN_BLOCK_PROGRESS] = add_progress,
  };

  for (guint i = 0; i < record->blocks->len; i++)
    {
      const JuminRecordBlock *block = record->blocks->pdata[i];

      if (adders[block->kind] != NULL)
        adders[block->kind](c, block);
    }
}

/* Never a silent gap: the paper says what its mark means. */
static void
add_lacking (Composer *c)
{
  if (jumin_sheet_get_lacking (c->sheet) == 0)
    return;
  jumin_sheet_skip (c->sheet, c->style->gap);
  add_one (c, &c->style->body, JUMIN_SHEET_PLAIN,
           jumin_words (c->tongue, "〓 处是本机打不出的生僻字，以窗口材料为准。"), 0);
}

/**
 * jumin_statement_lay_out:
 *
 * Returns: (transfer full): its pages, for this thread
 */
JuminSheet *
jumin_statement_lay_out (const JuminStatement *statement)
{
  const Style *style = statement->large ? &style_large : &style_standard;
  JuminTongue tongue = statement->tongue;
  const char *title = jumin_record_say (statement->title, tongue);
  g_autofree char *subject = dup_subject (statement, tongue);
  g_autofree char *head
      = *subject != '\0' ? g_strconcat (title, " · ", subject, NULL) : g_strdup (title);
  g_autofree char *time = jumin_hall_time_format (statement->printed_at, "%Y-%m-%d %H:%M");
  g_autofree char *printed = jumin_words_dup (tongue, "打印 %s", time);
  g_autofree char *foot = g_strjoin (" · ", jumin_record_say (statement->hall, tongue),
                                     jumin_record_say (statement->machine, tongue), printed, NULL);
  const JuminSheetEdge edge = { .size = style->edge,
                                .head_left = head,
                                .head_right = jumin_words (tongue, "仅供参考，不盖章"),
                                .foot = foot,
                                .number = jumin_words (tongue, "第 %1$d 页，共 %2$d 页") };
  Composer c = { statement, style, jumin_sheet_new (&edge), tongue };

  add_head (&c);
  for (gsize i = 0; i < statement->n_records; i++)
    if (statement->records[i] != NULL)
      add_blocks (&c, statement->records[i]);
  add_lacking (&c);
  return c.sheet;
}

/**
 * jumin_statement_compose:
 * @pages: (out): of the statement
 *
 * The same statement is the same bytes.
 *
 * Returns: (transfer full): a PDF; errors: those of jumin_sheet_write_pdf()
 */
GBytes *
jumin_statement_compose (const JuminStatement *statement, int *pages, GError **error)
{
  g_autoptr (JuminSheet) sheet = jumin_statement_lay_out (statement);

  *pages = jumin_sheet_count_pages (sheet);
  return jumin_sheet_write_pdf (sheet, statement->printed_at, error);
}
