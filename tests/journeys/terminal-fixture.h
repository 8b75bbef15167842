/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-card-reader.h"
#include "devices/virtual-printer.h"
#include "journey/terminal.h"
#include "sandbox-process.h"

G_BEGIN_DECLS

enum
{
  PATIENCE_S = 20 /* a test that waits longer has failed */
};

/**
 * Fixture:
 * @reader: (nullable): %NULL when the terminal was given another one
 * @real_printer: (nullable): set before set_up_with(): used instead of @printer
 *
 * A terminal against a real sandbox, without a display: the printer and mostly the reader are
 * virtual, the platform is not. Visits run a hundred times faster than in a hall.
 */
typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminVirtualCardReader *reader;
  JuminVirtualPrinter *printer;
  JuminPrinter *real_printer;
  JuminAudit *audit;
  JuminTerminal *terminal;
  const JuminScene *scene;
  char *audit_dir;
} Fixture;

void set_up (Fixture *f, gconstpointer data);
void set_up_with (Fixture *f, JuminClock *clock, JuminCardReader *reader);
void tear_down (Fixture *f, gconstpointer data);
/* Runs the main loop until @page is shown. */
void await (Fixture *f, JuminPage page);
/* Touches what does @action, on the page that is shown; @name, @value: (nullable): with it. */
void act (Fixture *f, const char *action, const char *name, const char *value);
/* Puts a good card into the virtual reader. */
void insert (Fixture *f);
/* From home into the first open matter of this kind, up to the step after the checklist. */
void choose (Fixture *f, JuminIdentify identify);

/* Whether a record of the audit log says all this; the log is written by a thread. */
gboolean log_says (Fixture *f, const char *event, const char *trouble);

gboolean on_patience_lost (gpointer data);

/* Runs the main loop until @condition. */
#define await_that(f, condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean lost = FALSE;                                                                         \
    guint timer = g_timeout_add_seconds (PATIENCE_S, on_patience_lost, &lost);                     \
    while (!(condition) && !lost)                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (timer);                                                                       \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
