/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds QR codes in grey pictures.
 *
 * A pass is one way to prepare the picture and one engine that looks at it. No pass reads every
 * code: what noise hides is seen at half size, glare asks for an even light, small modules for the
 * full size. All passes on each frame would be too slow, and a phone is shown for many frames, so
 * the passes take turns from frame to frame; a pass that read something is the first at the next.
 * Each frame has one pass of zbar, which is slow and reads what is poor, and ZXing-C++, which takes
 * a fifth of its time. When the time of a frame is over, its other passes come with the next frame.
 *
 * Measured on generated pictures and on photographs: zbar alone reads 66 and 52 %, its three passes
 * 86 and 68 %, with ZXing-C++ on the plain frame 89 and 76 %. The passes of ZXing-C++ on prepared
 * frames read noise and blur in small codes, and what is light on dark. */
#include "scan/decoder.h"

#include <string.h>
#include <zbar.h>

#ifdef JUMIN_WITH_ZXING
#include "scan/zxing-shim.h"
#endif

typedef struct _Pass Pass;
typedef JuminFrame (*Prepare) (const JuminFrame *frame, guint8 *pixels, guint32 *columns);

struct _JuminDecoder
{
  zbar_image_scanner_t *dark, *either; /* dark codes; dark and light ones */
  guint8 *half, *prepared;
  gsize size; /* of what they can hold, pixels of a whole frame */
  guint32 columns[JUMIN_FRAME_SIDE_MAX_PX];
  guint turn; /* the next pass */
};

struct _Pass
{
  void (*look) (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts);
  gboolean half;
  Prepare prepare; /* or NULL */
  gboolean last;   /* of its frame */
};

static void
add_text (GPtrArray *texts, const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) text = NULL;

  if (length == 0 || length > JUMIN_DECODER_TEXT_BYTES_MAX || texts->len == JUMIN_DECODER_TEXTS_MAX)
    return;
  text = g_bytes_new (bytes, length);
  if (!g_ptr_array_find_with_equal_func (texts, text, g_bytes_equal, NULL))
    g_ptr_array_add (texts, g_steal_pointer (&text));
}

static void
look_with_zbar (zbar_image_scanner_t *scanner, const JuminFrame *frame, GPtrArray *texts)
{
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, frame->pixels, jumin_frame_get_size (frame), NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    add_text (texts, (const guint8 *)zbar_symbol_get_data (symbol),
              zbar_symbol_get_data_length (symbol));
  zbar_image_destroy (image);
}

static void
look_for_dark (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts)
{
  look_with_zbar (self->dark, frame, texts);
}

static void
look_for_either (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts)
{
  look_with_zbar (self->either, frame, texts);
}

#ifdef JUMIN_WITH_ZXING
static void
on_zxing_found (const guint8 *bytes, gsize length, gpointer texts)
{
  add_text (texts, bytes, length);
}

static void
look_with_zxing (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts)
{
  jumin_zxing_read (frame->pixels, (int)frame->width, (int)frame->height, on_zxing_found, texts);
}
#endif

/* Three frames of passes. */
static const Pass passes[] = {
#ifdef JUMIN_WITH_ZXING
  { look_with_zxing, FALSE, NULL },
#endif
  { look_for_either, TRUE, jumin_frame_threshold, .last = TRUE },
#ifdef JUMIN_WITH_ZXING
  { look_with_zxing, FALSE, jumin_frame_threshold_smoothed },
  { look_with_zxing, TRUE, jumin_frame_smooth },
#endif
  { look_for_dark, TRUE, NULL, .last = TRUE },
#ifdef JUMIN_WITH_ZXING
  { look_with_zxing, FALSE, jumin_frame_invert },
  { look_with_zxing, TRUE, jumin_frame_even_out },
#endif
  { look_for_dark, FALSE, jumin_frame_even_out, .last = TRUE },
};

static void
run_pass (JuminDecoder *self, const Pass *pass, const JuminFrame *whole, GPtrArray *texts)
{
  JuminFrame frame = *whole;

  if (pass->half && whole->height >= JUMIN_FRAME_HALF_HEIGHT_MIN_PX)
    frame = jumin_frame_halve (whole, self->half);
  if (pass->prepare != NULL)
    frame = pass->prepare (&frame, self->prepared, self->columns);
  pass->look (self, &frame, texts);
}

static zbar_image_scanner_t *
create_scanner (gboolean inverted)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  /* zbar guesses a character set otherwise, and spoils a quarter of the Chinese texts. */
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, inverted);
  return scanner;
}

/**
 * jumin_decoder_new:
 *
 * Returns: (transfer full): a decoder, for one thread at a time
 */
JuminDecoder *
jumin_decoder_new (void)
{
  JuminDecoder *self = g_new0 (JuminDecoder, 1);

  self->dark = create_scanner (FALSE);
  self->either = create_scanner (TRUE);
  return self;
}

void
jumin_decoder_free (JuminDecoder *self)
{
  zbar_image_scanner_destroy (self->dark);
  zbar_image_scanner_destroy (self->either);
  g_free (self->half);
  g_free (self->prepared);
  g_free (self);
}

/* Makes room for a frame; it only grows, up to the largest frame. */
static gboolean
take_frame (JuminDecoder *self, const JuminFrame *frame, GError **error)
{
  gsize size = jumin_frame_get_size (frame);

  if (!jumin_frame_check (frame, error))
    return FALSE;
  if (size <= self->size)
    return TRUE;
  self->half = g_realloc (self->half, size / 4);
  self->prepared = g_realloc (self->prepared, size);
  self->size = size;
  return TRUE;
}

/**
 * jumin_decoder_read_frame:
 * @frame: a frame of a video, of which more will follow
 * @is_over: whether the time of @frame is over
 * @data: for @is_over
 *
 * Makes the passes whose turn it is, until one of them reads something.
 *
 * Errors: G_IO_ERROR_INVALID_DATA when @frame is too small or too large.
 *
 * Returns: (transfer full) (element-type GBytes): the texts of the codes, byte by byte as they were
 *   encoded, at most %JUMIN_DECODER_TEXTS_MAX; empty: none was found; %NULL: an error
 */
GPtrArray *
jumin_decoder_read_frame (JuminDecoder *self, const JuminFrame *frame, JuminDecoderIsOver is_over,
                          gpointer data, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  if (!take_frame (self, frame, error))
    return NULL;
  while (!is_over (data))
    {
      const Pass *pass = &passes[self->turn];

      run_pass (self, pass, frame, texts);
      if (texts->len > 0)
        break;
      self->turn = (self->turn + 1) % G_N_ELEMENTS (passes);
      if (pass->last)
        break;
    }
  return g_steal_pointer (&texts);
}

/**
 * jumin_decoder_read_still:
 * @frame: a picture that no other follows
 * @is_over: whether the time of @frame is over
 * @data: for @is_over
 *
 * Makes all passes, until one of them reads something.
 *
 * Errors: G_IO_ERROR_INVALID_DATA when @frame is too small or too large.
 *
 * Returns: (transfer full) (element-type GBytes): as jumin_decoder_read_frame()
 */
GPtrArray *
jumin_decoder_read_still (JuminDecoder *self, const JuminFrame *frame, JuminDecoderIsOver is_over,
                          gpointer data, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  if (!take_frame (self, frame, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (passes) && texts->len == 0 && !is_over (data); i++)
    run_pass (self, &passes[i], frame, texts);
  return g_steal_pointer (&texts);
}
