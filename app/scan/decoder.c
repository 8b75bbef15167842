/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds QR codes in grey pictures.
 *
 * A pass is one way to prepare the picture and one engine that looks at it. No pass reads every
 * code: what noise hides is seen at half size, glare asks for an even light, small modules for the
 * full size. All passes on each frame would be too slow, and a phone is shown for many frames, so
 * the passes take turns from frame to frame; a pass that read something is the first at the next.
 * Each frame has one pass of zbar at half size, which is slow and reads what is poor, and passes of
 * ZXing-C++, which takes a fifth of its time. When the time of a frame is over, its other passes
 * come with the next frame.
 *
 * Measured by tests/bench/decode on the 330 pictures of seed 21, with which nothing was tuned,
 * within three frames: 89.5 % are read where zbar reads 66.7, ZXing-C++ 69.8 and quirc 58.1; of 60
 * pictures of the kiosk 90.0 % (66.7, 88.3 and 66.7); no wrong text. A frame takes 0.26 of the time
 * of plain zbar, one without a code 0.67. What is not read is out of focus or moved by more than a
 * module, or a corner of the code is covered. */
#include "scan/decoder.h"

#include "scan/finder.h"

#include <iconv.h>
#include <math.h>
#include <string.h>
#include <zbar.h>

#ifdef JUMIN_WITH_ZXING
#include "scan/zxing-shim.h"
#endif

typedef struct _Pass Pass;
typedef JuminFrame (*Prepare) (const JuminFrame *frame, guint8 *pixels, guint32 *columns);

typedef enum
{
  WHOLE,
  HALF,
  DOUBLE
} Size;

enum
{
  PREPARATIONS = 2,
  CORNER_MODULES = 9, /* from the middle of a corner to the end of the quiet zone, and some */
  SMALL_SIDE_MAX_PX = 360,
  DOUBLE_HEIGHT_MAX_PX = 800 /* larger frames have pixels enough, and take too long */
};

/* What a code can say of its character set (ISO/IEC 18004, ECI): zbar opens a converter for it even
 * when bytes are wanted. One that is open already needs no file, which a process that has locked
 * itself in may not open. */
static const char *const charsets[] = {
  "ISO8859-1",  "ISO8859-2", "ISO8859-3",  "ISO8859-4",  "ISO8859-5",  "ISO8859-6",  "ISO8859-7",
  "ISO8859-8",  "ISO8859-9", "ISO8859-10", "ISO8859-11", "ISO8859-13", "ISO8859-14", "ISO8859-15",
  "ISO8859-16", "CP437",     "SJIS",       "BIG-5",      "UTF-8",
};

struct _JuminDecoder
{
  zbar_image_scanner_t *dark, *either; /* dark codes; dark and light ones */
  guint8 *sized, *prepared[PREPARATIONS];
  gsize size; /* of what they can hold, pixels of a whole frame */
  guint32 columns[JUMIN_FRAME_SIDE_MAX_PX];
  const Pass *made_for; /* or NULL: what @made was prepared for */
  JuminFrame whole, made;
  guint turn; /* the next pass */
  iconv_t converters[G_N_ELEMENTS (charsets)];
};

struct _Pass
{
  void (*look) (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts);
  Size size;
  Prepare prepare[PREPARATIONS]; /* in turn, until one is NULL */
  gboolean last;                 /* of its frame */
};

enum
{
  SAMPLE_MODULES = 21,
  QUIET_MODULES = 4
};

