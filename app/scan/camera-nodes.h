/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *jumin_camera_nodes_find (const char *device);

G_END_DECLS
