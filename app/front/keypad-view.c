/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages with the keypad: the ID number, and the code that came by message. What is typed goes
 * into a view as the house's mask allows, or as dots; a view never holds all of it. */
#include "front/view-parts.h"

#include <string.h>

#include "model/id-number.h"
#include "model/mask.h"

enum
{
  MINUTE_S = 60,
  GROUP = 4 /* cells of other numbers */
};

#define DOT "●"

/* Where the groups of an ID number begin: region, birth date, the rest. */
static const guint number_groups[] = { 0, 6, 14 };

static const JuminTrouble told[] = {
  [JUMIN_TYPED_UNLIKELY] = JUMIN_TROUBLE_NUMBER_UNLIKELY,
  [JUMIN_TYPED_WRONG] = JUMIN_TROUBLE_CODE_WRONG,
  [JUMIN_TYPED_EXPIRED] = JUMIN_TROUBLE_CODE_EXPIRED,
};

JuminItem *
jumin_add_number_row (const JuminBuilder *b, JuminBlock *rows, const char *title, const char *text)
{
  JuminItem *item = jumin_add_row (rows, "number", "number", "id", "fund", title);

  if (!b->tongue.elder)
    jumin_set (&item->text, text);
  return item;
}

/* Whether a group of cells begins with cell @index. */
static gboolean
begins_group (guint count, guint index)
{
  if (count != JUMIN_ID_NUMBER_LENGTH)
    return index % GROUP == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (number_groups); i++)
    if (number_groups[i] == index)
      return TRUE;
  return FALSE;
}

/**
 * jumin_add_cells:
 * @shown: what stands in those that are filled
 *
 * Adds a cell a character.
 */
void
jumin_add_cells (JuminBuilder *b, guint count, const char *shown)
{
  JuminBlock *cells = jumin_view_add_block (b->view, "cells", "typed");
  guint length = (guint)strlen (shown);

  jumin_take (&cells->text, say ("已输入 %1$u 位，共 %2$u 位", length, count));
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("cell-%u", i + 1);
      const char character[] = { shown[MIN (i, length)], '\0' };
      JuminItem *cell = jumin_block_add (cells, id);

      if (i < length)
        jumin_set (&cell->figure, *character == '*' ? DOT : character);
      jumin_set (&cell->state, i == length ? "now" : "");
      if (begins_group (count, i))
        jumin_set (&cell->tone, "group");
    }
}

/**
 * jumin_add_typing_note:
 * @text: how it is typed
 *
 * Returns: (transfer none): what is said beside the keypad; where something went otherwise, the
 *   words are still to be said
 */
JuminBlock *
jumin_add_typing_note (JuminBuilder *b, const char *text)
{
  JuminBlock *note = jumin_view_add_block (b->view, "note", "typing");
  gboolean fine = b->scene->typed_is == JUMIN_TYPED_FINE;

  jumin_set (&note->icon, fine ? "eyeoff" : "warn");
  jumin_set (&note->tone, fine ? NULL : "warn");
  jumin_set (&note->text, fine ? text : NULL);
  return note;
}

/* What is said beside the keypad: how it is typed, or what went otherwise.
 * @more: (nullable) (transfer full): a second line */
static void
add_note (JuminBuilder *b, const char *text, char *more)
{
  JuminBlock *note = jumin_add_typing_note (b, text);
  const JuminTroubleRow *row;

  if (b->scene->typed_is == JUMIN_TYPED_FINE)
    {
      if (more != NULL)
        jumin_take (&jumin_block_add (note, "more")->text, more);
      return;
    }
  g_free (more);
  row = jumin_get_trouble (b, told[b->scene->typed_is]);
  jumin_take (&note->title, jumin_say_trouble (b, &row->title));
  jumin_take (&note->text, jumin_say_trouble (b, &row->next));
}

static void
add_key (JuminBlock *keypad, const char *id, const char *value, const char *title, const char *icon)
{
  JuminItem *key = jumin_block_add (keypad, id);

  jumin_set (&key->act, "type");
  jumin_set (&key->value, value);
  jumin_set (&key->title, title);
  jumin_set (&key->icon, icon);
}

