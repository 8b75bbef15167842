/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-scan, taken over by what it sees: each code that it reads is the name of an attempt to
 * break out, which is made in the place where the decoder works. It is linked from jumin-scan's own
 * objects; the linker puts this before its decoder (--wrap). */
#include "scan/decoder.h"

#include <string.h>

#include "attempts.h"

GPtrArray *__real_jumin_decoder_read_frame (JuminDecoder *self, const JuminFrame *frame,
                                            JuminDecoderIsOver is_over, gpointer data,
                                            GError **error);
GPtrArray *__wrap_jumin_decoder_read_frame (JuminDecoder *self, const JuminFrame *frame,
                                            JuminDecoderIsOver is_over, gpointer data,
                                            GError **error);

/* What worked is told in the place of the code. */
GPtrArray *
__wrap_jumin_decoder_read_frame (JuminDecoder *self, const JuminFrame *frame,
                                 JuminDecoderIsOver is_over, gpointer data, GError **error)
{
  GPtrArray *texts = __real_jumin_decoder_read_frame (self, frame, is_over, data, error);

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      gsize length;
      const char *text = g_bytes_get_data (g_ptr_array_index (texts, i), &length);
      const Attempt *attempt = attempt_find (text, length);

      if (attempt == NULL || !attempt->attempt ())
        continue;
      g_ptr_array_remove_index (texts, i);
      g_ptr_array_insert (texts, (int)i, g_bytes_new_static ("worked", strlen ("worked")));
    }
  return texts;
}
