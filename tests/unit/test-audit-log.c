/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: what may be written, and that a change shows. */
#include "audit/audit.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  JuminClock *clock;
  char *directory, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = jumin_clock_new_manual (1750000000);
  fixture->directory = g_dir_make_tmp ("jumin-audit-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, JUMIN_AUDIT_FILE, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
  g_assert_finalize_object (fixture->clock);
}

static JuminAudit *
open_log (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JuminAudit *audit = jumin_audit_new (fixture->directory, fixture->clock, &error);

  g_assert_no_error (error);
  return audit;
}

static char *
read_log (const Fixture *fixture)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  return text;
}

static void
write_visit (const Fixture *fixture)
{
  JuminAudit *audit = open_log (fixture);

  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_VISIT_BEGAN, "how", "card", NULL));
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_CARD_SEEN, "version", "2.00", "kind",
                                    "social-security", NULL));
  g_assert_true (
      jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "number", "A032", "live", "0", NULL));
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_VISIT_ENDED, "why", "exit", NULL));
  g_assert_finalize_object (audit);
}

static void
assert_whole (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 bad = -1;

  g_assert_true (jumin_audit_verify (fixture->path, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpint (bad, ==, 0);
}

static void
assert_bad (const Fixture *fixture, const char *text, gint64 record)
{
  g_autoptr (GError) error = NULL;
  gint64 bad = -1;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_false (jumin_audit_verify (fixture->path, &bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpint (bad, ==, record);
}

static void
test_chain_continues (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  struct stat info;

  write_visit (fixture);
  write_visit (fixture);
  assert_whole (fixture);
  text = read_log (fixture);
  g_assert_nonnull (strstr (text, "{\"seq\":8,"));
  g_assert_nonnull (strstr (text, "\"number\":\"A032\",\"live\":0,"));
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_changes_show (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *changed = NULL, *removed = NULL, *swapped = NULL;

  write_visit (fixture);
  text = read_log (fixture);
  lines = g_strsplit (text, "\n", -1);
  removed = g_strjoin ("\n", lines[0], lines[2], lines[3], "", NULL);
  assert_bad (fixture, removed, 2);
  swapped = g_strjoin ("\n", lines[0], lines[1], lines[3], lines[2], "", NULL);
  assert_bad (fixture, swapped, 3);
  changed = g_strdup (text);
  memcpy (strstr (changed, "A032"), "A033", 4);
  assert_bad (fixture, changed, 3);
}

static void
test_torn_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL, *torn = NULL, *after = NULL;

  write_visit (fixture);
  text = read_log (fixture);
  torn = g_strconcat (text, "{\"seq\":5,\"time\":\"20", NULL);
  assert_bad (fixture, torn, 5);
  write_visit (fixture);
  assert_whole (fixture);
  after = read_log (fixture);
  g_assert_nonnull (strstr (after, "\"event\":\"repaired\",\"bytes\":19,"));
}

static void
test_only_a_torn_line (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "{\"seq\":1", -1, NULL));
  write_visit (fixture);
  assert_whole (fixture);
}

static void
test_foreign_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "hello\n", -1, NULL));
  g_assert_null (jumin_audit_new (fixture->directory, fixture->clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_refused_fields (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = open_log (fixture);
  g_autofree char *text = NULL;

  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "name", "wang", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "王明", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "Wang Ming", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_HOLDER_READ, "proof", "a\"b", NULL));
  g_assert_false (jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "live", "yes", NULL));
  g_assert_false (
      jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "number", "500101194907213526", NULL));
  g_assert_finalize_object (audit);
  text = read_log (fixture);
  g_assert_cmpstr (text, ==, "");
}

static void
test_one_writer (Fixture *fixture, gconstpointer data)
{
  JuminAudit *audit = open_log (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_audit_new (fixture->directory, fixture->clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_finalize_object (audit);
}

static void
test_without_log (void)
{
  g_assert_true (jumin_audit_write (NULL, JUMIN_AUDIT_CARD_REMOVED, NULL));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/audit/the_chain_goes_on_after_a_restart", test_chain_continues);
  ADD ("/audit/verify_names_the_first_bad_record", test_changes_show);
  ADD ("/audit/a_torn_end_is_cut_off_and_said", test_torn_end);
  ADD ("/audit/a_file_of_one_torn_line_begins_anew", test_only_a_torn_line);
  ADD ("/audit/a_file_that_is_no_log_is_left_alone", test_foreign_file);
  ADD ("/audit/a_field_that_is_not_allowed_is_refused", test_refused_fields);
  ADD ("/audit/there_is_one_writer", test_one_writer);
  g_test_add_func ("/audit/without_a_log_nothing_is_written", test_without_log);
  return g_test_run ();
}
