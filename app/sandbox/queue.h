/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "model/hall.h"
#include "sandbox/city.h"
#include "sandbox/store.h"

G_BEGIN_DECLS

/**
 * JuminQueueError:
 *
 * Why no new number was given. Domain %JUMIN_QUEUE_ERROR.
 */
#define JUMIN_QUEUE_ERROR (jumin_queue_error_quark ())
typedef enum
{
  JUMIN_QUEUE_ERROR_MATTER_UNKNOWN,
  JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED,
  JUMIN_QUEUE_ERROR_CLOSED,
  JUMIN_QUEUE_ERROR_APPOINTMENT, /* not this person's, too early, too late, or taken */
  JUMIN_QUEUE_ERROR_KEY_REUSED   /* the key came with another order before */
} JuminQueueError;

/**
 * JuminQueueOrder:
 * @key: Idempotency-Key
 * @priority: elder, pregnant …; empty: none
 * @id_number: whose number it will be; empty: nobody's
 * @appointment: id of the appointment whose number it is; empty: none
 */
typedef struct
{
  const char *key, *matter, *priority, *id_number, *appointment;
} JuminQueueOrder;

/* What became of an order. */
typedef enum
{
  JUMIN_QUEUE_REFUSED,
  JUMIN_QUEUE_NEW,
  JUMIN_QUEUE_SAME_KEY,
  JUMIN_QUEUE_LIVE /* the person holds this number already */
} JuminQueueOutcome;

typedef struct _JuminQueue JuminQueue;

JuminQueue *jumin_queue_new (const JuminCity *city, JuminStore *store, JuminClock *clock);
void jumin_queue_free (JuminQueue *self);
void jumin_queue_start (JuminQueue *self);
JuminHall *jumin_queue_describe (JuminQueue *self);
JuminQueueOutcome jumin_queue_take (JuminQueue *self, const JuminQueueOrder *order,
                                    JuminTicket **ticket, GError **error);
JuminToday *jumin_queue_find_today (JuminQueue *self, const char *id_number);
JuminTicket *jumin_queue_find_flow (JuminQueue *self, const char *flow);
JuminTicket *jumin_queue_find_last (JuminQueue *self);
guint jumin_queue_call_next (JuminQueue *self, const char *matter);
gboolean jumin_queue_miss (JuminQueue *self, const char *flow);
void jumin_queue_set_down (JuminQueue *self, gboolean down);
gboolean jumin_queue_get_down (JuminQueue *self);

GQuark jumin_queue_error_quark (void);

G_END_DECLS
