/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <winscard.h>

#include <glib.h>

G_BEGIN_DECLS

/* libpcsclite in a table: this program's own SCard functions go before the library's. One service,
 * some readers, and the two ways in which pcscd counts them. All may be changed while another
 * thread sleeps in SCardGetStatusChange(), which then wakes as it would. */
typedef enum
{
  FAKE_PCSC_1_9, /* the pseudo reader's high word is the number of readers */
  FAKE_PCSC_2_3  /* it counts the events */
} FakePcscVersion;

void fake_pcsc_reset (FakePcscVersion version);
/* SCARD_S_SUCCESS: the service runs. Else it ends: every context is dead, whoever sleeps wakes with
 * SCARD_F_COMM_ERROR, and SCardEstablishContext() says this. */
void fake_pcsc_set_service (LONG result);
/* It runs again, after so many refusals of SCardEstablishContext() with W_SECURITY_VIOLATION. */
void fake_pcsc_restart (guint refusals);
void fake_pcsc_plug (const char *reader, gboolean card);
/* Plugged in between the list and the sleep: the older service does not notice. */
void fake_pcsc_plug_unseen (const char *reader);
void fake_pcsc_unplug (const char *reader);
/* Each counts as one event of the reader. */
void fake_pcsc_put_card (const char *reader);
void fake_pcsc_take_card (const char *reader);
/* Every sleep ends at once for no reason. */
void fake_pcsc_set_restless (gboolean restless);
/* Calls of any function since the last time. */
guint fake_pcsc_count_calls (void);
guint fake_pcsc_count_contexts (void);

G_END_DECLS
