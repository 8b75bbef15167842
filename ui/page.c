/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page is a function of the view: a head, the blocks, and the keys that act on them, in one
 * column or, on a wide screen, in two. Widgets are kept by the names of blocks and actions, so that
 * the same page is updated in place. */
#include "ui/page.h"

#include "ui/page-actions.h"
#include "ui/page-fit.h"
#include "ui/page-order.h"
#include "ui/pages/pages.h"
#include "ui/widgets/keypad.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/reader.h"
#include "ui/widgets/stepper.h"

enum
{
  HERO_ABOVE_TOUCH_UNITS = 30,
  HERO_BELOW_END_UNITS = 62,
  BESIDE_CLOCK_UNITS = 74, /* the home page has no steps: it begins beside the clock */
  /* A list that shows fewer makes people turn pages before they have seen much. */
  ON_PAGE_WANTED = 4
};

struct _JuminPage
{
  GtkWidget parent_instance;
  const JuminPageKind *kind;
  const JuminShape *shape;
  JuminShape drawn; /* the same, and how closely this page is drawn */
  GtkWidget *main, *aside, *head, *actions;
  GtkWidget *hero_end; /* the lowest child on the hero; not owned */
  JuminPageFit fit;
  guint wanted, fit_source;
  GskRenderNode *behind; /* what is painted behind the children, down to this edge */
  int behind_edge;
  GHashTable *blocks; /* name -> JuminBlockBox */
};

G_DEFINE_FINAL_TYPE (JuminPage, jumin_page, GTK_TYPE_WIDGET)

static guint refit_signal;

/* Title and one sentence; smaller in the narrow left column. */
void
jumin_standard_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const char *elder = shape->wide ? "t-h2" : "t-title-elder";
  const char *title = context->view->title, *large = shape->elder ? elder : "t-h1";

  jumin_put (box, shape->wide ? jumin_words_broken (title, large) : jumin_words (title, large));
  jumin_put (box, jumin_words (context->view->lead, shape->elder ? "soft tight" : "t-lead soft"));
}

static void
update_head (JuminPage *self, const JuminBlockContext *context)
{
  jumin_clear (self->head);
  if (self->kind->head != NULL)
    self->kind->head (self->head, context);
  else
    jumin_standard_head (self->head, context);
}

static guint
count_namesakes (const JuminView *view, const JuminBlock *block)
{
  guint count = 0;

  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *other = g_ptr_array_index (view->blocks, i);

      if (other == block)
        break;
      if (g_strcmp0 (other->kind, block->kind) == 0 && g_strcmp0 (other->id, block->id) == 0)
        count++;
    }
  return count;
}

/* The same block of the same page is the same widget, whatever is in it. */
static GtkWidget *
find_block_box (JuminPage *self, const JuminView *view, const JuminBlock *block)
{
  g_autofree char *name = g_strdup_printf ("%s/%s/%u", block->kind, block->id ? block->id : "",
                                           count_namesakes (view, block));
  GtkWidget *box = g_hash_table_lookup (self->blocks, name);

  if (box == NULL)
    {
      box = g_object_ref_sink (jumin_block_box_new ());
      g_hash_table_insert (self->blocks, g_steal_pointer (&name), box);
    }
  return box;
}

