/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "platform/sm2.h"

G_BEGIN_DECLS

/**
 * JuminRegistry:
 *
 * The terminals that the platform knows and their public SM2 keys, kept in the state directory.
 */
typedef struct _JuminRegistry JuminRegistry;

JuminRegistry *jumin_registry_new (const char *directory, const char *terminal, JuminClock *clock,
                                   GError **error);
void jumin_registry_free (JuminRegistry *self);
gboolean jumin_registry_knows (JuminRegistry *self, const char *terminal);
gboolean jumin_registry_add (JuminRegistry *self, const char *terminal, EVP_PKEY *key,
                             GError **error);
gboolean jumin_registry_verify (JuminRegistry *self, const char *terminal, const char *text,
                                const char *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminRegistry, jumin_registry_free)

G_END_DECLS
