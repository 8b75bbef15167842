/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/interlock.h"
#include "journey/paper-desk.h"
#include "journey/paper-reports.h"

G_BEGIN_DECLS

typedef struct _JuminPaperRelease JuminPaperRelease;

/* What the ledger is asked now; NOTE is also how a ledger that failed is tried. */
typedef enum
{
  JUMIN_BOOKS_IDLE,
  JUMIN_BOOKS_LOAD,
  JUMIN_BOOKS_LOCK,
  JUMIN_BOOKS_CLOSE,
  JUMIN_BOOKS_NOTE
} JuminBooks;

/**
 * JuminPaperDesk:
 * @gone: disposed of: what ends now is nobody's
 * @turn: (nullable): whose turn it is; @serial changes with it, @spent: its paper came out, or
 *   nobody knows
 * @release: (nullable): of this turn or an earlier one
 * @asked: (nullable): PRINTED or UNKNOWN, and the person was not heard
 * @confirming: (nullable): who waits for what becomes of a number that the person does not hold
 * @open: jobs of an earlier life whose end is not known, oldest first
 * @closing: what the ledger is still to be told, oldest first; @gone_on: so many of the first could
 *   not be written, and who waited for them has gone on
 */
struct _JuminPaperDesk
{
  GObject parent_instance;
  JuminPaperDeskTools tools;
  JuminPaperReports *reports;
  JuminPaperClosed told;
  gboolean gone;

  JuminPaperTurn *turn;
  guint serial;
  gboolean spent;
  JuminPaperRelease *release;
  JuminPrintEntry *asked;
  GTask *confirming;

  JuminBooks books;
  gboolean loaded, locked, ledger_failed, want_lock, want_note;
  GQueue *open, *closing;
  guint gone_on;
  gpointer mend_timer, settle_timer;
};

/* paper-desk.c */
void jumin_paper_desk_notify (JuminPaperDesk *self);
void jumin_paper_desk_lock (JuminPaperDesk *self, const char *fault);
gboolean jumin_paper_desk_check_open (JuminPaperDesk *self, GError **error);
void jumin_paper_desk_tell (JuminPaperDesk *self);

/* paper-turn.c */
void jumin_paper_desk_clear_turn (JuminPaperDesk *self);

/* paper-books.c: what is written, and what is to be found out */
void jumin_paper_desk_write (JuminPaperDesk *self);
void jumin_paper_desk_close_entry (JuminPaperDesk *self, const JuminPrintEntry *entry);
void jumin_paper_desk_fail_ledger (JuminPaperDesk *self, const GError *error);

/* paper-release.c */
gboolean jumin_paper_desk_is_released (JuminPaperDesk *self, const char *token);
void jumin_paper_desk_end_release (JuminPaperDesk *self, const JuminPrintEntry *entry);
void jumin_paper_desk_drop_release (JuminPaperDesk *self);
void jumin_paper_desk_flush (JuminPaperDesk *self);
void jumin_paper_desk_end_late (JuminPaperDesk *self, const JuminPrintEntry *entry);
void jumin_paper_desk_drop_confirm (JuminPaperDesk *self);

G_END_DECLS
