/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order the blocks of a page stand, in which column, and where in it. */
#include "ui/page-order.h"

#include "ui/widgets/parts.h"

/* A code is a key beside the way. */
static gboolean
keys_follow (const GPtrArray *blocks, guint index)
{
  for (guint i = index; i < blocks->len; i++)
    if (jumin_block_is_pressable (blocks->pdata[i]) && !jumin_block_is (blocks->pdata[i], "code"))
      return TRUE;
  return FALSE;
}

static gboolean
holds_kind (const GPtrArray *blocks, const char *kind)
{
  for (guint i = 0; i < blocks->len; i++)
    if (jumin_block_is (g_ptr_array_index (blocks, i), kind))
      return TRUE;
  return FALSE;
}

/* On the home page in one column, what informs of the hall comes after the services, so that these
 * stand at the touch line; in reach mode it fills the upper half. On a wide screen only banners
 * come after the services. */
static gboolean
comes_first (const JuminShape *shape, const JuminBlock *block, const JuminView *view)
{
  gboolean keys = jumin_block_is_pressable (block);

  if (jumin_block_is (block, "ways"))
    return TRUE;
  if (shape->wide)
    return !jumin_block_is (block, "banner");
  return shape->reach ? !keys : keys;
}

/* On the home page, what stands before all keys: on the hero, or at the top of the right column.
 * For who is known, what is wrong takes the place of the ways to arrive. */
static gboolean
is_news (const JuminShape *shape, const JuminBlock *block, const JuminView *view)
{
  if (jumin_block_is (block, "calls"))
    return shape->wide || jumin_calls_on_hero (view, shape);
  return jumin_block_is (block, "banner") && !shape->wide && jumin_view_find (view, "ways") == NULL;
}

/**
 * jumin_page_order:
 *
 * Returns: (transfer container): the blocks of @view from top to bottom, and what the left column
 *   has besides
 */
GPtrArray *
jumin_page_order (const JuminPageKind *kind, const JuminShape *shape, const JuminView *view)
{
  g_autoptr (GPtrArray) later = g_ptr_array_new ();
  GPtrArray *order = g_ptr_array_new ();
  const JuminBlock *seen = jumin_ways_aside (view, shape);
  int news = 0;

  if (seen != NULL)
    g_ptr_array_add (order, (gpointer)seen);

  for (guint i = 0; i < view->blocks->len; i++)
    {
      JuminBlock *block = g_ptr_array_index (view->blocks, i);
      gboolean first = !kind->hero || comes_first (shape, block, view);

      if (kind->hero && is_news (shape, block, view))
        g_ptr_array_insert (order, news++, block);
      else
        g_ptr_array_add (first ? order : later, block);
    }
  g_ptr_array_extend (order, later, NULL, NULL);
  return order;
}

/* On the home page one thing on its own is an offer: it is left out where there is no room. */
static gboolean
is_offer (const JuminBlock *block)
{
  return jumin_block_is (block, "rows") && block->items->len == 1 && !jumin_has (block->title);
}

/* What is on the record's own pages, too; large letters say what a ring says in the ledger. */
static gboolean
is_glance (const JuminShape *shape, const GPtrArray *order, guint index)
{
  const JuminBlock *block = g_ptr_array_index (order, index);
  const JuminBlock *next = index + 1 < order->len ? g_ptr_array_index (order, index + 1) : NULL;

  if (jumin_block_is (block, "ring"))
    return shape->elder || next == NULL || !jumin_block_is (next, "ledger");
  return jumin_block_is (block, "series") || jumin_block_is (block, "lines")
         || jumin_block_is (block, "figures");
}

/* That somebody waits for their payer; what they do now stands on the rest of the page. */
static gboolean
is_waiting (const JuminBlock *block)
{
  return jumin_block_is (block, "job") && g_strcmp0 (block->id, "waiting") == 0;
}

/* What looks well when it is higher: it has lines that move apart, or bars. */
static gboolean
may_stretch (const JuminPageKind *kind, const JuminBlock *block)
{
  static const char *const kinds[]
      = { "result", "timeline", "reference", "series",    "lines", "ring",    "figures", "basket",
          "rows",   "job",      "slip",      "household", "order", "methods", NULL };

  return !kind->hero
         && ((block->kind != NULL && g_strv_contains (kinds, block->kind))
             || (kind->head_has_picture
                 && (jumin_block_is (block, "papers") || jumin_block_is (block, "place")
                     || jumin_block_is (block, "note"))));
}

