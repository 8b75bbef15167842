/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CODE_128_MAX = 40,  /* characters */
  JUMIN_CODE_128_QUIET = 10 /* modules of white on either side */
};

char *jumin_code_128_dup_widths (const char *text);
guint jumin_code_128_count_modules (const char *widths);

G_END_DECLS
