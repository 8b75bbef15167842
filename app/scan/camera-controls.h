/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void jumin_camera_controls_set (int descriptor);

G_END_DECLS
