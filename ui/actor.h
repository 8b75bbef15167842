/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/draft.h"
#include "ui/link.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_ACTOR (jumin_actor_get_type ())
G_DECLARE_FINAL_TYPE (JuminActor, jumin_actor, JUMIN, ACTOR, GObject)

/**
 * JuminActor::deadline:
 * @deadline: new end of the visit, CLOCK_MONOTONIC microseconds; 0: none
 */

JuminActor *jumin_actor_new (JuminLink *link, JuminDraft *draft);
void jumin_actor_watch (JuminActor *self, GtkWidget *window);
void jumin_actor_set_page (JuminActor *self, guint64 page);
gboolean jumin_actor_press (JuminActor *self, const JuminItem *item);
void jumin_actor_choose (JuminActor *self, const char *block, const JuminItem *item,
                         gboolean optional);
gboolean jumin_actor_is_ready (JuminActor *self);
void jumin_actor_shown (JuminActor *self, guint64 revision);

G_END_DECLS
