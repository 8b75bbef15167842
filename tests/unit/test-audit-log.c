/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log as it is written: what may be written, files, torn ends, disks that take nothing.
 */
#include "audit-sample.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

enum
{
  SMALL_FILE = 2048,
  DAY_MS = 24 * 60 * 60 * 1000,
  ONE_VISIT = 4,
  PATIENCE_US = 10 * G_TIME_SPAN_SECOND
};

typedef JuminAuditSample Fixture;

static void
assert_whole (const Fixture *fixture, gint64 last)
{
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  jumin_audit_sample_verify (fixture, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpint (summary.last, ==, last);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GArray) files = jumin_log_directory_list (fixture->directory, NULL);

  return files->len;
}

static char *
dup_first_path (const Fixture *fixture)
{
  return g_build_filename (fixture->directory, JUMIN_AUDIT_FIRST_FILE, NULL);
}

static void
test_chain_continues (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_first_path (fixture);
  g_autofree char *text = NULL;
  struct stat info;

  jumin_audit_sample_write_visits (fixture, 0, 1);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  assert_whole (fixture, 1 + 2 * ONE_VISIT);
  text = jumin_audit_sample_read (fixture, JUMIN_AUDIT_FIRST_FILE);
  g_assert_nonnull (strstr (text, "{\"seq\":9,\"time\":\"2025-06-15T15:06:40Z\",\"mono\":"));
  g_assert_nonnull (strstr (text, "\"id\":401,\"event\":\"ticket-taken\",\"number\":\"A032\","));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = jumin_audit_sample_open (fixture, SMALL_FILE);

  for (int i = 0; i < 10; i++)
    jumin_audit_sample_write_visit (audit);
  g_assert_finalize_object (audit);
  g_assert_cmpuint (count_files (fixture), >, 3);
  assert_whole (fixture, 10 * ONE_VISIT + count_files (fixture));
}

static void
test_days (Fixture *fixture, gconstpointer data)
{
  jumin_audit_sample_write_visits (fixture, 0, 1);
  jumin_clock_advance (fixture->clock, DAY_MS);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  assert_whole (fixture, 2 * (1 + ONE_VISIT));
}

/* Two days are kept; the first file is as old as if it had been written in 1970. */
static void
test_old_files_go (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_first_path (fixture);
  struct utimbuf long_ago = { 0, 0 };

  jumin_audit_sample_write_visits (fixture, 0, 1);
  jumin_clock_advance (fixture->clock, DAY_MS);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_cmpint (utime (path, &long_ago), ==, 0);
  jumin_clock_advance (fixture->clock, DAY_MS);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (fixture), ==, 2);
  assert_whole (fixture, 3 * (1 + ONE_VISIT) + 1);
}

/* All files together have a bound, whatever the days to keep; the first one seems to be as large.
 */
static void
test_large_logs_go (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_first_path (fixture);

  jumin_audit_sample_write_visits (fixture, 0, 1);
  jumin_clock_advance (fixture->clock, DAY_MS);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_cmpint (truncate (path, JUMIN_AUDIT_TOTAL_BYTES_MAX + 1), ==, 0);
  jumin_clock_advance (fixture->clock, DAY_MS);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_whole (fixture, 3 * (1 + ONE_VISIT) + 1);
}

static void
test_torn_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL, *after = NULL;
  g_autoptr (GString) torn = NULL;

  jumin_audit_sample_write_visits (fixture, 0, 1);
  text = jumin_audit_sample_read (fixture, JUMIN_AUDIT_FIRST_FILE);
  torn = g_string_new (text);
  g_string_append (torn, "garbage\n{\"seq\":6,\"ti");
  g_string_append_len (torn, "\0\0\0\0", 4);
  jumin_audit_sample_replace (fixture, JUMIN_AUDIT_FIRST_FILE, torn->str, (gssize)torn->len);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  assert_whole (fixture, 2 + 2 * ONE_VISIT);
  after = jumin_audit_sample_read (fixture, JUMIN_AUDIT_FIRST_FILE);
  g_assert_nonnull (strstr (after, "\"event\":\"repaired\",\"bytes\":24,"));
}

