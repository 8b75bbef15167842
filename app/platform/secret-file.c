/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that holds one word that nobody else may read. */
#include "platform/secret-file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (const char *path, int code, const char *why, GError **error)
{
  g_set_error (error, G_IO_ERROR, code, "Reading secret '%s' failed: %s", path, why);
  return FALSE;
}

/* A pipe or a device would keep us waiting. */
static gboolean
check (int fd, const char *path, GError **error)
{
  struct stat about;

  if (fstat (fd, &about) != 0 || !S_ISREG (about.st_mode))
    return fail (path, G_IO_ERROR_INVALID_DATA, "it is no file", error);
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail (path, G_IO_ERROR_PERMISSION_DENIED,
                 "others may read or change it; only its owner should (0600)", error);
  if (about.st_uid != geteuid () && about.st_uid != 0)
    return fail (path, G_IO_ERROR_PERMISSION_DENIED, "it belongs to somebody else", error);
  return TRUE;
}

/* Printable ASCII without spaces, which may stand in a header and in a URL; one line. */
static gboolean
check_word (char *secret, gsize length)
{
  if (length > 0 && secret[length - 1] == '\n')
    secret[--length] = '\0';
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (secret[i]))
      return FALSE;
  return length > 0;
}

/**
 * jumin_secret_file_read:
 * @secret: (array length=size): locked memory, where the word goes, ended by NUL
 * @size: bytes of it, one more than the longest line
 *
 * Errors: G_IO_ERROR_PERMISSION_DENIED: others may read it; G_IO_ERROR_INVALID_DATA: not one short
 * word; and what opening it says.
 */
gboolean
jumin_secret_file_read (const char *path, char *secret, gsize size, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int code = errno;
  ssize_t length = -1;
  gboolean good = FALSE;

  if (fd < 0)
    return fail (path, (int)g_io_error_from_errno (code), g_strerror (code), error);
  if (check (fd, path, error))
    {
      length = read (fd, secret, size);
      good = length >= 0 && (gsize)length < size;
      if (good)
        {
          secret[length] = '\0';
          good = check_word (secret, (gsize)length);
        }
      if (!good)
        {
          explicit_bzero (secret, size);
          fail (path, G_IO_ERROR_INVALID_DATA, "not one short word", error);
        }
    }
  close (fd);
  return good;
}
