/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "printing/statement.h"

G_BEGIN_DECLS

/**
 * JuminStatementSample:
 *
 * Records of an invented person, with a line that was taken back, codes that nobody knows, and a
 * request that was not granted; and a statement of them.
 */
typedef struct
{
  JuminText title, hall, machine;
  JuminRecord *records[5];
  JuminStatement statement;
} JuminStatementSample;

void jumin_statement_sample_init (JuminStatementSample *self);
void jumin_statement_sample_finish (JuminStatementSample *self);

G_END_DECLS
