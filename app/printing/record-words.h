/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/record.h"
#include "model/words.h"

G_BEGIN_DECLS

/* What stands in a record, as paper says it. */
const char *jumin_record_say (const JuminText *text, JuminTongue tongue);
char *jumin_fact_dup_value (const JuminFact *fact, JuminTongue tongue);

G_END_DECLS