/* A code that says JUMIN: a row each, the leftmost module is the highest bit. */
static const guint32 sample[SAMPLE_MODULES] = {
  0x1fc57f, 0x105b41, 0x17475d, 0x17485d, 0x17535d, 0x104e41, 0x1fd57f,
  0x000400, 0x154d12, 0x15aaa0, 0x177eeb, 0x0e3fb5, 0x1b6ae3, 0x001849,
  0x1fc514, 0x10404f, 0x175159, 0x174aae, 0x1752e5, 0x104fbb, 0x1fdae5,
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

/* The box of a code by three of its corners, wider by its quiet zone. Returns whether it is a small
 * code: at half size a larger one was looked at by zbar. */
static gboolean
crop_small_code (JuminDecoder *self, const JuminFinderPattern *corners, JuminFrame *crop)
{
  const JuminFinderPattern *a = &corners[0], *b = &corners[1], *c = &corners[2];
  float reach = CORNER_MODULES * a->module_px, x = b->x + c->x - a->x, y = b->y + c->y - a->y;
  float left = MAX (fminf (fminf (a->x, b->x), fminf (c->x, x)) - reach, 0);
  float top = MAX (fminf (fminf (a->y, b->y), fminf (c->y, y)) - reach, 0);
  float right = MIN (fmaxf (fmaxf (a->x, b->x), fmaxf (c->x, x)) + reach, (float)self->whole.width);
  float bottom
      = MIN (fmaxf (fmaxf (a->y, b->y), fmaxf (c->y, y)) + reach, (float)self->whole.height);

  if (right - left > SMALL_SIDE_MAX_PX || bottom - top > SMALL_SIDE_MAX_PX
      || right - left < JUMIN_FRAME_SIDE_MIN_PX || bottom - top < JUMIN_FRAME_SIDE_MIN_PX)
    return FALSE;
  *crop = jumin_frame_crop (&self->whole, (guint)left, (guint)top, (guint)(right - left),
                            (guint)(bottom - top), self->sized);
  return TRUE;
}

/* zbar at full size takes too long, but not where a code with many small modules is. */
static void
look_near_corners (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts)
{
  JuminFinderPattern patterns[JUMIN_FINDER_PATTERNS_MAX], corners[JUMIN_FINDER_CORNERS];
  guint count = jumin_finder_find (frame, patterns);
  JuminFrame crop;

  if (jumin_finder_find_code (patterns, count, corners) && crop_small_code (self, corners, &crop))
    look_for_dark (self, &crop, texts);
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
  jumin_zxing_read (frame->pixels, (int)frame->width, (int)frame->height, FALSE, on_zxing_found,
                    texts);
}

static void
look_at_binary (JuminDecoder *self, const JuminFrame *frame, GPtrArray *texts)
{
  jumin_zxing_read (frame->pixels, (int)frame->width, (int)frame->height, TRUE, on_zxing_found,
                    texts);
}
#endif

/* Three frames of passes. */
static const Pass passes[] = {
#ifdef JUMIN_WITH_ZXING
  { look_with_zxing, HALF },
  { look_at_binary, HALF, { jumin_frame_threshold } },
  { look_with_zxing, WHOLE },
  { look_for_either, HALF, { jumin_frame_threshold }, .last = TRUE },
  { look_with_zxing, HALF, { jumin_frame_invert } },
  { look_with_zxing, HALF, { jumin_frame_even_out } },
  { look_at_binary, WHOLE, { jumin_frame_threshold } },
  { look_near_corners, WHOLE, { jumin_frame_threshold } },
  { look_for_dark, HALF, { jumin_frame_sharpen, jumin_frame_even_out }, .last = TRUE },
  { look_with_zxing, HALF },
  { look_with_zxing, DOUBLE },
  { look_for_dark, HALF, .last = TRUE },
#else
  { look_for_either, HALF, { jumin_frame_threshold }, .last = TRUE },
  { look_near_corners, WHOLE, { jumin_frame_threshold } },
  { look_for_dark, HALF, .last = TRUE },
  { look_for_dark, WHOLE, { jumin_frame_even_out }, .last = TRUE },
#endif
};

static gboolean
is_too_large (Size size, const JuminFrame *whole)
{
  return size == DOUBLE && whole->height > DOUBLE_HEIGHT_MAX_PX;
}

static void
prepare (JuminDecoder *self, const Pass *pass, const JuminFrame *whole)
{
  const Pass *made_for = self->made_for;

  if (made_for != NULL && made_for->size == pass->size
      && memcmp (made_for->prepare, pass->prepare, sizeof pass->prepare) == 0)
    return;
  self->made = *whole;
  if (pass->size == HALF && whole->height >= JUMIN_FRAME_HALF_HEIGHT_MIN_PX)
    self->made = jumin_frame_halve (whole, self->sized);
  if (pass->size == DOUBLE)
    self->made = jumin_frame_double (whole, self->sized);
  for (guint i = 0; i < PREPARATIONS && pass->prepare[i] != NULL; i++)
    self->made = pass->prepare[i](&self->made, self->prepared[i], self->columns);
  self->made_for = pass;
}

static void
run_pass (JuminDecoder *self, const Pass *pass, const JuminFrame *whole, GPtrArray *texts)
{
  if (is_too_large (pass->size, whole))
    return;
  self->whole = *whole;
  prepare (self, pass, whole);
  pass->look (self, &self->made, texts);
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
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    self->converters[i] = iconv_open ("UTF-8", charsets[i]);
  return self;
}

void
jumin_decoder_free (JuminDecoder *self)
{
  zbar_image_scanner_destroy (self->dark);
  zbar_image_scanner_destroy (self->either);
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (self->converters[i] != (iconv_t)-1)
      iconv_close (self->converters[i]);
  g_free (self->sized);
  for (guint i = 0; i < PREPARATIONS; i++)
    g_free (self->prepared[i]);
  g_free (self);
}

/* Makes room for a frame; it only grows, up to the largest frame. */
static gboolean
take_frame (JuminDecoder *self, const JuminFrame *frame, GError **error)
{
  gsize size = jumin_frame_get_size (frame), doubled;

  self->made_for = NULL;
  if (!jumin_frame_check (frame, error))
    return FALSE;
  if (size <= self->size)
    return TRUE;
  doubled = (gsize)JUMIN_FRAME_SIDE_MAX_PX * DOUBLE_HEIGHT_MAX_PX;
  self->sized = g_realloc (self->sized, 4 * MIN (size, doubled));
  for (guint i = 0; i < PREPARATIONS; i++)
    self->prepared[i] = g_realloc (self->prepared[i], size);
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

/* The sample on white: each side of a module is as long as fits. */
static void
draw_sample (guint8 *pixels, const JuminFrame *frame)
{
  guint module_px = MIN (frame->width, frame->height) / (SAMPLE_MODULES + 2 * QUIET_MODULES);
  guint side_px = SAMPLE_MODULES * module_px;

  memset (pixels, 0xff, jumin_frame_get_size (frame));
  for (guint y = 0; y < side_px; y++)
    for (guint x = 0; x < side_px; x++)
      if (sample[y / module_px] >> (SAMPLE_MODULES - 1 - x / module_px) & 1)
        pixels[(y + QUIET_MODULES * module_px) * frame->width + x + QUIET_MODULES * module_px] = 0;
}

/**
 * jumin_decoder_warm_up:
 * @width: of the frames to come
 * @height: as @width
 *
 * Reads a drawn code by every pass, so that the libraries have loaded what they need and the memory
 * is there, before a process locks itself in.
 *
 * Errors: G_IO_ERROR_INVALID_DATA when such frames are too small or too large.
 *
 * Returns: whether frames of this size can be read
 */
gboolean
jumin_decoder_warm_up (JuminDecoder *self, guint width, guint height, GError **error)
{
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = { NULL, width, height };

  if (!take_frame (self, &frame, error))
    return FALSE;
  frame.pixels = pixels = g_malloc (jumin_frame_get_size (&frame));
  draw_sample (pixels, &frame);
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

      run_pass (self, &passes[i], &frame, texts);
    }
  return TRUE;
}
