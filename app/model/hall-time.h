/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GDateTime *jumin_hall_time (gint64 when);
void jumin_hall_get_date (gint64 when, GDate *date);
int jumin_hall_get_day (gint64 when, int days);
gboolean jumin_hall_get_day_bounds (int day, gint64 *from, gint64 *to);
char *jumin_hall_time_format (gint64 when, const char *format);

G_END_DECLS
