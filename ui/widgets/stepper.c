/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys stay while the figure between them changes, so that a finger can press again. */
#include "ui/widgets/stepper.h"

#include <string.h>

#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/reader.h"

struct _JuminStepper
{
  GtkBox parent_instance;
  JuminActor *actor;
  GtkWidget *head, *line, *fewer, *figure, *more;
  char *name, *fewer_id, *more_id;
};

G_DEFINE_FINAL_TYPE (JuminStepper, jumin_stepper, GTK_TYPE_BOX)

static void
on_clicked (GtkButton *button, JuminStepper *self)
{
  char *id = GTK_WIDGET (button) == self->fewer ? self->fewer_id : self->more_id;
  const JuminItem item = { .id = id };

  if (id != NULL)
    jumin_actor_choose (self->actor, self->name, &item, FALSE);
}

static GtkWidget *
make_key (JuminStepper *self, const JuminBlockContext *context)
{
  GtkWidget *key = jumin_press_new (context->actor);

  g_signal_connect_object (key, "clicked", G_CALLBACK (on_clicked), self, 0);
  return key;
}

/* The key is called what it leads to. */
static void
set_key (GtkWidget *key, const char *id, const char *icon, const JuminItem *to,
         const JuminItem *now, const JuminShape *shape)
{
  const char *words = to != NULL ? to->primary : now->primary;
  const JuminItem item = { .id = (char *)id,
                           .icon = (char *)icon,
                           .speech = (char *)words,
                           .state = (char *)(to == NULL ? "off" : "") };

  jumin_press_set_item (JUMIN_PRESS (key), &item, JUMIN_PRESS_LOOK, shape, FALSE);
}

static guint
find_chosen (const JuminBlock *block, const JuminBlockContext *context, const char *name)
{
  const char *chosen = jumin_draft_get (context->draft, name);

  for (guint i = 0; i < block->items->len; i++)
    if (g_strcmp0 (((const JuminItem *)block->items->pdata[i])->id, chosen) == 0)
      return i;
  return 0;
}

static void
set_text (char **text, const JuminItem *item)
{
  g_free (*text);
  *text = g_strdup (item != NULL ? item->id : NULL);
}

static void
fill_head (JuminStepper *self, const JuminBlock *block, const JuminBlockContext *context)
{
  jumin_clear (self->head);
  gtk_widget_set_visible (self->head, jumin_stepper_find_beside (context) == NULL);
  if (!gtk_widget_get_visible (self->head))
    return;
  jumin_put (self->head, jumin_expand (jumin_level (jumin_words (block->title, "t-h3"))));
  if (!context->shape->elder || !context->shape->small)
    jumin_put (self->head, jumin_level (jumin_words (block->note, "soft")));
}

/**
 * jumin_stepper_find_beside:
 *
 * Returns: (nullable): the stepper that stands beside the page's actions, which then say what it is
 *   of: large words on a low screen leave no room for a row of its own
 */
const JuminBlock *
jumin_stepper_find_beside (const JuminBlockContext *context)
{
  gboolean beside = context->shape->wide && context->shape->elder;

  return beside ? jumin_view_find (context->view, "stepper") : NULL;
}

/**
 * jumin_stepper_update:
 * @block: of kind "stepper", with items
 */
void
jumin_stepper_update (GtkWidget *stepper, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminStepper *self = JUMIN_STEPPER (stepper);
  const GPtrArray *items = block->items;
  gboolean beside = !jumin_reader_takes (block, context) || context->shape->wide;
  const JuminItem *now, *fewer, *more;
  g_autofree char *digits = NULL;
  char *unit;
  GtkWidget *figure;
  guint index;

  if (items->len == 0)
    return;
  g_set_object (&self->actor, context->actor);
  g_free (self->name);
  self->name = g_strdup (block->id);
  if (self->fewer == NULL)
    {
      self->fewer = make_key (self, context);
      self->more = make_key (self, context);
      gtk_box_prepend (GTK_BOX (self->line), self->fewer);
      jumin_put (self->line, self->more);
    }
  index = find_chosen (block, context, self->name);
  now = items->pdata[index];
  fewer = index > 0 ? items->pdata[index - 1] : NULL;
  more = index + 1 < items->len ? items->pdata[index + 1] : NULL;
  set_text (&self->fewer_id, fewer);
  set_text (&self->more_id, more);
  set_key (self->fewer, "fewer", "minus", fewer, now, context->shape);
  set_key (self->more, "more", "plus", more, now, context->shape);
  digits = g_strdup (jumin_has (now->figure) ? now->figure : "");
  unit = strchr (digits, ' ');
  if (unit != NULL)
    *unit++ = '\0';
  figure = jumin_figure (NULL, digits, unit, context->shape->elder ? 0.72 : 0.55, "t-count num");
  jumin_clear (self->figure);
  jumin_put (self->figure, jumin_level (jumin_unbroken (figure)));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  fill_head (self, block, context);
}

static void
jumin_stepper_dispose (GObject *object)
{
  g_clear_object (&JUMIN_STEPPER (object)->actor);
  G_OBJECT_CLASS (jumin_stepper_parent_class)->dispose (object);
}

static void
jumin_stepper_finalize (GObject *object)
{
  JuminStepper *self = JUMIN_STEPPER (object);

  g_free (self->name);
  g_free (self->fewer_id);
  g_free (self->more_id);
  G_OBJECT_CLASS (jumin_stepper_parent_class)->finalize (object);
}

static void
jumin_stepper_class_init (JuminStepperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_stepper_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_stepper_finalize;
}

static void
jumin_stepper_init (JuminStepper *self)
{
  jumin_add_classes (GTK_WIDGET (self), "card stepper s16");
  self->head = jumin_across ("s16");
  gtk_widget_set_hexpand (self->head, TRUE);
  self->line = jumin_across ("s8");
  gtk_widget_set_can_target (self->line, TRUE);
  self->figure = jumin_across ("");
  gtk_widget_set_hexpand (self->figure, TRUE);
  gtk_widget_set_halign (self->figure, GTK_ALIGN_CENTER);
  jumin_put (self->line, self->figure);
  jumin_put (GTK_WIDGET (self), self->head);
  jumin_put (GTK_WIDGET (self), self->line);
}

GtkWidget *
jumin_stepper_new (void)
{
  return g_object_new (JUMIN_TYPE_STEPPER, NULL);
}
