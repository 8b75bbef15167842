/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From JUMIN_CODE_FAULT_WORDS on they are inside of a good answer. */
typedef enum
{
  JUMIN_CODE_FAULT_NONE,
  JUMIN_CODE_FAULT_RESULT,    /* another number than the right one */
  JUMIN_CODE_FAULT_STALE,     /* all tokens are forgotten, and it says so */
  JUMIN_CODE_FAULT_FORGOTTEN, /* it knows this terminal no more */
  JUMIN_CODE_FAULT_NO_TOKEN,
  JUMIN_CODE_FAULT_WORDS,     /* numbers are in quotes */
  JUMIN_CODE_FAULT_OTHER_KEY, /* what is sealed was sealed for somebody else */
  JUMIN_CODE_FAULT_GARBAGE,   /* it is no base64 */
  JUMIN_CODE_FAULT_SHORT,     /* it ends within a block */
  JUMIN_CODE_FAULT_MASKED_NAME,
  JUMIN_CODE_FAULT_MASKED_NUMBER,
  JUMIN_CODE_FAULT_FOREIGN, /* the holder has another paper */
  JUMIN_CODE_FAULT_NOBODY   /* the holder has none */
} JuminCityCodeFaultKind;

typedef struct
{
  const char *name;
  JuminCityCodeFaultKind kind;
  int result;
} JuminCityCodeFault;

/**
 * JuminCityCodeFaults:
 *
 * What the platform of the codes does wrong: one fault at a time, so many times or until it is told
 * otherwise.
 */
typedef struct
{
  const JuminCityCodeFault *fault;
  guint left;
} JuminCityCodeFaults;

gboolean jumin_city_code_faults_set (JuminCityCodeFaults *self, const char *order, GError **error);
gboolean jumin_city_code_faults_strike (JuminCityCodeFaults *self, JuminCityCodeFaultKind kind);

G_END_DECLS