static void
update_blocks (JuminPage *self, const JuminBlockContext *context)
{
  const JuminView *view = context->view;
  g_autoptr (GPtrArray) order = jumin_page_order (self->kind, self->shape, view);
  gboolean first = TRUE;

  for (guint i = 0; i < order->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (order, i);
      GtkWidget *box;
      gboolean aside = jumin_page_goes_aside (self->kind, self->shape, block, view);
      guint place = jumin_page_place (self->kind, &self->drawn, order, i);

      if (jumin_page_is_in_head (self->kind, self->shape, block)
          || jumin_keypad_takes_note (block, context) || jumin_reader_takes (block, context)
          || block == jumin_stepper_find_beside (context) || jumin_card_is_paired (block, context))
        continue;
      box = find_block_box (self, view, block);
      if (!jumin_page_block_stays (block, context))
        jumin_block_box_update (JUMIN_BLOCK_BOX (box), block, context);
      if (aside)
        place &= JUMIN_PLACE_SPARE | JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_GROW;
      else if (self->kind->centred && self->shape->wide && first)
        place |= JUMIN_PLACE_MIDDLE;
      if (self->kind->hero && self->shape->reach && !self->shape->wide
          && !jumin_block_is (block, "ways") && first)
        place |= JUMIN_PLACE_FAR;
      first = first && (aside || jumin_block_is (block, "ways"));
      jumin_column_place (JUMIN_COLUMN (aside ? self->aside : self->main), box, place);
      if (jumin_block_is (block, "ways"))
        self->hero_end = box;
    }
}

static gboolean
is_gone (gpointer name, gpointer widget, gpointer data)
{
  return gtk_widget_get_parent (widget) == NULL;
}

static int
top_of_page (JuminPage *self)
{
  const JuminShape *shape = self->shape;
  int gap = jumin_page_fit_look (&self->fit)->snug ? 8 : shape->elder ? 20 : 28;

  if (self->kind->hero && !self->kind->centred && shape->wide && !shape->elder && !shape->small)
    gap -= BESIDE_CLOCK_UNITS;
  return shape->top + jumin_shape_px (shape, gap);
}

static int
column_gap (const JuminShape *shape, gboolean snug)
{
  if ((shape->wide && (shape->reach || shape->elder || snug))
      || (shape->elder && shape->reach && snug))
    return 14;
  return shape->elder || shape->reach || shape->wide ? 18 : 20;
}

/* Keys of full size take all of a small screen. */
static int
side_units (const JuminPageKind *kind, const JuminShape *shape)
{
  if (shape->small && kind->keypad)
    return 16;
  return shape->wide ? 44 : 40;
}

static void
plan_columns (JuminPage *self)
{
  const JuminShape *shape = self->shape;
  /* Elsewhere there is room to begin with the title. */
  int (*measure_head) (GtkWidget * box, int width)
      = shape->wide || shape->reach || self->kind->paper ? jumin_block_box_measure_head : NULL;
  int touch = jumin_shape_touch_top (shape)
              + jumin_shape_px (shape, self->kind->hero && !shape->wide ? 22 : 1);
  const JuminColumnPlan main = {
    .side = jumin_shape_px (shape, side_units (self->kind, shape)),
    .top = top_of_page (self),
    .bottom = jumin_shape_px (
        shape, shape->wide && (shape->reach || jumin_page_fit_look (&self->fit)->snug) ? 14 : 22),
    .gap = jumin_shape_px (shape, column_gap (shape, jumin_page_fit_look (&self->fit)->snug)),
    .touch_top = touch,
    .measure_head = measure_head,
  };
  const JuminColumnPlan aside = {
    .side = jumin_shape_px (shape, 40),
    .top = shape->left_top + jumin_shape_px (shape, 16),
    .bottom = shape->bottom + jumin_shape_px (shape, shape->reach ? 4 : 22),
    .gap = jumin_shape_px (shape, shape->elder || self->kind->hero ? 16 : 24),
    .touch_top = touch,
    .measure_head = measure_head,
  };

  jumin_column_set_plan (JUMIN_COLUMN (self->main), &main);
  jumin_column_set_plan (JUMIN_COLUMN (self->aside), &aside);
}

static void
set_fit (JuminPage *self, guint step)
{
  const char *const *name;

  for (name = jumin_page_fit_look (&self->fit)->classes; *name != NULL; name++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), *name);
  self->fit.step = step;
  for (name = jumin_page_fit_look (&self->fit)->classes; *name != NULL; name++)
    gtk_widget_add_css_class (GTK_WIDGET (self), *name);
}

