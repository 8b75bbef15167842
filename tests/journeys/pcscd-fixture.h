/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "peer-runner.h"

G_BEGIN_DECLS

/**
 * PcscdFixture:
 *
 * A pcscd of one's own with one reader, R1, and a card peer beside it, as tests/peers/README.md
 * describes them. libpcsclite takes its socket's name once for a process: so all fixtures of a
 * process live in one folder, one after the other.
 */
typedef struct
{
  JuminPeerRun *pcscd, *card;
} PcscdFixture;

void pcscd_fixture_init (PcscdFixture *self);
void pcscd_fixture_finish (PcscdFixture *self);
void pcscd_fixture_start_pcscd (PcscdFixture *self);
void pcscd_fixture_stop_pcscd (PcscdFixture *self);
/* Ends the test when the peer does not say "ok". */
void peer_tell (JuminPeerRun *peer, const char *command);

G_END_DECLS
