/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One read of the card in a PC/SC reader, from connect to disconnect, in a straight line. It has a
 * context of its own: the watcher's is asleep in a wait. The card is held exclusively and in one
 * transaction, and is without power afterwards: no application of another program stays open. */
#include "devices/pcsc-connection.h"

#include <winscard.h>

#include "devices/card-session.h"
#include "model/error.h"

enum
{
  CONNECT_TRIES_MAX = 10, /* while another program holds the card */
  POWER_TRIES_MAX = 2,    /* of a card without power */
  CONNECT_EVERY_MS = 100,
  PULL_NOTICED_MS = 200 /* how long the service may take to see that the card has gone */
};

typedef struct
{
  SCARDCONTEXT context;
  SCARDHANDLE card;
  DWORD protocol;
  const char *reader;
  int *steps; /* atomic */
  GCancellable *cancellable;
} Connection;

/* What an error of PC/SC means here. Everything else: the reader is faulty. */
static const struct
{
  LONG result;
  gboolean is_retry;
  int code;
} meanings[] = {
  { SCARD_W_UNPOWERED_CARD, TRUE, JUMIN_RETRY_CARD_REVERSED },
  { SCARD_W_UNRESPONSIVE_CARD, TRUE, JUMIN_RETRY_CARD_REVERSED },
  { SCARD_W_UNSUPPORTED_CARD, TRUE, JUMIN_RETRY_CARD_UNREADABLE },
  { SCARD_E_PROTO_MISMATCH, TRUE, JUMIN_RETRY_CARD_UNREADABLE },
  { SCARD_W_RESET_CARD, TRUE, JUMIN_RETRY_CARD_UNREADABLE },
  { SCARD_E_INSUFFICIENT_BUFFER, TRUE, JUMIN_RETRY_CARD_UNREADABLE },
  { SCARD_E_NOT_TRANSACTED, TRUE, JUMIN_RETRY_CARD_MUTE },
  { SCARD_E_SHARING_VIOLATION, TRUE, JUMIN_RETRY_CARD_STUCK },
  { SCARD_E_NO_SMARTCARD, TRUE, JUMIN_RETRY_CARD_PULLED },
  { SCARD_W_REMOVED_CARD, TRUE, JUMIN_RETRY_CARD_PULLED },
  { SCARD_E_UNKNOWN_READER, FALSE, JUMIN_FAILURE_READER_MISSING },
  { SCARD_E_READER_UNAVAILABLE, FALSE, JUMIN_FAILURE_READER_MISSING },
  { SCARD_E_NO_READERS_AVAILABLE, FALSE, JUMIN_FAILURE_READER_MISSING },
  { SCARD_E_INVALID_VALUE, FALSE, JUMIN_FAILURE_READER_MISSING }, /* its handle went with it */
  { SCARD_E_INVALID_HANDLE, FALSE, JUMIN_FAILURE_READER_MISSING },
  { SCARD_E_NO_SERVICE, FALSE, JUMIN_FAILURE_READER_SERVICE },
  { SCARD_E_SERVICE_STOPPED, FALSE, JUMIN_FAILURE_READER_SERVICE },
  { SCARD_F_COMM_ERROR, FALSE, JUMIN_FAILURE_READER_SERVICE },
  /* A connection that a dying service resets; polkit's own refusal: see is_refused(). */
  { SCARD_W_SECURITY_VIOLATION, FALSE, JUMIN_FAILURE_READER_SERVICE },
};

static void
set_pcsc_error (GError **error, const char *what, LONG result)
{
  GQuark domain = JUMIN_FAILURE;
  int code = JUMIN_FAILURE_READER_FAULTY;

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].result == result)
      {
        domain = meanings[i].is_retry ? JUMIN_RETRY : JUMIN_FAILURE;
        code = meanings[i].code;
      }
  g_set_error (error, domain, code, "%s: %s (%08lX)", what, pcsc_stringify_error (result),
               (unsigned long)result & 0xFFFFFFFF);
}

/* Waits, unless cancelled before. */
static gboolean
wait_cancellable (GCancellable *cancellable, int ms)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, ms);
      g_cancellable_release_fd (cancellable);
    }
  return !g_cancellable_is_cancelled (cancellable);
}

/* A driver says the same for a card that is silent, one that has gone, and a reader that has gone
 * with it. The service knows a moment later. */
