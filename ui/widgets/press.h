/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/actor.h"
#include "ui/shape.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_PRESS (jumin_press_get_type ())
G_DECLARE_FINAL_TYPE (JuminPress, jumin_press, JUMIN, PRESS, GtkButton)

typedef enum
{
  JUMIN_PRESS_TILE,
  JUMIN_PRESS_TILE_WIDE,
  JUMIN_PRESS_TILE_ALONE,
  JUMIN_PRESS_TILE_SMALL,
  JUMIN_PRESS_CHOICE,
  JUMIN_PRESS_CHOICE_COMPACT,
  JUMIN_PRESS_CHOICE_ROW,
  JUMIN_PRESS_OPTION,
  JUMIN_PRESS_ROW,
  JUMIN_PRESS_CODE,   /* a row with a code for a telephone */
  JUMIN_PRESS_BILL,   /* a row to tick */
  JUMIN_PRESS_METHOD, /* a way to pay */
  JUMIN_PRESS_BUTTON,
  JUMIN_PRESS_PLAIN,
  JUMIN_PRESS_NAV,
  JUMIN_PRESS_DIGIT,
  JUMIN_PRESS_LOOK, /* to look closer: an icon above its words */
  JUMIN_PRESS_KEY,
  JUMIN_PRESS_KEY_WIDE,
  JUMIN_PRESS_KEY_FOLDED,
  JUMIN_N_PRESS_STYLES
} JuminPressStyle;

GtkWidget *jumin_press_new (JuminActor *actor);
void jumin_press_set_block (JuminPress *self, const char *block, gboolean optional);
void jumin_press_set_item (JuminPress *self, const JuminItem *item, JuminPressStyle style,
                           const JuminShape *shape, gboolean chosen);
const char *jumin_press_get_id (JuminPress *self);
GtkWidget *jumin_press_find (GtkWidget *box, const char *id);
void jumin_press_clear (GtkWidget *box, GPtrArray *items);

G_END_DECLS
