/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The veil over a page, and the one question on it. Nothing of the page can be read through the
 * veil, and none of it pressed; the accessibility keys stay free. */
#include "ui/dialog.h"

#include "ui/widgets/code.h"
#include "ui/widgets/countdown.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/press.h"

enum
{
  RING_UNITS = 300,
  RING_LINE_UNITS = 22,
  PICTURE_UNITS = 240,
  CODE_UNITS = 620,
  CODE_WIDE_UNITS = 480,
  WIDE_UNITS = 1160
};

struct _JuminDialog
{
  GtkBox parent_instance;
  GtkWidget *card, *ring, *picture, *look, *keys;
};

G_DEFINE_FINAL_TYPE (JuminDialog, jumin_dialog, GTK_TYPE_BOX)

/* What cannot be pressed in a dialog is a code for a telephone. */
static const JuminItem *
find_code (const JuminBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    if (!jumin_has (jumin_block_get (block, i)->act))
      return jumin_block_get (block, i);
  return NULL;
}

static void
update_look (JuminDialog *self, const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminView *view = context->view;
  gboolean ending = g_strcmp0 (block->id, "session-ending") == 0 && view->deadline != 0;
  const JuminItem *code = find_code (block);

  jumin_clear (self->look);
  jumin_clear (self->picture);
  gtk_widget_set_visible (self->ring, ending);
  if (ending)
    jumin_countdown_set (JUMIN_COUNTDOWN (self->ring), context->shape, view->deadline,
                         view->deadline_total, view->countdown);
  else if (code != NULL)
    jumin_put (self->picture, jumin_code_new (context->shape, code->value,
                                              context->shape->wide ? CODE_WIDE_UNITS : CODE_UNITS));
  else
    jumin_put (self->picture, jumin_picture_new (context->shape, "staff", PICTURE_UNITS, NULL));
  jumin_put_words (self->look, jumin_words (block->title, "t-dialog"), TRUE);
  jumin_put_words (self->look, jumin_words (block->text, "t-lead"), TRUE);
}

static void
update_keys (JuminDialog *self, const JuminBlock *block, const JuminBlockContext *context)
{
  jumin_press_clear (self->keys, block->items);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      GtkWidget *press = jumin_press_find (self->keys, item->id);

      if (!jumin_has (item->act))
        continue;
      if (press == NULL)
        {
          press = jumin_press_new (context->actor);
          jumin_put (self->keys, press);
        }
      jumin_press_set_item (JUMIN_PRESS (press), item, JUMIN_PRESS_BUTTON, context->shape, FALSE);
    }
}

/**
 * jumin_dialog_update:
 *
 * Draws the view's dialog; when it has none, the one before stays until it is out of sight.
 */
void
jumin_dialog_update (JuminDialog *self, const JuminBlockContext *context)
{
  const GPtrArray *dialogs = context->view->dialog;
  const JuminBlock *block = dialogs->len > 0 ? g_ptr_array_index (dialogs, 0) : NULL;

  if (block == NULL)
    return;
  gtk_widget_set_valign (self->card, context->shape->reach ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->card, context->shape->wide ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->card), context->shape->wide
                                                                   ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (
      self->card, context->shape->wide ? jumin_shape_px (context->shape, WIDE_UNITS) : -1, -1);
  update_look (self, block, context);
  update_keys (self, block, context);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->title != NULL ? block->title : "", -1);
}

static void
jumin_dialog_class_init (JuminDialogClass *klass)
{
}

static void
jumin_dialog_init (JuminDialog *self)
{
  GtkWidget *figure = jumin_down ("dialog-count");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jumin_add_classes (self->card, "dialog s28");
  gtk_widget_set_hexpand (self->card, TRUE);
  gtk_widget_set_vexpand (self->card, TRUE);
  gtk_widget_set_halign (self->card, GTK_ALIGN_CENTER);
  self->ring = jumin_countdown_new (RING_UNITS, RING_LINE_UNITS);
  gtk_widget_set_halign (self->ring, GTK_ALIGN_CENTER);
  self->look = jumin_down ("s12");
  self->keys = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jumin_add_classes (self->keys, "s28");
  gtk_widget_set_valign (figure, GTK_ALIGN_CENTER);
  self->picture = jumin_down ("");
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  jumin_put (figure, self->ring);
  jumin_put (figure, self->picture);
  jumin_add_classes (words, "s28");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jumin_put (words, self->look);
  jumin_put (words, self->keys);
  jumin_put (self->card, figure);
  jumin_put (self->card, words);
  jumin_put (GTK_WIDGET (self), self->card);
  gtk_widget_add_css_class (GTK_WIDGET (self), "veil");
}

GtkWidget *
jumin_dialog_new (void)
{
  return g_object_new (JUMIN_TYPE_DIALOG, NULL);
}
