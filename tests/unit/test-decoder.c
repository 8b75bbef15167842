/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoder against drawn codes: it reads what a phone shows in the ways that phones are held,
 * says the bytes as they are, sees no code where none is, and keeps to its time. */
#include "code-picture.h"
#include "model/clock.h"
#include "scan/still.h"

#include <link.h>
#include <string.h>

#define CITY_CODE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

enum
{
  TURNS = 11,     /* frames until every pass had its turn, with time for one pass a frame */
  STRANGERS = 200 /* pictures without a code */
};

typedef struct
{
  const char *name;
  CodePicture picture;
} Row;

static const Row rows[] = {
  { "held_still", { 0 } },
  { "turned_by_17_degrees", { .degrees = 17 } },
  { "turned_by_45_degrees", { .degrees = 45 } },
  { "lying_on_its_side", { .degrees = 90 } },
  { "upside_down", { .degrees = 180 } },
  { "turned_by_233_degrees", { .degrees = 233 } },
  { "tilted", { .tilt = 0.4, .degrees = 10 } },
  { "shown_light_on_dark", { .dark = 10, .light = 230, .inverted = TRUE } },
  { "blurred", { .blur_px = 2 } },
  { "blurred_in_720_lines", { .width = 1280, .height = 720, .module_px = 9, .blur_px = 3 } },
  { "noisy", { .noise = 60 } },
  { "noisy_in_720_lines",
    { .width = 1280, .height = 720, .module_px = 10, .noise = 90, .dark = 40, .light = 210 } },
  { "dim", { .dark = 20, .light = 50 } },
  { "bleached", { .dark = 215, .light = 250, .noise = 2 } },
  { "small", { .module_px = 2.4 } },
  { "near", { .module_px = 12 } },
  { "all_at_once",
    { .width = 1280,
      .height = 720,
      .module_px = 8,
      .degrees = 25,
      .tilt = 0.2,
      .dark = 60,
      .light = 200,
      .blur_px = 2,
      .noise = 20 } },
#ifdef JUMIN_WITH_ZXING
  { "shown_light_on_dark_and_turned", { .dark = 10, .inverted = TRUE, .degrees = 130 } },
  { "small_in_720_lines", { .width = 1280, .height = 720, .module_px = 2.6, .degrees = 5 } },
#endif
};

static gboolean
is_never_over (gpointer data)
{
  return FALSE;
}

static void
assert_text (GPtrArray *texts, const guint8 *bytes, gsize length)
{
  gsize got_length;
  const guint8 *got;

  g_assert_nonnull (texts);
  g_assert_cmpuint (texts->len, ==, 1);
  got = g_bytes_get_data (g_ptr_array_index (texts, 0), &got_length);
  g_assert_cmpmem (got, got_length, bytes, length);
}

/* What the frames of a video that stands still give, at most @frames of them. */
static GPtrArray *
watch (JuminDecoder *decoder, const JuminFrame *frame, guint frames)
{
  for (guint i = 0; i < frames; i++)
    {
      g_autoptr (GPtrArray) texts
          = jumin_decoder_read_frame (decoder, frame, is_never_over, NULL, NULL);

      g_assert_nonnull (texts);
      if (texts->len > 0)
        return g_steal_pointer (&texts);
    }
  return NULL;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame
      = code_picture_draw (&row->picture, (const guint8 *)CITY_CODE, strlen (CITY_CODE), &pixels);
  g_autoptr (GPtrArray) texts = watch (decoder, &frame, 3);

  assert_text (texts, (const guint8 *)CITY_CODE, strlen (CITY_CODE));
}

static void
test_versions (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (25);

  for (guint version = 2; version <= 25; version++)
    {
      g_autofree guint8 *pixels = NULL;
      g_autoptr (GPtrArray) texts = NULL;
      guint8 bytes[25 * 25 + 20];
      gsize length = version * version + 20;
      JuminFrame frame;

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)g_rand_int_range (rand, 'A', 'z');
      frame = code_picture_draw (
          &(CodePicture){ .version = version, .width = 1280, .height = 720, .module_px = 5 }, bytes,
          length, &pixels);
      texts = watch (decoder, &frame, 3);
      assert_text (texts, bytes, length);
    }
}

