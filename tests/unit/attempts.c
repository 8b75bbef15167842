/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attempts to break out of jumin-scan. System calls are made as they are: whoever has taken a
 * process over does not ask the C library. */
#include "attempts.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum
{
  PAGE_BYTES = 4096,
  PIECE_BYTES = 1024 * 1024,
  PIECES_MAX = 1024,
  X32_CALL = 0x40000000
};

static gboolean
call (long number, long a, long b, long c, long d)
{
  return syscall (number, a, b, c, d, 0, 0) >= 0;
}

#define ATTEMPT(name, number, a, b, c, d)                                                          \
  static gboolean try_##name (void)                                                                \
  {                                                                                                \
    return call (number, (long)(a), (long)(b), (long)(c), (long)(d));                              \
  }

static char *const no_words[] = { NULL };
static const struct sockaddr_in nowhere = { .sin_family = AF_INET };
static const struct rlimit no_limit = { RLIM_INFINITY, RLIM_INFINITY };
static const guint64 how[3] = { O_RDONLY };
static guint8 page[PAGE_BYTES * 2];

ATTEMPT (open, SYS_open, "/etc/passwd", O_RDONLY, 0, 0)
ATTEMPT (openat, SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0)
ATTEMPT (openat2, SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how)
ATTEMPT (create, SYS_creat, "/tmp/picture", 0600, 0, 0)
ATTEMPT (unlink, SYS_unlink, "/tmp/no-such-file", 0, 0, 0)
ATTEMPT (rename, SYS_rename, "/tmp/no-such-file", "/tmp/nor-this", 0, 0)
ATTEMPT (stat, SYS_newfstatat, AT_FDCWD, "/", page, 0)
ATTEMPT (chdir, SYS_chdir, "/", 0, 0, 0)
ATTEMPT (dup, SYS_dup, 0, 0, 0, 0)
ATTEMPT (pipe, SYS_pipe2, page, 0, 0, 0)
ATTEMPT (memfd, SYS_memfd_create, "picture", 0, 0, 0)
ATTEMPT (socket, SYS_socket, AF_INET, SOCK_STREAM, 0, 0)
ATTEMPT (unix_socket, SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0)
ATTEMPT (connect, SYS_connect, 0, &nowhere, sizeof nowhere, 0)
ATTEMPT (sendto, SYS_sendto, 0, page, 1, 0)
ATTEMPT (execute, SYS_execve, "/bin/true", no_words, no_words, 0)
ATTEMPT (fork, SYS_fork, 0, 0, 0, 0)
ATTEMPT (clone, SYS_clone, SIGCHLD, 0, 0, 0)
ATTEMPT (clone3, SYS_clone3, page, 64, 0, 0)
ATTEMPT (ptrace, SYS_ptrace, PTRACE_TRACEME, 0, 0, 0)
ATTEMPT (read_parent, SYS_process_vm_readv, getppid (), page, 0, page)
ATTEMPT (kill_parent, SYS_kill, getppid (), 0, 0, 0)
ATTEMPT (signal_itself, SYS_tgkill, 1, 1, 0, 0)
ATTEMPT (handler, SYS_rt_sigaction, SIGALRM, 0, page, 8)
ATTEMPT (map_code, SYS_mmap, 0, PAGE_BYTES, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS)
ATTEMPT (make_code, SYS_mprotect, (gsize)(page + PAGE_BYTES) & ~(gsize)(PAGE_BYTES - 1), PAGE_BYTES,
         PROT_READ | PROT_WRITE | PROT_EXEC, 0)
ATTEMPT (key_code, SYS_pkey_mprotect, (gsize)(page + PAGE_BYTES) & ~(gsize)(PAGE_BYTES - 1),
         PAGE_BYTES, PROT_READ | PROT_EXEC, -1)
ATTEMPT (dumpable, SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0)
ATTEMPT (limits, SYS_prlimit64, 0, RLIMIT_AS, &no_limit, 0)
ATTEMPT (ring, SYS_io_uring_setup, 1, page, 0, 0)
ATTEMPT (bpf, SYS_bpf, 0, page, 16, 0)
ATTEMPT (user_faults, SYS_userfaultfd, 0, 0, 0, 0)
ATTEMPT (namespaces, SYS_unshare, CLONE_NEWUSER, 0, 0, 0)
ATTEMPT (mount, SYS_mount, "none", "/mnt", "tmpfs", 0)
ATTEMPT (become_root, SYS_setuid, 0, 0, 0, 0)
ATTEMPT (terminal, SYS_ioctl, 0, TIOCSTI, page, 0)
ATTEMPT (filter, SYS_seccomp, 0, 0, 0, 0)
ATTEMPT (other_calls, X32_CALL | SYS_getpid, 0, 0, 0, 0)

/* A gibibyte, and each page of it touched. */
static gboolean
try_memory (void)
{
  for (guint i = 0; i < PIECES_MAX; i++)
    {
      guint8 *piece = malloc (PIECE_BYTES);

      if (piece == NULL)
        return FALSE;
      memset (piece, 1, PIECE_BYTES);
    }
  return TRUE;
}

#define ROW(name)                                                                                  \
  {                                                                                                \
#name, try_##name, FALSE                                                                       \
  }

const Attempt attempts[] = {
  ROW (open),        ROW (openat),        ROW (openat2),
  ROW (create),      ROW (unlink),        ROW (rename),
  ROW (stat),        ROW (chdir),         ROW (dup),
  ROW (pipe),        ROW (memfd),         ROW (socket),
  ROW (unix_socket), ROW (connect),       ROW (sendto),
  ROW (execute),     ROW (fork),          ROW (clone),
  ROW (clone3),      ROW (ptrace),        ROW (read_parent),
  ROW (kill_parent), ROW (handler),       ROW (map_code),
  ROW (make_code),   ROW (signal_itself), ROW (key_code),
  ROW (dumpable),    ROW (limits),        ROW (ring),
  ROW (bpf),         ROW (user_faults),   ROW (namespaces),
  ROW (mount),       ROW (become_root),   ROW (terminal),
  ROW (filter),      ROW (other_calls),   { "memory", try_memory, TRUE },
};
const guint n_attempts = G_N_ELEMENTS (attempts);

const Attempt *
attempt_find (const char *text, gsize length)
{
  for (guint i = 0; i < n_attempts; i++)
    if (strlen (attempts[i].name) == length && memcmp (attempts[i].name, text, length) == 0)
      return &attempts[i];
  return NULL;
}
