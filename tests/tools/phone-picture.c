/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone-picture TEXT OUT.png [STYLE]: what a camera of a kiosk sees when somebody holds a phone
 * with a code before it, in a dark hall. For the peer of a camera, tests and the demonstration. */
#include <cairo.h>
#include <glib.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

enum
{
  WIDTH = 1280,
  HEIGHT = 720,
  PHONE_WIDTH = 390, /* before it is scaled */
  PHONE_HEIGHT = 760,
  PHONE_EDGE = 14,
  CODE_SIDE = 290, /* with its quiet zone */
  QUIET_MODULES = 4,
  STEPS_MAX = 16,
  BAD_USAGE = 2
};

/**
 * Style:
 * @scale: how near the phone is
 * @degrees: how it is turned
 * @squeeze: how much narrower it looks because it is tilted, 1: not
 * @x, @y: where its middle is, parts of the picture
 * @motion_px: how far it moves during one frame
 * @blur: how many pixels become one
 * @brightness: of its screen
 * @light_on_dark: as in a dark mode
 * @glare: whether a lamp is mirrored in it
 * @thumb: whether one lies over a corner of the code, so that nobody can read it
 */
typedef struct
{
  const char *name;
  double scale, degrees, squeeze, x, y, motion_px, blur, brightness;
  gboolean light_on_dark, glare, thumb;
} Style;

static const Style styles[] = {
  { "plain", 0.9, 4, 1, 0.5, 0.55, 0, 0, 1 },
  { "moving", 0.9, -5, 1, 0.47, 0.55, 9, 0, 1 },
  { "blurred", 0.95, 3, 1, 0.5, 0.55, 0, 3, 1 },
  { "inverted", 0.9, 2, 1, 0.5, 0.55, 0, 0, 1, .light_on_dark = TRUE },
  { "glaring", 0.9, -3, 1, 0.5, 0.55, 0, 0, 1, .glare = TRUE },
  { "small", 0.5, 6, 1, 0.42, 0.5, 0, 0, 1 },
  { "tilted", 0.95, 17, 0.75, 0.5, 0.55, 0, 0, 1 },
  { "dim", 0.9, 3, 1, 0.5, 0.55, 0, 0, 0.22 },
  { "near", 2.6, 0, 1, 0.5, 0.6, 0, 0, 1 },
  { "thumb", 0.9, 4, 1, 0.5, 0.55, 0, 0, 0.85, .thumb = TRUE },
};

static void
draw_hall (cairo_t *cairo)
{
  cairo_pattern_t *wall = cairo_pattern_create_linear (0, 0, WIDTH, HEIGHT);

  cairo_pattern_add_color_stop_rgb (wall, 0, 0.30, 0.28, 0.26);
  cairo_pattern_add_color_stop_rgb (wall, 1, 0.10, 0.11, 0.13);
  cairo_set_source (cairo, wall);
  cairo_paint (cairo);
  cairo_pattern_destroy (wall);
  /* Lamps, and somebody's shoulders. */
  cairo_set_source_rgb (cairo, 0.75, 0.73, 0.66);
  for (int i = 0; i < 3; i++)
    cairo_rectangle (cairo, 90 + 420 * i, 24, 180, 22);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.16, 0.20, 0.30);
  cairo_arc (cairo, WIDTH / 2.0, HEIGHT * 1.25, WIDTH * 0.45, 0, 2 * G_PI);
  cairo_fill (cairo);
}

static void
draw_code (cairo_t *cairo, const Style *style, const QRcode *code)
{
  double module = (double)CODE_SIDE / (code->width + 2 * QUIET_MODULES);
  double paper = style->light_on_dark ? 0.06 : style->brightness, ink = 0.05;

  if (style->light_on_dark)
    ink = style->brightness;
  cairo_set_source_rgb (cairo, paper, paper, paper);
  cairo_rectangle (cairo, 0, 0, CODE_SIDE, CODE_SIDE);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, ink, ink, ink);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cairo, (x + QUIET_MODULES) * module, (y + QUIET_MODULES) * module, module,
                         module);
  cairo_fill (cairo);
}

/* From beside the phone over the upper corner of the code. */
static void
draw_thumb (cairo_t *cairo)
{
  cairo_set_source_rgb (cairo, 0.72, 0.53, 0.44);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cairo, 84);
  cairo_move_to (cairo, CODE_SIDE - 36, 48);
  cairo_curve_to (cairo, CODE_SIDE + 20, 110, CODE_SIDE + 110, 200, CODE_SIDE + 130, 900);
  cairo_stroke (cairo);
}

