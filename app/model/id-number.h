/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_ID_NUMBER_LENGTH = 18
};

gboolean jumin_id_number_check (const char *number, const GDate *today);
gboolean jumin_id_number_get_birth (const char *number, GDate *birth);
int jumin_id_number_get_age (const char *number, const GDate *today);

G_END_DECLS
