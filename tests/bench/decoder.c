/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a folder of pictures the decoder reads, beside plain zbar and plain ZXing-C++.
 *
 *   build/tests/bench/decoder FOLDER
 *
 * A category is what stands before the first "-" of a file's name, or the file's folder. When
 * FOLDER has an index.tsv (file first, text last), a text that is not the one there is wrong; a
 * picture whose text is empty has no code. Without it any text is right.
 *
 * Each picture is halved until it is no larger than a frame of the camera. The decoder has three
 * frames, as a phone that is held still for a tenth of a second; times are of one frame, CPU. */
#include "scan/decoder.h"
#include "scan/image-file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <zbar.h>

#ifdef JUMIN_WITH_ZXING
#include "scan/zxing-shim.h"
#endif

enum
{
  FRAMES = 3,
  FRAME_SIDE_PX = 1920,
  FOLDERS_DEPTH_MAX = 4
};

typedef enum
{
  OURS,
  ZBAR,
  ZXING,
  N_READERS
} Reader;

static const char *const names[] = { "ours", "zbar", "zxing" };

typedef struct
{
  guint pictures, codes, read[N_READERS], wrong[N_READERS];
  double ms[N_READERS];
} Category;

typedef struct
{
  GHashTable *texts; /* file name: expected text; NULL: there is no index */
  GHashTable *categories;
  zbar_image_scanner_t *plain;
} Bench;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static gboolean
is_never_over (gpointer data)
{
  return FALSE;
}

static GBytes *
read_ours (Bench *bench, const JuminFrame *frame, guint *frames)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();

  for (*frames = 1; *frames <= FRAMES; ++*frames)
    {
      g_autoptr (GPtrArray) texts
          = jumin_decoder_read_frame (decoder, frame, is_never_over, NULL, NULL);

      if (texts != NULL && texts->len > 0)
        return g_bytes_ref (g_ptr_array_index (texts, 0));
    }
  *frames = FRAMES;
  return NULL;
}

static GBytes *
read_zbar (Bench *bench, const JuminFrame *frame, guint *frames)
{
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  GBytes *text = NULL;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, frame->pixels, jumin_frame_get_size (frame), NULL);
  zbar_scan_image (bench->plain, image);
  symbol = zbar_image_first_symbol (image);
  if (symbol != NULL)
    text = g_bytes_new (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  zbar_image_destroy (image);
  return text;
}

#ifdef JUMIN_WITH_ZXING
static void
on_found (const guint8 *bytes, gsize length, gpointer text)
{
  *(GBytes **)text = g_bytes_new (bytes, length);
}
#endif

static GBytes *
read_zxing (Bench *bench, const JuminFrame *frame, guint *frames)
{
  GBytes *text = NULL;

#ifdef JUMIN_WITH_ZXING
  jumin_zxing_read (frame->pixels, (int)frame->width, (int)frame->height, FALSE, on_found, &text);
#endif
  return text;
}

static GBytes *(*const readers[]) (Bench *, const JuminFrame *, guint *)
    = { read_ours, read_zbar, read_zxing };

static Category *
find_category (Bench *bench, const char *path)
{
  g_autofree char *name = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  char *dash = strchr (name, '-');
  g_autofree char *key
      = dash != NULL ? g_strndup (name, (gsize)(dash - name)) : g_path_get_basename (folder);
  Category *category = g_hash_table_lookup (bench->categories, key);

  if (category == NULL)
    {
      category = g_new0 (Category, 1);
      g_hash_table_insert (bench->categories, g_steal_pointer (&key), category);
    }
  return category;
}

static void
measure (Bench *bench, const char *path, const JuminFrame *frame)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *expected = bench->texts != NULL ? g_hash_table_lookup (bench->texts, name) : NULL;
  Category *category = find_category (bench, path);

  category->pictures++;
  category->codes += expected == NULL || *expected != '\0';
  for (guint i = 0; i < N_READERS; i++)
    {
      guint frames = 1;
      double began = get_cpu_ms ();
      g_autoptr (GBytes) text = readers[i](bench, frame, &frames);
      gsize length = 0;
      const char *bytes = text != NULL ? g_bytes_get_data (text, &length) : NULL;

      category->ms[i] += (get_cpu_ms () - began) / frames;
      if (text == NULL)
        continue;
      if (expected == NULL
          || (length == strlen (expected) && memcmp (bytes, expected, length) == 0))
        category->read[i]++;
      else
        category->wrong[i]++;
    }
}

static void
take_file (Bench *bench, const char *path)
{
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GError) error = NULL;
  JuminFrame frame;

  if (g_str_has_suffix (path, ".tsv"))
    return;
  if (!jumin_image_file_read (path, &frame, &pixels, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return;
    }
  /* In place: a row is written where it has been read. */
  while (MAX (frame.width, frame.height) > FRAME_SIDE_PX)
    frame = jumin_frame_halve (&frame, pixels);
  measure (bench, path, &frame);
}

static void
take_folder (Bench *bench, const char *folder, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        take_file (bench, path);
      else if (depth < FOLDERS_DEPTH_MAX)
        take_folder (bench, path, depth + 1);
    }
}

static GHashTable *
read_index (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "index.tsv", NULL), *index = NULL;
  g_auto (GStrv) lines = NULL;
  GHashTable *texts;

  if (!g_file_get_contents (path, &index, NULL, NULL))
    return NULL;
  texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lines = g_strsplit (index, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tab = strchr (lines[i], '\t'), *text = strrchr (lines[i], '\t');

      if (tab != NULL)
        g_hash_table_insert (texts, g_strndup (lines[i], (gsize)(tab - lines[i])),
                             g_strdup (text + 1));
    }
  return texts;
}

static void
print_row (const char *name, const Category *category)
{
  printf ("| %-14s | %5u |", name, category->pictures);
  for (guint i = 0; i < N_READERS; i++)
    printf (" %5.1f | %5u | %6.2f |", 100.0 * category->read[i] / MAX (category->codes, 1),
            category->wrong[i], category->ms[i] / category->pictures);
  putchar ('\n');
}

static void
print_table (Bench *bench)
{
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (bench->categories), (GCompareFunc)g_strcmp0);
  Category all = { 0 };

  printf ("| category       | count |");
  for (guint i = 0; i < N_READERS; i++)
    printf (" %5s%% | wrong |     ms |", names[i]);
  puts ("\n|---|---|---|---|---|---|---|---|---|---|---|");
  for (GList *key = keys; key != NULL; key = key->next)
    {
      const Category *category = g_hash_table_lookup (bench->categories, key->data);

      all.pictures += category->pictures;
      all.codes += category->codes;
      for (guint i = 0; i < N_READERS; i++)
        {
          all.read[i] += category->read[i];
          all.wrong[i] += category->wrong[i];
          all.ms[i] += category->ms[i];
        }
      print_row (key->data, category);
    }
  if (all.pictures > 0)
    print_row ("all", &all);
}

int
main (int argc, char **argv)
{
  Bench bench = { .categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  if (argc != 2)
    {
      fputs ("Usage: decoder FOLDER\n", stderr);
      return 2;
    }
  bench.texts = read_index (argv[1]);
  bench.plain = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (bench.plain, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (bench.plain, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (bench.plain, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  take_folder (&bench, argv[1], 0);
  print_table (&bench);
  zbar_image_scanner_destroy (bench.plain);
  g_clear_pointer (&bench.texts, g_hash_table_unref);
  g_hash_table_unref (bench.categories);
  return 0;
}
