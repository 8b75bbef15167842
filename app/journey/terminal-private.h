/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/flow.h"
#include "journey/terminal.h"

G_BEGIN_DECLS

/* The reader was lost with a card in it. */
typedef enum
{
  JUMIN_HOLD_NONE,
  JUMIN_HOLD_GRACE, /* the visit waits for both */
  JUMIN_HOLD_LOST   /* it has ended; the card may still come back */
} JuminHold;

/* What was being read when the reader was lost. */
typedef enum
{
  JUMIN_LOST_READ_NONE,
  JUMIN_LOST_READ_CARD,
  JUMIN_LOST_READ_HOLDER
} JuminLostRead;

/* Where the person wants to go, whose open order is closed first. */
typedef enum
{
  JUMIN_GOING_NOWHERE,
  JUMIN_GOING_BACK,
  JUMIN_GOING_HOME,
  JUMIN_GOING_EXIT,
  JUMIN_GOING_OTHER_WAY /* to pay */
} JuminGoing;

enum
{
  JUMIN_SHOWN_CODES_MAX = 8 /* within the time in which none is taken again */
};

/**
 * JuminShownCode:
 * @text: (nullable): %NULL: none
 * @until: monotonic: until when it is not taken again
 * @final: nothing else would be said about it than @trouble
 *
 * A code that was held before the scanner. There may be two in one picture.
 */
typedef struct
{
  GBytes *text;
  gint64 until;
  JuminTrouble trouble;
  gboolean final;
} JuminShownCode;

/**
 * JuminPaperAsked:
 * @turn: of the terminal, when it was asked
 *
 * Who asked the desk.
 */
typedef struct
{
  JuminTerminal *terminal;
  guint turn;
} JuminPaperAsked;

/* What the files of journey/ share about the terminal: terminal.c (the object), acts.c (what
 * a person can do everywhere), visit.c (begin, deadline, end), slot.c (whose card lies in the
 * reader), arrival.c (card to identity), line.c (the line of steps), surroundings.c (hall, clock),
 * printer-watch.c, sheets-watch.c, help.c (calls for help), look.c (when codes are looked for),
 * code.c (code to identity), papers.c (what the steps of papers share), money.c (what those of
 * payments share), account.c (another household), cashier-watch.c (what the till says), veil.c
 * (what is veiled again), reports.c (of troubles) and the steps. */
struct _JuminTerminal
{
  GObject parent_instance;

  JuminTerminalTools tools;
  JuminTerminalSettings settings;
  JuminScene scene;
  GCancellable *visit;        /* cancelled when the visit ends */
  guint looked_at;            /* insertion that was there at the last look */
  guint insertion;            /* the one that was read; 0: none */
  gboolean reading;           /* card or holder are being read, or the platform is asked for them */
  gboolean checking;          /* the card is being read without a word, see slot.c */
  guint checked, served;      /* insertion that is; insertion of a card whose visit is over */
  JuminCard lying;            /* the card in the slot, once read; wiped when it is out */
  JuminIdentity *holder_read; /* (nullable): whom it names, while the platform is asked the same */
  JuminHold hold;
  JuminLostRead lost_read;
  GCancellable *login_call;  /* (nullable): what the platform was asked for a login */
  GCancellable *today_call;  /* (nullable): and for the person's today */
  GCancellable *record_call; /* (nullable): for the person's records, or another page of one */
  guint records_left;        /* that are on their way */
  gboolean records_down;     /* an office behind one of them does not answer */
  gboolean looking;          /* codes are looked for */
  GCancellable *code_call;   /* (nullable): whose a code is, as the platform was asked */
  JuminShownCode shown_codes[JUMIN_SHOWN_CODES_MAX], *asked_code; /* that one, by @code_call */
  guint scan_noted;      /* flags: which states of the scanner were written down in this look */
  gboolean codes_failed; /* the platform of the codes, and @codes_trouble is why */
  JuminTrouble codes_trouble;
  gpointer code_timer;
  GCancellable *entitlements_call; /* (nullable): which papers the person can have */
  guint paper_turn;                /* counts what is asked of the desk */
  guint sheets_turn;               /* whose the job under way is; 0: there is none */
  GCancellable *bills_call;        /* (nullable): for bills, or what they cost */
  JuminGoing going;                /* when the open order is closed */
  gboolean till_differs;           /* from the platform, and staff have been told */
  JuminPayWay next_way;            /* if by another way to pay: this one */
  gpointer confirm_timer;          /* so long it is waited for what became of a payment */
  gboolean dropping;               /* the payment of the scene goes, and its page after it */
  char *used_code;                 /* (nullable): digest of the payment code that was shown last */
  gboolean ended;                  /* disposed: nothing is started any more */
  char *ticket_wish;               /* (nullable): which number is being asked for */
  char *ticket_key;                /* and its idempotency key */
  gpointer end_timer, warn_timer, grace_timer, settle_timer, left_timer, slow_timer, resend_timer,
      hall_timer, printer_timer, sheets_timer, minute_timer, veil_timer;
  gboolean hall_busy, catalogue_known, printer_busy, sheets_busy;
  guint rest_minutes;            /* until hall and printers are asked in any case */
  JuminPageTroubles sheets_told; /* of the A4 printer, that have begun */
  guint slips;                   /* on their way to the printer */
  GQueue reports;                /* of troubles, that the platform has not got yet */
  gboolean reporting;
  char *help_id;     /* the call that is followed; NULL: none */
  gint64 help_since; /* monotonic: when the person called */
  gboolean help_calling, help_escalated;
  guint help_turn; /* whose call it is */
  gpointer help_timer;
};