static guint
find_place (const JuminPageKind *kind, const JuminShape *shape, const GPtrArray *order, guint index)
{
  const JuminBlock *block = g_ptr_array_index (order, index);
  gboolean last = index + 1 == order->len, home = kind->hero && !shape->wide;

  /* One thing in the middle, and below it what may be done. */
  if (kind->centred && !shape->wide && !jumin_block_is (block, "picture"))
    return JUMIN_PLACE_LAST | (jumin_block_is_pressable (block) ? JUMIN_PLACE_PRESSABLE : 0);
  if (kind->hero && is_offer (block))
    return JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_SPARE;
  if (kind->hero && jumin_block_is (block, "tiles") && !jumin_has (block->title))
    return JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_GROW;
  if (jumin_block_is (block, "banner") && g_strcmp0 (block->tone, "info") == 0
      && (holds_kind (order, "owner") ? shape->elder : shape->wide))
    return kind->hero ? JUMIN_PLACE_SPARE | JUMIN_PLACE_LAST : JUMIN_PLACE_SPARE;
  if (home && shape->reach && jumin_block_is (block, "banner")
      && g_strcmp0 (block->tone, "info") == 0)
    return JUMIN_PLACE_SPARE;
  if (kind->head_has_picture && !shape->wide && jumin_block_is_pressable (block))
    return JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_LAST;
  if (jumin_block_is (block, "code"))
    return JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_SPARE;
  if (jumin_block_is (block, "document"))
    return jumin_block_is_pressable (block) ? JUMIN_PLACE_PRESSABLE : 0;
  if (jumin_block_is (block, "outlet") || (jumin_block_is (block, "papers") && shape->roomy)
      || (jumin_block_is (block, "series") && shape->wide && !shape->elder && !shape->bare))
    return JUMIN_PLACE_GROW;
  if (jumin_block_is (block, "about") || (kind->paper && jumin_block_is (block, "banner")))
    return JUMIN_PLACE_SPARE;
  if (jumin_block_is (block, "keys") || g_strcmp0 (block->id, "check") == 0)
    return JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_LAST;
  if (jumin_block_is_pressable (block))
    return home && last && index > 0
                   && jumin_block_is_pressable (g_ptr_array_index (order, index - 1))
               ? JUMIN_PLACE_PRESSABLE | JUMIN_PLACE_LAST
               : JUMIN_PLACE_PRESSABLE;
  if ((shape->elder || shape->bare) && is_glance (shape, order, index))
    return JUMIN_PLACE_SPARE;
  if ((jumin_block_is (block, "household") && (shape->elder || shape->bare))
      || (jumin_block_is (block, "timeline") && shape->elder && shape->small)
      || (is_waiting (block) && (shape->elder || shape->small)))
    return JUMIN_PLACE_SPARE;
  if (jumin_block_is (block, "camera"))
    return JUMIN_PLACE_SPARE | JUMIN_PLACE_GROW;
  if (jumin_block_is (block, "calls")
      || (jumin_block_is (block, "picture") && shape->elder && shape->small)
      || (jumin_block_is (block, "holder") && (shape->elder || shape->wide)))
    return JUMIN_PLACE_SPARE;
  /* A note of several sentences says what one agrees to: it stays, where large words let it. */
  if (jumin_block_is (block, "note") && block->items->len > 0 && !shape->elder && !shape->small)
    return keys_follow (order, 0) ? JUMIN_PLACE_LAST : 0;
  if (jumin_block_is (block, "note") && g_strcmp0 (block->id, "typing") != 0)
    return JUMIN_PLACE_SPARE | (keys_follow (order, 0) ? JUMIN_PLACE_LAST : 0);
  if (home && !shape->reach)
    return last && jumin_block_is (block, "banner") ? JUMIN_PLACE_LAST : 0;
  return keys_follow (order, 0) && !keys_follow (order, index) ? JUMIN_PLACE_LAST : 0;
}

/**
 * jumin_page_place:
 *
 * Returns: #JuminPlace flags of block @index of @order
 */
