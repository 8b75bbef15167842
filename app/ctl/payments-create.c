/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl payments create: the payment journal of a machine, where provisioning did not make it.
 * Core never makes one: a journal that is missing is not an empty one. */
#include "ctl/payments-create.h"

#include "config.h"
#include "ctl/command.h"
#include "ctl/owner.h"
#include "payment/journal-file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  char *journal, *user, *config, *config_dir;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->journal);
  g_free (options->user);
  g_free (options->config);
  g_free (options->config_dir);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (char **arguments, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &options->journal, "The payment journal", "FILE" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user, "To whom it belongs", "NAME" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Main file", "FILE" },
    { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->config_dir, "Directory of *.conf",
      "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;

  g_strv_builder_add (words, "juminctl payments create");
  g_strv_builder_addv (words, (const char **)arguments);
  line = g_strv_builder_end (words);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &line, error))
    return FALSE;
  if (g_strv_length (line) <= 1)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "Unexpected argument '%s'",
               line[1]);
  return FALSE;
}

/* What is not said on the command line is as jumin-core has it. */
static gboolean
fill_in (Options *options, GError **error)
{
  g_autoptr (JuminConfig) config = NULL;

  if (options->user == NULL)
    options->user = g_strdup (JUMINCTL_USER);
  if (options->journal != NULL)
    return TRUE;
  config = jumin_config_load (
      options->config != NULL ? options->config : JUMIN_CONFIG_FILE,
      options->config_dir != NULL ? options->config_dir : JUMIN_CONFIG_DIRECTORY, error);
  if (config != NULL)
    options->journal = g_strdup (jumin_config_get_string (config, "payment", "journal"));
  return config != NULL;
}

/**
 * juminctl_payments_make_journal:
 * @path: nothing is there
 * @user: to whom it will belong; as that user it is made, who therefore can write where it lies
 */
gboolean
juminctl_payments_make_journal (const char *path, const char *user, GError **error)
{
  uid_t own_user = geteuid ();
  gid_t own_group = getegid ();
  JuminctlOwner owner;
  gboolean made;

  if (!juminctl_owner_find (&owner, user, error))
    return FALSE;
  made = setegid (owner.group) == 0 && seteuid (owner.user) == 0;
  if (!made)
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errno), "Becoming '%s' failed: %s",
                 user, g_strerror (errno));
  made = made && jumin_journal_file_create (path, NULL, error);
  if (seteuid (own_user) != 0 || setegid (own_group) != 0)
    g_error ("Becoming root again failed");
  return made;
}

int
juminctl_payments_create (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!parse (arguments, &options, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_USAGE;
    }
  if (!fill_in (&options, &error)
      || !juminctl_payments_make_journal (options.journal, options.user, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_BAD;
    }
  printf ("Payments are kept in '%s' from now on\n", options.journal);
  return JUMINCTL_GOOD;
}
