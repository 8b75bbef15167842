/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "printing/paper-text.h"

G_BEGIN_DECLS

/* Sheets of A4 that are filled with rows from top to bottom. Lengths are points. */
typedef struct _JuminSheet JuminSheet;

#define JUMIN_SHEET_WIDTH 595.28
#define JUMIN_SHEET_HEIGHT 841.89

/**
 * JuminSheetEdge:
 * @size: of its letters
 * @head_left, @head_right: above every page but the first
 * @foot: below every page, on the left
 * @number: "第 %1$d 页，共 %2$d 页", on the right
 *
 * What stands around the rows. All is borrowed.
 */
typedef struct
{
  double size;
  const char *head_left, *head_right, *foot, *number;
} JuminSheetEdge;

typedef enum
{
  JUMIN_SHEET_PLAIN,
  JUMIN_SHEET_GREY,   /* less important letters */
  JUMIN_SHEET_LABEL,  /* grey letters in a shaded box */
  JUMIN_SHEET_BOX,    /* in a box */
  JUMIN_SHEET_STRUCK, /* grey and struck through */
  JUMIN_SHEET_BADGE   /* a frame close around the letters */
} JuminSheetLook;

/**
 * JuminSheetCell:
 * @from, @to: where it is, 0 to 1 of the width
 */
typedef struct
{
  const char *text;
  double from, to;
  const JuminPaperType *type;
  JuminSheetLook look;
} JuminSheetCell;

typedef enum
{
  JUMIN_SHEET_RULE = 1 << 0,    /* a hairline below */
  JUMIN_SHEET_KEEP = 1 << 1,    /* on the same page as the next row */
  JUMIN_SHEET_COLUMNS = 1 << 2, /* headings: again above the entries on the next page */
  JUMIN_SHEET_ENTRY = 1 << 3,   /* a row below headings */
  JUMIN_SHEET_PANEL = 1 << 4    /* on a shade from margin to margin */
} JuminSheetFlags;

enum
{
  JUMIN_SHEET_CELLS_MAX = 6
};

JuminSheet *jumin_sheet_new (const JuminSheetEdge *edge);
void jumin_sheet_free (JuminSheet *self);
void jumin_sheet_skip (JuminSheet *self, double points);
void jumin_sheet_add (JuminSheet *self, const JuminSheetCell *cells, guint n, double padding,
                      JuminSheetFlags flags);
void jumin_sheet_add_bar (JuminSheet *self, gint64 done, gint64 whole, JuminSheetFlags flags);
guint jumin_sheet_get_lacking (const JuminSheet *self);
int jumin_sheet_count_pages (JuminSheet *self);
void jumin_sheet_draw (JuminSheet *self, cairo_t *cr, int page);
GBytes *jumin_sheet_write_pdf (JuminSheet *self, gint64 created_at, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSheet, jumin_sheet_free)

G_END_DECLS