guint
jumin_page_place (const JuminPageKind *kind, const JuminShape *shape, const GPtrArray *order,
                  guint index)
{
  gboolean stretches = may_stretch (kind, order->pdata[index]);

  return find_place (kind, shape, order, index) | (stretches ? JUMIN_PLACE_STRETCH : 0);
}

static gboolean
main_is_bare (const JuminView *view)
{
  for (guint i = 0; i < view->blocks->len; i++)
    if (!jumin_block_is_aside (g_ptr_array_index (view->blocks, i)))
      return FALSE;
  return TRUE;
}

/**
 * jumin_page_goes_aside:
 *
 * Returns: whether @block stands in the left column of a wide screen
 */
gboolean
jumin_page_goes_aside (const JuminPageKind *kind, const JuminShape *shape, const JuminBlock *block,
                       const JuminView *view)
{
  if (!shape->wide || kind->spread)
    return FALSE;
  /* The right column is for what is chosen; what may be added to it stands beside it. */
  if (jumin_block_is (block, "options"))
    return jumin_view_find (view, "choices") != NULL;
  if (kind->hero)
    return jumin_block_is (block, "ways")
           || (is_offer (block) && (!shape->small || g_strcmp0 (block->id, "offer") == 0))
           || (jumin_block_is (block, "banner") && jumin_view_find (view, "ways") == NULL);
  /* Of a person's record, the left column holds the figure that people come for; in large letters,
   * the title alone. */
  if (jumin_view_find (view, "owner") != NULL
      && (shape->elder || jumin_block_is (block, "banner")
          || (shape->small && !jumin_block_is (block, "headline"))))
    return FALSE;
  if (jumin_block_is (block, "ring"))
    return jumin_view_find (view, "ledger") != NULL;
  if (is_waiting (block))
    return TRUE;
  if (jumin_block_is (block, "household") && !shape->elder && !shape->small)
    return FALSE;
  if (jumin_block_is (block, "note") && jumin_ways_aside (view, shape) != NULL)
    return FALSE;
  /* What became of the list of papers stands below that list; the board of calls, above what is
   * chosen. */
  if ((jumin_block_is (block, "banner") && jumin_view_find (view, "papers") != NULL)
      || (jumin_block_is (block, "calls")
          && (jumin_view_find (view, "choices") != NULL
              || jumin_view_find (view, "tiles") != NULL)))
    return FALSE;
  return jumin_block_is_aside (block) && !main_is_bare (view);
}

/* What a head shows itself is left out below. */
gboolean
jumin_page_is_in_head (const JuminPageKind *kind, const JuminShape *shape, const JuminBlock *block)
{
  return jumin_block_is (block, "owner") || jumin_block_is (block, "sum")
         || (jumin_block_is (block, "assurance") && !shape->wide)
         || (kind->head_has_picture && !shape->wide && jumin_block_is (block, "picture"));
}

/* The same blocks in the same order, whatever they say. */
static gboolean
is_alike (const JuminView *view, const JuminView *before)
{
  if (!jumin_view_equal (view, before, "title", "lead", NULL)
      || view->blocks->len != before->blocks->len)
    return FALSE;
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *now = view->blocks->pdata[i], *then = before->blocks->pdata[i];

      if (!jumin_block_is (now, then->kind) || g_strcmp0 (now->id, then->id) != 0
          || now->items->len != then->items->len)
        return FALSE;
    }
  return TRUE;
}

/**
 * jumin_page_block_stays:
 *
 * Returns: whether @block is drawn as it is on the screen: that depends on which blocks there are,
 *   and on a card that is drawn with it
 */
gboolean
jumin_page_block_stays (const JuminBlock *block, const JuminBlockContext *context)
{
  const GPtrArray *now = context->view->blocks, *then;
  const JuminBlock *next;
  guint i;

  if (!is_alike (context->view, context->before) || !g_ptr_array_find ((GPtrArray *)now, block, &i))
    return FALSE;
  then = context->before->blocks;
  next = i + 1 < now->len ? now->pdata[i + 1] : NULL;
  return jumin_block_equal (block, then->pdata[i])
         && (next == NULL || !jumin_card_is_paired (next, context)
             || jumin_block_equal (next, then->pdata[i + 1]));
}
