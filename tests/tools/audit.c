/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of one screen against the design guide: one line for each violation,
 *   RULE <tab> NAME OF THE WIDGET <tab> ITS TEXT <tab> WHAT WAS FOUND
 *
 *   off-screen   something to read or press is not wholly on the screen
 *   clipped      a text is cut, shortened, or lies outside of what shows it or over its padding
 *   overlap      two texts lie on each other
 *   text-size    smaller than the guide's
 *   glyph        a character without a picture
 *   contrast     of text, from the pixels
 *   edge         of what can be pressed, from the pixels
 *   target-size  too small for a finger
 *   target-gap   too close to the next one
 *   name         nothing for a screen reader
 *   zone         can be pressed, but lies in the zone that only informs
 *
 * A veil takes what lies under it out of the game: only what can be reached is looked at. */
#include "driver.h"

#include <string.h>

typedef struct
{
  const JuminLimits *limits;
  GString *report;
  GtkWidget *window;
  GtkWidget *veil, *dialog;
  JuminPixels *pixels;
  GPtrArray *targets;
  GPtrArray *texts;
} Audit;

/* Rounding of layouts to whole pixels. */
#define SLACK 1.0

/**
 * jumin_limits_parse:
 * @text: "text=28 target=88 …"; unknown words are passed over
 */
void
jumin_limits_parse (JuminLimits *limits, const char *text)
{
  const struct
  {
    const char *name;
    double *value;
  } fields[] = { { "text", &limits->text }, { "target", &limits->target },
                 { "key", &limits->key },   { "primary", &limits->primary },
                 { "gap", &limits->gap },   { "contrast", &limits->contrast },
                 { "edge", &limits->edge }, { "touch-from", &limits->touch_from } };
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *word != NULL; word++)
    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
      {
        gsize length = strlen (fields[i].name);

        if (strncmp (*word, fields[i].name, length) == 0 && (*word)[length] == '=')
          *fields[i].value = g_ascii_strtod (*word + length + 1, NULL);
      }
}

G_GNUC_PRINTF (4, 5)
static void
violation (Audit *audit, const char *rule, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *text = jumin_widget_text (widget);
  g_autofree char *found = NULL;
  va_list arguments;

  va_start (arguments, format);
  found = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_string_append_printf (audit->report, "%s\t%s\t%s\t%s\n", rule, gtk_widget_get_name (widget),
                          g_strdelimit (text, "\t\n", ' '), found);
}

static gboolean
inside (const graphene_rect_t *outer, const graphene_rect_t *inner)
{
  float slack = (float)SLACK;

  /* graphene_rect_contains_rect() rounds, and then denies it. */
  return inner->origin.x >= outer->origin.x - slack && inner->origin.y >= outer->origin.y - slack
         && inner->origin.x + inner->size.width <= outer->origin.x + outer->size.width + slack
         && inner->origin.y + inner->size.height <= outer->origin.y + outer->size.height + slack;
}

static char *
box_text (const graphene_rect_t *box)
{
  return g_strdup_printf ("%.0f,%.0f %.0fx%.0f", (double)box->origin.x, (double)box->origin.y,
                          (double)box->size.width, (double)box->size.height);
}

/* Where the letters lie, in the window: a label may be wider than its text. */
static gboolean
text_box (Audit *audit, GtkLabel *label, graphene_rect_t *box)
{
  PangoRectangle logical;
  graphene_point_t origin;
  int x, y;

  pango_layout_get_pixel_extents (gtk_label_get_layout (label), NULL, &logical);
  gtk_label_get_layout_offsets (label, &x, &y);
  if (!gtk_widget_compute_point (
          GTK_WIDGET (label), audit->window,
          &GRAPHENE_POINT_INIT ((float)(x + logical.x), (float)(y + logical.y)), &origin))
    return FALSE;
  graphene_rect_init (box, origin.x, origin.y, (float)logical.width, (float)logical.height);
  return TRUE;
}

