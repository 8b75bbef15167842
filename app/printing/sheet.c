/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows become pages: a row is measured when it is added, and all are placed when somebody asks for
 * pages. Then nothing is added any more. */
#include "printing/sheet.h"

#include <cairo-pdf.h>
#include <gio/gio.h>

#include "model/document.h"

#define MARGIN 56.0
#define TOP 56.0
#define BOTTOM (JUMIN_SHEET_HEIGHT - 70.0)
#define CONTENT (JUMIN_SHEET_WIDTH - 2 * MARGIN)
#define HEAD_SPACE 20.0 /* below the head of a page */
#define EDGE_SPACE 9.0
#define INSET 7.0 /* of letters from the sides of their cell */
#define BADGE_X 12.0
#define BADGE_Y 3.0
#define HAIR 0.5
#define BAR_HEIGHT 5.0
#define BAR_SPACE 5.0
#define BAR_GAP 3.0

#define INK 0.08
#define GREY 0.36
#define LINE 0.70
#define SHADE 0.955
#define BAR_REST 0.85

enum
{
  PARTS_MAX = 12, /* of a bar: more become one */
  ROWS_MAX = 4000
};

typedef struct
{
  double x, width;
  JuminSheetLook look;
  PangoLayout *layout;
} Cell;

typedef struct
{
  double gap, height;
  JuminSheetFlags flags;
  gint64 done, whole; /* of a bar */
  guint n;
  Cell cells[JUMIN_SHEET_CELLS_MAX];
} Row;

typedef struct
{
  const Row *row;
  int page;
  double y;
} Placed;

struct _JuminSheet
{
  PangoContext *context;
  double size, gap;
  char *head_left, *head_right, *foot, *number;
  GPtrArray *rows;
  GArray *placed; /* %NULL: not yet */
  int pages;
  guint lacking;
};

static void
row_free (Row *row)
{
  for (guint i = 0; i < row->n; i++)
    g_object_unref (row->cells[i].layout);
  g_free (row);
}

/**
 * jumin_sheet_new:
 *
 * Returns: (transfer full): an empty sheet, for this thread
 */
JuminSheet *
jumin_sheet_new (const JuminSheetEdge *edge)
{
  JuminSheet *self = g_new0 (JuminSheet, 1);

  self->context = jumin_paper_text_context_new ();
  self->size = edge->size;
  self->head_left = g_strdup (edge->head_left);
  self->head_right = g_strdup (edge->head_right);
  self->foot = g_strdup (edge->foot);
  self->number = g_strdup (edge->number);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  return self;
}

void
jumin_sheet_free (JuminSheet *self)
{
  g_clear_pointer (&self->placed, g_array_unref);
  g_ptr_array_unref (self->rows);
  g_free (self->head_left);
  g_free (self->head_right);
  g_free (self->foot);
  g_free (self->number);
  g_object_unref (self->context);
  g_free (self);
}

/* Leaves room above the next row, but not at the top of a page. */
void
jumin_sheet_skip (JuminSheet *self, double points)
{
  self->gap += points;
}

static Row *
add_row (JuminSheet *self, JuminSheetFlags flags)
{
  Row *row = g_new0 (Row, 1);

  g_assert (self->placed == NULL && self->rows->len < ROWS_MAX);
  row->flags = flags;
  row->gap = self->gap;
  self->gap = 0;
  g_ptr_array_add (self->rows, row);
  return row;
}

static PangoRectangle
get_extents (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return logical;
}

static double
get_height (PangoLayout *layout)
{
  return (double)get_extents (layout).height / PANGO_SCALE;
}

static double
get_inset (const JuminSheetCell *cell, JuminSheetFlags flags)
{
  return cell->look == JUMIN_SHEET_LABEL || cell->look == JUMIN_SHEET_BOX
                 || (flags & (JUMIN_SHEET_PANEL | JUMIN_SHEET_COLUMNS | JUMIN_SHEET_ENTRY)) != 0
             ? INSET
             : 0;
}

/**
 * jumin_sheet_add:
 * @cells: (array length=n): side by side
 * @padding: above and below the letters
 *
 * The row is as high as its highest cell.
 */
void
jumin_sheet_add (JuminSheet *self, const JuminSheetCell *cells, guint n, double padding,
                 JuminSheetFlags flags)
{
  Row *row = add_row (self, flags);

  g_assert (n <= JUMIN_SHEET_CELLS_MAX);
  row->n = n;
  for (guint i = 0; i < n; i++)
    {
      double inset = get_inset (&cells[i], flags);
      Cell *cell = &row->cells[i];

      cell->look = cells[i].look;
      cell->x = MARGIN + cells[i].from * CONTENT + inset;
      cell->width = (cells[i].to - cells[i].from) * CONTENT - 2 * inset;
      cell->layout = jumin_paper_text_layout_new (self->context, cells[i].type, cell->width,
                                                  cells[i].text, &self->lacking);
      row->height = MAX (row->height, get_height (cell->layout) + 2 * padding);
    }
}

