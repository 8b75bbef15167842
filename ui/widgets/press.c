/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that can be pressed. The button stays while its content is exchanged, so that a finger that
 * lies on it keeps it. An item with an act sends it; one without chooses itself in its block. What
 * is off is drawn dashed, cannot be pressed and says why to a screen reader.
 *
 * What has sent an act stays down until the next view: let go with the finger, it would be drawn
 * once more, and the page that follows would have to wait for the frame after that. */
#include "ui/widgets/press.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/press-looks.h"

enum
{
  DOWN_MS = 300 /* at most */
};

struct _JuminPress
{
  GtkButton parent_instance;
  JuminActor *actor;
  char *block, *id, *act, *value;
  gboolean optional;
  guint down_source;
};

G_DEFINE_FINAL_TYPE (JuminPress, jumin_press, GTK_TYPE_BUTTON)

static const struct
{
  const char *tone, *class_name;
} tones[] = {
  { "primary", "primary" },
  { "leave", "stop" },
  { "help", "help" },
};

static void
set_classes (JuminPress *self, const JuminPressContent *content, JuminPressStyle style)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean key = style >= JUMIN_PRESS_KEY || style == JUMIN_PRESS_METHOD;
  gboolean on = content->chosen || (key && g_strcmp0 (content->item->state, "on") == 0);
  static const char *const none[] = { NULL };

  gtk_widget_set_css_classes (widget, (const char **)none);
  jumin_add_classes (widget, jumin_press_get_classes (style));
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (content->item->tone, tones[i].tone) == 0)
      gtk_widget_add_css_class (widget, tones[i].class_name);
  if (style == JUMIN_PRESS_DIGIT && !g_ascii_isdigit (content->item->title[0]))
    gtk_widget_add_css_class (widget, "fn");
  if (on)
    gtk_widget_add_css_class (widget, "on");
  if (content->off)
    gtk_widget_add_css_class (widget, "off");
}

static void
set_names (JuminPress *self, const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  const char *name = jumin_has (item->speech) ? item->speech : item->title;
  const char *more = jumin_press_second_line (content);

  /* Its id, so that the widget tree (and a test's finger) speaks of what the thing is. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  more != NULL ? more : "", -1);
  gtk_widget_set_name (GTK_WIDGET (self), item->id != NULL ? item->id : "");
  if (self->block != NULL)
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
        content->chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
replace_text (char **text, const char *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

static gboolean
on_down_long (gpointer data)
{
  JuminPress *self = data;

  self->down_source = 0;
  gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_ACTIVE);
  return G_SOURCE_REMOVE;
}

static void
stay_down (JuminPress *self)
{
  gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_ACTIVE, FALSE);
  if (self->down_source == 0)
    self->down_source = g_timeout_add (DOWN_MS, on_down_long, self);
}

static void
come_up (JuminPress *self)
{
  if (self->down_source == 0)
    return;
  g_source_remove (self->down_source);
  on_down_long (self);
}

/**
 * jumin_press_set_item:
 * @chosen: whether it is the chosen one of its block
 *
 * Draws @item. Nothing of it but its id, act and value is kept.
 */
void
jumin_press_set_item (JuminPress *self, const JuminItem *item, JuminPressStyle style,
                      const JuminShape *shape, gboolean chosen)
{
  JuminPressContent content = { .item = item, .shape = shape, .chosen = chosen };

  come_up (self);
  content.off = g_strcmp0 (item->state, "off") == 0;
  replace_text (&self->id, item->id);
  replace_text (&self->act, item->act);
  replace_text (&self->value, item->value);
  gtk_button_set_child (GTK_BUTTON (self), jumin_press_build (style, &content));
  set_classes (self, &content, style);
  set_names (self, &content);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !content.off);
}

/**
 * jumin_press_set_block:
 * @block: (nullable): the draft that this chooses in
 * @optional: whether pressing again takes the choice back
 */
void
jumin_press_set_block (JuminPress *self, const char *block, gboolean optional)
{
  replace_text (&self->block, block);
  self->optional = optional;
}

const char *
jumin_press_get_id (JuminPress *self)
{
  return self->id;
}

/**
 * jumin_press_find:
 *
 * Returns: (nullable) (transfer none): the press in @box that shows item @id
 */
GtkWidget *
jumin_press_find (GtkWidget *box, const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (JUMIN_IS_PRESS (child) && g_strcmp0 (JUMIN_PRESS (child)->id, id) == 0)
      return child;
  return NULL;
}

/**
 * jumin_press_clear:
 * @items: (element-type JuminItem): those that stay
 *
 * Takes all other presses out of @box.
 */
void
jumin_press_clear (GtkWidget *box, GPtrArray *items)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (JUMIN_IS_PRESS (child) && jumin_items_find (items, JUMIN_PRESS (child)->id) == NULL)
        gtk_widget_unparent (child);
      child = next;
    }
}

static void
jumin_press_clicked (GtkButton *button)
{
  JuminPress *self = JUMIN_PRESS (button);
  const JuminItem item = { .id = self->id, .act = self->act, .value = self->value };

  if (jumin_has (self->act))
    {
      if (jumin_actor_press (self->actor, &item))
        stay_down (self);
    }
  else if (self->block != NULL)
    jumin_actor_choose (self->actor, self->block, &item, self->optional);
}

static void
jumin_press_dispose (GObject *object)
{
  JuminPress *self = JUMIN_PRESS (object);

  g_clear_handle_id (&self->down_source, g_source_remove);
  g_clear_object (&self->actor);
  G_OBJECT_CLASS (jumin_press_parent_class)->dispose (object);
}

static void
jumin_press_finalize (GObject *object)
{
  JuminPress *self = JUMIN_PRESS (object);

  g_free (self->block);
  g_free (self->id);
  g_free (self->act);
  g_free (self->value);
  G_OBJECT_CLASS (jumin_press_parent_class)->finalize (object);
}

static void
jumin_press_class_init (JuminPressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_press_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_press_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = jumin_press_clicked;
}

static void
jumin_press_init (JuminPress *self)
{
}

GtkWidget *
jumin_press_new (JuminActor *actor)
{
  JuminPress *self = g_object_new (JUMIN_TYPE_PRESS, NULL);

  self->actor = g_object_ref (actor);
  return GTK_WIDGET (self);
}
