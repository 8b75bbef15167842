/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a good platform answers to @path, the invented hall of the screens; %NULL: it has no such
 * operation. (transfer full) */
char *fuzz_answer_dup (const char *path);

G_END_DECLS
