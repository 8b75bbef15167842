/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/journal.h"

G_BEGIN_DECLS

/**
 * FrailDisk:
 * @puts: that were asked for
 * @fails_at, @fails: from which one on, how many fail; 0: none
 * @keeps: what fails is on the disk all the same
 * @unreadable: nothing can be read
 *
 * What the disk under a journal does; a journal stands in for the real one.
 */
typedef struct
{
  guint puts, fails_at, fails;
  gboolean keeps, unreadable;
} FrailDisk;

FrailDisk *frail_journal_get_disk (JuminJournal *self);

G_END_DECLS
