/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

enum
{
  JUMIN_IMAGE_FILE_BYTES_MAX = 32 * 1024 * 1024
};

gboolean jumin_image_file_read (const char *path, JuminFrame *frame, guint8 **pixels,
                                GError **error);
gboolean jumin_image_parse (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels,
                            GError **error);

G_END_DECLS
