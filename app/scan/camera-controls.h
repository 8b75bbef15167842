/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void jumin_camera_controls_set (int descriptor);
/* ioctl(), again where a signal broke it off. */
int jumin_camera_ioctl (int descriptor, unsigned long request, void *argument);

G_END_DECLS
