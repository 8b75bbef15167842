/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/sm2.h"

G_BEGIN_DECLS

/* What stands in an answer about a paper in the place of what only the platform can compute. */
#define PAPER_DIGEST "0000000000000000000000000000000000000000000000000000000000000000"

char *paper_message_seal (EVP_PKEY *key, const char *body, const char *id_number);

G_END_DECLS
