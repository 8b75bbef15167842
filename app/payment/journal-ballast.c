/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/journal-ballast.h"

#include "payment/journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum
{
  FILE_MODE = 0600,
  ROOM = 2 * JUMIN_JOURNAL_BALLAST
};

static char *
dup_path (const char *journal)
{
  return g_strconcat (journal, ".ballast", NULL);
}

static gboolean
is_there (const char *journal)
{
  g_autofree char *path = dup_path (journal);
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size == JUMIN_JOURNAL_BALLAST;
}

/* Allocated, not a hole. */
gboolean
jumin_journal_ballast_create (const char *journal, GError **error)
{
  g_autofree char *path = dup_path (journal);
  int descriptor = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  int failed = descriptor < 0 ? errno : posix_fallocate (descriptor, 0, JUMIN_JOURNAL_BALLAST);

  if (failed == 0 && fsync (descriptor) != 0)
    failed = errno;
  if (descriptor >= 0)
    close (descriptor);
  if (failed == 0)
    return TRUE;
  g_unlink (path);
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL,
               "Payment journal '%s': its ballast of %d MiB cannot be made: %s", journal,
               JUMIN_JOURNAL_BALLAST / (1024 * 1024), g_strerror (failed));
  return FALSE;
}

gboolean
jumin_journal_ballast_renew (const char *journal)
{
  g_autofree char *folder = g_path_get_dirname (journal);
  struct statvfs disk;

  if (is_there (journal))
    return TRUE;
  return statvfs (folder, &disk) == 0 && (guint64)disk.f_bavail * disk.f_frsize >= ROOM
         && jumin_journal_ballast_create (journal, NULL);
}

gboolean
jumin_journal_ballast_give_up (const char *journal)
{
  g_autofree char *path = dup_path (journal);

  return g_unlink (path) == 0;
}
