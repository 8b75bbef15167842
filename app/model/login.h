/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/identity.h"

G_BEGIN_DECLS

enum
{
  JUMIN_LOGIN_CODE_LENGTH = 6
};

/* What the platform said last about a login by message. */
typedef enum
{
  JUMIN_LOGIN_SENT,       /* the code is on its way to the phone */
  JUMIN_LOGIN_KNOWN,      /* the code was right */
  JUMIN_LOGIN_NO_PHONE,   /* no phone to send it to; also for a number that nobody has */
  JUMIN_LOGIN_WRONG_CODE, /* it may be tried again */
  JUMIN_LOGIN_LOCKED,     /* not before @locked_until */
  JUMIN_LOGIN_EXPIRED     /* the code is too old, or a newer one was sent */
} JuminLoginState;

/**
 * JuminLogin:
 * @id: the platform's reference; empty unless one was begun
 * @phone: where the code went, masked by the platform: 138****5566
 * @valid_s: how long the code can be used, from this answer on
 * @resend_s: how long no other one is sent, from this answer on
 * @tries_left: codes that may be tried
 * @locked_until: when it may be tried again, Unix seconds of the platform's clock
 * @holder: (nullable): who it is, once known
 *
 * One step of a login by ID number and message, as the platform answers it.
 */
typedef struct
{
  JuminLoginState state;
  char *id, *phone;
  int valid_s, resend_s, tries_left;
  gint64 locked_until;
  JuminIdentity *holder;
} JuminLogin;

JuminLogin *jumin_login_new (JuminLoginState state);
void jumin_login_free (JuminLogin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminLogin, jumin_login_free)

G_END_DECLS
