/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"

G_BEGIN_DECLS

enum
{
  JUMIN_SERVE_DESCRIPTOR = 3 /* where core's socket is, handed over by core or by systemd */
};

gboolean jumin_serve (int core, JuminClock *clock, GError **error);

G_END_DECLS
