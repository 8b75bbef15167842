/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ipc/view.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_LINK (jumin_link_get_type ())
G_DECLARE_FINAL_TYPE (JuminLink, jumin_link, JUMIN, LINK, GObject)

/**
 * JuminLink::view:
 *
 * Core wants something else to be shown, or has gone away: see jumin_link_take_view().
 */

JuminLink *jumin_link_new (const char *address);
void jumin_link_start (JuminLink *self);
void jumin_link_set_last (JuminLink *self);
gboolean jumin_link_is_up (JuminLink *self);
JuminView *jumin_link_take_view (JuminLink *self);
void jumin_link_act_async (JuminLink *self, const char *action, guint64 page, GVariant *values,
                           GAsyncReadyCallback callback, gpointer data);
gboolean jumin_link_act_finish (JuminLink *self, GAsyncResult *result, gboolean *stale,
                                gint64 *deadline, GError **error);
void jumin_link_open_async (JuminLink *self, const char *name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
int jumin_link_open_finish (JuminLink *self, GAsyncResult *result, GError **error);

G_END_DECLS
