/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card reader without hardware: a PC/SC driver (IFD handler version 3) that pcscd loads like any
 * other. One reader is one Unix socket, $JUMIN_PEER_DIR/card-NAME.sock. Connecting is inserting a
 * card, closing is pulling it. Both sides send frames: two bytes of length, most significant
 * first, then the payload (the framing of vpcd, so that its cards fit, too).
 *
 * Why not vpcd: it listens on TCP ports of all interfaces, looks for cards every 400 ms, and hangs
 * for ever with a mute card. This driver sees cards at once and times out as CCID readers do.
 *
 * pcscd calls transmit, power and presence of one reader one at a time. The event thread waits
 * outside that lock, but presence, which alone opens and closes the card's socket, runs in it. */
#include <errno.h>
#include <ifdhandler.h>
#include <poll.h>
#include <reader.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum
{
  READERS_MAX = 16,
  READER_NAME_MAX = 32,
  ANSWER_BYTES_MAX = 65536 + 2,
  ANSWER_MS = 3000, /* what a CCID reader grants a mute card */
  PLUG_MS = 100,    /* how often a silent card's reader looks at its own plug */
  FRAME_HEADER = 2
};

/* Payloads of one byte are not for the card's application. */
typedef enum
{
  CARD_POWER_OFF = 0,
  CARD_POWER_ON = 1,
  CARD_RESET = 2,
  CARD_GET_ATR = 4
} CardControl;

enum
{
  RECEIVED_GONE = -1,
  RECEIVED_LATE = -2
};

typedef struct
{
  bool used, announced;
  int listener, card, wakeup; /* file descriptors, -1: none */
  char name[READER_NAME_MAX + 1], path[sizeof ((struct sockaddr_un *)NULL)->sun_path];
  UCHAR atr[MAX_ATR_SIZE];
  DWORD atr_length;
} Reader;

static Reader readers[READERS_MAX];

static Reader *
find_reader (DWORD lun)
{
  DWORD index = lun >> 16, slot = lun & 0xFFFF;

  return index < READERS_MAX && slot == 0 && readers[index].used ? &readers[index] : NULL;
}

/* The launcher answers "add" and "remove" when the reader has really come or gone. */
static void
tell_launcher (const char *what, const char *name)
{
  const char *dir = getenv ("JUMIN_PEER_DIR");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  char line[READER_NAME_MAX + 16];

  if (dir == NULL)
    return;
  snprintf (address.sun_path, sizeof address.sun_path, "%s/events", dir);
  int length = snprintf (line, sizeof line, "%s %s", what, name);
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  sendto (fd, line, (size_t)length, MSG_DONTWAIT, (struct sockaddr *)&address, sizeof address);
  close (fd);
}

static void
forget_card (Reader *reader)
{
  if (reader->card >= 0)
    close (reader->card);
  reader->card = -1;
  reader->atr_length = 0;
}

