/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of troubles; its sentences with everything in their braces. */
#include <gio/gio.h>

#include "audit/events.h"
#include "fuzz.h"
#include "model/trouble.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const values[JUMIN_N_SLOTS]
      = { "右下方", "服务台", "12345", "A001", "10:26", "2" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTroubles) troubles = jumin_troubles_parse (
      (const char *)data, (gssize)size, "fuzz", jumin_audit_event_tells_trouble, &error);
  Feed feed = { data, size };
  g_autofree char *words = feed_dup (&feed, 256);
  g_autofree char *filled = NULL;

  g_assert ((troubles != NULL) == (error == NULL));
  if (g_utf8_validate (words, -1, NULL))
    {
      filled = jumin_trouble_fill (words, values);
      g_assert (g_utf8_validate (filled, -1, NULL));
    }
  return 0;
}
