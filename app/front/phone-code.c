/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's code for a telephone: small beside the rest, and large over the page. */
#include "front/view-parts.h"

static const struct
{
  const char *id, *title, *text;
} codes[JUMIN_N_PAGES] = {
  [JUMIN_PAGE_TICKET] = { "progress", N_ ("用手机看叫号进度"), N_ ("扫码后，快到号时会提醒您") },
  [JUMIN_PAGE_PAID] = { "receipt", N_ ("用手机看电子凭条"), N_ ("扫一下就能看，也能保存") },
};

/**
 * jumin_add_phone_code:
 *
 * Adds the key that has the code on it and shows it large, if the page has one.
 */
void
jumin_add_phone_code (JuminBuilder *b)
{
  const char *address = jumin_scene_get_phone_code (b->scene);
  JuminPage page = b->scene->page;
  JuminItem *item;

  if (address == NULL)
    return;
  item = jumin_block_add (jumin_view_add_block (b->view, "code", codes[page].id), codes[page].id);
  jumin_set (&item->act, "enlarge");
  jumin_set (&item->value, address);
  jumin_set (&item->title, _ (codes[page].title));
  jumin_set (&item->text, _ (codes[page].text));
  jumin_set (&item->label, _ ("放大二维码"));
}

/**
 * jumin_fill_phone_code:
 *
 * Puts the same code into @dialog, which is to have a key already.
 */
void
jumin_fill_phone_code (JuminBuilder *b, JuminBlock *dialog)
{
  JuminPage page = b->scene->page;

  jumin_set (&dialog->id, "code");
  jumin_set (&dialog->title, _ (codes[page].title));
  jumin_set (&dialog->text, _ (codes[page].text));
  jumin_set (&jumin_block_add (dialog, codes[page].id)->value,
             jumin_scene_get_phone_code (b->scene));
}
