/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Core's side of jumin-scan, against one that dies, hangs and lies. */
#include "devices/camera-scanner.h"
#include "ipc/preview.h"

#include <dirent.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  PATIENCE_S = 20,
  FRAME_MS = 150,
  ROUNDS = 100
};

typedef struct
{
  JuminClock *clock;
  JuminCodeScanner *scanner;
  JuminCameraSettings settings;
  GArray *states; /* JuminScanState, one a change */
  guint codes;
  GBytes *code;
  gboolean stop_at_code;
} Fixture;

static void
on_changed (JuminCodeScanner *scanner, gpointer data)
{
  Fixture *self = data;
  JuminScanState state = jumin_code_scanner_get_state (scanner);

  g_array_append_val (self->states, state);
}

static void
on_code (JuminCodeScanner *scanner, GBytes *text, gpointer data)
{
  Fixture *self = data;

  self->codes++;
  g_clear_pointer (&self->code, g_bytes_unref);
  self->code = g_bytes_ref (text);
  if (self->stop_at_code)
    jumin_code_scanner_set_looking (scanner, FALSE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = jumin_clock_new (1);
  self->states = g_array_new (FALSE, FALSE, sizeof (JuminScanState));
  self->settings = (JuminCameraSettings){ .program = g_getenv ("JUMIN_FAKE_SCAN"),
                                          .device = "good",
                                          .open_ms = 5000,
                                          .frame_ms = 2000,
                                          .stall_ms = 1000,
                                          .retry_ms = 20,
                                          .deaths_max = 5,
                                          .faulty_ms = 50 };
}

static void
make (Fixture *self, const char *behaviour)
{
  self->settings.device = behaviour;
  self->scanner = jumin_camera_scanner_new (&self->settings, self->clock);
  g_signal_connect (self->scanner, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->scanner, "code", G_CALLBACK (on_code), self);
}

static gboolean
on_patience (gpointer data)
{
  g_error ("What was waited for did not come");
  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience, NULL);                        \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (patience);                                                                    \
  }                                                                                                \
  G_STMT_END

static JuminScanState
state_of (Fixture *self)
{
  return jumin_code_scanner_get_state (self->scanner);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until every child, dead or alive, is gone: ECHILD. */
static void
wait_until_childless (void)
{
  siginfo_t info;
  guint ticks = g_timeout_add (5, tick, NULL);

  wait_until (waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1);
  g_assert_cmpint (errno, ==, ECHILD);
  g_source_remove (ticks);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->scanner);
  wait_until_childless ();
  g_assert_finalize_object (self->clock);
  g_array_unref (self->states);
  g_clear_pointer (&self->code, g_bytes_unref);
}

static guint
count_descriptors (void)
{
  DIR *folder = opendir ("/proc/self/fd");
  guint count = 0;

  while (readdir (folder) != NULL)
    count++;
  closedir (folder);
  return count;
}

static guint
count_state (Fixture *self, JuminScanState state)
{
  guint count = 0;

  for (guint i = 0; i < self->states->len; i++)
    count += g_array_index (self->states, JuminScanState, i) == state;
  return count;
}

static void
test_looks_while_it_should (Fixture *self, gconstpointer data)
{
  make (self, "good");
  g_assert_cmpint (state_of (self), ==, JUMIN_SCAN_OFF);
  wait_until_childless ();
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  g_assert_cmpint (state_of (self), ==, JUMIN_SCAN_OPENING);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  g_assert_cmpint (state_of (self), ==, JUMIN_SCAN_OFF);
  wait_until_childless ();
  g_assert_cmpuint (self->states->len, ==, 3);
}

/* Off and on again at once: the next one begins when the last one is gone. */
static void
test_looks_again_at_once (Fixture *self, gconstpointer data)
{
  make (self, "good");
  for (guint i = 0; i < 20; i++)
    {
      jumin_code_scanner_set_looking (self->scanner, TRUE);
      if (i % 2 == 0)
        wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
      jumin_code_scanner_set_looking (self->scanner, FALSE);
    }
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
}

