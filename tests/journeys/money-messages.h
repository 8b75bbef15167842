/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/sm2.h"

char *money_message_seal (EVP_PKEY *key, const char *body, gboolean quote);
