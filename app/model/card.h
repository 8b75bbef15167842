/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CARD_IDENTIFIER_LENGTH = 32, /* 卡识别码: 16 bytes as hexadecimal digits */
  JUMIN_CARD_VERSION_LENGTH = 4
};

/**
 * JuminCard:
 * @version: 规范版本, "1.00", "2.00" or "3.00"
 * @identifier: 卡识别码, hexadecimal; personal data, never in a log
 *
 * All that is read from a card before the resident has agreed. A plain value.
 */
typedef struct
{
  char version[JUMIN_CARD_VERSION_LENGTH + 1];
  char identifier[JUMIN_CARD_IDENTIFIER_LENGTH + 1];
} JuminCard;

G_END_DECLS
