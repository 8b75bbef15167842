/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sentence that a resident sees, hears or takes home. The message id is the standard Chinese
 * sentence. One gettext domain a language (zh, en) and one for its elderly variants (zh-elder,
 * en-elder), which holds only what differs; so no locale is set and threads do not matter. */
#include "model/words.h"

#include <libintl.h>
#include <locale.h>

static const char *const domains[] = { "zh", "zh-elder", "en", "en-elder" };

/**
 * jumin_words_init:
 * @localedir: where jumin/LC_MESSAGES/{zh,en}.mo are
 *
 * Call once, before the first thread.
 */
void
jumin_words_init (const char *localedir)
{
  g_setenv ("LANGUAGE", "jumin", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE); /* in "C" gettext answers with ids (border.md 6) */
  setlocale (LC_ALL, "C.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      bindtextdomain (domains[i], localedir);
      bind_textdomain_codeset (domains[i], "UTF-8");
    }
}

/**
 * jumin_words:
 * @tongue: language and variant
 * @id: the standard Chinese sentence
 *
 * Returns: (transfer none): the sentence in @tongue; @id itself where it is missing
 */
const char *
jumin_words (JuminTongue tongue, const char *id)
{
  gboolean english = g_strcmp0 (tongue.language, "en") == 0;
  const char *words = id;

  if (tongue.elder)
    words = dgettext (english ? "en-elder" : "zh-elder", id);
  return words != id ? words : dgettext (english ? "en" : "zh", id);
}

/**
 * jumin_words_dup:
 * @tongue: language and variant
 * @id: the standard Chinese sentence, a printf format; translations use %1$s where order differs
 *
 * Returns: (transfer full): the sentence with its arguments
 */
char *
jumin_words_dup (JuminTongue tongue, const char *id, ...)
{
  va_list arguments;
  char *words;

  va_start (arguments, id);
  words = g_strdup_vprintf (jumin_words (tongue, id), arguments);
  va_end (arguments);
  return words;
}