/* Random words of the common characters, which are as many bytes as a phone may show. */
static char *
make_chinese (GRand *rand)
{
  GString *text = g_string_new (NULL);
  guint length = (guint)g_rand_int_range (rand, 3, 40);

  for (guint i = 0; i < length; i++)
    g_string_append_unichar (text, (gunichar)g_rand_int_range (rand, 0x4e00, 0x9fa5));
  return g_string_free (text, FALSE);
}

/* A light code on dark ground is read by zbar, a dark one by the first engine that there is. */
static void
read_chinese (JuminDecoder *decoder, const guint8 *bytes, gsize length, gboolean inverted)
{
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  JuminFrame frame
      = code_picture_draw (&(CodePicture){ .inverted = inverted }, bytes, length, &pixels);

  texts = watch (decoder, &frame, 3);
  assert_text (texts, bytes, length);
}

static void
test_chinese (gconstpointer data)
{
  const char *charset = data;
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (18030);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = make_chinese (rand), *bytes = NULL;
      gsize length;

      bytes = g_convert (text, -1, charset, "UTF-8", NULL, &length, NULL);
      g_assert_nonnull (bytes);
      read_chinese (decoder, (guint8 *)bytes, length, i % 2 == 0);
    }
}

static void
test_any_bytes (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  guint8 bytes[256];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)i;
  read_chinese (decoder, bytes, sizeof bytes, FALSE);
  read_chinese (decoder, bytes, sizeof bytes, TRUE);
}

static void
test_too_long (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autofree guint8 *bytes = g_malloc (JUMIN_DECODER_TEXT_BYTES_MAX + 1), *pixels = NULL;
  g_autoptr (GPtrArray) longest = NULL, longer = NULL;
  CodePicture large = { .width = 1024, .height = 1024, .module_px = 5 };
  JuminFrame frame;

  memset (bytes, 'x', JUMIN_DECODER_TEXT_BYTES_MAX + 1);
  frame = code_picture_draw (&large, bytes, JUMIN_DECODER_TEXT_BYTES_MAX, &pixels);
  longest = jumin_decoder_read_still (decoder, &frame, is_never_over, NULL, NULL);
  assert_text (longest, bytes, JUMIN_DECODER_TEXT_BYTES_MAX);
  g_clear_pointer (&pixels, g_free);
  frame = code_picture_draw (&large, bytes, JUMIN_DECODER_TEXT_BYTES_MAX + 1, &pixels);
  longer = jumin_decoder_read_still (decoder, &frame, is_never_over, NULL, NULL);
  g_assert_cmpuint (longer->len, ==, 0);
}

/* Noise, and boxes in boxes as the corners of a code have them. */
static void
draw_stranger (GRand *rand, guint8 *pixels, guint width, guint height)
{
  int noise = g_rand_int_range (rand, 1, 60);

  for (guint i = 0; i < width * height; i++)
    pixels[i] = (guint8)g_rand_int_range (rand, 190 - noise, 190 + noise);
  for (guint box = 0; box < 12; box++)
    {
      guint unit = (guint)g_rand_int_range (rand, 2, 6);
      guint left = (guint)g_rand_int_range (rand, 0, (int)(width - 7 * unit));
      guint top = (guint)g_rand_int_range (rand, 0, (int)(height - 7 * unit));

      for (guint y = 0; y < 7 * unit; y++)
        for (guint x = 0; x < 7 * unit; x++)
          {
            int ring = MAX (ABS ((int)(x / unit) - 3), ABS ((int)(y / unit) - 3));

            pixels[(top + y) * width + left + x] = ring == 2 ? 230 : 20;
          }
    }
}

static void
test_strangers (void)
{
  enum
  {
    WIDTH = 256,
    HEIGHT = 192
  };
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (200);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  for (guint i = 0; i < STRANGERS; i++)
    {
      g_autoptr (GPtrArray) texts = NULL;

      draw_stranger (rand, pixels, WIDTH, HEIGHT);
      texts = jumin_decoder_read_still (decoder, &(JuminFrame){ pixels, WIDTH, HEIGHT },
                                        is_never_over, NULL, NULL);
      g_assert_nonnull (texts);
      g_assert_cmpuint (texts->len, ==, 0);
    }
}