/* terminal.c */
void jumin_terminal_show (JuminTerminal *self, JuminPage page);
void jumin_terminal_redraw (JuminTerminal *self);
void jumin_terminal_show_trouble (JuminTerminal *self, JuminTrouble trouble);
void jumin_terminal_note_trouble (JuminTerminal *self, JuminTrouble trouble);
void jumin_terminal_show_slowly (JuminTerminal *self, JuminBusy busy);
char *jumin_terminal_dup_value (GVariant *values, const char *name);

/* visit.c */
void jumin_visit_begin (JuminTerminal *self, const char *how);
void jumin_visit_end (JuminTerminal *self, const char *why);
void jumin_visit_break_off (JuminTerminal *self, JuminTrouble why);
void jumin_visit_set_deadline (JuminTerminal *self);
void jumin_visit_set_mode (JuminTerminal *self, const char *mode, const char *value);
void jumin_visit_go_home (JuminTerminal *self);
void jumin_visit_go_back (JuminTerminal *self);

/* slot.c */
void jumin_slot_start (JuminTerminal *self);
void jumin_slot_stop (JuminTerminal *self);
void jumin_slot_look (JuminTerminal *self);
gboolean jumin_slot_lose_read (JuminTerminal *self, const GError *error, JuminLostRead read);

/* arrival.c */
void jumin_arrival_read_card (JuminTerminal *self);
void jumin_arrival_go_on (JuminTerminal *self);
void jumin_arrival_card_gone (JuminTerminal *self, JuminTrouble why);
gboolean jumin_arrival_refuse_unlogged (JuminTerminal *self);
void jumin_arrival_accept (JuminTerminal *self, JuminIdentity *identity);
void jumin_arrival_agree (JuminTerminal *self);
void jumin_arrival_decline (JuminTerminal *self);
void jumin_arrival_retry (JuminTerminal *self);
JuminTrouble jumin_arrival_trouble_for (const GError *error);
gboolean jumin_arrival_is_about_card (const JuminScene *scene);

/* login.c */
void jumin_login_ask (JuminTerminal *self);
void jumin_login_agree (JuminTerminal *self);
void jumin_login_type (JuminTerminal *self, const char *key);
void jumin_login_send (JuminTerminal *self);
void jumin_login_resend (JuminTerminal *self);
void jumin_login_check (JuminTerminal *self);
void jumin_login_back (JuminTerminal *self);
void jumin_login_retry (JuminTerminal *self);
void jumin_login_stop (JuminTerminal *self);

/* look.c */
void jumin_look_start (JuminTerminal *self);
void jumin_look_follow (JuminTerminal *self);

/* code.c */
void jumin_code_take (JuminTerminal *self, GBytes *text);
void jumin_code_stop (JuminTerminal *self);
gboolean jumin_code_is_turning (const JuminTerminal *self);

/* line.c */
void jumin_line_start (JuminTerminal *self, const char *service);
void jumin_line_start_matter (JuminTerminal *self, const char *matter);
void jumin_line_advance (JuminTerminal *self);
void jumin_line_back (JuminTerminal *self);
void jumin_line_stand_at (JuminScene *scene, const JuminStep *step);
void jumin_line_return_to (JuminTerminal *self, const JuminStep *step);
void jumin_line_enter (JuminTerminal *self);
void jumin_line_take_priority (JuminTerminal *self, GVariant *values);
const JuminStep *jumin_line_get_step (const JuminScene *scene);

