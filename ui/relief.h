/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/link.h"

G_BEGIN_DECLS

/**
 * JuminRelief:
 *
 * Strings of a person stay in a toolkit's heap until its process ends. So this process, once it has
 * shown somebody's data and the machine rests on a home page that is nobody's, asks its keeper
 * (keeper.c) for a fresh one in its place.
 */
#define JUMIN_TYPE_RELIEF (jumin_relief_get_type ())
G_DECLARE_FINAL_TYPE (JuminRelief, jumin_relief, JUMIN, RELIEF, GObject)

/* What it says to its keeper, each one byte. */
#define JUMIN_RELIEF_UP 'u'   /* what core wants is on the screen */
#define JUMIN_RELIEF_WANT 'r' /* another one may take over */

JuminRelief *jumin_relief_new (int keeper, JuminLink *link);
void jumin_relief_take_view (JuminRelief *self, const JuminView *view);
gboolean jumin_relief_is_wanted (JuminRelief *self);

G_END_DECLS
