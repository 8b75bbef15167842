/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "escpos-paper.h"

G_BEGIN_DECLS

enum
{
  JUMIN_ESCPOS_BUFFER_MAX = 4 * 1024 * 1024
};

typedef enum
{
  JUMIN_ROLL_OK,
  JUMIN_ROLL_NEAR_END,
  JUMIN_ROLL_END
} JuminRoll;

/* What the printer sends back, and what a person would see it do. */
typedef void (*JuminEscposSay) (gpointer data, const guint8 *bytes, gsize length);
typedef void (*JuminEscposLog) (gpointer data, const char *line);

/**
 * JuminEscpos:
 *
 * The inside of the printer. Bytes go in by jumin_escpos_receive(); jumin_escpos_run() carries out
 * one command when the printer is able to. Set the conditions directly.
 */
typedef struct
{
  JuminRoll roll;
  gboolean cover_open, cutter_jammed, jammed, off_line;
  GByteArray *buffer; /* received, not carried out */
  gsize n_whole;      /* of them: in whole commands */
  JuminPaper *paper;
  guint new_rows; /* since the mechanism was asked last */
  guint64 n_rows; /* that ever came out */
  const char *dir;
  JuminEscposSay say;
  JuminEscposLog log;
  gpointer data;
} JuminEscpos;

void jumin_escpos_init (JuminEscpos *self, const char *dir, JuminEscposSay say, JuminEscposLog log,
                        gpointer data);
void jumin_escpos_finish (JuminEscpos *self);
gboolean jumin_escpos_is_able (const JuminEscpos *self);
void jumin_escpos_receive (JuminEscpos *self, const guint8 *bytes, gsize length);
gboolean jumin_escpos_run (JuminEscpos *self);
void jumin_escpos_power_cycle (JuminEscpos *self);

G_END_DECLS