static gboolean
on_fit_due (gpointer data)
{
  JuminPage *self = data;

  self->fit_source = 0;
  if (self->wanted != self->fit.step)
    {
      set_fit (self, self->wanted);
      g_signal_emit (self, refit_signal, 0);
    }
  return G_SOURCE_REMOVE;
}

/* That the last step is not enough is a fault of ours, and a test fails on it. */
static void
on_overflow (JuminColumn *column, guint over, JuminPage *self)
{
  if (self->fit.step + 1 == JUMIN_FITS && !self->fit.overflows)
    g_warning ("OVERFLOW: page '%s' needs %u pixels more", self->kind->kind, over);
  self->fit.overflows = TRUE;
}

/* How many of the keys that are wanted on a page are seen, and whether a list shows too few. */
static guint
count_seen (JuminPage *self, gboolean *sparse)
{
  GHashTableIter iter;
  gpointer box;
  guint seen = 0;

  *sparse = FALSE;
  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &box))
    {
      guint keys, shown = jumin_block_box_count_shown (box, &keys);

      seen += MIN (shown, ON_PAGE_WANTED);
      *sparse |= shown < MIN (keys, ON_PAGE_WANTED);
    }
  return seen;
}

/**
 * jumin_page_update:
 *
 * Draws the view of @context, which is of this page's kind.
 */
void
jumin_page_update (JuminPage *self, const JuminBlockContext *context)
{
  guint last = JUMIN_PLACE_LAST | JUMIN_PLACE_PRESSABLE, head = 0;
  JuminBlockContext drawn = *context;

  if (jumin_view_equal (context->view, context->before, "title", "lead", "blocks", "actions", NULL))
    return;
  self->shape = context->shape;
  if (context->before == NULL)
    g_clear_pointer (&self->behind, gsk_render_node_unref);
  if (jumin_page_fit_begin (&self->fit, self->shape))
    {
      g_clear_handle_id (&self->fit_source, g_source_remove);
      set_fit (self, jumin_page_fit_first (self->kind->roomy));
    }
  self->drawn = *self->shape;
  self->drawn.roomy = jumin_page_fit_look (&self->fit)->roomy;
  self->drawn.bare = jumin_page_fit_look (&self->fit)->bare;
  drawn.shape = &self->drawn;
  update_head (self, &drawn);
  jumin_page_actions_update (self->actions, &drawn);
  jumin_column_begin (JUMIN_COLUMN (self->main));
  jumin_column_begin (JUMIN_COLUMN (self->aside));
  if (!self->shape->wide)
    head = self->kind->centred             ? JUMIN_PLACE_MIDDLE
           : !self->kind->head_has_picture ? 0
           : self->kind->roomy             ? JUMIN_PLACE_GROW
                                           : JUMIN_PLACE_STRETCH;
  jumin_column_place (JUMIN_COLUMN (self->shape->wide ? self->aside : self->main), self->head,
                      head);
  self->hero_end = self->head;
  update_blocks (self, &drawn);
  if (context->view->actions->len > 0)
    jumin_column_place (JUMIN_COLUMN (self->main), self->actions, last);
  jumin_column_end (JUMIN_COLUMN (self->shape->wide ? self->main : self->aside));
  jumin_column_end (JUMIN_COLUMN (self->shape->wide ? self->aside : self->main));
  g_hash_table_foreach_remove (self->blocks, is_gone, NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
jumin_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminPage *self = JUMIN_PAGE (widget);
  int left = self->shape->wide ? self->shape->left : 0;
  gboolean sparse;
  guint seen;

  self->fit.overflows = FALSE;
  plan_columns (self);
  gtk_widget_set_child_visible (self->aside, left > 0);
  if (left > 0)
    jumin_allocate (self->aside, 0, 0, left, height);
  jumin_allocate (self->main, left, 0, width - left, height);
  seen = count_seen (self, &sparse);
  self->wanted = jumin_page_fit_choose (&self->fit, seen, sparse);
  if (self->wanted != self->fit.step && self->fit_source == 0)
    self->fit_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, on_fit_due, self, NULL);
}