/**
 * jumin_sheet_add_bar:
 * @whole: more than 0; up to 12 are shown as steps
 */
void
jumin_sheet_add_bar (JuminSheet *self, gint64 done, gint64 whole, JuminSheetFlags flags)
{
  Row *row = add_row (self, flags);

  g_assert (whole > 0 && done >= 0 && done <= whole);
  row->done = done;
  row->whole = whole;
  row->height = BAR_HEIGHT + 2 * BAR_SPACE;
}

/* Returns: how many characters no font has, of the rows that were added */
guint
jumin_sheet_get_lacking (const JuminSheet *self)
{
  return self->lacking;
}

/* The rows from @first on that stay together. */
static double
measure_group (JuminSheet *self, guint first)
{
  double height = 0;

  for (guint i = first; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      height += row->height + (i > first ? row->gap : 0);
      if ((row->flags & JUMIN_SHEET_KEEP) == 0)
        break;
    }
  return height;
}

static void
place (JuminSheet *self, const Row *row, double *y)
{
  Placed placed = { row, self->pages - 1, *y };

  g_array_append_val (self->placed, placed);
  *y += row->height;
}

static void
place_all (JuminSheet *self)
{
  const Row *columns = NULL;
  gboolean together = FALSE;
  double y = TOP;

  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  self->pages = 1;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      y += row->gap;
      if (!together && i > 0 && y + measure_group (self, i) > BOTTOM)
        {
          self->pages++;
          y = TOP + HEAD_SPACE;
          if (columns != NULL && (row->flags & JUMIN_SHEET_ENTRY) != 0)
            place (self, columns, &y);
        }
      place (self, row, &y);
      together = (row->flags & JUMIN_SHEET_KEEP) != 0;
      if ((row->flags & JUMIN_SHEET_COLUMNS) != 0)
        columns = row;
    }
}

int
jumin_sheet_count_pages (JuminSheet *self)
{
  if (self->placed == NULL)
    place_all (self);
  return self->pages;
}

static void
set_grey (cairo_t *cr, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
}

static void
draw_hairline (cairo_t *cr, double y)
{
  set_grey (cr, LINE);
  cairo_rectangle (cr, MARGIN, y - HAIR / 2, CONTENT, HAIR);
  cairo_fill (cr);
}

