/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

GPtrArray *jumin_page_order (const JuminPageKind *kind, const JuminShape *shape,
                             const JuminView *view);
guint jumin_page_place (const JuminPageKind *kind, const JuminShape *shape, const GPtrArray *order,
                        guint index);
gboolean jumin_page_goes_aside (const JuminPageKind *kind, const JuminShape *shape,
                                const JuminBlock *block, const JuminView *view);
gboolean jumin_page_is_in_head (const JuminPageKind *kind, const JuminShape *shape,
                                const JuminBlock *block);
gboolean jumin_page_block_stays (const JuminBlock *block, const JuminBlockContext *context);

G_END_DECLS
