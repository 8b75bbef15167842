/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A camera: one frame as it sends it, through all that jumin-scan does with it. */
#include "fuzz.h"
#include "ipc/preview.h"
#include "scan/coach.h"
#include "scan/decoder.h"
#include "scan/pixels.h"

#include <linux/videodev2.h>

enum
{
  SIZE_BITS = 2,
  PASSES_MAX = 2 /* what a frame may be is found out by the reader, not by all passes */
};

static const guint32 fourccs[]
    = { V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_GREY };

static gboolean
is_over (gpointer data)
{
  guint *passes = data;

  return ++*passes > PASSES_MAX;
}

static void
look (const JuminFrame *frame)
{
  g_autoptr (JuminDecoder) decoder = jumin_decoder_new ();
  g_autoptr (JuminCoach) coach = jumin_coach_new ();
  guint passes = 0;
  g_autoptr (GPtrArray) texts = jumin_decoder_read_frame (decoder, frame, is_over, &passes, NULL);

  g_assert_nonnull (texts);
  g_assert_cmpuint (texts->len, <=, JUMIN_DECODER_TEXTS_MAX);
  for (guint i = 0; i < texts->len; i++)
    g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (texts, i)), <=,
                      JUMIN_DECODER_TEXT_BYTES_MAX);
  g_assert_true (jumin_coach_look (coach, frame, texts->len > 0, 1, NULL));
  g_assert_cmpint (jumin_coach_get_state (coach), <, JUMIN_N_SCAN_STATES);
  g_assert_cmpint (jumin_coach_get_hint (coach), <, JUMIN_N_SCAN_HINTS);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint sides[][2] = { { 64, 64 }, { 64, 48 }, { 704, 32 }, { 128, 128 } };
  Feed feed = { data, size };
  guint8 choice = feed_byte (&feed);
  const guint *side = sides[choice >> SIZE_BITS & 3];
  g_autoptr (JuminPixels) pixels = jumin_pixels_new (
      &(JuminPixelLayout){ fourccs[choice & 3], side[0], side[1], feed_byte (&feed) });
  g_autofree guint8 *preview = NULL;
  const JuminFrame *frame;
  guint width, height;

  if (pixels == NULL)
    return 0;
  jumin_pixels_get_preview_size (pixels, &width, &height);
  g_assert_true (width <= JUMIN_PREVIEW_WIDTH_MAX && height <= JUMIN_PREVIEW_HEIGHT_MAX);
  preview = g_malloc ((gsize)width * height * JUMIN_PREVIEW_PIXEL_BYTES);
  jumin_pixels_read_preview (pixels, feed.data, feed.left, choice >> 7, preview);
  frame = jumin_pixels_read_grey (pixels, feed.data, feed.left);
  if (frame != NULL)
    look (frame);
  return 0;
}
