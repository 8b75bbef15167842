/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/page-printer.h"
#include "model/card.h"
#include "model/catalogue.h"
#include "model/biller.h"
#include "model/hall.h"
#include "model/identity.h"
#include "model/document.h"
#include "model/login.h"
#include "model/payment.h"
#include "model/scan-message.h"
#include "model/secret.h"
#include "model/trouble.h"
#include "payment/cashier.h"
#include "platform/document-seal.h"

G_BEGIN_DECLS

typedef enum
{
  JUMIN_PAGE_HOME,
  JUMIN_PAGE_SERVICES, /* all of them, by families */
  JUMIN_PAGE_CONSENT,
  JUMIN_PAGE_CHOOSE,
  JUMIN_PAGE_CHECKLIST,
  JUMIN_PAGE_IDENTIFY,
  JUMIN_PAGE_NUMBER, /* the ID number is typed */
  JUMIN_PAGE_CODE,   /* the code that came by message is typed */
  JUMIN_PAGE_WAIT,
  JUMIN_PAGE_TICKET,
  JUMIN_PAGE_RECORD,
  JUMIN_PAGE_VERIFY,    /* whether a paper is genuine */
  JUMIN_PAGE_NO_SHEETS, /* A4 does not come out now */
  JUMIN_PAGE_PAPERS,    /* which paper */
  JUMIN_PAGE_PREVIEW,   /* the paper, before it is printed */
  JUMIN_PAGE_SHEETS,    /* it is being printed, and what came of it */
  JUMIN_PAGE_BILLS,     /* which bills are to be paid */
  JUMIN_PAGE_ACCOUNT,   /* the account number of another household is typed */
  JUMIN_PAGE_PAY,       /* the order's code, or the camera, or the card's account */
  JUMIN_PAGE_PAID,      /* what became of a payment, when it is known */
  JUMIN_PAGE_UNKNOWN,   /* and while it is not */
  JUMIN_PAGE_NOTICE,
  JUMIN_PAGE_TAKE_CARD,
  JUMIN_PAGE_OUT_OF_SERVICE,
  JUMIN_N_PAGES
} JuminPage;

typedef enum
{
  JUMIN_DIALOG_NONE,
  JUMIN_DIALOG_ENDING, /* are you still there? */
  JUMIN_DIALOG_CODE,   /* the page's code, large */
  JUMIN_DIALOG_HELP
} JuminDialog;

typedef enum
{
  JUMIN_HELP_CALLING,
  JUMIN_HELP_SENT,
  JUMIN_HELP_LATE,  /* nobody has answered in time */
  JUMIN_HELP_AGAIN, /* and other people have been called */
  JUMIN_HELP_ACKNOWLEDGED,
  JUMIN_HELP_NOBODY,     /* sent, but nobody is on duty */
  JUMIN_HELP_UNANSWERED, /* by anybody */
  JUMIN_HELP_FAILED      /* it could not be sent */
} JuminHelp;

typedef enum
{
  JUMIN_SLIP_NONE, /* nothing was printed now */
  JUMIN_SLIP_PRINTING,
  JUMIN_SLIP_PRINTED,
  JUMIN_SLIP_FAILED, /* nothing came out */
  JUMIN_SLIP_UNKNOWN /* perhaps */
} JuminSlip;

/* The list of what to bring, for who lacks something. */
typedef enum
{
  JUMIN_LIST_NONE, /* nobody asked for it */
  JUMIN_LIST_PRINTING,
  JUMIN_LIST_PRINTED,
  JUMIN_LIST_FAILED
} JuminList;

/* Sheets of A4: what became of the paper that was released. */
typedef enum
{
  JUMIN_SHEETS_NONE, /* nothing was sent to the printer */
  JUMIN_SHEETS_PRINTING,
  JUMIN_SHEETS_STOPPED, /* it waits for somebody: paper, jam, cover */
  JUMIN_SHEETS_PRINTED,
  JUMIN_SHEETS_PARTLY, /* some came out: the number is void */
  JUMIN_SHEETS_FAILED, /* nothing came out */
  JUMIN_SHEETS_UNKNOWN /* nobody knows: the person is asked */
} JuminSheets;

