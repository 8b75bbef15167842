/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disk/sqlite-file.h"

G_BEGIN_DECLS

enum
{
  JUMIN_JOURNAL_VERSION = 1 /* of the tables; a file of a newer one is refused */
};

/* Tables, indexes and triggers of the payment journal, in an empty file. */
gboolean jumin_journal_schema_create (JuminSqliteFile *file, GError **error);
/* That they are exactly those of this version: a trigger with a flipped bit guards nothing. */
gboolean jumin_journal_schema_check (JuminSqliteFile *file, GError **error);

G_END_DECLS
