/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

  typedef void (*JuminZxingFound) (const uint8_t *bytes, size_t length, void *data);

  /**
   * jumin_zxing_read:
   * @pixels: @width times @height grey bytes without gaps
   * @found: called at most once, with the bytes of the code as they were encoded
   *
   * Looks for one QR code with ZXing-C++. An exception of the library is "nothing found".
   */
  void jumin_zxing_read (const uint8_t *pixels, int width, int height, JuminZxingFound found,
                         void *data);

#ifdef __cplusplus
}
#endif