/* Power cuts while the second file is begun: it is begun again. */
static void
test_torn_new_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = jumin_log_directory_dup_name (1 + ONE_VISIT + 1);

  jumin_audit_sample_write_visits (fixture, 0, 1);
  jumin_audit_sample_replace (fixture, second, "{\"seq\":6,", -1);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  assert_whole (fixture, 2 + 2 * ONE_VISIT);
}

static void
test_only_a_torn_line (Fixture *fixture, gconstpointer data)
{
  jumin_audit_sample_replace (fixture, JUMIN_AUDIT_FIRST_FILE, "{\"seq\":1", -1);
  jumin_audit_sample_write_visits (fixture, 0, 1);
  assert_whole (fixture, 2 + ONE_VISIT);
}

static void
test_foreign_file (Fixture *fixture, gconstpointer data)
{
  JuminAuditSettings settings = { .directory = fixture->directory };
  g_autoptr (GError) error = NULL;

  jumin_audit_sample_replace (fixture, JUMIN_AUDIT_FIRST_FILE, "hello\n", -1);
  g_assert_null (jumin_audit_new (&settings, fixture->clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_unusable_directory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "file", NULL);
  JuminAuditSettings settings = { .directory = path };
  g_autoptr (GError) error = NULL;

  jumin_audit_sample_replace (fixture, "file", "", 0);
  g_assert_null (jumin_audit_new (&settings, fixture->clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_refused_fields (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = jumin_audit_sample_open (fixture, 0);

  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "name", "wang", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "王明", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "Wang Ming", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "a\"b", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "live", "yes", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "live", "13800138000", NULL));
  g_assert_false (
      jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "number", "500101194907213526", NULL));
  g_assert_finalize_object (audit);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_events (void)
{
  for (JuminAuditEvent event = 0; event < JUMIN_AUDIT_EVENTS; event++)
    {
      g_assert_nonnull (jumin_audit_event_get_name (event));
      g_assert_cmpuint (jumin_audit_event_get_id (event), >, 0);
      for (JuminAuditEvent other = 0; other < event; other++)
        {
          g_assert_cmpuint (jumin_audit_event_get_id (event), !=, jumin_audit_event_get_id (other));
          g_assert_cmpstr (jumin_audit_event_get_name (event), !=,
                           jumin_audit_event_get_name (other));
        }
    }
}

static void
test_one_writer (Fixture *fixture, gconstpointer data)
{
  JuminAuditSettings settings = { .directory = fixture->directory };
  JuminAudit *audit = jumin_audit_sample_open (fixture, 0);
  g_autoptr (GError) error = NULL;
  JuminAuditLink head;

  jumin_audit_sample_write_visit (audit);
  while (!jumin_audit_get_head (audit, &head))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (jumin_audit_new (&settings, fixture->clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_finalize_object (audit);
}

/* Whether files of this process may grow. The log warns when they may not. */
static void
let_files_grow (gboolean grow)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = grow ? limit.rlim_max : 0;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
wait_full (JuminAudit *audit, gboolean full)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (jumin_audit_is_full (audit) != full)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* A full disk: nothing is lost while the buffer lasts, and it all comes when there is room. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = jumin_audit_sample_open (fixture, 0);
  JuminAuditLink head;

  jumin_audit_sample_write_visit (audit);
  while (!jumin_audit_get_head (audit, &head))
    g_main_context_iteration (NULL, TRUE);
  let_files_grow (FALSE);
  jumin_audit_sample_write_visit (audit);
  g_assert_false (jumin_audit_is_full (audit));
  for (int i = 0; i < JUMIN_AUDIT_BUFFER_MAX / ONE_VISIT; i++)
    jumin_audit_sample_write_visit (audit);
  wait_full (audit, TRUE);
  let_files_grow (TRUE);
  wait_full (audit, FALSE);
  g_assert_finalize_object (audit);
  assert_whole (fixture, 1 + ONE_VISIT * (2 + JUMIN_AUDIT_BUFFER_MAX / ONE_VISIT));
}

/* More than the queue holds: the rest is counted, and the count is written. */
static void
test_lost_records (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = jumin_audit_sample_open (fixture, 0);
  g_autofree char *text = NULL;

  let_files_grow (FALSE);
  for (int i = 0; i < JUMIN_AUDIT_QUEUE_MAX; i++)
    g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  wait_full (audit, TRUE);
  let_files_grow (TRUE);
  wait_full (audit, FALSE);
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  g_assert_finalize_object (audit);
  text = jumin_audit_sample_read (fixture, JUMIN_AUDIT_FIRST_FILE);
  g_assert_nonnull (strstr (text, "\"event\":\"lost\",\"records\":1,"));
}

/* The platform signs for it: what came behind would look like an end that was cut off. */
static void
test_stop_is_last (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = jumin_audit_sample_open (fixture, 0);
  g_autofree char *text = NULL;

  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_STOP, "why", "signal", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  g_assert_finalize_object (audit);
  text = jumin_audit_sample_read (fixture, JUMIN_AUDIT_FIRST_FILE);
  g_assert_nonnull (strstr (text, "\"event\":\"stop\""));
  g_assert_null (strstr (text, "ui-connected"));
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminAudit) audit = jumin_audit_sample_open (fixture, 0);

  jumin_audit_sample_write_visit (audit);
  jumin_audit_close (audit);
  assert_whole (fixture, 1 + ONE_VISIT);
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  jumin_audit_close (audit);
  assert_whole (fixture, 1 + ONE_VISIT);
}

static void
test_without_log (void)
{
  g_assert_true (jumin_audit_write (NULL, JUMIN_AUDIT_UI_CONNECTED, NULL));
  g_assert_false (jumin_audit_is_full (NULL));
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, jumin_audit_sample_set_up, function,                            \
              jumin_audit_sample_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/audit/the_chain_goes_on_after_a_restart", test_chain_continues);
  ADD ("/audit/a_full_file_is_followed_by_another", test_files);
  ADD ("/audit/each_day_has_a_file", test_days);
  ADD ("/audit/an_old_file_goes_and_a_record_says_so", test_old_files_go);
  ADD ("/audit/a_log_that_is_too_large_loses_its_oldest_file", test_large_logs_go);
  ADD ("/audit/a_torn_end_is_cut_off_and_said", test_torn_end);
  ADD ("/audit/a_file_that_was_only_begun_is_begun_again", test_torn_new_file);
  ADD ("/audit/a_file_of_one_torn_line_begins_anew", test_only_a_torn_line);
  ADD ("/audit/a_file_that_is_no_log_is_left_alone", test_foreign_file);
  ADD ("/audit/a_directory_that_cannot_be_used_is_said", test_unusable_directory);
  ADD ("/audit/a_field_that_is_not_allowed_is_refused", test_refused_fields);
  g_test_add_func ("/audit/each_event_has_a_number_and_a_name_of_its_own", test_events);
  ADD ("/audit/there_is_one_writer", test_one_writer);
  ADD ("/audit/a_full_disk_is_said_and_loses_nothing", test_full_disk);
  ADD ("/audit/what_finds_no_room_is_counted", test_lost_records);
  ADD ("/audit/nothing_is_written_behind_the_stop", test_stop_is_last);
  ADD ("/audit/when_it_is_closed_all_is_written_though_somebody_holds_it", test_close);
  g_test_add_func ("/audit/without_a_log_nothing_is_written", test_without_log);
  return g_test_run ();
}
