/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a QR code as a camera sees it on a phone: turned, tilted, blurred, dim, noisy. The noise is
 * the same in every run. */
#include "code-picture.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

enum
{
  QUIET_MODULES = 4,
  AROUND = 110, /* grey of what is not the phone */
  NOISE_SEED = 4711
};

/* The grey at a place of the screen, in modules from the middle of the code. */
static guint8
get_grey (const CodePicture *picture, const QRcode *code, double x, double y)
{
  double column = x + code->width / 2.0, row = y + code->width / 2.0;
  gboolean dark;

  if (column < -QUIET_MODULES || row < -QUIET_MODULES || column >= code->width + QUIET_MODULES
      || row >= code->width + QUIET_MODULES)
    return AROUND;
  dark = column >= 0 && row >= 0 && column < code->width && row < code->width
         && (code->data[(int)row * code->width + (int)column] & 1);
  return dark != picture->inverted ? picture->dark : picture->light;
}

static guint8
sample (const CodePicture *picture, const QRcode *code, double x, double y)
{
  double angle = picture->degrees * G_PI / 180;
  double far = 1 + picture->tilt * y / picture->height;
  double across = (x * cos (angle) + y * sin (angle)) * far / picture->module_px;
  double down = (y * cos (angle) - x * sin (angle)) * far / picture->module_px;

  return get_grey (picture, code, across, down);
}

/* Each pixel is the mean of four places in it, as on a sensor. */
static void
draw (const CodePicture *picture, const QRcode *code, guint8 *pixels)
{
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        guint sum = 0;

        for (guint part = 0; part < 4; part++)
          sum += sample (picture, code, x + 0.25 + 0.5 * (part & 1) - picture->width / 2.0,
                         y + 0.25 + 0.5 * (part >> 1) - picture->height / 2.0);
        pixels[y * picture->width + x] = (guint8)(sum / 4);
      }
}

/* One direction of a box blur: @step pixels lie between neighbours. */
static void
blur_line (guint8 *pixels, guint count, guint step, guint radius, guint8 *scratch)
{
  for (guint i = 0; i < count; i++)
    {
      guint from = i > radius ? i - radius : 0, to = MIN (i + radius, count - 1), sum = 0;

      for (guint j = from; j <= to; j++)
        sum += pixels[j * step];
      scratch[i] = (guint8)(sum / (to - from + 1));
    }
  for (guint i = 0; i < count; i++)
    pixels[i * step] = scratch[i];
}

static void
blur (const CodePicture *picture, guint8 *pixels)
{
  g_autofree guint8 *scratch = g_malloc (MAX (picture->width, picture->height));

  for (guint y = 0; y < picture->height; y++)
    blur_line (pixels + y * picture->width, picture->width, 1, picture->blur_px, scratch);
  for (guint x = 0; x < picture->width; x++)
    blur_line (pixels + x, picture->height, picture->width, picture->blur_px, scratch);
}

static void
add_noise (const CodePicture *picture, guint8 *pixels)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (NOISE_SEED);
  int noise = (int)picture->noise;

  for (guint i = 0; i < picture->width * picture->height; i++)
    {
      int grey = pixels[i] + g_rand_int_range (rand, -noise, noise + 1);

      pixels[i] = (guint8)CLAMP (grey, 0, 0xff);
    }
}

static QRcode *
encode (const CodePicture *picture, const guint8 *bytes, gsize length)
{
  QRinput *input = QRinput_new2 ((int)picture->version, QR_ECLEVEL_M);
  QRcode *code;

  if (picture->eci != 0)
    QRinput_appendECIheader (input, picture->eci);
  QRinput_append (input, QR_MODE_8, (int)length, bytes);
  code = QRcode_encodeInput (input);
  QRinput_free (input);
  return code;
}

/**
 * code_picture_draw:
 * @bytes: (array length=length): what the code says, in byte mode
 * @pixels: (out) (transfer full): the pixels of the picture
 *
 * Returns: the picture
 */
JuminFrame
code_picture_draw (const CodePicture *picture, const guint8 *bytes, gsize length, guint8 **pixels)
{
  CodePicture filled = *picture;
  QRcode *code = encode (picture, bytes, length);

  g_assert_nonnull (code);
  filled.width = filled.width != 0 ? filled.width : 640;
  filled.height = filled.height != 0 ? filled.height : 480;
  filled.module_px = filled.module_px > 0 ? filled.module_px : 6;
  filled.light = filled.light != 0 ? filled.light : 0xff;
  *pixels = g_malloc ((gsize)filled.width * filled.height);
  draw (&filled, code, *pixels);
  QRcode_free (code);
  if (filled.blur_px > 0)
    blur (&filled, *pixels);
  if (filled.noise > 0)
    add_noise (&filled, *pixels);
  return (JuminFrame){ *pixels, filled.width, filled.height };
}
