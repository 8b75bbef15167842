/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement on paper: what poppler shows of the PDF is what was drawn, for every character. */
#include "printing/statement.h"

#include <gio/gio.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif
#include <string.h>

#include "drawn-pages.h"
#include "model/document.h"
#include "model/words.h"
#include "statement-sample.h"

enum
{
  TEXT_BYTES = 80,
  ACROSS = 36,
  DOWN = 52,
  A_PAGE = ACROSS * DOWN,
  GB2312_CHARACTERS = 6763,
  ROW_FIRST = 0xB0,
  ROW_LAST = 0xF7,
  CELL_FIRST = 0xA1,
  CELL_LAST = 0xFE,
  LEVEL_1_LAST = 0xD7F9 /* five places behind it are empty */
};

#define CELL 14.0
#define INK_MIN 0.5 /* a dot in a name has more */
#define LEFT 40.0

/* Names that people have: rare ones, traditional ones, of the second plane, with dots. */
#define RARE                                                                                                                                                         \
  "䶮㛃堃喆珺彧翀祎赟韡翾曌犇骉羴猋皛淼鑫焱垚掱孖砢珏琭玥瓅頔烜㬎㳘㙍㙘㛚㛹㟃㠇㤘㥄㧐㧑㫰㬊㬚㭎㮾"                    \
  "㳇㵐㸆㺄㻬㽏㿠"                                                                                                                                            \
  "龍國陳張劉黃趙吳鄭馮蔣韓鄧蕭龔顏龐喬鄒譚賀䓖䓛䓫䓬䗛䗪䜣䝙䢺䢼䣘䥽䲟䴓䴔䴕䴖䴗䴘䴙"                                      \
  "鿍"                                                                                                                                                              \
  "鿎"                                                                                                                                                              \
  "鿏"                                                                                                                                                              \
  "鿔"                                                                                                                                                              \
  "𬱖𠅤𠙶𡋾𡝭𣲘𣲗𣸣𤧛𤩽𥔲𦈡𦰡𨐈𨙸𨱇𩽾𪟝𪣻𪤗𪨰𪩘𪾢𫄨𫄧𫄸𫇭𫌀𫍯𫍽𫐄𫓧𫖮𫖯𫖳𫗧𫘝𫚖𫟅𫟹" \
  "𫠆"                                                                                                                                                             \
  "𫠊"                                                                                                                                                             \
  "𫠜"                                                                                                                                                             \
  "𫢸"                                                                                                                                                             \
  "𫫇𫭟𫮃𫰛𫵷"                                                                                                                                             \
  "𬀩𬀪𬃊𬇕𬇙𬉼𬊈𬍛𬍡𬍤𬒈𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊"                                                                     \
  "𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹"                                                                     \
  "𬬻𬬿𬭁"                                                                                                                                                     \
  "𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱟𬳵𬳶𬳽𬳿𬴂𬴃"                                                                     \
  "𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"                                                                                     \
  "·•・"
/* Of the same, those that no font of the package has: shown as 〓, and the paper says so. */
#define LACKING "𡒄𢀖𢊬𥇚𦶟𫚈𫼱𬄩𬲙"

static void
draw_sheet (cairo_t *cr, int page, gpointer sheet)
{
  jumin_sheet_draw (sheet, cr, page);
}

/* Every page of @pdf against what was drawn. Returns: whether all are alike */
static gboolean
is_as_drawn (GBytes *pdf, JuminDraw draw, int pages, gpointer data)
{
  g_autoptr (GPtrArray) shown = jumin_poppler_pages (pdf);
  gboolean alike = TRUE;

  g_assert_cmpuint (shown->len, ==, pages);
  for (int page = 0; page < pages; page++)
    {
      cairo_surface_t *drawn = jumin_drawn_page (draw, page, data);
      JuminDifference difference = jumin_drawn_compare (drawn, shown->pdata[page], NULL);

      g_test_message ("page %d: largest %d, mean %.4f", page + 1, difference.largest,
                      difference.mean);
      g_assert_cmpfloat (difference.ink, >, 0);
      alike = alike && jumin_drawn_is_alike (&difference);
      cairo_surface_destroy (drawn);
    }
  return alike;
}

static gboolean
is_composed_as_drawn (const JuminStatement *statement)
{
  g_autoptr (JuminSheet) sheet = jumin_statement_lay_out (statement);
  g_autoptr (GError) error = NULL;
  int pages = 0;
  g_autoptr (GBytes) pdf = jumin_statement_compose (statement, &pages, &error);

  g_assert_no_error (error);
  g_assert_cmpint (pages, ==, jumin_sheet_count_pages (sheet));
  g_assert_cmpuint (jumin_sheet_get_lacking (sheet), ==, 0);
  return is_as_drawn (pdf, draw_sheet, pages, sheet);
}

