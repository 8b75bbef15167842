/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FAKE_PRINTER_GOOD,
  FAKE_PRINTER_SILENT,      /* takes everything, says nothing */
  FAKE_PRINTER_UNCONFIRMED, /* prints, but never says so */
  FAKE_PRINTER_STALE,       /* first confirms a number that is not ours */
  FAKE_PRINTER_STOPS,       /* goes off-line at the first raster */
  FAKE_PRINTER_HANGS_UP     /* drops the connection at the first raster */
} FakePrinterMood;

/**
 * FakePrinter:
 *
 * A printer on a loopback port or a terminal, in a thread of its own. Set the mood and the answers
 * before it is spoken to; look at the rest after fake_printer_free() has been prepared with
 * fake_printer_stop().
 */
typedef struct
{
  FakePrinterMood mood;
  guint8 answers[5]; /* to DLE EOT 1 to 4 */
  char *uri;

  GByteArray *dots; /* all rows that came */
  guint n_questions, n_bands, rows_a_band_max, n_cuts, n_clears, n_connections;

  GThread *thread;
  GCancellable *end;
  GSocket *listener; /* NULL: a terminal */
  int terminal, other_end;
} FakePrinter;

FakePrinter *fake_printer_new_on_port (void);
FakePrinter *fake_printer_new_on_terminal (void);
void fake_printer_stop (FakePrinter *self);
void fake_printer_free (FakePrinter *self);

G_END_DECLS
