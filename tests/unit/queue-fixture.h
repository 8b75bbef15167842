/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/queue.h"

G_BEGIN_DECLS

enum
{
  /* 2026-09-16, a Wednesday, 10:26 in the hall */
  QUEUE_MORNING_S = 1789525560,
  QUEUE_MINUTE_S = 60,
  QUEUE_HOUR_S = 3600,
  QUEUE_DAY_S = 24 * QUEUE_HOUR_S,
  QUEUE_TO_MIDNIGHT_S = (13 * 60 + 34) * 60
};

/* People of the fixture's city. */
#define QUEUE_PERSON "500102199003070010"
#define QUEUE_OTHER "500102198506121217"
#define QUEUE_OLD "500108196611219151"    /* 60 on 2026-11-21 */
#define QUEUE_HOLDER "50010419911010344X" /* holds A014; has an appointment 11:00 to 11:30 */
#define QUEUE_MISSED "500105198803121047" /* missed the call of A015 */

/**
 * QueueFixture:
 *
 * A queue on a clock that is moved by hand: matters "talk" (A, two windows, ten were called and
 * three wait), "sign" (B, one window, seven numbers a day, wants to know who comes), "pay" (C, no
 * window, takes no identity) and "desk" (D, office hours, one window).
 */
typedef struct
{
  JuminCity *city;
  JuminClock *clock;
  JuminStore *store;
  JuminQueue *queue;
} QueueFixture;

/**
 * QueueRules:
 * @opens: when "talk", "sign" and "pay" open, "00:00"
 * @missed_then: "desk", "again" or "window"
 * @utc_offset_min: of the hall
 *
 * What a test wants otherwise; zero and %NULL are the usual.
 */
typedef struct
{
  const char *opens, *missed_then;
  int utc_offset_min;
} QueueRules;

char *queue_fixture_city (const QueueRules *rules);
JuminCity *queue_fixture_load (const char *city, GError **error);
void queue_fixture_set_up (QueueFixture *self, const QueueRules *rules);
void queue_fixture_tear_down (QueueFixture *self);

void queue_fixture_advance (QueueFixture *self, int seconds);
void queue_fixture_set_clock (QueueFixture *self, gint64 wall_s);
JuminTicket *queue_fixture_order (QueueFixture *self, const JuminQueueOrder *order,
                                  JuminQueueOutcome wanted);
void queue_fixture_refuse_order (QueueFixture *self, const JuminQueueOrder *order,
                                 JuminQueueError wanted);
JuminTicket *queue_fixture_take (QueueFixture *self, const char *key, const char *matter,
                                 const char *priority, const char *id_number,
                                 JuminQueueOutcome wanted);
void queue_fixture_refuse (QueueFixture *self, const char *key, const char *matter,
                           const char *priority, const char *id_number, JuminQueueError wanted);

G_END_DECLS
