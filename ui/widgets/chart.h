/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_CHART (jumin_chart_get_type ())
G_DECLARE_FINAL_TYPE (JuminChart, jumin_chart, JUMIN, CHART, GtkWidget)

gboolean jumin_chart_is_legend (const JuminItem *item);
GtkWidget *jumin_chart_new (const JuminBlock *block, const JuminShape *shape);

G_END_DECLS
