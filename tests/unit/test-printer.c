/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket printer's driver against a printer in a thread, with everything that can go wrong:
 * success means paper, and what is not sure says so and is cleared. */
#include "devices/escpos-printer.h"

#include <string.h>

#include "fake-printer.h"

enum
{
  WIDTH = 576,
  HEIGHT = 300, /* two bands and a rest */
  ROW_BYTES = WIDTH / 8
};

typedef struct
{
  FakePrinter *peer;
  JuminClock *clock;
  JuminEscposProfile profile;
  JuminPrinter *printer;
  JuminRaster *raster;
  GAsyncResult *result;
} Fixture;

static void
fixture_init (Fixture *self, FakePrinter *peer, FakePrinterMood mood)
{
  guint8 *dots = g_malloc (ROW_BYTES * HEIGHT);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < ROW_BYTES * HEIGHT; i++)
    dots[i] = (guint8)(i * 7 + i / 251);
  bytes = g_bytes_new_take (dots, ROW_BYTES * HEIGHT);
  *self = (Fixture){ .peer = peer, .clock = jumin_clock_new (1) };
  peer->mood = mood;
  self->profile = *jumin_escpos_profile_find ("generic-80mm");
  self->raster = jumin_raster_new (WIDTH, HEIGHT, bytes);
}

static void
fixture_start (Fixture *self)
{
  self->printer = jumin_escpos_printer_new (self->peer->uri, &self->profile, self->clock);
}

static void
fixture_finish (Fixture *self)
{
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->clock);
  jumin_raster_free (self->raster);
  fake_printer_free (self->peer);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->result = g_object_ref (result);
}

static void
wait_for_result (Fixture *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
print (Fixture *self, GCancellable *cancellable, GError **error)
{
  gboolean printed;

  jumin_printer_print_async (self->printer, self->raster, cancellable, on_ready, self);
  g_assert_null (self->result);
  wait_for_result (self);
  printed = jumin_printer_print_finish (self->printer, self->result, error);
  g_clear_object (&self->result);
  return printed;
}

static void
query (Fixture *self, JuminPrinterStatus *status)
{
  jumin_printer_query_async (self->printer, NULL, on_ready, self);
  wait_for_result (self);
  g_assert_true (jumin_printer_query_finish (self->printer, self->result, status, NULL));
  g_clear_object (&self->result);
}

static void
assert_on_paper (Fixture *self)
{
  gsize length;
  const guint8 *dots = g_bytes_get_data (self->raster->dots, &length);

  fake_printer_stop (self->peer);
  g_assert_cmpmem (self->peer->dots->data, self->peer->dots->len, dots, length);
  g_assert_cmpuint (self->peer->n_bands, ==, 3);
  g_assert_cmpuint (self->peer->rows_a_band_max, ==, 128);
  g_assert_cmpuint (self->peer->n_cuts, ==, 1);
  g_assert_cmpuint (self->peer->n_clears, ==, 1); /* at the first contact */
  g_assert_cmpuint (self->peer->n_questions, ==, 4);
}

static void
assert_nothing_printed (Fixture *self)
{
  fake_printer_stop (self->peer);
  g_assert_cmpuint (self->peer->n_bands, ==, 0);
  g_assert_cmpuint (self->peer->n_cuts, ==, 0);
}

static void
assert_cleared (Fixture *self)
{
  fake_printer_stop (self->peer);
  g_assert_cmpuint (self->peer->n_clears, ==, 2); /* at the first contact, and now */
}

static void
test_socket (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
  fixture_start (&self);
  print (&self, NULL, &error);
  g_assert_no_error (error);
  assert_on_paper (&self);
  fixture_finish (&self);
}

static void
test_device_file (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_terminal (), FAKE_PRINTER_GOOD);
  fixture_start (&self);
  print (&self, NULL, &error);
  g_assert_no_error (error);
  assert_on_paper (&self);
  fixture_finish (&self);
}

static void
test_stale_number (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_STALE);
  self.profile = *jumin_escpos_profile_find ("numbered-80mm");
  fixture_start (&self);
  print (&self, NULL, &error);
  g_assert_no_error (error);
  assert_on_paper (&self);
  g_assert_false (jumin_escpos_is_confirmed (
      &self.profile, "0001", (const guint8 *)"\x37\x22xxxx\x00", JUMIN_ESCPOS_CONFIRM_REPLY_MAX));
  fixture_finish (&self);
}

