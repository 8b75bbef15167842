/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

void jumin_paint_drawing (JuminPage *page, GtkSnapshot *snapshot, const char *name, double x,
                          double y, double width);
void jumin_paint_hero (JuminPage *page, GtkSnapshot *snapshot, int width, int height);

JuminPaint jumin_paint_aside, jumin_paint_country, jumin_home_paint, jumin_away_paint;
JuminHead jumin_home_head, jumin_notice_head, jumin_centred_head, jumin_record_head,
    jumin_bills_head, jumin_pay_head, jumin_paid_head, jumin_unknown_head, jumin_take_card_head,
    jumin_away_head;

G_END_DECLS
