/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts of the platform for the ends of the chain that it was told, one a line beside the log:
 * {"terminal":"T-0003","sequence":256,"hash":"…","at":1789…,"signature":"…"}.
 *
 * A line is read only when it is exactly as it would be written. When the file is full it becomes
 * the old one, and the old one before it goes. */
#include "audit/receipt.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/json.h"

enum
{
  TERMINAL_MAX = 16
};

void
jumin_receipt_free (JuminReceipt *self)
{
  g_free (self->terminal);
  g_free (self->signature);
  g_free (self);
}

JuminReceipt *
jumin_receipt_new (const char *terminal, const JuminAuditLink *link, gint64 at,
                   const char *signature)
{
  JuminReceipt *self = g_new0 (JuminReceipt, 1);

  self->terminal = g_strdup (terminal);
  self->link = *link;
  self->at = at;
  self->signature = g_strdup (signature);
  return self;
}

/* Returns: (transfer full): the receipt as a line, with its line feed */
char *
jumin_receipt_dup_line (const JuminReceipt *self)
{
  return g_strdup_printf ("{\"terminal\":\"%s\",\"sequence\":%" G_GINT64_FORMAT
                          ",\"hash\":\"%s\",\"at\":%" G_GINT64_FORMAT ",\"signature\":\"%s\"}\n",
                          self->terminal, self->link.sequence, self->link.hash, self->at,
                          self->signature);
}

/* Returns: (transfer full): what the platform signs (data/platform-api.yaml) */
char *
jumin_receipt_dup_text (const JuminReceipt *self)
{
  return g_strdup_printf ("jumin-audit-anchor\n%s\n%" G_GINT64_FORMAT "\n%s\n%" G_GINT64_FORMAT,
                          self->terminal, self->link.sequence, self->link.hash, self->at);
}

static void
read_receipt (const JuminJson *root, gpointer data)
{
  JuminReceipt *self = data;
  const char *hash
      = jumin_json_get_match (root, "hash", JUMIN_PATTERN_DIGEST, JUMIN_AUDIT_HASH_LENGTH);

  self->terminal = g_strdup (jumin_json_get_string (root, "terminal", TERMINAL_MAX));
  self->link.sequence = jumin_json_get_integer (root, "sequence", 1, (gint64)1 << 53);
  self->at = jumin_json_get_integer (root, "at", 0, (gint64)1 << 53);
  self->signature
      = g_strdup (jumin_json_get_string (root, "signature", JUMIN_RECEIPT_SIGNATURE_MAX));
  g_strlcpy (self->link.hash, hash, sizeof self->link.hash);
}

/**
 * jumin_receipt_parse:
 * @line: without its line feed
 *
 * Errors: %G_IO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): what it says
 */
JuminReceipt *
jumin_receipt_parse (const char *line, GError **error)
{
  g_autoptr (JuminReceipt) self = g_new0 (JuminReceipt, 1);
  JuminJsonFile file = { "Receipt", "", line, -1, JUMIN_RECEIPT_LINE_MAX };

  if (jumin_json_read_file (&file, read_receipt, self, NULL))
    {
      g_autofree char *again = jumin_receipt_dup_line (self);

      again[strlen (again) - 1] = '\0';
      if (strcmp (again, line) == 0)
        return g_steal_pointer (&self);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is not a receipt");
  return NULL;
}

static gboolean
fail (const char *path, GError **error)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "Writing '%s' failed: %s", path,
               g_strerror (number));
  return FALSE;
}

/* What a power cut or a full disk has left of a line goes. */
static gboolean
cut_torn_end (int fd)
{
  char tail[JUMIN_RECEIPT_LINE_MAX];
  struct stat info;
  gint64 from;
  ssize_t count;
  char *end;

  if (fstat (fd, &info) != 0)
    return FALSE;
  from = MAX (0, (gint64)info.st_size - JUMIN_RECEIPT_LINE_MAX);
  count = pread (fd, tail, sizeof tail, from);
  if (count < 0)
    return FALSE;
  end = memrchr (tail, '\n', (size_t)count);
  return ftruncate (fd, end == NULL ? from : from + (end - tail) + 1) == 0;
}

/* Half a line that stays is cut off by the next one. */
static gboolean
append_line (int fd, const char *line)
{
  size_t length = strlen (line);
  ssize_t written = write (fd, line, length);

  if (written >= 0 && written != (ssize_t)length)
    errno = ENOSPC;
  return written == (ssize_t)length && fdatasync (fd) == 0;
}

/**
 * jumin_receipt_store:
 * @directory: where the log is
 *
 * Adds the receipt to those of the log and waits for the disk.
 *
 * Errors: %G_IO_ERROR.
 */
gboolean
jumin_receipt_store (const JuminReceipt *self, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, JUMIN_RECEIPTS_FILE, NULL);
  g_autofree char *old = g_build_filename (directory, JUMIN_RECEIPTS_OLD_FILE, NULL);
  g_autofree char *line = jumin_receipt_dup_line (self);
  GStatBuf info;
  gboolean stored;
  int fd;

  if (g_stat (path, &info) == 0 && info.st_size > JUMIN_RECEIPTS_BYTES_MAX)
    g_rename (path, old);
  fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (path, error);
  stored = (cut_torn_end (fd) && append_line (fd, line)) || fail (path, error);
  close (fd);
  return stored;
}

/**
 * jumin_receipt_load_last:
 *
 * Returns: (transfer full) (nullable): the last whole receipt beside the log
 */
JuminReceipt *
jumin_receipt_load_last (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, JUMIN_RECEIPTS_FILE, NULL);
  char tail[2 * JUMIN_RECEIPT_LINE_MAX + 1] = "";
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info;
  ssize_t count = -1;
  char *end, *begin;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0)
    count = pread (fd, tail, sizeof tail - 1, MAX (0, info.st_size - (gint64)sizeof tail + 1));
  close (fd);
  end = count > 0 ? memrchr (tail, '\n', (size_t)count) : NULL;
  if (end == NULL)
    return NULL;
  *end = '\0';
  begin = memrchr (tail, '\n', (size_t)(end - tail));
  return jumin_receipt_parse (begin == NULL ? tail : begin + 1, NULL);
}
