/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer's driver against the IPP printer peer: what it says of the printer, and what it
 * does with a job from its beginning to its end, be it a bad one. */
#include "page-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "statement-sample.h"

static void
test_every_condition_is_told_apart (PageFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *command, *undo;
    gboolean ready;
    JuminPageTroubles troubles;
    const char *other;
  } rows[] = {
    { "paper ok", "paper ok", TRUE, 0, "" },
    { "paper low", "paper ok", TRUE, JUMIN_PAGE_PAPER_LOW, "" },
    { "paper end", "paper ok", FALSE, JUMIN_PAGE_PAPER_OUT, "" },
    { "jam on", "jam off", FALSE, JUMIN_PAGE_JAM, "" },
    { "cover open", "cover closed", FALSE, JUMIN_PAGE_COVER_OPEN, "" },
    { "toner low", "toner ok", TRUE, JUMIN_PAGE_TONER_LOW, "" },
    { "toner end", "toner ok", FALSE, JUMIN_PAGE_TONER_OUT, "" },
    { "online off", "online on", FALSE, JUMIN_PAGE_OFF_LINE, "" },
    { "accept off", "accept on", FALSE, JUMIN_PAGE_REFUSING, "" },
    { "pdf off", "pdf on", FALSE, JUMIN_PAGE_NO_PDF, "" },
    { "unplug", "plug", FALSE, JUMIN_PAGE_MISSING, "" },
    { "hang on", "hang off", FALSE, JUMIN_PAGE_SILENT, "" },
    { "reason +media-empty", "reason -media-empty", FALSE, JUMIN_PAGE_PAPER_OUT, "" },
    { "reason +media-empty-report", "reason -media-empty-report", FALSE, JUMIN_PAGE_PAPER_OUT, "" },
    { "reason +output-area-full-warning", "reason -output-area-full-warning", FALSE,
      JUMIN_PAGE_OUTPUT_FULL, "" },
    { "reason +fuser-over-temp-warning", "reason -fuser-over-temp-warning", TRUE, JUMIN_PAGE_OTHER,
      "fuser-over-temp-warning" },
    { "reason +Not A Keyword", "reason -Not A Keyword", TRUE, JUMIN_PAGE_OTHER, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JuminPageStatus status;

      page_fixture_tell (self, rows[i].command);
      page_fixture_query (self, &status);
      g_test_message ("%s: ready %d, troubles %#x", rows[i].command, status.ready, status.troubles);
      g_assert_cmpint (status.ready, ==, rows[i].ready);
      g_assert_cmpuint (status.troubles, ==, rows[i].troubles);
      g_assert_cmpstr (status.other, ==, rows[i].other);
      page_fixture_tell (self, rows[i].undo);
    }
}

static void
assert_no_name_told (PageFixture *self)
{
  g_autofree char *path = g_build_filename (self->dir, "sheets.log", NULL);
  g_autofree char *log = NULL;

  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_true (g_str_has_prefix (log, "sheet jumin-" PAGE_TOKEN "-1 1/3\n"));
  g_assert_nonnull (strstr (log, "sheet jumin-" PAGE_TOKEN "-2 3/3\n"));
}

static void
test_copies_come_out_page_by_page (PageFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminPageReport report = page_fixture_print (self, 2, 0, NULL, &error);
  g_autofree char *path = g_build_filename (self->dir, "job-1.pdf", NULL);
  g_autofree char *received = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpint (report.copies, ==, 2);
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, 2 * PAGES);
  g_assert_cmpint (self->progress_pages, ==, PAGES);
  g_assert_cmpint (self->n_progress, >=, 2 * PAGES);
  g_assert_true (g_file_get_contents (path, &received, &length, NULL));
  g_assert_cmpmem (received, length, g_bytes_get_data (self->pdf, NULL),
                   g_bytes_get_size (self->pdf));
  assert_no_name_told (self);
  report = page_fixture_settle (self, PAGE_TOKEN, 2);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
}

/* What this machine composes goes through the printer as a paper of the platform does. */
static void
test_a_statement_comes_out (PageFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->dir, "job-1.pdf", NULL);
  g_autofree char *received = NULL;
  JuminStatementSample sample;
  JuminPageReport report;
  gsize length;
  int pages = 0;

  jumin_statement_sample_init (&sample);
  g_bytes_unref (self->pdf);
  self->pdf = jumin_statement_compose (&sample.statement, &pages, &error);
  jumin_statement_sample_finish (&sample);
  g_assert_no_error (error);
  g_assert_cmpint (pages, ==, PAGES);
  report = page_fixture_print (self, 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, PAGES);
  g_assert_true (g_file_get_contents (path, &received, &length, NULL));
  g_assert_cmpmem (received, length, g_bytes_get_data (self->pdf, NULL),
                   g_bytes_get_size (self->pdf));
}

