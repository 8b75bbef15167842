/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NAME.pub is the key of terminal NAME, NAME.next.pub the one it was given last. The first request
 * that fits the new key makes it the only one: until then a terminal whose provisioning broke off
 * goes on with the old one. */
#include "sandbox/registry.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>

#include "sandbox/keys.h"

enum
{
  TERMINALS_MAX = 1000
};

#define SUFFIX ".pub"
#define NEXT_SUFFIX ".next.pub"

typedef struct
{
  EVP_PKEY *key, *next; /* either may be NULL, not both */
} Keys;

struct _JuminRegistry
{
  GObject parent_instance;
  char *directory;
  GHashTable *terminals; /* name → Keys */
};

G_DEFINE_FINAL_TYPE (JuminRegistry, jumin_registry, G_TYPE_OBJECT)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static void
keys_free (Keys *keys)
{
  EVP_PKEY_free (keys->key);
  EVP_PKEY_free (keys->next);
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
build_path (JuminRegistry *self, const char *terminal, const char *suffix)
{
  g_autofree char *name = g_strconcat (terminal, suffix, NULL);

  return g_build_filename (self->directory, name, NULL);
}

static gboolean
load_key (JuminRegistry *self, const char *file, GError **error)
{
  gboolean next = g_str_has_suffix (file, NEXT_SUFFIX);
  g_autofree char *terminal = g_strndup (file, strcspn (file, "."));
  g_autofree char *path = g_build_filename (self->directory, file, NULL);
  g_autoptr (GPtrArray) loaded = jumin_sm2_load_public_keys (path, error);
  Keys *keys;

  if (loaded == NULL)
    return FALSE;
  keys = get_keys (self, terminal);
  *(next ? &keys->next : &keys->key) = g_ptr_array_steal_index (loaded, 0);
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
    if (g_str_has_suffix (file, SUFFIX) && g_hash_table_size (self->terminals) < TERMINALS_MAX
        && !load_key (self, file, error))
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
  g_autofree char *path = build_path (self, terminal, keys->key != NULL ? NEXT_SUFFIX : SUFFIX);
  EVP_PKEY **place = keys->key != NULL ? &keys->next : &keys->key;
  g_autoptr (BIO) pem = BIO_new (BIO_s_mem ());
  char *data;
  long length;

  EVP_PKEY_up_ref (key);
  EVP_PKEY_free (*place);
  *place = key;
  PEM_write_bio_PUBKEY (pem, key);
  length = BIO_get_mem_data (pem, &data);
  return g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static void
promote (JuminRegistry *self, const char *terminal, Keys *keys)
{
  g_autofree char *from = build_path (self, terminal, NEXT_SUFFIX);
  g_autofree char *to = build_path (self, terminal, SUFFIX);

  EVP_PKEY_free (keys->key);
  keys->key = g_steal_pointer (&keys->next);
  if (g_rename (from, to) != 0)
    g_warning ("Renaming '%s' failed: %s", from, g_strerror (errno));
}

gboolean
jumin_registry_verify (JuminRegistry *self, const char *terminal, const char *text,
                       const char *signature)
{
  Keys *keys = g_hash_table_lookup (self->terminals, terminal);

  if (keys == NULL)
    return FALSE;
  if (keys->next != NULL && jumin_sm2_verify (keys->next, text, signature))
    promote (self, terminal, keys);
  return keys->key != NULL && jumin_sm2_verify (keys->key, text, signature);
}

static void
jumin_registry_finalize (GObject *object)
{
  JuminRegistry *self = JUMIN_REGISTRY (object);

  g_free (self->directory);
  g_hash_table_unref (self->terminals);
  G_OBJECT_CLASS (jumin_registry_parent_class)->finalize (object);
}

static void
jumin_registry_class_init (JuminRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_registry_finalize;
}

static void
jumin_registry_init (JuminRegistry *self)
{
  self->terminals
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)keys_free);
}

/**
 * jumin_registry_new:
 * @directory: holds the keys
 * @terminal: whose keys the sandbox made itself
 */
JuminRegistry *
jumin_registry_new (const char *directory, const char *terminal, GError **error)
{
  g_autoptr (JuminRegistry) self = g_object_new (JUMIN_TYPE_REGISTRY, NULL);
  g_autoptr (EVP_PKEY) own = NULL;

  self->directory = g_strdup (directory);
  if (!load_all (self, error))
    return NULL;
  if (jumin_registry_knows (self, terminal))
    return g_steal_pointer (&self);
  own = jumin_keys_load (directory, JUMIN_SANDBOX_SIGNING_KEY, error);
  if (own == NULL || !jumin_registry_add (self, terminal, own, error))
    return NULL;
  return g_steal_pointer (&self);
}
