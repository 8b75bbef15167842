/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl payments create: the payment journal of a machine, where provisioning did not make it.
 * Core never makes one: a journal that is missing is not an empty one. */
#include "ctl/payments-create.h"

#include "ctl/command-line.h"
#include "ctl/command.h"
#include "ctl/owner.h"
#include "payment/journal-file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

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
  g_autofree char *journal = NULL, *user = NULL;
  const GOptionEntry entries[] = {
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal, "The payment journal", "FILE" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, "To whom it belongs", "NAME" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!juminctl_line_parse (&line, arguments, entries, 0))
    return JUMINCTL_USAGE;
  if (journal == NULL && (config = juminctl_line_load_config (&line, &error)) != NULL)
    journal = g_strdup (jumin_config_get_string (config, "payment", "journal"));
  if (journal == NULL
      || !juminctl_payments_make_journal (journal, user != NULL ? user : JUMINCTL_USER, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_BAD;
    }
  printf ("Payments are kept in '%s' from now on\n", journal);
  return JUMINCTL_GOOD;
}
