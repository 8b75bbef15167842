/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CLOCK_CORRECTION_MAX_S = 24 * 60 * 60 /* at once */
};

#define JUMIN_TYPE_CLOCK (jumin_clock_get_type ())
G_DECLARE_FINAL_TYPE (JuminClock, jumin_clock, JUMIN, CLOCK, GObject)

JuminClock *jumin_clock_new (double speed);
JuminClock *jumin_clock_new_manual (gint64 wall_s);
gint64 jumin_clock_get_monotonic (JuminClock *self);
gint64 jumin_clock_get_wall (JuminClock *self);
gboolean jumin_clock_correct (JuminClock *self, gint64 time_s, gint64 sent_us, gint64 heard_us,
                              gint64 *moved_s);
guint jumin_clock_get_real_ms (JuminClock *self, guint ms);
gpointer jumin_clock_after (JuminClock *self, guint ms, GSourceFunc callback, gpointer data);
gpointer jumin_clock_at (JuminClock *self, gint64 due_us, GSourceFunc callback, gpointer data);
void jumin_clock_cancel (JuminClock *self, gpointer *timer);
void jumin_clock_advance (JuminClock *self, guint ms);
void jumin_clock_set_system (JuminClock *self, gint64 wall_s);

G_END_DECLS