static void
test_codes_come_as_they_are (Fixture *self, gconstpointer data)
{
  const guint8 *bytes;
  gsize length;

  self->stop_at_code = TRUE;
  make (self, "code");
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (self->codes > 0);
  wait_until_childless ();
  g_assert_cmpuint (self->codes, ==, 1);
  bytes = g_bytes_get_data (self->code, &length);
  g_assert_cmpuint (length, ==, JUMIN_SCAN_TEXT_BYTES_MAX);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (bytes[i], ==, (guint8)i);
}

static void
test_preview_is_handed_on (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPreviewReader) reader = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;
  guint width, height, descriptors = count_descriptors ();
  int memory;

  make (self, "good");
  g_assert_true (jumin_code_scanner_has_preview (self->scanner));
  g_assert_cmpint (jumin_code_scanner_open_preview (self->scanner), ==, -1);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
  memory = jumin_code_scanner_open_preview (self->scanner);
  g_assert_cmpint (fcntl (memory, F_GETFD), ==, FD_CLOEXEC);
  reader = jumin_preview_reader_new (memory, &error);
  g_assert_no_error (error);
  wait_until ((picture = jumin_preview_reader_take (reader, &width, &height)) != NULL);
  g_assert_cmpmem (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), "\0\0\377\377", 4);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  g_assert_cmpint (jumin_code_scanner_open_preview (self->scanner), ==, -1);
  wait_until_childless ();
  g_assert_cmpuint (count_descriptors (), <=, descriptors + 2); /* GLib's own */
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *)a < *(const gint64 *)b ? -1 : 1;
}

/* Makes the fault, and waits until a fresh one looks.
 *
 * Returns: microseconds from when core knew to then */
static gint64
recover (Fixture *self)
{
  int memory = jumin_code_scanner_open_preview (self->scanner);
  gint64 noticed_us;

  g_assert_cmpint (memory, >=, 0);
  close (memory);
  wait_until (state_of (self) != JUMIN_SCAN_LOOKING);
  noticed_us = g_get_monotonic_time ();
  g_assert_cmpint (state_of (self), ==, JUMIN_SCAN_OPENING);
  wait_until (state_of (self) != JUMIN_SCAN_OPENING);
  g_assert_cmpint (state_of (self), ==, JUMIN_SCAN_LOOKING);
  return g_get_monotonic_time () - noticed_us;
}

static void
test_recovers_each_time (Fixture *self, gconstpointer fault)
{
  gint64 times_us[ROUNDS];
  guint descriptors = 0;

  self->settings.deaths_max = JUMIN_CAMERA_DEATHS_MAX;
  if (strcmp (fault, "hang") == 0)
    self->settings.frame_ms = FRAME_MS;
  make (self, fault);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
  for (guint i = 0; i < ROUNDS; i++)
    {
      times_us[i] = recover (self);
      if (i == 0)
        descriptors = count_descriptors ();
    }
  qsort (times_us, ROUNDS, sizeof times_us[0], compare_times);
  g_test_message ("%s: %d of %d recovered, back after %.1f ms (median), %.1f ms (most)",
                  (const char *)fault, ROUNDS, ROUNDS, (double)times_us[ROUNDS / 2] / 1000,
                  (double)times_us[ROUNDS - 1] / 1000);
  g_assert_cmpint (times_us[ROUNDS / 2], <, 500000);
  /* At this moment a child is alive; none before it is left, nor what was its. */
  g_assert_cmpuint (count_descriptors (), <=, descriptors);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  wait_until_childless ();
}

/* What no jumin-scan says is the end of it at the first time. */
static void
test_lies_are_not_believed (Fixture *self, gconstpointer lie)
{
  guint descriptors = count_descriptors ();

  self->settings.deaths_max = 5; /* what each leaves behind adds up */
  if (strcmp (lie, "mute") == 0)
    self->settings.open_ms = FRAME_MS;
  make (self, lie);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_FAULTY);
  g_assert_cmpuint (self->states->len, ==, 2);
  g_assert_cmpuint (self->codes, ==, 0);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  wait_until_childless ();
  g_assert_cmpuint (count_descriptors (), <=, descriptors + 2);
}

