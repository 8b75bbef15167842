/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file of the audit log: mode 0600, one writer, opened for appending alone, always a whole
 * number of records.
 *
 * A power cut may leave half a line, zeros or garbage at the end: what follows the last line that
 * is a record is cut off when the file is opened. A write that fails is cut off at once. */
#include "audit/log-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  TAIL_MAX = 64 * 1024, /* so much garbage a power cut may leave */
  DAY_S = 24 * 60 * 60
};

struct _JuminLogFile
{
  char *path;
  int fd;
  gint64 length, torn_bytes, last_day;
  JuminAuditLink link;
};

static gboolean
fail (JuminLogFile *self, const char *what, int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s audit log '%s' failed: %s",
               what, self->path, g_strerror (number));
  return FALSE;
}

static gboolean
cut (JuminLogFile *self, GError **error)
{
  return ftruncate (self->fd, self->length) == 0 || fail (self, "Cutting", errno, error);
}

static gint64
read_day (const char *line)
{
  const char *time = strstr (line, "\"time\":\"");
  g_autofree char *text = time != NULL ? g_strndup (time + strlen ("\"time\":\""), 20) : NULL;
  g_autoptr (GDateTime) moment = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) / DAY_S : 0;
}

/* Looks back from the end of @tail for a line that is a record. Returns where that ends, 0: none.
 */
static gsize
find_last_record (JuminLogFile *self, char *tail, gsize length)
{
  char *end;

  while ((end = memrchr (tail, '\n', length)) != NULL)
    {
      char *begin = memrchr (tail, '\n', (gsize)(end - tail));
      char *line = begin == NULL ? tail : begin + 1;

      *end = '\0';
      if (strlen (line) == (gsize)(end - line) && jumin_audit_link_read (&self->link, line, NULL))
        {
          self->last_day = read_day (line);
          return (gsize)(end - tail) + 1;
        }
      length = (gsize)(line - tail);
    }
  return 0;
}

static gboolean
read_end (JuminLogFile *self, gint64 size, GError **error)
{
  char tail[TAIL_MAX + 1] = "";
  gint64 from = MAX (0, size - TAIL_MAX);
  ssize_t count = pread (self->fd, tail, (size_t)(size - from), from);
  gboolean has_line = memchr (tail, '\n', (gsize)MAX (0, count)) != NULL;
  gsize end;

  if (count != size - from)
    return fail (self, "Reading", count < 0 ? errno : EIO, error);
  end = find_last_record (self, tail, (gsize)count);
  if (end == 0 && has_line)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "Continuing audit log '%s' failed: it holds no record", self->path);
      return FALSE;
    }
  self->length = end == 0 ? 0 : from + (gint64)end;
  self->torn_bytes = size - self->length;
  return cut (self, error);
}

static gboolean
prepare (JuminLogFile *self, GError **error)
{
  struct stat info;

  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    return fail (self, "Locking", errno, error);
  if (fchmod (self->fd, 0600) != 0 || fstat (self->fd, &info) != 0)
    return fail (self, "Opening", errno, error);
  return read_end (self, info.st_size, error);
}

/**
 * jumin_log_file_open:
 * @path: file in a directory that is there
 *
 * Opens the file where its last whole record ends; a new one is made when there is none.
 *
 * Errors: %G_IO_ERROR; _WOULD_BLOCK when another process writes it, _INVALID_DATA when it is no
 * log.
 */
JuminLogFile *
jumin_log_file_open (const char *path, GError **error)
{
  g_autoptr (JuminLogFile) self = g_new0 (JuminLogFile, 1);

  self->path = g_strdup (path);
  jumin_audit_link_begin (&self->link);
  self->fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    {
      fail (self, "Opening", errno, error);
      return NULL;
    }
  return prepare (self, error) ? g_steal_pointer (&self) : NULL;
}

void
jumin_log_file_close (JuminLogFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/* Bytes of whole records; 0: it has none yet. */
gint64
jumin_log_file_get_length (const JuminLogFile *self)
{
  return self->length;
}

/* How many bytes were cut off when it was opened. */
gint64
jumin_log_file_get_torn_bytes (const JuminLogFile *self)
{
  return self->torn_bytes;
}

/* The day of the last record that was there when it was opened, counted from 1970. */
gint64
jumin_log_file_get_last_day (const JuminLogFile *self)
{
  return self->last_day;
}

/* Where the chain ended when it was opened. */
const JuminAuditLink *
jumin_log_file_get_link (const JuminLogFile *self)
{
  return &self->link;
}

/**
 * jumin_log_file_append:
 * @line: one record with its line feed
 *
 * Writes one record; it is safe only after jumin_log_file_sync().
 *
 * Returns: whether it is in the file; if not, the file is as before
 */
gboolean
jumin_log_file_append (JuminLogFile *self, const char *line, GError **error)
{
  gsize length = strlen (line);
  ssize_t written = write (self->fd, line, length);
  int number = written < 0 ? errno : ENOSPC;

  if (written != (ssize_t)length)
    {
      cut (self, NULL);
      return fail (self, "Writing", number, error);
    }
  self->length += written;
  return TRUE;
}

gboolean
jumin_log_file_sync (JuminLogFile *self, GError **error)
{
  return fdatasync (self->fd) == 0 || fail (self, "Syncing", errno, error);
}
