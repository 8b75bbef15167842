/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person has chosen on a page, and which part of a long list they look at, until the page's
 * primary action sends it whole. It ends with the page; a change of mode or language keeps it.
 * Only ids that the view holds are kept, so a draft can never name what is not on the screen. */
#include "ui/draft.h"

#include "model/bill.h"
#include "model/money.h"

struct _JuminDraft
{
  GObject parent_instance;
  GHashTable *chosen; /* block id -> item id */
  GHashTable *ticked; /* block id -> GPtrArray of item ids, in the order of ticking */
  GHashTable *pages;  /* block id -> part of the list */
};

G_DEFINE_FINAL_TYPE (JuminDraft, jumin_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_draft_block (const JuminBlock *block)
{
  return jumin_block_is (block, "choices") || jumin_block_is (block, "options")
         || jumin_block_is (block, "stepper");
}

static const char *
block_name (const JuminBlock *block)
{
  return block->id != NULL && block->id[0] != '\0' ? block->id : block->kind;
}

static gboolean
is_off (const JuminItem *item)
{
  return g_strcmp0 (item->state, "off") == 0;
}

static gboolean
same_place (const JuminView *previous, const JuminView *view)
{
  if (previous == NULL)
    return FALSE;
  if (previous->page == view->page)
    return TRUE;
  return g_strcmp0 (previous->kind, view->kind) == 0
         && (previous->elder != view->elder || previous->contrast != view->contrast
             || previous->reach != view->reach
             || g_strcmp0 (previous->language, view->language) != 0);
}

static void
take_block (JuminDraft *self, const JuminBlock *block, gboolean preselect)
{
  const char *name = block_name (block), *chosen = g_hash_table_lookup (self->chosen, name);
  const JuminItem *item = chosen != NULL ? jumin_items_find (block->items, chosen) : NULL;

  if (chosen != NULL && (item == NULL || is_off (item)))
    {
      g_hash_table_remove (self->chosen, name);
      chosen = NULL;
    }
  for (guint i = 0; preselect && chosen == NULL && i < block->items->len; i++)
    {
      const JuminItem *candidate = g_ptr_array_index (block->items, i);

      if (g_strcmp0 (candidate->state, "on") != 0)
        continue;
      g_hash_table_insert (self->chosen, g_strdup (name), g_strdup (candidate->id));
      return;
    }
}

static gboolean
is_tickable (const JuminBlock *block, const char *id)
{
  const JuminItem *item = jumin_items_find (block->items, id);

  return item != NULL && !is_off (item) && g_strcmp0 (item->tone, "heading") != 0
         && (item->act == NULL || item->act[0] == '\0');
}

static gboolean
find_tick (GPtrArray *ids, const char *id, guint *index)
{
  return ids != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, index);
}

static void
take_basket (JuminDraft *self, const JuminBlock *block, gboolean preselect)
{
  const char *name = block_name (block);
  GPtrArray *ids = g_hash_table_lookup (self->ticked, name);

  if (ids == NULL)
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->ticked, g_strdup (name), ids);
    }
  for (guint i = ids->len; i > 0; i--)
    if (!is_tickable (block, ids->pdata[i - 1]))
      g_ptr_array_remove_index (ids, i - 1);
  for (guint i = 0; preselect && i < block->items->len && ids->len < JUMIN_BASKET_MAX; i++)
    {
      const JuminItem *item = block->items->pdata[i];

      if (g_strcmp0 (item->state, "on") == 0 && is_tickable (block, item->id))
        g_ptr_array_add (ids, g_strdup (item->id));
    }
}

/**
 * jumin_draft_take_view:
 * @previous: (nullable): the view before
 *
 * Follows a new view: keeps what still exists on the same page, else begins anew with what the view
 * preselects.
 */
void
jumin_draft_take_view (JuminDraft *self, const JuminView *previous, const JuminView *view)
{
  gboolean same = same_place (previous, view);

  if (!same)
    {
      g_hash_table_remove_all (self->chosen);
      g_hash_table_remove_all (self->ticked);
      g_hash_table_remove_all (self->pages);
    }
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      if (is_draft_block (block))
        take_block (self, block, !same);
      else if (jumin_block_is (block, "basket"))
        take_basket (self, block, !same);
    }
}

