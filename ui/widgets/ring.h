/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_RING (jumin_ring_get_type ())
G_DECLARE_FINAL_TYPE (JuminRing, jumin_ring, JUMIN, RING, GtkWidget)

GtkWidget *jumin_ring_new (const JuminItem *item, const JuminShape *shape, const char *name);

G_END_DECLS