/* The smallest letters of a layout, whatever attributes or fallback fonts made of them. */
static double
smallest_text (PangoLayout *layout)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double smallest = G_MAXDOUBLE;

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL && run->item->analysis.font != NULL)
        {
          PangoFontDescription *font
              = pango_font_describe_with_absolute_size (run->item->analysis.font);

          smallest = MIN (smallest, pango_font_description_get_size (font) / (double)PANGO_SCALE);
          pango_font_description_free (font);
        }
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  return smallest;
}

/* Text that is wider than what it stands in runs over its padding and border before it is cut. */
static gboolean
runs_over (Audit *audit, GtkWidget *outer, const graphene_rect_t *box)
{
  graphene_point_t origin;
  float end = box->origin.x + box->size.width;

  if (!gtk_widget_compute_point (outer, audit->window, &GRAPHENE_POINT_INIT (0, 0), &origin))
    return FALSE;
  return box->origin.x < origin.x - (float)SLACK
         || end > origin.x + (float)gtk_widget_get_width (outer) + (float)SLACK;
}

static void
check_clipping (Audit *audit, GtkWidget *widget, const graphene_rect_t *box)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoLayout *layout = gtk_label_get_layout (label);

  if (pango_layout_is_ellipsized (layout))
    violation (audit, "clipped", widget, "is shortened");
  for (GtkWidget *outer = widget; outer != NULL && outer != audit->window;
       outer = gtk_widget_get_parent (outer))
    {
      graphene_rect_t frame;

      if (runs_over (audit, outer, box))
        {
          violation (audit, "clipped", widget, "runs over the padding of '%s'",
                     gtk_widget_get_name (outer));
          return;
        }
      if (outer != widget && gtk_widget_get_overflow (outer) != GTK_OVERFLOW_HIDDEN
          && !jumin_widget_pressable (outer))
        continue;
      if (jumin_widget_bounds (outer, &frame) && !inside (&frame, box))
        {
          g_autofree char *is = box_text (box);
          g_autofree char *room = box_text (&frame);

          violation (audit, "clipped", widget, "needs %s, '%s' gives %s", is,
                     gtk_widget_get_name (outer), room);
          return;
        }
    }
}

static void
check_text (Audit *audit, GtkWidget *widget)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));
  int unknown = pango_layout_get_unknown_glyphs_count (layout);
  double size = smallest_text (layout);
  JuminContrast colours;
  graphene_rect_t box;

  if (!text_box (audit, GTK_LABEL (widget), &box))
    return;
  check_clipping (audit, widget, &box);
  if (size < audit->limits->text - 0.1)
    violation (audit, "text-size", widget, "%.1f px, wanted %.1f", size, audit->limits->text);
  if (unknown > 0)
    violation (audit, "glyph", widget, "%d characters have no picture", unknown);
  colours = jumin_pixels_text_contrast (audit->pixels, &box);
  if (colours.ratio > 0 && colours.ratio < audit->limits->contrast)
    violation (audit, "contrast", widget, "%.2f, wanted %.1f: #%06X on #%06X", colours.ratio,
               audit->limits->contrast, colours.text, colours.ground);
  g_ptr_array_add (audit->texts, widget);
}

static double
smallest_target (const JuminLimits *limits, GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "primary"))
    return limits->primary;
  return gtk_widget_has_css_class (widget, "key") ? limits->key : limits->target;
}

static gboolean
belongs_to (GtkWidget *widget, GtkWidget *ancestor)
{
  return ancestor != NULL && (widget == ancestor || gtk_widget_is_ancestor (widget, ancestor));
}

static void
check_target (Audit *audit, GtkWidget *widget, const graphene_rect_t *box)
{
  double least = smallest_target (audit->limits, widget), ratio;

  if (box->size.width < least - SLACK || box->size.height < least - SLACK)
    violation (audit, "target-size", widget, "%.0fx%.0f, wanted %.0f", (double)box->size.width,
               (double)box->size.height, least);
  if (!jumin_widget_named (widget))
    violation (audit, "name", widget, "%s has no accessible name", G_OBJECT_TYPE_NAME (widget));
  if (box->origin.y < audit->limits->touch_from - SLACK && !belongs_to (widget, audit->dialog))
    violation (audit, "zone", widget, "begins at %.0f, wanted %.0f", (double)box->origin.y,
               audit->limits->touch_from);
  ratio = jumin_pixels_edge_contrast (audit->pixels, box);
  if (ratio < audit->limits->edge)
    violation (audit, "edge", widget, "%.2f, wanted %.1f", ratio, audit->limits->edge);
  g_ptr_array_add (audit->targets, widget);
}

