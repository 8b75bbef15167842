/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Camera, jumin-scan and core's side together: what becomes of the camera is said and heals; and a
 * jumin-scan that its pictures have taken over dies of what it tries, and the next one looks. */
#include "devices/camera-scanner.h"
#include "ipc/preview.h"

#include <glib/gstdio.h>
#include <string.h>

#include "attempts.h"
#include "peer-runner.h"

#define CODE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

enum
{
  PATIENCE_S = 30
};

typedef struct
{
  char *folder, *program, *picture;
  JuminPeerRun *camera;
  JuminClock *clock;
  JuminCodeScanner *scanner;
  guint deaths, worked, refused; /* of the hostile one */
  guint codes;                   /* that are CODE */
  gint64 died_us;                /* when the last one did, or was begun */
} Fixture;

static void
on_changed (JuminCodeScanner *scanner, gpointer data)
{
  Fixture *self = data;

  if (jumin_code_scanner_get_state (scanner) != JUMIN_SCAN_OPENING)
    return;
  self->deaths++;
  self->died_us = g_get_monotonic_time ();
}

static void
on_code (JuminCodeScanner *scanner, GBytes *text, gpointer data)
{
  Fixture *self = data;
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  if (length == strlen (CODE) && memcmp (bytes, CODE, length) == 0)
    self->codes++;
  else if (attempt_find (bytes, length) != NULL)
    self->refused++;
  else
    self->worked++;
}

/* A program before the peer's camera and no other. */
static void
write_program (Fixture *self, const char *program)
{
  g_autofree char *preload = g_test_build_filename (G_TEST_BUILT, "libjumin-peer-camera.so", NULL);
  g_autofree char *text
      = g_strdup_printf ("#!/bin/sh\nexport JUMIN_PEER_CAMERA_DIR='%s' LD_PRELOAD='%s'\n"
                         "export ASAN_OPTIONS=verify_asan_link_order=0\nexec '%s' \"$@\"\n",
                         self->folder, preload, program);

  self->program = g_build_filename (self->folder, "hostile", NULL);
  g_assert_true (
      g_file_set_contents_full (self->program, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
}

static void
set_up (Fixture *self, gconstpointer variable)
{
  g_autofree char *control = NULL;

  self->folder = g_dir_make_tmp ("jumin-scan-XXXXXX", NULL);
  self->picture = g_build_filename (self->folder, "phone.png", NULL);
  control = g_build_filename (self->folder, "camera.sock", NULL);
  self->camera = jumin_peer_run ("jumin-peer-camera", control, "--dir", self->folder, "--control",
                                 control, NULL);
  write_program (self, g_getenv (variable));
  self->clock = jumin_clock_new (1);
  self->scanner
      = jumin_camera_scanner_new (&(JuminCameraSettings){ .program = self->program,
                                                          .device = "",
                                                          .open_ms = 10000,
                                                          .frame_ms = 3000,
                                                          .stall_ms = 3000,
                                                          .retry_ms = 50,
                                                          .deaths_max = JUMIN_CAMERA_DEATHS_MAX,
                                                          .faulty_ms = 1000 },
                                  self->clock);
  g_signal_connect (self->scanner, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->scanner, "code", G_CALLBACK (on_code), self);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", folder, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->scanner);
  g_assert_finalize_object (self->clock);
  jumin_peer_run_end (self->camera);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->program);
  g_free (self->picture);
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

static void
tell_camera (Fixture *self, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (self->camera, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
}

static void
wait_for_state (Fixture *self, JuminScanState state)
{
  wait_until (jumin_code_scanner_get_state (self->scanner) == state);
}

static void
show_code (Fixture *self, const char *text)
{
  g_autofree char *command = g_strconcat ("show ", self->picture, NULL);
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, NULL, g_getenv ("JUMIN_PHONE_PICTURE"), text, self->picture, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  tell_camera (self, command);
}

static void
test_reads_and_shows (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPreviewReader) reader = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;
  guint width, height, codes;

  show_code (self, CODE);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (self->codes > 0);
  reader = jumin_preview_reader_new (jumin_code_scanner_open_preview (self->scanner), &error);
  g_assert_no_error (error);
  wait_until ((picture = jumin_preview_reader_take (reader, &width, &height)) != NULL);
  g_assert_cmpuint (width, ==, 640);
  g_assert_cmpuint (height, ==, 360);
  codes = self->codes;
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  g_assert_cmpint (jumin_code_scanner_get_state (self->scanner), ==, JUMIN_SCAN_OFF);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  wait_until (self->codes > codes);
}

static void
test_unplugged_and_plugged_again (Fixture *self, gconstpointer data)
{
  show_code (self, CODE);
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *plug = g_strdup_printf ("plug %u", i + 1);

      self->codes = 0;
      wait_until (self->codes > 0);
      tell_camera (self, "unplug");
      wait_for_state (self, JUMIN_SCAN_LOST);
      wait_for_state (self, JUMIN_SCAN_MISSING);
      tell_camera (self, plug);
    }
  wait_for_state (self, JUMIN_SCAN_LOOKING);
  g_assert_cmpuint (self->deaths, ==, 1); /* the first opening */
}

static void
test_what_keeps_it_closed_is_said (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *spoil, *mend;
    JuminScanState state;
  } ways[] = {
    { "busy on", "busy off", JUMIN_SCAN_BUSY },
    { "refuse on", "refuse off", JUMIN_SCAN_REFUSED },
    { "formats none", "formats mjpeg:1280x720", JUMIN_SCAN_FORMAT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      tell_camera (self, ways[i].spoil);
      jumin_code_scanner_set_looking (self->scanner, TRUE);
      wait_for_state (self, ways[i].state);
      tell_camera (self, ways[i].mend);
      wait_for_state (self, JUMIN_SCAN_LOOKING);
      jumin_code_scanner_set_looking (self->scanner, FALSE);
    }
}

static void
test_every_attempt_ends (Fixture *self, gconstpointer data)
{
  gint64 longest_us = 0;

  jumin_code_scanner_set_looking (self->scanner, TRUE);
  for (guint i = 0; i < n_attempts; i++)
    {
      tell_camera (self, "show none");
      wait_for_state (self, JUMIN_SCAN_LOOKING);
      longest_us = MAX (longest_us, g_get_monotonic_time () - self->died_us);
      self->deaths = self->refused = 0;
      show_code (self, attempts[i].name);
      wait_until (self->deaths + self->refused + self->worked > 0);
      g_test_message ("%-14s %s", attempts[i].name, self->deaths > 0 ? "died" : "refused");
      g_assert_cmpuint (self->worked, ==, 0);
      g_assert_cmpuint (attempts[i].refused ? self->deaths : self->refused, ==, 0);
    }
  g_test_message ("a fresh one looks after %.0f ms at most", (double)longest_us / 1000);
}

/* @program: the variable that names it */
static void
add (const char *name, const char *program, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, program, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/scan_core/reads_and_shows", "JUMIN_SCAN", test_reads_and_shows);
  add ("/scan_core/unplugged_and_plugged_again", "JUMIN_SCAN", test_unplugged_and_plugged_again);
  add ("/scan_core/what_keeps_it_closed_is_said", "JUMIN_SCAN", test_what_keeps_it_closed_is_said);
  if (g_getenv ("JUMIN_SCAN_HOSTILE") != NULL)
    add ("/scan_core/every_attempt_ends", "JUMIN_SCAN_HOSTILE", test_every_attempt_ends);
  return g_test_run ();
}
