/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast as the eye gets it: from the pixels that the window's own renderer draws, whatever the
 * style sheet means. Ratios follow WCAG 2.1, "contrast ratio" and "relative luminance". */
#include "driver.h"

#include <math.h>

enum
{
  /* Colours are counted in steps of eight a channel: 5 bits each. */
  COLOUR_BITS = 5,
  COLOURS = 1 << (3 * COLOUR_BITS),
  /* A stroke covers at least this share of the box around a line of text: 1.5 in 1000. */
  STROKE_SHARE = 1500,
  STROKE_PIXELS_MIN = 3,
  /* How far outside and inside of a border box its edge is looked for. */
  EDGE_OUTSIDE = 3,
  EDGE_INSIDE = 6,
  EDGE_SAMPLES = 48
};

/* GTK drops the drawing of a widget when it asks for another, until the next frame. */
static GskRenderNode *
window_drawing (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  return gtk_snapshot_free_to_node (snapshot);
}

/**
 * jumin_pixels_ready:
 *
 * Returns: whether @window is drawn; it is not between a change and the frame that shows it
 */
gboolean
jumin_pixels_ready (GtkWidget *window)
{
  g_autoptr (GskRenderNode) node = window_drawing (window);

  return node != NULL;
}

static GdkTexture *
window_render (GtkWidget *window)
{
  g_autoptr (GskRenderNode) node = window_drawing (window);

  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                      &GRAPHENE_RECT_INIT (0, 0,
                                                           (float)gtk_widget_get_width (window),
                                                           (float)gtk_widget_get_height (window)));
}

/**
 * jumin_pixels_new:
 * @window: a window that is shown
 *
 * Returns: (transfer full) (nullable): what it looks like; %NULL before its first frame
 */
JuminPixels *
jumin_pixels_new (GtkWidget *window)
{
  g_autoptr (GdkTexture) texture = window_render (window);
  JuminPixels *self;

  if (texture == NULL)
    return NULL;
  self = g_new0 (JuminPixels, 1);
  self->width = gdk_texture_get_width (texture);
  self->height = gdk_texture_get_height (texture);
  self->data = g_new0 (guint32, (gsize)self->width * self->height);
  gdk_texture_download (texture, (guchar *)self->data, (gsize)self->width * 4);
  return self;
}

void
jumin_pixels_free (JuminPixels *self)
{
  g_free (self->data);
  g_free (self);
}

gboolean
jumin_pixels_save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkTexture) texture = window_render (window);

  return texture != NULL && gdk_texture_save_to_png (texture, path);
}

static double
channel (guint32 colour, int shift)
{
  double value = ((colour >> shift) & 0xff) / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 colour)
{
  return 0.2126 * channel (colour, 16) + 0.7152 * channel (colour, 8)
         + 0.0722 * channel (colour, 0);
}

static double
contrast (guint32 a, guint32 b)
{
  double la = luminance (a), lb = luminance (b);

  return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static guint
colour_class (guint32 colour)
{
  return ((colour >> 19 & 0x1f) << 10) | ((colour >> 11 & 0x1f) << 5) | (colour >> 3 & 0x1f);
}

static guint32
pixel_at (const JuminPixels *self, int x, int y)
{
  return self
      ->data[(gsize)CLAMP (y, 0, self->height - 1) * self->width + CLAMP (x, 0, self->width - 1)];
}

/**
 * jumin_pixels_text_contrast:
 * @box: around one label's text
 *
 * The ground is the colour that most pixels have; the text the most contrasting colour that covers
 * as much as strokes do. What lies between them is smoothing.
 *
 * Returns: the ratio, 1 to 21, and the two colours; 0 when nothing of the box is on the screen
 */
JuminContrast
jumin_pixels_text_contrast (const JuminPixels *self, const graphene_rect_t *box)
{
  JuminContrast best = { .ratio = 1 };
  g_autofree guint *counts = g_new0 (guint, COLOURS);
  g_autofree guint32 *colours = g_new0 (guint32, COLOURS);
  int left = MAX (0, (int)box->origin.x), top = MAX (0, (int)box->origin.y);
  int right = MIN (self->width, (int)(box->origin.x + box->size.width) + 1);
  int bottom = MIN (self->height, (int)(box->origin.y + box->size.height) + 1);
  guint total = 0, ground = 0, needed;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++, total++)
      {
        guint32 colour = pixel_at (self, x, y);
        guint class = colour_class (colour);

        colours[class] = colour;
        if (++counts[class] > counts[ground])
          ground = class;
      }
  if (total == 0)
    return (JuminContrast){ .ratio = 0 };
  best.ground = best.text = colours[ground] & 0xffffff;
  needed = MAX (STROKE_PIXELS_MIN, total * STROKE_SHARE / 1000000);
  for (guint class = 0; class < COLOURS; class ++)
    if (counts[class] >= needed && contrast (colours[class], best.ground) > best.ratio)
      {
        best.ratio = contrast (colours[class], best.ground);
        best.text = colours[class] & 0xffffff;
      }
  return best;
}

static int
compare_ratios (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x > y ? -1 : x < y;
}

/* The edge at one place of a side: (x, y) lies on the border box, (dx, dy) points inwards. */
static double
edge_at (const JuminPixels *self, int x, int y, int dx, int dy)
{
  guint32 outside = pixel_at (self, x - dx * EDGE_OUTSIDE, y - dy * EDGE_OUTSIDE);
  double best = 1;

  for (int depth = 0; depth < EDGE_INSIDE; depth++)
    best = MAX (best, contrast (outside, pixel_at (self, x + dx * depth, y + dy * depth)));
  return best;
}

/**
 * jumin_pixels_edge_contrast:
 * @box: border box of something that can be pressed
 *
 * Looks along the middle half of the left, the upper and the right side (below lies the ledge).
 * A quarter of each side must show the edge, so that a dashed border counts.
 *
 * Returns: the ratio at the worst of the three sides
 */
double
jumin_pixels_edge_contrast (const JuminPixels *self, const graphene_rect_t *box)
{
  int left = (int)round (box->origin.x), top = (int)round (box->origin.y);
  int width = (int)round (box->size.width), height = (int)round (box->size.height);
  double worst = 21;

  for (int side = 0; side < 3; side++)
    {
      double ratios[EDGE_SAMPLES];

      for (int i = 0; i < EDGE_SAMPLES; i++)
        {
          int x = left + width / 4 + width * i / (2 * EDGE_SAMPLES);
          int y = top + height / 4 + height * i / (2 * EDGE_SAMPLES);

          ratios[i] = side == 0   ? edge_at (self, left, y, 1, 0)
                      : side == 1 ? edge_at (self, x, top, 0, 1)
                                  : edge_at (self, left + width - 1, y, -1, 0);
        }
      qsort (ratios, EDGE_SAMPLES, sizeof ratios[0], compare_ratios);
      worst = MIN (worst, ratios[EDGE_SAMPLES / 4]);
    }
  return worst;
}

/* "red green blue" at "X Y", or "none". */
char *
jumin_pixels_colour (GtkWidget *window, const char *place)
{
  g_autoptr (JuminPixels) pixels = window != NULL ? jumin_pixels_new (window) : NULL;
  char *end = NULL;
  guint64 x = g_ascii_strtoull (place, &end, 10), y = g_ascii_strtoull (end, NULL, 10);
  guint32 colour;

  if (pixels == NULL || x >= (guint64)pixels->width || y >= (guint64)pixels->height)
    return g_strdup ("none");
  colour = pixels->data[y * (guint64)pixels->width + x];
  return g_strdup_printf ("%u %u %u", colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
}