/* What the person says of them. */
typedef enum
{
  JUMIN_GOT_UNASKED,
  JUMIN_GOT_ASKED,
  JUMIN_GOT_ALL,
  JUMIN_GOT_LESS
} JuminGot;

/* What is chosen of a record instead of a kind of the platform's papers: the sheet that this
 * machine composes of it, without a seal. */
#define JUMIN_PAPER_STATEMENT "statement"

typedef enum
{
  JUMIN_BUSY_CARD,
  JUMIN_BUSY_HOLDER,
  JUMIN_BUSY_MESSAGE, /* a code is being sent */
  JUMIN_BUSY_CODE,    /* a code is being checked */
  JUMIN_BUSY_TICKET,
  JUMIN_BUSY_RECORD,
  JUMIN_BUSY_PAPER,
  JUMIN_BUSY_BILLS,
  JUMIN_BUSY_QUOTE,     /* what it costs is being asked */
  JUMIN_BUSY_CLOSING,   /* a payment is being closed, before anything else is offered */
  JUMIN_BUSY_CONFIRMING /* what became of it is being asked */
} JuminBusy;

/* What is to be said beside the keypad. */
typedef enum
{
  JUMIN_TYPED_FINE,
  JUMIN_TYPED_UNLIKELY, /* no ID number is like this */
  JUMIN_TYPED_WRONG,    /* the code was another one */
  JUMIN_TYPED_EXPIRED   /* the code is too old */
} JuminTyped;

/* Whether one can come by code at this machine. */
typedef enum
{
  JUMIN_CODES_NONE, /* it has nothing that reads codes */
  JUMIN_CODES_OFF,  /* there is nobody to ask whose a code is */
  JUMIN_CODES_ON
} JuminCodes;

/* "I have paid, and nothing changed here": what the platform says to it. */
typedef enum
{
  JUMIN_PAY_CHECK_NONE,
  JUMIN_PAY_CHECK_ASKED,
  JUMIN_PAY_CHECK_NOTHING, /* it has no money of it, as of now */
  JUMIN_PAY_CHECK_SILENT   /* it does not say */
} JuminPayCheck;

/**
 * JuminModes:
 * @language: "zh" or "en", a constant
 *
 * How this resident sees and reaches; they end with the visit.
 */
typedef struct
{
  const char *language;
  gboolean elder, contrast, reach;
} JuminModes;