typedef struct
{
  JuminClock *clock;
  gint64 deadline_us;
  guint asked;
} Budget;

/* A pass takes 10 ms. */
static gboolean
is_over_after_10_ms_more (gpointer data)
{
  Budget *budget = data;
  gboolean over = jumin_clock_get_monotonic (budget->clock) >= budget->deadline_us;

  budget->asked++;
  jumin_clock_advance (budget->clock, 10);
  return over;
}

static GPtrArray *
read_within (JuminDecoder *decoder, const JuminFrame *frame, guint ms, guint *asked)
{
  g_autoptr (JuminClock) clock = jumin_clock_new_manual (0);
  Budget budget = { clock, jumin_clock_get_monotonic (clock) + ms * 1000, 0 };
  GPtrArray *texts
      = jumin_decoder_read_frame (decoder, frame, is_over_after_10_ms_more, &budget, NULL);

  g_assert_nonnull (texts);
  *asked = budget.asked;
  return texts;
}

static void
test_no_time (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = code_picture_draw (&(CodePicture){ 0 }, (const guint8 *)"A", 1, &pixels);
  g_autoptr (GPtrArray) none = NULL, texts = NULL;
  guint asked;

  none = read_within (decoder, &frame, 0, &asked);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (asked, ==, 1);
  texts = read_within (decoder, &frame, 10, &asked);
  assert_text (texts, (const guint8 *)"A", 1);
}

/* The first pass does not always read light codes; with time for one pass a frame the turn of one
 * that does comes all the same, and once it has read it is the first. */
static void
test_turns (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame
      = code_picture_draw (&(CodePicture){ .inverted = TRUE }, (const guint8 *)"A", 1, &pixels);
  guint asked, frames = 0, read = 0;

  for (; frames < TURNS && read == 0; frames++)
    {
      g_autoptr (GPtrArray) texts = read_within (decoder, &frame, 5, &asked);

      g_assert_cmpuint (asked, <=, 2);
      read = texts->len;
    }
  g_assert_cmpuint (read, ==, 1);
  for (guint i = 0; i < TURNS; i++)
    {
      g_autoptr (GPtrArray) texts = read_within (decoder, &frame, 5, &asked);

      assert_text (texts, (const guint8 *)"A", 1);
    }
}

