/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One block of a view. A block either informs, and then its content is drawn anew on each update;
 * or it is a list of keys on a shelf, and then each key stays as long as its item does. */
#include "ui/widgets/block.h"

#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/shelf.h"

enum
{
  BIG_TILES_MAX = 4,
  HEADING_BESIDE_CHARS = 9,
  ELDER_CHOICES_MAX = 4,
  ELDER_WIDE_CHOICES_MAX = 6
};

struct _JuminBlockBox
{
  GtkBox parent_instance;
  GtkWidget *heading, *shelf, *look;
  JuminDraft *draft;
  char *name;
};

G_DEFINE_FINAL_TYPE (JuminBlockBox, jumin_block_box, GTK_TYPE_BOX)

typedef struct
{
  const char *kind;
  GtkWidget *(*look) (const JuminBlock *block, const JuminBlockContext *context);
  /* In two columns, it stands in the left one. */
  gboolean aside;
} BlockKind;

static const BlockKind kinds[] = {
  { "tiles", NULL, FALSE },
  { "choices", NULL, FALSE },
  { "options", NULL, FALSE },
  { "rows", NULL, FALSE },
  { "facts", jumin_look_facts, FALSE },
  { "number", jumin_look_number, FALSE },
  { "place", jumin_look_place, TRUE },
  { "slip", jumin_look_slip, FALSE },
  { "ways", jumin_look_ways, FALSE },
  { "papers", jumin_look_papers, FALSE },
  { "calls", jumin_look_calls, TRUE },
  { "banner", jumin_look_banner, TRUE },
  { "picture", jumin_look_picture, FALSE },
  { "note", jumin_look_note, TRUE },
  { "code", jumin_look_code, TRUE },
};

static const BlockKind *
find_kind (const JuminBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, block->kind) == 0)
      return &kinds[i];
  return NULL;
}

static gboolean
is_kind (const JuminBlock *block, const char *kind)
{
  return g_strcmp0 (block->kind, kind) == 0;
}

gboolean
jumin_block_is_pressable (const JuminBlock *block)
{
  const BlockKind *kind = find_kind (block);

  return kind != NULL && kind->look == NULL;
}

gboolean
jumin_block_is_aside (const JuminBlock *block)
{
  const BlockKind *kind = find_kind (block);

  return kind != NULL && kind->aside;
}

static gboolean
are_small_tiles (const JuminBlock *block)
{
  return is_kind (block, "tiles")
         && (jumin_has (block->title) || block->items->len > BIG_TILES_MAX);
}

static JuminPressStyle
tile_style (const JuminBlock *block, const JuminShape *shape)
{
  if (are_small_tiles (block))
    return JUMIN_PRESS_TILE_SMALL;
  if (block->items->len == 1 || (shape->elder && !shape->wide))
    return JUMIN_PRESS_TILE_ALONE;
  return shape->elder || shape->wide || shape->reach ? JUMIN_PRESS_TILE_WIDE : JUMIN_PRESS_TILE;
}

static JuminPressStyle
choice_style (const JuminShape *shape)
{
  if (shape->elder)
    return JUMIN_PRESS_CHOICE_ROW;
  return shape->reach || shape->wide || shape->english ? JUMIN_PRESS_CHOICE_COMPACT
                                                       : JUMIN_PRESS_CHOICE;
}

static JuminPressStyle
press_style (const JuminBlock *block, const JuminShape *shape)
{
  if (is_kind (block, "tiles"))
    return tile_style (block, shape);
  if (is_kind (block, "choices"))
    return choice_style (shape);
  return is_kind (block, "options") ? JUMIN_PRESS_OPTION : JUMIN_PRESS_ROW;
}

static guint
count_columns (const JuminBlock *block, const JuminShape *shape)
{
  if (is_kind (block, "rows"))
    return shape->wide && shape->elder && !shape->small && block->items->len > 1 ? 2 : 1;
  if (is_kind (block, "options"))
    return shape->elder && shape->small ? 2 : CLAMP (block->items->len, 1, 4);
  if (are_small_tiles (block))
    return shape->elder || shape->english || shape->small ? 2 : 3;
  if (is_kind (block, "tiles") && block->items->len == 1)
    return 1;
  if (shape->elder)
    return shape->wide && !shape->small ? 2 : 1;
  return 2;
}

