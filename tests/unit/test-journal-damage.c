/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of the payment journal that a disk changed by itself: never a crash, and never another
 * content. A file says what it said, or it is refused. A damaged log may end early, as after a
 * power cut: then the journal says what it said before, never anything else.
 *
 *   test-journal-damage [--images N] [--from SEED] */
#include "journal-sample.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  IMAGES = 2000,
  FINAL = 24,
  OPEN = 6,
  CHANGES = 4,  /* of each of these, in the log alone: pending, unknown, closing, paid */
  LOST_MAX = 2, /* changes at the end, whose damage looks like a power cut */
  SECTOR = 512,
  PAGE = 4096,
  BURST_MAX = 64
};

typedef struct
{
  char *bytes;
  gsize length;
} Image;

/**
 * Fixture:
 * @said: all that the journal said: with an empty log, and after each of @changes; @last of it
 * @whole: the file with all of it in it
 * @older, @log: the file before those changes, and its log with them
 */
typedef struct
{
  char *folder, *path, *log_path;
  GHashTable *said;
  guint changes;
  char *last;
  Image whole, older, log;
  GRand *random;
} Fixture;

static int images = IMAGES;
static int seed = 20261121;

static void
read_image (const char *path, Image *image)
{
  g_assert_true (g_file_get_contents (path, &image->bytes, &image->length, NULL));
}

static void
write_image (const char *path, const Image *image)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (image->bytes, 1, image->length, file), ==, image->length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
say (Fixture *self, JuminJournalFile *file)
{
  g_free (self->last);
  self->last = sample_dump_file (file, NULL);
  g_assert_nonnull (self->last);
  g_hash_table_insert (self->said, g_strdup (self->last), GUINT_TO_POINTER (++self->changes));
}

