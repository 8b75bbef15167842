/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanner on a serial line, which is a pseudo terminal here. */
#include "devices/serial-scanner.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum
{
  PATIENCE_S = 20,
  GAP_MS = 40
};

typedef struct
{
  JuminClock *clock;
  JuminCodeScanner *scanner;
  char *folder, *device; /* a link to the pseudo terminal, as udev makes one */
  int line;              /* the scanner's end; −1: unplugged */
  GPtrArray *codes;      /* GBytes */
} Fixture;

static void
plug (Fixture *self)
{
  char name[64];
  int end;

  g_assert_cmpint (openpty (&self->line, &end, name, NULL, NULL), ==, 0);
  g_assert_cmpint (symlink (name, self->device), ==, 0);
  close (end);
}

static void
unplug (Fixture *self)
{
  g_unlink (self->device);
  close (self->line);
  self->line = -1;
}

static void
on_code (JuminCodeScanner *scanner, GBytes *text, gpointer data)
{
  g_ptr_array_add (((Fixture *)data)->codes, g_bytes_ref (text));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumin-serial-XXXXXX", NULL);
  self->device = g_build_filename (self->folder, "usb-scanner", NULL);
  self->clock = jumin_clock_new (1);
  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  plug (self);
  self->scanner = jumin_serial_scanner_new (&(JuminSerialSettings){ .device = self->device,
                                                                    .prefix = "]Q1",
                                                                    .speed = 9600,
                                                                    .gap_ms = GAP_MS,
                                                                    .retry_ms = 10 },
                                            self->clock);
  g_signal_connect (self->scanner, "code", G_CALLBACK (on_code), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->scanner);
  g_assert_finalize_object (self->clock);
  if (self->line >= 0)
    unplug (self);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->device);
  g_ptr_array_unref (self->codes);
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

static gboolean
on_passed (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until the line has been silent for long enough to end a text. */
static void
let_a_gap_pass (void)
{
  gboolean passed = FALSE;

  g_timeout_add (GAP_MS * 3, on_passed, &passed);
  wait_until (passed);
}

static void
send_bytes (Fixture *self, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize sent = write (self->line, bytes, MIN (length, 256));

      g_assert_cmpint (sent, >, 0);
      bytes += sent;
      length -= (gsize)sent;
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
}

static void
send_text (Fixture *self, const char *text)
{
  send_bytes (self, text, strlen (text));
}

static void
check_codes (Fixture *self, const char *const *expected)
{
  wait_until (self->codes->len >= g_strv_length ((char **)expected));
  let_a_gap_pass ();
  g_assert_cmpuint (self->codes->len, ==, g_strv_length ((char **)expected));
  for (guint i = 0; expected[i] != NULL; i++)
    {
      gsize length;
      const char *text = g_bytes_get_data (g_ptr_array_index (self->codes, i), &length);

      g_assert_cmpmem (text, length, expected[i], strlen (expected[i]));
    }
}

static void
test_line_ends_part_texts (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "one", "two", "three", "居民\x80", NULL };

  g_assert_cmpint (jumin_code_scanner_get_state (self->scanner), ==, JUMIN_SCAN_OFF);
  g_assert_false (jumin_code_scanner_has_preview (self->scanner));
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  g_assert_cmpint (jumin_code_scanner_get_state (self->scanner), ==, JUMIN_SCAN_LOOKING);
  send_text (self, "one\r\n]Q1two\n\r\n\r]Q1\rth");
  send_text (self, "ree\r居民\x80\n");
  check_codes (self, expected);
}

static void
test_gap_ends_a_text (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "first", "second", NULL };

  jumin_code_scanner_set_looking (self->scanner, TRUE);
  send_text (self, "fir");
  send_text (self, "st");
  wait_until (self->codes->len == 1);
  send_text (self, "second");
  check_codes (self, expected);
}

static void
test_noise_is_dropped (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "good", NULL };

  jumin_code_scanner_set_looking (self->scanner, TRUE);
  send_bytes (self, "ab\0cd\r", 6);
  send_text (self, "\x1b[A\r\x7f\r\001good\rgood\r");
  check_codes (self, expected);
}