static void
draw_phone (cairo_t *cairo, const Style *style, const QRcode *code)
{
  double screen = style->light_on_dark ? 0.1 : style->brightness;

  cairo_translate (cairo, -PHONE_WIDTH / 2.0, -PHONE_HEIGHT / 2.0);
  cairo_set_source_rgb (cairo, 0.03, 0.03, 0.03);
  cairo_rectangle (cairo, 0, 0, PHONE_WIDTH, PHONE_HEIGHT);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.92 * screen, 0.95 * screen, screen);
  cairo_rectangle (cairo, PHONE_EDGE, PHONE_EDGE, PHONE_WIDTH - 2 * PHONE_EDGE,
                   PHONE_HEIGHT - 2 * PHONE_EDGE);
  cairo_fill (cairo);
  /* The head of the page. */
  cairo_set_source_rgb (cairo, 0.12 * screen, 0.38 * screen, 0.85 * screen);
  cairo_rectangle (cairo, PHONE_EDGE, PHONE_EDGE, PHONE_WIDTH - 2 * PHONE_EDGE, 120);
  cairo_fill (cairo);
  cairo_translate (cairo, (PHONE_WIDTH - CODE_SIDE) / 2.0, 190);
  draw_code (cairo, style, code);
  if (style->thumb)
    draw_thumb (cairo);
}

static void
draw_glare (cairo_t *cairo)
{
  cairo_pattern_t *lamp = cairo_pattern_create_radial (WIDTH * 0.54, HEIGHT * 0.42, 4, WIDTH * 0.54,
                                                       HEIGHT * 0.42, HEIGHT * 0.11);

  cairo_pattern_add_color_stop_rgba (lamp, 0, 1, 1, 1, 0.95);
  cairo_pattern_add_color_stop_rgba (lamp, 0.3, 1, 1, 1, 0.6);
  cairo_pattern_add_color_stop_rgba (lamp, 1, 1, 1, 1, 0);
  cairo_set_source (cairo, lamp);
  cairo_paint (cairo);
  cairo_pattern_destroy (lamp);
}

static void
draw_scene (cairo_t *cairo, const Style *style, const QRcode *code, double shift_px)
{
  draw_hall (cairo);
  if (code == NULL)
    return;
  cairo_save (cairo);
  cairo_translate (cairo, WIDTH * style->x + shift_px, HEIGHT * style->y);
  cairo_scale (cairo, style->scale * style->squeeze, style->scale);
  cairo_rotate (cairo, style->degrees * G_PI / 180);
  draw_phone (cairo, style, code);
  cairo_restore (cairo);
  if (style->glare)
    draw_glare (cairo);
}

/* The mean of what is seen while the shutter is open. */
static cairo_surface_t *
expose (const Style *style, const QRcode *code)
{
  cairo_surface_t *seen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (seen);
  int steps = style->motion_px > 0 ? STEPS_MAX : 1;

  for (int i = 0; i < steps; i++)
    {
      cairo_push_group (cairo);
      draw_scene (cairo, style, code, style->motion_px * i / steps);
      cairo_pop_group_to_source (cairo);
      cairo_paint_with_alpha (cairo, 1.0 / (i + 1));
    }
  cairo_destroy (cairo);
  return seen;
}

/* A lens that is not in focus: fewer pixels, and back. */
static cairo_surface_t *
blur (cairo_surface_t *sharp, double pixels)
{
  int width = (int)(WIDTH / pixels), height = (int)(HEIGHT / pixels);
  cairo_surface_t *few = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_t *soft = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (few);

  cairo_scale (cairo, (double)width / WIDTH, (double)height / HEIGHT);
  cairo_set_source_surface (cairo, sharp, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cairo), CAIRO_FILTER_GOOD);
  cairo_paint (cairo);
  cairo_destroy (cairo);
  cairo = cairo_create (soft);
  cairo_scale (cairo, (double)WIDTH / width, (double)HEIGHT / height);
  cairo_set_source_surface (cairo, few, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cairo), CAIRO_FILTER_BILINEAR);
  cairo_paint (cairo);
  cairo_destroy (cairo);
  cairo_surface_destroy (few);
  cairo_surface_destroy (sharp);
  return soft;
}

static const Style *
find_style (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (strcmp (styles[i].name, name) == 0)
      return &styles[i];
  return NULL;
}

static gboolean
write_picture (const char *text, const char *path, const Style *style)
{
  /* Without a text there is no code. */
  QRcode *code = QRcode_encodeData ((int)strlen (text), (const guint8 *)text, 0, QR_ECLEVEL_M);
  cairo_surface_t *picture = expose (style, code);
  cairo_status_t status;

  if (style->blur > 0)
    picture = blur (picture, style->blur);
  status = cairo_surface_write_to_png (picture, path);
  cairo_surface_destroy (picture);
  QRcode_free (code);
  if (status != CAIRO_STATUS_SUCCESS)
    fprintf (stderr, "Writing '%s' failed: %s\n", path, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

int
main (int argc, char **argv)
{
  const Style *style = argc == 3 ? styles : argc == 4 ? find_style (argv[3]) : NULL;

  if (style != NULL)
    return write_picture (argv[1], argv[2], style) ? 0 : 1;
  fprintf (stderr, "phone-picture TEXT OUT.png [STYLE]; styles are");
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    fprintf (stderr, " %s", styles[i].name);
  fprintf (stderr, "\n");
  return BAD_USAGE;
}
