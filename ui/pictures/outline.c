/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces an outline onto a cairo path. The notation is that of path data in SVG 1.1, section 8.3,
 * with the commands that our drawings use: M L H V C S A and Z, capital or small, commands repeated
 * by leaving the letter out; arcs are not turned. */
#include "ui/pictures/outline.h"

#include <math.h>

enum
{
  NUMBERS_MAX = 7
};

typedef struct
{
  const char *at;
  double x, y, start_x, start_y;
  double bend_x, bend_y; /* from which the last curve came to x, y */
} Pen;

static gsize
count_numbers (char command)
{
  switch (g_ascii_toupper (command))
    {
    case 'M':
    case 'L':
      return 2;
    case 'H':
    case 'V':
      return 1;
    case 'S':
      return 4;
    case 'C':
      return 6;
    case 'A':
      return 7;
    default:
      return 0;
    }
}

static gboolean
read_number (Pen *pen, double *number)
{
  char *end = NULL;

  while (*pen->at == ' ' || *pen->at == ',')
    pen->at++;
  *number = g_ascii_strtod (pen->at, &end);
  if (end == pen->at)
    return FALSE;
  pen->at = end;
  return TRUE;
}

static void
draw_line (cairo_t *cairo, Pen *pen, char command, const double *number)
{
  gboolean relative = g_ascii_islower (command);
  double from_x = relative ? pen->x : 0, from_y = relative ? pen->y : 0;

  switch (g_ascii_toupper (command))
    {
    case 'H':
      pen->x = from_x + number[0];
      break;
    case 'V':
      pen->y = from_y + number[0];
      break;
    default:
      pen->x = from_x + number[0];
      pen->y = from_y + number[1];
      break;
    }
  if (g_ascii_toupper (command) != 'M')
    {
      cairo_line_to (cairo, pen->x, pen->y);
      return;
    }
  cairo_move_to (cairo, pen->x, pen->y);
  pen->start_x = pen->x;
  pen->start_y = pen->y;
}

/* A smooth curve leaves in the direction in which the last one came. */
static void
draw_curve (cairo_t *cairo, Pen *pen, char command, const double *number)
{
  gboolean relative = g_ascii_islower (command), smooth = g_ascii_toupper (command) == 'S';
  double from_x = relative ? pen->x : 0, from_y = relative ? pen->y : 0;
  double leave_x = 2 * pen->x - pen->bend_x, leave_y = 2 * pen->y - pen->bend_y;

  if (!smooth)
    {
      leave_x = from_x + *number++;
      leave_y = from_y + *number++;
    }
  pen->bend_x = from_x + number[0];
  pen->bend_y = from_y + number[1];
  pen->x = from_x + number[2];
  pen->y = from_y + number[3];
  cairo_curve_to (cairo, leave_x, leave_y, pen->bend_x, pen->bend_y, pen->x, pen->y);
}

/* Section F.6.5, on a plane that is squeezed so that the ellipse is a circle. */
static void
draw_arc (cairo_t *cairo, Pen *pen, char command, const double *number)
{
  gboolean relative = g_ascii_islower (command), large = number[3] > 0, clockwise = number[4] > 0;
  double squeeze = number[1] / number[0], from_x = pen->x, from_y = pen->y / squeeze;
  double half_x, half_y, half, radius, away, x, y;

  pen->x = number[5] + (relative ? pen->x : 0);
  pen->y = number[6] + (relative ? pen->y : 0);
  half_x = (pen->x - from_x) / 2;
  half_y = (pen->y / squeeze - from_y) / 2;
  half = hypot (half_x, half_y);
  radius = MAX (number[0], half);
  away = half > 0 ? sqrt (radius * radius - half * half) / half : 0;
  if (large == clockwise)
    away = -away;
  x = from_x + half_x - away * half_y;
  y = from_y + half_y + away * half_x;
  cairo_save (cairo);
  cairo_scale (cairo, 1, squeeze);
  (clockwise ? cairo_arc
             : cairo_arc_negative) (cairo, x, y, radius, atan2 (from_y - y, from_x - x),
                                    atan2 (from_y + 2 * half_y - y, from_x + 2 * half_x - x));
  cairo_restore (cairo);
}

static void
draw_command (cairo_t *cairo, Pen *pen, char command, const double *number)
{
  char letter = g_ascii_toupper (command);

  if (letter == 'C' || letter == 'S')
    {
      draw_curve (cairo, pen, command, number);
      return;
    }
  if (letter == 'A')
    draw_arc (cairo, pen, command, number);
  else
    draw_line (cairo, pen, command, number);
  pen->bend_x = pen->x;
  pen->bend_y = pen->y;
}

/* A command that is left out repeats; after a move it is a line. */
static char
next_command (Pen *pen, char command)
{
  while (*pen->at == ' ' || *pen->at == ',')
    pen->at++;
  if (g_ascii_isalpha (*pen->at))
    return *pen->at++;
  if (command == 'M')
    return 'L';
  return command == 'm' ? 'l' : command;
}

/**
 * jumin_outline_trace:
 * @outline: path data
 *
 * Returns: %FALSE if @outline cannot be read to its end
 */
gboolean
jumin_outline_trace (cairo_t *cairo, const char *outline)
{
  Pen pen = { .at = outline };
  double number[NUMBERS_MAX] = { 0 };
  char command = '\0';

  while (*pen.at != '\0')
    {
      command = next_command (&pen, command);
      if (g_ascii_toupper (command) == 'Z')
        {
          cairo_close_path (cairo);
          pen.x = pen.start_x;
          pen.y = pen.start_y;
          continue;
        }
      if (count_numbers (command) == 0)
        return FALSE;
      for (gsize i = 0; i < count_numbers (command); i++)
        if (!read_number (&pen, &number[i]))
          return FALSE;
      draw_command (cairo, &pen, command, number);
    }
  return TRUE;
}

void
jumin_outline_round (cairo_t *cairo, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cairo);
  cairo_arc (cairo, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cairo, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cairo, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cairo, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cairo);
}
