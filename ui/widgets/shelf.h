/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_SHELF (jumin_shelf_get_type ())
G_DECLARE_FINAL_TYPE (JuminShelf, jumin_shelf, JUMIN, SHELF, GtkWidget)

/**
 * JuminShelfPlan:
 * @columns: of equal width; half as many where they would be narrower than @column_min, pixels
 * @gap, @row_gap: pixels
 * @page_max: most children shown at once; 0: as many as fit
 * @equal_rows: whether all rows are as high as the highest
 * @key_width: width of a paging key beside the list, pixels, and which page it is stands above the
 *   list; 0: all of the pager stands below it
 * @may_page: that line above the list is kept free even while there is one page
 * @unbroken: columns are wide enough for the words of each child in one line
 * @filled: the last child takes what its row has left
 */
typedef struct
{
  guint columns;
  int gap, row_gap;
  guint page_max;
  gboolean equal_rows;
  int column_min, key_width;
  gboolean may_page, unbroken, filled;
} JuminShelfPlan;

/**
 * JuminShelf::paged:
 * @page: the part of the list that is shown now, from 0
 */

GtkWidget *jumin_shelf_new (void);
GtkWidget *jumin_shelf_get_head (JuminShelf *self);
int jumin_shelf_measure_head (JuminShelf *self, int width);
guint jumin_shelf_count_shown (JuminShelf *self, guint *count);
void jumin_shelf_set_plan (JuminShelf *self, const JuminShelfPlan *plan);
void jumin_shelf_set_words (JuminShelf *self, const char *previous, const char *next,
                            const char *place);
void jumin_shelf_set_page (JuminShelf *self, guint page);
GtkWidget *jumin_shelf_find (JuminShelf *self, const char *id);
void jumin_shelf_begin (JuminShelf *self);
void jumin_shelf_place (JuminShelf *self, GtkWidget *child, const char *id);
void jumin_shelf_end (JuminShelf *self);

G_END_DECLS
