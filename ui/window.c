/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: takes each view from the link, follows it with the draft, and has it drawn. While
 * core is away it shows the waiting page, and nothing of the view before stays. It is presented with
 * the first view, so that nothing is drawn that nobody sees; with the waiting page when none comes. */
#include "ui/window.h"

#include "ui/actor.h"
#include "ui/draft.h"
#include "ui/frame.h"
#include "ui/lockdown.h"
#include "ui/style.h"

enum
{
  FIRST_VIEW_MS = 300
};

struct _JuminWindow
{
  GtkApplicationWindow parent_instance;
  JuminLink *link;
  JuminRelief *relief;
  JuminDraft *draft;
  JuminActor *actor;
  JuminStyle *style;
  JuminView *view;
  JuminShape shape;
  GtkWidget *frame;
  guint redraw_source, first_view_source;
};

G_DEFINE_FINAL_TYPE (JuminWindow, jumin_window, GTK_TYPE_APPLICATION_WINDOW)

static JuminBlockContext
get_context (JuminWindow *self)
{
  return (JuminBlockContext){
    .shape = &self->shape,
    .view = self->view,
    .actor = self->actor,
    .draft = self->draft,
    .link = self->link,
  };
}

/* @before: (nullable): what is on the screen, where nothing but the view has changed */
static void
draw (JuminWindow *self, const JuminView *before, gboolean fresh, gboolean slide)
{
  JuminBlockContext context = get_context (self);

  context.before = before;
  jumin_style_set_contrast (self->style, self->shape.contrast);
  jumin_frame_update (JUMIN_FRAME (self->frame), &context, fresh, slide);
}

static JuminView *
away_view (void)
{
  JuminView *view = jumin_view_new ("away");

  view->language = g_strdup ("zh");
  return view;
}

/* A screen reader tells where one is when the page changes. */
static void
set_title (JuminWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), self->view->title != NULL ? self->view->title : "Jumin");
}

static gboolean
on_first_view_late (gpointer data)
{
  JuminWindow *self = data;

  self->first_view_source = 0;
  draw (self, NULL, TRUE, FALSE);
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
on_view (JuminLink *link, JuminWindow *self)
{
  gboolean first = self->first_view_source != 0, modes, fresh, up;
  g_autoptr (JuminView) previous = NULL;

  if (jumin_relief_is_wanted (self->relief) && !jumin_link_is_up (link))
    return;
  previous = g_steal_pointer (&self->view);
  self->view = jumin_link_take_view (link);
  up = self->view != NULL;
  if (!up)
    self->view = away_view ();
  jumin_draft_take_view (self->draft, previous, self->view);
  modes = jumin_shape_set_modes (&self->shape, self->view);
  fresh = previous == NULL || previous->page != self->view->page
          || g_strcmp0 (previous->kind, self->view->kind) != 0;
  if (up)
    jumin_actor_set_page (self->actor, self->view->page);
  draw (self, first || modes ? NULL : previous, fresh, !first && up && !modes);
  set_title (self);
  if (first)
    {
      g_clear_handle_id (&self->first_view_source, g_source_remove);
      gtk_window_present (GTK_WINDOW (self));
    }
  if (!up)
    return;
  jumin_actor_shown (self->actor, self->view->revision);
  jumin_relief_take_view (self->relief, self->view);
}

static void
on_draft_changed (JuminDraft *draft, JuminWindow *self)
{
  draw (self, NULL, FALSE, FALSE);
}

static void
on_deadline (JuminActor *actor, gint64 deadline_us, JuminWindow *self)
{
  JuminBlockContext context;

  if (self->view->deadline == 0 || deadline_us == 0)
    return;
  self->view->deadline = deadline_us;
  context = get_context (self);
  jumin_frame_set_deadline (JUMIN_FRAME (self->frame), &context, deadline_us);
}

static gboolean
on_redraw_due (gpointer data)
{
  JuminWindow *self = data;

  self->redraw_source = 0;
  jumin_style_set_unit (self->style, self->shape.unit);
  draw (self, NULL, FALSE, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_resized (JuminFrame *frame, JuminWindow *self)
{
  if (self->redraw_source == 0)
    self->redraw_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_redraw_due, self, NULL);
}

static void
guess_size (JuminWindow *self, GdkDisplay *display)
{
  GListModel *monitors = gdk_display_get_monitors (display);
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = { 0, 0, 1080, 1920 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  jumin_shape_set_size (&self->shape, area.width, area.height);
  gtk_window_set_default_size (GTK_WINDOW (self), area.width, area.height);
}

static void
jumin_window_constructed (GObject *object)
{
  JuminWindow *self = JUMIN_WINDOW (object);
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  G_OBJECT_CLASS (jumin_window_parent_class)->constructed (object);
  self->style = jumin_style_new (display);
  guess_size (self, display);
  jumin_style_set_unit (self->style, self->shape.unit);
  self->frame = jumin_frame_new (&self->shape);
  g_signal_connect_object (self->frame, "resized", G_CALLBACK (on_resized), self, 0);
  gtk_window_set_child (GTK_WINDOW (self), self->frame);
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  jumin_lockdown_apply (GTK_WINDOW (self));
}

static void
jumin_window_dispose (GObject *object)
{
  JuminWindow *self = JUMIN_WINDOW (object);

  g_clear_handle_id (&self->redraw_source, g_source_remove);
  g_clear_handle_id (&self->first_view_source, g_source_remove);
  g_clear_pointer (&self->view, jumin_view_free);
  g_clear_object (&self->actor);
  g_clear_object (&self->draft);
  g_clear_object (&self->link);
  g_clear_object (&self->relief);
  g_clear_object (&self->style);
  G_OBJECT_CLASS (jumin_window_parent_class)->dispose (object);
}

static void
jumin_window_class_init (JuminWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = jumin_window_constructed;
  G_OBJECT_CLASS (klass)->dispose = jumin_window_dispose;
}

static void
jumin_window_init (JuminWindow *self)
{
}

/**
 * jumin_window_new:
 * @link: not started yet
 * @relief: told what was drawn
 *
 * It presents itself, once there is something to see.
 */
GtkWidget *
jumin_window_new (GtkApplication *application, JuminLink *link, JuminRelief *relief)
{
  JuminWindow *self = g_object_new (JUMIN_TYPE_WINDOW, "application", application, NULL);

  self->link = g_object_ref (link);
  self->relief = g_object_ref (relief);
  self->draft = jumin_draft_new ();
  self->actor = jumin_actor_new (link, self->draft);
  jumin_actor_watch (self->actor, GTK_WIDGET (self));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed), self, 0);
  g_signal_connect_object (self->actor, "deadline", G_CALLBACK (on_deadline), self, 0);
  g_signal_connect_object (link, "view", G_CALLBACK (on_view), self, 0);
  self->view = away_view ();
  self->first_view_source = g_timeout_add (FIRST_VIEW_MS, on_first_view_late, self);
  return GTK_WIDGET (self);
}
