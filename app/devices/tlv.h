/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JUMIN_TLV_GOOD,
  JUMIN_TLV_SHORT,     /* no room for tag and length */
  JUMIN_TLV_WRONG_TAG, /* another tag than the one that was asked */
  JUMIN_TLV_TRUNCATED, /* the length byte says more than there is */
  JUMIN_TLV_SURPLUS    /* the length byte says less than there is */
} JuminTlvResult;

/**
 * JuminTlv:
 * @value: points into the record
 */
typedef struct
{
  const guint8 *value;
  gsize length;
} JuminTlv;

JuminTlvResult jumin_tlv_parse (const guint8 *record, gsize record_length, guint8 tag,
                                JuminTlv *tlv);
const char *jumin_tlv_result_get_meaning (JuminTlvResult result);

G_END_DECLS
