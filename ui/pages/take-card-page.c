/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages with one thing to say, in the middle: take your card, please wait, not in service. */
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
  const char *large = context->shape->elder ? "t-h2" : "t-hello";

  put_centred (box, jumin_words (context->view->title, wide ? large : "t-take"), !wide);
  put_centred (box, jumin_words (context->view->lead, "t-take-lead"), !wide);
}

void
jumin_centred_head (GtkWidget *box, const JuminBlockContext *context)
{
  gboolean wide = context->shape->wide;

  if (wide)
    {
      jumin_standard_head (box, context);
      return;
    }
  put_centred (box, jumin_words (context->view->title, "t-hello-ink"), TRUE);
  put_centred (box, jumin_words (context->view->lead, "t-lead soft"), TRUE);
}
