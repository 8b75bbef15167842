/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/desk.h"
#include "sandbox/faults.h"
#include "sandbox/gate.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

/**
 * JuminServer:
 *
 * The platform's doors: HTTPS on loopback, one with a client certificate required for terminals,
 * one without for machines that are to become one. Its faults are for tests and demonstrations.
 */
#define JUMIN_TYPE_SERVER (jumin_server_get_type ())
G_DECLARE_FINAL_TYPE (JuminServer, jumin_server, JUMIN, SERVER, GObject)

JuminServer *jumin_server_new (const char *directory, const JuminPlatform *platform,
                               JuminGate *gate, JuminDesk *desk, guint port, GError **error);
guint jumin_server_get_port (JuminServer *self);
guint jumin_server_get_desk_port (JuminServer *self);
JuminFaults *jumin_server_get_faults (JuminServer *self);
/* @delay_ms: how long each answer is held back; the operation itself is done at once */
void jumin_server_set_delay (JuminServer *self, guint delay_ms);

G_END_DECLS
