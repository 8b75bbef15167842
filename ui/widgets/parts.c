/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small parts that everything on a page is put together from. None of them is a target of a
 * touch: what can be pressed is the button around them, so that they can be exchanged under a
 * finger. */
#include "ui/widgets/parts.h"

#include "model/text.h"
#include "ui/pictures/icon.h"
#include "ui/widgets/level.h"

#define PART_SEPARATOR " · "

gboolean
jumin_has (const char *text)
{
  return text != NULL && text[0] != '\0';
}

void
jumin_add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) names = g_strsplit (classes, " ", -1);

  for (char **name = names; *name != NULL; name++)
    if (**name != '\0')
      gtk_widget_add_css_class (widget, *name);
}

void
jumin_set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
jumin_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static GtkWidget *
new_box (GtkOrientation orientation, const char *classes)
{
  GtkWidget *box = gtk_box_new (orientation, 0);

  jumin_add_classes (box, classes);
  gtk_widget_set_can_target (box, FALSE);
  return box;
}

GtkWidget *
jumin_across (const char *classes)
{
  return new_box (GTK_ORIENTATION_HORIZONTAL, classes);
}

GtkWidget *
jumin_down (const char *classes)
{
  return new_box (GTK_ORIENTATION_VERTICAL, classes);
}

/**
 * jumin_lines:
 *
 * Returns: a box for words that stand beside something else: it takes the room that is left, and
 *   they stand in the middle of its height
 */
GtkWidget *
jumin_lines (const char *classes)
{
  GtkWidget *lines = jumin_expand (jumin_down (classes));

  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  return lines;
}

/**
 * jumin_framed:
 * @classes: say how large the frame is
 * @inside: stands in its middle
 */
GtkWidget *
jumin_framed (const char *classes, GtkWidget *inside)
{
  GtkWidget *frame = jumin_across (classes);

  gtk_widget_set_valign (inside, GTK_ALIGN_CENTER);
  jumin_put (frame, jumin_expand (inside));
  gtk_widget_set_hexpand (frame, FALSE);
  gtk_widget_set_valign (frame, GTK_ALIGN_CENTER);
  return frame;
}

/**
 * jumin_put:
 * @child: (nullable): %NULL puts nothing
 */
void
jumin_put (GtkWidget *box, GtkWidget *child)
{
  if (child != NULL)
    gtk_box_append (GTK_BOX (box), child);
}

/**
 * jumin_put_at:
 * @child: the last one of @grid from now on; may be in it already
 * @span: in columns
 */
void
jumin_put_at (GtkWidget *grid, GtkWidget *child, int column, int row, int span)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (grid);
  GtkGridLayoutChild *place;

  gtk_widget_insert_before (child, grid, NULL);
  place = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, child));
  gtk_grid_layout_child_set_column (place, column);
  gtk_grid_layout_child_set_row (place, row);
  gtk_grid_layout_child_set_column_span (place, span);
}

