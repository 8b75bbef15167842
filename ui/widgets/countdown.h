/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_COUNTDOWN (jumin_countdown_get_type ())
G_DECLARE_FINAL_TYPE (JuminCountdown, jumin_countdown, JUMIN, COUNTDOWN, GtkWidget)

GtkWidget *jumin_countdown_new (double size_units, double line_units);
void jumin_countdown_show_minutes (JuminCountdown *self);
void jumin_countdown_set (JuminCountdown *self, const JuminShape *shape, gint64 deadline_us,
                          gint64 total_us, const char *name);

G_END_DECLS
