/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *jumin_mask_name (const char *name);
char *jumin_mask_number (const char *number);
char *jumin_mask_typed (const char *number);

G_END_DECLS
