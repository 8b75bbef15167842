/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "control.h"
#include "sandbox/server.h"

G_BEGIN_DECLS

/* One sandbox, as main.c puts it together. */
typedef struct
{
  JuminCity *city;
  JuminPlatform platform;
  JuminStaff staff;
  JuminCityCodes *codes;
  JuminRegistry *registry;
  JuminGate *gate;
  JuminDesk *desk;
  JuminServer *server;
  JuminControl *control;
  GMainLoop *loop;
} JuminSandbox;

/* @data: a #JuminSandbox */
void jumin_sandbox_run_command (JuminControlClient *client, const char *command,
                                const char *argument, gpointer data);

G_END_DECLS