static int
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  int n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_descriptors_stay_the_same (PageFixture *self, gconstpointer data)
{
  JuminPageStatus status;
  int before;

  page_fixture_query (self, &status);
  page_fixture_print (self, 1, 0, NULL, NULL);
  before = count_descriptors ();
  for (int i = 0; i < 20; i++)
    {
      page_fixture_tell (self, i % 2 == 0 ? "unplug" : "plug");
      page_fixture_query (self, &status);
    }
  page_fixture_print (self, 2, 0, NULL, NULL);
  g_assert_cmpint (count_descriptors (), ==, before);
}

static void
refill (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  if (troubles & JUMIN_PAGE_PAPER_OUT)
    page_fixture_tell (data, "paper ok");
}

static void
test_a_job_is_followed_over_a_refill (PageFixture *self, gconstpointer data)
{
  JuminPageReport report;

  g_signal_connect (self->printer, "progress", G_CALLBACK (refill), self);
  page_fixture_tell (self, "after-pages 1 paper end");
  report = page_fixture_print (self, 1, 60000, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_true (self->progress_troubles & JUMIN_PAGE_PAPER_OUT);
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, PAGES);
}

static void
pull_cable (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  /* Its empty tray can be seen before its page is. */
  if (pages == 1 && (troubles & JUMIN_PAGE_PAPER_OUT))
    page_fixture_tell (data, "unplug");
}

static void
test_no_sheet_comes_after_a_refill (PageFixture *self, gconstpointer data)
{
  JuminPageStatus status;
  JuminPageReport report;
  gulong handler = g_signal_connect (self->printer, "progress", G_CALLBACK (pull_cable), self);

  page_fixture_tell (self, "after-pages 1 paper end");
  report = page_fixture_print (self, 1, 60000, NULL, NULL);
  g_signal_handler_disconnect (self->printer, handler);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_UNKNOWN);
  g_assert_cmpint (report.pages, ==, 1);
  page_fixture_tell (self, "plug");
  g_assert_cmpint (page_fixture_count (self, "printing="), ==, 1);
  page_fixture_tell (self, "lose jobs");
  page_fixture_query (self, &status);
  g_assert_cmpint (page_fixture_count (self, "printing="), ==, 1);
  g_assert_true (status.troubles & JUMIN_PAGE_SILENT); /* of what is left of the job */
  page_fixture_query (self, &status);
  g_assert_cmpint (page_fixture_count (self, "printing="), ==, 0);
  page_fixture_tell (self, "paper ok");
  page_fixture_tell (self, "wait 5");
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, 1);
}

/* Core dies while a job waits for paper; the next one asks what became of it. */
static void
restart_core (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  PageFixture *self = data, after = { .peer = self->peer, .clock = self->clock };
  JuminPageReport report;

  if ((troubles & JUMIN_PAGE_PAPER_OUT) == 0)
    return;
  g_signal_handlers_disconnect_by_func (printer, restart_core, self);
  page_fixture_make_printer (&after, &page_fixture_profile);
  report = page_fixture_settle (&after, PAGE_TOKEN, 2);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PARTLY);
  g_assert_cmpint (report.copies, ==, 1);
  g_assert_cmpint (report.pages, ==, 1);
  report = page_fixture_settle (&after, "00000000-0000-4000-8000-000000000000", 1);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_UNKNOWN);
  g_assert_finalize_object (after.printer);
}

static void
test_a_restarted_core_settles_the_job (PageFixture *self, gconstpointer data)
{
  JuminPageReport report;

  g_signal_connect (self->printer, "progress", G_CALLBACK (restart_core), self);
  page_fixture_tell (self, "after-pages 4 paper end");
  report = page_fixture_print (self, 2, 60000, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PARTLY);
  page_fixture_tell (self, "paper ok");
  page_fixture_tell (self, "wait 5");
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, PAGES + 1);
}

/* It is switched on later than this machine: whoever asks then knows that it was not heard. */
static void
test_a_printer_that_is_away_is_told_from_one_that_forgot (PageFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *command, *undo;
    JuminPageTroubles troubles;
  } rows[] = {
    { "unplug", "plug", JUMIN_PAGE_MISSING },
    { "hang on", "hang off", JUMIN_PAGE_SILENT },
    { "paper ok", "paper ok", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JuminPageReport report;

      page_fixture_tell (self, rows[i].command);
      report = page_fixture_settle (self, PAGE_TOKEN, 1);
      g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_UNKNOWN);
      g_assert_cmpuint (report.troubles, ==, rows[i].troubles);
      page_fixture_tell (self, rows[i].undo);
    }
}

