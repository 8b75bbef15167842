/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of a given size, as the kiosk's own code writes them: a journal of payments that are all
 * final, and an audit log whose chain is whole. Nothing of them is synced on the way.
 *
 *   scale-files journal FILE ROWS
 *   scale-files audit FOLDER LINES */
#include "audit/log-directory.h"
#include "audit/log-file.h"
#include "journal-sample.h"
#include "payment/journal-row.h"

#include <stdio.h>

enum
{
  ROWS_AT_ONCE = 10000,
  DAYS = 180, /* from the first payment to the last */
  DAYS_AGO = 40,
  DAY_S = 24 * 60 * 60,
  PAGES_MAX = 1024 * 1024
};

static const JuminSqliteKind kind = { "Payment journal", JUMIN_FAILURE_JOURNAL, PAGES_MAX };

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
add_payment (JuminSqliteFile *file, gint64 n, gint64 of, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JuminPayment) payment = sample_payment (id, JUMIN_PAYMENT_FULFILLED);
  gint64 first = get_now () - (gint64)(DAYS_AGO + DAYS) * DAY_S;

  payment->created_at = first + n * DAYS * DAY_S / of;
  payment->paid_at = payment->created_at + 20;
  return jumin_journal_row_insert (file, payment, error);
}

static gboolean
make_journal (const char *path, gint64 rows, GError **error)
{
  g_autoptr (JuminSqliteFile) file = NULL;
  gboolean good = jumin_journal_file_create (path, NULL, error);

  if (good)
    file = jumin_sqlite_file_open (path, NULL, 0, &kind, error);
  good = file != NULL && jumin_sqlite_file_run (file, "BEGIN", error);
  for (gint64 n = 0; n < rows && good; n++)
    {
      good = add_payment (file, n, rows, error);
      if (good && (n + 1) % ROWS_AT_ONCE == 0)
        good = jumin_sqlite_file_run (file, "COMMIT; BEGIN", error);
    }
  return good && jumin_sqlite_file_run (file, "COMMIT", error);
}

/* The file that the chain's next record begins. */
static JuminLogFile *
begin_file (const char *folder, const JuminAuditLink *link, GError **error)
{
  g_autofree char *name = jumin_log_directory_dup_name (link->sequence + 1);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return jumin_log_file_open (path, error);
}

static gboolean
add_record (JuminLogFile *file, JuminAuditLink *link, JuminAuditEvent event, const char *field,
            const char *value, GError **error)
{
  g_autoptr (JuminAuditRecord) record
      = jumin_audit_record_new (get_now (), link->sequence, event, field, value, NULL);
  g_autofree char *line = jumin_audit_link_append (link, record->body);

  return jumin_log_file_append (file, line, error);
}

/* As the log's own directory does it, but none is ever removed: it keeps a part of so many. */
static gboolean
make_audit (const char *folder, gint64 lines, GError **error)
{
  g_autoptr (JuminLogFile) file = NULL;
  JuminAuditLink link;
  gboolean good = TRUE;

  jumin_audit_link_begin (&link);
  while (good && link.sequence < lines)
    if (file == NULL
        || jumin_log_file_get_length (file) + JUMIN_AUDIT_LINE_MAX > JUMIN_AUDIT_FILE_BYTES)
      {
        g_clear_pointer (&file, jumin_log_file_close);
        file = begin_file (folder, &link, error);
        good = file != NULL
               && add_record (file, &link, JUMIN_AUDIT_FILE_BEGAN, "previous", link.hash, error);
      }
    else
      good = add_record (file, &link, JUMIN_AUDIT_CARD_SEEN, "version", "2.00", error);
  return good;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 count;
  gboolean good;

  if (argc != 4 || !g_ascii_string_to_signed (argv[3], 10, 1, G_MAXINT64, &count, &error))
    return 2;
  good = g_str_equal (argv[1], "journal") ? make_journal (argv[2], count, &error)
                                          : make_audit (argv[2], count, &error);
  if (!good)
    fprintf (stderr, "scale-files: %s\n", error->message);
  return !good;
}
