/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/owner.h"

#include <pwd.h>
#include <unistd.h>

gboolean
juminctl_owner_find (JuminctlOwner *self, const char *name, GError **error)
{
  struct passwd *entry = getpwnam (name);

  if (entry != NULL && (geteuid () == 0 || geteuid () == entry->pw_uid))
    {
      self->user = entry->pw_uid;
      self->group = entry->pw_gid;
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               entry == NULL ? "There is no user '%s' to whom it could belong"
                             : "Only root can make it for user '%s'",
               name);
  return FALSE;
}
