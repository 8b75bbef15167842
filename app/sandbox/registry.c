/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NAME.pub is the key of terminal NAME, NAME.next.pub the one it was given last. The first request
 * that fits the new key makes it the terminal's; the former one, NAME.former.pub, stays good for a
 * day, so that a terminal whose renewal breaks off goes on with it. */
#include "sandbox/registry.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/keys.h"

enum
{
  TERMINALS_MAX = 1000,
  FORMER_LASTS_S = 24 * 60 * 60
};

typedef enum
{
  KEY_NOW,
  KEY_NEXT,
  KEY_FORMER,
  N_KEYS
} Which;

static const char *const suffixes[N_KEYS] = { ".pub", ".next.pub", ".former.pub" };

/* Each may be NULL. */
typedef struct
{
  EVP_PKEY *keys[N_KEYS];
  gint64 former_until_s;
} Keys;

struct _JuminRegistry
{
  char *directory;
  JuminClock *clock;
  GHashTable *terminals; /* name → Keys */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static void
keys_free (Keys *keys)
{
  for (int i = 0; i < N_KEYS; i++)
    EVP_PKEY_free (keys->keys[i]);
  g_free (keys);
}

static Keys *
get_keys (JuminRegistry *self, const char *terminal)
{
  Keys *keys = g_hash_table_lookup (self->terminals, terminal);

  if (keys != NULL)
    return keys;
  keys = g_new0 (Keys, 1);
  g_hash_table_insert (self->terminals, g_strdup (terminal), keys);
  return keys;
}

static char *
build_path (JuminRegistry *self, const char *terminal, Which which)
{
  g_autofree char *name = g_strconcat (terminal, suffixes[which], NULL);

  return g_build_filename (self->directory, name, NULL);
}

static gboolean
load_key (JuminRegistry *self, const char *file, GError **error)
{
  g_autofree char *terminal = g_strndup (file, strcspn (file, "."));
  g_autofree char *path = g_build_filename (self->directory, file, NULL);
  g_autoptr (GPtrArray) loaded = jumin_sm2_load_public_keys (path, error);
  Keys *keys = get_keys (self, terminal);
  GStatBuf status;

  if (loaded == NULL)
    return FALSE;
  for (int i = 0; i < N_KEYS; i++)
    if (g_str_equal (file + strlen (terminal), suffixes[i]))
      keys->keys[i] = g_ptr_array_steal_index (loaded, 0);
  /* A file that was renamed has been changed then. */
  if (keys->keys[KEY_FORMER] != NULL && g_stat (path, &status) == 0)
    keys->former_until_s = status.st_ctime + FORMER_LASTS_S;
  return TRUE;
}

static gboolean
load_all (JuminRegistry *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->directory, 0, error);
  const char *file;

  if (dir == NULL)
    return FALSE;
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, suffixes[KEY_NOW])
        && g_hash_table_size (self->terminals) < TERMINALS_MAX && !load_key (self, file, error))
      return FALSE;
  return TRUE;
}

gboolean
jumin_registry_knows (JuminRegistry *self, const char *terminal)
{
  return g_hash_table_contains (self->terminals, terminal);
}

/**
 * jumin_registry_add:
 * @key: whose public half is kept
 *
 * A terminal, or the next key of one that is known.
 */
gboolean
jumin_registry_add (JuminRegistry *self, const char *terminal, EVP_PKEY *key, GError **error)
{
  Keys *keys = get_keys (self, terminal);
  Which which = keys->keys[KEY_NOW] != NULL ? KEY_NEXT : KEY_NOW;
  g_autofree char *path = build_path (self, terminal, which);
  g_autoptr (BIO) pem = BIO_new (BIO_s_mem ());
  char *data;
  long length;

  EVP_PKEY_up_ref (key);
  EVP_PKEY_free (keys->keys[which]);
  keys->keys[which] = key;
  PEM_write_bio_PUBKEY (pem, key);
  length = BIO_get_mem_data (pem, &data);
  return g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static void
move_key (JuminRegistry *self, const char *terminal, Keys *keys, Which from, Which to)
{
  g_autofree char *from_path = build_path (self, terminal, from);
  g_autofree char *to_path = build_path (self, terminal, to);

  EVP_PKEY_free (keys->keys[to]);
  keys->keys[to] = g_steal_pointer (&keys->keys[from]);
  if (g_rename (from_path, to_path) != 0)
    g_warning ("Renaming '%s' failed: %s", from_path, g_strerror (errno));
}

static gboolean
fits (const Keys *keys, Which which, const char *text, const char *signature)
{
  return keys->keys[which] != NULL && jumin_sm2_verify (keys->keys[which], text, signature);
}

/**
 * jumin_registry_verify:
 *
 * Returns: whether @terminal signed @text
 */
gboolean
jumin_registry_verify (JuminRegistry *self, const char *terminal, const char *text,
                       const char *signature)
{
  gint64 now = jumin_clock_get_wall (self->clock);
  Keys *keys = g_hash_table_lookup (self->terminals, terminal);

  if (keys == NULL)
    return FALSE;
  if (fits (keys, KEY_NEXT, text, signature))
    {
      move_key (self, terminal, keys, KEY_NOW, KEY_FORMER);
      move_key (self, terminal, keys, KEY_NEXT, KEY_NOW);
      keys->former_until_s = now + FORMER_LASTS_S;
      return TRUE;
    }
  return fits (keys, KEY_NOW, text, signature)
         || (now < keys->former_until_s && fits (keys, KEY_FORMER, text, signature));
}

void
jumin_registry_free (JuminRegistry *self)
{
  g_free (self->directory);
  g_hash_table_unref (self->terminals);
  g_free (self);
}

/**
 * jumin_registry_new:
 * @directory: holds the keys
 * @terminal: whose keys the sandbox made itself
 * @clock: must outlive the registry
 */
JuminRegistry *
jumin_registry_new (const char *directory, const char *terminal, JuminClock *clock, GError **error)
{
  g_autoptr (JuminRegistry) self = g_new0 (JuminRegistry, 1);
  g_autoptr (EVP_PKEY) own = NULL;

  self->terminals
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)keys_free);
  self->directory = g_strdup (directory);
  self->clock = clock;
  if (!load_all (self, error))
    return NULL;
  if (jumin_registry_knows (self, terminal))
    return g_steal_pointer (&self);
  own = jumin_keys_load (directory, JUMIN_SANDBOX_SIGNING_KEY, error);
  if (own == NULL || !jumin_registry_add (self, terminal, own, error))
    return NULL;
  return g_steal_pointer (&self);
}
