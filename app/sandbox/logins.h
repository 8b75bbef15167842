/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "model/login.h"
#include "sandbox/city.h"

G_BEGIN_DECLS

/**
 * JuminLogins:
 *
 * The platform's logins by message: who was sent which code, and how often a wrong one came. Lives
 * in memory; the messages go nowhere, their codes are asked for on the control socket.
 */
typedef struct _JuminLogins JuminLogins;

JuminLogins *jumin_logins_new (const JuminCity *city, JuminClock *clock);
void jumin_logins_free (JuminLogins *self);
JuminLogin *jumin_logins_start (JuminLogins *self, const char *id_number);
JuminLogin *jumin_logins_resend (JuminLogins *self, const char *id);
JuminLogin *jumin_logins_check (JuminLogins *self, const char *id, const char *code);
const char *jumin_logins_find_code (JuminLogins *self, const char *resident);
void jumin_logins_age (JuminLogins *self, gint64 seconds);

G_END_DECLS