static void
cancel (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  if (pages >= 1)
    g_cancellable_cancel (data);
}

static void
test_a_job_is_taken_back (PageFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JuminPageReport report;

  g_signal_connect (self->printer, "progress", G_CALLBACK (cancel), cancellable);
  report = page_fixture_print (self, 1, 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PARTLY);
  g_assert_cmpint (report.pages, ==, 2); /* the one on its way still came */
  page_fixture_tell (self, "wait 5");
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, 2);
}

static void
test_before_the_first_page (PageFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *command, *undo;
    JuminOutcome outcome;
    int domain_is_failure, code;
  } rows[] = {
    { "busy on", "busy off", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_NOT_READY },
    { "accept off", "accept on", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_NOT_READY },
    { "paper end", "paper ok", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_PAPER },
    { "pdf off", "pdf on", JUMIN_OUTCOME_FAILED, FALSE, G_IO_ERROR_NOT_SUPPORTED },
    { "unplug", "plug", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_MISSING },
    { "hang on", "hang off", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_MISSING },
    { "lose create", "lose off", JUMIN_OUTCOME_FAILED, TRUE, JUMIN_FAILURE_PRINTER_MISSING },
    { "drop-after 20000", "drop-after 0", JUMIN_OUTCOME_FAILED, TRUE, -1 },
    { "lose send", "lose off", JUMIN_OUTCOME_PRINTED, TRUE, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      int sheets = page_fixture_count (self, "sheets=");
      JuminPageReport report;

      page_fixture_tell (self, rows[i].command);
      report = page_fixture_print (self, 1, 0, NULL, &error);
      g_test_message ("%s: outcome %d, %s", rows[i].command, report.outcome,
                      error != NULL ? error->message : "no error");
      g_assert_cmpint (report.outcome, ==, rows[i].outcome);
      g_assert_cmpint (error == NULL, ==, rows[i].outcome == JUMIN_OUTCOME_PRINTED);
      if (error != NULL && rows[i].code >= 0)
        g_assert_true (g_error_matches (
            error, rows[i].domain_is_failure ? JUMIN_FAILURE : (GQuark)G_IO_ERROR, rows[i].code));
      page_fixture_tell (self, rows[i].undo);
      page_fixture_tell (self, "wait 5");
      g_assert_cmpint (page_fixture_count (self, "sheets=") - sheets, ==,
                       rows[i].outcome == JUMIN_OUTCOME_PRINTED ? PAGES : 0);
      g_assert_cmpint (page_fixture_count (self, "printing="), ==, 0);
    }
}

static void
test_a_page_that_never_comes (PageFixture *self, gconstpointer data)
{
  JuminIppProfile hasty = page_fixture_profile;
  JuminPageReport report;
  gint64 begin_us = g_get_monotonic_time ();

  hasty.first_ms = 3000;
  page_fixture_make_printer (self, &hasty);
  page_fixture_tell (self, "wait 1");
  page_fixture_tell (self, "page-ms 5000");
  page_fixture_tell (self, "wait 1"); /* from here a step takes 5 s */
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 4 * G_TIME_SPAN_SECOND);
}

static void
test_a_zero_counts_only_if_it_counts (PageFixture *self, gconstpointer data)
{
  JuminIppProfile unsure = page_fixture_profile;
  JuminPageReport report;

  unsure.counts_pages = FALSE;
  page_fixture_make_printer (self, &unsure);
  page_fixture_tell (self, "after-pages 0 paper end");
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_UNKNOWN);
}

static void
ask_meanwhile (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  PageFixture *self = data, other = { .printer = self->printer, .pdf = self->pdf };
  JuminPageStatus status;
  JuminPageReport report;

  g_signal_handlers_disconnect_by_func (printer, ask_meanwhile, self);
  page_fixture_query (&other, &status);
  g_assert_false (status.ready);
  g_assert_true (status.troubles & JUMIN_PAGE_BUSY);
  report = page_fixture_print (&other, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
}

static void
test_one_job_at_a_time (PageFixture *self, gconstpointer data)
{
  JuminPageReport report;

  g_signal_connect (self->printer, "progress", G_CALLBACK (ask_meanwhile), self);
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, PAGES);
}

