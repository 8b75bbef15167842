/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How jumin-scan locks itself in, from the outer wall to the inner: descriptors, limits, Landlock,
 * and the filter of system calls (seccomp), after which nothing of all this could be called. */
#include "scan/lock-in.h"

#include <linux/landlock.h>
#include <linux/videodev2.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef JUMIN_WITH_SECCOMP
#include <seccomp.h>
#endif

static gboolean
fail (GError **error, const char *what, int number)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (number),
               "Locking jumin-scan in failed: %s: %s", what, g_strerror (number));
  return FALSE;
}

/* What lies between those that are kept becomes the standard error's: a hole could be filled by a
 * descriptor that somebody sends. */
static gboolean
close_others (const int *kept, guint n_kept, GError **error)
{
  int next = STDERR_FILENO + 1;

  for (guint i = 0; i < n_kept; i++)
    {
      while (next < kept[i])
        if (dup2 (STDERR_FILENO, next++) < 0)
          return fail (error, "dup2", errno);
      next = kept[i] + 1;
    }
  return close_range ((guint)next, ~0U, 0) == 0 || fail (error, "close_range", errno);
}

#ifdef JUMIN_WITH_SECCOMP

/* What linux/landlock.h has become; an older kernel is handed its beginning only. */
typedef struct
{
  guint64 files, network, scoped;
} Ruleset;

/* What each version of Landlock can take away; all of it is, and nothing is given back. */
static const struct
{
  int version;
  gsize size;
  Ruleset ruleset;
} landlock_versions[] = {
  { 6, 24, { 0xffff, 0x3, 0x3 } }, /* signals and abstract sockets of others */
  { 5, 16, { 0xffff, 0x3 } },      /* ioctl of a device */
  { 4, 16, { 0x7fff, 0x3 } },      /* TCP: bind, connect */
  { 3, 8, { 0x7fff } },            /* truncate */
  { 2, 8, { 0x3fff } },            /* rename to another folder */
  { 1, 8, { 0x1fff } },
};

static gboolean
take_files_away (GError **error)
{
  int version
      = (int)syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  gsize i = 0;
  int ruleset;

  if (version < 1)
    {
      g_message ("This kernel has no Landlock: jumin-scan is locked in by seccomp alone");
      return TRUE;
    }
  while (landlock_versions[i].version > version)
    i++;
  ruleset = (int)syscall (SYS_landlock_create_ruleset, &landlock_versions[i].ruleset,
                          landlock_versions[i].size, 0);
  if (ruleset < 0 || syscall (SYS_landlock_restrict_self, ruleset, 0) != 0)
    return fail (error, "Landlock", errno);
  close (ruleset);
  return TRUE;
}

/* No descriptor above the last one that is kept: none can come, not even over the socket. */
static gboolean
set_limits (int last_kept, GError **error)
{
  const struct
  {
    __rlimit_resource_t resource;
    rlim_t most;
  } limits[] = {
    { RLIMIT_AS, JUMIN_LOCK_IN_MEMORY_MAX },
    { RLIMIT_CORE, 0 },
    { RLIMIT_FSIZE, 0 },
    { RLIMIT_MEMLOCK, 0 },
    { RLIMIT_MSGQUEUE, 0 },
    { RLIMIT_NOFILE, (rlim_t)last_kept + 1 },
    { RLIMIT_NPROC, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (setrlimit (limits[i].resource, &(struct rlimit){ limits[i].most, limits[i].most }) != 0)
      return fail (error, "setrlimit", errno);
  return TRUE;
}

/* With any arguments. Names, so that libseccomp finds the number of each architecture and leaves
 * out those that one has not. The C library's qsort() asks sysinfo how much it may allocate. */
static const char *const allowed_calls[] = {
  "read",
  "write",
  "readv",
  "writev",
  "recvmsg",
  "sendmsg",
  "poll",
  "ppoll",
  "munmap",
  "mremap",
  "brk",
  "madvise",
  "futex",
  "getrandom",
  "clock_gettime",
  "gettimeofday",
  "setitimer",
  "close",
  "exit",
  "exit_group",
  "sysinfo",
  "rt_sigreturn",
  "rt_sigprocmask",
  "restart_syscall",
};

/* Of the camera: buffers to and fro, on and off, and its knobs. */
static const unsigned long allowed_ioctls[] = {
  VIDIOC_QBUF, VIDIOC_DQBUF, VIDIOC_STREAMON, VIDIOC_STREAMOFF, VIDIOC_G_CTRL, VIDIOC_S_CTRL,
};

/* Calls of libseccomp return 0 or a negative errno. */
static int
add_rules (scmp_filter_ctx filter)
{
  static const char *const without_exec[] = { "mmap", "mprotect" };
  int result = 0;

  for (gsize i = 0; result == 0 && i < G_N_ELEMENTS (allowed_calls); i++)
    {
      int number = seccomp_syscall_resolve_name (allowed_calls[i]);

      if (number >= 0)
        result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, number, 0);
    }
  for (gsize i = 0; result == 0 && i < G_N_ELEMENTS (without_exec); i++)
    result
        = seccomp_rule_add (filter, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name (without_exec[i]),
                            1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  /* The kernel looks at the lower half of the request only. */
  for (gsize i = 0; result == 0 && i < G_N_ELEMENTS (allowed_ioctls); i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (ioctl), 1,
                               SCMP_A1 (SCMP_CMP_MASKED_EQ, 0xffffffff, allowed_ioctls[i]));
  return result;
}

static gboolean
take_calls_away (GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int result = filter != NULL ? add_rules (filter) : -ENOMEM;

  if (result == 0)
    result = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  /* Threads that a library may have begun are locked in, too. */
  if (result == 0)
    result = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
  if (result == 0)
    result = seccomp_load (filter);
  g_clear_pointer (&filter, seccomp_release);
  return result == 0 || fail (error, "seccomp", -result);
}

static gboolean
take_rights_away (int last_kept, GError **error)
{
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fail (error, "prctl", errno);
  return take_files_away (error) && set_limits (last_kept, error) && take_calls_away (error);
}

#else

static gboolean
take_rights_away (int last_kept, GError **error)
{
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 || fail (error, "prctl", errno);
}

#endif

gboolean
jumin_lock_in (const int *kept, guint n_kept, GError **error)
{
  for (guint i = 0; i < n_kept; i++)
    g_return_val_if_fail (kept[i] > (i > 0 ? kept[i - 1] : STDERR_FILENO), FALSE);
  return close_others (kept, n_kept, error)
         && take_rights_away (n_kept > 0 ? kept[n_kept - 1] : STDERR_FILENO, error);
}
