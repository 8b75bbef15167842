/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean jumin_has (const char *text);
void jumin_add_classes (GtkWidget *widget, const char *classes);
void jumin_set_class (GtkWidget *widget, const char *name, gboolean on);
void jumin_clear (GtkWidget *box);
GtkWidget *jumin_across (const char *classes);
GtkWidget *jumin_down (const char *classes);
GtkWidget *jumin_lines (const char *classes);
GtkWidget *jumin_framed (const char *classes, GtkWidget *inside);
void jumin_put (GtkWidget *box, GtkWidget *child);
void jumin_put_at (GtkWidget *grid, GtkWidget *child, int column, int row, int span);
GtkWidget *jumin_words (const char *text, const char *classes);
void jumin_put_words (GtkWidget *box, GtkWidget *label, gboolean centred);
GtkWidget *jumin_unbroken (GtkWidget *label);
GtkWidget *jumin_words_broken (const char *text, const char *classes);
GtkWidget *jumin_words_parted (const char *text, const char *classes);
GtkWidget *jumin_icon (const char *name, const char *classes);
GtkWidget *jumin_plate (const char *icon, const char *family, const char *classes);
GtkWidget *jumin_chip (const char *text, const char *tone, const char *icon);
char *jumin_figure_words (const char *figure, const char *unit);
GtkWidget *jumin_figure (const char *before, const char *figure, const char *unit, double small,
                         const char *classes);
void jumin_turn_key_fill (GtkWidget *key, const char *words, const char *icon, gboolean first,
                          gboolean bare);
GtkWidget *jumin_rule (void);
GtkWidget *jumin_expand (GtkWidget *widget);
GtkWidget *jumin_tall (GtkWidget *widget);
GtkWidget *jumin_middle (GtkWidget *widget);
GdkRGBA jumin_get_colour (GtkWidget *widget, const char *name);
gboolean jumin_animations_are_on (GtkWidget *widget);

G_END_DECLS
