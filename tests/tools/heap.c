/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libjumin-heap.so, preloaded into an unmodified program by tests/bench/soak: says how many bytes
 * of the heap are in use.
 *
 *   JUMIN_HEAP_FOLDER=/path       where the socket is made, as PID
 *
 * Whoever connects is sent the number, and then the end. */
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum
{
  WAITING_MAX = 4
};

static void
answer (int connection)
{
  struct mallinfo2 info = mallinfo2 ();

  dprintf (connection, "%zu\n", info.uordblks + info.hblkhd);
  close (connection);
}

static void *
run (void *data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), connection;

  snprintf (address.sun_path, sizeof address.sun_path, "%s/%d", (const char *)data, getpid ());
  if (listener < 0 || bind (listener, (struct sockaddr *)&address, sizeof address) < 0
      || listen (listener, WAITING_MAX) < 0)
    return NULL;
  while ((connection = accept4 (listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    answer (connection);
  return NULL;
}

static __attribute__ ((constructor)) void
begin (void)
{
  const char *folder = getenv ("JUMIN_HEAP_FOLDER");
  pthread_t thread;

  if (folder != NULL && pthread_create (&thread, NULL, run, (void *)folder) == 0)
    pthread_detach (thread);
}