static bool
send_frame (Reader *reader, const UCHAR *payload, DWORD length)
{
  UCHAR header[FRAME_HEADER] = { (UCHAR)(length >> 8), (UCHAR)length };
  struct iovec parts[] = { { header, sizeof header }, { (void *)payload, length } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

  return reader->card >= 0
         && sendmsg (reader->card, &message, MSG_NOSIGNAL) == (ssize_t)(length + FRAME_HEADER);
}

static int64_t
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Its plug was pulled: the launcher takes the socket away, as a USB transfer would fail at once.
 * pcscd tells the driver only when this command has ended. */
static bool
is_unplugged (const Reader *reader)
{
  return access (reader->path, F_OK) != 0;
}

static int
receive_bytes (Reader *reader, UCHAR *buffer, size_t length, int64_t deadline_ms)
{
  for (size_t got = 0; got < length;)
    {
      int64_t left = deadline_ms - now_ms ();
      struct pollfd wait = { .fd = reader->card, .events = POLLIN };
      if (left <= 0)
        return RECEIVED_LATE;
      if (poll (&wait, 1, left < PLUG_MS ? (int)left : PLUG_MS) == 0)
        {
          if (is_unplugged (reader))
            return RECEIVED_GONE;
          continue;
        }
      ssize_t n = recv (reader->card, buffer + got, length - got, MSG_DONTWAIT);
      if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        return RECEIVED_GONE;
      got += n > 0 ? (size_t)n : 0;
    }
  return (int)length;
}

/* How long a card may be silent; JUMIN_PEER_ANSWER_MS makes a reader less patient. */
static int
answer_ms (void)
{
  const char *text = getenv ("JUMIN_PEER_ANSWER_MS");
  int ms = text != NULL ? atoi (text) : 0;

  return ms > 0 && ms < ANSWER_MS ? ms : ANSWER_MS;
}

/* An empty frame asks for more time, as a card does by its waiting time extension. */
static int
receive_frame (Reader *reader, UCHAR *buffer, size_t capacity)
{
  UCHAR header[FRAME_HEADER];
  size_t length = 0;
  int64_t deadline_ms = 0;

  while (length == 0)
    {
      deadline_ms = now_ms () + answer_ms ();
      int result = receive_bytes (reader, header, sizeof header, deadline_ms);
      if (result < 0)
        return result;
      length = (size_t)header[0] << 8 | header[1];
    }
  if (length > capacity)
    return RECEIVED_GONE;
  return receive_bytes (reader, buffer, length, deadline_ms);
}

/* After a time-out the late answer must not be taken for the next one. */
static void
drop_late_answers (Reader *reader)
{
  UCHAR bytes[512];

  while (recv (reader->card, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
    continue;
}

static bool
open_listener (Reader *reader)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  memcpy (address.sun_path, reader->path, sizeof address.sun_path);
  unlink (reader->path);
  reader->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (reader->listener < 0)
    return false;
  if (bind (reader->listener, (struct sockaddr *)&address, sizeof address) == 0
      && listen (reader->listener, 1) == 0)
    return true;
  close (reader->listener);
  return false;
}

/* @device: "usb:1209/0001:libudev:0:/dev/bus/usb/NAME", as pcscd makes it from the USB device. */
RESPONSECODE
IFDHCreateChannelByName (DWORD lun, LPSTR device)
{
  const char *dir = getenv ("JUMIN_PEER_DIR"), *slash = strrchr (device, '/');
  DWORD index = lun >> 16;

  if (index >= READERS_MAX || dir == NULL || slash == NULL)
    return IFD_COMMUNICATION_ERROR;

  char path[sizeof ((Reader *)NULL)->path];
  int length = snprintf (path, sizeof path, "%s/card-%s.sock", dir, slash + 1);
  if (length < 0 || (size_t)length >= sizeof path)
    return IFD_COMMUNICATION_ERROR;
  Reader *reader = &readers[index];
  *reader = (Reader){ .listener = -1, .card = -1, .wakeup = -1 };
  snprintf (reader->name, sizeof reader->name, "%s", slash + 1);
  memcpy (reader->path, path, sizeof path);
  if (!open_listener (reader))
    return IFD_COMMUNICATION_ERROR;
  reader->wakeup = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  reader->used = true;
  return IFD_SUCCESS;
}

RESPONSECODE
IFDHCreateChannel (DWORD lun, DWORD channel)
{
  return IFD_NOT_SUPPORTED;
}

RESPONSECODE
IFDHCloseChannel (DWORD lun)
{
  Reader *reader = find_reader (lun);

  if (reader == NULL)
    return IFD_COMMUNICATION_ERROR;
  forget_card (reader);
  close (reader->listener);
  close (reader->wakeup);
  unlink (reader->path);
  reader->used = false;
  tell_launcher ("closed", reader->name);
  return IFD_SUCCESS;
}

static RESPONSECODE
wait_for_event (DWORD lun, int timeout_ms)
{
  Reader *reader = find_reader (lun);
  uint64_t count;

  if (reader == NULL)
    return IFD_NO_SUCH_DEVICE;
  if (!reader->announced)
    {
      reader->announced = true; /* pcscd shows the reader from here on */
      tell_launcher ("opened", reader->name);
    }
  struct pollfd wait[] = {
    { .fd = reader->wakeup, .events = POLLIN },
    { .fd = reader->card >= 0 ? reader->card : reader->listener,
      .events = reader->card >= 0 ? POLLRDHUP : POLLIN },
  };
  poll (wait, 2, timeout_ms);
  if (read (reader->wakeup, &count, sizeof count) < 0 && errno != EAGAIN)
    return IFD_COMMUNICATION_ERROR;
  return IFD_SUCCESS;
}

static RESPONSECODE
stop_waiting (DWORD lun)
{
  Reader *reader = find_reader (lun);
  uint64_t one = 1;

  if (reader == NULL || write (reader->wakeup, &one, sizeof one) != sizeof one)
    return IFD_COMMUNICATION_ERROR;
  return IFD_SUCCESS;
}

static RESPONSECODE
give (const void *value, DWORD length, PUCHAR out, PDWORD out_length)
{
  if (*out_length < length)
    return IFD_ERROR_INSUFFICIENT_BUFFER;
  memcpy (out, value, length);
  *out_length = length;
  return IFD_SUCCESS;
}

RESPONSECODE
IFDHGetCapabilities (DWORD lun, DWORD tag, PDWORD length, PUCHAR value)
{
  static const UCHAR yes = 1, no = 0, one = 1, readers_max = READERS_MAX;
  RESPONSECODE (*wait) (DWORD, int) = wait_for_event;
  RESPONSECODE (*stop) (DWORD) = stop_waiting;
  Reader *reader = find_reader (lun);

  switch (tag)
    {
    case TAG_IFD_ATR:
    case SCARD_ATTR_ATR_STRING:
      return reader ? give (reader->atr, reader->atr_length, value, length)
                    : IFD_COMMUNICATION_ERROR;
    case TAG_IFD_SLOTS_NUMBER:
      return give (&one, 1, value, length);
    case TAG_IFD_SIMULTANEOUS_ACCESS:
      return give (&readers_max, 1, value, length);
    case TAG_IFD_THREAD_SAFE:
      return give (&yes, 1, value, length);
    case TAG_IFD_SLOT_THREAD_SAFE:
      return give (&no, 1, value, length);
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT:
      return give (&wait, sizeof wait, value, length);
    case TAG_IFD_STOP_POLLING_THREAD:
      return give (&stop, sizeof stop, value, length);
    default:
      *length = 0;
      return IFD_ERROR_TAG;
    }
}

RESPONSECODE
IFDHSetCapabilities (DWORD lun, DWORD tag, DWORD length, PUCHAR value)
{
  return IFD_NOT_SUPPORTED;
}

RESPONSECODE
IFDHSetProtocolParameters (DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2,
                           UCHAR pts3)
{
  return IFD_SUCCESS;
}

RESPONSECODE
IFDHPowerICC (DWORD lun, DWORD action, PUCHAR atr, PDWORD atr_length)
{
  const UCHAR off = CARD_POWER_OFF, ask = CARD_GET_ATR;
  const UCHAR on = action == IFD_RESET ? CARD_RESET : CARD_POWER_ON;
  Reader *reader = find_reader (lun);
  UCHAR answer[ANSWER_BYTES_MAX];

  if (reader == NULL || reader->card < 0)
    return IFD_COMMUNICATION_ERROR;
  drop_late_answers (reader);
  reader->atr_length = 0;
  if (action == IFD_POWER_DOWN)
    return send_frame (reader, &off, 1) ? IFD_SUCCESS : IFD_COMMUNICATION_ERROR;

  *atr_length = 0;
  if (!send_frame (reader, &on, 1) || !send_frame (reader, &ask, 1))
    return IFD_COMMUNICATION_ERROR;
  int length = receive_frame (reader, answer, sizeof answer);
  if (length <= 0 || length > MAX_ATR_SIZE)
    return IFD_ERROR_POWER_ACTION;
  reader->atr_length = *atr_length = (DWORD)length;
  memcpy (reader->atr, answer, (size_t)length);
  memcpy (atr, answer, (size_t)length);
  return IFD_SUCCESS;
}

RESPONSECODE
IFDHTransmitToICC (DWORD lun, SCARD_IO_HEADER send_header, PUCHAR command, DWORD command_length,
                   PUCHAR answer, PDWORD answer_length, PSCARD_IO_HEADER receive_header)
{
  Reader *reader = find_reader (lun);
  DWORD capacity = *answer_length;
  UCHAR frame[ANSWER_BYTES_MAX];

  *answer_length = 0;
  if (receive_header != NULL)
    receive_header->Protocol = send_header.Protocol;
  if (reader == NULL || reader->card < 0)
    return IFD_ICC_NOT_PRESENT;
  drop_late_answers (reader);
  if (!send_frame (reader, command, command_length))
    return IFD_COMMUNICATION_ERROR;
  int length = receive_frame (reader, frame, sizeof frame);
  if (length == RECEIVED_LATE)
    return IFD_RESPONSE_TIMEOUT;
  if (length < 0)
    return IFD_COMMUNICATION_ERROR;
  if ((DWORD)length > capacity)
    return IFD_ERROR_INSUFFICIENT_BUFFER;
  memcpy (answer, frame, (size_t)length);
  *answer_length = (DWORD)length;
  return IFD_SUCCESS;
}

RESPONSECODE
IFDHControl (DWORD lun, DWORD code, PUCHAR send, DWORD send_length, PUCHAR receive,
             DWORD receive_length, LPDWORD returned)
{
  if (returned != NULL)
    *returned = 0;
  return IFD_ERROR_NOT_SUPPORTED;
}

RESPONSECODE
IFDHICCPresence (DWORD lun)
{
  Reader *reader = find_reader (lun);
  UCHAR byte;

  if (reader == NULL)
    return IFD_NO_SUCH_DEVICE;
  if (reader->card < 0)
    {
      reader->card = accept4 (reader->listener, NULL, NULL, SOCK_CLOEXEC);
      return reader->card >= 0 ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
    }
  ssize_t n = recv (reader->card, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
    return IFD_ICC_PRESENT;
  /* A new card may wait already: the next look finds it, so a swap is always seen as one. */
  forget_card (reader);
  return IFD_ICC_NOT_PRESENT;
}
