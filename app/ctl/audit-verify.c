/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl audit verify: says whether the audit log is whole, or its first bad record. */
#include "audit/audit.h"
#include "audit/chain.h"
#include "ctl/command.h"

#include <stdio.h>

#define DEFAULT_FILE "/var/lib/jumin/audit/" JUMIN_AUDIT_FILE

int
juminctl_audit_verify (char **arguments)
{
  const char *path = arguments[0] != NULL ? arguments[0] : DEFAULT_FILE;
  g_autoptr (GError) error = NULL;

  if (arguments[0] != NULL && arguments[1] != NULL)
    {
      fputs ("Usage: juminctl audit verify [FILE]\n", stderr);
      return JUMINCTL_USAGE;
    }
  if (!jumin_audit_verify (path, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_BAD;
    }
  printf ("Audit log '%s' is whole\n", path);
  return JUMINCTL_GOOD;
}
