/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket to core: datagrams of model/scan-message.h by recvmsg() and sendmsg(), the calls that
 * are left once jumin-scan has locked itself in. */
#include "scan/core-link.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/**
 * jumin_core_link_check:
 *
 * Errors: G_IO_ERROR_INVALID_ARGUMENT when @core is no Unix socket of messages.
 */
gboolean
jumin_core_link_check (int core, GError **error)
{
  int type = 0, domain = 0;
  socklen_t length = sizeof type;

  if (getsockopt (core, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_SEQPACKET
      && getsockopt (core, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_UNIX)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "Descriptor %d is no socket of messages: core starts this program", core);
  return FALSE;
}

/**
 * jumin_core_link_receive:
 * @message: (out): what core said, unless it has gone
 * @gone: (out): whether core has closed its end
 *
 * Does not wait: poll() has said that there is something.
 *
 * Errors: as jumin_scan_message_parse(), and those of recvmsg().
 */
gboolean
jumin_core_link_receive (int core, JuminScanMessage *message, gboolean *gone, GError **error)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX + 1];
  struct iovec part = { bytes, sizeof bytes };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
  gssize length;

  do
    length = recvmsg (core, &header, MSG_DONTWAIT);
  while (length < 0 && errno == EINTR);
  *gone = length == 0 || (length < 0 && errno == ECONNRESET);
  if (length > 0)
    return jumin_scan_message_parse (bytes, (gsize)length, message, error);
  if (!*gone)
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errno),
                 "Reading what core says failed: %s", g_strerror (errno));
  return *gone;
}

/**
 * jumin_core_link_send:
 *
 * Says something that is true again soon: it is dropped when core does not read, and when core has
 * gone, which the next wait says.
 */
void
jumin_core_link_send (int core, const JuminScanMessage *message)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  struct iovec part = { bytes, jumin_scan_message_pack (message, bytes) };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

  while (sendmsg (core, &header, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EINTR)
    continue;
  explicit_bzero (bytes, part.iov_len);
}

/**
 * jumin_core_link_send_opened:
 * @memory: a descriptor of the preview's memory; stays the caller's
 *
 * Returns: whether it is on its way; otherwise core has gone
 */
gboolean
jumin_core_link_send_opened (int core, int memory)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  struct iovec part
      = { bytes, jumin_scan_message_pack (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_OPENED },
                                          bytes) };
  union
  {
    char bytes[CMSG_SPACE (sizeof memory)];
    struct cmsghdr aligned;
  } control = { { 0 } };
  struct msghdr header = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  struct cmsghdr *descriptors = CMSG_FIRSTHDR (&header);
  gssize sent;

  descriptors->cmsg_level = SOL_SOCKET;
  descriptors->cmsg_type = SCM_RIGHTS;
  descriptors->cmsg_len = CMSG_LEN (sizeof memory);
  memcpy (CMSG_DATA (descriptors), &memory, sizeof memory);
  do
    sent = sendmsg (core, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  return sent > 0;
}