static void
test_composed (void)
{
  JuminStatementSample sample;

  jumin_statement_sample_init (&sample);
  for (int i = 0; i < 4; i++)
    {
      sample.statement.tongue.language = i % 2 == 0 ? "zh" : "en";
      sample.statement.large = i >= 2;
      g_assert_true (is_composed_as_drawn (&sample.statement));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sample.records); i++)
    {
      sample.statement.records = &sample.records[i];
      sample.statement.n_records = 1;
      g_assert_true (is_composed_as_drawn (&sample.statement));
    }
  jumin_statement_sample_finish (&sample);
}

/* One character a place, in rows. @dropped: (nullable): is left out; @glyphs: letters of an
 * embedded font instead of outlines */
typedef struct
{
  PangoContext *context;
  const char *dropped;
  gboolean glyphs;
  GPtrArray *characters;
  guint lacking;
} Table;

static void
table_init (Table *self, const char *characters)
{
  *self = (Table){ .context = jumin_paper_text_context_new (),
                   .characters = g_ptr_array_new_with_free_func (g_free) };
  for (const char *c = characters; *c != '\0'; c = g_utf8_next_char (c))
    g_ptr_array_add (self->characters, g_strndup (c, (gsize)(g_utf8_next_char (c) - c)));
}

static void
table_finish (Table *self)
{
  g_object_unref (self->context);
  g_ptr_array_unref (self->characters);
}

static int
count_pages (const Table *self)
{
  return (int)((self->characters->len + A_PAGE - 1) / A_PAGE);
}

static cairo_rectangle_t
get_area (guint i)
{
  return (cairo_rectangle_t){ LEFT + i % A_PAGE % ACROSS * CELL, LEFT + i % A_PAGE / ACROSS * CELL,
                              CELL, CELL };
}

static void
draw_table (cairo_t *cr, int page, gpointer data)
{
  static const JuminPaperType type = { .size = 10 };
  Table *self = data;
  guint last = MIN ((guint)(page + 1) * A_PAGE, self->characters->len);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = (guint)page * A_PAGE; i < last; i++)
    {
      const char *text = self->characters->pdata[i];
      g_autoptr (PangoLayout) layout
          = jumin_paper_text_layout_new (self->context, &type, 2 * CELL, text, &self->lacking);
      cairo_rectangle_t area = get_area (i);

      if (self->dropped != NULL && strcmp (self->dropped, text) == 0)
        continue;
      cairo_move_to (cr, area.x + 2, area.y);
      if (self->glyphs)
        pango_cairo_show_layout (cr, layout);
      else
        jumin_paper_text_draw (cr, layout, area.x + 2, area.y);
    }
}

/* Returns: how many characters poppler shows otherwise than they were drawn, or not at all */
static guint
count_wrong (Table *self, GBytes *pdf)
{
  g_autoptr (GPtrArray) shown = jumin_poppler_pages (pdf);
  guint wrong = 0;

  g_assert_cmpuint (shown->len, ==, count_pages (self));
  for (int page = 0; page < count_pages (self); page++)
    {
      cairo_surface_t *drawn = jumin_drawn_page (draw_table, page, self);
      guint last = MIN ((guint)(page + 1) * A_PAGE, self->characters->len);

      for (guint i = (guint)page * A_PAGE; i < last; i++)
        {
          cairo_rectangle_t area = get_area (i);
          JuminDifference is = jumin_drawn_compare (drawn, shown->pdata[page], &area);

          if (jumin_drawn_is_alike (&is) && is.ink > INK_MIN)
            continue;
          g_test_message ("%s: largest %d, mean %.3f of %.2f", (char *)self->characters->pdata[i],
                          is.largest, is.mean, is.ink);
          wrong++;
        }
      cairo_surface_destroy (drawn);
    }
  return wrong;
}

static void
assert_every_character (const char *characters)
{
  Table table;
  g_autoptr (GBytes) pdf = NULL;

  table_init (&table, characters);
  pdf = jumin_drawn_pdf (draw_table, count_pages (&table), &table);
  g_assert_cmpuint (count_wrong (&table, pdf), ==, 0);
  g_assert_cmpuint (table.lacking, ==, 0);
  table_finish (&table);
}

