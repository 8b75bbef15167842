/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-sheet.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CHIP_ANSWER_MAX = 258
};

/**
 * JuminChip:
 *
 * A card that is powered: what is selected and what waits to be fetched. No I/O; the same commands
 * give the same answers.
 */
typedef struct
{
  const JuminSheet *sheet;
  JuminFault fault;
  gboolean root_selected, bank_selected, application_selected;
  guint16 file;                          /* the elementary file that is selected, 0: none */
  guint8 waiting[JUMIN_CHIP_ANSWER_MAX]; /* for GET RESPONSE */
  gsize n_waiting;
  guint n_garbage;
} JuminChip;

void jumin_chip_reset (JuminChip *self, const JuminSheet *sheet, JuminFault fault);
gsize jumin_chip_answer (JuminChip *self, const guint8 *command, gsize length,
                         guint8 answer[JUMIN_CHIP_ANSWER_MAX]);

G_END_DECLS
