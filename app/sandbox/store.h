/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  JUMIN_STORED_WAITING,
  JUMIN_STORED_CALLED, /* at a window */
  JUMIN_STORED_DONE,
  JUMIN_STORED_MISSED /* was called, and nobody came */
} JuminStoredState;

/**
 * JuminStoredTicket:
 * @id: counts up over all days
 * @day: days since 1970 in the hall
 * @ordinal: 23 of A023
 * @key: Idempotency-Key; empty: nobody at a terminal took it
 * @priority: elder, pregnant …; empty: none
 * @id_number: whose it is; empty: nobody's
 * @counter: window that called it
 * @appointment: id of the appointment that it belongs to; empty: none
 * @due_at: time of that appointment; 0: none
 * @calls_kept: for how many further calls it is kept once it was missed
 * @place: where it stands among those that are called in the order of numbers
 */
typedef struct
{
  gint64 id, issued_at, due_at;
  int day, ordinal, calls_kept;
  char *matter, *key, *priority, *id_number, *counter, *appointment;
  double place;
  JuminStoredState state;
} JuminStoredTicket;

typedef struct _JuminStore JuminStore;

/* @file: a file name, or ":memory:". Errors: G_IO_ERROR_FAILED. */
JuminStore *jumin_store_new (const char *file, GError **error);
void jumin_store_free (JuminStore *self);
gboolean jumin_store_add_ticket (JuminStore *self, JuminStoredTicket *ticket);
gboolean jumin_store_set_state (JuminStore *self, gint64 id, JuminStoredState state,
                                const char *counter);
gboolean jumin_store_miss (JuminStore *self, gint64 id, int calls_kept);
gboolean jumin_store_count_call (JuminStore *self, int day, const char *matter);
gboolean jumin_store_put_back (JuminStore *self, const JuminStoredTicket *ticket, int behind);

JuminStoredTicket *jumin_store_find_key (JuminStore *self, const char *key);
JuminStoredTicket *jumin_store_find_id (JuminStore *self, gint64 id);
JuminStoredTicket *jumin_store_find_next (JuminStore *self, int day, const char *matter,
                                          gint64 now);
gboolean jumin_store_find_appointment (JuminStore *self, int day, const char *appointment,
                                       const char *id_number);
GPtrArray *jumin_store_list_live (JuminStore *self, int day, const char *id_number);
GPtrArray *jumin_store_list_called (JuminStore *self, int day);
JuminStoredTicket *jumin_store_find_last (JuminStore *self);

int jumin_store_count_waiting (JuminStore *self, int day, const char *matter);
int jumin_store_count_ahead (JuminStore *self, const JuminStoredTicket *ticket, gint64 now);
int jumin_store_count_issued (JuminStore *self);
int jumin_store_get_last_ordinal (JuminStore *self, int day, const char *matter);
gint64 jumin_store_count_help (JuminStore *self);
gint64 jumin_store_add_report (JuminStore *self, const char *key, const char *terminal,
                               const char *trouble, const char *state, gint64 since);
char *jumin_store_dup_reports (JuminStore *self, int most);
gint64 jumin_store_add_help (JuminStore *self, const char *key, const char *page,
                             const char *matter, gint64 at_s);

gboolean jumin_store_take_nonce (JuminStore *self, const char *nonce, gint64 at_s, gint64 old_s);

void jumin_stored_ticket_free (JuminStoredTicket *ticket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminStoredTicket, jumin_stored_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminStore, jumin_store_free)

G_END_DECLS
