/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ipc/view.h"

G_BEGIN_DECLS

typedef struct _JuminMinute JuminMinute;

JuminMinute *jumin_minute_new (GtkWidget *label, GtkWidget *page, const JuminView *view);
void jumin_minute_free (JuminMinute *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminMinute, jumin_minute_free)

G_END_DECLS
