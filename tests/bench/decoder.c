/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a folder of pictures and videos each reader of codes reads; tests/bench/decode runs
 * it.
 *
 *   build/tests/bench/decoder [--quirc LIBRARY] FOLDER…
 *
 * A category is what stands before the first "-" of a file's name, or the file's folder. When a
 * folder has an index.tsv (file first, text last), a text that is not the one there is wrong; a
 * picture whose text is empty has no code. Without it any text is right. A folder that is a row of
 * the index is a video: its files are the frames, in the order of their names.
 *
 * The decoder has three frames of a picture, as of a phone that is held still for a tenth of a
 * second; times are of one frame, CPU. In a video a reader has half of one CPU, as jumin-scan: it
 * misses the frames that come before it has rested as long as it looked. */
#include "readers.h"
#include "scan/image-file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum
{
  SIDE_MAX_PX = 1920, /* larger pictures are halved */
  FOLDERS_DEPTH_MAX = 4,
  VIDEO_FRAMES_MAX = 300
};

static const double FRAME_MS = 1000.0 / 30;

typedef struct
{
  guint pictures, codes, read[N_READERS], wrong[N_READERS];
  double ms[N_READERS];
} Category;

typedef struct
{
  GHashTable *texts; /* file name: expected text; NULL: there is no index */
  GHashTable *categories;
  gpointer opened[N_READERS];
  guint videos, in_half_a_second[N_READERS], in_a_second[N_READERS], wrong[N_READERS];
} Bench;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

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

static gboolean
is_right (GBytes *text, const char *expected)
{
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  return expected == NULL || (length == strlen (expected) && memcmp (bytes, expected, length) == 0);
}

/* The frames are of one picture; a reader begins each picture anew. */
static void
measure_picture (const Reader *reader, guint i, Category *category, const JuminFrame *frame,
                 const char *expected)
{
  gpointer self = reader->open ();
  GBytes *text = NULL;
  guint frames = 0;
  double began = get_cpu_ms ();

  while (frames < reader->frames && text == NULL)
    {
      text = reader->read (self, frame);
      frames++;
    }
  category->ms[i] += (get_cpu_ms () - began) / frames;
  if (text != NULL)
    {
      if (is_right (text, expected))
        category->read[i]++;
      else
        category->wrong[i]++;
      g_bytes_unref (text);
    }
  reader->close (self);
}