/* Where the hero's rivers are; on a wide screen, its hills: below a title that stands alone. */
static int
hero_edge (JuminPage *self)
{
  JuminColumn *column = JUMIN_COLUMN (self->shape->wide ? self->aside : self->main);

  if (self->shape->wide)
    return self->hero_end == self->head ? jumin_column_get_end (column, self->head) : 0;
  if (!self->shape->reach)
    return jumin_column_get_touch (column) - jumin_shape_px (self->shape, HERO_ABOVE_TOUCH_UNITS);
  return jumin_column_get_end (column, self->hero_end)
         + jumin_shape_px (self->shape, HERO_BELOW_END_UNITS);
}

/* A picture that is the same node is not drawn again where words over it change. */
static void
snapshot_behind (JuminPage *self, GtkSnapshot *snapshot)
{
  int edge = hero_edge (self);

  if (self->behind == NULL || self->behind_edge != edge)
    {
      GtkSnapshot *fresh = gtk_snapshot_new ();

      g_clear_pointer (&self->behind, gsk_render_node_unref);
      (self->kind->paint != NULL ? self->kind->paint : jumin_paint_aside) (self, fresh, edge);
      self->behind = gtk_snapshot_free_to_node (fresh);
      self->behind_edge = edge;
    }
  if (self->behind != NULL)
    gtk_snapshot_append_node (snapshot, self->behind);
}

static void
jumin_page_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminPage *self = JUMIN_PAGE (widget);

  snapshot_behind (self, snapshot);
  GTK_WIDGET_CLASS (jumin_page_parent_class)->snapshot (widget, snapshot);
}

const JuminShape *
jumin_page_get_shape (JuminPage *self)
{
  return self->shape;
}

static void
jumin_page_dispose (GObject *object)
{
  JuminPage *self = JUMIN_PAGE (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_clear_pointer (&self->main, gtk_widget_unparent);
  g_clear_pointer (&self->aside, gtk_widget_unparent);
  g_hash_table_remove_all (self->blocks);
  g_clear_pointer (&self->behind, gsk_render_node_unref);
  g_clear_object (&self->head);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (jumin_page_parent_class)->dispose (object);
}

static void
jumin_page_finalize (GObject *object)
{
  g_hash_table_unref (JUMIN_PAGE (object)->blocks);
  G_OBJECT_CLASS (jumin_page_parent_class)->finalize (object);
}

static void
jumin_page_class_init (JuminPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_page_finalize;
  widget_class->measure = jumin_measure_pixel;
  widget_class->size_allocate = jumin_page_size_allocate;
  widget_class->snapshot = jumin_page_snapshot;
  refit_signal = g_signal_new ("refit", JUMIN_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
jumin_page_init (JuminPage *self)
{
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->main = jumin_column_new ();
  self->aside = jumin_column_new ();
  g_signal_connect_object (self->main, "overflow", G_CALLBACK (on_overflow), self, 0);
  g_signal_connect_object (self->aside, "overflow", G_CALLBACK (on_overflow), self, 0);
  gtk_widget_set_parent (self->aside, GTK_WIDGET (self));
  gtk_widget_set_parent (self->main, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->aside, "aside");
  self->head = g_object_ref_sink (jumin_down ("head"));
  self->actions = g_object_ref_sink (jumin_page_actions_new ());
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "page");
}

/**
 * jumin_page_new:
 * @kind: of the view; an unknown one looks like a notice
 *
 * Returns: (transfer floating): the page, named "page-" and @kind
 */
GtkWidget *
jumin_page_new (const char *kind)
{
  JuminPage *self = g_object_new (JUMIN_TYPE_PAGE, NULL);
  g_autofree char *name = g_strconcat ("page-", kind, NULL);

  self->kind = jumin_page_kind_find (kind);
  gtk_widget_set_name (GTK_WIDGET (self), name);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->kind->kind);
  return GTK_WIDGET (self);
}
