/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"
#include "ui/widgets/column.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_PAGE (jumin_page_get_type ())
G_DECLARE_FINAL_TYPE (JuminPage, jumin_page, JUMIN, PAGE, GtkWidget)

/* Draws what is behind the page's children; @edge: the lower edge of the hero. */
typedef void JuminPaint (JuminPage *page, GtkSnapshot *snapshot, int edge);
/* Draws title and lead. */
typedef void JuminHead (GtkWidget *box, const JuminBlockContext *context);

/**
 * JuminPageKind:
 * @kind: of the view
 * @hero: the head lies on the dark hero, which runs to the touch line
 * @head_has_picture: in one column, the head draws the view's picture itself
 * @paint: (nullable): as on most pages
 * @head: (nullable): as on most pages
 * @centred: what informs stands in the middle of the free room
 * @spread: on a wide screen all but the head stands in the right column
 * @keypad: it has one
 * @paper: it shows one, with keys beside it
 * @roomy: it holds little, and is drawn larger as long as that fits
 *
 * How the pages of one kind differ from all others. One row a kind, see pages/pages.c.
 */

typedef struct
{
  const char *kind;
  gboolean hero;
  gboolean centred, spread, roomy, keypad, paper;
  gboolean head_has_picture;
  JuminPaint *paint;
  JuminHead *head;
} JuminPageKind;

/**
 * JuminPage::refit:
 *
 * The page is to be drawn closer than before: update it.
 */

const JuminPageKind *jumin_page_kind_find (const char *kind);

GtkWidget *jumin_page_new (const char *kind);
void jumin_page_update (JuminPage *self, const JuminBlockContext *context);
JuminHead jumin_standard_head;
const JuminShape *jumin_page_get_shape (JuminPage *self);

G_END_DECLS
