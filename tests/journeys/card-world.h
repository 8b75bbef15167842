/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-faults.h"
#include "pcscd-fixture.h"
#include "terminal-fixture.h"

G_BEGIN_DECLS

enum
{
  TOLD_MS_MAX = 20000 /* on the clock of the terminal */
};

/* Whose good card is the next one. */
#define CARD_WORLD_NEXT "wang-yidai"

/**
 * CardWorld:
 *
 * Everything real but the plastic: cards, pcscd, the reader's driver, a terminal and a platform,
 * four times faster than in a hall.
 */
typedef struct
{
  Fixture terminal;
  PcscdFixture pcscd;
  JuminClock *clock;
  JuminCardReader *reader;
  guint64 agreed; /* page that was agreed to */
} CardWorld;

void card_world_begin (CardWorld *self);
void card_world_end (CardWorld *self);
/* Milliseconds on the terminal's clock. */
gint64 card_world_now_ms (CardWorld *self);
/* One turn, or a moment in which nothing happened. */
void card_world_iterate (void);
/* A visit with this card, agreed to when asked. Returns: (nullable): what was told; NULL: the card
 * was taken for good. */
const JuminTroubleRow *card_world_play (CardWorld *self, const CardFault *fault, gint64 *told_ms);
/* Nothing is wrong any more, and no card is in. */
void card_world_mend (CardWorld *self, const CardFault *fault);
/* The resident leaves: back on the home page, without anything of theirs. */
void card_world_leave (CardWorld *self);
extern const CardFault card_world_nothing_wrong;
/* Returns: how many commands a whole visit with this good card takes. */
guint card_world_serve (CardWorld *self, const char *resident);

G_END_DECLS
