/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that waits for the card to be taken: one sentence, as large as it can be. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"

static void
put_centred (GtkWidget *box, GtkWidget *label, gboolean centred)
{
  if (label == NULL)
    return;
  gtk_label_set_xalign (GTK_LABEL (label), centred ? 0.5F : 0);
  gtk_label_set_justify (GTK_LABEL (label), centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  jumin_put (box, label);
}

void
jumin_take_card_head (GtkWidget *box, const JuminBlockContext *context)
{
  gboolean wide = context->shape->wide;

  put_centred (box, jumin_words (context->view->title, wide ? "t-hello" : "t-take"), !wide);
  put_centred (box, jumin_words (context->view->lead, "t-take-lead"), !wide);
}