/* The twelve keys, in the order of reading. */
JuminBlock *
jumin_add_keypad (JuminBuilder *b)
{
  JuminBlock *keypad = jumin_view_add_block (b->view, "keypad", "keypad");

  for (int digit = 1; digit <= 9; digit++)
    {
      g_autofree char *value = g_strdup_printf ("%d", digit);
      g_autofree char *id = g_strdup_printf ("key-%d", digit);

      add_key (keypad, id, value, value, NULL);
    }
  add_key (keypad, "key-clear", "clear", _ ("清空"), NULL);
  add_key (keypad, "key-0", "0", "0", NULL);
  add_key (keypad, "key-back", "back", _ ("退一格"), "back");
  return keypad;
}

static JuminItem *
add_primary (JuminBuilder *b, JuminBlock *keypad, const char *act, const char *title)
{
  guint missing = jumin_scene_count_missing (b->scene);
  JuminItem *item = jumin_block_add (keypad, act);

  jumin_set (&item->act, act);
  jumin_set (&item->tone, "primary");
  if (title != NULL)
    jumin_set (&item->title, title);
  else
    {
      jumin_take (&item->title, missing > 0 ? say ("还差 %u 位", missing) : say ("请核对号码"));
      jumin_set (&item->state, "off");
    }
  return item;
}

static const char *
number_title (JuminBuilder *b)
{
  if (!jumin_scene_holds_number (b->scene))
    return NULL;
  return jumin_scene_count_missing (b->scene) == 0 ? _ ("发验证码") : _ ("15 位老号码，发验证码");
}

void
jumin_build_number (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  g_autofree char *shown = jumin_mask_typed (jumin_secret_get (scene->typed));
  JuminBlock *keypad;
  JuminItem *last;

  jumin_set (&b->view->title, _ ("请输入身份证号码"));
  jumin_set (&b->view->lead, _ ("照着身份证按，15 位的老号码也行。"));
  jumin_add_cells (b, JUMIN_ID_NUMBER_LENGTH, shown);
  add_note (b, _ ("中间的数字以圆点显示，防止旁人看到"), NULL);
  keypad = jumin_add_keypad (b);
  last = jumin_block_add (keypad, "key-x");
  jumin_set (&last->act, "type");
  jumin_set (&last->value, "X");
  jumin_set (&last->title, _ ("末位是 X"));
  if (jumin_scene_count_missing (scene) != 1)
    jumin_turn_off (last, _ ("第 18 位才用得到"));
  add_primary (b, keypad, "send-code", number_title (b));
}

static void
add_resend (JuminBuilder *b, JuminBlock *keypad)
{
  JuminItem *item = jumin_block_add (keypad, "resend");

  jumin_set (&item->act, "resend");
  jumin_set (&item->icon, "refresh");
  jumin_set (&item->title, _ ("重发验证码"));
  if (b->scene->resend_at == 0)
    return;
  jumin_set (&item->state, "off");
  jumin_set (&item->title, _ ("{seconds} 秒后可重发"));
  jumin_set (&item->speech, _ ("过一会儿可以重发"));
  item->until = b->scene->resend_at;
}

void
jumin_build_code (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  guint length = JUMIN_LOGIN_CODE_LENGTH - jumin_scene_count_missing (scene);
  char shown[JUMIN_LOGIN_CODE_LENGTH + 1] = "******";
  JuminBlock *block;

  shown[length] = '\0';
  jumin_take (&b->view->title, say ("请输入 %d 位验证码", JUMIN_LOGIN_CODE_LENGTH));
  jumin_take (&b->view->lead,
              b->tongue.elder ? say ("验证码已发到 %s", scene->login->phone)
                              : say ("验证码已发到 %1$s（%2$d 分钟内有效）。", scene->login->phone,
                                     (scene->login->valid_s + MINUTE_S - 1) / MINUTE_S));
  block = jumin_view_add_block (b->view, "holder", "holder");
  jumin_set (&block->icon, "id");
  jumin_set (&block->text, _ ("身份证号码"));
  jumin_set (&block->title, scene->masked_number);
  jumin_set (&block->note, _ ("已核对"));
  jumin_add_cells (b, JUMIN_LOGIN_CODE_LENGTH, shown);
  add_note (b, _ ("数字以圆点显示，防止旁人看到"), say ("可以试 %d 次", scene->login->tries_left));
  block = jumin_add_keypad (b);
  add_resend (b, block);
  add_primary (b, block, "check-code", length == JUMIN_LOGIN_CODE_LENGTH ? _ ("核对验证码") : NULL);
}