/* A certificate that somebody made for this test alone; its SHA-256. */
static char *
make_certificate (const char *certificate_path, const char *key_path)
{
  const char *const command[] = { "openssl",
                                  "req",
                                  "-x509",
                                  "-newkey",
                                  "ec",
                                  "-pkeyopt",
                                  "ec_paramgen_curve:P-256",
                                  "-nodes",
                                  "-keyout",
                                  key_path,
                                  "-out",
                                  certificate_path,
                                  "-subj",
                                  "/CN=127.0.0.1",
                                  NULL };
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  certificate = g_tls_certificate_new_from_file (certificate_path, NULL);
  g_object_get (certificate, "certificate", &bytes, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static void
test_another_certificate_is_refused (void)
{
  PageFixture self = { .dir = g_dir_make_tmp ("jumin-XXXXXX", NULL) };
  g_autofree char *control = g_build_filename (self.dir, "control", NULL);
  g_autofree char *certificate = g_build_filename (self.dir, "certificate", NULL);
  g_autofree char *key = g_build_filename (self.dir, "key", NULL);
  g_autofree char *fingerprint = make_certificate (certificate, key);
  g_autofree char *another = g_strnfill (64, 'a');
  JuminIppProfile pinned = page_fixture_profile;
  JuminPageStatus status;

  self.peer = jumin_peer_run ("jumin-peer-ipp-printer", control, "--dir", self.dir, "--certificate",
                              certificate, "--key", key, NULL);
  self.clock = jumin_clock_new (1);
  self.pdf = g_bytes_new (NULL, 0);
  pinned.fingerprint = fingerprint;
  page_fixture_make_printer (&self, &pinned);
  page_fixture_query (&self, &status);
  g_assert_true (status.ready);
  pinned.fingerprint = another;
  page_fixture_make_printer (&self, &pinned);
  page_fixture_query (&self, &status);
  g_assert_cmpuint (status.troubles, ==, JUMIN_PAGE_MISSING);
  page_fixture_tear_down (&self, NULL);
}

/* TCP connects, and then nobody says a word: not even TLS, to which libcups gives 10 s. */
static void
test_a_mute_port_is_given_up (void)
{
  static const char *const schemes[] = { "ipp", "ipps" };
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *fingerprint = g_strnfill (64, 'a');
  JuminIppProfile pinned = page_fixture_profile;

  pinned.fingerprint = fingerprint;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s://127.0.0.1:%u/ipp/print", schemes[i], port);
      g_autoptr (JuminClock) clock = jumin_clock_new (SPEED);
      PageFixture self = { .printer = jumin_ipp_printer_new (uri, &pinned, clock, NULL) };
      gint64 begin_us = g_get_monotonic_time ();
      JuminPageStatus status;

      page_fixture_query (&self, &status);
      g_assert_false (status.ready);
      g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 15 * G_TIME_SPAN_SECOND);
      g_object_unref (self.printer);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (PageFixture *self, gconstpointer data);
  } tests[] = {
    { "/page-printer/every_condition_is_told_apart", test_every_condition_is_told_apart },
    { "/page-printer/copies_come_out_page_by_page", test_copies_come_out_page_by_page },
    { "/page-printer/a_statement_of_this_machine_comes_out", test_a_statement_comes_out },
    { "/page-printer/descriptors_stay_the_same", test_descriptors_stay_the_same },
    { "/page-printer/a_job_is_followed_over_a_refill", test_a_job_is_followed_over_a_refill },
    { "/page-printer/no_sheet_comes_after_a_refill", test_no_sheet_comes_after_a_refill },
    { "/page-printer/a_restarted_core_settles_the_job", test_a_restarted_core_settles_the_job },
    { "/page-printer/a_printer_that_is_away_is_told_from_one_that_forgot",
      test_a_printer_that_is_away_is_told_from_one_that_forgot },
    { "/page-printer/a_job_is_taken_back", test_a_job_is_taken_back },
    { "/page-printer/nothing_goes_wrong_unseen_before_the_first_page", test_before_the_first_page },
    { "/page-printer/a_page_that_never_comes_is_not_waited_for", test_a_page_that_never_comes },
    { "/page-printer/a_zero_counts_only_if_it_counts", test_a_zero_counts_only_if_it_counts },
    { "/page-printer/one_job_at_a_time", test_one_job_at_a_time },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, PageFixture, NULL, page_fixture_set_up, tests[i].test,
                page_fixture_tear_down);
  g_test_add_func ("/page-printer/another_certificate_is_refused",
                   test_another_certificate_is_refused);
  g_test_add_func ("/page-printer/a_mute_port_is_given_up", test_a_mute_port_is_given_up);
  return g_test_run ();
}
