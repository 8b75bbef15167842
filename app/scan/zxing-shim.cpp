/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to ZXing-C++: bytes in, bytes out, and no exception passes it. */
#include "scan/zxing-shim.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

extern "C" void
jumin_zxing_read (const uint8_t *pixels, int width, int height, int binary, JuminZxingFound found,
                  void *data)
{
  try
    {
      ZXing::DecodeHints hints;
      hints.setFormats (ZXing::BarcodeFormat::QRCode);
      hints.setMaxNumberOfSymbols (JUMIN_ZXING_CODES_MAX);
      if (binary)
        hints.setBinarizer (ZXing::Binarizer::BoolCast);
      for (const ZXing::Result &result :
           ZXing::ReadBarcodes ({ pixels, width, height, ZXing::ImageFormat::Lum }, hints))
        if (result.isValid ())
          found (result.bytes ().data (), result.bytes ().size (), data);
    }
  catch (...)
    {
    }
}