static void
test_repeated_deaths_are_faulty_and_heal (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("jumin-scan-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "dies", NULL);
  g_autofree char *behaviour = g_strconcat ("dies:", file, NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  make (self, behaviour);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_FAULTY);
  g_unlink (file);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
  /* OPENING, FAULTY, LOOKING: nothing flickers between. */
  g_assert_cmpuint (self->states->len, ==, 3);
  g_rmdir (folder);
}

static void
test_no_program_is_faulty (Fixture *self, gconstpointer data)
{
  self->settings.program = "/nonexistent/jumin-scan";
  make (self, "good");
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_FAULTY);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
}

static void
test_a_camera_goes_and_comes (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("jumin-scan-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "camera", NULL);
  g_autofree char *behaviour = g_strconcat ("plug:", file, NULL);

  make (self, behaviour);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  for (guint i = 0; i < 10; i++)
    {
      wait_until (state_of (self) == JUMIN_SCAN_MISSING);
      g_assert_true (g_file_set_contents (file, "", 0, NULL));
      wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
      g_unlink (file);
      wait_until (state_of (self) == JUMIN_SCAN_LOST);
    }
  g_assert_cmpuint (count_state (self, JUMIN_SCAN_OPENING), ==, 1);
  g_assert_cmpuint (count_state (self, JUMIN_SCAN_FAULTY), ==, 0);
  g_rmdir (folder);
}

/* What systemd does behind a socket: a program for each connection. */
static gboolean
on_connection (int listener, GIOCondition condition, gpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  int line = accept4 (listener, NULL, NULL, SOCK_CLOEXEC);

  g_assert_cmpint (line, >=, 0);
  g_subprocess_launcher_take_fd (launcher, line, 3);
  process
      = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("JUMIN_FAKE_SCAN"), "--serve", NULL);
  g_assert_nonnull (process);
  return G_SOURCE_CONTINUE;
}

static void
test_behind_a_socket (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("jumin-scan-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "scan.sock", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int listener = socket (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  guint watch = g_unix_fd_add (listener, G_IO_IN, on_connection, NULL);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (listener, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listener, 4), ==, 0);
  self->settings.socket = path;
  self->settings.deaths_max = JUMIN_CAMERA_DEATHS_MAX;
  make (self, "crash");
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (state_of (self) == JUMIN_SCAN_LOOKING);
  for (guint i = 0; i < 5; i++)
    recover (self);
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  wait_until_childless ();
  g_source_remove (watch);
  close (listener);
  g_unlink (path);
  g_rmdir (folder);
}

static void
add (const char *name, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  static const char *const faults[] = { "crash", "hang", "garbage", "oversize" };
  static const char *const lies[] = { "mute",
                                      "code-early",
                                      "looks-early",
                                      "off",
                                      "faulty",
                                      "preview",
                                      "no-descriptor",
                                      "state-with-descriptor",
                                      "nothing-with-descriptor",
                                      "opened-twice",
                                      "talks" };

  g_test_init (&argc, &argv, NULL);
  add ("/camera_scanner/looks_while_it_should", NULL, test_looks_while_it_should);
  add ("/camera_scanner/looks_again_at_once", NULL, test_looks_again_at_once);
  add ("/camera_scanner/codes_come_as_they_are", NULL, test_codes_come_as_they_are);
  add ("/camera_scanner/the_preview_is_handed_on", NULL, test_preview_is_handed_on);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *name = g_strconcat ("/camera_scanner/lies_are_not_believed/", lies[i], NULL);

      add (name, lies[i], test_lies_are_not_believed);
    }
  add ("/camera_scanner/repeated_deaths_are_faulty_and_heal", NULL,
       test_repeated_deaths_are_faulty_and_heal);
  add ("/camera_scanner/no_program_is_faulty", NULL, test_no_program_is_faulty);
  add ("/camera_scanner/a_camera_goes_and_comes", NULL, test_a_camera_goes_and_comes);
  add ("/camera_scanner/behind_a_socket", NULL, test_behind_a_socket);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat ("/camera_scanner/recovers_each_time/", faults[i], NULL);

      add (name, faults[i], test_recovers_each_time);
    }
  return g_test_run ();
}
