/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to say who one is: the card, and the code with what the camera sees. What is said about
 * them changes while people look at them, so their pictures stay and only the words are new. */
#include "ui/widgets/block.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/preview.h"

enum
{
  ASIDE_PREVIEW_UNITS = 140 /* it grows to twice that where there is room */
};

static const char *const look_key = "jumin-way-look";

static gboolean
on_home (const JuminBlockContext *context)
{
  return g_strcmp0 (context->view->kind, "home") == 0;
}

static gboolean
is_off (const JuminItem *item)
{
  return g_strcmp0 (item->state, "off") == 0;
}

static gboolean
is_seen (const JuminItem *item)
{
  return g_strcmp0 (item->icon, "camera") == 0;
}

/* What stands on the telephone that is drawn: its code is another one where money is paid. */
static const char *
phone_word (const JuminBlockContext *context)
{
  return g_strcmp0 (context->view->kind, "pay") == 0 ? "付款码" : "渝快码";
}

static const char *
way_picture (const JuminItem *item)
{
  return is_seen (item) || g_strcmp0 (item->icon, "code") == 0 ? "code" : "card";
}

/* Beside large words there is no room for it. */
static const char *
chip_icon (const JuminItem *item, const JuminBlockContext *context)
{
  if (on_home (context))
    return "pin";
  if (is_off (item) || context->shape->elder)
    return NULL;
  return g_str_equal (way_picture (item), "code") ? "scan" : "card";
}

/* The words of a way; a way that does not work now says why. */
static void
fill_words (GtkWidget *words, const JuminItem *item, const JuminBlockContext *context)
{
  gboolean off = is_off (item);
  const JuminShape *shape = context->shape;
  gboolean beside = shape->elder && (!shape->wide || shape->small) && !on_home (context);
  GtkWidget *first = jumin_across ("s16"), *chip;
  const char *text = off && jumin_has (item->reason) ? item->reason : item->text;
  const char *note = item->note;

  if (g_strcmp0 (text, item->title) == 0)
    text = NULL;
  /* On the smallest screen, what the scanner says is more than how it is done. */
  if (shape->bare && shape->small && beside && g_str_equal (way_picture (item), "code")
      && jumin_has (note))
    text = NULL;
  if (off && beside && shape->bare)
    {
      note = text;
      text = NULL;
    }
  chip = jumin_chip (note, off ? "mute" : item->note_tone, chip_icon (item, context));
  jumin_put (first, jumin_level (jumin_words (item->title, "t-h2")));
  jumin_put (words, first);
  jumin_put (words, jumin_words (text, off ? "soft tight" : "tight"));
  if (chip != NULL)
    jumin_put (beside ? first : words, chip);
}

/* The last child of a way. */
static void
put_words (GtkWidget *card, const JuminItem *item, const JuminBlockContext *context,
           const char *classes)
{
  GtkWidget *words = jumin_lines (classes);

  fill_words (words, item, context);
  jumin_put (card, words);
}

static double
way_height (const JuminBlockContext *context)
{
  if (context->shape->wide && !on_home (context))
    return 124;
  if (context->shape->wide)
    return context->shape->elder ? 160 : 188;
  if (context->shape->elder)
    return on_home (context) ? 262 : 150;
  return 244;
}

/* What the camera sees stands in the left column of a wide screen; else in the way itself. */
static GtkWidget *
way_look (const JuminItem *item, const JuminBlockContext *context, const char *name, double height)
{
  const JuminShape *shape = context->shape;

  if (is_seen (item) && !shape->wide)
    return jumin_preview_new (shape, context->link, height, phone_word (context));
  return jumin_middle (jumin_picture_new (shape, name, height, phone_word (context)));
}

static GtkWidget *
way_beside (const JuminItem *item, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const char *picture = way_picture (item);
  gboolean words_only = shape->small && shape->elder && !on_home (context);
  GtkWidget *card = jumin_across ("card bare way s20");

  if (words_only && !shape->bare)
    jumin_put (card, jumin_plate (g_str_equal (picture, "code") ? "qr" : "card", "", "s"));
  else if (!words_only)
    jumin_put (card, way_look (item, context, picture, way_height (context)));
  put_words (card, item, context, "s8");
  return card;
}

/* On the elderly home page the second way is small: a picture and its name. */
static GtkWidget *
way_small (const JuminItem *item, const JuminBlockContext *context)
{
  gboolean wide = context->shape->wide;
  GtkWidget *card = wide ? jumin_across ("card bare way s20") : jumin_down ("card bare way s8");

  gtk_widget_set_vexpand (card, FALSE);
  jumin_put (card, jumin_middle (jumin_picture_new (context->shape, way_picture (item),
                                                    wide ? 120 : 200, phone_word (context))));
  jumin_put_words (card, jumin_words_broken (item->title, "b"), !wide);
  return card;
}

