/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that takes nothing: while nobody could write down whose data was read, none is read. The
 * hall's other services go on, and when there is room again, all does. */
#include "terminal-fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "model/words.h"

/* Whether files of this process may grow; the sandbox is another one. */
static void
let_files_grow (gboolean grow)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = grow ? limit.rlim_max : 0;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
fill (Fixture *f)
{
  let_files_grow (FALSE);
  for (int i = 0; i <= JUMIN_AUDIT_BUFFER_MAX; i++)
    g_assert_true (jumin_audit_write (f->audit, JUMIN_AUDIT_UI_CONNECTED, NULL));
  AWAIT (f->scene->reader_missing);
  g_assert_cmpint (f->scene->reader_trouble, ==, JUMIN_TROUBLE_LOG_FULL);
}

static void
empty (Fixture *f)
{
  let_files_grow (TRUE);
  AWAIT (!f->scene->reader_missing);
}

static void
assert_told (Fixture *f)
{
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (f->scene->trouble, ==, JUMIN_TROUBLE_LOG_FULL);
  g_assert_null (f->scene->identity);
}

static void
test_no_card_is_read (Fixture *f, gconstpointer data)
{
  fill (f);
  insert (f);
  assert_told (f);
  g_assert_false (f->scene->card_known);
  empty (f);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  leave (f);
}

static void
test_consent_is_not_taken (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  fill (f);
  act (f, "agree", NULL, NULL);
  assert_told (f);
  leave (f);
  empty (f);
}

/* Trying again never leads past the agreement. */
static void
test_no_number_is_typed (Fixture *f, gconstpointer data)
{
  act (f, "number", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  fill (f);
  act (f, "agree", NULL, NULL);
  assert_told (f);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  act (f, "number", NULL, NULL);
  assert_told (f);
  leave (f);
  empty (f);
}

static void
test_numbers_without_identity_go_on (Fixture *f, gconstpointer data)
{
  fill (f);
  choose (f, JUMIN_IDENTIFY_OPTIONAL);
  await (f, JUMIN_PAGE_IDENTIFY);
  act (f, "anonymous", NULL, NULL);
  await (f, JUMIN_PAGE_TICKET);
  act (f, "finish", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  empty (f);
}

static void
test_nothing_is_lost (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *log = NULL;
  JuminAuditLink head;

  fill (f);
  empty (f);
  AWAIT (jumin_audit_get_head (f->audit, &head));
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "\"event\":\"trouble-began\",\"trouble\":\"log-full\""));
  g_assert_nonnull (strstr (log, "\"event\":\"trouble-ended\",\"trouble\":\"log-full\""));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  signal (SIGXFSZ, SIG_IGN);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("/audit-full/no_card_is_read_while_nothing_can_be_written", test_no_card_is_read);
  ADD ("/audit-full/consent_is_not_taken_while_nothing_can_be_written", test_consent_is_not_taken);
  ADD ("/audit-full/no_number_is_typed_while_nothing_can_be_written", test_no_number_is_typed);
  ADD ("/audit-full/numbers_without_identity_go_on", test_numbers_without_identity_go_on);
  ADD ("/audit-full/all_is_written_when_there_is_room_again", test_nothing_is_lost);
  return g_test_run ();
}
