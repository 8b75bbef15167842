/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimTally:
 * @released: jobs that the printer got
 * @refused: papers that the interlock refused
 * @foreign: jobs with a paper of somebody who was not there, or of another visit
 * @spoilt: jobs with bytes that nobody made
 * @wrong: jobs with a paper of another kind than was asked for
 * @over: jobs with more copies than there are
 * @again: jobs with a number that had come out before, or perhaps
 *
 * What came of runs, as the printer's side sees it.
 */
typedef struct
{
  guint runs, released, refused, foreign, spoilt, wrong, over, again;
} SimTally;

/* One run, with a ledger in the file @path, which is not there before: visits, orders, papers that
 * are not what they seem. */
void sim_hall_run (const char *path, guint32 seed, SimTally *tally);
void sim_hall_silence_log (void);
guint sim_tally_count_bad (const SimTally *tally);

G_END_DECLS
