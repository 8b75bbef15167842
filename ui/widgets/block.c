/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One block of a view. A block either informs, and then its content is drawn anew on each update;
 * or it is a list of keys on a shelf, and then each key stays as long as its item does. */
#include "ui/widgets/block.h"

#include "ui/widgets/basket.h"
#include "ui/widgets/keypad.h"
#include "ui/widgets/level.h"
#include "ui/widgets/list-plan.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/reader.h"
#include "ui/widgets/shelf.h"
#include "ui/widgets/stepper.h"

enum
{
  HEADING_BESIDE_CHARS = 9,
  LARGE_ROWS_MAX = 2
};

struct _JuminBlockBox
{
  GtkBox parent_instance;
  GtkWidget *beside, *shelf, *kept, *look;
  JuminDraft *draft;
  char *name;
};

G_DEFINE_FINAL_TYPE (JuminBlockBox, jumin_block_box, GTK_TYPE_BOX)

typedef struct
{
  const char *kind;
  JuminLook *look;
  JuminKeep *keep;
  /* What is kept from one update to the next, and does not stand on a shelf. */
  GtkWidget *(*create) (void);
  void (*update) (GtkWidget *kept, const JuminBlock *block, const JuminBlockContext *context);
  /* In two columns, it stands in the left one. */
  gboolean aside;
  /* A list, but not of keys. */
  gboolean still;
} BlockKind;

static const BlockKind kinds[] = {
  { "tiles", NULL },
  { "choices", NULL },
  { "options", NULL },
  { "keys", NULL },
  { "rows", NULL },
  { "basket", NULL },
  { "methods", NULL },
  { "keypad", .create = jumin_keypad_new, .update = jumin_keypad_update },
  { "document", .create = jumin_reader_new, .update = jumin_reader_update },
  { "stepper", .create = jumin_stepper_new, .update = jumin_stepper_update },
  { "about", jumin_look_about, .aside = TRUE },
  { "outlet", jumin_look_outlet },
  { "job", jumin_look_job },
  { "cells", jumin_look_cells },
  { "holder", jumin_look_holder, .aside = TRUE },
  { "facts", jumin_look_facts },
  { "number", jumin_look_number },
  { "place", jumin_look_place, .aside = TRUE },
  { "slip", jumin_look_slip },
  { "ways", jumin_look_ways, jumin_keep_ways },
  { "papers", jumin_look_papers },
  { "calls", jumin_look_calls, .aside = TRUE },
  { "banner", jumin_look_banner, .aside = TRUE },
  { "picture", jumin_look_picture },
  { "note", jumin_look_note, .aside = TRUE },
  { "code", NULL, .aside = TRUE },
  { "headline", jumin_look_headline, .aside = TRUE },
  { "series", jumin_look_series },
  { "lines", jumin_look_card },
  { "ring", jumin_look_card },
  { "figures", jumin_look_card },
  { "ledger", NULL, .still = TRUE },
  { "household", jumin_look_household, .aside = TRUE },
  { "order", jumin_look_order, jumin_keep_order },
  { "result", jumin_look_result },
  { "assurance", jumin_look_assurance, .aside = TRUE },
  { "timeline", jumin_look_timeline },
  { "reference", jumin_look_reference },
  { "camera", jumin_look_camera, jumin_keep_camera, .aside = TRUE },
};

static const BlockKind *
find_kind (const JuminBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, block->kind) == 0)
      return &kinds[i];
  return NULL;
}

gboolean
jumin_block_is_pressable (const JuminBlock *block)
{
  const BlockKind *kind = find_kind (block);

  if (jumin_block_is (block, "document") && block->items->len == 0)
    return FALSE;
  return kind != NULL && kind->look == NULL && !kind->still;
}

gboolean
jumin_block_is_aside (const JuminBlock *block)
{
  const BlockKind *kind = find_kind (block);

  return kind != NULL && kind->aside;
}

/* All that can be done on the page is one thing or two: they are large. */
static gboolean
is_all_there_is (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const GPtrArray *blocks = context->view->blocks;

  return jumin_block_is (block, "rows") && block->items->len <= LARGE_ROWS_MAX
         && context->view->actions->len == 0 && blocks->pdata[blocks->len - 1] == block
         && !shape->elder && !shape->wide && !shape->reach && !shape->bare
         && g_strcmp0 (context->view->kind, "home") != 0
         && g_strcmp0 (context->view->kind, "take-card") != 0
         && g_strcmp0 (block->id, "check") != 0;
}

static void
fill_shelf (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminShelf *shelf = JUMIN_SHELF (self->shelf);
  gboolean optional = jumin_block_is (block, "options");
  gboolean draft = optional || jumin_block_is (block, "choices");
  const char *chosen = draft ? jumin_draft_get (context->draft, self->name) : NULL;

  jumin_shelf_begin (shelf);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      GtkWidget *press = jumin_shelf_find (shelf, item->id);

      if (press == NULL)
        press = jumin_press_new (context->actor);
      jumin_press_set_block (JUMIN_PRESS (press), draft ? self->name : NULL, optional);
      jumin_press_set_item (JUMIN_PRESS (press), item,
                            is_all_there_is (block, context)
                                ? JUMIN_PRESS_TILE_ALONE
                                : jumin_list_style (block, context->shape),
                            context->shape, chosen != NULL && g_strcmp0 (chosen, item->id) == 0);
      jumin_shelf_place (shelf, press, item->id);
    }
  jumin_shelf_end (shelf);
}

static void
on_paged (JuminShelf *shelf, guint page, JuminBlockBox *self)
{
  jumin_draft_set_page (self->draft, self->name, page);
}

