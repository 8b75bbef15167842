/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files: those that are whole are read, all others are refused with a sentence; and what
 * jumin-scan --image prints of them. */
#include "code-picture.h"
#include "picture-files.h"
#include "scan/image-file.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CITY_CODE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

enum
{
  TRAILER_BYTES = 16, /* without them a PNG is whole enough */
  SPOILT = 300        /* files of each format with wrong bytes in them */
};

typedef struct
{
  char *folder, *path;
  guint8 *pixels;
  JuminFrame frame;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("jumin-scan-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "picture", NULL);
  fixture->frame
      = code_picture_draw (&(CodePicture){ .width = 200, .height = 180, .module_px = 4 },
                           (const guint8 *)CITY_CODE, strlen (CITY_CODE), &fixture->pixels);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->pixels);
}

static void
write_file (Fixture *fixture, GBytes *file)
{
  g_assert_true (g_file_set_contents (fixture->path, g_bytes_get_data (file, NULL),
                                      (gssize)g_bytes_get_size (file), NULL));
}

/* @off: how many greys a pixel may be off after a lossy format. */
static void
assert_read (Fixture *fixture, GBytes *file, int off)
{
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame;

  write_file (fixture, file);
  g_assert_true (jumin_image_file_read (fixture->path, &frame, &pixels, NULL));
  g_assert_cmpuint (frame.width, ==, fixture->frame.width);
  g_assert_cmpuint (frame.height, ==, fixture->frame.height);
  for (gsize i = 0; i < jumin_frame_get_size (&frame); i++)
    g_assert_cmpint (ABS (frame.pixels[i] - fixture->pixels[i]), <=, off);
}

static void
test_formats (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) png = picture_file_make_png (&fixture->frame, FALSE);
  g_autoptr (GBytes) jpeg = picture_file_make_jpeg (&fixture->frame, FALSE);
  g_autoptr (GBytes) scans = picture_file_make_jpeg (&fixture->frame, TRUE);
  g_autoptr (GBytes) pgm = picture_file_make_pgm (&fixture->frame);

  assert_read (fixture, png, 0);
  assert_read (fixture, jpeg, 100);
  assert_read (fixture, scans, 100);
  assert_read (fixture, pgm, 0);
}

static void
test_transparent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) png = NULL;
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame;

  png = picture_file_make_png (&fixture->frame, TRUE);
  write_file (fixture, png);
  g_assert_true (jumin_image_file_read (fixture->path, &frame, &pixels, NULL));
  for (gsize i = 0; i < jumin_frame_get_size (&frame); i++)
    if (fixture->pixels[i] == 0 || fixture->pixels[i] == 0xff)
      g_assert_cmpuint (frame.pixels[i], ==, fixture->pixels[i]);
}

/* A photograph of 24 megapixels comes at half its size, one that cannot is refused. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  const guint width = 6000, height = 200;
  g_autofree guint8 *large = g_malloc0 ((gsize)width * height), *pixels = NULL;
  JuminFrame frame = { large, width, height };
  g_autoptr (GBytes) jpeg = picture_file_make_jpeg (&frame, FALSE);
  g_autoptr (GBytes) png = picture_file_make_png (&frame, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_true (jumin_image_parse (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg), &frame,
                                    &pixels, NULL));
  g_assert_cmpuint (frame.width, ==, width / 2);
  g_clear_pointer (&pixels, g_free);
  g_assert_false (jumin_image_parse (g_bytes_get_data (png, NULL), g_bytes_get_size (png), &frame,
                                     &pixels, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==,
                   "the picture is 6000 x 200 pixels; each side may have 16 to 4096");
}

/* What is neither read nor refused would crash here, or leak. Returns whether it was read. */
static gboolean
try_parse (const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame;
  gboolean good = jumin_image_parse (bytes, length, &frame, &pixels, &error);

  g_assert_true (good == (error == NULL));
  g_assert_true (good == (pixels != NULL));
  g_assert_true (good || *error->message != '\0');
  return good;
}

static void
spoil (GBytes *file, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize length = g_bytes_get_size (file);

  g_assert_true (try_parse (g_bytes_get_data (file, NULL), length));
  for (gsize cut = 0; cut < length - TRAILER_BYTES; cut += 1 + length / SPOILT)
    {
      /* A copy: a byte read behind it is seen by the sanitizer. */
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (file, NULL), cut);

      g_assert_false (try_parse (bytes, cut));
    }
  for (guint i = 0; i < SPOILT; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (file, NULL), length);

      for (guint wrong = 0; wrong < 3; wrong++)
        bytes[g_rand_int_range (rand, 0, i % 2 == 0 ? (int)MIN (length, 200) : (int)length)]
            = (guint8)g_rand_int_range (rand, 0, 256);
      try_parse (bytes, length);
    }
}

static void
test_spoilt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) png = picture_file_make_png (&fixture->frame, FALSE);
  g_autoptr (GBytes) jpeg = picture_file_make_jpeg (&fixture->frame, FALSE);
  g_autoptr (GBytes) scans = picture_file_make_jpeg (&fixture->frame, TRUE);
  g_autoptr (GBytes) pgm = picture_file_make_pgm (&fixture->frame);

  spoil (png, 1);
  spoil (jpeg, 2);
  spoil (scans, 3);
  spoil (pgm, 4);
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "",
    "P5",
    "P2 16 16 255 ",
    "P5 16 16 65535 ",
    "P5 16 16 0 ",
    "P5 99999 99999 255 ",
    "P5 4294967312 16 255 ",
    "P5 15 16 255 ",
    "P5 # 16 16 255",
    "GIF89a",
    "\xff\xd8\xff",
    "\x89PNG\r\n\x1a\n",
    "BM",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (try_parse ((const guint8 *)wrong[i], strlen (wrong[i])));
}

