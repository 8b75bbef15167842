/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the audit log: audit-000000000001.log and on, each named by its first record.
 *
 * A new file is begun when a day or a size is over. Its first record holds the last hash of the
 * file before, so that the chain goes on across files and each can be checked alone. The oldest
 * file goes when it is older than the days to keep; one at a time, so that a clock that jumps
 * ahead takes no more than one. Before a file goes, a record says so. */
#include "audit/log-directory.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "audit/log-file.h"

#define NAME_FORMAT "audit-%012" G_GINT64_FORMAT ".log"

enum
{
  DAY_S = 24 * 60 * 60
};

struct _JuminLogDirectory
{
  char *path;
  gint64 file_bytes_max;
  guint keep_days;
  JuminLogFile *file; /* NULL before the first record */
  gint64 day;         /* of the last record */
  gint64 torn_bytes;
  JuminAuditLink link;
};

char *
jumin_log_directory_dup_name (gint64 first_sequence)
{
  return g_strdup_printf (NAME_FORMAT, first_sequence);
}

static char *
dup_path (const char *directory, gint64 first_sequence)
{
  g_autofree char *name = jumin_log_directory_dup_name (first_sequence);

  return g_build_filename (directory, name, NULL);
}

/* The sequence in a file's name; 0: it is not one of ours. */
static gint64
read_name (const char *name)
{
  g_autofree char *digits = NULL, *again = NULL;
  gint64 first;

  if (!g_str_has_prefix (name, "audit-") || !g_str_has_suffix (name, ".log"))
    return 0;
  digits = g_strndup (name + 6, strlen (name) - 10);
  if (!g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64 - 1, &first, NULL))
    return 0;
  again = jumin_log_directory_dup_name (first);
  return g_str_equal (again, name) ? first : 0;
}

static int
compare_sequences (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

/**
 * jumin_log_directory_list:
 *
 * Errors: %G_FILE_ERROR.
 *
 * Returns: (transfer full) (element-type gint64): the first sequences of its files, in order
 */
GArray *
jumin_log_directory_list (const char *path, GError **error)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDir) listing = g_dir_open (path, 0, error);
  const char *name;

  if (listing == NULL)
    return NULL;
  while ((name = g_dir_read_name (listing)) != NULL && firsts->len < JUMIN_AUDIT_FILES_MAX)
    {
      gint64 first = read_name (name);

      if (first > 0)
        g_array_append_val (firsts, first);
    }
  g_array_sort (firsts, compare_sequences);
  return g_steal_pointer (&firsts);
}

static void
sync_directory (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_message ("Syncing '%s' failed: %s", path, g_strerror (errno));
  close (fd);
}

/* Goes on where the newest file with a record ends; later ones were only begun. */
static gboolean
take_newest (JuminLogDirectory *self, const GArray *firsts, GError **error)
{
  for (guint i = firsts->len; i > 0; i--)
    {
      g_autofree char *path = dup_path (self->path, g_array_index (firsts, gint64, i - 1));
      JuminLogFile *file = jumin_log_file_open (path, error);

      if (file == NULL)
        return FALSE;
      self->torn_bytes += jumin_log_file_get_torn_bytes (file);
      if (jumin_log_file_get_length (file) > 0)
        {
          self->file = file;
          self->day = jumin_log_file_get_last_day (file);
          self->link = *jumin_log_file_get_link (file);
          return TRUE;
        }
      jumin_log_file_close (file);
      g_unlink (path);
    }
  return TRUE;
}

/**
 * jumin_log_directory_open:
 * @path: made with mode 0700 when it is not there
 * @file_bytes_max: when a new file is begun; 0: %JUMIN_AUDIT_FILE_BYTES
 * @keep_days: when the oldest file goes; 0: %JUMIN_AUDIT_KEEP_DAYS
 *
 * Errors: %G_IO_ERROR; _WOULD_BLOCK when another process writes it.
 */
JuminLogDirectory *
jumin_log_directory_open (const char *path, gint64 file_bytes_max, guint keep_days, GError **error)
{
  g_autoptr (JuminLogDirectory) self = g_new0 (JuminLogDirectory, 1);
  g_autoptr (GArray) firsts = NULL;
  g_autoptr (GError) problem = NULL;

  g_mkdir_with_parents (path, 0700);
  self->path = g_strdup (path);
  self->file_bytes_max = file_bytes_max > 0 ? file_bytes_max : JUMIN_AUDIT_FILE_BYTES;
  self->keep_days = keep_days > 0 ? keep_days : JUMIN_AUDIT_KEEP_DAYS;
  jumin_audit_link_begin (&self->link);
  firsts = jumin_log_directory_list (path, &problem);
  if (firsts != NULL)
    return take_newest (self, firsts, error) ? g_steal_pointer (&self) : NULL;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Opening audit log '%s' failed: %s", path,
               problem->message);
  return NULL;
}

