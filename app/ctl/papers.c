/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl papers: what the print ledger has to do, and whether papers are locked; juminctl papers
 * unlock: they go out again. Core has the ledger for itself while it runs. */
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "printing/ledger-file.h"

#include <stdio.h>
#include <string.h>

enum
{
  UNREADABLE = 3,
  TOKEN_SHOWN = 8,
  NUMBER_SHOWN = 3 /* its last digits */
};

/* A ledger is never made here. */
static JuminLedgerFile *
open_ledger (const char *path, GError **error)
{
  JuminLedgerFile *file = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no print ledger '%s'", path);
      return NULL;
    }
  file = jumin_ledger_file_open (path, error);
  if (file == NULL)
    g_prefix_error_literal (error, "While jumin-core runs, nobody else can open it. ");
  return file;
}

static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time);

  return moment != NULL ? g_date_time_format (moment, "%F %T") : g_strdup ("-");
}

static void
print_entry (const JuminPrintEntry *entry)
{
  g_autofree char *time = dup_time (entry->added_at);
  gsize length = strlen (entry->number);
  const char *end = length > NUMBER_SHOWN ? entry->number + length - NUMBER_SHOWN : "";

  printf ("%s  job %.*s  paper …%-3s  copies %d, pages %d  %s\n", time, TOKEN_SHOWN, entry->token,
          end, entry->copies, entry->pages,
          entry->closed ? jumin_outcome_get_word (entry->outcome) : "open");
}

static int
print_pending (const JuminPrintPending *pending)
{
  g_autofree char *since = dup_time (pending->locked_at);

  if (pending->locked_at != 0)
    printf ("Papers are locked since %s: one was not that of whoever was there\n", since);
  else
    puts ("Papers go out");
  for (guint i = 0; i < pending->entries->len; i++)
    print_entry (pending->entries->pdata[i]);
  printf ("%u that the platform has not heard of\n", pending->entries->len);
  return pending->locked_at != 0 ? JUMINCTL_BAD : JUMINCTL_GOOD;
}

static int
list (JuminLedgerFile *file, GError **error)
{
  g_autoptr (JuminPrintPending) pending = jumin_ledger_file_load (file, error);

  return pending != NULL ? print_pending (pending) : UNREADABLE;
}

/* Core writes into its audit log that it was done, when it starts. */
static int
unlock (JuminLedgerFile *file, GError **error)
{
  if (!jumin_ledger_file_unlock (file, g_get_real_time () / G_USEC_PER_SEC, error))
    return UNREADABLE;
  puts ("Papers are not locked");
  return JUMINCTL_GOOD;
}

static int
run (char **arguments, int (*act) (JuminLedgerFile *file, GError **error))
{
  g_autofree char *ledger = NULL;
  const GOptionEntry entries[] = {
    { "ledger", 0, 0, G_OPTION_ARG_FILENAME, &ledger, "The print ledger", "FILE" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminLedgerFile) file = NULL;
  int result = UNREADABLE;

  if (!juminctl_line_parse (&line, arguments, entries, 0))
    return JUMINCTL_USAGE;
  if (ledger == NULL && (config = juminctl_line_load_config (&line, &error)) != NULL)
    ledger = g_strdup (jumin_config_get_string (config, "sheets", "ledger"));
  if (ledger != NULL)
    file = open_ledger (ledger, &error);
  if (file != NULL)
    result = act (file, &error);
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return result;
}

int
juminctl_papers (char **arguments)
{
  return run (arguments, list);
}

int
juminctl_papers_unlock (char **arguments)
{
  return run (arguments, unlock);
}
