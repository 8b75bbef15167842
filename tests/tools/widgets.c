/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking the widgets as a person meets them: what is mapped, what it says, what can be pressed. */
#include "driver.h"

#include <string.h>

/**
 * jumin_widget_walk:
 * @widget: where to begin
 * @depth: its depth
 * @visit: called for each mapped widget, from the outside in; %TRUE ends the walk
 *
 * Returns: whether @visit ended the walk
 */
gboolean
jumin_widget_walk (GtkWidget *widget, int depth, JuminWidgetFunc visit, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (visit (widget, depth, user_data))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (jumin_widget_walk (child, depth + 1, visit, user_data))
      return TRUE;
  return FALSE;
}

/**
 * jumin_widget_pressable:
 *
 * Returns: whether @widget says to a screen reader that it can be pressed
 */
gboolean
jumin_widget_pressable (GtkWidget *widget)
{
  static const GtkAccessibleRole roles[]
      = { GTK_ACCESSIBLE_ROLE_BUTTON, GTK_ACCESSIBLE_ROLE_CHECKBOX,  GTK_ACCESSIBLE_ROLE_RADIO,
          GTK_ACCESSIBLE_ROLE_SWITCH, GTK_ACCESSIBLE_ROLE_LINK,      GTK_ACCESSIBLE_ROLE_OPTION,
          GTK_ACCESSIBLE_ROLE_TAB,    GTK_ACCESSIBLE_ROLE_MENU_ITEM, GTK_ACCESSIBLE_ROLE_TEXT_BOX };
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (role == roles[i])
      return TRUE;
  return GTK_IS_BUTTON (widget);
}

gboolean
jumin_widget_bounds (GtkWidget *widget, graphene_rect_t *bounds)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_widget_compute_bounds (widget, GTK_WIDGET (root), bounds);
}

static gboolean
collect_text (GtkWidget *widget, int depth, gpointer user_data)
{
  GString *text = user_data;

  if (!GTK_IS_LABEL (widget))
    return FALSE;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, gtk_label_get_text (GTK_LABEL (widget)));
  return FALSE;
}

/**
 * jumin_widget_text:
 *
 * Returns: (transfer full): what stands on @widget, its labels joined with blanks
 */
char *
jumin_widget_text (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  jumin_widget_walk (widget, 0, collect_text, text);
  return g_string_free (text, FALSE);
}

static gboolean
accessible_label_is (GtkWidget *widget, const char *label)
{
  g_autofree char *difference = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  return difference == NULL;
}

/**
 * jumin_widget_named:
 *
 * Returns: whether a screen reader has a name for @widget
 */
gboolean
jumin_widget_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  g_autofree char *text = jumin_widget_text (widget);

  if (accessible_label_is (widget, ""))
    return FALSE;
  return *g_strstrip (text) != '\0'
         || gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

typedef struct
{
  const char *key;
  gboolean pressable_only;
  GtkWidget *found;
} Search;

static gboolean
matches (GtkWidget *widget, int depth, gpointer user_data)
{
  Search *search = user_data;
  g_autofree char *text = NULL;

  if (search->pressable_only && !jumin_widget_pressable (widget))
    return FALSE;
  if (search->pressable_only || GTK_IS_LABEL (widget))
    text = jumin_widget_text (widget);
  if (g_strcmp0 (gtk_widget_get_name (widget), search->key) == 0
      || (search->key[0] == '.' && gtk_widget_has_css_class (widget, search->key + 1))
      || g_strcmp0 (text, search->key) == 0 || accessible_label_is (widget, search->key))
    search->found = widget;
  return search->found != NULL;
}

static GtkWidget *
find_inside (GtkWidget *widget, const char *key)
{
  Search search = { .key = key, .pressable_only = TRUE };

  if (!jumin_widget_walk (widget, 0, matches, &search))
    {
      search.pressable_only = FALSE;
      jumin_widget_walk (widget, 0, matches, &search);
    }
  return search.found;
}

