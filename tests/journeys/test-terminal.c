/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal against a real sandbox, without a display: the reader and the printer are virtual, the
 * platform is not. Visits run a hundred times faster than in a hall. */
#include "terminal-fixture.h"

#include "journey/flow.h"
#include "model/words.h"

static void
test_a_number_without_identity (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  g_assert_nonnull (f->scene->ticket->number);
  AWAIT (f->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (jumin_virtual_printer_get_rasters (f->printer)->len, ==, 1);
  await (f, JUMIN_PAGE_HOME);
  g_assert_false (f->scene->in_visit);
}

static void
test_a_number_with_a_card (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_null (f->scene->identity);
  g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->reader), ==, 0);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_TICKET);
  act (f, "finish", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  g_assert_null (f->scene->identity);
  jumin_virtual_card_reader_pull (f->reader);
  await (f, JUMIN_PAGE_HOME);
}

static void
test_the_second_number_is_the_first (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_TICKET);
  first = g_strdup (f->scene->ticket->number);
  act (f, "home", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_TICKET);
  g_assert_true (f->scene->ticket->live);
  g_assert_cmpstr (f->scene->ticket->number, ==, first);
}

static void
test_the_card_may_come_in_the_middle (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_TICKET);
  jumin_virtual_card_reader_pull (f->reader);
  AWAIT (f->scene->identity == NULL);
  /* The number stays until its own time is over. */
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TICKET);
  g_assert_nonnull (f->scene->ticket);
  await (f, JUMIN_PAGE_HOME);
}

static void
test_a_pulled_card_ends_the_visit (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  act (f, "set", "id", "elder");
  jumin_virtual_card_reader_pull (f->reader);
  AWAIT (f->scene->identity == NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_CARD_OUT);
  g_assert_false (f->scene->in_visit);
  await (f, JUMIN_PAGE_HOME);
}

/* The last answer of the card is on its way when the card goes. */
static void
test_a_card_pulled_as_it_was_read (Fixture *f, gconstpointer data)
{
  jumin_virtual_card_reader_set_held (f->reader, TRUE);
  insert (f);
  await (f, JUMIN_PAGE_WAIT);
  jumin_virtual_card_reader_set_held (f->reader, FALSE);
  jumin_virtual_card_reader_pull (f->reader);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_CARD_PULLED);
  await (f, JUMIN_PAGE_HOME);
}

/* The platform answers the first person when the second one waits for a number. */
static void
test_a_late_number_is_not_the_next_ones (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  first = g_strdup (f->scene->matter);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  g_free (sandbox_process_control (f->sandbox, "delay 700"));
  act (f, "agree", NULL, NULL);
  AWAIT (f->scene->identity != NULL);
  jumin_virtual_card_reader_pull (f->reader);
  AWAIT (!f->scene->in_visit);
  await (f, JUMIN_PAGE_HOME);
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (f->scene->ticket->matter, !=, first);
  g_assert_cmpstr (f->scene->ticket->matter, ==, f->scene->matter);
}

static void
test_declining_leads_back (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_IDENTIFY);
  g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->reader), ==, 0);
}

static void
test_nobody_there_ends_the_visit (Fixture *f, gconstpointer data)
{
  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  AWAIT (f->scene->dialog == JUMIN_DIALOG_ENDING);
  act (f, "stay", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CHOOSE);
  await (f, JUMIN_PAGE_HOME);
}

static void
test_services_lead_back (Fixture *f, gconstpointer data)
{
  act (f, "services", NULL, NULL);
  await (f, JUMIN_PAGE_SERVICES);
  g_assert_null (f->scene->shelf);
  act (f, "services", "value", "queue");
  g_assert_cmpstr (f->scene->shelf, ==, "queue");
  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_SERVICES);
  g_assert_cmpstr (f->scene->shelf, ==, "queue");
  act (f, "back", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_SERVICES);
  g_assert_null (f->scene->shelf);
  act (f, "services", "value", "nonsense");
  g_assert_null (f->scene->shelf);
  act (f, "back", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  act (f, "services", NULL, NULL);
  await (f, JUMIN_PAGE_HOME); /* nobody is there */
  g_assert_false (f->scene->in_visit);
}

static void
test_an_old_page_takes_no_act (Fixture *f, gconstpointer data)
{
  guint64 old = f->scene->page_number;
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  g_assert_false (jumin_terminal_act (f->terminal, "home", old, none));
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CHOOSE);
}

static void
test_help_is_called (Fixture *f, gconstpointer data)
{
  act (f, "help", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_HELP);
  AWAIT (f->scene->help != JUMIN_HELP_CALLING);
  g_assert_cmpint (f->scene->help, !=, JUMIN_HELP_FAILED);
  act (f, "stay", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE);
}

