/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages with one thing to say, in the middle: take your card, please wait, not in service. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"

void
jumin_take_card_head (GtkWidget *box, const JuminBlockContext *context)
{
  gboolean wide = context->shape->wide;
  const char *large = context->shape->elder ? "t-h2" : "t-hello";

  jumin_put_words (box, jumin_words (context->view->title, wide ? large : "t-take"), !wide);
  jumin_put_words (box, jumin_words (context->view->lead, "t-take-lead"), !wide);
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
  jumin_put_words (box, jumin_words (context->view->title, "t-hello-ink"), TRUE);
  jumin_put_words (box, jumin_words (context->view->lead, "t-lead soft"), TRUE);
}
