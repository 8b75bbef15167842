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

/**
 * JuminLook:
 *
 * Draws a block that is not a list of keys; see block-*.c.
 */
typedef GtkWidget *JuminLook (const JuminBlock *block, const JuminBlockContext *context);
JuminLook jumin_look_facts, jumin_look_number, jumin_look_place, jumin_look_papers,
    jumin_look_calls, jumin_look_banner, jumin_look_note, jumin_look_slip, jumin_look_ways,
    jumin_look_camera, jumin_look_picture, jumin_look_cells, jumin_look_holder, jumin_look_about,
    jumin_look_outlet, jumin_look_job, jumin_look_headline, jumin_look_series, jumin_look_card,
    jumin_look_household, jumin_look_order, jumin_look_verdict, jumin_look_result,
    jumin_look_assurances, jumin_look_assurance, jumin_look_timeline, jumin_look_reference;

/**
 * JuminKeep:
 *
 * Returns: whether @look could be kept, with other words
 */
typedef gboolean JuminKeep (GtkWidget *look, const JuminBlock *block,
                            const JuminBlockContext *context);
JuminKeep jumin_keep_ways, jumin_keep_camera, jumin_keep_order;

const JuminBlock *jumin_ways_aside (const JuminView *view, const JuminShape *shape);
gboolean jumin_card_is_paired (const JuminBlock *block, const JuminBlockContext *context);
void jumin_ledger_fill (JuminShelf *shelf, const JuminBlock *block, const JuminShape *shape);
GtkWidget *jumin_source_words (const char *text, const JuminShape *shape);

G_END_DECLS
