/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the coach says of drawn codes and of frames without light: the right word, calmly. And the
 * corners of codes that it goes by. */
#include "code-picture.h"
#include "scan/coach.h"
#include "scan/finder.h"

#include <string.h>

#define CITY_CODE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

enum
{
  WIDTH = 1280,
  HEIGHT = 720,
  FRAME_US = 33333,
  SECOND = 30, /* frames */
  CENTRE_X = WIDTH / 2,
  CENTRE_Y = HEIGHT / 2,
  NOISE_SEED = 21
};

typedef struct
{
  const char *name;
  JuminScanHint hint;
  CodePicture picture;
  guint lamp_px; /* a light is mirrored in the middle */
  guint cut_px;  /* of the top, which the camera does not see */
} Row;

static const Row rows[] = {
  { "too_small", JUMIN_SCAN_HINT_CLOSER, { .module_px = 2.6 } },
  { "too_small_and_noisy",
    JUMIN_SCAN_HINT_CLOSER,
    { .module_px = 2.8, .noise = 12, .dark = 40, .light = 200 } },
  { "too_large", JUMIN_SCAN_HINT_FARTHER, { .module_px = 20 } },
  { "far_too_large", JUMIN_SCAN_HINT_FARTHER, { .module_px = 25 }, .cut_px = 220 },
  { "cut_off", JUMIN_SCAN_HINT_FARTHER, { .module_px = 14 }, .cut_px = 360 },
  { "on_a_dark_screen", JUMIN_SCAN_HINT_BRIGHTER, { .dark = 20, .light = 65 } },
  { "on_a_pale_screen", JUMIN_SCAN_HINT_BRIGHTER, { .dark = 180, .light = 200 } },
  { "under_a_lamp", JUMIN_SCAN_HINT_GLARE, { .dark = 30, .light = 200 }, 60 },
  { "that_should_be_readable", JUMIN_SCAN_HINT_STEADY, { .module_px = 8, .blur_px = 2 } },
  { "light_on_dark_that_should_be_readable",
    JUMIN_SCAN_HINT_STEADY,
    { .module_px = 8, .dark = 10, .light = 230, .inverted = TRUE, .degrees = 20 } },
};

typedef struct
{
  JuminCoach *coach;
  gint64 now_us;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->coach = jumin_coach_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jumin_coach_free (self->coach);
}

static void
look (Fixture *self, const JuminFrame *frame, guint frames)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < frames; i++)
    {
      g_assert_true (jumin_coach_look (self->coach, frame, FALSE, self->now_us, &error));
      g_assert_no_error (error);
      self->now_us += FRAME_US;
    }
}

static JuminFrame
draw_code (const CodePicture *picture, guint8 **pixels)
{
  CodePicture filled = *picture;

  filled.width = WIDTH;
  filled.height = filled.height != 0 ? filled.height : HEIGHT;
  return code_picture_draw (&filled, (const guint8 *)CITY_CODE, strlen (CITY_CODE), pixels);
}

static void
draw_lamp (guint8 *pixels, guint radius)
{
  for (guint y = CENTRE_Y - radius; y < CENTRE_Y + radius; y++)
    memset (pixels + y * WIDTH + CENTRE_X - radius, 0xff, 2 * radius);
}

static JuminFrame
draw_noise (guint mean, guint noise, guint8 **pixels)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (NOISE_SEED);
  int half = (int)noise;

  *pixels = g_malloc (WIDTH * HEIGHT);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      int grey = (int)mean + g_rand_int_range (rand, -half, half + 1);

      (*pixels)[i] = (guint8)CLAMP (grey, 0, 0xff);
    }
  return (JuminFrame){ *pixels, WIDTH, HEIGHT };
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Fixture fixture = { 0 };
  g_autofree guint8 *pixels = NULL;
  CodePicture picture = row->picture;
  JuminFrame frame;

  picture.height = HEIGHT + row->cut_px;
  frame = draw_code (&picture, &pixels);
  if (row->lamp_px > 0)
    draw_lamp (pixels, row->lamp_px);
  frame.pixels += row->cut_px * WIDTH;
  frame.height -= row->cut_px;
  set_up (&fixture, NULL);
  look (&fixture, &frame, SECOND);
  g_assert_cmpint (jumin_coach_get_state (fixture.coach), ==, JUMIN_SCAN_LOOKING);
  g_assert_cmpint (jumin_coach_get_hint (fixture.coach), ==, row->hint);
  tear_down (&fixture, NULL);
}

static void
test_read (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = draw_code (&(CodePicture){ .module_px = 2.6 }, &pixels);

  look (self, &frame, SECOND);
  g_assert_cmpint (jumin_coach_get_hint (self->coach), ==, JUMIN_SCAN_HINT_CLOSER);
  g_assert_true (jumin_coach_look (self->coach, &frame, TRUE, self->now_us, NULL));
  g_assert_cmpint (jumin_coach_get_hint (self->coach), ==, JUMIN_SCAN_HINT_NONE);
}

static void
test_one_frame (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *pixels = NULL, *grey = NULL;
  JuminFrame code = draw_code (&(CodePicture){ .module_px = 2.6 }, &pixels);
  JuminFrame none = draw_noise (130, 20, &grey);

  for (guint i = 0; i < SECOND; i++)
    {
      look (self, &code, 1);
      look (self, &none, 11);
      g_assert_cmpint (jumin_coach_get_hint (self->coach), ==, JUMIN_SCAN_HINT_NONE);
    }
}

