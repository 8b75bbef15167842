/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-page-printer.h"
#include "fake-office.h"
#include "journey/paper-desk.h"

enum
{
  DESK_REPORT_MS = 1000,
  DESK_WALL_S = 1795000000
};

#define DESK_ZHANG "11010519491231002X"
#define DESK_LI "440524188001010014"
#define DESK_KIND "fund-deposit"

/**
 * DeskFixture:
 * @result: of what was asked last, until it is waited for
 *
 * A desk with a ledger on the disk, and an office and a printer in the same process.
 */
typedef struct
{
  char *folder, *path, *log_folder;
  JuminClock *clock;
  JuminAudit *audit;
  JuminPrintLedger *ledger;
  JuminVirtualPagePrinter *printer;
  FakeOffice *office;
  JuminPaperDesk *desk;
  JuminIdentity *zhang, *li;
  GAsyncResult *result;
} DeskFixture;

void desk_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *desk_fixture_wait_for_result (DeskFixture *self);
void desk_fixture_settle (DeskFixture *self);
JuminPrintPending *desk_fixture_load (DeskFixture *self);
void desk_fixture_open_desk (DeskFixture *self);
void desk_fixture_close_desk (DeskFixture *self);
void desk_fixture_set_up (DeskFixture *self, gconstpointer data);
void desk_fixture_tear_down (DeskFixture *self, gconstpointer data);
JuminDocument *desk_fixture_fetch (DeskFixture *self, JuminIdentity *holder, const char *replaces,
                                   GError **error);
JuminDocument *desk_fixture_fetch_good (DeskFixture *self, JuminIdentity *holder);
gboolean desk_fixture_release (DeskFixture *self, JuminIdentity *holder,
                               const JuminDocument *document, int copies, JuminPaperResult *paper,
                               GError **error);
JuminPaperResult desk_fixture_release_good (DeskFixture *self, JuminIdentity *holder,
                                            const JuminDocument *document, int copies);
guint desk_fixture_count_jobs (DeskFixture *self);
const FakePaper *desk_fixture_get_paper (DeskFixture *self, guint index);
void desk_fixture_end_next (DeskFixture *self, JuminOutcome outcome, int copies, int pages);
