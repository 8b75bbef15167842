/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_CLOCK (jumin_clock_get_type ())
G_DECLARE_FINAL_TYPE (JuminClock, jumin_clock, JUMIN, CLOCK, GObject)

JuminClock *jumin_clock_new (double speed);
JuminClock *jumin_clock_new_manual (gint64 wall_s);
gint64 jumin_clock_get_monotonic (JuminClock *self);
gint64 jumin_clock_get_wall (JuminClock *self);
guint jumin_clock_get_real_ms (JuminClock *self, guint ms);
gpointer jumin_clock_after (JuminClock *self, guint ms, GSourceFunc callback, gpointer data);
void jumin_clock_cancel (JuminClock *self, gpointer *timer);
void jumin_clock_advance (JuminClock *self, guint ms);

G_END_DECLS