static void
keep_tail (GtkWidget *label, const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *unbroken = pango_attr_allow_breaks_new (FALSE);

  unbroken->start_index = (guint)jumin_text_find_tail (text);
  unbroken->end_index = (guint)strlen (text);
  pango_attr_list_insert (attributes, unbroken);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

/**
 * jumin_words:
 * @text: (nullable): never markup
 *
 * Returns: (nullable): a label that breaks between words, and between Han characters; %NULL for
 *   no text
 */
GtkWidget *
jumin_words (const char *text, const char *classes)
{
  GtkWidget *label;

  if (!jumin_has (text))
    return NULL;
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* Centred, a label brings no baseline: boxes with one measure one pixel more than they say. */
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  keep_tail (label, text);
  jumin_add_classes (label, classes);
  gtk_widget_set_can_target (label, FALSE);
  return label;
}

/**
 * jumin_put_words:
 * @label: (nullable): %NULL puts nothing
 * @centred: whether its lines stand in the middle
 */
void
jumin_put_words (GtkWidget *box, GtkWidget *label, gboolean centred)
{
  if (label == NULL)
    return;
  gtk_label_set_xalign (GTK_LABEL (label), centred ? 0.5F : 0);
  gtk_label_set_justify (GTK_LABEL (label), centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  jumin_put (box, label);
}

/* @label: (nullable): does not break */
GtkWidget *
jumin_unbroken (GtkWidget *label)
{
  if (label != NULL)
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

/**
 * jumin_words_broken:
 *
 * Returns: (nullable): a label for the narrow column: what follows a comma begins a line
 */
GtkWidget *
jumin_words_broken (const char *text, const char *classes)
{
  g_autoptr (GString) lines = g_string_new (text);

  if (g_string_replace (lines, "，", "，\n", 1) == 0)
    g_string_replace (lines, ", ", ",\n", 1);
  return jumin_words (lines->str, classes);
}

/**
 * jumin_words_parted:
 *
 * Returns: (nullable): a label whose first part, up to a middle dot, is bold
 */
GtkWidget *
jumin_words_parted (const char *text, const char *classes)
{
  GtkWidget *label = jumin_words (text, classes);
  const char *separator = label != NULL ? strstr (text, PART_SEPARATOR) : NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold;

  if (separator == NULL)
    return label;
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->end_index = (guint)(separator - text);
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

/**
 * jumin_icon:
 * @name: (nullable): of icon.c
 *
 * Returns: (nullable): %NULL for no name, or an unknown one
 */
GtkWidget *
jumin_icon (const char *name, const char *classes)
{
  g_autoptr (GdkPaintable) icon = jumin_icon_new (name);
  GtkWidget *image;

  if (icon == NULL)
    return NULL;
  image = gtk_image_new_from_paintable (icon);
  jumin_add_classes (image, classes);
  gtk_widget_set_halign (image, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (image, FALSE);
  return image;
}

/**
 * jumin_plate:
 * @family: (nullable): hue
 * @classes: size: "s", "l" or ""
 *
 * Returns: (nullable): %NULL for no icon
 */
GtkWidget *
jumin_plate (const char *icon, const char *family, const char *classes)
{
  GtkWidget *plate, *image = jumin_icon (icon, "");

  if (image == NULL)
    return NULL;
  plate = jumin_framed ("plate", image);
  jumin_add_classes (plate, classes);
  if (jumin_has (family))
    gtk_widget_add_css_class (plate, family);
  gtk_widget_set_halign (plate, GTK_ALIGN_START);
  return plate;
}

/**
 * jumin_chip:
 * @tone: (nullable): wait, fail, info, mute, now or good
 * @icon: (nullable): before the words
 *
 * Returns: (nullable): %NULL for no text
 */
GtkWidget *
jumin_chip (const char *text, const char *tone, const char *icon)
{
  GtkWidget *chip, *level;

  if (!jumin_has (text))
    return NULL;
  chip = jumin_across ("chip s8");
  if (jumin_has (tone))
    gtk_widget_add_css_class (chip, tone);
  jumin_put (chip, jumin_icon (icon, "i-chip"));
  jumin_put (chip, jumin_words (text, ""));
  level = jumin_level (chip);
  gtk_widget_set_halign (level, GTK_ALIGN_START);
  return level;
}

static void
scale_part (PangoAttrList *attributes, gsize from, gsize to, double scale, PangoWeight weight)
{
  PangoAttribute *size = pango_attr_scale_new (scale), *thick = pango_attr_weight_new (weight);

  size->start_index = thick->start_index = (guint)from;
  size->end_index = thick->end_index = (guint)to;
  pango_attr_list_insert (attributes, size);
  pango_attr_list_insert (attributes, thick);
}

/**
 * jumin_figure_words:
 * @figure: (nullable): digits
 * @unit: (nullable): after the figure; a sign of money stands before it
 *
 * Returns: (transfer full): "185.00 元", "¥185.00"
 */
char *
jumin_figure_words (const char *figure, const char *unit)
{
  const char *digits = figure != NULL ? figure : "";

  if (g_strcmp0 (unit, "¥") == 0)
    return g_strconcat (unit, digits, NULL);
  return jumin_has (unit) ? g_strdup_printf ("%s %s", digits, unit) : g_strdup (digits);
}

/**
 * jumin_figure:
 * @before: (nullable): smaller, before the figure
 * @figure: (nullable): digits
 * @unit: (nullable): smaller, after the figure; a sign of money stands before it
 * @small: size of what is smaller, as a share of the figure's
 *
 * Returns: one label, so that all stands on one line of writing
 */
GtkWidget *
jumin_figure (const char *before, const char *figure, const char *unit, double small,
              const char *classes)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GString) text = g_string_new (before);
  g_autofree char *words = jumin_figure_words (figure, unit);
  gsize digits = strlen (figure != NULL ? figure : "");
  GtkWidget *label;
  gsize unit_from;

  if (text->len > 0)
    {
      g_string_append_c (text, ' ');
      scale_part (attributes, 0, text->len, small, PANGO_WEIGHT_NORMAL);
    }
  unit_from = text->len + (g_str_has_prefix (words, "¥") ? strlen (words) : digits);
  g_string_append (text, words);
  scale_part (attributes, unit_from, text->len, small, PANGO_WEIGHT_BOLD);
  label = jumin_words (text->len > 0 ? text->str : " ", classes);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

GtkWidget *
jumin_rule (void)
{
  return jumin_across ("rule");
}

/* @widget: (nullable): takes what room there is beside it */
GtkWidget *
jumin_expand (GtkWidget *widget)
{
  if (widget != NULL)
    gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

/* @widget: (nullable): takes what room there is below it */
GtkWidget *
jumin_tall (GtkWidget *widget)
{
  if (widget != NULL)
    gtk_widget_set_vexpand (widget, TRUE);
  return widget;
}

/* @widget: (nullable): stands in the middle of its place */
GtkWidget *
jumin_middle (GtkWidget *widget)
{
  if (widget == NULL)
    return NULL;
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  return widget;
}

/* @name: of the style sheet */
GdkRGBA
jumin_get_colour (GtkWidget *widget, const char *name)
{
  GdkRGBA colour = { 0, 0, 0, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour);
  return colour;
}

gboolean
jumin_animations_are_on (GtkWidget *widget)
{
  gboolean on = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &on, NULL);
  return on;
}

/**
 * jumin_turn_key_fill:
 * @first: the icon stands before the words
 * @bare: the icon alone; a screen reader still says the words
 *
 * Draws a key that turns a page.
 */
void
jumin_turn_key_fill (GtkWidget *key, const char *words, const char *icon, gboolean first,
                     gboolean bare)
{
  GtkWidget *line = jumin_across ("s8");

  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  if (first || bare)
    jumin_put (line, jumin_icon (icon, "i-button"));
  if (!bare)
    jumin_put (line, jumin_words (words, ""));
  if (!first && !bare)
    jumin_put (line, jumin_icon (icon, "i-button"));
  gtk_button_set_child (GTK_BUTTON (key), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
}
