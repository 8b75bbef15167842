/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The icons: lines two units wide, of a tick three, with round ends on a square of 24 units, in the
 * colour of the text beside them, at the size that the style sheet says. */
#include "ui/pictures/icon.h"

#include "ui/pictures/outline.h"

enum
{
  UNITS = 24,
  LINE_UNITS = 2
};

typedef struct
{
  const char *name;
  const char *lines;
  const char *filled; /* (nullable) */
  int thick;          /* units of its lines; 0: as thick as most */
} Shape;

/* clang-format off */
static const Shape shapes[] = {
  { "baby", "M10.5 2.8a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM9 21v-6H7.5l1.5-6h3c3.5 1.5 4.5 3.8 4.2 "
    "6.2H13V21" },
  { "back", "M20 12H4.5M11 5.5 4.5 12l6.5 6.5" },
  { "bank", "M3 9.5 12 4l9 5.5zM5.5 12.5v5M10 12.5v5M14 12.5v5M18.5 12.5v5M3 20.5h18" },
  { "big", "M3.5 9.2h17M12 3.5v5.7c0 5.2-2.8 8.9-7.8 11.3M12 9.2c.8 5.4 3.6 9 7.8 11.3" },
  { "bill", "M12 2.8s6.8 6.6 6.8 11.4a6.8 6.8 0 0 1-13.6 0C5.2 9.4 12 2.8 12 2.8zM12.6 9.2 "
    "9.8 13.6h4.4L11.4 18" },
  { "camera", "M3 7h4.2l1.6-2.8h6.4L16.8 7H21v12.5H3zM12 9.3a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 "
    "1 0-7.4z" },
  { "card", "M2.5 5.5h19v13h-19zM6 9.5h4.5v4H6zM14.5 14.5H18" },
  { "cert", "M13 21H5V3h9.5L19 7.5V11M14 3v5h5M8.5 12h4M8.5 16h2.5M17 13.2a2.6 2.6 0 1 1 0 "
    "5.2 2.6 2.6 0 0 1 0-5.2zM15.6 18.2V22l1.4-1 1.4 1v-3.8" },
  { "check", "M4.5 12.5l5 5L19.5 7", .thick = 3 },
  { "clock", "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5.3l3.5 2.2" },
  { "contrast", "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
    "M12 3a9 9 0 0 1 0 18z" },
  { "cross", "M6 6l12 12M18 6 6 18" },
  { "down", "M12 4v15.5M5.5 13 12 19.5l6.5-6.5" },
  { "elder", "M10 2.8a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM7 21l2-6-.500-5.5c1.5-.8 3 .2 3.8 2l2.2 "
    "1.5M9 15l3.5 2.5V21M17 12.5c1.5-.5 2.5.3 2.5 1.5v7" },
  { "estate", "M4 21V6l8-3v18M12 9l8 2.5V21M2.5 21h19M7.5 9v.01M7.5 13v.01M7.5 17v.01M16 "
    "14v.01M16 17.5v.01" },
  { "exit", "M13.5 4H4.5v16h9M9.5 12h11.5M17 7.8 21.2 12 17 16.2" },
  { "export", "M12 15V3.5M7 8l5-4.5L17 8M4 14v6.5h16V14" },
  { "eye", "M2.5 12c1.5-3 4.8-6.5 9.5-6.5s8 3.5 9.5 6.5c-1.5 3-4.8 6.5-9.5 "
    "6.5s-8-3.5-9.5-6.5zM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z" },
  { "eyeoff", "M4 3.5l16 17M10 5.7a9.8 9.8 0 0 1 2-.2c4.7 0 8 3.5 9.5 6.5a14 14 0 0 1-2.9 "
    "3.8M6.2 7.5A14 14 0 0 0 2.5 12c1.5 3 4.8 6.5 9.5 6.5 1.7 0 3.2-.5 4.5-1.2" },
  { "farm", "M12 21v-9.5M12 11.5c0-4.2 2.7-7 8-7.5 0 4.8-3 7.5-8 7.5zM12 "
    "16c0-3.6-2.6-5.8-7.5-6 0 4.2 2.9 6 7.5 6zM6 21h12" },
  { "fund", "M2.5 11.5 12 3.5l9.5 8M5 9.8V20.5h14V9.8M9.4 10.6l2.6 3.2 2.6-3.2M12 "
    "13.8v4.2M9.8 14.2h4.4" },
  { "gas", "M12 2.8c.6 3.4 5.8 5.6 5.8 11a5.8 7.2 0 0 1-11.6 0c0-2.4 1.2-4.2 2.6-5.4.2 1.4.8 "
    "2.2 1.6 2.6C10.2 7.8 10.8 5.2 12 2.8zM12 21c-1.5 0-2.4-1.2-2.4-2.6 0-1.5 1.3-2.3 2.4-3.6 "
    "1.1 1.3 2.4 2.1 2.4 3.6 0 1.4-.9 2.6-2.4 2.6z" },
  { "go", "M9 5l7 7-7 7" },
  { "help", "M4 13.5V12a8 8 0 0 1 16 0v1.5M3 13.5h4V19H3zM17 13.5h4V19h-4zM19 19c0 1.7-2 "
    "2.6-5 2.6" },
  { "home", "M3 11.5 12 3.8l9 7.7M5.8 9.5v11h12.4v-11M10 20.5v-6h4v6" },
  { "hour", "M6 3h12M6 21h12M7.5 3c0 5 4.5 5.5 4.5 9 0-3.5 4.5-4 4.5-9M7.5 21c0-5 4.5-5.5 "
    "4.5-9 0 3.5 4.5 4 4.5 9" },
  { "id", "M2.5 4.5h19v15h-19zM8.3 8.3a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM5.2 16.2c.4-1.5 1.6-2.2 "
    "3.1-2.2s2.7.7 3.1 2.2M14.8 9.8H18M14.8 14.2H18" },
  { "info", "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v5.5M12 7.5h.01" },
  { "lang", "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3.2 12h17.6M12 3c2.7 2.6 3.8 5.7 3.8 9s-1.1 "
    "6.4-3.8 9c-2.7-2.6-3.8-5.7-3.8-9S9.3 5.6 12 3z" },
  { "list", "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01" },
  { "lock", "M5 10.5h14V21H5zM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5" },
  { "medical", "M9 3.5h6V9h5.5v6H15v5.5H9V15H3.5V9H9z" },
  { "minus", "M4.5 12h15" },
  { "more", "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 16.8H20M16.8 13.5V20" },
  { "nontax", "M5 2.8h14v18.4l-2.8-1.8-2.8 1.8L12 20l-1.4 1.2-2.8-1.8L5 21.2zM9.2 7.2 12 "
    "10.6l2.8-3.4M12 10.6v5M9.4 12.2h5.2" },
  { "paper", "M5 3h9.5L19 7.5V21H5zM14 3v5h5" },
  { "passport", "M5 3h14v18H5zM12 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM9 17.2h6" },
  { "phone", "M6.5 2.5h11v19h-11zM11 18.3h2" },
  { "pin", "M12 21.5s7-6.3 7-11.7a7 7 0 0 0-14 0c0 5.4 7 11.7 7 11.7zM12 7.3a2.7 2.7 0 1 1 0 "
    "5.4 2.7 2.7 0 0 1 0-5.4z" },
  { "plus", "M12 4.5v15M4.5 12h15" },
  { "power", "M13.5 2.8 5.5 13.5h5.2L9.8 21.2l8.7-11.4h-5.4z" },
  { "prev", "M15 5l-7 7 7 7" },
  { "printer", "M7 8.5V3h10v5.5M7 17.5H3v-9h18v9h-4M7 14h10v7H7zM17 11.3h.01" },
  { "qr", "M3.5 3.5h6.5v6.5H3.5zM14 3.5h6.5v6.5H14zM3.5 14h6.5v6.5H3.5zM14 14h2.5v2.5M20.5 "
    "14v2.5M14 20.5h2.5M20.5 20.5h-.01" },
  { "queue", "M3 7h18v3.2a1.9 1.9 0 0 0 0 3.6V17H3v-3.2a1.9 1.9 0 0 0 0-3.6zM14.5 7v1.6M14.5 "
    "11.2v1.6M14.5 15.4V17" },
  { "reach", "M9.3 2.6a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM9.3 8.3v5.9h6.2l2.8 5.6h2.2M9.3 "
    "10.8h4.7M6.6 11.9a5.3 5.3 0 1 0 7.7 6.3" },
  { "refresh", "M20 12a8 8 0 0 1-14.2 5M4 12a8 8 0 0 1 14.2-5M18.5 3v4.3h-4.3M5.5 21v-4.3h4.3" },
  { "scan", "M3.5 8V3.5H8M16 3.5h4.5V8M20.5 16v4.5H16M8 20.5H3.5V16M3.5 12h17" },
  { "shield", "M12 2.8 20 5.8v5.7c0 4.7-3.3 8-8 9.7-4.7-1.7-8-5-8-9.7V5.8zM8 12l3 3 5-5.5" },
  { "sms", "M3.5 4.5h17v12.5h-9l-4.5 3.7V17H3.5zM8 10.8h.01M12 10.8h.01M16 10.8h.01" },
  { "social", "M12 2.8 20 5.8v5.7c0 4.7-3.3 8-8 9.7-4.7-1.7-8-5-8-9.7V5.8zM12 7.6a2.1 2.1 0 1 "
    "1 0 4.2 2.1 2.1 0 0 1 0-4.2zM8.4 16.4c.5-1.8 1.9-2.7 3.6-2.7s3.1.9 3.6 2.7" },
  { "star", "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z" },
  { "tax", "M4 20.5h16M4 9.5 12 4l8 5.5zM6.5 12.5v5M12 12.5v5M17.5 12.5v5" },
  { "touch", "M9 11V5.5a2 2 0 0 1 4 0v6l4.6 1.4a2 2 0 0 1 1.3 2.4L17.5 21H10l-4.6-6a1.7 1.7 0 "
    "0 1 2.6-2.1L9 14" },
  { "traffic", "M5 11.5 6.9 6h10.2l1.9 5.5M3 11.5h18V18H3zM6 18v2.5M18 18v2.5M6.5 14.8h2M15.5 "
    "14.8h2" },
  { "up", "M12 20V4.5M5.5 11 12 4.5l6.5 6.5" },
  { "user", "M12 3.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6" },
  { "users", "M9 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20c.5-3.8 3-5.7 6.5-5.7s6 1.9 6.5 "
    "5.7M15.5 4.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .8 3.2 2.5 3.5 5.2" },
  { "voice", "M3.5 9.5v5H7l5 4v-13l-5 4zM15.3 9a4.2 4.2 0 0 1 0 6M18 6.2a8.2 8.2 0 0 1 0 11.6" },
  { "warn", "M12 3.5 22 20.5H2zM12 10v4.5M12 17.5h.01" },
  { "water", "M12 3s6.5 6.4 6.5 11a6.5 6.5 0 0 1-13 0C5.5 9.4 12 3 12 3zM8.8 14.5a3.2 3.2 0 0 "
    "0 2.6 3" },
  { "zoomin", "M10.5 3.5a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM15.6 15.6 21 21M10.5 7.5v6M7.5 10.5h6" },
  { "zoomout", "M10.5 3.5a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM15.6 15.6 21 21M7.5 10.5h6" },
};
/* clang-format on */

