/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * Attempt:
 * @name: also the text of the code that asks for it
 * @attempt: does it; the process goes on when nothing stops it
 * @refused: the kernel refuses it and the process goes on; else it dies by SIGSYS
 *
 * What foreign code in jumin-scan could try.
 */
typedef struct
{
  const char *name;
  gboolean (*attempt) (void); /* whether it worked */
  gboolean refused;
} Attempt;

extern const Attempt attempts[];
extern const guint n_attempts;

const Attempt *attempt_find (const char *text, gsize length);
