/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "sandbox/city.h"
#include "sandbox/gate.h"

G_BEGIN_DECLS

/**
 * JuminDesk:
 *
 * Where machines become terminals: gives tokens out, and for a token a name, a certificate and
 * whom to trust.
 */
typedef struct _JuminDesk JuminDesk;

/* What is handed in must outlive the desk. */
JuminDesk *jumin_desk_new (const char *directory, const JuminCity *city, JuminGate *gate,
                           JuminRegistry *registry, JuminClock *clock);
void jumin_desk_free (JuminDesk *self);
void jumin_desk_set_url (JuminDesk *self, const char *url);
char *jumin_desk_give_token (JuminDesk *self, const char *terminal, GError **error);
cJSON *jumin_desk_provision (JuminDesk *self, const JuminGateRequest *request, guint *status);

G_END_DECLS
