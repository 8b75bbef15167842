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
  LATER = 1 << 3,    /* the file begins with record 5: those before are said to be removed */
  VOUCHED = 1 << 4,  /* of a chained log: there is a receipt for its last record */
  LINES_MAX = 64
};

#define BEGIN_S G_GINT64_CONSTANT (1795227960)

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

/* @link: (inout): where the chain begins, and where it ends */
static char *
chain (const char *text, JuminAuditLink *link)
{
  g_auto (GStrv) bodies = g_strsplit (text, "\n", LINES_MAX);
  GString *log = g_string_new (NULL);

  for (int i = 0; bodies[i] != NULL; i++)
    {
      g_autofree char *line = jumin_audit_link_append (link, bodies[i]);

      g_string_append (log, line);
    }
  return g_string_free (log, FALSE);
}

static void
vouch (const JuminAuditLink *link)
{
  g_autoptr (JuminReceipt) receipt = jumin_receipt_new ("T-0003", link, BEGIN_S, "MEUCIQ==");

  g_assert (jumin_receipt_store (receipt, directory, NULL));
}

static void
write_log (guint8 bits, const char *text, gsize length)
{
  JuminAuditLink link;
  g_autofree char *name = NULL, *chained = NULL;

  jumin_audit_link_begin (&link);
  link.sequence = (bits & LATER) != 0 ? 4 : 0;
  name = jumin_log_directory_dup_name (link.sequence + 1);
  if ((bits & CHAINED) != 0)
    chained = chain (text, &link);
  write_file (name, chained != NULL ? chained : text, chained != NULL ? strlen (chained) : length);
  if ((bits & VOUCHED) != 0 && chained != NULL)
    vouch (&link);
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
  g_autofree char *text = feed_dup (&feed, feed.left);
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
  write_log (bits, text, length);
  verify ();
  if ((bits & OPENED) != 0)
    reopen ();
  return 0;
}
