/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole screen: the page behind, the bars over it, the dialog above all but the accessibility
 * keys. Portrait has one column; a wide screen has the band and the navigation in the left one.
 *
 * A page that is gone leaves at once: it may show a name. The next one slides in a little and
 * appears; until it stands there, it is drawn once and that picture is moved.
 *
 * It claims 1 x 1 pixel: the screen's size is the compositor's, never our labels'. */
#include "ui/frame.h"

#include "ui/bars.h"
#include "ui/dialog.h"
#include "ui/minute.h"
#include "ui/page.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"

enum
{
  SLIDE_US = 220 * G_TIME_SPAN_MILLISECOND,
  STEP_MAX_US = 34 * G_TIME_SPAN_MILLISECOND, /* the first frame is slow: it is not a step */
  SLIDE_UNITS = 40,
  DIALOG_IN_MS = 180,
  DIALOG_OUT_MS = 120,
  LEFT_UNITS = 680,
  LEFT_SMALL_UNITS = 520,
  LEFT_SMALL_ELDER_UNITS = 560,
  STEPS_SIDE_UNITS = 44
};

struct _JuminFrame
{
  GtkWidget parent_instance;
  JuminShape *shape;
  JuminMinute *minute; /* (nullable) */
  GtkWidget *page, *band, *steps, *clock, *nav, *keys, *veil, *dialog;
  guint slide;                    /* 0: the page stands still */
  gint64 slide_us, slide_last_us; /* how long it has lasted; its last frame */
  int slide_from;                 /* to the right of its place, pixels */
  GskRenderNode *drawn;           /* the page, when the picture was made */
  cairo_surface_t *picture;
};

G_DEFINE_FINAL_TYPE (JuminFrame, jumin_frame, GTK_TYPE_WIDGET)

enum
{
  RESIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
allocate_tall (JuminFrame *self, int width, int height)
{
  JuminShape *shape = self->shape;
  int band = jumin_natural_height (self->band, width),
      steps = jumin_natural_height (self->steps, width);
  int keys = jumin_natural_height (self->keys, width),
      nav = jumin_natural_height (self->nav, width);

  shape->top = band + steps;
  shape->left = shape->left_top = shape->bottom = 0;
  gtk_widget_set_child_visible (self->clock, FALSE);
  jumin_allocate (self->page, 0, 0, width, height - keys - nav);
  jumin_allocate (self->band, 0, 0, width, band);
  jumin_allocate (self->steps, 0, band, width, steps);
  jumin_allocate (self->nav, 0, height - keys - nav, width, nav);
  jumin_allocate (self->keys, 0, height - keys, width, keys);
  jumin_allocate (self->veil, 0, 0, width, height - keys);
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
  int keys = jumin_natural_height (self->keys, width), nav = jumin_natural_height (self->nav, left);
  int band = jumin_natural_height (self->band, left),
      clock = jumin_natural_height (self->clock, -1);
  int side = jumin_shape_px (shape, STEPS_SIDE_UNITS), steps;
  int clock_width = jumin_natural_width (self->clock);

  steps = MAX (jumin_natural_height (self->steps, width - left - clock_width - 2 * side), clock);
  shape->left = left;
  shape->left_top = band;
  shape->bottom = nav;
  shape->top = steps;
  gtk_widget_set_child_visible (self->clock, TRUE);
  jumin_allocate (self->page, 0, 0, width, height - keys);
  jumin_allocate (self->band, 0, 0, left, band);
  jumin_allocate (self->steps, left, 0, width - left - clock_width - 2 * side, steps);
  jumin_allocate (self->clock, width - clock_width - side, 0, clock_width, steps);
  jumin_allocate (self->nav, 0, height - keys - nav, left, nav);
  jumin_allocate (self->keys, 0, height - keys, width, keys);
  jumin_allocate (self->veil, 0, 0, width, height - keys);
}

static void
jumin_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminFrame *self = JUMIN_FRAME (widget);

  if (width != self->shape->width || height != self->shape->height)
    {
      jumin_shape_set_size (self->shape, width, height);
      g_signal_emit (self, signals[RESIZED], 0);
    }
  if (self->page != NULL)
    gtk_widget_queue_allocate (self->page);
  if (self->shape->wide)
    allocate_wide (self, width, height);
  else
    allocate_tall (self, width, height);
}

