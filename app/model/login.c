/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A login by ID number and message. */
#include "model/login.h"

JuminLogin *
jumin_login_new (JuminLoginState state)
{
  JuminLogin *self = g_new0 (JuminLogin, 1);

  self->state = state;
  return self;
}

void
jumin_login_free (JuminLogin *self)
{
  g_clear_pointer (&self->holder, jumin_identity_unref);
  g_free (self->id);
  g_free (self->phone);
  g_free (self);
}
