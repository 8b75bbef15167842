/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys on the disk of a terminal. */
#include "ctl/key-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>
#include <unistd.h>

#include "platform/sm2.h"

enum
{
  FOLDER_MODE = 0700,
  FILE_MODE = 0600
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static gboolean
fail (const char *what, const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code), "%s '%s' failed: %s", what,
               path, g_strerror (code));
  return FALSE;
}

/**
 * juminctl_key_folder_new:
 * @base: exists; the folder is made in it
 * @user: to whom the keys belong
 *
 * Returns: (transfer full): an empty folder
 */
JuminctlKeyFolder *
juminctl_key_folder_new (const char *base, const char *user, GError **error)
{
  g_autoptr (JuminctlKeyFolder) self = g_new0 (JuminctlKeyFolder, 1);
  g_autofree char *template = g_build_filename (base, "XXXXXX", NULL);

  if (!juminctl_owner_find (&self->owner, user, error))
    return NULL;
  if (g_mkdtemp_full (template, FOLDER_MODE) == NULL)
    {
      fail ("Making a folder for keys in", base, error);
      return NULL;
    }
  self->path = g_steal_pointer (&template);
  if (chown (self->path, self->owner.user, self->owner.group) == 0)
    return g_steal_pointer (&self);
  fail ("Giving away", self->path, error);
  g_rmdir (self->path);
  return NULL;
}

void
juminctl_key_folder_free (JuminctlKeyFolder *self)
{
  g_free (self->path);
  g_free (self);
}

char *
juminctl_key_folder_dup_path (const JuminctlKeyFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

static gboolean
write_all (int fd, const char *text)
{
  size_t left = strlen (text);

  while (left > 0)
    {
      ssize_t written = write (fd, text, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      text += written;
      left -= (size_t)written;
    }
  return TRUE;
}

/**
 * juminctl_key_folder_write:
 * @name: a file that does not exist
 *
 * It is on the disk when this returns.
 */
gboolean
juminctl_key_folder_write (const JuminctlKeyFolder *self, const char *name, const char *text,
                           GError **error)
{
  g_autofree char *path = juminctl_key_folder_dup_path (self, name);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
  gboolean good;

  if (fd < 0)
    return fail ("Making", path, error);
  good = fchown (fd, self->owner.user, self->owner.group) == 0 && write_all (fd, text)
         && fsync (fd) == 0;
  if (!good)
    fail ("Writing", path, error);
  close (fd);
  return good;
}

/**
 * juminctl_key_folder_make_key:
 * @type: "P-256" or "SM2"
 *
 * Returns: (transfer full): a new key that was written to the file @name
 */
EVP_PKEY *
juminctl_key_folder_make_key (const JuminctlKeyFolder *self, const char *name, const char *type,
                              GError **error)
{
  g_autoptr (EVP_PKEY) key
      = strcmp (type, "SM2") == 0 ? EVP_PKEY_Q_keygen (NULL, NULL, "SM2") : EVP_EC_gen (type);
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());
  g_autofree char *pem = NULL;
  char *data;
  long length;
  gboolean written;

  if (key == NULL || PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) != 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: OpenSSL refused",
                   name);
      return NULL;
    }
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize)length);
  written = juminctl_key_folder_write (self, name, pem, error);
  explicit_bzero (pem, strlen (pem));
  return written ? g_steal_pointer (&key) : NULL;
}

/**
 * juminctl_key_folder_remove:
 * @path: a folder of keys; anything else in it stays
 */
void
juminctl_key_folder_remove (const char *path)
{
  static const char *const names[] = { JUMINCTL_TLS_KEY, JUMINCTL_SIGNING_KEY, JUMINCTL_CERTIFICATE,
                                       JUMINCTL_AUTHORITY, JUMINCTL_REPLY_KEYS };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (path, names[i], NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}
