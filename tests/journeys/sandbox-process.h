/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/hall-client.h"

G_BEGIN_DECLS

/* A jumin-sandbox of the test's own, on a free port of loopback; it ends with the test. The program
 * and its data are named by the environment: JUMIN_SANDBOX, JUMIN_SANDBOX_DATA. */
typedef struct _SandboxProcess SandboxProcess;

SandboxProcess *sandbox_process_new (void);
void sandbox_process_free (SandboxProcess *self);
/* Kills it, and starts another one at the same port with what the first one kept. */
void sandbox_process_restart (SandboxProcess *self);
GKeyFile *sandbox_process_get_settings (SandboxProcess *self);
JuminHallClient *sandbox_process_client_new (SandboxProcess *self, JuminClock *clock);
void sandbox_remove_state (const char *path);
/* @patience: how many times longer than usual it waits, on @clock */
JuminHallClient *sandbox_client_new (GKeyFile *written, JuminClock *clock, guint patience);
char *sandbox_process_control (SandboxProcess *self, const char *command);
/* A number of its status, by name. */
guint sandbox_process_count (SandboxProcess *self, const char *name);

G_END_DECLS
