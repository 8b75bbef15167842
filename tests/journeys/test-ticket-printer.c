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

/* At @speed 0 the paper comes at once. */
static void
fixture_init_with (Fixture *self, gboolean by_device_file, const char *speed, guint rows,
                   double faster)
{
  g_autoptr (GBytes) dots = g_bytes_new_take (g_malloc0 (WIDTH / 8 * rows), WIDTH / 8 * rows);
  g_autofree char *control = NULL;

  *self = (Fixture){ .clock = jumin_clock_new (faster) };
  self->folder = g_dir_make_tmp ("jumin-paper-XXXXXX", NULL);
  self->device = g_build_filename (self->folder, "lp0", NULL);
  control = g_build_filename (self->folder, "control", NULL);
  self->peer
      = jumin_peer_run ("jumin-peer-ticket-printer", control, "--dir", self->folder, "--speed",
                        speed, by_device_file ? "--pty" : NULL, self->device, NULL);
  self->printer = jumin_escpos_printer_new (
      self->peer->ready, jumin_escpos_profile_find ("generic-80mm"), self->clock);
  self->raster = jumin_raster_new (WIDTH, rows, dots);
}

static void
fixture_init (Fixture *self, gboolean by_device_file)
{
  fixture_init_with (self, by_device_file, SLOW_MM_PER_S, HEIGHT, 1);
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

static void
wait_for_result (Fixture *self)
{
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience_ended, NULL);

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static gboolean
finish_print (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wait_for_result (self);
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
  guint64 rows;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, FALSE);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  while (get_status (&self, "rows=") == 0)
    g_main_context_iteration (NULL, FALSE);
  tell (&self, "paper end");
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  /* Refilled: the rest must not come out, before the eyes of somebody else. */
  rows = get_status (&self, "printed=");
  tell (&self, "paper ok");
  g_assert_cmpuint (get_status (&self, "waiting="), ==, 0);
  g_assert_cmpuint (get_status (&self, "printed="), ==, rows);
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
  tell (&self, "after-bytes 20000 power cycle");
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  g_assert_cmpuint (get_status (&self, "tickets="), ==, 0);
  fixture_finish (&self);
}

static JuminPrinterStatus
query (Fixture *self)
{
  JuminPrinterStatus status;

  jumin_printer_query_async (self->printer, NULL, on_ready, self);
  wait_for_result (self);
  g_assert_true (jumin_printer_query_finish (self->printer, self->result, &status, NULL));
  g_clear_object (&self->result);
  return status;
}

/* How a printer fails in the middle of a ticket, and what a person does about it. */
typedef struct
{
  const char *fault, *cure;
  gboolean by_bytes; /* after so many bytes; else after so many rows */
} Accident;

static const Accident accidents[] = {
  { "paper end", "paper ok", FALSE },   { "cover open", "cover closed", FALSE },
  { "cutter jam", "cutter ok", FALSE }, { "jam on", "jam off", FALSE },
  { "online off", "online on", FALSE }, { "hang on", "hang off", TRUE },
  { "unplug", "plug", TRUE },           { "drop", NULL, TRUE },
  { "power off", "power on", TRUE },    { "power cycle", NULL, TRUE },
};

enum
{
  GHOST_ROWS = 512, /* four bands */
  BAND_ROWS = 128,
  BAND_BYTES = 8 + BAND_ROWS * WIDTH / 8
};

static void
assert_whole (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "ticket-1.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_cmpuint (get_status (self, "tickets="), ==, 1);
  g_assert_cmpuint (get_status (self, "rows="), ==, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, GHOST_ROWS / BAND_ROWS * BAND_BYTES);
  g_assert_cmpuint (length, <, GHOST_ROWS / BAND_ROWS * BAND_BYTES + 64);
}

