/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-card-reader.h"
#include "devices/virtual-printer.h"
#include "journey/terminal.h"
#include "sandbox-process.h"

G_BEGIN_DECLS

enum
{
  VIRTUAL_KIOSK_PATIENCE_S = 20, /* a test that waits longer has failed */
  VIRTUAL_KIOSK_LOOK_MS = 10
};

/**
 * VirtualKiosk:
 * @reader: (nullable): %NULL when the test has its own
 * @printer: (nullable): likewise
 * @sandbox: (nullable): its platform, where terminal-fixture.h has set it up
 *
 * A terminal without a display, with a virtual reader and printer.
 */
typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminVirtualCardReader *reader;
  JuminVirtualPrinter *printer;
  JuminAudit *audit;
  JuminTerminal *terminal;
  const JuminScene *scene;
  char *audit_dir;
} VirtualKiosk;

/* What is the test's own. @reader, @printer: (nullable): instead of the virtual ones; @scanner,
 * @sheet_printer, @documents, @desk, @codes: (nullable): there is none; @kinds: (nullable)
 * (transfer full): what codes are understood; @keys: (nullable) (transfer full): with which the
 * platform signs papers; @payments, @till: (nullable): nothing can be paid; @billers: (nullable)
 * (transfer full): whose bills can be found */
typedef struct
{
  JuminClock *clock;
  JuminHallClient *client;
  JuminCardReader *reader;
  JuminPrinter *printer;
  JuminPagePrinter *sheet_printer;
  JuminDocumentsClient *documents;
  JuminPaperDesk *desk;
  gboolean ask_got;
  JuminCodeScanner *scanner;
  JuminCityCodeClient *codes;
  JuminCodeKinds *kinds;
  GPtrArray *keys;
  JuminPaymentsClient *payments;
  JuminTill *till;
  JuminBillers *billers;
} VirtualKioskParts;

void virtual_kiosk_init (VirtualKiosk *self, const VirtualKioskParts *parts);
/* Waits until nothing of it is left, in no thread and in no call to the platform. */
void virtual_kiosk_finish (VirtualKiosk *self);
/* Runs the main loop until @page is shown. */
void virtual_kiosk_await (VirtualKiosk *self, JuminPage page);
/* Touches what does @action, on the page that is shown; @name: (nullable): with @value, what goes
 * with it. */
void virtual_kiosk_act (VirtualKiosk *self, const char *action, const char *name,
                        const char *value);
void virtual_kiosk_set_mode (VirtualKiosk *self, const char *mode, const char *value);
/* Returns: (transfer full): all that a resident could read or the screen is told */
char *virtual_kiosk_dup_screen (VirtualKiosk *self);
gboolean virtual_kiosk_says (VirtualKiosk *self, const char *words);
/* Whether the log says @event of @what; it is written by a thread. */
gboolean virtual_kiosk_log_says (VirtualKiosk *self, const char *event, const char *what);

gboolean virtual_kiosk_look_again (gpointer nothing);

/* Runs the main loop until @condition, or until patience is lost. */
#define RUN_UNTIL(condition)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end = g_get_monotonic_time () + VIRTUAL_KIOSK_PATIENCE_S * G_USEC_PER_SEC;              \
    guint look = g_timeout_add (VIRTUAL_KIOSK_LOOK_MS, virtual_kiosk_look_again, NULL);            \
    while (!(condition) && g_get_monotonic_time () < end)                                          \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (look);                                                                        \
  }                                                                                                \
  G_STMT_END

/* Runs the main loop until @condition. */
#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    RUN_UNTIL (condition);                                                                         \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
