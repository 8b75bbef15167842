/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "devices/apdu.h"

G_BEGIN_DECLS

/**
 * FakeCard:
 *
 * A card as a table: how it wants to be asked, what it holds, what is wrong with it. All zero but
 * for version, number and name is a good card that takes every spelling.
 */
typedef struct
{
  const char *title;
  /* How it wants to be asked. */
  gboolean foreign;         /* no social-security application */
  const char *bank;         /* nullable: how the name of its bank's application begins */
  gboolean wants_master;    /* only after SELECT 3F00 */
  gboolean answers_61;      /* T=0: SELECT by name leaves its answer for GET RESPONSE */
  gboolean answers_6c;      /* T=0: Le must be exact, and it tells */
  gboolean refuses_le_00;   /* Le must be exact, and it does not tell */
  gboolean only_select_00;  /* SELECT of a file with P1 = 00 only */
  gboolean only_sfi;        /* no SELECT of a file at all */
  gboolean only_numbers;    /* P1 is a record number */
  gboolean numbers_as_tags; /* takes P1 for a record number whatever P2 says */
  const guint8 *locked;     /* tags, ended by 0 */
  guint16 locked_status;    /* 0: 6982 */
  /* What it holds. */
  const char *version, *identifier, *valid_until, *number; /* identifier, validity: hexadecimal */
  const char *name, *extension;                            /* GB18030 */
  gboolean no_extension;
  guint8 padding;
  /* What is wrong with it. */
  guint8 truncated, surplus, mistaken; /* tag of such a record */
  guint short_at, pulled_at;           /* number of the command, from 1 */
  const char *later_identifier;        /* what a second look at the identifier gives */

  /* Since power-up. */
  gboolean open, master;
  guint16 file;
  guint8 pending[256];
  gsize pending_length;
  guint n_commands, n_identifiers;
  GString *log; /* nullable: all commands, hexadecimal, a line each */
} FakeCard;

gboolean fake_card_transmit (gpointer card, const guint8 *command, gsize command_length,
                             guint8 *response, gsize *response_length, GError **error);
void fake_card_power (FakeCard *self);

G_END_DECLS