static void
test_sizes (void)
{
  static const JuminFrame wrong[] = {
    { NULL, 0, 0 },     { NULL, 15, 640 },       { NULL, 640, 15 },
    { NULL, 4097, 16 }, { NULL, 16, G_MAXUINT },
  };
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  guint8 pixels[16 * 16] = { 0 };
  g_autoptr (GPtrArray) texts = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jumin_decoder_read_frame (decoder, &wrong[i], is_never_over, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_clear_error (&error);
      g_assert_null (jumin_still_read (decoder, &wrong[i], is_never_over, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  texts = jumin_still_read (decoder, &(JuminFrame){ pixels, 16, 16 }, is_never_over, NULL, NULL);
  g_assert_cmpuint (texts->len, ==, 0);
}

/* What the camera never shows: a photograph of 12 megapixels, modules of a pixel, no margin. */
static void
test_stills (void)
{
  static const CodePicture stills[] = {
    { .width = 4000, .height = 3000, .module_px = 40, .degrees = 20, .noise = 40 },
    { .width = 4000, .height = 3000, .module_px = 5 },
    { .width = 65, .height = 65, .module_px = 1 },
    { .width = 33 * 3, .height = 33 * 3, .module_px = 3 }, /* version 4 has 33 modules */
  };
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (stills); i++)
    {
      g_autofree guint8 *pixels = NULL;
      g_autoptr (GPtrArray) texts = NULL;
      CodePicture picture = stills[i];
      JuminFrame frame;

      picture.version = 4;
      frame = code_picture_draw (&picture, (const guint8 *)"A", 1, &pixels);
      texts = jumin_still_read (decoder, &frame, is_never_over, NULL, NULL);
      assert_text (texts, (const guint8 *)"A", 1);
    }
}

/* Each warm-up looks by every pass, and says nothing of it. */
static void
test_warm_up (void)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = g_malloc0 (1280 * 720);
  g_autoptr (GPtrArray) texts = NULL;

  g_assert_true (jumin_decoder_warm_up (decoder, 1280, 720, &error));
  g_assert_true (jumin_decoder_warm_up (decoder, 16, 16, &error));
  g_assert_no_error (error);
  texts = watch (decoder, &(JuminFrame){ pixels, 1280, 720 }, 3);
  g_assert_null (texts);
  g_assert_false (jumin_decoder_warm_up (decoder, 5000, 720, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static int
count_loads (struct dl_phdr_info *info, gsize size, gpointer loads)
{
  *(guint64 *)loads = info->dlpi_adds;
  return 1;
}

/* zbar opens a converter of iconv for the character set that a code names: a process that has
 * locked itself in died of it. */
static void
test_no_files (void)
{
  static const guint8 hello[] = { 0xc4, 0xe3, 0xba, 0xc3 };
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  guint64 before, after;
  guint read = 0;

  g_assert_true (jumin_decoder_warm_up (decoder, 640, 480, NULL));
  dl_iterate_phdr (count_loads, &before);
  for (guint eci = 1; eci <= 30; eci++)
    {
      g_autofree guint8 *pixels = NULL;
      g_autoptr (GPtrArray) texts = NULL;
      JuminFrame frame = code_picture_draw (&(CodePicture){ .eci = eci, .inverted = TRUE }, hello,
                                            sizeof hello, &pixels);

      texts = watch (decoder, &frame, 3);
      read += texts != NULL;
    }
  dl_iterate_phdr (count_loads, &after);
  g_assert_cmpuint (read, >, 20);
  g_assert_cmpuint (after, ==, before);
}

/* Four phones side by side. */
static void
test_four_codes (void)
{
  enum
  {
    SIDE = 300,
    CODES = 4
  };
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autofree guint8 *pixels = g_malloc (SIDE * SIDE * CODES);
  g_autoptr (GPtrArray) texts = NULL;

  for (guint i = 0; i < CODES; i++)
    {
      const guint8 text[] = { 'A', (guint8)('1' + i) };
      g_autofree guint8 *code = NULL;

      code_picture_draw (&(CodePicture){ .width = SIDE, .height = SIDE }, text, sizeof text, &code);
      for (guint y = 0; y < SIDE; y++)
        memcpy (pixels + (y * CODES + i) * SIDE, code + y * SIDE, SIDE);
    }
  texts = watch (decoder, &(JuminFrame){ pixels, SIDE * CODES, SIDE }, 3);
  g_assert (texts != NULL);
  g_assert_cmpuint (texts->len, ==, CODES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/decoder/reads_a_code_%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/decoder/reads_versions_2_to_25", test_versions);
  g_test_add_data_func ("/decoder/says_utf_8_byte_by_byte", "UTF-8", test_chinese);
  g_test_add_data_func ("/decoder/says_gb18030_byte_by_byte", "GB18030", test_chinese);
  g_test_add_func ("/decoder/says_any_bytes", test_any_bytes);
  g_test_add_func ("/decoder/leaves_a_text_that_is_too_long", test_too_long);
  g_test_add_func ("/decoder/sees_no_code_where_none_is", test_strangers);
  g_test_add_func ("/decoder/begins_no_pass_when_the_time_is_over", test_no_time);
  g_test_add_func ("/decoder/gives_every_pass_its_turn", test_turns);
  g_test_add_func ("/decoder/refuses_frames_too_small_or_too_large", test_sizes);
  g_test_add_func ("/decoder/reads_stills_of_any_size", test_stills);
  g_test_add_func ("/decoder/warms_up_for_frames_of_a_size", test_warm_up);
  g_test_add_func ("/decoder/opens_no_file_for_a_character_set", test_no_files);
  g_test_add_func ("/decoder/reads_four_codes_of_one_picture", test_four_codes);
  return g_test_run ();
}