/* surroundings.c */
void jumin_surroundings_start (JuminTerminal *self);
void jumin_surroundings_stop (JuminTerminal *self);
void jumin_surroundings_ask_hall (JuminTerminal *self);
void jumin_surroundings_wake (JuminTerminal *self);
void jumin_surroundings_tell_time (JuminTerminal *self);
guint jumin_surroundings_wait_ms (const JuminTerminal *self, guint ms);

/* help.c */
void jumin_help_call (JuminTerminal *self);
void jumin_help_forget (JuminTerminal *self);

/* reports.c */
void jumin_terminal_set_failure (JuminTerminal *self, JuminTrouble trouble, gboolean there);
void jumin_reports_add (JuminTerminal *self, JuminTrouble trouble, gboolean began);
void jumin_reports_send (JuminTerminal *self);
void jumin_reports_clear (JuminTerminal *self);

/* printer-watch.c */
void jumin_printer_watch_check (JuminTerminal *self);
void jumin_printer_watch_stop (JuminTerminal *self);
void jumin_printer_watch_take (JuminTerminal *self, const JuminPrinterStatus *status);

/* sheets-watch.c */
void jumin_sheets_watch_start (JuminTerminal *self);
void jumin_sheets_watch_check (JuminTerminal *self);
void jumin_sheets_watch_stop (JuminTerminal *self);

/* today-step.c */
void jumin_today_step_ask (JuminTerminal *self);
void jumin_today_step_forget (JuminTerminal *self);
void jumin_today_step_take_appointment (JuminTerminal *self, const char *id);
void jumin_today_step_take_again (JuminTerminal *self);

/* record-step.c */
void jumin_record_step_forget (JuminTerminal *self);

/* review-step.c */
void jumin_review_step_leave_section (JuminTerminal *self);

/* veil.c */
void jumin_veil_follow (JuminTerminal *self);

/* fetch-step.c */
void jumin_fetch_step_forget (JuminTerminal *self);

/* verify-step.c */
void jumin_verify_step_take (JuminTerminal *self, GBytes *text);
/* papers.c */
void jumin_papers_start (JuminTerminal *self);
void jumin_papers_forget (JuminTerminal *self);
gboolean jumin_papers_refuse (JuminTerminal *self);
void jumin_papers_go_on (JuminTerminal *self);
void jumin_papers_tell (JuminTerminal *self, const GError *error);
JuminPaperAsked *jumin_papers_begin_turn (JuminTerminal *self);
gboolean jumin_papers_is_awaited (const JuminPaperAsked *asked);
void jumin_paper_asked_free (JuminPaperAsked *asked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPaperAsked, jumin_paper_asked_free)

/* money.c */
GCancellable *jumin_money_begin_call (JuminTerminal *self);
gboolean jumin_money_is_awaited (JuminTerminal *self, GAsyncResult *result);
void jumin_money_tell (JuminTerminal *self, const GError *error, JuminTrouble otherwise);
void jumin_money_forget (JuminTerminal *self);

/* cashier-watch.c */
void jumin_cashier_watch_start (JuminTerminal *self);
gboolean jumin_cashier_watch_close (JuminTerminal *self, JuminGoing going);
void jumin_cashier_watch_drop (JuminTerminal *self);
gboolean jumin_cashier_watch_tell (JuminTerminal *self);
void jumin_cashier_watch_hear (JuminTerminal *self);

/* bills-step.c */
void jumin_bills_step_show (JuminTerminal *self);

/* account.c */
void jumin_account_ask (JuminTerminal *self);
void jumin_account_choose (JuminTerminal *self, const char *id);
void jumin_account_type (JuminTerminal *self, const char *key);
void jumin_account_find (JuminTerminal *self);
void jumin_account_forget (JuminTerminal *self);

/* pay-step.c */
void jumin_pay_step_take_way (JuminTerminal *self);
gboolean jumin_pay_step_take_code (JuminTerminal *self, GBytes *text, JuminTrouble *trouble);
void jumin_pay_step_check (JuminTerminal *self);

/* receipt-step.c */
void jumin_receipt_step_follow (JuminTerminal *self);
void jumin_receipt_step_reprint (JuminTerminal *self);
void jumin_receipt_step_pay_again (JuminTerminal *self);

/* papers-step.c */
void jumin_papers_step_ask (JuminTerminal *self);

/* sheets-step.c */
void jumin_sheets_step_follow (JuminPaperDesk *desk, int copy, int pages, guint troubles,
                               JuminTerminal *self);
void jumin_sheets_step_print_again (JuminTerminal *self);

/* print-step.c */
void jumin_print_step_print (JuminTerminal *self, gboolean reprint);

G_END_DECLS
