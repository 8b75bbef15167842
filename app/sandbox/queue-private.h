/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the queue share. */
#include "sandbox/queue.h"

G_BEGIN_DECLS

enum
{
  JUMIN_MINUTE_S = 60,
  JUMIN_DAY_S = 24 * 60 * JUMIN_MINUTE_S
};

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
  GObject parent_instance;
  const JuminCity *city;
  JuminStore *store;
  JuminClock *clock;
  GRand *chance;
  GPtrArray *windows;
  int day; /* that the store is seeded for */
};

extern const JuminStoredTicket jumin_queue_nobody;

gboolean jumin_queue_is_open_hour (JuminQueue *self);
gint64 jumin_queue_add_waiting (JuminQueue *self, const JuminCityMatter *matter, int ordinal,
                                const char *id_number);
void jumin_queue_ensure_day (JuminQueue *self);
void jumin_queue_open_windows (JuminQueue *self);
void jumin_queue_close_windows (JuminQueue *self);

G_END_DECLS
