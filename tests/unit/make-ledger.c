/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a print ledger for the test of juminctl: two papers that nobody was told of, and a lock; or
 * has it open until its input ends.
 *
 *   make-ledger FILE [hold] */
#include "printing/ledger-file.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminLedgerFile) file = jumin_ledger_file_open (argv[1], &error);
  JuminPrintEntry entry = { .token = (char *)"7c9e6679-7425-40de-944b-e07fc1f90ae7",
                            .request = (char *)"0b7e6679-7425-40de-944b-e07fc1f90ae7",
                            .number = (char *)"GJJ-20261121-000371",
                            .sm3 = (char *)"",
                            .copies = 2,
                            .pages = 3,
                            .added_at = 1795000000,
                            .outcome = JUMIN_OUTCOME_PARTLY };

  g_assert_no_error (error);
  if (argc > 2)
    {
      puts ("open");
      fflush (stdout);
      return getchar () == EOF ? 0 : 1;
    }
  g_assert_true (jumin_ledger_file_add (file, &entry, &error));
  g_assert_true (jumin_ledger_file_close (file, &entry, &error));
  entry.token = (char *)"8c9e6679-7425-40de-944b-e07fc1f90ae7";
  g_assert_true (jumin_ledger_file_add (file, &entry, &error));
  g_assert_true (jumin_ledger_file_lock (file, 1795000100, &error));
  return 0;
}