/* Both levels of GB2312, from its rows. */
static char *
dup_gb2312 (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char *text;

  for (guint row = ROW_FIRST; row <= ROW_LAST; row++)
    for (guint cell = CELL_FIRST; cell <= CELL_LAST; cell++)
      {
        guint8 pair[] = { (guint8)row, (guint8)cell };

        if (row != LEVEL_1_LAST >> 8 || (row << 8 | cell) <= LEVEL_1_LAST)
          g_byte_array_append (bytes, pair, sizeof pair);
      }
  text = g_convert ((const char *)bytes->data, bytes->len, "UTF-8", "GB18030", NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_gb2312 (void)
{
  g_autofree char *characters = dup_gb2312 ();

  g_assert_cmpint (g_utf8_strlen (characters, -1), ==, GB2312_CHARACTERS);
  assert_every_character (characters);
}

static void
test_rare (void)
{
  assert_every_character (RARE);
}

/* A page whose letters are of an embedded font. */
static GBytes *
embed (Table *table)
{
  GBytes *pdf;

  table->glyphs = TRUE;
#ifdef __SANITIZE_ADDRESS__
  __lsan_disable (); /* Cairo forgets a table of the CFF font that it embeds. */
#endif
  pdf = jumin_drawn_pdf (draw_table, count_pages (table), table);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
  table->glyphs = FALSE;
  return pdf;
}

static void
test_spoilt (void)
{
  Table one, many;
  g_autoptr (GBytes) glyphs = NULL, dropped = NULL;

  table_init (&one, "如");
  glyphs = embed (&one);
  g_assert_cmpuint (count_wrong (&one, glyphs), ==, 1);
  g_assert_false (is_as_drawn (glyphs, draw_table, 1, &one));
  table_finish (&one);

  table_init (&many, RARE);
  many.dropped = "䶮";
  dropped = jumin_drawn_pdf (draw_table, 1, &many);
  many.dropped = NULL;
  g_assert_cmpuint (count_wrong (&many, dropped), ==, 1);
  g_assert_false (is_as_drawn (dropped, draw_table, 1, &many));
  table_finish (&many);
}

static void
test_lacking (void)
{
  static const JuminPaperType type = { .size = 10 };
  /* Of plane 15: no font ever has it. */
  static const char *const text = "王\xf3\xb0\x80\x80明";
  PangoContext *context = jumin_paper_text_context_new ();
  guint lacking = 0;
  g_autoptr (PangoLayout) layout
      = jumin_paper_text_layout_new (context, &type, 100, text, &lacking);
  g_autoptr (PangoLayout) names
      = jumin_paper_text_layout_new (context, &type, 500, LACKING, &lacking);
  JuminStatementSample sample;
  g_autoptr (JuminSheet) sheet = NULL;

  g_assert_cmpuint (lacking, >=, 1);
  g_assert_cmpstr (pango_layout_get_text (layout), ==, "王" JUMIN_PAPER_TEXT_LACKING "明");
  g_assert_cmpint (pango_layout_get_unknown_glyphs_count (layout), ==, 0);
  g_assert_cmpint (pango_layout_get_unknown_glyphs_count (names), ==, 0);
  jumin_statement_sample_init (&sample);
  sample.statement.masked_name = text;
  sheet = jumin_statement_lay_out (&sample.statement);
  g_assert_cmpuint (jumin_sheet_get_lacking (sheet), >=, 1);
  g_object_unref (context);
  jumin_statement_sample_finish (&sample);
}

static gboolean
contains (GBytes *pdf, const char *words)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);

  return memmem (bytes, length, words, strlen (words)) != NULL;
}

static gpointer
compose_in_thread (gpointer statement)
{
  int pages = 0;

  return jumin_statement_compose (statement, &pages, NULL);
}

static void
test_same (void)
{
  JuminStatementSample sample;
  g_autoptr (GBytes) here = NULL, one = NULL, other = NULL;
  GThread *threads[2];

  jumin_statement_sample_init (&sample);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("compose", compose_in_thread, &sample.statement);
  here = compose_in_thread (&sample.statement);
  one = g_thread_join (threads[0]);
  other = g_thread_join (threads[1]);
  g_assert_true (g_bytes_equal (here, one));
  g_assert_true (g_bytes_equal (here, other));
  g_assert_true (contains (here, "/CreationDate (20260916"));
  g_assert_false (contains (here, "/Title"));
  g_assert_false (contains (here, "/Author"));
  g_assert_false (contains (here, "/Font "));
  jumin_statement_sample_finish (&sample);
}

