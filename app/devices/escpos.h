/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/printer.h"

G_BEGIN_DECLS

typedef enum
{
  JUMIN_ESCPOS_CUT_FEED,   /* GS V 66 0: feeds to the knife, leaves a hinge */
  JUMIN_ESCPOS_CUT_PARTIAL /* ESC m: where the paper stands, for printers without GS V */
} JuminEscposCut;

typedef enum
{
  JUMIN_ESCPOS_CONFIRM_STATUS, /* GS r 1: in order, one byte */
  JUMIN_ESCPOS_CONFIRM_NUMBER  /* GS ( H: in order, gives back a number of ours */
} JuminEscposConfirm;

/**
 * JuminEscposProfile:
 * @width: printable dots in a row
 * @band_rows: rows in one raster command; small memories want small bands
 * @feed_rows: rows of white before the cut
 * @open_ms: @write_ms: without any byte taken; @status_ms: for one answer; @confirm_ms: after the
 *   last byte is sent, until all is on paper
 *
 * One model of printer.
 */
typedef struct
{
  const char *name;
  guint width, band_rows, feed_rows;
  JuminEscposCut cut;
  JuminEscposConfirm confirm;
  guint open_ms, write_ms, status_ms, confirm_ms;
} JuminEscposProfile;

enum
{
  JUMIN_ESCPOS_N_QUESTIONS = 4, /* DLE EOT 1 to 4 */
  JUMIN_ESCPOS_QUESTION_LENGTH = 3,
  JUMIN_ESCPOS_NUMBER_LENGTH = 4, /* printable characters */
  JUMIN_ESCPOS_CONFIRM_REPLY_MAX = 7
};

/* (nullable): the printer of that name. */
const JuminEscposProfile *jumin_escpos_profile_find (const char *name);
GBytes *jumin_escpos_build_job (const JuminEscposProfile *profile, const JuminRaster *raster,
                                const char *number, gboolean cut_first);
gboolean jumin_escpos_is_confirmed (const JuminEscposProfile *profile, const char *number,
                                    const guint8 *reply, gsize length);
void jumin_escpos_build_question (guint question, guint8 command[JUMIN_ESCPOS_QUESTION_LENGTH]);
gboolean jumin_escpos_is_status (guint8 reply);
void jumin_escpos_status_add (JuminPrinterStatus *status, guint question, guint8 reply);
extern const guint8 jumin_escpos_clear[3]; /* DLE ENQ 2: forget what is not printed yet */

G_END_DECLS
