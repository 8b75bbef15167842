/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole screen: the page behind, the bars over it, the dialog above all but the accessibility
 * keys. Portrait has one column; a wide screen has the band and the navigation in the left one.
 *
 * It claims 1 x 1 pixel: the screen's size is the compositor's, never our labels'. */
#include "ui/frame.h"

#include "ui/bars.h"
#include "ui/dialog.h"
#include "ui/page.h"
#include "ui/widgets/parts.h"

enum
{
  SLIDE_MS = 220,
  LEFT_UNITS = 680,
  LEFT_SMALL_UNITS = 520,
  LEFT_SMALL_ELDER_UNITS = 560,
  STEPS_SIDE_UNITS = 44
};

struct _JuminFrame
{
  GtkWidget parent_instance;
  JuminShape *shape;
  GtkWidget *stack, *band, *steps, *clock, *nav, *keys, *dialog;
};

G_DEFINE_FINAL_TYPE (JuminFrame, jumin_frame, GTK_TYPE_WIDGET)

enum
{
  RESIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
natural_height (GtkWidget *widget, int width)
{
  int natural = 0;

  if (gtk_widget_get_visible (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
allocate_at (GtkWidget *widget, int x, int y, int width, int height)
{
  if (gtk_widget_get_visible (widget))
    gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, MAX (1, width), MAX (1, height) },
                              -1);
}

static void
allocate_tall (JuminFrame *self, int width, int height)
{
  JuminShape *shape = self->shape;
  int band = natural_height (self->band, width), steps = natural_height (self->steps, width);
  int keys = natural_height (self->keys, width), nav = natural_height (self->nav, width);

  shape->top = band + steps;
  shape->left = shape->left_top = shape->bottom = 0;
  gtk_widget_set_child_visible (self->clock, FALSE);
  allocate_at (self->stack, 0, 0, width, height - keys - nav);
  allocate_at (self->band, 0, 0, width, band);
  allocate_at (self->steps, 0, band, width, steps);
  allocate_at (self->nav, 0, height - keys - nav, width, nav);
  allocate_at (self->keys, 0, height - keys, width, keys);
  allocate_at (self->dialog, 0, 0, width, height - keys);
}

static int
left_units (const JuminShape *shape)
{
  if (!shape->small)
    return LEFT_UNITS;
  return shape->elder ? LEFT_SMALL_ELDER_UNITS : LEFT_SMALL_UNITS;
}

static void
allocate_wide (JuminFrame *self, int width, int height)
{
  JuminShape *shape = self->shape;
  int left = jumin_shape_px (shape, left_units (shape));
  int keys = natural_height (self->keys, width), nav = natural_height (self->nav, left);
  int band = natural_height (self->band, left), clock = natural_height (self->clock, -1);
  int side = jumin_shape_px (shape, STEPS_SIDE_UNITS), clock_width = 0, steps;

  gtk_widget_measure (self->clock, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &clock_width, NULL, NULL);
  steps = MAX (natural_height (self->steps, width - left - clock_width - 2 * side), clock);
  shape->left = left;
  shape->left_top = band;
  shape->bottom = nav;
  shape->top = steps;
  gtk_widget_set_child_visible (self->clock, TRUE);
  allocate_at (self->stack, 0, 0, width, height - keys);
  allocate_at (self->band, 0, 0, left, band);
  allocate_at (self->steps, left, 0, width - left - clock_width - 2 * side, steps);
  allocate_at (self->clock, width - clock_width - side, 0, clock_width, steps);
  allocate_at (self->nav, 0, height - keys - nav, left, nav);
  allocate_at (self->keys, 0, height - keys, width, keys);
  allocate_at (self->dialog, 0, 0, width, height - keys);
}

static void
jumin_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminFrame *self = JUMIN_FRAME (widget);
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->stack));

  if (width != self->shape->width || height != self->shape->height)
    {
      jumin_shape_set_size (self->shape, width, height);
      g_signal_emit (self, signals[RESIZED], 0);
    }
  if (page != NULL)
    gtk_widget_queue_allocate (page);
  if (self->shape->wide)
    allocate_wide (self, width, height);
  else
    allocate_tall (self, width, height);
}

static void
jumin_frame_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 1;
}

/* A page that is gone leaves at once: it may show a name. */
static void
on_transition_running (GtkStack *stack, GParamSpec *property, JuminFrame *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack));

  if (gtk_stack_get_transition_running (stack))
    return;
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != gtk_stack_get_visible_child (stack))
        gtk_stack_remove (stack, child);
      child = next;
    }
}

static void
on_refit (JuminPage *page, JuminFrame *self)
{
  if (GTK_WIDGET (page) == gtk_stack_get_visible_child (GTK_STACK (self->stack)))
    g_signal_emit (self, signals[RESIZED], 0);
}

