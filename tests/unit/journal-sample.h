/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/journal-file.h"

G_BEGIN_DECLS

#define SAMPLE_TIME G_GINT64_CONSTANT (1795000000)

JuminPayment *sample_payment (const char *id, JuminPaymentState state);
/* All that the journal says of payments, in its order. */
char *sample_dump (const GPtrArray *payments);
char *sample_dump_file (JuminJournalFile *file, GError **error);
gboolean sample_put (JuminJournalFile *file, const char *id, JuminPaymentState state,
                     GError **error);

G_END_DECLS
