/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an audit log is as it was written: every record follows from the one before, across all
 * files, and every receipt of the platform stands for a record that is there.
 *
 * What is found: a byte or a record that was changed, removed, put in or moved; a file that is
 * missing, unless a later record says that it was removed for its age; an end that was cut off
 * behind the last receipt. What cannot be found is an end cut off after the last receipt: the
 * summary says how far that reaches. */
#include "audit/verify.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "audit/events.h"
#include "audit/log-directory.h"

/* One receipt, and where it stands. */
typedef struct
{
  JuminAuditLink link;
  const char *file; /* of the checker's files */
  gint64 line;
} Anchor;

typedef struct
{
  const JuminAuditSource *source;
  JuminAuditSummary *summary;
  JuminAuditLink link; /* the last record that is good */
  gint64 through;      /* records up to this one were removed for their age */
  GArray *anchors;     /* by sequence */
  guint next_anchor;
  char line[JUMIN_AUDIT_LINE_MAX + 2];
} Checker;

void
jumin_audit_summary_clear (JuminAuditSummary *self)
{
  g_free (self->bad_file);
}

static gboolean
blame (Checker *checker, const char *file, gint64 line, gint64 sequence, GError **error,
       const char *what)
{
  g_autofree char *place = line > 0 ? g_strdup_printf (":%" G_GINT64_FORMAT, line) : g_strdup ("");
  g_autofree char *record
      = sequence > 0 ? g_strdup_printf ("record %" G_GINT64_FORMAT ": ", sequence) : g_strdup ("");

  g_free (checker->summary->bad_file);
  checker->summary->bad_file = g_strdup (file);
  checker->summary->bad_line = line;
  checker->summary->bad_sequence = sequence;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s%s: %s%s", file, place, record, what);
  return FALSE;
}

static FILE *
open_file (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  FILE *file = fopen (path, "re");
  int number = errno;

  if (file == NULL)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "Opening '%s' failed: %s", path,
                 g_strerror (number));
  return file;
}

typedef enum
{
  LINE_GOOD,
  LINE_NONE,
  LINE_TORN
} LineResult;

/* The next line of at most @size - 2 bytes, without its line feed. */
static LineResult
read_line (FILE *file, char *line, int size)
{
  gsize length;

  if (fgets (line, size, file) == NULL)
    return ferror (file) != 0 ? LINE_TORN : LINE_NONE;
  length = strcspn (line, "\n");
  if (line[length] == '\0')
    return LINE_TORN;
  line[length] = '\0';
  return LINE_GOOD;
}

static int
compare_anchors (gconstpointer a, gconstpointer b)
{
  const Anchor *first = a, *second = b;

  return first->link.sequence < second->link.sequence
             ? -1
             : first->link.sequence > second->link.sequence;
}

static gboolean
take_receipt (Checker *checker, const char *name, gint64 number, const char *line, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JuminReceipt) receipt = jumin_receipt_parse (line, &problem);
  Anchor anchor = { .file = name, .line = number };

  if (receipt == NULL
      || (checker->source->test != NULL
          && !checker->source->test (receipt, checker->source->data, &problem)))
    return blame (checker, name, number, 0, error, problem->message);
  anchor.link = receipt->link;
  g_array_append_val (checker->anchors, anchor);
  return TRUE;
}

static gboolean
read_receipts (Checker *checker, const char *directory, const char *name, GError **error)
{
  char line[JUMIN_RECEIPT_LINE_MAX + 2];
  FILE *file = open_file (directory, name, error);
  gint64 number = 0;
  gboolean good = file != NULL;
  LineResult result;

  while (good && (result = read_line (file, line, sizeof line)) != LINE_NONE)
    {
      number++;
      good = result == LINE_GOOD ? take_receipt (checker, name, number, line, error)
                                 : blame (checker, name, number, 0, error, "it is torn");
    }
  if (file != NULL)
    fclose (file);
  return good;
}

/* Beside the log there may be none; a file that was named must be there. */
static gboolean
read_all_receipts (Checker *checker, GError **error)
{
  static const char *const names[] = { JUMIN_RECEIPTS_OLD_FILE, JUMIN_RECEIPTS_FILE };
  gboolean good = TRUE;

  if (checker->source->anchors != NULL)
    good = read_receipts (checker, "", checker->source->anchors, error);
  for (guint i = 0; checker->source->anchors == NULL && good && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (checker->source->directory, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        good = read_receipts (checker, checker->source->directory, names[i], error);
    }
  g_array_sort (checker->anchors, compare_anchors);
  return good;
}

/* The receipts for the record that is good now. */
static gboolean
compare_with_receipts (Checker *checker, const char *name, gint64 number, GError **error)
{
  for (; checker->next_anchor < checker->anchors->len; checker->next_anchor++)
    {
      const Anchor *anchor = &g_array_index (checker->anchors, Anchor, checker->next_anchor);
      g_autofree char *what = NULL;

      if (anchor->link.sequence > checker->link.sequence)
        return TRUE;
      if (anchor->link.sequence < checker->link.sequence)
        continue; /* of a record before the first that is kept */
      if (strcmp (anchor->link.hash, checker->link.hash) != 0)
        {
          what = g_strdup_printf (
              "it is not the one that the platform was told (%s:%" G_GINT64_FORMAT ")",
              anchor->file, anchor->line);
          return blame (checker, name, number, checker->link.sequence, error, what);
        }
      checker->summary->receipts++;
      checker->summary->anchored = checker->link.sequence;
    }
  return TRUE;
}

static void
note_removed (Checker *checker, const char *line)
{
  g_autofree char *event = g_strdup_printf ("\"event\":\"%s\",\"through\":",
                                            jumin_audit_event_get_name (JUMIN_AUDIT_FILE_REMOVED));
  const char *member = strstr (line, event);

  if (member != NULL)
    checker->through = MAX (checker->through, g_ascii_strtoll (member + strlen (event), NULL, 10));
}

static gboolean
check_record (Checker *checker, const char *name, gint64 number, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!jumin_audit_link_follow (&checker->link, checker->line, &problem))
    return blame (checker, name, number, checker->link.sequence + 1, error, problem->message);
  if (checker->summary->first == 0)
    checker->summary->first = checker->link.sequence;
  checker->summary->last = checker->link.sequence;
  note_removed (checker, checker->line);
  return compare_with_receipts (checker, name, number, error);
}

