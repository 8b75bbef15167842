/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

void jumin_band_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape);
void jumin_clock_set (GtkWidget *box, const JuminView *view);
void jumin_clock_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape);
void jumin_steps_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape);

#define JUMIN_TYPE_KEY_BAR (jumin_key_bar_get_type ())
G_DECLARE_FINAL_TYPE (JuminKeyBar, jumin_key_bar, JUMIN, KEY_BAR, GtkBox)

GtkWidget *jumin_key_bar_new (void);
void jumin_key_bar_update (JuminKeyBar *self, const JuminBlockContext *context);

#define JUMIN_TYPE_NAV_BAR (jumin_nav_bar_get_type ())
G_DECLARE_FINAL_TYPE (JuminNavBar, jumin_nav_bar, JUMIN, NAV_BAR, GtkBox)

GtkWidget *jumin_nav_bar_new (void);
void jumin_nav_bar_update (JuminNavBar *self, const JuminBlockContext *context);
void jumin_nav_bar_set_deadline (JuminNavBar *self, const JuminBlockContext *context,
                                 gint64 deadline_us);

G_END_DECLS
