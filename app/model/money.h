/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Money is a gint64 of fen; between programs it is decimal text without a sign. */
#define JUMIN_FEN_MAX G_GINT64_CONSTANT (9999999999999) /* 13 digits, as data/platform-api.yaml */

gboolean jumin_fen_parse (const char *text, gint64 *fen);
gboolean jumin_fen_add (gint64 *sum, gint64 fen);
char *jumin_fen_format (gint64 fen);
char *jumin_fen_format_signed (gint64 fen);
char *jumin_fen_format_capital (gint64 fen);

G_END_DECLS