/* What the printer says when asked, and what that means. */
static void
test_not_ready (void)
{
  static const struct
  {
    guint question;
    guint8 answer;
    int code;
  } rows[] = {
    { 4, 0x72, JUMIN_FAILURE_PRINTER_PAPER },     { 2, 0x32, JUMIN_FAILURE_PRINTER_PAPER },
    { 2, 0x16, JUMIN_FAILURE_PRINTER_NOT_READY }, { 3, 0x1A, JUMIN_FAILURE_PRINTER_NOT_READY },
    { 1, 0x1A, JUMIN_FAILURE_PRINTER_NOT_READY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture self;
      g_autoptr (GError) error = NULL;

      fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
      self.peer->answers[rows[i].question] = rows[i].answer;
      fixture_start (&self);
      g_assert_false (print (&self, NULL, &error));
      g_assert_error (error, JUMIN_FAILURE, rows[i].code);
      assert_nothing_printed (&self);
      fixture_finish (&self);
    }
}

static void
test_silent (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  JuminPrinterStatus status;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_SILENT);
  self.profile.status_ms = 50;
  fixture_start (&self);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_MISSING);
  query (&self, &status);
  g_assert_true (status.silent && !status.missing && !status.ready);
  assert_nothing_printed (&self);
  fixture_finish (&self);
}

static void
test_nobody_there (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  JuminPrinterStatus status;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
  fixture_start (&self);
  fake_printer_stop (self.peer);
  g_clear_object (&self.peer->listener);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_MISSING);
  query (&self, &status);
  g_assert_true (status.missing && !status.ready);
  fixture_finish (&self);
}

static void
test_bad_uris (void)
{
  static const char *const uris[]
      = { "socket://printer.example:9100", "socket://127.0.0.1", "/nonexistent/lp0", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      Fixture self;
      g_autoptr (GError) error = NULL;

      fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
      g_free (self.peer->uri);
      self.peer->uri = g_strdup (uris[i]);
      fixture_start (&self);
      g_assert_false (print (&self, NULL, &error));
      g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_MISSING);
      fixture_finish (&self);
    }
}

static void
test_unconfirmed (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_UNCONFIRMED);
  self.profile.confirm_ms = 50;
  fixture_start (&self);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  assert_cleared (&self);
  fixture_finish (&self);
}

static void
test_stops_in_the_middle (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_STOPS);
  self.profile.confirm_ms = 60000;
  fixture_start (&self);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "off-line"));
  assert_cleared (&self);
  fixture_finish (&self);
}

static void
test_hangs_up (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_HANGS_UP);
  fixture_start (&self);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN);
  fixture_finish (&self);
}

static void
test_query (void)
{
  Fixture self;
  JuminPrinterStatus status;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
  self.peer->answers[4] = 0x1E;
  fixture_start (&self);
  query (&self, &status);
  g_assert_true (status.ready && status.paper_low);
  g_assert_false (status.paper_end || status.cover_open || status.cutter_fault || status.missing);
  assert_nothing_printed (&self);
  fixture_finish (&self);
}

static void
test_cancelled_before (void)
{
  Fixture self;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
  fixture_start (&self);
  g_cancellable_cancel (cancellable);
  g_assert_false (print (&self, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_printed (&self);
  fixture_finish (&self);
}

static void
test_too_wide (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, fake_printer_new_on_port (), FAKE_PRINTER_GOOD);
  self.profile = *jumin_escpos_profile_find ("generic-58mm");
  fixture_start (&self);
  g_assert_false (print (&self, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_NOT_READY);
  assert_nothing_printed (&self);
  fixture_finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer/a_ticket_comes_out_of_a_socket", test_socket);
  g_test_add_func ("/printer/a_ticket_comes_out_of_a_device_file", test_device_file);
  g_test_add_func ("/printer/a_late_answer_does_not_pass_for_this_one", test_stale_number);
  g_test_add_func ("/printer/what_is_not_ready_prints_nothing", test_not_ready);
  g_test_add_func ("/printer/a_silent_one_is_missing", test_silent);
  g_test_add_func ("/printer/one_that_is_not_there_is_missing", test_nobody_there);
  g_test_add_func ("/printer/an_address_that_is_none_is_missing", test_bad_uris);
  g_test_add_func ("/printer/without_confirmation_it_is_unknown_and_cleared", test_unconfirmed);
  g_test_add_func ("/printer/one_that_stops_is_not_waited_for", test_stops_in_the_middle);
  g_test_add_func ("/printer/one_that_hangs_up_is_unknown", test_hangs_up);
  g_test_add_func ("/printer/paper_low_is_ready", test_query);
  g_test_add_func ("/printer/cancelled_before_the_first_dot_prints_nothing", test_cancelled_before);
  g_test_add_func ("/printer/a_ticket_that_is_too_wide_is_not_begun", test_too_wide);
  return g_test_run ();
}
