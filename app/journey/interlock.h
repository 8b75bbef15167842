/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "model/identity.h"

G_BEGIN_DECLS

/**
 * JuminPaperTurn:
 * @holder: who is here
 * @request: UUID that this turn's paper was asked for with
 * @kind, @replaces: what was asked for; @replaces is nullable
 * @number, @sm3: (nullable): of the paper that came; %NULL: none has come
 * @copies, @pages: of that paper
 *
 * Whose turn it is at the A4 printer, and for what.
 */
typedef struct
{
  JuminIdentity *holder;
  char *request, *kind, *replaces, *number, *sm3;
  int copies, pages;
} JuminPaperTurn;

/**
 * JuminInterlockFaults:
 * @JUMIN_INTERLOCK_HOLDER: it is released for somebody whose turn it is not
 * @JUMIN_INTERLOCK_REQUEST: it was asked for with another request
 * @JUMIN_INTERLOCK_OWNER: it belongs to somebody else
 * @JUMIN_INTERLOCK_KIND: it is of another kind, or stands for another number
 * @JUMIN_INTERLOCK_NUMBER: another number, other copies or pages came for this turn
 * @JUMIN_INTERLOCK_DIGEST: its digests are not those of the very bytes
 * @JUMIN_INTERLOCK_BYTES: other bytes came for this turn
 */
typedef enum
{
  JUMIN_INTERLOCK_HOLDER = 1 << 0,
  JUMIN_INTERLOCK_REQUEST = 1 << 1,
  JUMIN_INTERLOCK_OWNER = 1 << 2,
  JUMIN_INTERLOCK_KIND = 1 << 3,
  JUMIN_INTERLOCK_NUMBER = 1 << 4,
  JUMIN_INTERLOCK_DIGEST = 1 << 5,
  JUMIN_INTERLOCK_BYTES = 1 << 6
} JuminInterlockFaults;

#define JUMIN_INTERLOCK_OF_BYTES (JUMIN_INTERLOCK_DIGEST | JUMIN_INTERLOCK_BYTES)

JuminInterlockFaults jumin_interlock_find_faults (const JuminPaperTurn *turn, JuminIdentity *holder,
                                                  const JuminDocument *document, GBytes *pdf);
JuminInterlockFaults jumin_interlock_find_early_faults (const JuminPaperTurn *turn,
                                                        JuminIdentity *holder,
                                                        const JuminDocument *document);
const char *jumin_interlock_get_word (JuminInterlockFaults faults);

G_END_DECLS