/* The ticket fails; the printer is cured; nothing comes out; the next ticket is whole. */
static void
assert_no_ghost (const Accident *accident, guint at, gboolean by_device_file)
{
  g_autofree char *order = g_strdup_printf (
      "%s %u %s", accident->by_bytes ? "after-bytes" : "after-rows", at, accident->fault);
  g_autoptr (GError) error = NULL;
  JuminPrinterStatus status;
  Fixture self;
  guint64 rows;

  g_test_message ("%s, %s", order, by_device_file ? "device file" : "socket");
  fixture_init_with (&self, by_device_file, "0", GHOST_ROWS, 20);
  g_assert_true (query (&self).ready);
  tell (&self, order);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  g_assert_false (finish_print (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  /* One that is well after all goes on with what it has, until it is told not to. */
  if (accident->cure == NULL)
    query (&self);
  rows = get_status (&self, "printed=");
  if (accident->cure != NULL)
    tell (&self, accident->cure);
  status = query (&self);
  g_assert_true (status.ready);
  g_assert_cmpuint (get_status (&self, "printed="), ==, rows);
  g_assert_cmpuint (get_status (&self, "waiting="), ==, 0);

  g_clear_error (&error);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  finish_print (&self, &error);
  g_assert_no_error (error);
  assert_whole (&self);
  fixture_finish (&self);
}

static void
test_no_ghost (gconstpointer data)
{
  gboolean by_device_file = GPOINTER_TO_INT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    for (guint band = 0; band < GHOST_ROWS / BAND_ROWS; band++)
      if (!accidents[i].by_bytes)
        assert_no_ghost (&accidents[i], band * BAND_ROWS + 1, by_device_file);
      else if (!by_device_file || g_strcmp0 (accidents[i].fault, "drop") != 0)
        {
          assert_no_ghost (&accidents[i], band * BAND_BYTES + 40, by_device_file);
          assert_no_ghost (&accidents[i], (band + 1) * BAND_BYTES - 20, by_device_file);
        }
}

static void
test_states (void)
{
  static const struct
  {
    const char *fault, *cure;
    gsize member;
  } rows[] = {
    { "paper near", "paper ok", G_STRUCT_OFFSET (JuminPrinterStatus, paper_low) },
    { "paper end", "paper ok", G_STRUCT_OFFSET (JuminPrinterStatus, paper_end) },
    { "cover open", "cover closed", G_STRUCT_OFFSET (JuminPrinterStatus, cover_open) },
    { "cutter jam", "cutter ok", G_STRUCT_OFFSET (JuminPrinterStatus, cutter_fault) },
    { "jam on", "jam off", G_STRUCT_OFFSET (JuminPrinterStatus, jammed) },
    { "hang on", "hang off", G_STRUCT_OFFSET (JuminPrinterStatus, silent) },
    { "unplug", "plug", G_STRUCT_OFFSET (JuminPrinterStatus, missing) },
    { "power off", "power on", G_STRUCT_OFFSET (JuminPrinterStatus, missing) },
  };

  for (guint by_device_file = 0; by_device_file < 2; by_device_file++)
    {
      Fixture self;

      fixture_init_with (&self, (gboolean)by_device_file, "0", BAND_ROWS, 20);
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          JuminPrinterStatus status;

          g_test_message ("%s", rows[i].fault);
          tell (&self, rows[i].fault);
          status = query (&self);
          g_assert_true (G_STRUCT_MEMBER (gboolean, &status, rows[i].member));
          g_assert_cmpint (status.ready, ==, i == 0);
          tell (&self, rows[i].cure);
          status = query (&self);
          g_assert_true (status.ready);
          g_assert_false (G_STRUCT_MEMBER (gboolean, &status, rows[i].member));
        }
      fixture_finish (&self);
    }
}

/* As after a crash of jumin-core over a ticket. */
static void
test_another_driver_clears (void)
{
  Fixture self;
  guint64 rows;

  fixture_init (&self, FALSE);
  jumin_printer_print_async (self.printer, self.raster, NULL, on_ready, &self);
  while (get_status (&self, "rows=") == 0)
    g_main_context_iteration (NULL, FALSE);
  tell (&self, "paper end");
  tell (&self, "drop");
  g_assert_false (finish_print (&self, NULL));
  g_assert_finalize_object (self.printer);
  self.printer = jumin_escpos_printer_new (self.peer->ready,
                                           jumin_escpos_profile_find ("generic-80mm"), self.clock);
  g_assert_true (query (&self).paper_end);
  rows = get_status (&self, "printed=");
  tell (&self, "paper ok");
  g_assert_true (query (&self).ready);
  g_assert_cmpuint (get_status (&self, "printed="), ==, rows);
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
  g_test_add_func ("/printer/each_trouble_is_told_and_heals", test_states);
  g_test_add_func ("/printer/a_driver_that_is_new_clears_what_the_last_one_left",
                   test_another_driver_clears);
  g_test_add_data_func ("/printer/nothing_comes_out_later_on_a_socket", GINT_TO_POINTER (FALSE),
                        test_no_ghost);
  g_test_add_data_func ("/printer/nothing_comes_out_later_on_a_device_file", GINT_TO_POINTER (TRUE),
                        test_no_ghost);
  return g_test_run ();
}
