/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record of a social-security card: one byte of tag, one byte of length, the value. Not BER: a
 * length byte above 7F is a length. */
#include "devices/tlv.h"

/**
 * jumin_tlv_parse:
 * @record: (array length=record_length): what the card answered, without status word
 * @record_length: number of bytes in @record
 * @tag: the tag that was asked
 * @tlv: (out): the value, set when the record is good
 *
 * Fixed-length records come with filling behind the value on some cards; filling is 00 or FF and
 * nothing else.
 */
JuminTlvResult
jumin_tlv_parse (const guint8 *record, gsize record_length, guint8 tag, JuminTlv *tlv)
{
  if (record_length < 2)
    return JUMIN_TLV_SHORT;
  if (record[0] != tag)
    return JUMIN_TLV_WRONG_TAG;
  if ((gsize)record[1] + 2 > record_length)
    return JUMIN_TLV_TRUNCATED;
  for (gsize i = (gsize)record[1] + 2; i < record_length; i++)
    if (record[i] != 0x00 && record[i] != 0xFF)
      return JUMIN_TLV_SURPLUS;
  *tlv = (JuminTlv){ .value = record + 2, .length = record[1] };
  return JUMIN_TLV_GOOD;
}

const char *
jumin_tlv_result_get_meaning (JuminTlvResult result)
{
  static const char *const meanings[] = {
    [JUMIN_TLV_GOOD] = "good",
    [JUMIN_TLV_SHORT] = "no room for tag and length",
    [JUMIN_TLV_WRONG_TAG] = "another tag came",
    [JUMIN_TLV_TRUNCATED] = "value is shorter than its length byte says",
    [JUMIN_TLV_SURPLUS] = "value is longer than its length byte says",
  };

  g_assert (result < G_N_ELEMENTS (meanings));
  return meanings[result];
}
