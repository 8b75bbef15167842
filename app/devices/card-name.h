/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/identity.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CARD_NAME_LENGTH = 30,          /* tag 09 */
  JUMIN_CARD_NAME_EXTENSION_LENGTH = 20 /* tag 4E */
};

/**
 * JuminCardName:
 *
 * 姓名 and 姓名扩展 as they lie on the card: GB18030 with padding. Wipe it after use.
 */
typedef struct
{
  guint8 bytes[JUMIN_CARD_NAME_LENGTH + JUMIN_CARD_NAME_EXTENSION_LENGTH];
  gsize length;
} JuminCardName;

gsize jumin_card_trim (const guint8 *value, gsize length);
void jumin_card_name_append (JuminCardName *self, const guint8 *value, gsize length);
gboolean jumin_card_name_decode (const JuminCardName *self, char name[JUMIN_NAME_BYTES_MAX + 1]);

G_END_DECLS
