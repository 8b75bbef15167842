/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what the platform of the codes does wrong, beside what any platform does
 * (faults.c). */
#include "sandbox/city-code-faults.h"

#include <string.h>

enum
{
  COUNT_MAX = 10000
};

static const JuminCityCodeFault table[] = {
  { "none", JUMIN_CODE_FAULT_NONE, 0 },
  { "expired", JUMIN_CODE_FAULT_RESULT, 10009 },
  { "refused-400", JUMIN_CODE_FAULT_RESULT, 400 },
  { "refused-10001", JUMIN_CODE_FAULT_RESULT, 10001 },
  { "refused-10015", JUMIN_CODE_FAULT_RESULT, 10015 },
  { "outdated", JUMIN_CODE_FAULT_RESULT, 10016 },
  { "unknown-result", JUMIN_CODE_FAULT_RESULT, 77777 },
  { "stale-10005", JUMIN_CODE_FAULT_STALE, 10005 },
  { "stale-10010", JUMIN_CODE_FAULT_STALE, 10010 },
  { "forgotten", JUMIN_CODE_FAULT_FORGOTTEN, 0 },
  { "no-token", JUMIN_CODE_FAULT_NO_TOKEN, 10001 },
  { "words", JUMIN_CODE_FAULT_WORDS, 0 },
  { "other-key", JUMIN_CODE_FAULT_OTHER_KEY, 0 },
  { "garbage", JUMIN_CODE_FAULT_GARBAGE, 0 },
  { "short", JUMIN_CODE_FAULT_SHORT, 0 },
  { "masked-name", JUMIN_CODE_FAULT_MASKED_NAME, 0 },
  { "masked-number", JUMIN_CODE_FAULT_MASKED_NUMBER, 0 },
  { "foreign", JUMIN_CODE_FAULT_FOREIGN, 0 },
  { "nobody", JUMIN_CODE_FAULT_NOBODY, 0 },
};

/**
 * jumin_city_code_faults_set:
 * @order: "NAME [COUNT]", or "none"
 *
 * Errors: G_IO_ERROR_INVALID_ARGUMENT; what was set stays.
 */
gboolean
jumin_city_code_faults_set (JuminCityCodeFaults *self, const char *order, GError **error)
{
  g_auto (GStrv) words = g_strsplit (order, " ", 2);
  guint64 count = G_MAXUINT;

  for (gsize i = 0; words[0] != NULL && i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, words[0]) == 0
        && (words[1] == NULL
            || g_ascii_string_to_unsigned (words[1], 10, 1, COUNT_MAX, &count, NULL)))
      {
        *self = (JuminCityCodeFaults){ .fault = &table[i], .left = (guint)count };
        return TRUE;
      }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "codes wants the NAME of a fault [COUNT], or none");
  return FALSE;
}

/* Whether the fault that is set strikes; each yes counts. */
gboolean
jumin_city_code_faults_strike (JuminCityCodeFaults *self, JuminCityCodeFaultKind kind)
{
  if (self->fault->kind != kind || self->left == 0)
    return FALSE;
  self->left--;
  return TRUE;
}
