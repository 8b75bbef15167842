/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An audit log on a disk that anybody may have written. The first byte says what the rest is: the
 * log as it lies there, bodies that are chained as they should be, or a log with receipts. */
#include <glib/gstdio.h>
#include <string.h>

#include "audit/log-directory.h"
#include "audit/verify.h"
#include "fuzz.h"

enum
{
  CHAINED = 1 << 0,  /* each line is the body of a record, which gets number and hash */
  RECEIPTS = 1 << 1, /* what follows the first empty line are receipts */
  OPENED = 1 << 2,   /* it is opened for writing, too, as after a loss of power */
  LINES_MAX = 64
};

static char *directory;

static void
remove_all (void)
{
  g_autoptr (GDir) listing = g_dir_open (directory, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
}

static void
clean_up (void)
{
  remove_all ();
  g_rmdir (directory);
}

static void
write_file (const char *name, const char *text, gsize length)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  FILE *file = fopen (path, "we");

  g_assert (file != NULL && fwrite (text, 1, length, file) == length);
  fclose (file);
}

static char *
chain (const char *text)
{
  g_auto (GStrv) bodies = g_strsplit (text, "\n", LINES_MAX);
  GString *log = g_string_new (NULL);
  JuminAuditLink link;

  jumin_audit_link_begin (&link);
  for (int i = 0; bodies[i] != NULL; i++)
    {
      g_autofree char *line = jumin_audit_link_append (&link, bodies[i]);

      g_string_append (log, line);
    }
  return g_string_free (log, FALSE);
}

static void
verify (void)
{
  JuminAuditSource source = { .directory = directory };
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = jumin_audit_verify (&source, &summary, &error);

  g_assert (good == (error == NULL));
  g_assert (summary.last >= summary.first);
}

static void
reopen (void)
{
  g_autoptr (JuminReceipt) receipt = jumin_receipt_load_last (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminLogDirectory) log = jumin_log_directory_open (directory, 0, 0, &error);

  g_assert ((log != NULL) == (error == NULL));
  if (receipt != NULL)
    g_assert (jumin_receipt_store (receipt, directory, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  guint8 bits = feed_byte (&feed);
  gsize length = feed.left;
  g_autofree char *text = feed_dup (&feed, feed.left), *chained = NULL;
  char *receipts = (bits & RECEIPTS) != 0 ? memmem (text, length, "\n\n", 2) : NULL;

  if (directory == NULL)
    {
      directory = g_dir_make_tmp ("jumin-fuzz-XXXXXX", NULL);
      atexit (clean_up);
    }
  remove_all ();
  if (receipts != NULL)
    {
      write_file (JUMIN_RECEIPTS_FILE, receipts + 2, length - (gsize)(receipts + 2 - text));
      length = (gsize)(receipts + 1 - text);
      receipts[1] = '\0';
    }
  if ((bits & CHAINED) != 0)
    {
      chained = chain (text);
      write_file (JUMIN_AUDIT_FIRST_FILE, chained, strlen (chained));
    }
  else
    write_file (JUMIN_AUDIT_FIRST_FILE, text, length);
  verify ();
  if ((bits & OPENED) != 0)
    reopen ();
  return 0;
}