static GtkWidget *
way_below (const JuminItem *item, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card way-large s16");
  g_autofree char *name = g_strconcat (way_picture (item), "-large", NULL);

  jumin_put (card, way_look (item, context, name, context->shape->wide ? 260 : 420));
  put_words (card, item, context, "s8 way-words");
  return card;
}

static gboolean
is_stacked (const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;

  if (on_home (context))
    return shape->wide;
  return shape->small || (shape->elder && (shape->english || !shape->wide));
}

static GtkWidget *
draw_way (const JuminBlock *block, guint index, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const JuminItem *item = g_ptr_array_index (block->items, index);
  gboolean beside = on_home (context) || is_stacked (context) || shape->elder
                    || jumin_ways_aside (context->view, shape) != NULL;
  gboolean alone = block->items->len == 1 && !shape->wide && !shape->reach && !shape->bare;

  if (on_home (context) && shape->elder && index > 0)
    return way_small (item, context);
  return jumin_expand (beside && (on_home (context) || !alone) ? way_beside (item, context)
                                                               : way_below (item, context));
}

/* All that the looks of the ways are a function of, but their words. */
static char *
describe_looks (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s %g %d%d%d%d%d%d%d", context->view->kind, shape->unit, shape->wide,
                   shape->small, shape->elder, shape->contrast, shape->reach, shape->english,
                   shape->bare);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);

      g_string_append_printf (text, " %s/%s", item->id, item->icon);
    }
  return g_string_free (text, FALSE);
}

/* What is only said to be possible later is left out where there is no room. */
static guint
count_ways (const JuminBlock *block, const JuminBlockContext *context)
{
  gboolean one = on_home (context) && context->shape->elder && context->shape->bare;

  return one ? MIN (block->items->len, 1) : block->items->len;
}

GtkWidget *
jumin_look_ways (const JuminBlock *block, const JuminBlockContext *context)
{
  gboolean stacked = is_stacked (context), home = on_home (context);
  GtkWidget *box = stacked ? jumin_down ("s20") : jumin_across ("s20");

  gtk_box_set_homogeneous (GTK_BOX (box), !stacked && !(home && context->shape->elder));
  for (guint i = 0; i < count_ways (block, context); i++)
    {
      GtkWidget *card = draw_way (block, i, context);

      jumin_set_class (card, "off", is_off (block->items->pdata[i]));
      jumin_put (box, card);
    }
  g_object_set_data_full (G_OBJECT (box), look_key, describe_looks (block, context), g_free);
  return box;
}

/* A picture of the camera would stop for a moment if it were built anew. */
gboolean
jumin_keep_ways (GtkWidget *look, const JuminBlock *block, const JuminBlockContext *context)
{
  g_autofree char *looks = describe_looks (block, context);
  GtkWidget *card = gtk_widget_get_first_child (look);

  if (on_home (context) || g_strcmp0 (g_object_get_data (G_OBJECT (look), look_key), looks) != 0)
    return FALSE;
  for (guint i = 0; i < block->items->len; i++, card = gtk_widget_get_next_sibling (card))
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      GtkWidget *words = gtk_widget_get_last_child (card);

      jumin_clear (words);
      fill_words (words, item, context);
      jumin_set_class (card, "off", is_off (item));
    }
  return TRUE;
}

static char *
describe_camera (const JuminShape *shape)
{
  return g_strdup_printf ("%g %d", shape->unit, shape->contrast);
}

GtkWidget *
jumin_look_camera (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *look = jumin_preview_new (context->shape, context->link, ASIDE_PREVIEW_UNITS,
                                       phone_word (context));

  g_object_set_data_full (G_OBJECT (look), look_key, describe_camera (context->shape), g_free);
  gtk_widget_set_vexpand (look, TRUE);
  return jumin_expand (look);
}

gboolean
jumin_keep_camera (GtkWidget *look, const JuminBlock *block, const JuminBlockContext *context)
{
  g_autofree char *looks = describe_camera (context->shape);

  return g_strcmp0 (g_object_get_data (G_OBJECT (look), look_key), looks) == 0;
}

/**
 * jumin_ways_aside:
 *
 * Returns: (nullable) (transfer none): what a view's ways have in the left column of a wide screen:
 *   what the camera sees
 */
const JuminBlock *
jumin_ways_aside (const JuminView *view, const JuminShape *shape)
{
  static JuminBlock camera = { .kind = (char *)"camera" };

  for (guint i = 0; shape->wide && i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      for (guint j = 0; jumin_block_is (block, "ways") && j < block->items->len; j++)
        if (is_seen (g_ptr_array_index (block->items, j)))
          return &camera;
    }
  return NULL;
}
