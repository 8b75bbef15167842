/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account number of another household: first whose, then its digits on the keypad. */
#include "front/pay-parts.h"

#include <string.h>

#include "model/mask.h"

static void
build_billers (JuminBuilder *b)
{
  JuminBlock *tiles = jumin_view_add_block (b->view, "tiles", "billers");

  jumin_set (&b->view->title, _ ("要交哪一种费？"));
  jumin_set (&b->view->lead, _ ("选一种，再输账单上的户号。"));
  for (guint i = 0; b->scene->billers != NULL && i < b->scene->billers->list->len; i++)
    {
      const JuminBiller *biller = b->scene->billers->list->pdata[i];
      JuminItem *tile = jumin_add_row (tiles, biller->id, "biller", biller->icon, biller->family,
                                       jumin_outside (b, &biller->title));

      jumin_set (&tile->value, biller->id);
      jumin_set (&tile->text, jumin_outside (b, &biller->company));
    }
}

static void
add_note (JuminBuilder *b)
{
  JuminBlock *note = jumin_add_typing_note (b, _ ("中间的数字以圆点显示，防止旁人看到"));

  if (b->scene->typed_is == JUMIN_TYPED_FINE)
    return;
  jumin_set (&note->title, _ ("没查到这个户号"));
  jumin_set (&note->text, _ ("请对照账单再看一遍"));
}

static void
add_find (JuminBuilder *b, JuminBlock *keypad, int length)
{
  const JuminBiller *biller = b->scene->biller;
  JuminItem *item = jumin_block_add (keypad, "find");

  jumin_set (&item->act, "find");
  jumin_set (&item->tone, "primary");
  if (length >= biller->account_min && length <= biller->account_max)
    {
      jumin_set (&item->title, _ ("查账单"));
      return;
    }
  jumin_take (&item->title, say ("还差 %u 位", (guint)MAX (0, biller->account_min - length)));
  jumin_set (&item->state, "off");
}

void
jumin_build_account (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  const JuminBiller *biller = scene->biller;
  g_autofree char *shown = NULL;
  JuminBlock *keypad;
  JuminItem *other;

  if (biller == NULL)
    {
      build_billers (b);
      return;
    }
  shown = scene->typed != NULL ? jumin_mask_typed (jumin_secret_get (scene->typed)) : g_strdup ("");
  jumin_take (&b->view->title, say ("请输入%s的户号", jumin_outside (b, &biller->title)));
  jumin_set (&b->view->lead, jumin_outside (b, &biller->account_hint));
  jumin_add_cells (b, (guint)biller->account_max, shown);
  add_note (b);
  keypad = jumin_add_keypad (b);
  other = jumin_block_add (keypad, "other");
  jumin_set (&other->act, "other");
  jumin_set (&other->icon, "refresh");
  jumin_set (&other->title, _ ("换一种费"));
  add_find (b, keypad, (int)strlen (shown));
}
