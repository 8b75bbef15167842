/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <sys/types.h>

G_BEGIN_DECLS

#define JUMINCTL_USER "jumin-core"

/**
 * JuminctlOwner:
 *
 * The user to whom something belongs that juminctl makes.
 */
typedef struct
{
  uid_t user;
  gid_t group;
} JuminctlOwner;

/* Errors: there is none of that name; or it is another one, and we are not root. */
gboolean juminctl_owner_find (JuminctlOwner *self, const char *name, GError **error);

G_END_DECLS
