/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

/**
 * CodePicture:
 * @eci: the character set that the code names, by its number (AIM ECI); 0: none
 * @version: at least this version of the QR code; 0: the smallest
 * @width: of the picture; 0: 640
 * @height: of the picture; 0: 480
 * @module_px: what a module measures; 0: 6
 * @degrees: how the phone is turned
 * @tilt: 0 to 0.5: how much the far edge is smaller
 * @dark: grey of a dark module
 * @light: grey of a light one; 0: 255
 * @inverted: whether the phone shows light on dark
 * @blur_px: radius of a box that the lens makes of a dot
 * @noise: greys that a pixel may be off
 *
 * How a code is held before the camera.
 */
typedef struct
{
  guint eci, version, width, height;
  double module_px, degrees, tilt;
  guint8 dark, light;
  gboolean inverted;
  guint blur_px, noise;
} CodePicture;

JuminFrame code_picture_draw (const CodePicture *picture, const guint8 *bytes, gsize length,
                              guint8 **pixels);
