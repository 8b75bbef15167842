/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JuminText:
 * @zh: Chinese, never empty
 * @en: English; empty: show the Chinese
 *
 * Words that come from outside the program (platform, catalogue, configuration), in both languages.
 */
typedef struct
{
  char *zh, *en;
} JuminText;

void jumin_text_set (JuminText *text, const char *zh, const char *en);
void jumin_text_copy (JuminText *text, const JuminText *from);
/* Its struct was copied: from here on its words are its own. */
void jumin_text_unshare (JuminText *text);
void jumin_text_clear (JuminText *text);
const char *jumin_text_in (const JuminText *text, const char *language);
/* Returns: the number that the digits of @text make, whatever stands between them; 0 without any */
gint64 jumin_digits_join (const char *text);
gsize jumin_text_find_tail (const char *text);

G_END_DECLS