static void
put (JuminJournalFile *file, const char *kind, int n, JuminPaymentState state)
{
  g_autofree char *id = g_strdup_printf ("%s-%d-of-the-journal", kind, n);

  g_assert_true (sample_put (file, id, state, NULL) && jumin_journal_file_rest (file, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  JuminJournalFile *file;

  self->folder = g_build_filename (base, "jumin-damage-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (self->folder));
  self->path = g_build_filename (self->folder, "payments.db", NULL);
  self->log_path = g_strconcat (self->path, "-wal", NULL);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->random = g_rand_new_with_seed ((guint32)seed);
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
  file = jumin_journal_file_open (self->path, NULL, NULL);
  for (int i = 0; i < FINAL; i++)
    put (file, "final", i, JUMIN_PAYMENT_FULFILLED + i % 5);
  for (int i = 0; i < OPEN; i++)
    put (file, "open", i, JUMIN_PAYMENT_SUBMITTED);
  say (self, file);
  read_image (self->path, &self->older);
  for (int i = 0; i < OPEN * CHANGES; i++)
    {
      put (file, "open", i % OPEN, (JuminPaymentState)(JUMIN_PAYMENT_PENDING + i / OPEN));
      say (self, file);
    }
  read_image (self->log_path, &self->log);
  jumin_journal_file_free (file);
  read_image (self->path, &self->whole);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  scratch_folder_remove (self->folder);
  g_hash_table_unref (self->said);
  g_rand_free (self->random);
  g_free (self->whole.bytes);
  g_free (self->older.bytes);
  g_free (self->log.bytes);
  g_free (self->last);
  g_free (self->log_path);
  g_free (self->path);
  g_free (self->folder);
}

static gsize
pick (Fixture *self, gsize below)
{
  return (gsize)g_rand_int_range (self->random, 0, (gint32)below);
}

static void
flip (Fixture *self, Image *image)
{
  image->bytes[pick (self, image->length)] ^= (char)(1 << pick (self, 8));
}

static void
scribble (Fixture *self, Image *image)
{
  gsize at = pick (self, image->length), count = 1 + pick (self, BURST_MAX);

  for (gsize i = at; i < MIN (at + count, image->length); i++)
    image->bytes[i] = (char)pick (self, 256);
}

static void
clear_sector (Fixture *self, Image *image)
{
  gsize at = pick (self, image->length / SECTOR) * SECTOR;

  memset (image->bytes + at, 0, SECTOR);
}

static void
cut (Fixture *self, Image *image)
{
  image->length = pick (self, image->length);
}

static void
swap_pages (Fixture *self, Image *image)
{
  gsize one = pick (self, image->length / PAGE) * PAGE,
        other = pick (self, image->length / PAGE) * PAGE;
  g_autofree char *page = g_memdup2 (image->bytes + one, PAGE);

  memmove (image->bytes + one, image->bytes + other, PAGE);
  memcpy (image->bytes + other, page, PAGE);
}

static void
repeat_sector (Fixture *self, Image *image)
{
  gsize from = pick (self, image->length / SECTOR) * SECTOR,
        to = pick (self, image->length / SECTOR) * SECTOR;

  memmove (image->bytes + to, image->bytes + from, SECTOR);
}

/* Returns: whether its end is missing */
static gboolean
damage (Fixture *self, const Image *original, Image *image)
{
  static void (*const ways[]) (Fixture * self, Image * image)
      = { flip, flip, scribble, clear_sector, cut, swap_pages, repeat_sector };

  image->bytes = g_memdup2 (original->bytes, original->length);
  image->length = original->length;
  ways[pick (self, G_N_ELEMENTS (ways))](self, image);
  return image->length < original->length;
}

/* Returns: (nullable): what the files say; %NULL: they are refused */
static char *
read_files (Fixture *self, const Image *file, const Image *log)
{
  g_autoptr (JuminJournalFile) journal = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;
  char *dump = NULL;

  g_unlink (self->log_path);
  write_image (self->path, file);
  if (log != NULL)
    write_image (self->log_path, log);
  journal = jumin_journal_file_open (self->path, NULL, &error);
  if (journal != NULL)
    open = jumin_journal_file_load (journal, &error);
  if (open != NULL)
    dump = sample_dump_file (journal, &error);
  if (dump == NULL)
    g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  return dump;
}

static void
test_unharmed (Fixture *self, gconstpointer data)
{
  g_autofree char *file = read_files (self, &self->whole, NULL);
  g_autofree char *log = read_files (self, &self->older, &self->log);

  g_assert_cmpstr (file, ==, self->last);
  g_assert_cmpstr (log, ==, self->last);
}

static void
test_file (Fixture *self, gconstpointer data)
{
  int refused = 0;

  for (int i = 0; i < images / 2; i++)
    {
      g_autofree char *said = NULL;
      Image image;

      damage (self, &self->whole, &image);
      said = read_files (self, &image, NULL);
      g_free (image.bytes);
      refused += said == NULL;
      if (said != NULL && strcmp (said, self->last) != 0)
        g_error ("image %d of seed %d says what never was: %s", i, seed, said);
    }
  g_test_message ("%d images of the file: %d refused, the others unharmed", images / 2, refused);
  g_assert_cmpint (refused, >, images / 8);
}

static void
test_log (Fixture *self, gconstpointer data)
{
  int refused = 0, earlier = 0;
  guint lost_most = 0;

  for (int i = 0; i < images - images / 2; i++)
    {
      g_autofree char *said = NULL;
      Image image;
      gboolean is_cut = damage (self, &self->log, &image);

      said = read_files (self, &self->older, &image);
      g_free (image.bytes);
      refused += said == NULL;
      if (said == NULL || strcmp (said, self->last) == 0)
        continue;
      earlier++;
      if (!g_hash_table_contains (self->said, said))
        g_error ("image %d of seed %d says what never was: %s", i, seed, said);
      if (!is_cut)
        lost_most = MAX (lost_most,
                         self->changes - GPOINTER_TO_UINT (g_hash_table_lookup (self->said, said)));
    }
  g_test_message ("%d images of the log: %d refused, %d end early", images - images / 2, refused,
                  earlier);
  g_assert_cmpint (refused, >, images / 4);
  g_assert_cmpuint (lost_most, <=, LOST_MAX);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/journal-damage/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "images", 0, 0, G_OPTION_ARG_INT, &images, "How many", "N" },
    { "from", 0, 0, G_OPTION_ARG_INT, &seed, "Of what is damaged", "SEED" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  ADD ("what_nothing_happened_to_is_whole", test_unharmed);
  ADD ("a_damaged_file_is_refused_or_says_what_it_said", test_file);
  ADD ("a_damaged_log_says_what_was_once_so", test_log);
  return g_test_run ();
}
