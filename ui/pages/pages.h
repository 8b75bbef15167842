/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

void jumin_paint_drawing (JuminPage *page, GtkSnapshot *snapshot, const char *name, double x,
                          double y, double width);
void jumin_paint_hero (JuminPage *page, GtkSnapshot *snapshot, int width, int height);
void jumin_paint_aside (JuminPage *page, GtkSnapshot *snapshot, int edge);

void jumin_home_paint (JuminPage *page, GtkSnapshot *snapshot, int edge);
void jumin_home_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_notice_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_centred_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_record_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_bills_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_pay_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_paid_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_unknown_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_take_card_head (GtkWidget *box, const JuminBlockContext *context);
void jumin_away_paint (JuminPage *page, GtkSnapshot *snapshot, int edge);
void jumin_away_head (GtkWidget *box, const JuminBlockContext *context);

G_END_DECLS
