/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of page, one row each. */
#include "ui/pages/pages.h"

static const JuminPageKind page_kinds[] = {
  { "notice", .head_has_picture = TRUE, .spread = TRUE, .roomy = TRUE, .paint = jumin_paint_country,
    .head = jumin_notice_head },
  { "no-sheets", .head_has_picture = TRUE, .head = jumin_notice_head },
  { "home", .hero = TRUE, .paint = jumin_home_paint, .head = jumin_home_head },
  { "services" },
  { "consent", .spread = TRUE, .roomy = TRUE, .paint = jumin_paint_country },
  { "choose" },
  { "checklist", .roomy = TRUE },
  { "identify" },
  { "id-number", .keypad = TRUE },
  { "sms", .keypad = TRUE },
  { "wait", .centred = TRUE, .spread = TRUE, .paint = jumin_paint_country,
    .head = jumin_centred_head },
  { "ticket" },
  { "verify" },
  { "record", .head = jumin_record_head },
  { "papers" },
  { "preview", .paper = TRUE },
  { "sheets" },
  { "bills", .head = jumin_bills_head },
  { "account", .keypad = TRUE },
  { "pay", .head = jumin_pay_head },
  { "paid", .head = jumin_paid_head },
  { "pay-unknown", .head = jumin_unknown_head },
  { "take-card", .spread = TRUE, .centred = TRUE, .paint = jumin_paint_country,
    .head = jumin_take_card_head },
  { "out-of-service", .centred = TRUE, .spread = TRUE, .paint = jumin_paint_country,
    .head = jumin_centred_head },
  { "away", .hero = TRUE, .centred = TRUE, .paint = jumin_away_paint, .head = jumin_away_head },
};

/**
 * jumin_page_kind_find:
 *
 * Returns: the row of @kind; the first one for a kind that we do not know
 */
const JuminPageKind *
jumin_page_kind_find (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_kinds); i++)
    if (g_strcmp0 (page_kinds[i].kind, kind) == 0)
      return &page_kinds[i];
  g_message ("A view is of unknown kind '%s'", kind);
  return &page_kinds[0];
}
