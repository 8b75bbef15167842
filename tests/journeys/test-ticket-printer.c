/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket printer's driver against the printer peer: what is confirmed is on paper, and what is
 * not confirmed never comes out later. */
#include "devices/escpos-printer.h"

#include <glib/gstdio.h>
#include <string.h>

#include "peer-runner.h"

enum
{
  WIDTH = 576,
  HEIGHT = 1600, /* 20 cm: two seconds at the speed below */
  PATIENCE_S = 20
};

#define SLOW_MM_PER_S "100"

typedef struct
{
  char *folder, *device;
  JuminPeerRun *peer;
  JuminClock *clock;
  JuminPrinter *printer;
  JuminRaster *raster;
  GAsyncResult *result;
} Fixture;

static void
fixture_init (Fixture *self, gboolean by_device_file)
{
  g_autoptr (GBytes) dots = g_bytes_new_take (g_malloc0 (WIDTH / 8 * HEIGHT), WIDTH / 8 * HEIGHT);
  g_autofree char *control = NULL;

  *self = (Fixture){ .clock = jumin_clock_new (1) };
  self->folder = g_dir_make_tmp ("jumin-paper-XXXXXX", NULL);
  self->device = g_build_filename (self->folder, "lp0", NULL);
  control = g_build_filename (self->folder, "control", NULL);
  self->peer
      = jumin_peer_run ("jumin-peer-ticket-printer", control, "--dir", self->folder, "--speed",
                        SLOW_MM_PER_S, by_device_file ? "--pty" : NULL, self->device, NULL);
  self->printer = jumin_escpos_printer_new (
      self->peer->ready, jumin_escpos_profile_find ("generic-80mm"), self->clock);
  self->raster = jumin_raster_new (WIDTH, HEIGHT, dots);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
fixture_finish (Fixture *self)
{
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->clock);
  jumin_raster_free (self->raster);
  jumin_peer_run_end (self->peer);
  remove_folder (self->folder);
  g_free (self->device);
  g_free (self->folder);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static gboolean
on_patience_ended (gpointer data)
{
  g_error ("Nothing happened within %d s", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

static gboolean
finish_print (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience_ended, NULL);

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  result = g_steal_pointer (&self->result);
  return jumin_printer_print_finish (self->printer, result, error);
}

/* The number behind "@word=" in the peer's status. */
static guint64
get_status (Fixture *self, const char *word)
{
  g_autofree char *status = jumin_peer_ask (self->peer, "status");
  const char *found = strstr (status, word);

  g_assert_nonnull (found);
  return g_ascii_strtoull (found + strlen (word), NULL, 10);
}

static void
tell (Fixture *self, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (self->peer, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
}

static void
assert_prints (gboolean by_device_file)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, by_device_file);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  finish_print (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 1);
  fixture_finish (&self);
}

static void
test_socket (void)
{
  assert_prints (FALSE);
}

static void
test_device_file (void)
{
  assert_prints (TRUE);
}

static void
test_paper_end (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, FALSE);
  tell (&self, "paper end");
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_PAPER);
  tell (&self, "paper ok");
  g_assert_cmpuint (get_status (&self, "waiting="), ==, 0);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 0);
  fixture_finish (&self);
}

/* The ticket takes two seconds; the paper ends when its first rows are out. */
static void
test_paper_ends_in_the_middle (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, FALSE);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  while (get_status (&self, "rows=") == 0)
    g_main_context_iteration (NULL, FALSE);
  tell (&self, "paper end");
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  /* Refilled: the rest must not come out, before the eyes of somebody else. */
  tell (&self, "paper ok");
  g_assert_cmpuint (get_status (&self, "waiting="), ==, 0);
  g_assert_cmpuint (get_status (&self, "rows="), ==, 0);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 0);

  g_clear_error (&error);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  finish_print (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 1);
  fixture_finish (&self);
}

static void
test_loses_power (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, FALSE);
  tell (&self, "die-after 20000");
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 0);
  fixture_finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer/a_ticket_comes_out_of_a_socket", test_socket);
  g_test_add_func ("/printer/a_ticket_comes_out_of_a_device_file", test_device_file);
  g_test_add_func ("/printer/without_paper_nothing_is_sent", test_paper_end);
  g_test_add_func ("/printer/half_a_ticket_never_comes_out_later", test_paper_ends_in_the_middle);
  g_test_add_func ("/printer/one_that_loses_power_is_unknown", test_loses_power);
  return g_test_run ();
}
