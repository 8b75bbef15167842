/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What jumin-core and jumin-scan say to each other: datagrams of a SOCK_SEQPACKET pair of Unix
 * sockets, one message each. Core sends START once, and PREVIEW as often as it likes; everything
 * else comes from jumin-scan. */
enum
{
  JUMIN_SCAN_TEXT_BYTES_MAX = 2048,
  JUMIN_SCAN_DEVICE_BYTES_MAX = 255,
  JUMIN_SCAN_MESSAGE_BYTES_MAX = 1 + JUMIN_SCAN_TEXT_BYTES_MAX,
  JUMIN_SCAN_FRAME_MS_MAX = 10000
};

/**
 * JuminScanState:
 * @JUMIN_SCAN_OFF: nobody looks
 * @JUMIN_SCAN_OPENING: a camera is being opened
 * @JUMIN_SCAN_LOOKING: good frames come
 * @JUMIN_SCAN_COVERED: frames come and show nothing: something lies on the lens
 * @JUMIN_SCAN_TOO_DARK, @JUMIN_SCAN_TOO_BRIGHT: frames come, the light is wrong
 * @JUMIN_SCAN_STALLED: the camera is there and gives no good frame
 * @JUMIN_SCAN_MISSING: there is no camera
 * @JUMIN_SCAN_BUSY: another program has it
 * @JUMIN_SCAN_REFUSED: we may not open it
 * @JUMIN_SCAN_FORMAT: it gives no format that we know
 * @JUMIN_SCAN_LOST: it was unplugged while we looked
 * @JUMIN_SCAN_FAULTY: who looks dies or hangs again and again
 *
 * How it is with the camera, or with another scanner of codes. From MISSING to LOST jumin-scan ends
 * after it has said so, since only a fresh process can open a camera. FAULTY is core's own word.
 */
typedef enum
{
  JUMIN_SCAN_OFF,
  JUMIN_SCAN_OPENING,
  JUMIN_SCAN_LOOKING,
  JUMIN_SCAN_COVERED,
  JUMIN_SCAN_TOO_DARK,
  JUMIN_SCAN_TOO_BRIGHT,
  JUMIN_SCAN_STALLED,
  JUMIN_SCAN_MISSING,
  JUMIN_SCAN_BUSY,
  JUMIN_SCAN_REFUSED,
  JUMIN_SCAN_FORMAT,
  JUMIN_SCAN_LOST,
  JUMIN_SCAN_FAULTY,
  JUMIN_N_SCAN_STATES
} JuminScanState;

/**
 * JuminScanHint:
 * @JUMIN_SCAN_HINT_NONE: nothing to say
 * @JUMIN_SCAN_HINT_CLOSER, @JUMIN_SCAN_HINT_FARTHER: the code is too small, too large
 * @JUMIN_SCAN_HINT_BRIGHTER: the phone's screen is too dark
 * @JUMIN_SCAN_HINT_GLARE: a light is mirrored in it
 * @JUMIN_SCAN_HINT_STEADY: it moves, or is not in focus yet
 *
 * What the person can do better; meant while LOOKING.
 */
typedef enum
{
  JUMIN_SCAN_HINT_NONE,
  JUMIN_SCAN_HINT_CLOSER,
  JUMIN_SCAN_HINT_FARTHER,
  JUMIN_SCAN_HINT_BRIGHTER,
  JUMIN_SCAN_HINT_GLARE,
  JUMIN_SCAN_HINT_STEADY,
  JUMIN_N_SCAN_HINTS
} JuminScanHint;

typedef enum
{
  JUMIN_SCAN_MESSAGE_START = 'S',   /* from core: @start */
  JUMIN_SCAN_MESSAGE_PREVIEW = 'P', /* from core: @preview */
  JUMIN_SCAN_MESSAGE_OPENED = 'O',  /* the camera is open and jumin-scan has locked itself in; comes
                                     * with one descriptor, the memory of ipc/preview.h */
  JUMIN_SCAN_MESSAGE_STATE = 'T',   /* @state and @hint; for each frame, and more often than
                                     * @start.frame_ms while there is none: a sign of life */
  JUMIN_SCAN_MESSAGE_CODE = 'C'     /* @text */
} JuminScanMessageKind;

/**
 * JuminScanStart:
 * @device: "" for any camera, a path (/dev/v4l/by-id/…), or "vendor:product" in hexadecimal
 * @frame_ms: in which time each frame must be done, 1 to %JUMIN_SCAN_FRAME_MS_MAX
 * @stall_ms: after which time without a good frame a camera has stalled, as above
 * @mirror: whether the preview is mirrored, as a person expects of a camera that faces them
 */
typedef struct
{
  char device[JUMIN_SCAN_DEVICE_BYTES_MAX + 1];
  guint frame_ms, stall_ms;
  gboolean mirror;
} JuminScanStart;

/**
 * JuminScanMessage:
 * @preview: whether a preview is looked at
 * @text: (array length=text_length): of a code, as it was encoded
 *
 * One message; which members count says @kind. A value: it owns nothing.
 */
typedef struct
{
  JuminScanMessageKind kind;
  JuminScanStart start;
  gboolean preview;
  JuminScanState state;
  JuminScanHint hint;
  gsize text_length;
  guint8 text[JUMIN_SCAN_TEXT_BYTES_MAX];
} JuminScanMessage;

gsize jumin_scan_message_pack (const JuminScanMessage *message,
                               guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX]);
gboolean jumin_scan_message_parse (const guint8 *bytes, gsize length, JuminScanMessage *message,
                                   GError **error);
gboolean jumin_scan_state_ends (JuminScanState state);

G_END_DECLS
