/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a record: its title, and beside it whose it is. */
#include "ui/pages/pages.h"

#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

static GtkWidget *
owner_line (const JuminView *view)
{
  const JuminBlock *owner = jumin_view_find (view, "owner");
  GtkWidget *line;

  if (owner == NULL)
    return NULL;
  line = jumin_across ("s12 owner");
  jumin_put (line, jumin_icon (owner->icon, "i-40 accent"));
  jumin_put (line, jumin_level (jumin_words (owner->title, "t-lead num")));
  return line;
}

void
jumin_record_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean beside = !shape->wide;
  GtkWidget *line = beside ? jumin_across ("s16") : box, *title;

  if (shape->wide)
    title = jumin_words_broken (context->view->title, shape->elder ? "t-h2" : "t-h1");
  else
    title = jumin_words (context->view->title, shape->elder ? "t-title-elder" : "t-h1");
  if (beside)
    title = jumin_level (title);
  if (title != NULL)
    gtk_widget_set_hexpand (title, TRUE);
  jumin_put (line, title);
  jumin_put (line, beside ? jumin_level (owner_line (context->view)) : owner_line (context->view));
  if (beside)
    jumin_put (box, line);
  jumin_put (box, jumin_words (context->view->lead, shape->elder ? "soft tight" : "t-lead soft"));
}
