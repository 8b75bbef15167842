/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"
#include "platform/sm2.h"

G_BEGIN_DECLS

/* How money answers are signed (data/platform-api.yaml, /payments), beside the signature of each
 * answer: what was signed can be kept, and shown to somebody else. Both sides use it: the platform
 * to sign, the terminal to look. */

/* The lines that are signed; @terminal: whom it was made for. */
char *jumin_quote_dup_text (const JuminQuote *quote);
char *jumin_charge_dup_text (const JuminCharge *charge, const char *terminal);

/* Errors: G_IO_ERROR_INVALID_DATA. Of a quote also: its terminal, and its sum. */
gboolean jumin_quote_verify (const JuminQuote *quote, const char *terminal, const GPtrArray *keys,
                             GError **error);
gboolean jumin_charge_verify (const JuminCharge *charge, const char *terminal,
                              const GPtrArray *keys, GError **error);

G_END_DECLS