static void
forget_picture (JuminFrame *self)
{
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
end_slide (JuminFrame *self)
{
  if (self->slide != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->slide);
  self->slide = 0;
  forget_picture (self);
}

static gboolean
on_slide (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  JuminFrame *self = JUMIN_FRAME (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  self->slide_us += MIN (now_us - self->slide_last_us, STEP_MAX_US);
  self->slide_last_us = now_us;
  if (self->slide_us >= SLIDE_US)
    end_slide (self);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
begin_slide (JuminFrame *self, gboolean home)
{
  if (!jumin_animations_are_on (GTK_WIDGET (self)))
    return;
  self->slide_us = self->slide_last_us = 0;
  self->slide_from = jumin_shape_px (self->shape, home ? -SLIDE_UNITS : SLIDE_UNITS);
  self->slide = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_slide, NULL, NULL);
}

/* @node: (transfer full): the page as it is now */
static void
draw_picture (JuminFrame *self, GskRenderNode *node)
{
  cairo_t *cairo;

  if (node == self->drawn)
    {
      gsk_render_node_unref (node);
      return;
    }
  forget_picture (self);
  self->drawn = node;
  self->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gtk_widget_get_width (self->page),
                                              gtk_widget_get_height (self->page));
  cairo = cairo_create (self->picture);
  gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
}

/* @part of the page, @by pixels from its place, still half under its @ground. */
static void
slide_part (JuminFrame *self, cairo_t *cairo, const GdkRectangle *part, int by, const char *ground,
            double away)
{
  GdkRGBA colour = jumin_get_colour (GTK_WIDGET (self), ground);

  cairo_save (cairo);
  gdk_cairo_rectangle (cairo, part);
  cairo_clip (cairo);
  cairo_translate (cairo, by, 0);
  gdk_cairo_rectangle (cairo, part);
  cairo_clip (cairo); /* pixman is slow where a picture does not cover what is painted */
  cairo_set_source_surface (cairo, self->picture, 0, 0);
  cairo_paint (cairo);
  colour.alpha = (float)away;
  gdk_cairo_set_source_rgba (cairo, &colour);
  cairo_paint (cairo); /* much faster than a page that is itself half seen */
  cairo_restore (cairo);
}

static void
snapshot_slide (JuminFrame *self, GtkSnapshot *snapshot)
{
  double left = 1 - (double)self->slide_us / SLIDE_US, away = left * left * left; /* ease-out */
  int width = gtk_widget_get_width (self->page), height = gtk_widget_get_height (self->page);
  GtkSnapshot *page = gtk_snapshot_new ();
  GskRenderNode *node;
  int left_column = self->shape->wide ? self->shape->left : 0;
  cairo_t *cairo;

  gtk_widget_snapshot_child (GTK_WIDGET (self), self->page, page);
  node = gtk_snapshot_free_to_node (page);
  if (node == NULL)
    return;
  draw_picture (self, node);
  cairo = gtk_snapshot_append_cairo (snapshot,
                                     &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  if (left_column > 0)
    slide_part (self, cairo, &(GdkRectangle){ 0, 0, left_column, height }, 0, "band", away);
  slide_part (self, cairo, &(GdkRectangle){ left_column, 0, width - left_column, height },
              (int)(self->slide_from * away), "paper", away);
  cairo_destroy (cairo);
}

static void
jumin_frame_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminFrame *self = JUMIN_FRAME (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child == self->page && self->slide != 0)
      snapshot_slide (self, snapshot);
    else
      gtk_widget_snapshot_child (widget, child, snapshot);
}

static void
on_refit (JuminPage *page, JuminFrame *self)
{
  if (GTK_WIDGET (page) == self->page)
    g_signal_emit (self, signals[RESIZED], 0);
}

static void
update_page (JuminFrame *self, const JuminBlockContext *context, gboolean fresh, gboolean slide)
{
  if (!fresh && self->page != NULL)
    {
      jumin_page_update (JUMIN_PAGE (self->page), context);
      return;
    }
  end_slide (self);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  self->page = jumin_page_new (context->view->kind);
  g_signal_connect_object (self->page, "refit", G_CALLBACK (on_refit), self, 0);
  gtk_widget_insert_after (self->page, GTK_WIDGET (self), NULL);
  jumin_page_update (JUMIN_PAGE (self->page), context);
  if (slide)
    begin_slide (self, g_strcmp0 (context->view->kind, "home") == 0);
}

/* One that goes takes no touch any more; with a page that goes, it goes at once. */
static void
update_dialog (JuminFrame *self, const JuminBlockContext *context, gboolean fresh)
{
  gboolean covered = context->view->dialog->len > 0;
  GtkRevealer *veil = GTK_REVEALER (self->veil);

  jumin_dialog_update (JUMIN_DIALOG (self->dialog), context);
  gtk_widget_set_visible (self->veil, covered || !fresh);
  gtk_widget_set_can_target (self->veil, covered);
  gtk_revealer_set_transition_duration (veil, covered ? DIALOG_IN_MS : DIALOG_OUT_MS);
  gtk_revealer_set_reveal_child (veil, covered);
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
  GtkWidget *clock;

  g_clear_pointer (&self->minute, jumin_minute_free);
  jumin_set_class (GTK_WIDGET (self), "elder", context->shape->elder);
  jumin_set_class (GTK_WIDGET (self), "reach", context->shape->reach);
  jumin_set_class (GTK_WIDGET (self), "wide", context->shape->wide);
  jumin_set_class (GTK_WIDGET (self), "small", context->shape->small);
  if (!jumin_view_equal (view, context->before, "hall", "machine", NULL)
      || !jumin_has (context->before->clock) || !jumin_has (context->before->date))
    {
      jumin_band_fill (self->band, view, context->shape);
      jumin_clock_fill (self->clock, view, context->shape);
    }
  clock = context->shape->wide ? self->clock : gtk_widget_get_last_child (self->band);
  jumin_clock_set (clock, view);
  if (!jumin_view_equal (view, context->before, "steps", NULL))
    jumin_steps_fill (self->steps, view, context->shape);
  jumin_set_class (self->band, "clear", hero);
  gtk_widget_set_visible (self->band, !away);
  gtk_widget_set_visible (self->clock, !away);
  gtk_widget_set_visible (self->steps, view->steps->len > 0);
  /* Keys that were pressed come up with the next page. */
  if (fresh)
    drawn.before = NULL;
  jumin_nav_bar_update (JUMIN_NAV_BAR (self->nav), &drawn);
  jumin_key_bar_update (JUMIN_KEY_BAR (self->keys), &drawn);
  update_page (self, &drawn, fresh, slide);
  update_dialog (self, context, fresh);
  gtk_widget_set_sensitive (self->page, !covered);
  gtk_widget_set_sensitive (self->nav, !covered);
  if (view->minute_end > 0 && jumin_has (view->clock))
    self->minute = jumin_minute_new (gtk_widget_get_first_child (clock), self->page, view);
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
  g_clear_pointer (&JUMIN_FRAME (object)->minute, jumin_minute_free);
  end_slide (JUMIN_FRAME (object));
  jumin_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (jumin_frame_parent_class)->dispose (object);
}

static void
jumin_frame_class_init (JuminFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_frame_dispose;
  widget_class->measure = jumin_measure_pixel;
  widget_class->size_allocate = jumin_frame_size_allocate;
  widget_class->snapshot = jumin_frame_snapshot;
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
  self->band = add_child (self, jumin_across ("band s20"), "");
  self->steps = add_child (self, jumin_across ("steps s18"), "");
  self->clock = add_child (self, jumin_down ("wide-clock"), "");
  gtk_widget_set_valign (self->clock, GTK_ALIGN_CENTER);
  self->nav = add_child (self, jumin_nav_bar_new (), "");
  self->keys = add_child (self, jumin_key_bar_new (), "");
  self->veil = add_child (self, gtk_revealer_new (), "");
  self->dialog = jumin_dialog_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->veil),
                                    GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (GTK_REVEALER (self->veil), self->dialog);
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
