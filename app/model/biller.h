/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/text.h"

G_BEGIN_DECLS

enum
{
  JUMIN_BILLERS_MAX = 12,
  JUMIN_BILLERS_BYTES_MAX = 64 * 1024
};

/**
 * JuminBiller:
 * @id: "power"; as the platform names it
 * @icon, @family: of its plate: "power", "water", "gas"
 * @title: 电费; @company: 临江供电
 * @account_min, @account_max: digits of an account number
 * @account_hint: where it stands: 户号在账单右上角，12 位数字
 *
 * Who can be paid here, and how its account numbers look (data/billers.json).
 */
typedef struct
{
  char *id, *icon, *family;
  JuminText title, company, account_hint;
  int account_min, account_max;
} JuminBiller;

typedef struct
{
  GPtrArray *list; /* (element-type JuminBiller) */
} JuminBillers;

/* Errors: G_IO_ERROR_INVALID_DATA with the JSON path. */
JuminBillers *jumin_billers_parse (const char *json, gssize length, const char *name,
                                   GError **error);
const JuminBiller *jumin_billers_find (const JuminBillers *self, const char *id);
void jumin_billers_free (JuminBillers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminBillers, jumin_billers_free)

G_END_DECLS