static void
update_page (JuminFrame *self, const JuminBlockContext *context, gboolean fresh, gboolean slide)
{
  GtkStack *stack = GTK_STACK (self->stack);
  GtkWidget *page = gtk_stack_get_visible_child (stack);
  gboolean home = g_strcmp0 (context->view->kind, "home") == 0;
  GtkStackTransitionType transition = GTK_STACK_TRANSITION_TYPE_NONE;

  if (!fresh && page != NULL)
    {
      jumin_page_update (JUMIN_PAGE (page), context);
      return;
    }
  if (slide)
    transition
        = home ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT : GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT;
  page = jumin_page_new (context->view->kind);
  g_signal_connect_object (page, "refit", G_CALLBACK (on_refit), self, 0);
  jumin_page_update (JUMIN_PAGE (page), context);
  gtk_stack_set_transition_type (stack, transition);
  gtk_stack_add_child (stack, page);
  gtk_stack_set_visible_child (stack, page);
  on_transition_running (stack, NULL, self);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * jumin_frame_update:
 * @fresh: another page than before
 * @slide: whether it slides in
 */
void
jumin_frame_update (JuminFrame *self, const JuminBlockContext *context, gboolean fresh,
                    gboolean slide)
{
  const JuminView *view = context->view;
  JuminBlockContext drawn = *context;
  gboolean away = g_strcmp0 (view->kind, "away") == 0;
  gboolean hero = g_strcmp0 (view->kind, "home") == 0, covered = view->dialog->len > 0;

  set_class (GTK_WIDGET (self), "elder", context->shape->elder);
  set_class (GTK_WIDGET (self), "reach", context->shape->reach);
  set_class (GTK_WIDGET (self), "wide", context->shape->wide);
  set_class (GTK_WIDGET (self), "small", context->shape->small);
  if (!jumin_view_equal (view, context->before, "hall", "machine", NULL)
      || !jumin_has (context->before->clock) || !jumin_has (context->before->date))
    {
      jumin_band_fill (self->band, view, context->shape);
      jumin_clock_fill (self->clock, view, context->shape);
    }
  else
    jumin_clock_set (context->shape->wide ? self->clock : gtk_widget_get_last_child (self->band),
                     view);
  if (!jumin_view_equal (view, context->before, "steps", NULL))
    jumin_steps_fill (self->steps, view, context->shape);
  set_class (self->band, "clear", hero);
  gtk_widget_set_visible (self->band, !away);
  gtk_widget_set_visible (self->clock, !away);
  gtk_widget_set_visible (self->steps, view->steps->len > 0);
  /* Keys that were pressed come up with the next page. */
  if (fresh)
    drawn.before = NULL;
  jumin_nav_bar_update (JUMIN_NAV_BAR (self->nav), &drawn);
  jumin_key_bar_update (JUMIN_KEY_BAR (self->keys), &drawn);
  update_page (self, &drawn, fresh, slide);
  jumin_dialog_update (JUMIN_DIALOG (self->dialog), context);
  gtk_widget_set_sensitive (self->stack, !covered);
  gtk_widget_set_sensitive (self->nav, !covered);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
jumin_frame_set_deadline (JuminFrame *self, const JuminBlockContext *context, gint64 deadline_us)
{
  jumin_nav_bar_set_deadline (JUMIN_NAV_BAR (self->nav), context, deadline_us);
}

static void
jumin_frame_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jumin_frame_parent_class)->dispose (object);
}

static void
jumin_frame_class_init (JuminFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_frame_dispose;
  widget_class->measure = jumin_frame_measure;
  widget_class->size_allocate = jumin_frame_size_allocate;
  signals[RESIZED] = g_signal_new ("resized", JUMIN_TYPE_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_child (JuminFrame *self, GtkWidget *child, const char *classes)
{
  jumin_add_classes (child, classes);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return child;
}

static void
jumin_frame_init (JuminFrame *self)
{
  self->stack = add_child (self, gtk_stack_new (), "");
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_transition_duration (GTK_STACK (self->stack), SLIDE_MS);
  g_signal_connect_object (self->stack, "notify::transition-running",
                           G_CALLBACK (on_transition_running), self, 0);
  self->band = add_child (self, jumin_across ("band s20"), "");
  self->steps = add_child (self, jumin_across ("steps s18"), "");
  self->clock = add_child (self, jumin_down ("wide-clock"), "");
  gtk_widget_set_valign (self->clock, GTK_ALIGN_CENTER);
  self->nav = add_child (self, jumin_nav_bar_new (), "");
  self->keys = add_child (self, jumin_key_bar_new (), "");
  self->dialog = add_child (self, jumin_dialog_new (), "");
  jumin_add_classes (GTK_WIDGET (self), "kiosk");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * jumin_frame_new:
 * @shape: follows the size that the frame gets
 */
GtkWidget *
jumin_frame_new (JuminShape *shape)
{
  JuminFrame *self = g_object_new (JUMIN_TYPE_FRAME, NULL);

  self->shape = shape;
  return GTK_WIDGET (self);
}
