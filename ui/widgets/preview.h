/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/link.h"
#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_PREVIEW (jumin_preview_get_type ())
G_DECLARE_FINAL_TYPE (JuminPreview, jumin_preview, JUMIN, PREVIEW, GtkWidget)

GtkWidget *jumin_preview_new (const JuminShape *shape, JuminLink *link, double height_units,
                              const char *word);

G_END_DECLS