static void
test_a_code_is_shown_large (Fixture *f, gconstpointer data)
{
  act (f, "enlarge", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE); /* home has none */
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  act (f, "enlarge", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_CODE);
  act (f, "finish", NULL, NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TICKET); /* the code lies over its key */
  act (f, "stay", NULL, NULL);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE);
  act (f, "enlarge", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE);
}

static void
test_a_silent_platform_is_told_and_heals (Fixture *f, gconstpointer data)
{
  g_free (sandbox_process_control (f->sandbox, "down"));
  await (f, JUMIN_PAGE_OUT_OF_SERVICE);
  g_free (sandbox_process_control (f->sandbox, "up"));
  await (f, JUMIN_PAGE_HOME);
}

/* The printer says that it is well, and yet there was no slip, or perhaps half of one. */
static void
test_without_a_slip_the_number_stays (Fixture *f, gconstpointer data)
{
  jumin_virtual_printer_fail_next (f->printer, JUMIN_FAILURE_PRINTER_PAPER);
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  AWAIT (f->scene->slip == JUMIN_SLIP_FAILED);
  g_assert_cmpint (jumin_scene_get_slip_trouble (f->scene, f->scene->slip), ==,
                   JUMIN_TROUBLE_SLIP_FAILED);
  jumin_virtual_printer_fail_next (f->printer, JUMIN_FAILURE_PRINTER_UNKNOWN);
  act (f, "reprint", NULL, NULL);
  AWAIT (f->scene->slip == JUMIN_SLIP_UNKNOWN);
  g_assert_cmpint (jumin_scene_get_slip_trouble (f->scene, f->scene->slip), ==,
                   JUMIN_TROUBLE_SLIP_UNKNOWN);
  act (f, "reprint", NULL, NULL);
  AWAIT (f->scene->slip == JUMIN_SLIP_PRINTED);
}

static void
test_a_foreign_card_is_told (Fixture *f, gconstpointer data)
{
  jumin_virtual_card_reader_fail_next (f->reader, JUMIN_RETRY, JUMIN_RETRY_CARD_FOREIGN);
  insert (f);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_CARD_FOREIGN);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
}

static void
test_modes_end_with_the_visit (Fixture *f, gconstpointer data)
{
  guint64 number = f->scene->page_number;

  virtual_kiosk_set_mode (f, "language", "en");
  g_assert_cmpstr (f->scene->modes.language, ==, "en");
  g_assert_cmpuint (f->scene->page_number, ==, number);
  AWAIT (g_str_equal (f->scene->modes.language, "zh"));
  g_assert_false (f->scene->in_visit);
}

/* The goodbye is said as the one who goes sees and reads; whoever comes next is somebody else. */
static void
test_modes_are_not_the_next_ones (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  virtual_kiosk_set_mode (f, "elder", "on");
  virtual_kiosk_set_mode (f, "language", "en");
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  jumin_virtual_card_reader_pull (f->reader);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_true (f->scene->modes.elder);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_false (f->scene->modes.elder);
  g_assert_cmpstr (f->scene->modes.language, ==, "zh");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/terminal/a_number_without_identity", test_a_number_without_identity);
  ADD ("/terminal/a_number_with_a_card", test_a_number_with_a_card);
  ADD ("/terminal/the_second_number_is_the_first", test_the_second_number_is_the_first);
  ADD ("/terminal/the_card_may_come_in_the_middle", test_the_card_may_come_in_the_middle);
  ADD ("/terminal/a_pulled_card_ends_the_visit", test_a_pulled_card_ends_the_visit);
  ADD ("/terminal/a_card_pulled_as_it_was_read_says_so", test_a_card_pulled_as_it_was_read);
  ADD ("/terminal/a_late_number_is_not_the_next_ones", test_a_late_number_is_not_the_next_ones);
  ADD ("/terminal/declining_leads_back", test_declining_leads_back);
  ADD ("/terminal/nobody_there_ends_the_visit", test_nobody_there_ends_the_visit);
  ADD ("/terminal/services_lead_back", test_services_lead_back);
  ADD ("/terminal/an_old_page_takes_no_act", test_an_old_page_takes_no_act);
  ADD ("/terminal/help_is_called", test_help_is_called);
  ADD ("/terminal/a_code_is_shown_large", test_a_code_is_shown_large);
  ADD ("/terminal/a_silent_platform_is_told_and_heals", test_a_silent_platform_is_told_and_heals);
  ADD ("/terminal/without_a_slip_the_number_stays", test_without_a_slip_the_number_stays);
  ADD ("/terminal/a_foreign_card_is_told", test_a_foreign_card_is_told);
  ADD ("/terminal/modes_end_with_the_visit", test_modes_end_with_the_visit);
  ADD ("/terminal/modes_are_not_the_next_ones", test_modes_are_not_the_next_ones);
  return g_test_run ();
}