static gboolean
read_picture (const char *path, JuminFrame *frame, guint8 **pixels)
{
  g_autoptr (GError) error = NULL;

  if (!jumin_image_file_read (path, frame, pixels, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return FALSE;
    }
  /* In place: a row is written where it has been read. */
  while (MAX (frame->width, frame->height) > SIDE_MAX_PX)
    *frame = jumin_frame_halve (frame, *pixels);
  return TRUE;
}

static void
take_picture (Bench *bench, const char *path, const char *expected)
{
  g_autofree guint8 *pixels = NULL;
  Category *category;
  JuminFrame frame;

  if (g_str_has_suffix (path, ".tsv") || !read_picture (path, &frame, &pixels))
    return;
  category = find_category (bench, path);
  category->pictures++;
  category->codes += expected == NULL || *expected != '\0';
  for (guint i = 0; i < N_READERS; i++)
    if (bench->opened[i] != NULL)
      measure_picture (&readers[i], i, category, &frame, expected);
}

typedef struct
{
  gpointer self;
  double free_ms; /* when it may look again */
  double read_ms; /* when it had read the code; 0: not yet */
} Watcher;

static void
watch (Bench *bench, guint i, Watcher *watcher, const JuminFrame *frame, double now_ms,
       const char *expected)
{
  g_autoptr (GBytes) text = NULL;
  double began;

  if (bench->opened[i] == NULL || watcher->read_ms > 0 || now_ms < watcher->free_ms)
    return;
  if (watcher->self == NULL)
    watcher->self = readers[i].open ();
  began = get_cpu_ms ();
  text = readers[i].read (watcher->self, frame);
  began = get_cpu_ms () - began;
  watcher->free_ms = now_ms + 2 * began;
  if (text == NULL)
    return;
  watcher->read_ms = now_ms + began;
  bench->wrong[i] += !is_right (text, expected);
}

static void
take_video (Bench *bench, const char *folder, const char *expected)
{
  Watcher watchers[N_READERS] = { 0 };

  for (guint n = 0; n < VIDEO_FRAMES_MAX; n++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.jpg", n);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree guint8 *pixels = NULL;
      JuminFrame frame;

      if (!g_file_test (path, G_FILE_TEST_EXISTS) || !read_picture (path, &frame, &pixels))
        break;
      for (guint i = 0; i < N_READERS; i++)
        watch (bench, i, &watchers[i], &frame, n * FRAME_MS, expected);
    }
  bench->videos++;
  for (guint i = 0; i < N_READERS; i++)
    {
      bench->in_half_a_second[i] += watchers[i].read_ms > 0 && watchers[i].read_ms <= 500;
      bench->in_a_second[i] += watchers[i].read_ms > 0 && watchers[i].read_ms <= 1000;
      if (watchers[i].self != NULL)
        readers[i].close (watchers[i].self);
    }
}

static void
take_folder (Bench *bench, const char *folder, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      const char *expected = bench->texts != NULL ? g_hash_table_lookup (bench->texts, name) : NULL;

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        take_picture (bench, path, expected);
      else if (expected != NULL)
        take_video (bench, path, expected);
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
  printf ("| %-11s | %5u |", name, category->pictures);
  for (guint i = 0; i < N_READERS; i++)
    printf (" %5.1f | %5u | %5.2f |", 100.0 * category->read[i] / MAX (category->codes, 1),
            category->wrong[i], category->ms[i] / category->pictures);
  putchar ('\n');
}

static void
print_head (const char *first, const char *columns)
{
  printf ("| %-11s | count |", first);
  for (guint i = 0; i < N_READERS; i++)
    printf (" %s %s", readers[i].name, columns);
  putchar ('\n');
}

static void
print_pictures (Bench *bench)
{
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (bench->categories), (GCompareFunc)g_strcmp0);
  const Category *negative = g_hash_table_lookup (bench->categories, "negative");
  Category all = { 0 };

  print_head ("category", "% | wrong | ms |");
  puts ("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
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
  print_row ("all", &all);
  printf ("\nTime of a frame, beside plain zbar: %.2f", all.ms[0] / all.ms[1]);
  if (negative != NULL)
    printf (", without a code %.2f", negative->ms[0] / negative->ms[1]);
  putchar ('\n');
}

static void
print_videos (const Bench *bench)
{
  print_head ("videos", "0.5 s | 1 s | wrong |");
  puts ("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
  printf ("| %-11s | %5u |", "read in", bench->videos);
  for (guint i = 0; i < N_READERS; i++)
    printf (" %5.1f | %5.1f | %5u |", 100.0 * bench->in_half_a_second[i] / bench->videos,
            100.0 * bench->in_a_second[i] / bench->videos, bench->wrong[i]);
  putchar ('\n');
}

int
main (int argc, char **argv)
{
  g_autofree char *quirc = NULL;
  const GOptionEntry entries[] = {
    { "quirc", 0, 0, G_OPTION_ARG_FILENAME, &quirc, "quirc, as a library", "LIBRARY" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER…");
  g_autoptr (GError) error = NULL;
  Bench bench = { .categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (quirc != NULL && !readers_load_quirc (quirc, &error)))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  for (guint i = 0; i < N_READERS; i++)
    bench.opened[i] = readers[i].open ();
  for (int i = 1; i < argc; i++)
    {
      bench.texts = read_index (argv[i]);
      take_folder (&bench, argv[i], 0);
      g_clear_pointer (&bench.texts, g_hash_table_unref);
    }
  if (g_hash_table_size (bench.categories) > 0)
    print_pictures (&bench);
  if (bench.videos > 0)
    print_videos (&bench);
  for (guint i = 0; i < N_READERS; i++)
    if (bench.opened[i] != NULL)
      readers[i].close (bench.opened[i]);
  g_hash_table_unref (bench.categories);
  return 0;
}