static LONG
find_what_has_gone (const Connection *self, LONG said)
{
  SCARD_READERSTATE state = { .szReader = self->reader };
  gint64 until_us = g_get_monotonic_time () + PULL_NOTICED_MS * G_TIME_SPAN_MILLISECOND;
  gint64 left_us;

  while ((left_us = until_us - g_get_monotonic_time ()) > 0)
    {
      LONG result = SCardGetStatusChange (self->context, (DWORD)(left_us / 1000) + 1, &state, 1);

      if (result == SCARD_E_TIMEOUT)
        return said;
      if (result != SCARD_S_SUCCESS)
        return result;
      if ((state.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0)
        return SCARD_E_READER_UNAVAILABLE;
      if ((state.dwEventState & SCARD_STATE_PRESENT) == 0)
        said = SCARD_W_REMOVED_CARD;
      state.dwCurrentState = state.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    }
  return said;
}

static gboolean
transmit (gpointer data, const guint8 *command, gsize command_length, guint8 *response,
          gsize *response_length, GError **error)
{
  const Connection *self = data;
  const SCARD_IO_REQUEST *header
      = self->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  DWORD length = JUMIN_APDU_RESPONSE_MAX;
  LONG result;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_atomic_int_inc (self->steps);
  result = SCardTransmit (self->card, header, command, command_length, NULL, response, &length);
  if (result == SCARD_E_NOT_TRANSACTED || result == SCARD_W_REMOVED_CARD)
    result = find_what_has_gone (self, result);
  if (result != SCARD_S_SUCCESS)
    {
      set_pcsc_error (error, "transmitting", result);
      return FALSE;
    }
  *response_length = length;
  return TRUE;
}

/* How often to connect, as long as it ends so. A card lies the wrong way up, or was met while it
 * slid in and the service had not powered it yet. */
static int
count_tries (LONG result)
{
  switch (result)
    {
    case SCARD_E_SHARING_VIOLATION:
      return CONNECT_TRIES_MAX;
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNRESPONSIVE_CARD:
      return POWER_TRIES_MAX;
    default:
      return 1;
    }
}

static LONG
connect_card (Connection *self)
{
  LONG result;

  for (int tries = 1;; tries++)
    {
      /* Never shared: what another program selects would lie between our commands. */
      result = SCardConnect (self->context, self->reader, SCARD_SHARE_EXCLUSIVE,
                             SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &self->card, &self->protocol);
      if (tries >= count_tries (result) || !wait_cancellable (self->cancellable, CONNECT_EVERY_MS))
        return result;
    }
}

/* A service that answers has meant it. */
static gboolean
is_refused (const Connection *self, LONG result)
{
  DWORD length = 0;

  return result == SCARD_W_SECURITY_VIOLATION
         && SCardListReaders (self->context, NULL, NULL, &length) == SCARD_S_SUCCESS;
}

static gboolean
connection_open (Connection *self, GError **error)
{
  const char *what = "connecting to the card";
  LONG result = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self->context);

  if (result != SCARD_S_SUCCESS)
    {
      set_pcsc_error (error, "reaching the card reader service", result);
      return FALSE;
    }
  g_atomic_int_inc (self->steps);
  result = connect_card (self);
  if (result == SCARD_S_SUCCESS)
    {
      what = "beginning the transaction";
      result = SCardBeginTransaction (self->card);
      if (result != SCARD_S_SUCCESS)
        SCardDisconnect (self->card, SCARD_UNPOWER_CARD);
    }
  if (result == SCARD_S_SUCCESS)
    return TRUE;
  if (is_refused (self, result))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_REFUSED,
                 "%s: polkit does not grant this user org.debian.pcsc-lite.access_card; a rule is "
                 "missing",
                 what);
  else if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    set_pcsc_error (error, what, result);
  SCardReleaseContext (self->context);
  return FALSE;
}

static void
connection_close (Connection *self)
{
  SCardEndTransaction (self->card, SCARD_LEAVE_CARD);
  SCardDisconnect (self->card, SCARD_UNPOWER_CARD);
  SCardReleaseContext (self->context);
}

JuminCard *
jumin_pcsc_read_card (const char *reader, int *steps, GCancellable *cancellable, GError **error)
{
  Connection connection = { .reader = reader, .steps = steps, .cancellable = cancellable };
  JuminCard *card = NULL;

  if (connection_open (&connection, error))
    {
      card = jumin_card_session_read_card (transmit, &connection, error);
      connection_close (&connection);
    }
  if (card == NULL)
    g_prefix_error (error, "Reading card in '%s' failed: ", reader);
  return card;
}

JuminIdentity *
jumin_pcsc_read_holder (const char *reader, const JuminCard *card, const GDate *today, int *steps,
                        GCancellable *cancellable, GError **error)
{
  Connection connection = { .reader = reader, .steps = steps, .cancellable = cancellable };
  JuminIdentity *holder = NULL;

  if (connection_open (&connection, error))
    {
      holder = jumin_card_session_read_holder (transmit, &connection, card, today, error);
      connection_close (&connection);
    }
  if (holder == NULL)
    g_prefix_error (error, "Reading holder in '%s' failed: ", reader);
  return holder;
}