struct _JuminIcon
{
  GObject parent_instance;
  const Shape *shape;
};

static void
jumin_icon_snapshot_symbolic (GtkSymbolicPaintable *paintable, GdkSnapshot *snapshot, double width,
                              double height, const GdkRGBA *colours, gsize n_colours)
{
  const Shape *shape = JUMIN_ICON (paintable)->shape;
  cairo_t *cairo = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  cairo_scale (cairo, width / UNITS, height / UNITS);
  cairo_set_line_width (cairo, shape->thick > 0 ? shape->thick : LINE_UNITS);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cairo, &colours[GTK_SYMBOLIC_COLOR_FOREGROUND]);
  jumin_outline_trace (cairo, shape->lines);
  cairo_stroke (cairo);
  if (shape->filled != NULL)
    {
      jumin_outline_trace (cairo, shape->filled);
      cairo_fill (cairo);
    }
  cairo_destroy (cairo);
}

static void
jumin_icon_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  const GdkRGBA black = { 0, 0, 0, 1 };

  jumin_icon_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), snapshot, width, height, &black,
                                1);
}

static void
jumin_icon_symbolic_init (GtkSymbolicPaintableInterface *interface)
{
  interface->snapshot_symbolic = jumin_icon_snapshot_symbolic;
}

static void
jumin_icon_paintable_init (GdkPaintableInterface *interface)
{
  interface->snapshot = jumin_icon_snapshot;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminIcon, jumin_icon, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, jumin_icon_paintable_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                          jumin_icon_symbolic_init))

static void
jumin_icon_class_init (JuminIconClass *klass)
{
}

static void
jumin_icon_init (JuminIcon *self)
{
}

/**
 * jumin_icon_new:
 *
 * Returns: (nullable): %NULL when there is no icon of this name
 */
GdkPaintable *
jumin_icon_new (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_strcmp0 (shapes[i].name, name) == 0)
      {
        JuminIcon *self = g_object_new (JUMIN_TYPE_ICON, NULL);

        self->shape = &shapes[i];
        return GDK_PAINTABLE (self);
      }
  return NULL;
}
