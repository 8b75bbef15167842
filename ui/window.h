/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/relief.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_WINDOW (jumin_window_get_type ())
G_DECLARE_FINAL_TYPE (JuminWindow, jumin_window, JUMIN, WINDOW, GtkApplicationWindow)

GtkWidget *jumin_window_new (GtkApplication *application, JuminLink *link, JuminRelief *relief);

G_END_DECLS