/**
 * jumin_widget_find:
 * @window: (nullable): where to look
 * @key: name of a widget, ".class", its whole text, its accessible label, or "KEY/KEY" for one
 *   inside of another
 *
 * What can be pressed is found before what only says the same.
 *
 * Returns: (nullable) (transfer none): the first such widget
 */
/* The window that is shown; of several the active one. */
GtkWidget *
jumin_widget_kiosk (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window)
          && (found == NULL || gtk_window_is_active (GTK_WINDOW (window))))
        found = window;
    }
  return found;
}

GtkWidget *
jumin_widget_find (GtkWidget *window, const char *key)
{
  const char *rest = strchr (key, '/');
  GtkWidget *found = window != NULL ? find_inside (window, key) : NULL;
  g_autofree char *first = NULL;

  if (found != NULL || window == NULL || rest == NULL)
    return found;
  first = g_strndup (key, (gsize)(rest - key));
  found = find_inside (window, first);
  return found != NULL ? find_inside (found, rest + 1) : NULL;
}

static gboolean
append_line (GtkWidget *widget, int depth, gpointer user_data)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *class_names = g_strjoinv (".", classes);
  graphene_rect_t box = GRAPHENE_RECT_INIT_ZERO;

  jumin_widget_bounds (widget, &box);
  g_string_append_printf (user_data, "%*s%s #%s .%s %g,%g %gx%g", depth * 2, "",
                          G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget), class_names,
                          (double)box.origin.x, (double)box.origin.y, (double)box.size.width,
                          (double)box.size.height);
  if (GTK_IS_LABEL (widget))
    {
      g_autofree char *text = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));

      g_string_append_printf (user_data, " '%s'", g_strdelimit (text, "\n", ' '));
    }
  g_string_append_c (user_data, '\n');
  return FALSE;
}

static gboolean
add_to_hash (GtkWidget *widget, int depth, gpointer user_data)
{
  guint *hash = user_data;

  if (GTK_IS_LABEL (widget))
    *hash = *hash * 31 + g_str_hash (gtk_label_get_text (GTK_LABEL (widget)));
  else if (jumin_widget_pressable (widget))
    *hash = *hash * 31 + g_direct_hash (widget);
  return FALSE;
}

/**
 * jumin_widget_hash:
 *
 * A page that looks like the last one has other keys; the same page keeps them.
 *
 * Returns: a figure that changes when something else can be read or pressed in @window
 */
guint
jumin_widget_hash (GtkWidget *window)
{
  guint hash = 5381;

  jumin_widget_walk (window, 0, add_to_hash, &hash);
  return hash;
}

/**
 * jumin_widget_tree:
 * @answer: gets one line a mapped widget: type, name, classes, border box, text
 */
void
jumin_widget_tree (GtkWidget *window, GString *answer)
{
  jumin_widget_walk (window, 0, append_line, answer);
}

/* Returns: (transfer full) (nullable): where it is, and what a touch there meets; see driver.c */
char *
jumin_widget_describe (GtkWidget *root, const char *key)
{
  GtkWidget *widget = jumin_widget_find (root, key);
  graphene_rect_t box;
  GtkWidget *met;

  if (widget == NULL || !jumin_widget_bounds (widget, &box))
    return NULL;
  met = gtk_widget_pick (GTK_WIDGET (gtk_widget_get_root (widget)),
                         (double)(box.origin.x + box.size.width / 2),
                         (double)(box.origin.y + box.size.height / 2), GTK_PICK_DEFAULT);
  return g_strdup_printf ("%g %g %g %g hit=%d sensitive=%d", (double)box.origin.x,
                          (double)box.origin.y, (double)box.size.width, (double)box.size.height,
                          met != NULL && (met == widget || gtk_widget_is_ancestor (met, widget)),
                          gtk_widget_is_sensitive (widget));
}

/* Returns: (transfer full): the types of all windows that are shown, one a line */
char *
jumin_widget_list_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        g_string_append_printf (names, "%s\n", G_OBJECT_TYPE_NAME (window));
    }
  return g_string_free (names, FALSE);
}