/**
 * JuminScene:
 * @page: where the person is
 * @page_number: changes when the person is somewhere else or an action means something else
 * @modes: of this visit
 * @hall_name, @machine, @reader_place, @slip_place, @scanner_place: of this machine, from
 *   configuration
 * @desk_place, @desk_phone: where people help; the telephone may be ""
 * @now: time of day, Unix seconds
 * @minute_end: while nobody uses the machine: when its minute is over, CLOCK_MONOTONIC microseconds
 * @deadline, @deadline_total: end of the visit and the time it began with, microseconds; 0: none
 * @catalogue: the services
 * @troubles: what is said about each trouble
 * @hall: (nullable): what the queue system said last
 * @printer_ready: a slip would come out; @printer_trouble: if not, why; @paper_low: not for long
 * @queue_down: the platform answers, its queue system does not; @hall is old or empty
 * @card_in: a card lies in the reader
 * @card_known: @card has been read
 * @reader_missing: it does not serve, and @reader_trouble is why
 * @reader_lost: it is gone with the card in it; the page stays for a while
 * @codes: whether codes are read here; @scan_preview: and what is seen can be shown
 * @scan_state, @scan_hint: what the scanner says, while it looks
 * @scanner_failed: it did not work when it last looked, and @scanner_trouble is why
 * @code_checking: the platform is being asked whose code was shown, and takes its time
 * @code_told: the last code was not good, and @code_trouble is why
 * @code_agreed: a code was shown and sent to the platform, in this visit
 * @identity: (nullable): who is here
 * @today: (nullable): what waits for them today
 * @by_number: the person comes by ID number and message, not by card
 * @number_agreed: the number may be sent to the platform, in this visit
 * @typed: (nullable): what is on the keypad
 * @typed_is: how that is
 * @login: (nullable): the code that was sent; its holder is never here
 * @masked_number: (nullable): whose it is, masked
 * @resend_at: when another code can be sent, CLOCK_MONOTONIC microseconds; 0: now
 * @flow: (nullable): line of steps, see flow.h; @step: where in it
 * @need: how well the service must know who comes
 * @matter, @priority: (nullable): what was chosen
 * @list: what became of the printed list of papers
 * @ticket: (nullable): the number
 * @slip: what became of its paper; @reprints_left: how often a number may
 *   be printed again in this visit
 * @shelf: (nullable): of which service the page of all services shows the neighbours; %NULL: the
 *   families. A journey that was begun there leads back to it
 * @service: (nullable): of the journey, one of @catalogue
 * @records: answers to the service's records, by its order; %NULL: not asked, or no answer
 * @section: which of them is looked at closely; -1: none
 * @section_page: (nullable): a further page of it that is looked at, instead of its first one
 * @asked_page: the page of it that is on its way; 0: none
 * @page_failed: the page that was asked for last did not come
 * @revealed: what is veiled in them is shown, because the person asked for it
 * @entitlements: (nullable): which papers the person can have
 * @paper: (nullable): the kind that was chosen of them, or %JUMIN_PAPER_STATEMENT
 * @large_print: the statement is composed in large letters
 * @document: (nullable): the paper as it will be printed
 * @document_shown: it is to be seen, because the person asked for it
 * @copies: how many were asked for
 * @sheets: what became of them; @sheet_copy, @sheet_page: so many pages of this copy (from 1) are
 *   out; @sheet_troubles: what the printer waits for
 * @got: whether the person holds them all, where nobody else knows
 * @sheets_left: the visit is over, and sheets of it lie there or still come
 * @replacement: a number is void, and the platform gives another paper for it
 * @sheet_printer: there is an A4 printer; @sheets_ready: a sheet would come out, @sheets_trouble:
 *   if not, why; @sheets_low: not for long
 * @papers_locked: a paper was not this visit's: no paper goes out until staff have looked
 * @ledger_failed: none goes out, because the print ledger cannot be written
 * @verifies: papers can be verified here: something reads codes, and the platform's keys are known
 * @verification: (nullable): what the code on a paper said, which the platform has signed
 * @unsigned_paper: the code of a paper was shown that it has not signed
 * @sheet_place: where sheets come out, of this machine, from configuration
 * @till: why nothing can be paid now; @till_there: this machine takes payments at all
 * @billers: (nullable): whose bills can be paid here
 * @bills: (nullable): the households that are looked at
 * @biller: (nullable): whose account number is typed, of @billers; the digits are in @typed, and
 *   @typed_is says that nobody has this number
 * @basket: (nullable) (array zero-terminated=1): ids of the bills that were chosen
 * @quote: (nullable): what they cost
 * @way: how it is to be paid
 * @payment: (nullable): as the till has it; what may be said of it: jumin_payment_get_say()
 * @leaving: it is being closed because the person goes; @changing: because they want another way
 * @pay_check, @pay_checked_at: what came of "I have paid", Unix seconds
 * @trouble: what the notice page is about
 * @trouble_when: Unix seconds that it speaks of, @trouble_tries: how many more; 0: of none
 * @platform_silent: it does not answer as it should, and @platform_trouble is why
 * @provisioned: %FALSE: this machine has no platform yet
 *
 * All that the screen is a function of: the view builder reads nothing else. The terminal owns and
 * changes it.
 */