void
jumin_log_directory_close (JuminLogDirectory *self)
{
  g_clear_pointer (&self->file, jumin_log_file_close);
  g_free (self->path);
  g_free (self);
}

gint64
jumin_log_directory_get_torn_bytes (const JuminLogDirectory *self)
{
  return self->torn_bytes;
}

const JuminAuditLink *
jumin_log_directory_get_link (const JuminLogDirectory *self)
{
  return &self->link;
}

static gboolean
append_to (JuminLogDirectory *self, JuminLogFile *file, const JuminAuditRecord *record,
           GError **error)
{
  JuminAuditLink next = self->link;
  g_autofree char *line = jumin_audit_link_append (&next, record->body);

  if (!jumin_log_file_append (file, line, error))
    return FALSE;
  self->link = next;
  self->day = record->wall_s / DAY_S;
  return TRUE;
}

static gboolean
remove_file (JuminLogDirectory *self, const GArray *firsts, guint i, const JuminAuditRecord *at)
{
  g_autofree char *path = dup_path (self->path, g_array_index (firsts, gint64, i));
  g_autofree char *through
      = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (firsts, gint64, i + 1) - 1);
  g_autoptr (JuminAuditRecord) record = jumin_audit_record_new (
      at->wall_s, at->mono_ms, JUMIN_AUDIT_FILE_REMOVED, "through", through, NULL);

  return append_to (self, self->file, record, NULL) && jumin_log_file_sync (self->file, NULL)
         && g_unlink (path) == 0;
}

/* What is too old or too much; what cannot be removed now is tried again with the next file. */
static void
remove_old_files (JuminLogDirectory *self, const JuminAuditRecord *now)
{
  g_autoptr (GArray) firsts = jumin_log_directory_list (self->path, NULL);
  g_autofree GStatBuf *infos = NULL;
  gint64 total = 0;

  if (firsts == NULL)
    return;
  infos = g_new0 (GStatBuf, firsts->len + 1);
  for (guint i = 0; i < firsts->len; i++)
    {
      g_autofree char *path = dup_path (self->path, g_array_index (firsts, gint64, i));

      if (g_stat (path, &infos[i]) == 0)
        total += infos[i].st_size;
    }
  for (guint i = 0; i + 1 < firsts->len; i++)
    {
      gboolean old
          = i == 0 && now->wall_s - (gint64)infos[i].st_mtime > (gint64)self->keep_days * DAY_S;
      gboolean many
          = total > JUMIN_AUDIT_TOTAL_BYTES_MAX || firsts->len - i > JUMIN_AUDIT_FILES_MAX / 2;

      if ((!old && !many) || !remove_file (self, firsts, i, now))
        return;
      total -= infos[i].st_size;
    }
}

/* When none can be begun the record waits, and the file before stays as it is. */
static gboolean
begin_file (JuminLogDirectory *self, const JuminAuditRecord *now, GError **error)
{
  g_autofree char *path = dup_path (self->path, self->link.sequence + 1);
  g_autoptr (JuminAuditRecord) began = jumin_audit_record_new (
      now->wall_s, now->mono_ms, JUMIN_AUDIT_FILE_BEGAN, "previous", self->link.hash, NULL);
  g_autoptr (JuminLogFile) file = NULL;

  if (self->file != NULL && !jumin_log_file_sync (self->file, error))
    return FALSE;
  file = jumin_log_file_open (path, error);
  if (file == NULL)
    return FALSE;
  if (!append_to (self, file, began, error))
    {
      g_unlink (path);
      return FALSE;
    }
  sync_directory (self->path);
  g_clear_pointer (&self->file, jumin_log_file_close);
  self->file = g_steal_pointer (&file);
  remove_old_files (self, now);
  return TRUE;
}

static gboolean
is_over (const JuminLogDirectory *self, const JuminAuditRecord *record)
{
  return self->file == NULL || record->wall_s / DAY_S > self->day
         || jumin_log_file_get_length (self->file) + JUMIN_AUDIT_LINE_MAX > self->file_bytes_max;
}

/**
 * jumin_log_directory_append:
 *
 * Writes one record, in a new file where one is due; it is safe only after
 * jumin_log_directory_sync().
 *
 * Errors: %G_IO_ERROR; what was written before stays.
 */
gboolean
jumin_log_directory_append (JuminLogDirectory *self, const JuminAuditRecord *record, GError **error)
{
  if (is_over (self, record) && !begin_file (self, record, error))
    return FALSE;
  return append_to (self, self->file, record, error);
}

gboolean
jumin_log_directory_sync (JuminLogDirectory *self, GError **error)
{
  return self->file == NULL || jumin_log_file_sync (self->file, error);
}
