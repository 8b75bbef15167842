/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-sample.h"

#include <glib/gstdio.h>
#include <string.h>

void
jumin_audit_sample_set_up (JuminAuditSample *sample, gconstpointer data)
{
  sample->clock = jumin_clock_new_manual (1750000000);
  sample->directory = g_dir_make_tmp ("jumin-audit-XXXXXX", NULL);
}

void
jumin_audit_sample_tear_down (JuminAuditSample *sample, gconstpointer data)
{
  g_autoptr (GDir) listing = g_dir_open (sample->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (sample->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (sample->directory);
  g_free (sample->directory);
  g_assert_finalize_object (sample->clock);
}

JuminAudit *
jumin_audit_sample_open (const JuminAuditSample *sample, gint64 file_bytes_max)
{
  JuminAuditSettings settings = {
    .directory = sample->directory, .file_bytes_max = file_bytes_max, .keep_days = 2, .retry_ms = 20
  };
  g_autoptr (GError) error = NULL;
  JuminAudit *audit = jumin_audit_new (&settings, sample->clock, &error);

  g_assert_no_error (error);
  return audit;
}

/* Four records. */
void
jumin_audit_sample_write_visit (JuminAudit *audit)
{
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_VISIT_BEGAN, "how", "card", NULL));
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_CARD_SEEN, "version", "2.00", NULL));
  g_assert_true (
      jumin_audit_write (audit, JUMIN_AUDIT_TICKET_TAKEN, "number", "A032", "live", "0", NULL));
  g_assert_true (jumin_audit_write (audit, JUMIN_AUDIT_VISIT_ENDED, "why", "exit", NULL));
}

void
jumin_audit_sample_write_visits (const JuminAuditSample *sample, gint64 file_bytes_max, int visits)
{
  JuminAudit *audit = jumin_audit_sample_open (sample, file_bytes_max);

  for (int i = 0; i < visits; i++)
    jumin_audit_sample_write_visit (audit);
  g_assert_finalize_object (audit);
}

char *
jumin_audit_sample_read (const JuminAuditSample *sample, const char *name)
{
  g_autofree char *path = g_build_filename (sample->directory, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* @bytes: (nullable): NULL removes the file */
void
jumin_audit_sample_replace (const JuminAuditSample *sample, const char *name, const char *bytes,
                            gssize length)
{
  g_autofree char *path = g_build_filename (sample->directory, name, NULL);
  gsize count = bytes != NULL && length < 0 ? strlen (bytes) : (gsize)length;
  FILE *file;

  if (bytes == NULL)
    {
      g_assert_cmpint (g_remove (path), ==, 0);
      return;
    }
  /* g_file_set_contents() syncs, ten thousand times. */
  file = g_fopen (path, "we");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, count, file), ==, count);
  g_assert_cmpint (fclose (file), ==, 0);
}

static gboolean
find_record (const JuminAuditSample *sample, gint64 file, gint64 sequence, JuminAuditLink *link)
{
  g_autofree char *name = jumin_log_directory_dup_name (file);
  g_autofree char *text = jumin_audit_sample_read (sample, name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_assert_true (jumin_audit_link_read (link, lines[i], NULL));
      if (link->sequence == sequence)
        return TRUE;
    }
  return FALSE;
}

/* As if the platform had been told of this record. */
void
jumin_audit_sample_add_receipt (const JuminAuditSample *sample, gint64 sequence)
{
  g_autoptr (GArray) files = jumin_log_directory_list (sample->directory, NULL);
  g_autoptr (JuminReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  JuminAuditLink link;
  guint i = 0;

  while (!find_record (sample, g_array_index (files, gint64, i), sequence, &link))
    g_assert_cmpuint (++i, <, files->len);
  receipt = jumin_receipt_new ("T-0003", &link, 1750000000, "c2lnbmVk");
  g_assert_true (jumin_receipt_store (receipt, sample->directory, &error));
  g_assert_no_error (error);
}

gboolean
jumin_audit_sample_verify (const JuminAuditSample *sample, JuminAuditSummary *summary,
                           GError **error)
{
  JuminAuditSource source = { .directory = sample->directory };

  return jumin_audit_verify (&source, summary, error);
}
