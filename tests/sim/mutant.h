/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Switches checks off, in the program that is built for that. */
gboolean sim_mutate (char **without);

G_END_DECLS
