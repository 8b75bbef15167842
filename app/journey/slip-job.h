/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/terminal.h"
#include "model/raster.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef struct _JuminSlipJob JuminSlipJob;

/**
 * JuminSlipKind:
 * @draw: in a worker, from the values of the job alone
 * @is_wanted: whether what is drawn is still to be printed
 * @ended: what became of it, when the printer has said how it is; the terminal may have ended
 *
 * A kind of slip.
 */
typedef struct
{
  JuminRaster *(*draw) (const JuminSlipJob *job);
  gboolean (*is_wanted) (const JuminSlipJob *job);
  void (*ended) (const JuminSlipJob *job, JuminSlip slip);
} JuminSlipKind;

/**
 * JuminSlipJob:
 * @ticket, @matter, @payment: (nullable): what the slip is of; a copy
 * @payer: (nullable): masked name, @desk, @phone: (nullable): where people help, for @payment
 * @reprint: marked as such
 * @hall, @machine, @printed_at, @tongue, @width: of any slip, as they are when it is asked for
 * @page: on which page that was
 *
 * A slip from the wish to the paper. A worker draws it, so it holds values of its own.
 */
struct _JuminSlipJob
{
  const JuminSlipKind *kind;
  JuminTerminal *terminal; /* the task that owns the job holds it */
  JuminTicket *ticket;
  JuminMatter *matter;
  JuminPayment *payment;
  char *payer, *phone;
  gboolean reprint;
  JuminText hall, machine, desk;
  gint64 printed_at;
  JuminTongue tongue;
  guint width;
  guint64 page;
  JuminSlip slip;
};

JuminSlipJob *jumin_slip_job_new (JuminTerminal *terminal, const JuminSlipKind *kind);
void jumin_slip_job_start (JuminSlipJob *job);
void jumin_slip_job_free (JuminSlipJob *job);

G_END_DECLS
