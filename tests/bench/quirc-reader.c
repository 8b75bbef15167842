/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first code that quirc reads in a frame, as one function. tests/bench/decode makes a library
 * of it and of quirc's sources; the build knows nothing of it. */
#include <quirc.h>
#include <string.h>

int bench_quirc_read (const uint8_t *pixels, int width, int height, uint8_t *bytes, int bytes_max);

int
bench_quirc_read (const uint8_t *pixels, int width, int height, uint8_t *bytes, int bytes_max)
{
  static struct quirc *quirc;
  static struct quirc_code code;
  static struct quirc_data data;

  if (quirc == NULL)
    quirc = quirc_new ();
  if (quirc == NULL || quirc_resize (quirc, width, height) != 0)
    return 0;
  memcpy (quirc_begin (quirc, NULL, NULL), pixels, (size_t)width * height);
  quirc_end (quirc);
  for (int i = 0; i < quirc_count (quirc); i++)
    {
      quirc_extract (quirc, i, &code);
      if (quirc_decode (&code, &data) != QUIRC_SUCCESS || data.payload_len > bytes_max)
        continue;
      memcpy (bytes, data.payload, data.payload_len);
      return data.payload_len;
    }
  return 0;
}
