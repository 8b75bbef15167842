/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/operations.h"

G_BEGIN_DECLS

/**
 * JuminServer:
 *
 * The platform's door: TLS with client certificates, signatures, bounds, and the faults that a test
 * asks for. Behind it are the operations.
 */
#define JUMIN_TYPE_SERVER (jumin_server_get_type ())
G_DECLARE_FINAL_TYPE (JuminServer, jumin_server, JUMIN, SERVER, GObject)

/* @directory: where the keys are; @port: 0 for any. */
JuminServer *jumin_server_new (const char *directory, guint port, JuminPlatform *platform,
                               GError **error);
guint jumin_server_get_port (JuminServer *self);

/* Drops every request while @down. */
void jumin_server_set_down (JuminServer *self, gboolean down);
/* Answers so many milliseconds later. */
void jumin_server_set_delay (JuminServer *self, guint ms);

G_END_DECLS