static void
test_longest_text_is_2048_bytes (Fixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (JUMIN_SCAN_TEXT_BYTES_MAX, 'x');
  g_autofree char *longer = g_strnfill (JUMIN_SCAN_TEXT_BYTES_MAX * 3 + 1, 'y');
  const char *const expected[] = { longest, "short", NULL };

  jumin_code_scanner_set_looking (self->scanner, TRUE);
  send_text (self, longest);
  send_text (self, "\r");
  send_text (self, longer);
  send_text (self, "\rshort\r");
  check_codes (self, expected);
}

/* The code of one person is never the next one's. */
static void
test_nothing_stays_from_before (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "mine", NULL };

  send_text (self, "theirs\rhalf of th");
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  send_text (self, "eirs\rmine\r");
  check_codes (self, expected);
  send_text (self, "unfinis");
  jumin_code_scanner_set_looking (self->scanner, FALSE);
  send_text (self, "hed\rmore\r");
  let_a_gap_pass ();
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  check_codes (self, expected);
}

static void
test_unplugged_and_plugged_again (Fixture *self, gconstpointer data)
{
  const char *const expected[] = { "0", "1", "2", NULL };

  jumin_code_scanner_set_looking (self->scanner, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      const char text[] = { (char)('0' + i), '\r', '\0' };

      wait_until (jumin_code_scanner_get_state (self->scanner) == JUMIN_SCAN_LOOKING);
      send_text (self, text);
      wait_until (self->codes->len == i + 1);
      send_text (self, "half");
      unplug (self);
      wait_until (jumin_code_scanner_get_state (self->scanner) == JUMIN_SCAN_LOST);
      wait_until (jumin_code_scanner_get_state (self->scanner) == JUMIN_SCAN_MISSING);
      plug (self);
    }
  check_codes (self, expected);
}

static void
test_what_is_no_line_is_said (Fixture *self, gconstpointer data)
{
  jumin_code_scanner_set_looking (self->scanner, TRUE);
  unplug (self);
  g_assert_true (g_file_set_contents (self->device, "", 0, NULL));
  wait_until (jumin_code_scanner_get_state (self->scanner) == JUMIN_SCAN_FORMAT);
  g_unlink (self->device);
  wait_until (jumin_code_scanner_get_state (self->scanner) == JUMIN_SCAN_MISSING);
}

/* Each speed of the configuration is one of a line's; the line has it, and is raw. */
static void
test_line_is_prepared (Fixture *self, gconstpointer data)
{
  struct termios terminal;

  g_assert_cmpint (tcgetattr (self->line, &terminal), ==, 0);
  g_assert_cmpint (cfgetispeed (&terminal), ==, B9600);
  g_assert_cmpint (terminal.c_lflag & (ICANON | ECHO | ISIG), ==, 0);
  g_assert_cmpint (terminal.c_iflag & (ICRNL | IXON | ISTRIP), ==, 0);
  for (guint i = 0; i < 8; i++)
    g_assert_true (jumin_serial_scanner_knows_speed (
        (const guint[]){ 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200 }[i]));
  g_assert_false (jumin_serial_scanner_knows_speed (12345));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/serial_scanner/line_ends_part_texts", test_line_ends_part_texts);
  add ("/serial_scanner/a_gap_ends_a_text", test_gap_ends_a_text);
  add ("/serial_scanner/noise_is_dropped", test_noise_is_dropped);
  add ("/serial_scanner/the_longest_text_is_2048_bytes", test_longest_text_is_2048_bytes);
  add ("/serial_scanner/nothing_stays_from_before", test_nothing_stays_from_before);
  add ("/serial_scanner/unplugged_and_plugged_again", test_unplugged_and_plugged_again);
  add ("/serial_scanner/what_is_no_line_is_said", test_what_is_no_line_is_said);
  add ("/serial_scanner/the_line_is_prepared", test_line_is_prepared);
  return g_test_run ();
}
