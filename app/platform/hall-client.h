/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/card.h"
#include "model/catalogue.h"
#include "model/hall.h"
#include "model/identity.h"
#include "model/trouble.h"
#include "model/login.h"
#include "platform/http-client.h"

G_BEGIN_DECLS

/**
 * JuminHallClient:
 *
 * The platform's operations (data/platform-api.yaml), one function pair each. All are asynchronous
 * on the main loop; each completes once. Errors: JUMIN_FAILURE_PLATFORM_SILENT, _REFUSED, _INVALID,
 * _CLOCK, _EXPIRED and those named below; G_IO_ERROR_CANCELLED.
 */
#define JUMIN_TYPE_HALL_CLIENT (jumin_hall_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminHallClient, jumin_hall_client, JUMIN, HALL_CLIENT, GObject)

/**
 * JuminHelpQuestion:
 * @page: page kind
 * @matter: (nullable): what it is about
 * @escalated: nobody answered the first call
 *
 * All that goes with a call for help: nothing of the person.
 */
typedef struct
{
  const char *page, *matter;
  gboolean escalated;
} JuminHelpQuestion;

/**
 * JuminReport:
 * @since: Unix seconds
 * @began: %FALSE: it has ended
 * @told: who can help; not nobody
 *
 * A trouble of this machine.
 */
typedef struct
{
  JuminTrouble trouble;
  gint64 since;
  gboolean began;
  JuminTold told;
} JuminReport;

/**
 * JuminHelpCall:
 * @id: the platform's reference
 * @acknowledged: somebody has said that they come
 * @on_duty: people who can see the call
 */
typedef struct
{
  char *id;
  gboolean acknowledged;
  int on_duty;
} JuminHelpCall;

/**
 * JuminTicketOrder:
 * @priority: (nullable): elder, pregnant …
 * @appointment: (nullable): id of the appointment whose number it is
 * @holder: (nullable): %NULL: nobody in particular
 */
typedef struct
{
  const char *matter, *priority, *appointment;
  JuminIdentity *holder;
} JuminTicketOrder;

void jumin_help_call_free (JuminHelpCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminHelpCall, jumin_help_call_free)

JuminHallClient *jumin_hall_client_new (JuminHttpClient *http);

void jumin_hall_client_fetch_catalogue_async (JuminHallClient *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
JuminCatalogue *jumin_hall_client_fetch_catalogue_finish (JuminHallClient *self,
                                                          GAsyncResult *result, GError **error);

void jumin_hall_client_fetch_hall_async (JuminHallClient *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
JuminHall *jumin_hall_client_fetch_hall_finish (JuminHallClient *self, GAsyncResult *result,
                                                GError **error);

/* Whose card is it, by card identifier. JUMIN_FAILURE_HOLDER_UNKNOWN. */
void jumin_hall_client_resolve_card_async (JuminHallClient *self, const JuminCard *card,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
JuminIdentity *jumin_hall_client_resolve_card_finish (JuminHallClient *self, GAsyncResult *result,
                                                      GError **error);

/* A code by message to whoever has @id_number. What becomes of it is the state of the result, also
 * when the platform refuses: sent, no phone, locked. */
void jumin_hall_client_start_login_async (JuminHallClient *self, const char *id_number,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
/* A new code for @login: sent, expired, locked. */
void jumin_hall_client_resend_code_async (JuminHallClient *self, const char *login,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
/* Whose login it is: known, wrong code, expired, locked. */
void jumin_hall_client_check_code_async (JuminHallClient *self, const char *login, const char *code,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
JuminLogin *jumin_hall_client_login_finish (JuminHallClient *self, GAsyncResult *result,
                                            GError **error);

/* Live numbers and today's appointments of @holder. */
void jumin_hall_client_fetch_today_async (JuminHallClient *self, JuminIdentity *holder,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
JuminToday *jumin_hall_client_fetch_today_finish (JuminHallClient *self, GAsyncResult *result,
                                                  GError **error);

/* Changes the world: @key makes a repeated request give the same number; the result is never
 * dropped for a late cancel. The number that the person already holds for the matter comes back
 * with live set. JUMIN_FAILURE_QUEUE_CLOSED, _QUEUE_IDENTITY, _QUEUE_DOWN, _APPOINTMENT. */
void jumin_hall_client_take_ticket_async (JuminHallClient *self, const char *key,
                                          const JuminTicketOrder *order, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer data);
JuminTicket *jumin_hall_client_take_ticket_finish (JuminHallClient *self, GAsyncResult *result,
                                                   GError **error);

/* Calls people to this terminal. */
void jumin_hall_client_call_help_async (JuminHallClient *self, const char *key,
                                        const JuminHelpQuestion *question,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
/* What has become of the call @id. */
void jumin_hall_client_follow_help_async (JuminHallClient *self, const char *id,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
JuminHelpCall *jumin_hall_client_help_finish (JuminHallClient *self, GAsyncResult *result,
                                              GError **error);

/* A trouble begins or ends; told again with the same @key it is the same report. */
void jumin_hall_client_report_async (JuminHallClient *self, const char *key,
                                     const JuminReport *report, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean jumin_hall_client_report_finish (JuminHallClient *self, GAsyncResult *result,
                                          GError **error);

G_END_DECLS
