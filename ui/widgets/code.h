/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_CODE (jumin_code_get_type ())
G_DECLARE_FINAL_TYPE (JuminCode, jumin_code, JUMIN, CODE, GtkWidget)

GtkWidget *jumin_code_new (const JuminShape *shape, const char *value, double size_units);

G_END_DECLS
