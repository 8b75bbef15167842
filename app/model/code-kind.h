/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CODE_KINDS_BYTES_MAX = 64 * 1024,
  JUMIN_CODE_KINDS_ROWS_MAX = 64,
  JUMIN_CODE_KINDS_PREFIXES_MAX = 16,
  JUMIN_CODE_KINDS_PATTERN_MAX = 200, /* characters */
  JUMIN_CODE_KINDS_TEXT_MAX = 2048    /* bytes; a longer text is of no kind */
};

/**
 * JuminCodeKind:
 * @JUMIN_CODE_KIND_OTHER: none of the others
 * @JUMIN_CODE_KIND_CITY_CODE: the city's service code, 渝快码
 * @JUMIN_CODE_KIND_SOCIAL_SECURITY: of the electronic social security card, 电子社保卡
 * @JUMIN_CODE_KIND_URL: an address; codes of other provinces are such
 * @JUMIN_CODE_KIND_PAYMENT: a code to pay with, which must never be sent to the platform as another
 * @JUMIN_CODE_KIND_TAX: of a bill of non-tax revenue, 非税缴款码
 * @JUMIN_CODE_KIND_HANDOFF: ours, by which a visit goes on elsewhere
 * @JUMIN_CODE_KIND_TICKET: ours, on the slip of a queue number
 * @JUMIN_CODE_KIND_DOCUMENT: on a paper of the platform (platform/document-seal.h)
 *
 * What a code seems to be by its grammar. Who it belongs to only the platform can say.
 */
typedef enum
{
  JUMIN_CODE_KIND_OTHER,
  JUMIN_CODE_KIND_CITY_CODE,
  JUMIN_CODE_KIND_SOCIAL_SECURITY,
  JUMIN_CODE_KIND_URL,
  JUMIN_CODE_KIND_PAYMENT,
  JUMIN_CODE_KIND_TAX,
  JUMIN_CODE_KIND_HANDOFF,
  JUMIN_CODE_KIND_TICKET,
  JUMIN_CODE_KIND_DOCUMENT,
  JUMIN_N_CODE_KINDS
} JuminCodeKind;

/**
 * JuminCodeKinds:
 *
 * The grammars of the kinds, as data/code-kinds.json has them: what is not known for certain can be
 * mended at a site. Immutable.
 */
typedef struct _JuminCodeKinds JuminCodeKinds;

JuminCodeKinds *jumin_code_kinds_parse (const char *json, gssize length, const char *name,
                                        GError **error);
void jumin_code_kinds_free (JuminCodeKinds *self);
GBytes *jumin_code_kinds_strip (const JuminCodeKinds *self, GBytes *text);
JuminCodeKind jumin_code_kinds_find (const JuminCodeKinds *self, GBytes *text);
gboolean jumin_code_kinds_is_asked (const JuminCodeKinds *self, JuminCodeKind kind);
const char *jumin_code_kind_get_name (JuminCodeKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCodeKinds, jumin_code_kinds_free)

G_END_DECLS
