/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl audit verify: says whether the audit log is as it was written, or its first bad record.
 * What is not said on the command line is as jumin-core has it. */
#include "audit/verify.h"
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "platform/sm2.h"

#include <gio/gio.h>
#include <stdio.h>

#define DEFAULT_DIRECTORY "/var/lib/jumin/audit"

enum
{
  UNREADABLE = 3
};

typedef struct
{
  char *anchors, *key, *directory;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->anchors);
  g_free (options->key);
  g_free (options->directory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
dup_value (const JuminConfig *config, const char *group, const char *key)
{
  const char *value = config != NULL ? jumin_config_get_string (config, group, key) : "";

  return *value != '\0' ? g_strdup (value) : NULL;
}

/* A configuration that cannot be read is no reason not to look at a log. */
static void
fill_in (Options *options, const JuminctlLine *line)
{
  g_autoptr (JuminConfig) config = juminctl_line_load_config (line, NULL);

  if (line->rest != NULL)
    options->directory = g_strdup (line->rest[0]);
  else
    options->directory = dup_value (config, "audit", "directory");
  if (options->directory == NULL)
    options->directory = g_strdup (DEFAULT_DIRECTORY);
  if (options->key == NULL)
    options->key = dup_value (config, "platform", "reply-key-file");
}

static gboolean
test_receipt (const JuminReceipt *receipt, gpointer keys, GError **error)
{
  g_autofree char *text = jumin_receipt_dup_text (receipt);

  if (jumin_sm2_verify_any (keys, text, receipt->signature))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "the platform has not signed this receipt");
  return FALSE;
}

static void
print_summary (const Options *options, const JuminAuditSummary *summary)
{
  printf ("Audit log '%s' is whole: records %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
          " in %u files\n",
          options->directory, summary->first, summary->last, summary->files);
  if (summary->anchored == 0)
    puts ("No receipt of the platform vouches for it: an end that was cut off would not show");
  else
    printf ("%u receipts of the platform vouch for it up to record %" G_GINT64_FORMAT "\n",
            summary->receipts, summary->anchored);
  if (summary->anchored > 0 && options->key == NULL)
    puts ("The receipts' signatures were not checked: no key of the platform is known");
  printf ("Unanchored tail: %" G_GINT64_FORMAT " records\n", summary->last - summary->anchored);
}

static int
verify (const Options *options, gpointer keys, GError **error)
{
  g_auto (JuminAuditSummary) summary = { 0 };
  JuminAuditSource source = { .directory = options->directory,
                              .anchors = options->anchors,
                              .test = keys != NULL ? test_receipt : NULL,
                              .data = keys };

  if (jumin_audit_verify (&source, &summary, error))
    {
      print_summary (options, &summary);
      return JUMINCTL_GOOD;
    }
  return g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ? JUMINCTL_BAD : UNREADABLE;
}

int
juminctl_audit_verify (char **arguments)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "anchors", 0, 0, G_OPTION_ARG_FILENAME, &options.anchors,
      "Receipts as the platform keeps them", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options.key, "The platform's SM2 public key, PEM",
      "FILE" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;
  int result = UNREADABLE;

  if (!juminctl_line_parse (&line, arguments, entries, 1))
    return JUMINCTL_USAGE;
  fill_in (&options, &line);
  if (options.key != NULL)
    keys = jumin_sm2_load_public_keys (options.key, &error);
  if (error == NULL)
    result = verify (&options, keys, &error);
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return result;
}
