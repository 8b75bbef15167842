/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_PAGER (jumin_pager_get_type ())
G_DECLARE_FINAL_TYPE (JuminPager, jumin_pager, JUMIN, PAGER, GObject)

/**
 * JuminPager::paged:
 *
 * The other page was asked for: see jumin_pager_get_page().
 */

JuminPager *jumin_pager_new (GtkWidget *list);
void jumin_pager_set_words (JuminPager *self, const char *previous, const char *next,
                            const char *place, gboolean bare);
void jumin_pager_set_page (JuminPager *self, guint page);
void jumin_pager_set_pages (JuminPager *self, guint pages);
guint jumin_pager_get_page (JuminPager *self);
guint jumin_pager_get_pages (JuminPager *self);
int jumin_pager_measure_keys (JuminPager *self);
int jumin_pager_measure_words (JuminPager *self, GtkOrientation orientation);
void jumin_pager_allocate_below (JuminPager *self, int width, int y, int height);
void jumin_pager_allocate_beside (JuminPager *self, int width, int key_width, int head, int rows);
void jumin_pager_raise (JuminPager *self);

G_END_DECLS
