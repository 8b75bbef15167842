/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

  enum
  {
    JUMIN_ZXING_CODES_MAX = 4
  };

  typedef void (*JuminZxingFound) (const uint8_t *bytes, size_t length, void *data);

  /**
   * jumin_zxing_read:
   * @pixels: @width times @height grey bytes without gaps
   * @binary: whether they are black (0) and white only
   * @found: called for each of at most %JUMIN_ZXING_CODES_MAX codes, with the bytes of the code as
   *   they were encoded
   *
   * Looks for QR codes with ZXing-C++. An exception of the library is "nothing found".
   */
  void jumin_zxing_read (const uint8_t *pixels, int width, int height, int binary,
                         JuminZxingFound found, void *data);

#ifdef __cplusplus
}
#endif
