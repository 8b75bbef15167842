/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ipc/view.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_DRAFT (jumin_draft_get_type ())
G_DECLARE_FINAL_TYPE (JuminDraft, jumin_draft, JUMIN, DRAFT, GObject)

JuminDraft *jumin_draft_new (void);
void jumin_draft_take_view (JuminDraft *self, const JuminView *previous, const JuminView *view);
void jumin_draft_press (JuminDraft *self, const char *block, const char *item, gboolean optional);
const char *jumin_draft_get (JuminDraft *self, const char *block);
gboolean jumin_draft_has_tick (JuminDraft *self, const char *block, const char *item);
guint jumin_draft_count_ticked (JuminDraft *self, const JuminBlock *block, gint64 *sum);
guint jumin_draft_get_page (JuminDraft *self, const char *block);
void jumin_draft_set_page (JuminDraft *self, const char *block, guint page);
void jumin_draft_add_to (JuminDraft *self, GVariantDict *values);
const char *jumin_draft_get_primary (JuminDraft *self, const JuminView *view, gboolean *ready);

G_END_DECLS