static gboolean
veiled (Audit *audit, GtkWidget *widget, const graphene_rect_t *box)
{
  graphene_rect_t veil;

  return audit->veil != NULL && !belongs_to (widget, audit->veil)
         && !belongs_to (widget, audit->dialog) && jumin_widget_bounds (audit->veil, &veil)
         && graphene_rect_intersection (&veil, box, NULL);
}

static gboolean
audit_widget (GtkWidget *widget, int depth, gpointer user_data)
{
  Audit *audit = user_data;
  gboolean pressable = jumin_widget_pressable (widget);
  gboolean text = GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  graphene_rect_t screen
      = GRAPHENE_RECT_INIT (0, 0, (float)audit->pixels->width, (float)audit->pixels->height);
  graphene_rect_t box;

  if ((!pressable && !text) || !jumin_widget_bounds (widget, &box) || veiled (audit, widget, &box))
    return FALSE;
  if (!inside (&screen, &box))
    {
      g_autofree char *where = box_text (&box);

      violation (audit, "off-screen", widget, "%s", where);
    }
  if (pressable)
    check_target (audit, widget, &box);
  if (text)
    check_text (audit, widget);
  return FALSE;
}

static void
check_gaps (Audit *audit)
{
  const float half = (float)(audit->limits->gap / 2 - 0.25);

  for (guint i = 0; i < audit->targets->len; i++)
    for (guint j = i + 1; j < audit->targets->len; j++)
      {
        GtkWidget *first = audit->targets->pdata[i], *second = audit->targets->pdata[j];
        graphene_rect_t a, b;

        if (belongs_to (second, first) || !jumin_widget_bounds (first, &a)
            || !jumin_widget_bounds (second, &b))
          continue;
        graphene_rect_inset (&a, -half, -half);
        graphene_rect_inset (&b, -half, -half);
        if (graphene_rect_intersection (&a, &b, NULL))
          violation (audit, "target-gap", second, "closer than %.0f px to '%s'", audit->limits->gap,
                     gtk_widget_get_name (first));
      }
}

static void
check_overlaps (Audit *audit)
{
  for (guint i = 0; i < audit->texts->len; i++)
    for (guint j = i + 1; j < audit->texts->len; j++)
      {
        graphene_rect_t a, b, both;

        if (text_box (audit, audit->texts->pdata[i], &a)
            && text_box (audit, audit->texts->pdata[j], &b)
            && graphene_rect_intersection (&a, &b, &both) && both.size.width > 2 * SLACK
            && both.size.height > 2 * SLACK)
          violation (audit, "overlap", audit->texts->pdata[j], "lies on '%s'",
                     gtk_label_get_text (audit->texts->pdata[i]));
      }
}

/**
 * jumin_audit:
 * @window: the kiosk's window
 * @limits: the guide's sizes for this screen
 * @report: gets one line a violation, and a last one "checked <tab> TARGETS <tab> TEXTS"
 */
void
jumin_audit (GtkWidget *window, const JuminLimits *limits, GString *report)
{
  g_autoptr (JuminPixels) pixels = jumin_pixels_new (window);
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  Audit audit = { .limits = limits,
                  .report = report,
                  .window = window,
                  .veil = jumin_widget_find (window, ".veil"),
                  .dialog = jumin_widget_find (window, ".dialog"),
                  .pixels = pixels,
                  .targets = targets,
                  .texts = texts };

  if (pixels == NULL)
    {
      g_string_append (report, "off-screen\twindow\t\thas drawn nothing\n");
      return;
    }
  jumin_widget_walk (window, 0, audit_widget, &audit);
  check_gaps (&audit);
  check_overlaps (&audit);
  g_string_append_printf (report, "checked\t%u\t%u\t\n", targets->len, texts->len);
}
