/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/hall-client.h"
#include "sandbox/server.h"

G_BEGIN_DECLS

/**
 * VirtualPlatform:
 *
 * The sandbox inside the test, on the test's clock, so that a day can be made of a minute. Its hall
 * and people are those of data/sandbox; nobody arrives and no window calls by itself.
 */
typedef struct
{
  char *state;
  JuminCity *city;
  JuminPlatform platform;
  JuminStaff staff;
  JuminRegistry *registry;
  JuminDesk *desk;
  JuminServer *server;
} VirtualPlatform;

VirtualPlatform *virtual_platform_new (JuminClock *clock);
void virtual_platform_free (VirtualPlatform *self);
JuminHallClient *virtual_platform_client_new (VirtualPlatform *self);

G_END_DECLS
