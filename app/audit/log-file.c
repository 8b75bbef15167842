/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of the audit log: mode 0600, one writer, always a whole number of records.
 *
 * A power cut may leave half a line, or zeros, at the end: what follows the last line feed is cut
 * off when the file is opened. A write that fails is cut off at once, and the chain stays where it
 * was. */
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
  TAIL_MAX = 2 * JUMIN_AUDIT_LINE_MAX
};

struct _JuminLogFile
{
  char *path;
  int fd;
  gint64 length, torn_bytes;
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
  if (ftruncate (self->fd, self->length) != 0 || lseek (self->fd, self->length, SEEK_SET) < 0)
    return fail (self, "Cutting", errno, error);
  return TRUE;
}

/* Reads the end of the file: where its last whole record ends, and what that says. */
static gboolean
read_end (JuminLogFile *self, gint64 size, GError **error)
{
  char tail[TAIL_MAX + 1];
  gint64 from = MAX (0, size - TAIL_MAX);
  ssize_t count = pread (self->fd, tail, (size_t)(size - from), from);
  char *end, *begin;

  if (count != size - from)
    return fail (self, "Reading", count < 0 ? errno : EIO, error);
  tail[count] = '\0';
  end = memrchr (tail, '\n', (size_t)count);
  if (end == NULL && from > 0)
    return fail (self, "Continuing", EBADMSG, error);
  self->length = end == NULL ? 0 : from + (end - tail) + 1;
  self->torn_bytes = size - self->length;
  if (end == NULL)
    return TRUE;
  *end = '\0';
  begin = memrchr (tail, '\n', (size_t)(end - tail));
  return jumin_audit_link_read (&self->link, begin == NULL ? tail : begin + 1, error);
}

static gboolean
prepare (JuminLogFile *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  struct stat info;

  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    return fail (self, "Locking", errno, error);
  if (fchmod (self->fd, 0600) != 0 || fstat (self->fd, &info) != 0)
    return fail (self, "Opening", errno, error);
  jumin_audit_link_begin (&self->link);
  if (!read_end (self, info.st_size, &problem))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&problem),
                                  "Continuing audit log '%s': last record: ", self->path);
      return FALSE;
    }
  return cut (self, error);
}

/**
 * jumin_log_file_open:
 * @path: file in a directory that is there
 *
 * Opens the log where its last whole record ends; a new one is made when there is none.
 *
 * Errors: %G_IO_ERROR; _WOULD_BLOCK when another process writes it.
 */
JuminLogFile *
jumin_log_file_open (const char *path, GError **error)
{
  g_autoptr (JuminLogFile) self = g_new0 (JuminLogFile, 1);

  self->path = g_strdup (path);
  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
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

/* How many bytes were cut off when it was opened. */
gint64
jumin_log_file_get_torn_bytes (const JuminLogFile *self)
{
  return self->torn_bytes;
}

/**
 * jumin_log_file_append:
 * @body: members of the record, as for jumin_audit_link_append()
 *
 * Writes one record; it is safe only after jumin_log_file_sync().
 *
 * Returns: whether it is in the file; if not, the file is as before
 */
gboolean
jumin_log_file_append (JuminLogFile *self, const char *body, GError **error)
{
  JuminAuditLink next = self->link;
  g_autofree char *line = jumin_audit_link_append (&next, body);
  size_t length = strlen (line);
  ssize_t written = write (self->fd, line, length);
  int number = written < 0 ? errno : ENOSPC;

  if (written != (ssize_t)length)
    {
      cut (self, NULL);
      return fail (self, "Writing", number, error);
    }
  self->link = next;
  self->length += written;
  return TRUE;
}

gboolean
jumin_log_file_sync (JuminLogFile *self, GError **error)
{
  return fdatasync (self->fd) == 0 || fail (self, "Syncing", errno, error);
}
