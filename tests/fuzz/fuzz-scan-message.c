/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What core hears from jumin-scan, and the other way round: what is read is written the same. */
#include <string.h>

#include "fuzz.h"
#include "model/scan-message.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  JuminScanMessage message;
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  g_autoptr (GError) error = NULL;

  if (jumin_scan_message_parse (data, size, &message, &error))
    {
      g_assert (jumin_scan_message_pack (&message, bytes) == size);
      g_assert (memcmp (bytes, data, size) == 0);
    }
  else
    g_assert (error != NULL);
  return 0;
}
