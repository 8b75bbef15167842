/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

enum
{
  JUMIN_DECODER_TEXT_BYTES_MAX = 2048,
  JUMIN_DECODER_TEXTS_MAX = 4 /* different codes in one picture */
};

typedef struct _JuminDecoder JuminDecoder;

/**
 * JuminDecoderIsOver:
 *
 * Asked before each pass: whether the time of this frame is over. A pass that has begun is ended.
 */
typedef gboolean (*JuminDecoderIsOver) (gpointer data);

JuminDecoder *jumin_decoder_new (void);
void jumin_decoder_free (JuminDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminDecoder, jumin_decoder_free)

gboolean jumin_decoder_warm_up (JuminDecoder *self, guint width, guint height, GError **error);
GPtrArray *jumin_decoder_read_frame (JuminDecoder *self, const JuminFrame *frame,
                                     JuminDecoderIsOver is_over, gpointer data, GError **error);
GPtrArray *jumin_decoder_read_still (JuminDecoder *self, const JuminFrame *frame,
                                     JuminDecoderIsOver is_over, gpointer data, GError **error);

G_END_DECLS
