/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line to one jumin-scan: a child that has nothing of ours but its end of a socket pair, or
 * whoever systemd starts behind a socket. */
#include "devices/scan-link.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CHILD_ENVIRONMENT "LANG=C.UTF-8 PATH=/usr/bin:/bin"

enum
{
  CHILD_DESCRIPTOR = 3
};

static gboolean
fail (GError **error, const char *what, int number)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (number), "%s jumin-scan failed: %s",
               what, g_strerror (number));
  return FALSE;
}

/* Nothing that core's environment holds is for a program that looks at pictures of strangers. */
static gboolean
spawn (JuminScanLink *self, const char *program, GError **error)
{
  g_auto (GStrv) environment = g_strsplit (CHILD_ENVIRONMENT, " ", -1);
  const char *const arguments[] = { program, "--serve", NULL };
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return fail (error, "Starting", errno);
  self->descriptor = ends[0];
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_fd (launcher, ends[1], CHILD_DESCRIPTOR);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  return self->process != NULL;
}

static gboolean
connect_to (JuminScanLink *self, const char *path, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  if (strlen (path) >= sizeof address.sun_path)
    return fail (error, "Connecting to", ENAMETOOLONG);
  memcpy (address.sun_path, path, strlen (path));
  self->descriptor = socket (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->descriptor < 0
      || connect (self->descriptor, (struct sockaddr *)&address, sizeof address) != 0)
    return fail (error, "Connecting to", errno);
  return TRUE;
}

/**
 * jumin_scan_link_open:
 * @self: (out): to be closed, also after an error
 * @program: (nullable): what is started
 * @socket: (nullable): where it is found instead
 */
gboolean
jumin_scan_link_open (JuminScanLink *self, const char *program, const char *socket, GError **error)
{
  *self = (JuminScanLink){ .descriptor = -1 };
  if (socket != NULL)
    return connect_to (self, socket, error);
  return program != NULL ? spawn (self, program, error) : fail (error, "Starting", ENOENT);
}

gboolean
jumin_scan_link_send (JuminScanLink *self, const JuminScanMessage *message, GError **error)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  gsize length = jumin_scan_message_pack (message, bytes);

  if (send (self->descriptor, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT) == (gssize)length)
    return TRUE;
  return fail (error, "Writing to", errno);
}

/* The descriptors that came with a message: the first is the caller's, others are nobody's.
 *
 * Returns: how many there were */
static guint
take_descriptors (struct msghdr *header, int *first)
{
  guint count = 0;

  *first = -1;
  for (struct cmsghdr *part = CMSG_FIRSTHDR (header); part != NULL;
       part = CMSG_NXTHDR (header, part))
    {
      gsize descriptors = (part->cmsg_len - CMSG_LEN (0)) / sizeof (int);

      if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
        continue;
      for (gsize i = 0; i < descriptors; i++)
        {
          int descriptor;

          memcpy (&descriptor, CMSG_DATA (part) + i * sizeof (int), sizeof (int));
          if (count++ == 0)
            *first = descriptor;
          else
            close (descriptor);
        }
    }
  return count;
}

/* OPENED brings one descriptor, nothing else brings any. */
static gboolean
read_message (const guint8 *bytes, gsize length, const struct msghdr *header, guint descriptors,
              JuminScanMessage *message, GError **error)
{
  if (!jumin_scan_message_parse (bytes, length, message, error))
    return FALSE;
  if ((header->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0
      && descriptors == (message->kind == JUMIN_SCAN_MESSAGE_OPENED ? 1 : 0))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "Reading from jumin-scan failed: a message with too much or too little");
  return FALSE;
}

/**
 * jumin_scan_link_receive:
 * @message: (out caller-allocates): to be wiped
 * @descriptor: (out): what came with OPENED; the caller closes it; −1: none
 *
 * Errors: G_IO_ERROR_WOULD_BLOCK, there is none; G_IO_ERROR_CLOSED; G_IO_ERROR_INVALID_DATA.
 */
gboolean
jumin_scan_link_receive (JuminScanLink *self, JuminScanMessage *message, int *descriptor,
                         GError **error)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  struct iovec part = { bytes, sizeof bytes };
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (2 * sizeof (int))];
  } control;
  struct msghdr header = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  gssize length = recvmsg (self->descriptor, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  gboolean good = FALSE;
  guint descriptors;

  *descriptor = -1;
  if (length < 0)
    return fail (error, "Reading from", errno);
  /* Also an empty message may bring some. */
  descriptors = take_descriptors (&header, descriptor);
  if (length == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                         "Reading from jumin-scan failed: it has ended");
  else
    good = read_message (bytes, (gsize)length, &header, descriptors, message, error);
  explicit_bzero (bytes, sizeof bytes);
  if (!good && *descriptor >= 0)
    close (*descriptor);
  return good;
}

/**
 * jumin_scan_link_close:
 *
 * Ends the program: there is nothing that it would have to finish, and the kernel closes the
 * camera. One that is not our child ends because its line does.
 */
void
jumin_scan_link_close (JuminScanLink *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  if (self->descriptor >= 0)
    close (self->descriptor);
  self->descriptor = -1;
}
