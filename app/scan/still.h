/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/decoder.h"

G_BEGIN_DECLS

GPtrArray *jumin_still_read (JuminDecoder *decoder, const JuminFrame *picture,
                             JuminDecoderIsOver is_over, gpointer data, GError **error);

G_END_DECLS
