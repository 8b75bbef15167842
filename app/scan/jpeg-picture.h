/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

gboolean jumin_jpeg_picture_parse (const guint8 *bytes, gsize length, JuminFrame *frame,
                                   guint8 **pixels, GError **error);

G_END_DECLS
