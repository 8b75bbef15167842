/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads of the pages about money: what is to be paid beside the title; what became of it; and that
 * nobody knows yet. */
#include "ui/pages/pages.h"

#include "ui/widgets/basket.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

static GtkWidget *
sum_words (const JuminBlock *sum, const JuminShape *shape)
{
  const JuminItem *item = sum->items->pdata[0];
  GtkWidget *box = jumin_down (""), *figure, *title = jumin_words (sum->title, "soft tight");
  GtkAlign align = shape->wide ? GTK_ALIGN_START : GTK_ALIGN_END;

  figure = jumin_figure (NULL, item->figure, item->unit, shape->elder ? 0.86 : 0.6, "t-sum num");
  gtk_widget_set_halign (figure, align);
  if (title != NULL)
    gtk_widget_set_halign (title, align);
  jumin_put (box, title);
  jumin_put (box, jumin_unbroken (figure));
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  return box;
}

void
jumin_pay_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminBlock *sum = jumin_view_find (context->view, "sum");
  GtkWidget *line, *words;

  if (sum == NULL || sum->items->len == 0)
    {
      jumin_standard_head (box, context);
      return;
    }
  if (context->shape->wide)
    {
      jumin_standard_head (box, context);
      jumin_put (box, sum_words (sum, context->shape));
      return;
    }
  line = jumin_across ("s20");
  words = jumin_down ("");
  jumin_standard_head (words, context);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_END);
  jumin_put (line, words);
  jumin_put (line, sum_words (sum, context->shape));
  jumin_put (box, line);
}

/* On a wide screen, what the ticked bills come to stands beside the title. */
void
jumin_bills_head (GtkWidget *box, const JuminBlockContext *context)
{
  GtkWidget *sum = jumin_down ("");

  jumin_standard_head (box, context);
  if (!jumin_basket_sums_aside (context))
    return;
  jumin_basket_fill_sum (sum, jumin_view_find (context->view, "basket"), context);
  jumin_put (box, sum);
}

/* In one column the card of the result says it. */
void
jumin_paid_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminBlock *result = jumin_view_find (context->view, "result");

  if (result == NULL || result->items->len == 0)
    jumin_standard_head (box, context);
  else if (context->shape->wide)
    jumin_put (box, jumin_look_verdict (result, context));
}

void
jumin_unknown_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const JuminBlock *assurance = jumin_view_find (context->view, "assurance");
  GtkWidget *card, *line, *words;

  if (shape->wide || assurance == NULL)
    {
      jumin_standard_head (box, context);
      return;
    }
  card = jumin_down ("card warn assurance s20");
  line = jumin_across ("s24");
  words = jumin_lines ("s4");
  if (!shape->elder && !shape->bare)
    jumin_put (line, jumin_plate (assurance->icon, "pending", "round l"));
  jumin_put (words, jumin_words (context->view->title, shape->elder ? "t-h2" : "t-h1"));
  if (!shape->elder)
    jumin_put (words, jumin_words (context->view->lead, "t-lead"));
  jumin_put (line, words);
  jumin_put (card, line);
  jumin_put (card, jumin_look_assurances (assurance, context));
  jumin_put (box, card);
}
