/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the people of the hall are told, and what becomes of it: a call for help ends with somebody
 * who comes or with an honest word; a trouble of the machine is reported once when it begins and
 * once when it ends, also when the platform was away meanwhile. */
#include "terminal-fixture.h"

#include <string.h>

#include "audit/record.h"
#include "model/words.h"

static char *
control (Fixture *f, const char *command)
{
  char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
  return reply;
}

static void
tell (Fixture *f, const char *command)
{
  g_free (control (f, command));
}

static gboolean
screen_tells (Fixture *f, JuminTrouble trouble)
{
  const JuminTroubleRow *row = jumin_troubles_get (f->scene->troubles, trouble);

  g_test_message ("%s | %s", jumin_trouble_get_id (trouble), row->title.standard.zh);
  return virtual_kiosk_says (f, row->title.standard.zh);
}

static void
test_help_comes (Fixture *f, gconstpointer data)
{
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_SENT);
  tell (f, "help ack");
  AWAIT (f->scene->help == JUMIN_HELP_ACKNOWLEDGED);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_HELP);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 1);
}

static void
test_each_page_can_be_named (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int page = 0; page < JUMIN_N_PAGES; page++)
    {
      g_autoptr (JuminAuditRecord) record = jumin_audit_record_new (
          0, 1, JUMIN_AUDIT_HELP_CALLED, "page", jumin_page_get_name (page), NULL);

      g_assert_nonnull (record);
      g_assert_true (g_hash_table_add (names, (char *)jumin_page_get_name (page)));
    }
}

/* The dialog is closed before the call has got through, and the touch comes again. */
static void
test_help_is_pressed_again (Fixture *f, gconstpointer data)
{
  tell (f, "delay 200");
  act (f, "help", NULL, NULL);
  act (f, "stay", NULL, NULL);
  act (f, "help", NULL, NULL);
  g_assert_cmpint (f->scene->help, ==, JUMIN_HELP_CALLING);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_HELP);
  AWAIT (f->scene->help != JUMIN_HELP_CALLING);
  tell (f, "delay 0");
  tell (f, "help ack");
  AWAIT (f->scene->help == JUMIN_HELP_ACKNOWLEDGED);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 1);
}

/* Everybody is called, and nobody comes; meanwhile no visit ends and no question is asked. */
static void
test_help_does_not_come (Fixture *f, gconstpointer data)
{
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_LATE);
  act (f, "help", NULL, NULL); /* is the same call */
  AWAIT (f->scene->help == JUMIN_HELP_AGAIN);
  AWAIT (f->scene->help == JUMIN_HELP_UNANSWERED);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_HELP);
  g_assert_true (screen_tells (f, JUMIN_TROUBLE_HELP_UNANSWERED));
  g_assert_true (virtual_kiosk_says (f, "请到东门服务台"));
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 2);
  /* Later everybody is there: that is another call. */
  act (f, "stay", NULL, NULL);
  tell (f, "help ack");
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_ACKNOWLEDGED);
}

static void
test_nobody_on_duty (Fixture *f, gconstpointer data)
{
  tell (f, "help away");
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_NOBODY);
  g_assert_true (screen_tells (f, JUMIN_TROUBLE_HELP_NOBODY));
  AWAIT (log_says (f, "trouble-told", "help-nobody"));
}

static void
test_help_without_platform (Fixture *f, gconstpointer data)
{
  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  tell (f, "down");
  AWAIT (f->scene->platform_silent);
  act (f, "help", NULL, NULL);
  g_assert_cmpint (f->scene->help, ==, JUMIN_HELP_FAILED);
  g_assert_true (screen_tells (f, JUMIN_TROUBLE_HELP_UNSENT));
  g_assert_true (virtual_kiosk_says (f, "请到东门服务台"));
  tell (f, "up");
  AWAIT (!f->scene->platform_silent);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 0);
}

/* The person goes before anybody has answered: nobody else is called. */
static void
test_help_ends_with_the_visit (Fixture *f, gconstpointer data)
{
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_SENT);
  act (f, "exit", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  act (f, "start", "id", "queue");
  AWAIT (f->scene->dialog == JUMIN_DIALOG_ENDING);
  await (f, JUMIN_PAGE_HOME);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 1);
}

/* Somebody comes for the card that was left; the next person is not there for it. */
static void
test_help_for_a_card_is_not_the_next_ones (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "exit", NULL, NULL);
  await (f, JUMIN_PAGE_TAKE_CARD);
  act (f, "help", NULL, NULL);
  AWAIT (f->scene->help == JUMIN_HELP_SENT);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 1);
  jumin_virtual_card_reader_pull (f->reader);
  await (f, JUMIN_PAGE_HOME);
  g_assert_cmpint (f->scene->dialog, ==, JUMIN_DIALOG_NONE);
  act (f, "help", NULL, NULL);
  g_assert_cmpint (f->scene->help, ==, JUMIN_HELP_CALLING);
  AWAIT (f->scene->help == JUMIN_HELP_SENT);
  g_assert_cmpuint (sandbox_process_count (f->sandbox, "help_calls"), ==, 2);
}

