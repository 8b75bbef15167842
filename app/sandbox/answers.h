/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "model/hall.h"

G_BEGIN_DECLS

/* The platform's objects as JSON, as data/platform-api.yaml describes them. (transfer full) */
cJSON *jumin_answer_hall (const JuminHall *hall);
cJSON *jumin_answer_ticket (const JuminTicket *ticket);
cJSON *jumin_answer_today (const JuminToday *today);
cJSON *jumin_answer_error (const char *code, const char *message);

G_END_DECLS
