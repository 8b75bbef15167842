/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a list of keys is drawn: the look of its keys, its columns and gaps. */
#include "ui/widgets/list-plan.h"

#include "ui/widgets/parts.h"

enum
{
  BIG_TILES_MAX = 4,
  BIG_TILES_REACH_MAX = 6,
  ELDER_CHOICES_MAX = 4,
  COLUMN_MIN_UNITS = 340,
  COLUMN_MIN_SMALL_UNITS = 240,
  COLUMN_MIN_ELDER_UNITS = 500
};

/* Beside other lists: on a wide screen these are one line. */
static gboolean
is_low (const JuminBlock *block)
{
  return g_strcmp0 (block->tone, "low") == 0;
}

static gboolean
are_small_tiles (const JuminBlock *block, const JuminShape *shape)
{
  guint most = shape->reach && !shape->wide ? BIG_TILES_REACH_MAX : BIG_TILES_MAX;

  return jumin_block_is (block, "tiles") && g_strcmp0 (block->tone, "large") != 0
         && (jumin_has (block->title) || (block->items->len > most && !shape->elder)
             || (is_low (block) && (shape->wide || shape->reach) && !shape->elder));
}

static JuminPressStyle
tile_style (const JuminBlock *block, const JuminShape *shape)
{
  if (are_small_tiles (block, shape))
    return JUMIN_PRESS_TILE_SMALL;
  if (block->items->len == 1 || (shape->elder && !shape->wide))
    return JUMIN_PRESS_TILE_ALONE;
  return shape->elder || shape->wide || shape->reach || jumin_has (block->tone)
             ? JUMIN_PRESS_TILE_WIDE
             : JUMIN_PRESS_TILE;
}

static JuminPressStyle
choice_style (const JuminShape *shape)
{
  if (shape->elder)
    return JUMIN_PRESS_CHOICE_ROW;
  return shape->reach || shape->wide || shape->english ? JUMIN_PRESS_CHOICE_COMPACT
                                                       : JUMIN_PRESS_CHOICE;
}

/**
 * jumin_list_style:
 *
 * Returns: how each key of @block is drawn
 */
JuminPressStyle
jumin_list_style (const JuminBlock *block, const JuminShape *shape)
{
  if (jumin_block_is (block, "tiles"))
    return tile_style (block, shape);
  if (jumin_block_is (block, "choices"))
    return choice_style (shape);
  if (jumin_block_is (block, "keys"))
    return JUMIN_PRESS_PLAIN;
  if (jumin_block_is (block, "methods"))
    return JUMIN_PRESS_METHOD;
  if (jumin_block_is (block, "code"))
    return JUMIN_PRESS_CODE;
  return jumin_block_is (block, "options") ? JUMIN_PRESS_OPTION : JUMIN_PRESS_ROW;
}

/* Large words with a chip beside them need the whole width. */
static gboolean
has_notes (const JuminBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    if (jumin_has (((const JuminItem *)g_ptr_array_index (block->items, i))->note))
      return TRUE;
  return FALSE;
}

/* Full lines, as far as there are so many. */
static guint
count_small_columns (const JuminBlock *block, const JuminShape *shape)
{
  guint most = is_low (block) && shape->wide                    ? 4
               : shape->elder || shape->small || shape->english ? 2
                                                                : 3;

  return block->items->len == 4 && most == 3 ? 2 : MIN (block->items->len, most);
}

/* Rows that are as full as can be. */
static guint
key_columns (guint count, const JuminShape *shape)
{
  guint most = shape->elder ? 2 : 4, rows = MAX ((count + most - 1) / most, 1);

  return MAX ((count + rows - 1) / rows, 1);
}

static guint
count_columns (const JuminBlock *block, const JuminShape *shape)
{
  if (jumin_block_is (block, "ledger") || jumin_block_is (block, "basket")
      || jumin_block_is (block, "code"))
    return 1;
  if (jumin_block_is (block, "methods"))
    return MAX (block->items->len, 1);
  if (jumin_block_is (block, "keys"))
    return key_columns (block->items->len, shape);
  if (jumin_block_is (block, "rows"))
    return shape->wide && shape->elder && block->items->len > 1 && !has_notes (block) ? 2 : 1;
  if (jumin_block_is (block, "options"))
    return CLAMP (block->items->len, 1, 4);
  if (are_small_tiles (block, shape))
    return count_small_columns (block, shape);
  if (jumin_block_is (block, "tiles") && block->items->len == 1)
    return 1;
  return shape->elder && !shape->wide ? 1 : 2;
}

static guint
count_at_once (const JuminBlock *block, const JuminShape *shape)
{
  gboolean choices = jumin_block_is (block, "choices") || jumin_block_is (block, "tiles")
                     || jumin_block_is (block, "keys");

  return choices && shape->elder ? ELDER_CHOICES_MAX : 0;
}

static int
row_gap (const JuminBlock *block, const JuminShape *shape)
{
  if (shape->wide && jumin_block_is (block, "basket"))
    return 10;
  if (!shape->wide)
    return shape->elder ? 14 : 20;
  if (shape->small)
    return 17;
  return shape->reach || shape->elder ? 12 : 14;
}

/**
 * jumin_list_plan:
 *
 * Returns: how the keys of @block stand on its shelf
 */
JuminShelfPlan
jumin_list_plan (const JuminBlock *block, const JuminShape *shape)
{
  /* Where keys beside the list would leave too little for large words, they stand below it. */
  gboolean options = jumin_block_is (block, "options"), ledger = jumin_block_is (block, "ledger");
  gboolean beside = shape->wide && !ledger && (options || !shape->small || !shape->elder);
  int column_min = shape->elder                     ? COLUMN_MIN_ELDER_UNITS
                   : are_small_tiles (block, shape) ? COLUMN_MIN_SMALL_UNITS
                                                    : COLUMN_MIN_UNITS;
  gboolean line = is_low (block) && shape->wide;
  gboolean packed = line || ledger || options || jumin_block_is (block, "keys")
                    || jumin_block_is (block, "methods");
  gboolean even = !ledger && !jumin_block_is (block, "keys") && !jumin_block_is (block, "rows")
                  && !jumin_block_is (block, "basket");

  return (JuminShelfPlan){
    .columns = count_columns (block, shape),
    .gap = jumin_shape_px (shape, options        ? 16
                                  : shape->small ? 13
                                                 : 22),
    .row_gap = ledger ? 0 : jumin_shape_px (shape, row_gap (block, shape)),
    .page_max = count_at_once (block, shape),
    .equal_rows = even && !shape->reach && !shape->wide && !shape->elder && !shape->english,
    .column_min = packed ? 0 : jumin_shape_px (shape, column_min),
    .unbroken = options || (line && shape->small),
    .key_width = beside ? jumin_shape_px (shape, shape->elder ? 122 : 96) : 0,
    .may_page = jumin_block_is (block, "choices") || jumin_block_is (block, "basket"),
    .filled = jumin_block_is (block, "keys"),
  };
}