static void
tick (GPtrArray *ids, const char *item)
{
  guint index;

  if (find_tick (ids, item, &index))
    g_ptr_array_remove_index (ids, index);
  else if (ids->len < JUMIN_BASKET_MAX)
    g_ptr_array_add (ids, g_strdup (item));
}

/**
 * jumin_draft_press:
 * @optional: pressing the chosen one again takes the choice back
 *
 * Chooses @item, or ticks it where several may be.
 */
void
jumin_draft_press (JuminDraft *self, const char *block, const char *item, gboolean optional)
{
  const char *chosen = g_hash_table_lookup (self->chosen, block);
  GPtrArray *ids = g_hash_table_lookup (self->ticked, block);

  if (ids != NULL)
    tick (ids, item);
  else if (g_strcmp0 (chosen, item) != 0)
    g_hash_table_insert (self->chosen, g_strdup (block), g_strdup (item));
  else if (optional)
    g_hash_table_remove (self->chosen, block);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
jumin_draft_get (JuminDraft *self, const char *block)
{
  return g_hash_table_lookup (self->chosen, block);
}

gboolean
jumin_draft_has_tick (JuminDraft *self, const char *block, const char *item)
{
  return find_tick (g_hash_table_lookup (self->ticked, block), item, NULL);
}

/**
 * jumin_draft_count_ticked:
 * @block: of kind "basket"
 * @sum: (out): of what is ticked, fen
 */
guint
jumin_draft_count_ticked (JuminDraft *self, const JuminBlock *block, gint64 *sum)
{
  const GPtrArray *ids = g_hash_table_lookup (self->ticked, block_name (block));

  *sum = 0;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const JuminItem *item = jumin_items_find (block->items, ids->pdata[i]);

      if (item == NULL || !jumin_fen_add (sum, item->amount))
        g_warning ("What is ticked of '%s' has no sum", block_name (block));
    }
  return ids != NULL ? ids->len : 0;
}

guint
jumin_draft_get_page (JuminDraft *self, const char *block)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->pages, block));
}

void
jumin_draft_set_page (JuminDraft *self, const char *block, guint page)
{
  g_hash_table_insert (self->pages, g_strdup (block), GUINT_TO_POINTER (page));
}

void
jumin_draft_add_to (JuminDraft *self, GVariantDict *values)
{
  GHashTableIter iter;
  gpointer block, item;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &block, &item))
    g_variant_dict_insert (values, block, "s", item);
  g_hash_table_iter_init (&iter, self->ticked);
  while (g_hash_table_iter_next (&iter, &block, &item))
    g_variant_dict_insert_value (
        values, block,
        g_variant_new_strv ((const char *const *)((GPtrArray *)item)->pdata,
                            (gssize)((GPtrArray *)item)->len));
}

/**
 * jumin_draft_get_primary:
 * @ready: (out): whether every list of choices has its choice
 *
 * Returns: (nullable): what the primary action says while this choice is chosen
 */
const char *
jumin_draft_get_primary (JuminDraft *self, const JuminView *view, gboolean *ready)
{
  const char *title = NULL;

  *ready = FALSE;
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);
      const char *chosen = g_hash_table_lookup (self->chosen, block_name (block));
      const JuminItem *item = chosen != NULL ? jumin_items_find (block->items, chosen) : NULL;

      gboolean choices = jumin_block_is (block, "choices");

      if (!choices && g_strcmp0 (block->kind, "stepper") != 0)
        continue;
      *ready = *ready || choices;
      if (item == NULL)
        {
          *ready = FALSE;
          return NULL;
        }
      if (item->primary != NULL && item->primary[0] != '\0')
        title = item->primary;
    }
  return title;
}

static void
jumin_draft_finalize (GObject *object)
{
  JuminDraft *self = JUMIN_DRAFT (object);

  g_hash_table_unref (self->chosen);
  g_hash_table_unref (self->ticked);
  g_hash_table_unref (self->pages);
  G_OBJECT_CLASS (jumin_draft_parent_class)->finalize (object);
}

static void
jumin_draft_class_init (JuminDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", JUMIN_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
jumin_draft_init (JuminDraft *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ticked
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

JuminDraft *
jumin_draft_new (void)
{
  return g_object_new (JUMIN_TYPE_DRAFT, NULL);
}