/* Files before the first may have been removed for their age: then its first record says what it
 * continues. Any other file follows the one before it. */
static gboolean
check_begin (Checker *checker, const char *name, gint64 first, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *what = NULL;
  gint64 expected = checker->link.sequence + 1;

  if (checker->summary->files == 1 && first > 1)
    {
      if (!jumin_audit_link_read_previous (&checker->link, checker->line, &problem))
        return blame (checker, name, 1, first, error, problem->message);
      expected = checker->link.sequence + 1;
    }
  if (expected == first)
    return TRUE;
  what = g_strdup_printf ("it is missing: this file begins with record %" G_GINT64_FORMAT, first);
  return blame (checker, name, 0, expected, error, what);
}

static gboolean
check_lines (Checker *checker, FILE *file, const char *name, gint64 first, GError **error)
{
  for (gint64 number = 1;; number++)
    {
      LineResult result = read_line (file, checker->line, sizeof checker->line);

      if (result == LINE_NONE)
        return number > 1 || blame (checker, name, 0, first, error, "it is missing");
      if (result == LINE_TORN)
        return blame (checker, name, number, checker->link.sequence + 1, error,
                      "it is torn or too long");
      if ((number == 1 && !check_begin (checker, name, first, error))
          || !check_record (checker, name, number, error))
        return FALSE;
    }
}

static gboolean
check_file (Checker *checker, gint64 first, GError **error)
{
  g_autofree char *name = jumin_log_directory_dup_name (first);
  FILE *file = open_file (checker->source->directory, name, error);
  gboolean good;

  if (file == NULL)
    return FALSE;
  checker->summary->files++;
  good = check_lines (checker, file, name, first, error);
  fclose (file);
  return good;
}

/* What no single record tells: files that went without a word, and an end that was cut off. */
static gboolean
check_ends (Checker *checker, GError **error)
{
  const JuminAuditSummary *summary = checker->summary;
  const Anchor *anchor;
  g_autofree char *what = NULL;

  if (summary->first - 1 > checker->through)
    return blame (checker, checker->source->directory, 0, checker->through + 1, error,
                  "it is missing, and no record says that its file was removed");
  if (checker->next_anchor == checker->anchors->len)
    return TRUE;
  anchor = &g_array_index (checker->anchors, Anchor, checker->next_anchor);
  what = g_strdup_printf ("it is missing: the platform was told of record %" G_GINT64_FORMAT
                          " (%s:%" G_GINT64_FORMAT ")",
                          anchor->link.sequence, anchor->file, anchor->line);
  return blame (checker, checker->source->directory, 0, summary->last + 1, error, what);
}

static gboolean
check_all (Checker *checker, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GArray) firsts = jumin_log_directory_list (checker->source->directory, &problem);

  if (firsts == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, problem->message);
      return FALSE;
    }
  if (!read_all_receipts (checker, error))
    return FALSE;
  if (firsts->len == 0 && checker->anchors->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no audit log in '%s'",
                   checker->source->directory);
      return FALSE;
    }
  for (guint i = 0; i < firsts->len; i++)
    if (!check_file (checker, g_array_index (firsts, gint64, i), error))
      return FALSE;
  return check_ends (checker, error);
}

/**
 * jumin_audit_verify:
 * @source: where to look
 * @summary: (out caller-allocates): what is there up to the first fault, and where that is; clear
 *   it with jumin_audit_summary_clear()
 *
 * Errors: %G_IO_ERROR_INVALID_DATA for a log that is not as it was written, with file, line and
 * record; other %G_IO_ERROR for what cannot be opened.
 *
 * Returns: whether the whole log is as it was written, up to its end
 */
gboolean
jumin_audit_verify (const JuminAuditSource *source, JuminAuditSummary *summary, GError **error)
{
  g_autoptr (GArray) anchors = g_array_new (FALSE, TRUE, sizeof (Anchor));
  Checker checker = { .source = source, .summary = summary, .anchors = anchors };

  *summary = (JuminAuditSummary){ 0 };
  jumin_audit_link_begin (&checker.link);
  return check_all (&checker, error);
}
