/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_ID_NUMBER_LENGTH = 18,
  JUMIN_ID_NUMBER_OLD_LENGTH = 15 /* issued until 1999: two digits of year, no check character */
};

gboolean jumin_id_number_check (const char *number, const GDate *today);
gboolean jumin_id_number_modernise (char number[JUMIN_ID_NUMBER_LENGTH + 1]);
gboolean jumin_id_number_get_birth (const char *number, GDate *birth);
int jumin_id_number_get_age (const char *number, const GDate *today);

G_END_DECLS
