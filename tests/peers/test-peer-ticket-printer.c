/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket printer peer by its own port, byte for byte. */
#include "peer-runner.h"

#include <glib/gstdio.h>
#include <string.h>

enum
{
  ANSWER_S_MAX = 10,
  BAND_BYTES = 72 * 8 /* 576 dots, eight rows */
};

typedef struct
{
  char *dir;
  JuminPeerRun *printer;
  GSocketConnection *line;
} Fixture;

#define BYTES(...) (const guint8[]){ __VA_ARGS__ }, sizeof ((const guint8[]){ __VA_ARGS__ })

static void
connect_line (Fixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->line);
  g_socket_client_set_timeout (client, ANSWER_S_MAX);
  self->line = g_socket_client_connect_to_host (client, strrchr (self->printer->ready, '/') + 1, 0,
                                                NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  g_autofree char *control = g_build_filename (self->dir, "control", NULL);
  self->printer = jumin_peer_run ("jumin-peer-ticket-printer", control, "--dir", self->dir, NULL);
  connect_line (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_clear_object (&self->line);
  jumin_peer_run_end (self->printer);
  folder = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_free (self->dir);
}

static void
send_bytes (Fixture *self, const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->line)), bytes,
                             length, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_reply (Fixture *self, const guint8 *wanted, gsize length)
{
  guint8 reply[16];
  gsize n = 0;
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (self->line)), reply, length,
                           &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (reply, n, wanted, length);
}

static void
ask (Fixture *self, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (self->printer, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
}

static GByteArray *
make_ticket (void)
{
  static const guint8 begin[] = { 0x1B, '@', 0x1D, 'v', '0', 0, 72, 0, 8, 0 };
  static const guint8 end[] = { 0x1B, 'J', 24, 0x1D, 'V', 66, 0 };
  GByteArray *ticket = g_byte_array_new ();

  g_byte_array_append (ticket, begin, sizeof begin);
  g_byte_array_set_size (ticket, sizeof begin + BAND_BYTES);
  /* Raster that looks like a question and like a clearing: neither is one. */
  memset (ticket->data + sizeof begin, 0x55, BAND_BYTES);
  memcpy (ticket->data + sizeof begin, (guint8[]){ 0x10, 0x04, 0x01, 0x10, 0x05, 0x02 }, 6);
  g_byte_array_append (ticket, end, sizeof end);
  return ticket;
}

static char *
read_ticket (Fixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, NULL);
  return bytes;
}

static void
test_status_tells_the_condition (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *command;
    guint8 status[4];
  } rows[] = {
    { "status", { 0x12, 0x12, 0x12, 0x12 } },     { "paper near", { 0x12, 0x12, 0x12, 0x1E } },
    { "paper end", { 0x1A, 0x32, 0x12, 0x7E } },  { "paper ok", { 0x12, 0x12, 0x12, 0x12 } },
    { "cover open", { 0x1A, 0x16, 0x12, 0x12 } }, { "cover closed", { 0x12, 0x12, 0x12, 0x12 } },
    { "cutter jam", { 0x1A, 0x52, 0x1A, 0x12 } }, { "cutter ok", { 0x12, 0x12, 0x12, 0x12 } },
    { "jam on", { 0x1A, 0x52, 0x16, 0x12 } },     { "jam off", { 0x12, 0x12, 0x12, 0x12 } },
    { "online off", { 0x1A, 0x12, 0x12, 0x12 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ask (self, rows[i].command);
      send_bytes (self, BYTES (0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4));
      assert_reply (self, rows[i].status, 4);
    }
}

static void
test_a_ticket_is_cut_and_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) ticket = make_ticket ();
  gsize length = 0, png_length = 0;

  send_bytes (self, ticket->data, ticket->len);
  send_bytes (self, BYTES (0x1D, '(', 'H', 6, 0, 48, 48, '0', '0', '4', '2'));
  assert_reply (self, BYTES (0x37, 0x22, '0', '0', '4', '2', 0));
  g_autofree char *bin = read_ticket (self, "ticket-1.bin", &length);
  g_autofree char *png = read_ticket (self, "ticket-1.png", &png_length);
  g_assert_cmpmem (bin, length, ticket->data, ticket->len);
  g_assert_cmpuint (png_length, >, 8);
  g_assert_cmpmem (png, 4, "\x89PNG", 4);
}

static void
test_without_paper_it_waits_and_clears (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) ticket = make_ticket ();
  gsize length = 0;

  ask (self, "paper end");
  send_bytes (self, ticket->data, ticket->len);
  send_bytes (self, BYTES (0x10, 4, 1));
  assert_reply (self, BYTES (0x1A));
  g_assert_null (read_ticket (self, "ticket-1.bin", &length));
  send_bytes (self, BYTES (0x10, 5, 2));
  send_bytes (self, BYTES (0x10, 4, 4));
  assert_reply (self, BYTES (0x7E));
  ask (self, "paper ok");
  send_bytes (self, BYTES (0x1D, 'r', 1));
  assert_reply (self, BYTES (0x00));
  g_assert_null (read_ticket (self, "ticket-1.bin", &length));
}

static void
test_paper_that_comes_back_prints_on (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) ticket = make_ticket ();
  gsize length = 0;

  ask (self, "cover open");
  send_bytes (self, ticket->data, ticket->len);
  send_bytes (self, BYTES (0x1D, 'r', 1));
  ask (self, "cover closed");
  assert_reply (self, BYTES (0x00));
  g_autofree char *bin = read_ticket (self, "ticket-1.bin", &length);
  g_assert_cmpuint (length, ==, ticket->len);
}

static void
test_death_in_the_middle_forgets (Fixture *self, gconstpointer data)
{
  g_autoptr (GByteArray) ticket = make_ticket ();
  gsize length = 0;
  guint8 byte;

  ask (self, "after-bytes 300 power cycle");
  send_bytes (self, ticket->data, ticket->len);
  /* The line ends: with its end, or with a reset because bytes were left unread. */
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (self->line)),
                                        &byte, 1, NULL, NULL),
                   <=, 0);
  ask (self, "status"); /* by now it is on again */
  connect_line (self);
  send_bytes (self, BYTES (0x1D, 'r', 1));
  assert_reply (self, BYTES (0x00));
  g_assert_null (read_ticket (self, "ticket-1.bin", &length));
}

static void
test_hanging_answers_nothing (Fixture *self, gconstpointer data)
{
  ask (self, "hang on");
  send_bytes (self, BYTES (0x10, 4, 1));
  g_autofree char *reply = jumin_peer_ask (self->printer, "status");
  g_assert_nonnull (strstr (reply, "bytes=0"));
  ask (self, "hang off");
  assert_reply (self, BYTES (0x12));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/peer-ticket-printer/status_tells_the_condition", test_status_tells_the_condition },
    { "/peer-ticket-printer/a_ticket_is_cut_and_kept", test_a_ticket_is_cut_and_kept },
    { "/peer-ticket-printer/without_paper_it_waits_and_clears",
      test_without_paper_it_waits_and_clears },
    { "/peer-ticket-printer/a_closed_cover_prints_on", test_paper_that_comes_back_prints_on },
    { "/peer-ticket-printer/death_in_the_middle_forgets", test_death_in_the_middle_forgets },
    { "/peer-ticket-printer/hanging_answers_nothing", test_hanging_answers_nothing },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
