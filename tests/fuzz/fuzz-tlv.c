/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a card, and what status words mean. */
#include "devices/apdu.h"
#include "devices/tlv.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  guint8 tag = feed_byte (&feed);
  guint16 status_word = (guint16)(feed_byte (&feed) << 8 | feed_byte (&feed));
  JuminTlv tlv = { 0 };
  JuminTlvResult result = jumin_tlv_parse (feed.data, feed.left, tag, &tlv);

  g_assert (jumin_tlv_result_get_meaning (result) != NULL);
  g_assert (jumin_apdu_status_get_meaning (status_word) != NULL);
  g_assert (jumin_apdu_status_get_outcome (status_word) <= JUMIN_APDU_FAILED);
  if (result == JUMIN_TLV_GOOD)
    g_assert (tlv.value == feed.data + 2 && tlv.length <= feed.left - 2);
  return 0;
}
