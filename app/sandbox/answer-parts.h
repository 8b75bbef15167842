/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "model/text.h"

G_BEGIN_DECLS

/* Members of answers as data/platform-api.yaml has them. */
void jumin_answer_add_words (cJSON *object, const char *name, const char *zh, const char *en);
void jumin_answer_add_text (cJSON *object, const char *name, const JuminText *text);
/* @value: (nullable): nothing, or an empty one: null */
void jumin_answer_add_string (cJSON *object, const char *name, const char *value);
/* 0: null */
void jumin_answer_add_time (cJSON *object, const char *name, gint64 time);
void jumin_answer_add_fen (cJSON *object, const char *name, gint64 fen);
/* @date: 20260920; 0: null */
void jumin_answer_add_date (cJSON *object, const char *name, int date);
/* @month: 202608 */
void jumin_answer_add_month (cJSON *object, const char *name, int month);

G_END_DECLS