typedef struct
{
  JuminPage page;
  guint64 page_number;
  JuminModes modes;
  JuminText hall_name, machine, reader_place, slip_place, scanner_place, desk_place;
  char *desk_phone;
  gint64 now, minute_end, deadline, deadline_total;
  const JuminCatalogue *catalogue;
  const JuminTroubles *troubles;
  JuminHall *hall;
  JuminTrouble printer_trouble;
  gboolean card_in, card_known, reader_missing, reader_lost, paper_low, printer_ready,
      platform_silent, queue_down, provisioned, in_visit;
  JuminCard card;
  JuminCodes codes;
  JuminScanState scan_state;
  JuminScanHint scan_hint;
  gboolean scan_preview, scanner_failed, code_checking, code_told, code_agreed;
  JuminTrouble scanner_trouble, code_trouble;
  JuminIdentity *identity;
  JuminToday *today;
  gboolean by_number, number_agreed;
  JuminSecret *typed;
  JuminTyped typed_is;
  JuminLogin *login;
  char *masked_number;
  gint64 resend_at;
  const struct _JuminFlow *flow;
  guint step;
  JuminNeed need;
  char *matter, *priority;
  JuminTicket *ticket;
  JuminSlip slip;
  guint reprints_left;
  JuminList list;
  JuminBusy busy;
  char *shelf;
  const JuminService *service;
  JuminRecord *records[JUMIN_SERVICE_RECORDS_MAX];
  int section, asked_page;
  JuminRecord *section_page;
  gboolean page_failed;
  gboolean revealed;
  JuminEntitlements *entitlements;
  char *paper;
  gboolean large_print;
  JuminDocument *document;
  gboolean document_shown;
  int copies;
  JuminSheets sheets;
  int sheet_copy, sheet_page;
  JuminPageTroubles sheet_troubles;
  JuminGot got;
  gboolean sheets_left, replacement;
  gboolean sheet_printer, sheets_ready, sheets_low, papers_locked, ledger_failed;
  JuminTrouble sheets_trouble;
  JuminText sheet_place;
  gboolean verifies, unsigned_paper;
  JuminVerification *verification;
  JuminTillClosed till;
  const JuminBillers *billers;
  JuminBills *bills;
  const JuminBiller *biller;
  char **basket;
  JuminQuote *quote;
  JuminPayWay way;
  JuminPayment *payment;
  gboolean till_there, leaving, changing;
  JuminPayCheck pay_check;
  gint64 pay_checked_at;
  JuminTrouble reader_trouble, platform_trouble, trouble;
  gint64 trouble_when;
  int trouble_tries;
  JuminDialog dialog;
  JuminHelp help;
} JuminScene;

const char *jumin_page_get_name (JuminPage page);
void jumin_scene_end_login (JuminScene *scene);
void jumin_scene_end_verification (JuminScene *scene);
void jumin_scene_end_papers (JuminScene *scene);
void jumin_scene_end_payment (JuminScene *scene);
void jumin_scene_end_bills (JuminScene *scene);
void jumin_scene_end_section (JuminScene *scene);
const JuminRecord *jumin_scene_get_section (const JuminScene *scene);
gboolean jumin_scene_may_have (const JuminScene *scene, const char *paper);
void jumin_scene_end_journey (JuminScene *scene);
void jumin_scene_end_visit (JuminScene *scene);
void jumin_scene_clear (JuminScene *scene);
const char *jumin_scene_get_phone_code (const JuminScene *scene);
JuminTrouble jumin_scene_get_slip_trouble (const JuminScene *scene, JuminSlip slip);
guint jumin_scene_count_missing (const JuminScene *scene);
gboolean jumin_scene_is_printing (const JuminScene *scene);
gboolean jumin_scene_holds_number (const JuminScene *scene);
gboolean jumin_scene_has_open_order (const JuminScene *scene);
gboolean jumin_scene_takes_way (const JuminScene *scene, JuminPayWay way);
gboolean jumin_till_find_trouble (JuminTillClosed closed, JuminTrouble *trouble);
gboolean jumin_look_find_trouble (const JuminScene *scene, JuminTrouble *trouble);

G_END_DECLS