static guint
count_at_once (const JuminBlock *block, const JuminShape *shape)
{
  if (!is_kind (block, "choices") || !shape->elder)
    return 0;
  return shape->wide ? ELDER_WIDE_CHOICES_MAX : ELDER_CHOICES_MAX;
}

static void
plan_shelf (JuminBlockBox *self, const JuminBlock *block, const JuminShape *shape)
{
  const JuminShelfPlan plan = {
    .columns = count_columns (block, shape),
    .gap = jumin_shape_px (shape, is_kind (block, "options") ? 16 : 22),
    .row_gap = jumin_shape_px (shape, shape->wide ? (shape->reach ? 8 : 14) : 20),
    .page_max = count_at_once (block, shape),
    .equal_rows
    = !is_kind (block, "rows") && !shape->reach && !shape->wide && !shape->elder && !shape->english,
    .key_width = shape->wide ? jumin_shape_px (shape, shape->elder ? 122 : 96) : 0,
  };

  jumin_shelf_set_plan (JUMIN_SHELF (self->shelf), &plan);
}

static void
fill_shelf (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminShelf *shelf = JUMIN_SHELF (self->shelf);
  gboolean optional = is_kind (block, "options");
  gboolean draft = optional || is_kind (block, "choices");
  const char *chosen = draft ? jumin_draft_get (context->draft, self->name) : NULL;

  jumin_shelf_begin (shelf);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      GtkWidget *press = jumin_shelf_find (shelf, item->id);

      if (press == NULL)
        press = jumin_press_new (context->actor);
      jumin_press_set_block (JUMIN_PRESS (press), draft ? self->name : NULL, optional);
      jumin_press_set_item (JUMIN_PRESS (press), item, press_style (block, context->shape),
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

static void
update_shelf (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  if (self->shelf == NULL)
    {
      self->shelf = jumin_shelf_new ();
      g_signal_connect_object (self->shelf, "paged", G_CALLBACK (on_paged), self, 0);
      gtk_widget_set_vexpand (self->shelf, TRUE);
      gtk_widget_set_hexpand (self->shelf, TRUE);
      jumin_put (GTK_WIDGET (self), self->shelf);
    }
  plan_shelf (self, block, context->shape);
  jumin_shelf_set_words (JUMIN_SHELF (self->shelf), context->view->pager_previous,
                         context->view->pager_next, context->view->pager_place);
  jumin_shelf_set_page (JUMIN_SHELF (self->shelf),
                        jumin_draft_get_page (context->draft, self->name));
  fill_shelf (self, block, context);
}

static void
update_heading (JuminBlockBox *self, const JuminBlock *block, const JuminBlockContext *context)
{
  gboolean beside = is_kind (block, "options") && !context->shape->elder
                    && (context->shape->reach || context->shape->wide) && !context->shape->small;
  /* With large text in the lower half of a wide screen there is room for keys alone. */
  gboolean cramped = context->shape->wide && context->shape->elder && context->shape->reach
                     && is_kind (block, "rows");
  GtkWidget *title;

  if (self->heading == NULL)
    {
      self->heading = jumin_across ("s16 heading");
      jumin_put (GTK_WIDGET (self), self->heading);
    }
  jumin_clear (self->heading);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  title = jumin_words (block->title, beside ? "soft b" : "t-h3");
  if (beside && title != NULL)
    {
      gtk_label_set_natural_wrap_mode (GTK_LABEL (title), GTK_NATURAL_WRAP_INHERIT);
      gtk_label_set_max_width_chars (GTK_LABEL (title), HEADING_BESIDE_CHARS);
      gtk_widget_set_valign (title, GTK_ALIGN_CENTER);
    }
  jumin_put (self->heading, jumin_level (title));
  if (!context->shape->elder && !beside)
    jumin_put (self->heading, jumin_level (jumin_words (block->text, "soft")));
  gtk_widget_set_visible (self->heading, jumin_has (block->title) && !cramped);
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
  if (kind->look == NULL)
    {
      update_heading (self, block, context);
      update_shelf (self, block, context);
      return;
    }
  g_clear_pointer (&self->look, gtk_widget_unparent);
  self->look = kind->look (block, context);
  jumin_put (GTK_WIDGET (self), self->look);
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
