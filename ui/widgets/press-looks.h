/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/press.h"

G_BEGIN_DECLS

/* What a key is drawn from. */
typedef struct
{
  const JuminItem *item;
  const JuminShape *shape;
  gboolean chosen, off;
} JuminPressContent;

const char *jumin_press_get_classes (JuminPressStyle style);
GtkWidget *jumin_press_build (JuminPressStyle style, const JuminPressContent *content);
const char *jumin_press_second_line (const JuminPressContent *content);
GtkWidget *jumin_press_plate (const JuminPressContent *content, const char *size);
GtkWidget *jumin_press_check (gboolean chosen, const char *classes);

/* See press-pay.c. */
GtkWidget *jumin_press_build_bill (const JuminPressContent *content);
GtkWidget *jumin_press_build_method (const JuminPressContent *content);

G_END_DECLS
