/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What paper does wrong, before and in the middle of a slip: the number stands on the screen and
 * stays valid, the trouble is told by its name, and the printer is back within two seconds of
 * being back. A terminal in real time, against the sandbox and the printer peer. */
#include "terminal-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "devices/escpos-printer.h"
#include "model/words.h"
#include "peer-runner.h"

enum
{
  HEALED_MS_MAX = 2000,
  CONFIRM_MS = 1500
};

/* What goes wrong, and what a person does about it. */
typedef struct
{
  JuminTrouble trouble;
  const char *fault, *cure;
  gboolean by_bytes; /* in the middle: after so many bytes; else rows */
} Accident;

static const Accident accidents[] = {
  { JUMIN_TROUBLE_PAPER_OUT, "paper end", "paper ok", FALSE },
  { JUMIN_TROUBLE_PAPER_JAM, "jam on", "jam off", FALSE },
  { JUMIN_TROUBLE_PRINTER_OPEN, "cover open", "cover closed", FALSE },
  { JUMIN_TROUBLE_PRINTER_CUTTER, "cutter jam", "cutter ok", FALSE },
  { JUMIN_TROUBLE_PRINTER_STOPPED, "online off", "online on", FALSE },
  { JUMIN_TROUBLE_PRINTER_MISSING, "unplug", "plug", TRUE },
  { JUMIN_TROUBLE_PRINTER_MISSING, "power off", "power on", TRUE },
  { JUMIN_TROUBLE_PRINTER_SILENT, "hang on", "hang off", TRUE },
};

typedef struct
{
  Fixture kiosk;
  char *folder;
  JuminPeerRun *peer;
} Hall;

