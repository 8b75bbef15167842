/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that has locked itself in tries everything that it may not do. */
#include "scan/decoder.h"
#include "scan/lock-in.h"

#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempts.h"
#include "code-picture.h"

enum
{
  WORKED = 1,
  REFUSED = 2,
  NOT_LOCKED_IN = 3
};

static void
lock_in (const int *kept, guint n_kept)
{
  g_autoptr (GError) error = NULL;

  if (!jumin_lock_in (kept, n_kept, &error))
    {
      g_printerr ("%s\n", error->message);
      _exit (NOT_LOCKED_IN);
    }
}

/* How a child ends that locks itself in and makes an attempt. */
static int
attempt_in_child (const Attempt *attempt)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      lock_in (NULL, 0);
      _exit (attempt->attempt () ? WORKED : REFUSED);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

static void
test_every_attempt_ends (void)
{
  for (guint i = 0; i < n_attempts; i++)
    {
      int status = attempt_in_child (&attempts[i]);

      g_test_message ("%-14s %s", attempts[i].name,
                      WIFSIGNALED (status) ? strsignal (WTERMSIG (status)) : "refused");
      if (attempts[i].refused)
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == REFUSED);
      else
        g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS);
    }
}

/* The same attempts of a process that has not: they are real ones. */
static void
test_attempts_work_outside (void)
{
  static const char *const harmless[] = { "open",    "openat",      "openat2",   "stat",
                                          "dup",     "pipe",        "memfd",     "socket",
                                          "chdir",   "unix_socket", "fork",      "clone",
                                          "execute", "map_code",    "make_code", "memory" };

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      const Attempt *attempt = attempt_find (harmless[i], strlen (harmless[i]));
      pid_t child = fork ();
      int status;

      if (child == 0)
        _exit (attempt->attempt () ? WORKED : REFUSED);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      /* A program that was executed ends with 0. */
      g_test_message ("%-14s %d", attempt->name, status);
      g_assert_true (WIFEXITED (status)
                     && WEXITSTATUS (status)
                            == (strcmp (harmless[i], "execute") == 0 ? 0 : WORKED));
    }
}

static int
compare_bytes (const void *a, const void *b)
{
  return *(const guint8 *)a - *(const guint8 *)b;
}

/* Reads and writes a message, waits, allocates, sorts much, and leaves. */
static int
live (int line)
{
  struct pollfd fd = { .fd = line, .events = POLLIN };
  const struct itimerval soon = { .it_value.tv_sec = 10 };
  char byte = 0;
  struct iovec part = { &byte, 1 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  gsize length = (gsize)64 * 1024 * 1024;
  void *memory;

  if (setitimer (ITIMER_REAL, &soon, NULL) != 0 || poll (&fd, 1, 10000) != 1
      || recvmsg (line, &message, 0) != 1)
    return 10;
  memory = mmap (NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || munmap (memory, length) != 0)
    return 11;
  memory = g_malloc0 (length);
  qsort (memory, 1024 * 1024, 1, compare_bytes);
  g_free (memory);
  byte++;
  return sendmsg (line, &message, MSG_NOSIGNAL) == 1 ? 0 : 12;
}

static void
test_what_is_needed_still_works (void)
{
  int line[2], status;
  char byte = 'a';
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line), ==, 0);
  child = fork ();
  if (child == 0)
    {
      lock_in (&line[1], 1);
      _exit (live (line[1]));
    }
  close (line[1]);
  g_assert_cmpint (write (line[0], &byte, 1), ==, 1);
  g_assert_cmpint (read (line[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'b');
  close (line[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
is_never_over (gpointer data)
{
  return FALSE;
}

/* Whether a decoder that was warmed up reads @picture, by every engine, once it is locked in. */
static int
read_in_child (const CodePicture *picture)
{
  static const guint8 hello[] = { 0xc4, 0xe3, 0xba, 0xc3 };
  g_autofree guint8 *pixels = NULL;
  JuminFrame frame = code_picture_draw (picture, hello, sizeof hello, &pixels);
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      JuminDecoder *decoder = jumin_decoder_new ();
      GPtrArray *texts;

      if (!jumin_decoder_warm_up (decoder, frame.width, frame.height, NULL))
        _exit (REFUSED);
      lock_in (NULL, 0);
      texts = jumin_decoder_read_still (decoder, &frame, is_never_over, NULL, NULL);
      _exit (texts->len > 0 ? 0 : WORKED);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* zbar asks for a converter of the character set that a code names. */
static void
test_codes_that_name_their_characters_are_read (void)
{
  static const guint numbers[] = { 31, 99, 170, 899, 999 };
  guint read = 0;

  for (guint eci = 0; eci <= 30; eci++)
    for (guint inverted = 0; inverted <= 1; inverted++)
      read += read_in_child (&(CodePicture){ .eci = eci, .inverted = inverted }) == 0;
  g_test_message ("%u of 62", read);
  g_assert_cmpuint (read, >=, 50);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    read_in_child (&(CodePicture){ .eci = numbers[i], .inverted = TRUE });
}

/* Sends a descriptor to a process that is locked in. */
static void
send_descriptor (int line, int descriptor)
{
  char byte = 0;
  struct iovec part = { &byte, 1 };
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { .header = { .cmsg_len = CMSG_LEN (sizeof (int)),
                            .cmsg_level = SOL_SOCKET,
                            .cmsg_type = SCM_RIGHTS } };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };

  memcpy (CMSG_DATA (&control.header), &descriptor, sizeof descriptor);
  g_assert_cmpint (sendmsg (line, &message, 0), ==, 1);
}

static int
receive (int line)
{
  char byte, control[CMSG_SPACE (sizeof (int))];
  struct iovec part = { &byte, 1 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control
  };

  if (recvmsg (line, &message, 0) != 1)
    return WORKED;
  return (message.msg_flags & MSG_CTRUNC) != 0 ? 0 : REFUSED;
}

static void
test_descriptors_neither_stay_nor_come (void)
{
  int line[2], status;
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line), ==, 0);
  child = fork ();
  if (child == 0)
    {
      lock_in (&line[1], 1);
      if (read (line[0], &status, 1) != -1 || errno != EBADF)
        _exit (NOT_LOCKED_IN);
      _exit (receive (line[1]));
    }
  send_descriptor (line[0], line[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  close (line[0]);
  close (line[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lock_in/every_attempt_ends", test_every_attempt_ends);
  g_test_add_func ("/lock_in/the_attempts_work_outside", test_attempts_work_outside);
  g_test_add_func ("/lock_in/what_is_needed_still_works", test_what_is_needed_still_works);
  g_test_add_func ("/lock_in/codes_that_name_their_characters_are_read",
                   test_codes_that_name_their_characters_are_read);
  g_test_add_func ("/lock_in/descriptors_neither_stay_nor_come",
                   test_descriptors_neither_stay_nor_come);
  return g_test_run ();
}
