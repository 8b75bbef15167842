/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-page-printer.h"
#include "virtual-hall.h"

G_BEGIN_DECLS

/**
 * PaperKiosk:
 *
 * A terminal with an A4 printer, a desk and a ledger of its own.
 */
typedef struct
{
  VirtualKiosk kiosk;
  JuminVirtualPagePrinter *printer;
  JuminDocumentsClient *documents;
  JuminPrintLedger *ledger;
  JuminPaperDesk *desk;
} PaperKiosk;

enum
{
  PAPER_KIOSKS_MAX = 2
};

/**
 * PaperHall:
 * @scene: of the first kiosk
 *
 * A platform, and one or two terminals that print papers, on one clock that the test moves.
 */
typedef struct
{
  Hall *hall;
  PaperKiosk kiosks[PAPER_KIOSKS_MAX];
  guint n_kiosks;
  const JuminScene *scene;
} PaperHall;

/* What is not as in most tests. */
typedef struct
{
  gboolean ask_got, no_ledger;
  guint more_kiosks;
} PaperHallWish;

void paper_hall_open (PaperHall *self, gconstpointer wish);
void paper_hall_close (PaperHall *self, gconstpointer wish);
void paper_hall_fault (PaperHall *self, const char *order);
void paper_hall_sign_in (PaperHall *self, const char *resident);
/* From home to the paper before it is printed. */
void paper_hall_preview (PaperHall *self, const char *kind);
/* The whole way, as far as @copies are released. */
void paper_hall_print (PaperHall *self, const char *kind, const char *copies);
void paper_hall_act (PaperHall *self, const char *action, const char *name, const char *value);
void paper_hall_await_trouble (PaperHall *self, JuminTrouble trouble);
void paper_hall_leave (PaperHall *self);
/* Nothing of a paper is in the scene. */
void paper_hall_expect_nothing_left (PaperHall *self);
guint paper_hall_count_jobs (PaperHall *self);

G_END_DECLS
