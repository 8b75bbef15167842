/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ipc/view.h"
#include "journey/scene.h"

G_BEGIN_DECLS

const char *jumin_view_kind (JuminPage page);
JuminView *jumin_view_build (const JuminScene *scene);

G_END_DECLS