static gboolean
has_reports (Fixture *f, const char *newest_first)
{
  g_auto (GStrv) wanted = g_strsplit (newest_first, ", ", -1);
  g_autofree char *reply = control (f, "reports");
  const char *at = reply;

  for (int i = 0; wanted[i] != NULL && at != NULL; i++)
    at = strstr (at, wanted[i]);
  return at != NULL;
}

static void
test_reports (Fixture *f, gconstpointer data)
{
  const JuminPrinterStatus out = { .paper_end = TRUE }, low = { .ready = TRUE, .paper_low = TRUE },
                           good = { .ready = TRUE };

  jumin_virtual_printer_set_status (f->printer, &low);
  AWAIT (has_reports (f, "T-0003 paper-low began"));
  jumin_virtual_printer_set_status (f->printer, &out);
  AWAIT (has_reports (f, "paper-low ended, paper-out began"));
  jumin_virtual_printer_set_status (f->printer, &good);
  AWAIT (has_reports (f, "paper-out ended"));
  AWAIT (log_says (f, "trouble-ended", "paper-out"));
  g_assert_true (log_says (f, "trouble-began", "paper-out"));
  g_assert_true (log_says (f, "trouble-began", "paper-low"));
}

/* The answer is lost: it is told again, and is one report. Then all is down. */
static void
test_reports_wait_for_the_platform (Fixture *f, gconstpointer data)
{
  const JuminPrinterStatus out = { .paper_end = TRUE }, good = { .ready = TRUE };

  tell (f, "fault drop-after reports 1");
  jumin_virtual_printer_set_status (f->printer, &out);
  AWAIT (!f->scene->printer_ready);
  AWAIT (has_reports (f, "paper-out began"));
  tell (f, "down");
  await (f, JUMIN_PAGE_OUT_OF_SERVICE);
  g_assert_true (screen_tells (f, JUMIN_TROUBLE_PLATFORM_SILENT));
  jumin_virtual_printer_set_status (f->printer, &good);
  AWAIT (f->scene->printer_ready);
  tell (f, "up");
  AWAIT (has_reports (f, "platform-silent ended"));
  g_assert_true (has_reports (
      f, "platform-silent ended, paper-out ended, platform-silent began, paper-out began"));
}

/* Twice the answer is lost: the person asks again, and has one number. */
static void
test_a_lost_answer_is_told (Fixture *f, gconstpointer data)
{
  g_autofree char *status = NULL;

  tell (f, "fault drop-after tickets 2");
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_TICKET_UNKNOWN);
  g_assert_true (screen_tells (f, JUMIN_TROUBLE_TICKET_UNKNOWN));
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_TICKET);
  status = control (f, "status");
  g_assert_nonnull (strstr (status, "\"tickets\":1,"));
}

/* Nor does the way over the first page make it two. */
static void
test_a_lost_answer_and_home (Fixture *f, gconstpointer data)
{
  g_autofree char *status = NULL;

  tell (f, "fault drop-after tickets 2");
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_NOTICE);
  act (f, "home", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_TICKET);
  status = control (f, "status");
  g_assert_nonnull (strstr (status, "\"tickets\":1,"));
}

/* Who comes with a card then begins anew: another number has another key. */
static void
test_a_card_after_a_lost_answer (Fixture *f, gconstpointer data)
{
  tell (f, "fault drop-after tickets 2");
  choose (f, JUMIN_IDENTIFY_NEVER);
  await (f, JUMIN_PAGE_NOTICE);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
  g_assert_null (f->scene->flow);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_TICKET);
  g_assert_cmpstr (f->scene->ticket->matter, ==, f->scene->matter);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/staff/help_comes", test_help_comes);
  g_test_add_func ("/staff/help_is_called_from_any_page", test_each_page_can_be_named);
  ADD ("/staff/help_pressed_again_is_one_call", test_help_is_pressed_again);
  ADD ("/staff/help_does_not_come_and_that_is_said", test_help_does_not_come);
  ADD ("/staff/nobody_is_on_duty_and_that_is_said", test_nobody_on_duty);
  ADD ("/staff/without_the_platform_the_desk_is_named_at_once", test_help_without_platform);
  ADD ("/staff/help_ends_with_the_visit", test_help_ends_with_the_visit);
  ADD ("/staff/help_for_a_card_is_not_the_next_ones", test_help_for_a_card_is_not_the_next_ones);
  ADD ("/staff/each_trouble_is_reported", test_reports);
  ADD ("/staff/reports_wait_for_the_platform", test_reports_wait_for_the_platform);
  ADD ("/staff/a_lost_answer_is_told_and_asked_again", test_a_lost_answer_is_told);
  ADD ("/staff/a_lost_answer_is_not_asked_for_twice", test_a_lost_answer_and_home);
  ADD ("/staff/a_card_after_a_lost_answer_begins_anew", test_a_card_after_a_lost_answer);
  return g_test_run ();
}
