/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/evp.h>

#include <gio/gio.h>

#include "ctl/owner.h"

G_BEGIN_DECLS

/* Files of one set of keys, and nothing else lies in its folder. */
#define JUMINCTL_TLS_KEY "tls.key"
#define JUMINCTL_SIGNING_KEY "signing.key"
#define JUMINCTL_CERTIFICATE "certificate.pem"
#define JUMINCTL_AUTHORITY "authority.pem"
#define JUMINCTL_REPLY_KEYS "reply-keys.pem"

/**
 * JuminctlKeyFolder:
 * @path: the folder, 0700
 *
 * A folder with keys that belong to one user and are readable by nobody else. It is new, so nothing
 * is ever written over.
 */
typedef struct
{
  char *path;
  JuminctlOwner owner;
} JuminctlKeyFolder;

JuminctlKeyFolder *juminctl_key_folder_new (const char *base, const char *user, GError **error);
void juminctl_key_folder_free (JuminctlKeyFolder *self);
char *juminctl_key_folder_dup_path (const JuminctlKeyFolder *self, const char *name);
gboolean juminctl_key_folder_write (const JuminctlKeyFolder *self, const char *name,
                                    const char *text, GError **error);
EVP_PKEY *juminctl_key_folder_make_key (const JuminctlKeyFolder *self, const char *name,
                                        const char *type, GError **error);
void juminctl_key_folder_remove (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminctlKeyFolder, juminctl_key_folder_free)

G_END_DECLS
