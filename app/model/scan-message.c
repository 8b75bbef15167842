/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message is its kind as a byte, then its members: numbers as 16 bits, lowest first, flags and
 * enums as a byte, and a text to the end of the datagram. */
#include "model/scan-message.h"

#include <string.h>

enum
{
  START_HEAD_BYTES = 6, /* kind, frame_ms, stall_ms, mirror */
  PREVIEW_BYTES = 2,
  OPENED_BYTES = 1,
  STATE_BYTES = 3
};

static void
put_number (guint8 *bytes, guint number)
{
  bytes[0] = (guint8)(number & 0xff);
  bytes[1] = (guint8)(number >> 8);
}

static guint
get_number (const guint8 *bytes)
{
  return (guint)bytes[0] | (guint)bytes[1] << 8;
}

/**
 * jumin_scan_message_pack:
 * @message: a message within its bounds
 * @bytes: (out caller-allocates): where it is written
 *
 * Returns: how many bytes it has
 */
gsize
jumin_scan_message_pack (const JuminScanMessage *message,
                         guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX])
{
  gsize length;

  bytes[0] = (guint8)message->kind;
  switch (message->kind)
    {
    case JUMIN_SCAN_MESSAGE_START:
      length = strlen (message->start.device);
      put_number (bytes + 1, message->start.frame_ms);
      put_number (bytes + 3, message->start.stall_ms);
      bytes[5] = message->start.mirror != FALSE;
      memcpy (bytes + START_HEAD_BYTES, message->start.device, length);
      return START_HEAD_BYTES + length;
    case JUMIN_SCAN_MESSAGE_PREVIEW:
      bytes[1] = message->preview != FALSE;
      return PREVIEW_BYTES;
    case JUMIN_SCAN_MESSAGE_STATE:
      bytes[1] = (guint8)message->state;
      bytes[2] = (guint8)message->hint;
      return STATE_BYTES;
    case JUMIN_SCAN_MESSAGE_CODE:
      memcpy (bytes + 1, message->text, message->text_length);
      return 1 + message->text_length;
    case JUMIN_SCAN_MESSAGE_OPENED:
    default:
      return OPENED_BYTES;
    }
}

static gboolean
is_time (guint ms)
{
  return ms >= 1 && ms <= JUMIN_SCAN_FRAME_MS_MAX;
}

static gboolean
parse_start (const guint8 *bytes, gsize length, JuminScanStart *start)
{
  gsize device = length - START_HEAD_BYTES;

  if (length < START_HEAD_BYTES || device > JUMIN_SCAN_DEVICE_BYTES_MAX
      || memchr (bytes + START_HEAD_BYTES, 0, device) != NULL || bytes[5] > 1)
    return FALSE;
  start->frame_ms = get_number (bytes + 1);
  start->stall_ms = get_number (bytes + 3);
  start->mirror = bytes[5];
  memcpy (start->device, bytes + START_HEAD_BYTES, device);
  start->device[device] = '\0';
  return is_time (start->frame_ms) && is_time (start->stall_ms);
}

static gboolean
parse_code (const guint8 *bytes, gsize length, JuminScanMessage *message)
{
  if (length < 2 || length > JUMIN_SCAN_MESSAGE_BYTES_MAX)
    return FALSE;
  message->text_length = length - 1;
  memcpy (message->text, bytes + 1, message->text_length);
  return TRUE;
}

static gboolean
parse_members (const guint8 *bytes, gsize length, JuminScanMessage *message)
{
  switch (bytes[0])
    {
    case JUMIN_SCAN_MESSAGE_START:
      return parse_start (bytes, length, &message->start);
    case JUMIN_SCAN_MESSAGE_PREVIEW:
      message->preview = length == PREVIEW_BYTES && bytes[1] == 1;
      return length == PREVIEW_BYTES && bytes[1] <= 1;
    case JUMIN_SCAN_MESSAGE_OPENED:
      return length == OPENED_BYTES;
    case JUMIN_SCAN_MESSAGE_STATE:
      if (length != STATE_BYTES || bytes[1] >= JUMIN_N_SCAN_STATES
          || bytes[2] >= JUMIN_N_SCAN_HINTS)
        return FALSE;
      message->state = bytes[1];
      message->hint = bytes[2];
      return TRUE;
    case JUMIN_SCAN_MESSAGE_CODE:
      return parse_code (bytes, length, message);
    default:
      return FALSE;
    }
}

/**
 * jumin_scan_message_parse:
 * @bytes: (array length=length): a datagram; whoever sent it is not believed
 * @message: (out caller-allocates): what it says; undefined with an error
 *
 * Errors: G_IO_ERROR_INVALID_DATA.
 */
gboolean
jumin_scan_message_parse (const guint8 *bytes, gsize length, JuminScanMessage *message,
                          GError **error)
{
  if (length > 0 && parse_members (bytes, length, message))
    {
      message->kind = bytes[0];
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Reading a message between core and scanner failed: %zu bytes of no known form",
               length);
  return FALSE;
}

/**
 * jumin_scan_state_ends:
 *
 * Returns: whether jumin-scan ends after it has said @state
 */
gboolean
jumin_scan_state_ends (JuminScanState state)
{
  return state >= JUMIN_SCAN_MISSING && state <= JUMIN_SCAN_LOST;
}
