/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A jumin-scan without a camera, whose START says in the place of the device how it behaves.
 *
 *   good             looks, and shows one red pixel once its preview is on
 *   code             looks, and reads a code of 2048 bytes each time
 *   dies             ends at once · dies:FILE: while the file is there, else good
 *   plug:FILE        has a camera while the file is there
 *   mute             never opens anything
 *   crash, hang, garbage, oversize   good until its preview is on, then that
 *   and those of the table below: what no jumin-scan says */
#include "ipc/preview.h"
#include "model/scan-message.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
  LINE = 3,
  FRAME_MS = 10,
  GARBAGE_BYTES = 40
};

static JuminPreviewWriter *writer;
static char mode[JUMIN_SCAN_DEVICE_BYTES_MAX + 1];

static gboolean
is (const char *word)
{
  return strcmp (mode, word) == 0;
}

/* The file of "word:FILE". */
static gboolean
file_is_there (const char *word)
{
  return g_str_has_prefix (mode, word) && g_file_test (mode + strlen (word), G_FILE_TEST_EXISTS);
}

static void
send_bytes (const guint8 *bytes, gsize length, int descriptor)
{
  struct iovec part = { (void *)bytes, length };
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { .header = { CMSG_LEN (sizeof (int)), SOL_SOCKET, SCM_RIGHTS } };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (descriptor >= 0)
    {
      memcpy (CMSG_DATA (&control.header), &descriptor, sizeof descriptor);
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
    }
  if (sendmsg (LINE, &message, MSG_NOSIGNAL) < 0)
    _exit (0);
}

static void
say (const JuminScanMessage *message, int descriptor)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];

  send_bytes (bytes, jumin_scan_message_pack (message, bytes), descriptor);
}

static void
say_state (JuminScanState state)
{
  say (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_STATE, .state = state }, -1);
}

static void
say_opened (int descriptor)
{
  say (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_OPENED }, descriptor);
}

static void
say_code (void)
{
  JuminScanMessage message
      = { .kind = JUMIN_SCAN_MESSAGE_CODE, .text_length = JUMIN_SCAN_TEXT_BYTES_MAX };

  for (gsize i = 0; i < message.text_length; i++)
    message.text[i] = (guint8)i;
  say (&message, -1);
}

static G_NORETURN void
wait_for_the_end (void)
{
  for (;;)
    pause ();
}

/* What core asks a preview of. */
static void
show_picture (void)
{
  guint8 *pixels;
  guint8 garbage[JUMIN_SCAN_MESSAGE_BYTES_MAX + 1];

  memset (garbage, 0xa5, sizeof garbage);
  if (is ("crash"))
    raise (SIGSEGV);
  if (is ("hang"))
    wait_for_the_end ();
  if (is ("garbage"))
    send_bytes (garbage, GARBAGE_BYTES, -1);
  if (is ("oversize"))
    {
      garbage[0] = JUMIN_SCAN_MESSAGE_CODE;
      send_bytes (garbage, sizeof garbage, -1);
    }
  pixels = jumin_preview_writer_begin (writer, 1, 1);
  memcpy (pixels, "\0\0\377\377", JUMIN_PREVIEW_PIXEL_BYTES);
  jumin_preview_writer_commit (writer);
}

static gboolean
tell_lies (int memory)
{
  if (is ("code-early"))
    say_code ();
  else if (is ("looks-early"))
    say_state (JUMIN_SCAN_LOOKING);
  else if (is ("off"))
    say_state (JUMIN_SCAN_OFF);
  else if (is ("faulty"))
    say_state (JUMIN_SCAN_FAULTY);
  else if (is ("preview"))
    say (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_PREVIEW }, -1);
  else if (is ("no-descriptor"))
    say_opened (-1);
  else if (is ("state-with-descriptor"))
    send_bytes ((const guint8 *)"T\1\0", 3, memory);
  else if (is ("nothing-with-descriptor"))
    send_bytes ((const guint8 *)"", 0, memory);
  else if (is ("opened-twice"))
    {
      say_opened (memory);
      say_opened (memory);
    }
  else if (is ("talks"))
    for (;;)
      say_state (JUMIN_SCAN_OPENING);
  else
    return FALSE;
  return TRUE;
}

static void
look (void)
{
  struct pollfd line = { .fd = LINE, .events = POLLIN };
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];

  for (;;)
    {
      if (poll (&line, 1, FRAME_MS) > 0)
        {
          if (read (LINE, bytes, sizeof bytes) <= 0)
            return;
          show_picture ();
        }
      if (g_str_has_prefix (mode, "plug:") && !file_is_there ("plug:"))
        {
          say_state (JUMIN_SCAN_LOST);
          return;
        }
      say_state (JUMIN_SCAN_LOOKING);
      if (is ("code"))
        say_code ();
    }
}

static int
run (int argc, char **argv)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  JuminScanMessage start;
  gssize length = read (LINE, bytes, sizeof bytes);
  int memory;

  if (argc != 2 || strcmp (argv[1], "--serve") != 0 || length <= 0
      || !jumin_scan_message_parse (bytes, (gsize)length, &start, NULL))
    return 2;
  g_strlcpy (mode, start.start.device, sizeof mode);
  writer = jumin_preview_writer_new (NULL);
  memory = jumin_preview_writer_steal_descriptor (writer);
  if (is ("dies") || file_is_there ("dies:"))
    return 1;
  if (is ("mute") || tell_lies (memory))
    wait_for_the_end ();
  say_state (JUMIN_SCAN_OPENING);
  if (g_str_has_prefix (mode, "plug:") && !file_is_there ("plug:"))
    {
      say_state (JUMIN_SCAN_MISSING);
      return 0;
    }
  say_opened (memory);
  look ();
  return 0;
}

/* Without atexit(): a leak checker traces the process that it checks, and one that is killed then
 * is reaped by nobody. */
int
main (int argc, char **argv)
{
  _exit (run (argc, argv));
}