/* Codes that are now too small, now too large: what is said may change each second, not sooner. */
static void
test_calm (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *first = NULL, *second = NULL;
  JuminFrame codes[] = { draw_code (&(CodePicture){ .module_px = 2.6 }, &first),
                         draw_code (&(CodePicture){ .module_px = 20 }, &second) };
  JuminScanHint hint = JUMIN_SCAN_HINT_NONE;
  gint64 changed_us = -G_USEC_PER_SEC;
  guint changes = 0;

  for (guint i = 0; i < 20 * SECOND; i++)
    {
      look (self, &codes[i / (SECOND / 2) % 2], 1);
      if (jumin_coach_get_hint (self->coach) == hint)
        continue;
      hint = jumin_coach_get_hint (self->coach);
      g_assert_cmpint (hint, !=, JUMIN_SCAN_HINT_NONE);
      g_assert_cmpint (self->now_us - changed_us, >=, G_USEC_PER_SEC);
      changed_us = self->now_us;
      changes++;
    }
  g_assert_cmpuint (changes, >=, 5);
}

typedef struct
{
  const char *name;
  JuminScanState state;
  guint mean, noise;
} Light;

static const Light lights[] = {
  { "black_is_covered", JUMIN_SCAN_COVERED, 5, 5 },
  { "a_noisy_dark_is_covered", JUMIN_SCAN_COVERED, 30, 30 },
  { "a_finger_is_covered", JUMIN_SCAN_COVERED, 70, 4 },
  { "white_is_too_bright", JUMIN_SCAN_TOO_BRIGHT, 255, 0 },
  { "an_empty_wall_is_fine", JUMIN_SCAN_LOOKING, 140, 10 },
};

static void
test_light (gconstpointer data)
{
  const Light *light = data;
  Fixture fixture = { 0 };
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = draw_noise (light->mean, light->noise, &pixels);

  set_up (&fixture, NULL);
  look (&fixture, &frame, SECOND);
  g_assert_cmpint (jumin_coach_get_state (fixture.coach), ==, light->state);
  g_assert_cmpint (jumin_coach_get_hint (fixture.coach), ==, JUMIN_SCAN_HINT_NONE);
  tear_down (&fixture, NULL);
}

/* A hall at night: shapes of a few greys. */
static void
test_night (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT), *wall = NULL;
  JuminFrame night = { pixels, WIDTH, HEIGHT }, day = draw_noise (140, 10, &wall);

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = (guint8)(i % WIDTH / 40);
  look (self, &night, SECOND);
  g_assert_cmpint (jumin_coach_get_state (self->coach), ==, JUMIN_SCAN_TOO_DARK);
  look (self, &day, SECOND);
  g_assert_cmpint (jumin_coach_get_state (self->coach), ==, JUMIN_SCAN_LOOKING);
}

static void
test_sizes (Fixture *self, gconstpointer data)
{
  static const JuminFrame wrong[] = { { NULL, 15, 640 }, { NULL, 640, 4097 } };
  guint8 pixels[17 * 16] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (jumin_coach_look (self->coach, &wrong[i], FALSE, 0, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  look (self, &(JuminFrame){ pixels, 17, 16 }, SECOND);
  look (self, &(JuminFrame){ pixels, 16, 17 }, SECOND);
}

/* Where the corners of a code are, whichever way it is turned. */
static void
test_corners (void)
{
  for (guint degrees = 0; degrees < 360; degrees += 15)
    {
      g_autofree guint8 *pixels = NULL, *binary = g_malloc (640 * 480);
      guint32 columns[640];
      JuminFinderPattern patterns[JUMIN_FINDER_PATTERNS_MAX], corners[JUMIN_FINDER_CORNERS];
      JuminFrame frame
          = code_picture_draw (&(CodePicture){ .module_px = 5, .degrees = degrees, .version = 4 },
                               (const guint8 *)"A", 1, &pixels);
      guint count;

      frame = jumin_frame_threshold (&frame, binary, columns);
      count = jumin_finder_find (&frame, patterns);
      g_assert_true (jumin_finder_find_code (patterns, count, corners));
      for (guint i = 0; i < JUMIN_FINDER_CORNERS; i++)
        {
          /* 33 modules, and the middle of a corner is 3.5 of them from the edge */
          double x = corners[i].x - 320, y = corners[i].y - 240;

          g_assert_cmpfloat_with_epsilon (x * x + y * y, 2 * 65.0 * 65.0, 1000);
          g_assert_cmpfloat_with_epsilon (corners[i].module_px, 5, 1.5);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/coach/knows_a_code_%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lights); i++)
    {
      g_autofree char *path = g_strdup_printf ("/coach/%s", lights[i].name);

      g_test_add_data_func (path, &lights[i], test_light);
    }
  g_test_add ("/coach/knows_night_and_day", Fixture, NULL, set_up, test_night, tear_down);
  g_test_add ("/coach/says_nothing_once_a_code_is_read", Fixture, NULL, set_up, test_read,
              tear_down);
  g_test_add ("/coach/says_nothing_of_one_frame", Fixture, NULL, set_up, test_one_frame, tear_down);
  g_test_add ("/coach/changes_its_word_once_a_second", Fixture, NULL, set_up, test_calm, tear_down);
  g_test_add ("/coach/refuses_frames_too_small_or_too_large", Fixture, NULL, set_up, test_sizes,
              tear_down);
  g_test_add_func ("/finder/finds_the_corners_of_a_turned_code", test_corners);
  return g_test_run ();
}