/* Above the keys; beside them where they are one low line in the lower half. */
static void
update_heading (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean beside
      = jumin_block_is (block, "options") && !shape->elder && shape->reach && !shape->wide;
  GtkWidget *heading = jumin_shelf_get_head (JUMIN_SHELF (self->shelf)), *title;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  jumin_clear (heading);
  jumin_clear (self->beside);
  gtk_widget_set_visible (self->beside, beside && jumin_has (block->title));
  title = jumin_block_is (block, "basket")
                  || (jumin_block_is (block, "methods") && (shape->wide || shape->reach)
                      && shape->elder)
              ? NULL
              : jumin_words (block->title, beside ? "soft b" : "t-h3");
  if (title == NULL)
    return;
  if (beside)
    {
      gtk_label_set_natural_wrap_mode (GTK_LABEL (title), GTK_NATURAL_WRAP_INHERIT);
      gtk_label_set_max_width_chars (GTK_LABEL (title), HEADING_BESIDE_CHARS);
    }
  jumin_put (beside ? self->beside : heading, jumin_level (title));
  if (!shape->elder && !shape->bare && !shape->small && !beside)
    jumin_put (heading, jumin_level (jumin_words (block->text, "soft")));
}

static void
update_shelf (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminShelfPlan plan;

  if (self->shelf == NULL)
    {
      self->beside = jumin_across ("heading");
      jumin_put (GTK_WIDGET (self), self->beside);
      self->shelf = jumin_shelf_new ();
      g_signal_connect_object (self->shelf, "paged", G_CALLBACK (on_paged), self, 0);
      if (jumin_block_is (block, "ledger"))
        jumin_add_classes (GTK_WIDGET (self), "card ledger");
      gtk_widget_set_hexpand (self->shelf, TRUE);
      jumin_put (GTK_WIDGET (self), self->shelf);
    }
  plan = jumin_list_plan (block, context->shape);
  jumin_shelf_set_plan (JUMIN_SHELF (self->shelf), &plan);
  update_heading (self, block, context);
  jumin_shelf_set_words (JUMIN_SHELF (self->shelf), context->view->pager_previous,
                         context->view->pager_next, context->view->pager_place);
  jumin_shelf_set_page (JUMIN_SHELF (self->shelf),
                        jumin_draft_get_page (context->draft, self->name));
  if (jumin_block_is (block, "ledger"))
    jumin_ledger_fill (JUMIN_SHELF (self->shelf), block, context->shape);
  else if (jumin_block_is (block, "basket"))
    jumin_basket_fill (JUMIN_SHELF (self->shelf), block, context);
  else
    fill_shelf (self, block, context);
  /* What is spare makes the first tiles larger, not those after them. */
  gtk_widget_set_vexpand (self->shelf,
                          !jumin_block_is (block, "tiles") || !jumin_has (block->title));
}

/**
 * jumin_block_box_update:
 *
 * Draws @block, which is of the same kind and id as before.
 */
void
jumin_block_box_update (JuminBlockBox *self, const JuminBlock *block,
                        const JuminBlockContext *context)
{
  const BlockKind *kind = find_kind (block);

  g_free (self->name);
  self->name = g_strdup (jumin_has (block->id) ? block->id : block->kind);
  g_set_object (&self->draft, context->draft);
  if (kind == NULL)
    {
      g_message ("A view holds a block of unknown kind '%s'", block->kind);
      return;
    }
  if (kind->create != NULL)
    {
      if (self->kept == NULL)
        {
          self->kept = kind->create ();
          jumin_put (GTK_WIDGET (self), self->kept);
        }
      kind->update (self->kept, block, context);
      return;
    }
  if (kind->look == NULL)
    {
      update_shelf (self, block, context);
      return;
    }
  if (self->look != NULL && kind->keep != NULL && kind->keep (self->look, block, context))
    return;
  g_clear_pointer (&self->look, gtk_widget_unparent);
  self->look = jumin_tall (kind->look (block, context));
  jumin_put (GTK_WIDGET (self), self->look);
}

/**
 * jumin_block_box_measure_head:
 *
 * Returns: height of what cannot be pressed above the block's keys, pixels
 */
int
jumin_block_box_measure_head (GtkWidget *box, int width)
{
  JuminBlockBox *self = JUMIN_IS_BLOCK_BOX (box) ? JUMIN_BLOCK_BOX (box) : NULL;
  gboolean keys = self != NULL && self->shelf != NULL;

  if (self != NULL && JUMIN_IS_READER (self->kept))
    return jumin_reader_measure_head (JUMIN_READER (self->kept));
  return keys ? jumin_shelf_measure_head (JUMIN_SHELF (self->shelf), width) : 0;
}

/**
 * jumin_block_box_count_shown:
 * @count: (out): the keys of its list; 0: it is none
 *
 * Returns: how many of them were seen at once when it was laid out last
 */
guint
jumin_block_box_count_shown (JuminBlockBox *self, guint *count)
{
  *count = 0;
  return self->shelf != NULL ? jumin_shelf_count_shown (JUMIN_SHELF (self->shelf), count) : 0;
}

static void
jumin_block_box_dispose (GObject *object)
{
  g_clear_object (&JUMIN_BLOCK_BOX (object)->draft);
  G_OBJECT_CLASS (jumin_block_box_parent_class)->dispose (object);
}

static void
jumin_block_box_finalize (GObject *object)
{
  g_free (JUMIN_BLOCK_BOX (object)->name);
  G_OBJECT_CLASS (jumin_block_box_parent_class)->finalize (object);
}

static void
jumin_block_box_class_init (JuminBlockBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_block_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_block_box_finalize;
}

static void
jumin_block_box_init (JuminBlockBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
jumin_block_box_new (void)
{
  return g_object_new (JUMIN_TYPE_BLOCK_BOX, NULL);
}
