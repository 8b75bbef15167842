/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminCodeKind:
 * @JUMIN_CODE_KIND_OTHER: none of the others; a code of another province may be among them
 * @JUMIN_CODE_KIND_CITY_CODE: the city's service code, 渝快码
 * @JUMIN_CODE_KIND_PAYMENT: a code to pay with, which must never be sent to the platform as another
 *
 * What a code seems to be by its grammar. Who it belongs to only the platform can say.
 */
typedef enum
{
  JUMIN_CODE_KIND_OTHER,
  JUMIN_CODE_KIND_CITY_CODE,
  JUMIN_CODE_KIND_PAYMENT
} JuminCodeKind;

JuminCodeKind jumin_code_kind_of (const guint8 *bytes, gsize length);
const char *jumin_code_kind_get_name (JuminCodeKind kind);

G_END_DECLS
