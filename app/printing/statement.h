/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/record.h"
#include "model/words.h"
#include "printing/sheet.h"

G_BEGIN_DECLS

/**
 * JuminStatement:
 * @title: 我的公积金
 * @hall: 临江区政务服务中心; @machine: 3 号机
 * @masked_name, @masked_number: (nullable): whose it is, by model/mask.h
 * @printed_at: Unix seconds
 * @large: 大字版: letters of 18 points and more
 * @records: (array length=n_records): what it says; %NULL elements did not come, and it says so
 *
 * What this machine composes by itself of a person's records: for reference, never with a seal. All
 * is borrowed.
 */
typedef struct
{
  const JuminText *title, *hall, *machine;
  const char *masked_name, *masked_number;
  gint64 printed_at;
  JuminTongue tongue;
  gboolean large;
  JuminRecord *const *records;
  gsize n_records;
} JuminStatement;

/* Takes tens of milliseconds: call it in a worker thread. The sheet stays in that thread. */
GBytes *jumin_statement_compose (const JuminStatement *statement, int *pages, GError **error);
JuminSheet *jumin_statement_lay_out (const JuminStatement *statement);

G_END_DECLS
