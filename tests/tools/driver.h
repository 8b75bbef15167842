/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the files of the driver share; the protocol is described in driver.c. */

/**
 * JuminPixels:
 * @data: 0xAARRGGBB, row by row
 *
 * What the window looks like, drawn by its own renderer.
 */
typedef struct
{
  guint32 *data;
  int width, height;
} JuminPixels;

/* Two colours, 0xRRGGBB, and how much they differ. */
typedef struct
{
  double ratio;
  guint32 ground, text;
} JuminContrast;

gboolean jumin_pixels_ready (GtkWidget *window);
JuminPixels *jumin_pixels_new (GtkWidget *window);
void jumin_pixels_free (JuminPixels *self);
gboolean jumin_pixels_save (GtkWidget *window, const char *path);
char *jumin_pixels_colour (GtkWidget *window, const char *place);
JuminContrast jumin_pixels_text_contrast (const JuminPixels *self, const graphene_rect_t *box);
double jumin_pixels_edge_contrast (const JuminPixels *self, const graphene_rect_t *box);

/**
 * JuminLimits:
 * @text: smallest text
 * @target, @key, @primary: smallest side of what can be pressed; class "key"; class "primary"
 * @gap: smallest distance between two of them
 * @contrast, @edge: smallest contrast of text, and of the edge of what can be pressed
 * @touch_from: nothing that can be pressed begins above it, dialogs excepted
 *
 * The guide's sizes for one screen, in pixels.
 */
typedef struct
{
  double text, target, key, primary, gap, contrast, edge, touch_from;
} JuminLimits;

void jumin_limits_parse (JuminLimits *limits, const char *text);
void jumin_audit (GtkWidget *window, const JuminLimits *limits, GString *report);

typedef gboolean (*JuminWidgetFunc) (GtkWidget *widget, int depth, gpointer user_data);

gboolean jumin_widget_walk (GtkWidget *widget, int depth, JuminWidgetFunc visit,
                            gpointer user_data);
gboolean jumin_widget_pressable (GtkWidget *widget);
gboolean jumin_widget_named (GtkWidget *widget);
gboolean jumin_widget_bounds (GtkWidget *widget, graphene_rect_t *bounds);
char *jumin_widget_list_windows (void);
char *jumin_widget_describe (GtkWidget *root, const char *key);
char *jumin_widget_text (GtkWidget *widget);
GtkWidget *jumin_widget_kiosk (void);
GtkWidget *jumin_widget_find (GtkWidget *window, const char *key);
guint jumin_widget_hash (GtkWidget *window);
void jumin_widget_tree (GtkWidget *window, GString *answer);

void jumin_pace_watch (GdkFrameClock *clock);
char *jumin_pace_tell (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPixels, jumin_pixels_free)

G_END_DECLS