/* What an office did not say is missing on the paper, and nobody takes it for none. */
static void
test_incomplete (void)
{
  JuminStatementSample sample;
  g_autoptr (GBytes) whole = NULL, incomplete = NULL;
  JuminRecord *records[] = { NULL, NULL };

  jumin_statement_sample_init (&sample);
  records[0] = sample.records[0];
  sample.statement.records = records;
  sample.statement.n_records = 1;
  whole = compose_in_thread (&sample.statement);
  sample.statement.n_records = 2;
  incomplete = compose_in_thread (&sample.statement);
  g_assert_cmpuint (g_bytes_get_size (incomplete), >, g_bytes_get_size (whole));
  jumin_statement_sample_finish (&sample);
}

/* As much as one person may have, and more: two loans, eight requests. */
static void
test_fullest (void)
{
  static const int order[] = { 0, 1, 2, 2, 3, 3, 3, 3 };
  JuminRecord *records[G_N_ELEMENTS (order)];
  JuminStatementSample sample;

  jumin_statement_sample_init (&sample);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    records[i] = sample.records[order[i]];
  sample.statement.records = records;
  sample.statement.n_records = G_N_ELEMENTS (records);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = NULL;
      int pages = 0;

      sample.statement.tongue.language = i % 2 == 0 ? "zh" : "en";
      sample.statement.large = i >= 2;
      pdf = jumin_statement_compose (&sample.statement, &pages, &error);
      g_assert_no_error (error);
      g_test_message ("%d pages, %" G_GSIZE_FORMAT " bytes", pages, g_bytes_get_size (pdf));
    }
  jumin_statement_sample_finish (&sample);
}

/* A record with @n blocks, each with as many facts as it may have. */
static JuminRecord *
make_long (guint n)
{
  JuminRecord *record = jumin_record_new ();

  for (guint i = 0; i < n; i++)
    {
      JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_FACTS);

      for (guint j = 0; j < JUMIN_RECORD_FACTS_MAX; j++)
        {
          JuminFact *fact = jumin_fact_new (JUMIN_VALUE_TEXT);

          jumin_text_set (&fact->label, "说明", "Details");
          fact->text = g_strnfill (TEXT_BYTES, 'W');
          g_ptr_array_add (block->facts, fact);
        }
    }
  return record;
}

static void
test_bounds (void)
{
  JuminStatementSample sample;
  g_autoptr (JuminRecord) record = make_long (JUMIN_RECORD_BLOCKS_MAX);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  int pages = 0;

  jumin_statement_sample_init (&sample);
  sample.statement.records = &record;
  sample.statement.n_records = 1;
  sample.statement.large = TRUE;
  pdf = jumin_statement_compose (&sample.statement, &pages, &error);
  g_assert_null (pdf);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (pages, >, JUMIN_DOCUMENT_PAGES_MAX);
  g_assert_null (strstr (error->message, "王"));
  jumin_statement_sample_finish (&sample);
}

static void
on_font_gone (void *data)
{
  *(gboolean *)data = TRUE;
}

static void
test_forgotten (void)
{
  static const cairo_user_data_key_t key;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 64, 64);
  cairo_t *cr = cairo_create (surface);
  gboolean gone = FALSE;

  cairo_show_text (cr, "王");
  cairo_scaled_font_set_user_data (cairo_get_scaled_font (cr), &key, &gone, on_font_gone);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_false (gone);
  jumin_paper_text_forget ();
  g_assert_true (gone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  g_test_add_func ("/statement/every_composed_page_is_shown_as_it_was_drawn", test_composed);
  g_test_add_func ("/statement/every_character_of_gb2312_is_on_the_paper", test_gb2312);
  g_test_add_func ("/statement/rare_names_are_on_the_paper", test_rare);
  g_test_add_func ("/statement/a_lost_letter_is_noticed", test_spoilt);
  g_test_add_func ("/statement/a_letter_that_no_font_has_is_marked_not_blank", test_lacking);
  g_test_add_func ("/statement/the_same_statement_is_the_same_bytes_in_any_thread", test_same);
  g_test_add_func ("/statement/what_did_not_come_is_said", test_incomplete);
  g_test_add_func ("/statement/the_fullest_one_fits_into_a_document", test_fullest);
  g_test_add_func ("/statement/letters_that_were_drawn_are_forgotten", test_forgotten);
  g_test_add_func ("/statement/too_many_pages_are_refused_by_a_sentence", test_bounds);
  return g_test_run ();
}
