/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/actor.h"
#include "ui/shape.h"
#include "ui/widgets/shelf.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_BLOCK_BOX (jumin_block_box_get_type ())
G_DECLARE_FINAL_TYPE (JuminBlockBox, jumin_block_box, JUMIN, BLOCK_BOX, GtkBox)

/**
 * JuminBlockContext:
 *
 * What a block is drawn with; the window owns all of it.
 *
 * @before: (nullable): the view that is on the screen, where nothing else is drawn differently:
 *   what both have is left as it is
 */
typedef struct
{
  const JuminShape *shape;
  const JuminView *view, *before;
  JuminActor *actor;
  JuminDraft *draft;
  JuminLink *link;
} JuminBlockContext;

GtkWidget *jumin_block_box_new (void);
void jumin_block_box_update (JuminBlockBox *self, const JuminBlock *block,
                             const JuminBlockContext *context);
int jumin_block_box_measure_head (GtkWidget *box, int width);
guint jumin_block_box_count_shown (JuminBlockBox *self, guint *count);
gboolean jumin_block_is_pressable (const JuminBlock *block);
gboolean jumin_block_is_aside (const JuminBlock *block);

gboolean jumin_calls_on_hero (const JuminView *view, const JuminShape *shape);

/* What is not a list of keys; see block-*.c. */
GtkWidget *jumin_look_facts (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_number (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_place (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_papers (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_calls (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_banner (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_note (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_slip (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_ways (const JuminBlock *block, const JuminBlockContext *context);
gboolean jumin_keep_ways (GtkWidget *look, const JuminBlock *block,
                          const JuminBlockContext *context);
GtkWidget *jumin_look_camera (const JuminBlock *block, const JuminBlockContext *context);
gboolean jumin_keep_camera (GtkWidget *look, const JuminBlock *block,
                            const JuminBlockContext *context);
const JuminBlock *jumin_ways_aside (const JuminView *view, const JuminShape *shape);
GtkWidget *jumin_look_picture (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_cells (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_holder (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_about (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_outlet (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_job (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_headline (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_series (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_card (const JuminBlock *block, const JuminBlockContext *context);
gboolean jumin_card_is_paired (const JuminBlock *block, const JuminBlockContext *context);
void jumin_ledger_fill (JuminShelf *shelf, const JuminBlock *block, const JuminShape *shape);
GtkWidget *jumin_source_words (const char *text, const JuminShape *shape);
GtkWidget *jumin_look_household (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_order (const JuminBlock *block, const JuminBlockContext *context);
gboolean jumin_keep_order (GtkWidget *look, const JuminBlock *block,
                           const JuminBlockContext *context);
GtkWidget *jumin_look_verdict (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_result (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_assurances (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_assurance (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_timeline (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_reference (const JuminBlock *block, const JuminBlockContext *context);
GtkWidget *jumin_look_code (const JuminBlock *block, const JuminBlockContext *context);

G_END_DECLS
