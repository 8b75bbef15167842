/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-card-reader.h"
#include "devices/virtual-printer.h"
#include "journey/terminal.h"

G_BEGIN_DECLS

enum
{
  VIRTUAL_KIOSK_PATIENCE_S = 20 /* a test that waits longer has failed */
};

/* A terminal without a display, with a virtual reader and printer, on a fast clock. Its platform is
 * the test's own. */
typedef struct
{
  JuminClock *clock;
  JuminVirtualCardReader *reader;
  JuminVirtualPrinter *printer;
  JuminAudit *audit;
  JuminTerminal *terminal;
  const JuminScene *scene;
  char *audit_dir;
} VirtualKiosk;

/* @speed: of the clock; 0: it stands still but for jumin_clock_advance() */
VirtualKiosk *virtual_kiosk_new (JuminHallClient *client, double speed);
VirtualKiosk *virtual_kiosk_new_with_clock (JuminHallClient *client, JuminClock *clock);
void virtual_kiosk_free (VirtualKiosk *self);
/* Runs the main loop until @test says %TRUE, which it returns, or patience is lost. */
typedef gboolean (*VirtualKioskTest) (VirtualKiosk *self, gconstpointer data);
gboolean virtual_kiosk_patient (VirtualKioskTest test, VirtualKiosk *self, gconstpointer data);
/* Runs the main loop until @page is shown. */
void virtual_kiosk_await (VirtualKiosk *self, JuminPage page);
/* @name: (nullable): with @value, what goes with the action */
void virtual_kiosk_act (VirtualKiosk *self, const char *action, const char *name,
                        const char *value);
/* Returns: (transfer full): all that a resident could read or the screen is told */
char *virtual_kiosk_dup_screen (VirtualKiosk *self);

G_END_DECLS
