/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/code-scanner.h"
#include "model/clock.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CAMERA_DEATHS_MAX = 1000
};

/**
 * JuminCameraSettings:
 * @program: jumin-scan
 * @socket: (nullable): where it is found instead of being started
 * @device: which camera, see #JuminScanStart
 * @open_ms: how long opening a camera may take
 * @frame_ms: how long a frame may take; a jumin-scan that is silent for longer hangs
 * @stall_ms: when a camera without a good frame has stalled
 * @retry_ms: when a camera that is away is looked for again
 * @deaths_max: after so many deaths within a minute jumin-scan is faulty, at most
 *   %JUMIN_CAMERA_DEATHS_MAX; then it is tried again each @faulty_ms only
 * @mirror: whether the preview is mirrored
 */
typedef struct
{
  const char *program, *socket, *device;
  guint open_ms, frame_ms, stall_ms, retry_ms, deaths_max, faulty_ms;
  gboolean mirror;
} JuminCameraSettings;

/**
 * JuminCameraScanner:
 *
 * A camera that jumin-scan looks through. While it looks there is one process, and always a fresh
 * one after anything that went wrong.
 */
#define JUMIN_TYPE_CAMERA_SCANNER (jumin_camera_scanner_get_type ())
G_DECLARE_FINAL_TYPE (JuminCameraScanner, jumin_camera_scanner, JUMIN, CAMERA_SCANNER, GObject)

JuminCodeScanner *jumin_camera_scanner_new (const JuminCameraSettings *settings, JuminClock *clock);

G_END_DECLS
