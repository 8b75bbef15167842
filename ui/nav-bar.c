/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Back, home and exit, and the time that is left between them. They keep their places: what is
 * useless now is off, not gone. On a wide screen the time stands above the keys. */
#include "ui/bars.h"

#include "ui/widgets/countdown.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"

struct _JuminNavBar
{
  GtkBox parent_instance;
  GtkWidget *keys, *count, *lock, *ring, *words;
};

G_DEFINE_FINAL_TYPE (JuminNavBar, jumin_nav_bar, GTK_TYPE_BOX)

enum
{
  RING_UNITS = 68,
  RING_LINE_UNITS = 7
};

static gboolean
leaves (const JuminItem *item)
{
  return g_strcmp0 (item->tone, "leave") == 0;
}

static GtkWidget *
draw_key (JuminNavBar *self, const JuminItem *item, const JuminBlockContext *context)
{
  GtkWidget *press = jumin_press_find (self->keys, item->id);

  if (press == NULL)
    {
      press = jumin_press_new (context->actor);
      jumin_put (self->keys, press);
    }
  jumin_press_set_item (JUMIN_PRESS (press), item, JUMIN_PRESS_NAV, context->shape, FALSE);
  if (leaves (item) && g_strcmp0 (item->state, "off") != 0)
    gtk_widget_add_css_class (press, "stop");
  return press;
}

/* The way out stands apart, at the right end. */
static void
draw_keys (JuminNavBar *self, const JuminBlockContext *context)
{
  GtkWidget *before = NULL;
  gboolean wide = context->shape->wide, counted = wide;

  for (guint i = 0; i < context->view->nav->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (context->view->nav, i);
      GtkWidget *press = draw_key (self, item, context);

      if (leaves (item) && !counted)
        {
          gtk_box_reorder_child_after (GTK_BOX (self->keys), self->count, before);
          before = self->count;
          counted = TRUE;
        }
      gtk_box_reorder_child_after (GTK_BOX (self->keys), press, before);
      before = press;
      gtk_widget_set_hexpand (press, wide);
    }
  if (!counted)
    gtk_box_reorder_child_after (GTK_BOX (self->keys), self->count, before);
}

static void
place_count (JuminNavBar *self, gboolean wide)
{
  GtkWidget *home = wide ? GTK_WIDGET (self) : self->keys;

  if (gtk_widget_get_parent (self->count) == home)
    return;
  g_object_ref (self->count);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->count)), self->count);
  gtk_box_prepend (GTK_BOX (home), self->count);
  g_object_unref (self->count);
}

static void
align_count (JuminNavBar *self, const JuminBlockContext *context)
{
  const GPtrArray *nav = context->view->nav;
  gboolean start = context->shape->wide || (nav->len > 0 && leaves (g_ptr_array_index (nav, 0)));

  gtk_widget_set_halign (self->count, start ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
}

/**
 * jumin_nav_bar_set_deadline:
 *
 * Counts to another end of the visit.
 */
void
jumin_nav_bar_set_deadline (JuminNavBar *self, const JuminBlockContext *context, gint64 deadline_us)
{
  const JuminView *view = context->view;

  jumin_countdown_set (JUMIN_COUNTDOWN (self->ring), context->shape, deadline_us,
                       view->deadline_total, view->countdown);
}

void
jumin_nav_bar_update (JuminNavBar *self, const JuminBlockContext *context)
{
  const JuminView *view = context->view;
  gboolean counts = jumin_has (view->countdown), locked = view->deadline == 0;

  if (jumin_view_equal (view, context->before, "nav", "countdown", "deadline", "deadline_total",
                        NULL))
    return;
  jumin_press_clear (self->keys, view->nav);
  place_count (self, context->shape->wide);
  draw_keys (self, context);
  align_count (self, context);
  jumin_nav_bar_set_deadline (self, context, view->deadline);
  gtk_label_set_text (GTK_LABEL (self->words), view->countdown != NULL ? view->countdown : "");
  gtk_widget_set_opacity (self->count, counts ? 1 : 0);
  gtk_widget_set_visible (self->ring, !locked);
  gtk_widget_set_visible (self->lock, locked);
  gtk_widget_set_visible (GTK_WIDGET (self), view->nav->len > 0 || counts);
}

static void
jumin_nav_bar_class_init (JuminNavBarClass *klass)
{
}

static void
jumin_nav_bar_init (JuminNavBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->keys = jumin_across ("s18");
  gtk_widget_set_can_target (self->keys, TRUE);
  gtk_widget_set_vexpand (self->keys, TRUE);
  gtk_widget_set_valign (self->keys, GTK_ALIGN_CENTER);
  self->count = jumin_across ("count s14");
  self->ring = jumin_countdown_new (RING_UNITS, RING_LINE_UNITS);
  self->words = jumin_words (" ", "");
  gtk_widget_set_hexpand (self->count, TRUE);
  self->lock = jumin_icon ("lock", "i-44");
  jumin_put (self->count, self->lock);
  jumin_put (self->count, self->ring);
  jumin_put (self->count, self->words);
  jumin_put (self->keys, self->count);
  jumin_put (GTK_WIDGET (self), self->keys);
  jumin_add_classes (GTK_WIDGET (self), "nav s12");
}

GtkWidget *
jumin_nav_bar_new (void)
{
  return g_object_new (JUMIN_TYPE_NAV_BAR, NULL);
}
