/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-scan --serve: looks for codes before a camera, for core. jumin-scan --image: reads the
 * codes of still pictures, for who wants to know what the terminal would have read. One JSON line a
 * file on the standard output. */
#include "model/clock.h"
#include "model/code-kind.h"
#include "scan/core-link.h"
#include "scan/image-file.h"
#include "scan/serve.h"
#include "scan/still.h"

#include <cjson/cJSON.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

enum
{
  PICTURE_MS_MAX = 10000 /* then no other pass is begun */
};

#define KINDS_FILE "code-kinds.json"

enum
{
  GOOD = 0,
  FAILED = 1,
  USAGE = 2
};

typedef struct
{
  JuminClock *clock;
  gint64 deadline_us;
} Budget;

static gboolean
is_over (gpointer data)
{
  Budget *budget = data;

  return jumin_clock_get_monotonic (budget->clock) >= budget->deadline_us;
}

static void
add_string (cJSON *line, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  cJSON_AddStringToObject (line, key, valid);
}

/* JSON is Unicode, a code is bytes: those that are no text of UTF-8 follow as they are, in base64,
 * and "text" only shows what they look like. */
static void
add_text (cJSON *line, GBytes *text, const JuminCodeKinds *kinds)
{
  g_autoptr (GBytes) stripped = jumin_code_kinds_strip (kinds, text);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (text, &length);
  g_autofree char *valid = g_utf8_make_valid ((const char *)bytes, (gssize)length);

  cJSON_AddStringToObject (line, "text", valid);
  cJSON_AddStringToObject (line, "kind",
                           jumin_code_kind_get_name (jumin_code_kinds_find (kinds, stripped)));
  if (!g_utf8_validate_len ((const char *)bytes, length, NULL))
    {
      g_autofree char *base64 = g_base64_encode (bytes, length);

      cJSON_AddStringToObject (line, "base64", base64);
    }
}

static void
print_line (const char *path, GPtrArray *texts, const JuminCodeKinds *kinds, double ms,
            const GError *error)
{
  cJSON *line = cJSON_CreateObject ();
  char *json;

  add_string (line, "file", path);
  if (texts != NULL && texts->len > 0)
    add_text (line, g_ptr_array_index (texts, 0), kinds);
  else
    {
      cJSON_AddNullToObject (line, "text");
      cJSON_AddStringToObject (line, "kind", "none");
    }
  cJSON_AddNumberToObject (line, "milliseconds", round (ms * 10) / 10);
  if (error != NULL)
    add_string (line, "error", error->message);
  json = cJSON_PrintUnformatted (line);
  puts (json);
  cJSON_free (json);
  cJSON_Delete (line);
}

static gboolean
read_picture (JuminDecoder *decoder, const JuminCodeKinds *kinds, JuminClock *clock,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame;
  gint64 began_us, ended_us;

  if (!jumin_image_file_read (path, &frame, &pixels, &error))
    {
      print_line (path, NULL, kinds, 0, error);
      return FALSE;
    }
  began_us = jumin_clock_get_monotonic (clock);
  texts = jumin_still_read (decoder, &frame, is_over,
                            &(Budget){ clock, began_us + PICTURE_MS_MAX * 1000 }, &error);
  ended_us = jumin_clock_get_monotonic (clock);
  print_line (path, texts, kinds, (double)(ended_us - began_us) / 1000, error);
  return texts != NULL;
}

/* @path: (nullable): NULL: the file beside the program, where it was built, or else as installed */
static JuminCodeKinds *
load_kinds (const char *path, GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, KINDS_FILE, NULL);
  g_autofree char *installed = g_build_filename (JUMIN_PKGDATADIR, KINDS_FILE, NULL);
  g_autofree char *json = NULL;
  gsize length = 0;

  if (path == NULL)
    path = g_file_test (beside, G_FILE_TEST_EXISTS) ? beside : installed;
  if (!g_file_get_contents (path, &json, &length, error))
    return NULL;
  return jumin_code_kinds_parse (json, (gssize)length, path, error);
}

static int
read_pictures (char **paths, const char *kinds_path, JuminClock *clock)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCodeKinds) kinds = load_kinds (kinds_path, &error);
  int result = GOOD;

  setlocale (LC_ALL, "");
  if (kinds == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return USAGE;
    }
  for (guint i = 0; paths[i] != NULL; i++)
    if (!read_picture (decoder, kinds, clock, paths[i]))
      result = FAILED;
  return result;
}

/* jumin-scan may be locked in when this fails: plain stdio is what is left, and words that need no
 * file, which those of a locale would. */
static int
serve (JuminClock *clock)
{
  g_autoptr (GError) error = NULL;

  if (jumin_core_link_check (JUMIN_SERVE_DESCRIPTOR, &error)
      && jumin_serve (JUMIN_SERVE_DESCRIPTOR, clock, &error))
    return GOOD;
  fprintf (stderr, "jumin-scan: %s\n", error->message);
  return FAILED;
}

static gboolean
parse (int *argc, char ***argv, gboolean *serving, char **kinds, GStrv *paths, GError **error)
{
  gboolean image = FALSE;
  const GOptionEntry entries[] = {
    { "serve", 0, 0, G_OPTION_ARG_NONE, serving, "Look for codes, for core at descriptor 3", NULL },
    { "image", 0, 0, G_OPTION_ARG_NONE, &image, "Read the codes of these pictures", NULL },
    { "kinds", 0, 0, G_OPTION_ARG_FILENAME, kinds, "The grammars of kinds of codes", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, paths, NULL, "FILE…" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Prints one JSON line a picture (PNG, JPEG, PGM).");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*serving ? !image && *paths == NULL : image && *paths != NULL)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "Say which pictures: jumin-scan --image FILE…");
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  g_auto (GStrv) paths = NULL;
  g_autofree char *kinds = NULL;
  gboolean serving = FALSE;

  if (!parse (&argc, &argv, &serving, &kinds, &paths, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return USAGE;
    }
  return serving ? serve (clock) : read_pictures (paths, kinds, clock);
}
