/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that is no frame of our camera: a photograph with far more pixels than the passes were
 * measured with, or a drawn code without a margin. It is looked at in several sizes, from the
 * smallest, which is fast and reads most, to its own. */
#include "scan/still.h"

enum
{
  SIZES_MAX = 3,             /* 4096, 2048, 1024 */
  FRAME_SIDE_PX = 1280,      /* what the passes were measured with, at most */
  DOUBLED_SIDE_MAX_PX = 1024 /* larger than this needs no doubling */
};

/* Fills @sizes with @picture and its halves; the pixels of the halves go into @pixels. Returns how
 * many there are. */
static guint
make_sizes (const JuminFrame *picture, JuminFrame *sizes, GPtrArray *pixels)
{
  guint count = 1;

  sizes[0] = *picture;
  while (count < SIZES_MAX && MAX (sizes[count - 1].width, sizes[count - 1].height) > FRAME_SIDE_PX
         && MIN (sizes[count - 1].width, sizes[count - 1].height) >= 2 * JUMIN_FRAME_SIDE_MIN_PX)
    {
      guint8 *half = g_malloc (jumin_frame_get_size (&sizes[count - 1]) / 4);

      g_ptr_array_add (pixels, half);
      sizes[count] = jumin_frame_halve (&sizes[count - 1], half);
      count++;
    }
  return count;
}

static GPtrArray *
read_doubled (JuminDecoder *decoder, const JuminFrame *picture, JuminDecoderIsOver is_over,
              gpointer data, GError **error)
{
  guint margin = MAX (picture->width, picture->height) / 4;
  JuminFrame large
      = { .width = 2 * (picture->width + margin), .height = 2 * (picture->height + margin) };
  g_autofree guint8 *pixels = g_malloc (jumin_frame_get_size (&large));

  large = jumin_frame_double_framed (picture, margin, pixels);
  return jumin_decoder_read_still (decoder, &large, is_over, data, error);
}

/**
 * jumin_still_read:
 * @decoder: what reads each size
 * @picture: a picture
 * @is_over: whether the time of @picture is over
 * @data: for @is_over
 *
 * Errors: as jumin_decoder_read_still().
 *
 * Returns: (transfer full) (element-type GBytes): as jumin_decoder_read_still()
 */
GPtrArray *
jumin_still_read (JuminDecoder *decoder, const JuminFrame *picture, JuminDecoderIsOver is_over,
                  gpointer data, GError **error)
{
  g_autoptr (GPtrArray) pixels = g_ptr_array_new_with_free_func (g_free);
  JuminFrame sizes[SIZES_MAX];
  guint count;

  if (!jumin_frame_check (picture, error))
    return NULL;
  count = make_sizes (picture, sizes, pixels);
  for (guint i = count; i-- > 0;)
    {
      g_autoptr (GPtrArray) texts
          = jumin_decoder_read_still (decoder, &sizes[i], is_over, data, error);

      if (texts == NULL || texts->len > 0)
        return g_steal_pointer (&texts);
    }
  if (MAX (picture->width, picture->height) <= DOUBLED_SIDE_MAX_PX)
    return read_doubled (decoder, picture, is_over, data, error);
  return g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
}
