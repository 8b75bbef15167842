/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs one target over its kept corpus, with any compiler: replay DIRECTORY */
#include <gio/gio.h>
#include <string.h>

#include "fuzz.h"

enum
{
  FILES_MAX = 1000,
  FILE_BYTES_MAX = 1024 * 1024
};

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list (const char *directory)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) listing = g_dir_open (directory, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (listing)) != NULL)
    g_ptr_array_add (paths, g_build_filename (directory, name, NULL));
  g_assert_cmpuint (paths->len, >, 0);
  g_assert_cmpuint (paths->len, <=, FILES_MAX);
  g_ptr_array_sort (paths, compare);
  return paths;
}

static void
run (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, <=, FILE_BYTES_MAX);
  bytes = g_memdup2 (text, length); /* no NUL behind it */
  LLVMFuzzerTestOneInput (bytes, length);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = NULL;

  LLVMFuzzerInitialize (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  paths = list (argv[1]);
  g_print ("1..%u\n", paths->len);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_path_get_basename (paths->pdata[i]);

      run (paths->pdata[i]);
      g_print ("ok %u - %s\n", i + 1, name);
    }
  return 0;
}
