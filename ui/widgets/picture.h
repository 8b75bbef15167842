/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_PICTURE (jumin_picture_get_type ())
G_DECLARE_FINAL_TYPE (JuminPicture, jumin_picture, JUMIN, PICTURE, GtkWidget)

GtkWidget *jumin_picture_new (const JuminShape *shape, const char *name, double height_units,
                              const char *word);

G_END_DECLS
