/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names on a card, in one record or two. */
#include "devices/card-name.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  gsize first = feed_byte (&feed), second = G_MAXSIZE;
  const guint8 *bytes = feed_bytes (&feed, &first);
  JuminCardName name = { .length = 0 };
  char text[JUMIN_NAME_BYTES_MAX + 1];

  jumin_card_name_append (&name, bytes, first);
  bytes = feed_bytes (&feed, &second);
  jumin_card_name_append (&name, bytes, second);
  g_assert (name.length <= sizeof name.bytes);
  if (!jumin_card_name_decode (&name, text))
    return 0;
  g_assert (*text != '\0' && g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_assert (!g_unichar_iscntrl (g_utf8_get_char (c)));
  return 0;
}
