/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the queue share. */
#include "sandbox/queue.h"

G_BEGIN_DECLS

typedef struct
{
  JuminQueue *queue;
  const JuminCityMatter *matter;
  const char *counter; /* %NULL: not a window but the door, where people arrive */
  gint64 serving;      /* id of the ticket, 0: nobody */
  gpointer timer;
} JuminQueueWindow;

struct _JuminQueue
{
  const JuminCity *city;
  JuminStore *store;
  JuminClock *clock;
  GRand *chance;
  GPtrArray *windows;
  int day; /* in the hall, since 1970 */
  gboolean down;
};

/* Why a matter gives no number, and when again; 0: nobody knows. */
typedef struct
{
  const JuminText *reason;
  gint64 reopens_at;
} JuminQueueClosed;

extern const JuminStoredTicket jumin_queue_nobody;

/* queue-rules.c */
gboolean jumin_queue_find_closed (JuminQueue *self, const JuminCityMatter *matter,
                                  gboolean reserved, JuminQueueClosed *closed);
const char *jumin_queue_grant_priority (JuminQueue *self, const JuminQueueOrder *order, gint64 at);
JuminAppointment *jumin_queue_describe_appointment (JuminQueue *self, guint resident);
gboolean jumin_queue_check_appointment (JuminQueue *self, const JuminQueueOrder *order);
gint64 jumin_queue_get_due (JuminQueue *self, const JuminQueueOrder *order);

/* queue-describe.c */
JuminStoredTicket *jumin_queue_find_stored (JuminQueue *self, const char *flow);
JuminTicket *jumin_queue_describe_ticket (JuminQueue *self, const JuminStoredTicket *stored);

/* queue-day.c */
gboolean jumin_queue_is_open_hour (JuminQueue *self, const JuminCityMatter *matter);
gint64 jumin_queue_get_hall_time (JuminQueue *self);
int jumin_queue_get_last (JuminQueue *self, const JuminCityMatter *matter);
gint64 jumin_queue_add_waiting (JuminQueue *self, const JuminCityMatter *matter, int ordinal,
                                const char *id_number);
void jumin_queue_ensure_day (JuminQueue *self);

/* queue-windows.c */
void jumin_queue_open_windows (JuminQueue *self);
void jumin_queue_close_windows (JuminQueue *self);

G_END_DECLS