static void
assert_unreadable (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("Reading picture '%s' failed: %s", path, message);
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame;

  g_assert_false (jumin_image_file_read (path, &frame, &pixels, &error));
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_not_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  assert_unreadable (fixture->path, "No such file or directory");
  assert_unreadable (fixture->folder, "it is not a file");
  write_file (fixture, empty);
  assert_unreadable (fixture->path, "it is empty");
  g_assert_cmpint (truncate (fixture->path, JUMIN_IMAGE_FILE_BYTES_MAX + 1), ==, 0);
  assert_unreadable (fixture->path, "it has more than 32 MiB");
  g_remove (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_unreadable (fixture->path, "it is not a file");
}

static cJSON *
run (const char *path, int expected)
{
  const char *command[] = { g_getenv ("JUMIN_SCAN"), "--image", path, NULL };
  g_autofree char *output = NULL;
  int status = 0;
  cJSON *line;

  g_assert_nonnull (command[0]);
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, expected);
  g_assert_true (g_str_has_suffix (output, "}\n"));
  g_assert_true (strchr (output, '\n') == output + strlen (output) - 1);
  line = cJSON_Parse (output);
  g_assert_nonnull (line);
  g_assert_cmpstr (cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (line, "file")), ==,
                   path);
  g_assert_true (cJSON_IsNumber (cJSON_GetObjectItemCaseSensitive (line, "milliseconds")));
  return line;
}

static void
assert_member (const cJSON *line, const char *key, const char *expected)
{
  g_assert_cmpstr (cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (line, key)), ==,
                   expected);
}

static void
draw_and_write (Fixture *fixture, const char *bytes)
{
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame
      = code_picture_draw (&(CodePicture){ 0 }, (const guint8 *)bytes, strlen (bytes), &pixels);
  g_autoptr (GBytes) png = picture_file_make_png (&frame, FALSE);

  write_file (fixture, png);
}

static void
test_program (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes, *text, *kind, *base64;
  } codes[] = {
    { CITY_CODE, CITY_CODE, "city-code", NULL },
    { "134567890123456789", "134567890123456789", "payment", NULL },
    { "https://example.org/渝", "https://example.org/渝", "other", NULL },
    { "\xd3\xe5\x01", "��\x01", "other", "0+UB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      cJSON *line;

      draw_and_write (fixture, codes[i].bytes);
      line = run (fixture->path, 0);
      assert_member (line, "text", codes[i].text);
      assert_member (line, "kind", codes[i].kind);
      assert_member (line, "base64", codes[i].base64);
      assert_member (line, "error", NULL);
      cJSON_Delete (line);
    }
}

static void
test_program_reads_nothing (Fixture *fixture, gconstpointer data)
{
  guint8 pixels[64 * 64] = { 0 };
  g_autoptr (GBytes) pgm = picture_file_make_pgm (&(JuminFrame){ pixels, 64, 64 });
  cJSON *line;

  write_file (fixture, pgm);
  line = run (fixture->path, 0);
  g_assert_true (cJSON_IsNull (cJSON_GetObjectItemCaseSensitive (line, "text")));
  assert_member (line, "kind", "none");
  cJSON_Delete (line);
  g_remove (fixture->path);
  line = run (fixture->path, 1);
  g_assert_true (cJSON_IsNull (cJSON_GetObjectItemCaseSensitive (line, "text")));
  assert_member (line, "kind", "none");
  g_assert_nonnull (strstr (cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (line, "error")),
                            "No such file"));
  cJSON_Delete (line);
}

/* A site may have grammars of its own; a file of them that is none is told before any picture. */
static void
test_other_kinds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kinds = g_build_filename (fixture->folder, "kinds.json", NULL);
  const char *command[]
      = { g_getenv ("JUMIN_SCAN"), "--image", "--kinds", kinds, fixture->path, NULL };
  g_autofree char *output = NULL, *nothing = NULL;
  int status = 0;

  draw_and_write (fixture, CITY_CODE);
  g_assert_true (g_file_set_contents (kinds,
                                      "{\"version\":1,\"prefixes\":[],\"asked\":[],\"kinds\":["
                                      "{\"kind\":\"ticket\",\"pattern\":\"6[0-9A-FYKMV.]+\"}]}",
                                      -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_nonnull (strstr (output, "\"kind\":\"ticket\""));
  g_assert_true (g_file_set_contents (kinds, "{}", -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                               &nothing, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_cmpstr (nothing, ==, "");
  g_remove (kinds);
}

#define ADD(path, test) g_test_add ("/scan/image/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("png_jpeg_and_pgm_are_read", test_formats);
  ADD ("what_is_transparent_stands_on_white", test_transparent);
  ADD ("a_large_photograph_is_read_smaller", test_large);
  ADD ("spoilt_files_are_refused_or_read", test_spoilt);
  ADD ("wrong_beginnings_are_refused", test_headers);
  ADD ("what_is_no_file_is_refused_with_a_sentence", test_not_files);
  ADD ("the_program_prints_the_text_and_its_kind", test_program);
  ADD ("the_program_takes_other_grammars", test_other_kinds);
  ADD ("the_program_prints_that_there_is_none", test_program_reads_nothing);
  return g_test_run ();
}
