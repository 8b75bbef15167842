/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ipc/view.h"
#include "journey/scene.h"

G_BEGIN_DECLS

JuminView *jumin_view_build (const JuminScene *scene);

G_END_DECLS
