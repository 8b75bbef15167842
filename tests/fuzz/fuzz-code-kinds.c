/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people hold up, before the grammars as they are shipped; and a file of grammars, with the
 * codes that they then tell apart. The first bit says which. */
#include <string.h>

#include "fuzz.h"
#include "model/code-kind.h"

#define SAMPLE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

static JuminCodeKinds *
get_shipped (void)
{
  static JuminCodeKinds *shipped;

  if (shipped == NULL)
    {
      g_autofree char *json = NULL;

      g_assert_true (g_file_get_contents (JUMIN_DATA "/code-kinds.json", &json, NULL, NULL));
      shipped = jumin_code_kinds_parse (json, -1, "code-kinds.json", NULL);
      g_assert_nonnull (shipped);
    }
  return shipped;
}

static void
find (const JuminCodeKinds *kinds, const void *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GBytes) stripped = jumin_code_kinds_strip (kinds, bytes);
  JuminCodeKind kind = jumin_code_kinds_find (kinds, stripped);

  g_assert (g_bytes_get_size (stripped) <= length);
  g_assert_nonnull (jumin_code_kind_get_name (kind));
  g_assert (!jumin_code_kinds_is_asked (kinds, JUMIN_CODE_KIND_PAYMENT));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  gboolean file = (feed_byte (&feed) & 1) != 0;
  gsize length = feed.left;
  const guint8 *bytes = feed_bytes (&feed, &length);
  g_autoptr (JuminCodeKinds) kinds = NULL;
  g_autoptr (GError) error = NULL;

  if (!file)
    {
      find (get_shipped (), bytes, length);
      return 0;
    }
  kinds = jumin_code_kinds_parse ((const char *)bytes, (gssize)length, "fuzz", &error);
  g_assert ((kinds != NULL) == (error == NULL));
  if (kinds != NULL)
    {
      find (kinds, SAMPLE, strlen (SAMPLE));
      find (kinds, bytes, MIN (length, JUMIN_CODE_KINDS_TEXT_MAX));
    }
  return 0;
}