/* Filled, not stroked: whoever shows a PDF moves strokes to whole dots. */
static void
draw_frame (cairo_t *cr, double x, double y, double width, double height, double grey)
{
  set_grey (cr, grey);
  cairo_rectangle (cr, x - HAIR / 2, y - HAIR / 2, width + HAIR, height + HAIR);
  cairo_rectangle (cr, x + HAIR / 2, y + HAIR / 2, width - HAIR, height - HAIR);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

static void
draw_box (cairo_t *cr, const Cell *cell, double y, double height)
{
  double x = cell->x - INSET, width = cell->width + 2 * INSET;

  if (cell->look == JUMIN_SHEET_LABEL)
    {
      set_grey (cr, SHADE);
      cairo_rectangle (cr, x, y, width, height);
      cairo_fill (cr);
    }
  draw_frame (cr, x, y, width, height, LINE);
}

static void
draw_cell (cairo_t *cr, const Cell *cell, double y, double height)
{
  double text_height = get_height (cell->layout), top = y + (height - text_height) / 2;
  PangoRectangle logical = get_extents (cell->layout);
  double x = cell->x + (double)logical.x / PANGO_SCALE;
  double width = (double)logical.width / PANGO_SCALE;

  if (cell->look == JUMIN_SHEET_LABEL || cell->look == JUMIN_SHEET_BOX)
    draw_box (cr, cell, y, height);
  set_grey (cr, cell->look == JUMIN_SHEET_PLAIN || cell->look == JUMIN_SHEET_BOX
                        || cell->look == JUMIN_SHEET_BADGE
                    ? INK
                    : GREY);
  jumin_paper_text_draw (cr, cell->layout, cell->x, top);
  if (cell->look == JUMIN_SHEET_BADGE)
    draw_frame (cr, x - BADGE_X, top - BADGE_Y, width + 2 * BADGE_X, text_height + 2 * BADGE_Y,
                INK);
  if (cell->look == JUMIN_SHEET_STRUCK)
    {
      cairo_rectangle (cr, x, y + height / 2, width, HAIR);
      cairo_fill (cr);
    }
}

static void
draw_bar (cairo_t *cr, const Row *row, double y)
{
  gint64 parts = row->whole <= PARTS_MAX ? row->whole : 1;
  double width = (CONTENT - (double)(parts - 1) * BAR_GAP) / (double)parts;

  for (gint64 i = 0; i < parts; i++)
    {
      double x = MARGIN + (double)i * (width + BAR_GAP);

      set_grey (cr, parts > 1 && i < row->done ? GREY : BAR_REST);
      cairo_rectangle (cr, x, y + BAR_SPACE, width, BAR_HEIGHT);
      cairo_fill (cr);
    }
  if (parts > 1)
    return;
  set_grey (cr, GREY);
  cairo_rectangle (cr, MARGIN, y + BAR_SPACE, width * (double)row->done / (double)row->whole,
                   BAR_HEIGHT);
  cairo_fill (cr);
}

static void
draw_row (cairo_t *cr, const Row *row, double y)
{
  if ((row->flags & JUMIN_SHEET_PANEL) != 0)
    {
      set_grey (cr, SHADE);
      cairo_rectangle (cr, MARGIN, y, CONTENT, row->height);
      cairo_fill (cr);
    }
  for (guint i = 0; i < row->n; i++)
    draw_cell (cr, &row->cells[i], y, row->height);
  if (row->whole > 0)
    draw_bar (cr, row, y);
  if ((row->flags & JUMIN_SHEET_RULE) != 0)
    draw_hairline (cr, y + row->height);
}

/* Two texts on one line, of which the right one is never cut. @share: of their height that is above
 * @y. */
static void
draw_edge_texts (JuminSheet *self, cairo_t *cr, double y, double share, const char *left,
                 const char *right)
{
  JuminPaperType type = { .size = self->size, .align = PANGO_ALIGN_RIGHT, .lines = 1 };
  guint lacking = 0;
  g_autoptr (PangoLayout) right_layout
      = jumin_paper_text_layout_new (self->context, &type, CONTENT, right, &lacking);
  g_autoptr (PangoLayout) left_layout = NULL;
  double taken = (double)get_extents (right_layout).width / PANGO_SCALE;

  type = (JuminPaperType){ .size = self->size, .align = PANGO_ALIGN_LEFT, .lines = 2 };
  left_layout = jumin_paper_text_layout_new (self->context, &type, CONTENT - taken - 2 * self->size,
                                             left, &lacking);
  set_grey (cr, GREY);
  jumin_paper_text_draw (cr, left_layout, MARGIN, y - share * get_height (left_layout));
  jumin_paper_text_draw (cr, right_layout, MARGIN, y - share * get_height (right_layout));
}

static void
draw_edge (JuminSheet *self, cairo_t *cr, int page)
{
  g_autofree char *number = g_strdup_printf (self->number, page + 1, self->pages);
  double foot = BOTTOM + EDGE_SPACE;

  if (page > 0)
    {
      draw_edge_texts (self, cr, TOP - EDGE_SPACE / 2, 1, self->head_left, self->head_right);
      draw_hairline (cr, TOP);
    }
  draw_hairline (cr, foot);
  draw_edge_texts (self, cr, foot + EDGE_SPACE / 2, 0, self->foot, number);
}

/**
 * jumin_sheet_draw:
 * @cr: on any surface, one unit a point
 * @page: from 0
 */
void
jumin_sheet_draw (JuminSheet *self, cairo_t *cr, int page)
{
  g_assert (page >= 0 && page < jumin_sheet_count_pages (self));
  for (guint i = 0; i < self->placed->len; i++)
    {
      const Placed *placed = &g_array_index (self->placed, Placed, i);

      if (placed->page == page)
        draw_row (cr, placed->row, placed->y);
    }
  draw_edge (self, cr, page);
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  GByteArray *pdf = data;

  if (pdf->len + length > JUMIN_DOCUMENT_BYTES_MAX)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (pdf, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Nothing of the person: what a spooler or a viewer shows is this. */
static void
set_facts (cairo_surface_t *surface, gint64 created_at)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (created_at);
  g_autofree char *date
      = created != NULL ? g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

/**
 * jumin_sheet_write_pdf:
 * @created_at: Unix seconds, which the file tells
 *
 * The same rows are the same bytes.
 *
 * Returns: (transfer full): a PDF; G_IO_ERROR_NO_SPACE where it has more than 20 pages or 720,000
 *   bytes
 */
GBytes *
jumin_sheet_write_pdf (JuminSheet *self, gint64 created_at, GError **error)
{
  int pages = jumin_sheet_count_pages (self);
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (pages > JUMIN_DOCUMENT_PAGES_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "Composing a sheet failed: %d pages, more than %d", pages,
                   JUMIN_DOCUMENT_PAGES_MAX);
      return NULL;
    }
  surface
      = cairo_pdf_surface_create_for_stream (append, pdf, JUMIN_SHEET_WIDTH, JUMIN_SHEET_HEIGHT);
  set_facts (surface, created_at);
  cr = cairo_create (surface);
  for (int page = 0; page < pages; page++)
    {
      jumin_sheet_draw (self, cr, page);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "Composing a sheet failed: %s (it may have %d bytes)",
               cairo_status_to_string (status), JUMIN_DOCUMENT_BYTES_MAX);
  return NULL;
}
