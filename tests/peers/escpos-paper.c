/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper of the ticket printer: rows of dots until the cut, which makes DIR/ticket-N.png and
 * DIR/ticket-N.bin; of half a ticket DIR/scrap-N. */
#include "escpos-paper.h"

#include <cairo.h>
#include <string.h>

enum
{
  ROW_BYTES = JUMIN_PAPER_WIDTH / 8,
  BLACK = 0x00,
  WHITE = 0xFF
};

JuminPaper *
jumin_paper_new (void)
{
  JuminPaper *self = g_new0 (JuminPaper, 1);

  self->dots = g_byte_array_new ();
  self->bytes = g_byte_array_new ();
  return self;
}

void
jumin_paper_free (JuminPaper *self)
{
  g_byte_array_unref (self->dots);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

guint
jumin_paper_count_rows (const JuminPaper *self)
{
  return self->dots->len / ROW_BYTES;
}

/* What is wider than the paper falls off at the right; @dots NULL: feed. */
void
jumin_paper_add_row (JuminPaper *self, const guint8 *dots, gsize n_bytes)
{
  guint8 row[ROW_BYTES] = { 0 };

  if (jumin_paper_count_rows (self) == JUMIN_PAPER_ROWS_MAX)
    return;
  if (dots != NULL)
    memcpy (row, dots, MIN (n_bytes, sizeof row));
  self->printed |= dots != NULL;
  g_byte_array_append (self->dots, row, sizeof row);
}

/* The ticket ends here, and what is out of it hangs from the printer. */
void
jumin_paper_tear (JuminPaper *self)
{
  self->torn = self->dots->len > 0;
  g_byte_array_set_size (self->bytes, 0);
}

/* What its cut leaves: a ticket, or a scrap. */
gboolean
jumin_paper_is_ticket (const JuminPaper *self)
{
  return self->printed && !self->torn;
}

static gboolean
write_png (const JuminPaper *self, const char *path, GError **error)
{
  guint rows = MAX (jumin_paper_count_rows (self), 1);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, JUMIN_PAPER_WIDTH, (int)rows);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < rows; y++)
    for (guint x = 0; x < JUMIN_PAPER_WIDTH; x++)
      {
        guint at = y * ROW_BYTES + x / 8;
        gboolean black = at < self->dots->len && (self->dots->data[at] & (0x80 >> (x % 8))) != 0;
        memset (pixels + (gsize)y * (gsize)stride + 4 * x, black ? BLACK : WHITE, 4);
      }
  cairo_surface_mark_dirty (surface);
  cairo_status_t status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Writing '%s' failed: %s", path,
               cairo_status_to_string (status));
  return FALSE;
}

/**
 * jumin_paper_cut:
 * @dir: where NAME.bin and then NAME.png are written
 *
 * The strip falls out, the next one begins.
 */
gboolean
jumin_paper_cut (JuminPaper *self, const char *dir, GError **error)
{
  g_autofree char *name = jumin_paper_is_ticket (self)
                              ? g_strdup_printf ("ticket-%u", ++self->n_tickets)
                              : g_strdup_printf ("scrap-%u", ++self->n_scraps);
  g_autofree char *png = g_strdup_printf ("%s/%s.png", dir, name);
  g_autofree char *bin = g_strdup_printf ("%s/%s.bin", dir, name);

  gboolean written
      = g_file_set_contents (bin, (const char *)self->bytes->data, self->bytes->len, error)
        && write_png (self, png, error);
  g_byte_array_set_size (self->dots, 0);
  g_byte_array_set_size (self->bytes, 0);
  self->torn = self->printed = FALSE;
  return written;
}
