/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JuminTongue:
 * @language: "zh" or "en"
 * @elder: shorter, plainer words where there are any
 *
 * In which words to speak to this resident.
 */
typedef struct
{
  const char *language;
  gboolean elder;
} JuminTongue;

void jumin_words_init (const char *localedir);
const char *jumin_words (JuminTongue tongue, const char *id) G_GNUC_FORMAT (2);
char *jumin_words_dup (JuminTongue tongue, const char *id, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
