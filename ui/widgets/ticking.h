/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_TICKING (jumin_ticking_get_type ())
G_DECLARE_FINAL_TYPE (JuminTicking, jumin_ticking, JUMIN, TICKING, GtkWidget)

char *jumin_count_down (const char *text, gint64 until_us);
GtkWidget *jumin_ticking_new (const char *text, gint64 until_us, const char *classes);

G_END_DECLS