static void
tell (Hall *hall, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (hall->peer, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
}

static guint64
count (Hall *hall, const char *word)
{
  g_autofree char *status = jumin_peer_ask (hall->peer, "status");
  const char *found = strstr (status, word);

  g_assert_nonnull (found);
  return g_ascii_strtoull (found + strlen (word), NULL, 10);
}

static void
hall_set_up (Hall *hall, gconstpointer roll)
{
  g_autofree char *control = NULL, *link = NULL;
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  g_autoptr (JuminPrinter) printer = NULL;
  JuminEscposProfile profile = *jumin_escpos_profile_find ("generic-80mm");

  hall->folder = g_dir_make_tmp ("jumin-paper-XXXXXX", NULL);
  control = g_build_filename (hall->folder, "control", NULL);
  link = g_build_filename (hall->folder, "lp0", NULL);
  hall->peer = jumin_peer_run ("jumin-peer-ticket-printer", control, "--dir", hall->folder, "--pty",
                               link, NULL);
  if (roll != NULL)
    tell (hall, roll);
  profile.confirm_ms = CONFIRM_MS;
  printer = jumin_escpos_printer_new (hall->peer->ready, &profile, clock);
  set_up_with (&hall->kiosk, &(VirtualKioskParts){ .clock = clock, .printer = printer });
}

static void
hall_tear_down (Hall *hall, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  tear_down (&hall->kiosk, data);
  jumin_peer_run_end (hall->peer);
  folder = g_dir_open (hall->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (hall->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (hall->folder), ==, 0);
  g_free (hall->folder);
}

static const JuminTroubleRow *
get_row (Fixture *kiosk, JuminTrouble trouble)
{
  return jumin_troubles_get (kiosk->scene->troubles, trouble);
}

static void
assert_told (Fixture *kiosk, JuminTrouble trouble, JuminSlip slip)
{
  const JuminTroubleRow *row = get_row (kiosk, trouble);
  const JuminTroubleRow *half = get_row (kiosk, JUMIN_TROUBLE_SLIP_UNKNOWN);

  g_assert_cmpint (kiosk->scene->slip, ==, slip);
  g_assert_cmpint (kiosk->scene->printer_trouble, ==, trouble);
  g_assert_true (virtual_kiosk_says (kiosk, row->title.standard.zh));
  g_assert_true (virtual_kiosk_says (kiosk, kiosk->scene->ticket->number));
  g_assert_true (virtual_kiosk_says (kiosk, slip == JUMIN_SLIP_UNKNOWN ? half->safe.standard.zh
                                                                       : row->safe.standard.zh));
}

/* The person has the trouble seen to, and prints again: the row of the table of this test. */
static void
cure_and_print_again (Hall *hall, const Accident *accident, const char *when)
{
  Fixture *kiosk = &hall->kiosk;
  guint64 printed = count (hall, "printed="), tickets = count (hall, "tickets=");
  gint64 since_us;

  act (kiosk, "reprint", NULL, NULL); /* switched off: nothing happens */
  g_assert_cmpint (kiosk->scene->slip, !=, JUMIN_SLIP_PRINTING);
  tell (hall, accident->cure);
  since_us = g_get_monotonic_time ();
  AWAIT (kiosk->scene->printer_ready);
  since_us = g_get_monotonic_time () - since_us;
  g_test_message ("%s | %s %s | %s | back after %d ms", jumin_trouble_get_id (accident->trouble),
                  accident->fault, when, get_row (kiosk, accident->trouble)->title.standard.zh,
                  (int)(since_us / 1000));
  g_assert_cmpint (since_us / 1000, <=, HEALED_MS_MAX);
  g_assert_cmpuint (count (hall, "printed="), ==, printed);
  g_assert_false (
      virtual_kiosk_says (kiosk, get_row (kiosk, accident->trouble)->title.standard.zh));

  act (kiosk, "reprint", NULL, NULL);
  AWAIT (kiosk->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (count (hall, "tickets="), ==, tickets + 1);
  act (kiosk, "finish", NULL, NULL);
  await (kiosk, JUMIN_PAGE_HOME);
}

static void
test_before (Hall *hall, gconstpointer data)
{
  Fixture *kiosk = &hall->kiosk;

  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    {
      tell (hall, accidents[i].fault);
      choose (kiosk, JUMIN_IDENTIFY_NEVER);
      await (kiosk, JUMIN_PAGE_TICKET);
      AWAIT (kiosk->scene->slip != JUMIN_SLIP_PRINTING);
      assert_told (kiosk, accidents[i].trouble, JUMIN_SLIP_FAILED);
      AWAIT (log_says (kiosk, "ticket-print-failed", jumin_trouble_get_id (accidents[i].trouble)));
      cure_and_print_again (hall, &accidents[i], "before");
    }
}

static void
test_in_the_middle (Hall *hall, gconstpointer data)
{
  Fixture *kiosk = &hall->kiosk;

  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    {
      g_autofree char *order = g_strdup_printf (
          "%s %s", accidents[i].by_bytes ? "after-bytes 20000" : "after-rows 300",
          accidents[i].fault);

      tell (hall, order);
      choose (kiosk, JUMIN_IDENTIFY_NEVER);
      await (kiosk, JUMIN_PAGE_TICKET);
      AWAIT (kiosk->scene->slip != JUMIN_SLIP_PRINTING);
      assert_told (kiosk, accidents[i].trouble, JUMIN_SLIP_UNKNOWN);
      cure_and_print_again (hall, &accidents[i], "in the middle");
    }
}

static void
test_home_tells (Hall *hall, gconstpointer roll)
{
  Fixture *kiosk = &hall->kiosk;
  gboolean low = g_str_equal (roll, "paper near");
  JuminTrouble trouble = low ? JUMIN_TROUBLE_PAPER_LOW : JUMIN_TROUBLE_PAPER_OUT;

  AWAIT (low ? kiosk->scene->paper_low : !kiosk->scene->printer_ready);
  g_assert_cmpint (kiosk->scene->printer_ready, ==, low);
  g_assert_true (virtual_kiosk_says (kiosk, get_row (kiosk, trouble)->title.standard.zh));
  g_assert_true (virtual_kiosk_says (kiosk, get_row (kiosk, trouble)->works.standard.zh));
}

/* The slip did not come, though the printer says that it did. */
static void
test_reprints_are_few (Hall *hall, gconstpointer data)
{
  Fixture *kiosk = &hall->kiosk;

  choose (kiosk, JUMIN_IDENTIFY_NEVER);
  await (kiosk, JUMIN_PAGE_TICKET);
  for (guint i = 0; i < 4; i++)
    {
      AWAIT (kiosk->scene->slip == JUMIN_SLIP_PRINTED);
      g_assert_cmpuint (kiosk->scene->reprints_left, ==, i < 2 ? 2 - i : 0);
      act (kiosk, "reprint", NULL, NULL);
    }
  g_assert_cmpuint (count (hall, "tickets="), ==, 3);
  g_assert_true (virtual_kiosk_says (kiosk, "已经补打过了"));
}

#define ADD(name, data, function)                                                                  \
  g_test_add (name, Hall, data, hall_set_up, function, hall_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/paper/trouble_before_a_slip_is_told_and_heals", NULL, test_before);
  ADD ("/paper/trouble_in_the_middle_is_told_and_heals", NULL, test_in_the_middle);
  ADD ("/paper/home_tells_that_it_is_low", "paper near", test_home_tells);
  ADD ("/paper/home_tells_that_it_is_out", "paper end", test_home_tells);
  ADD ("/paper/a_slip_is_printed_again_a_few_times", NULL, test_reprints_are_few);
  return g_test_run ();
}
