/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "devices/card-reader.h"
#include "devices/code-scanner.h"
#include "devices/page-printer.h"
#include "devices/printer.h"
#include "journey/paper-desk.h"
#include "journey/scene.h"
#include "model/clock.h"
#include "model/code-kind.h"
#include "payment/till.h"
#include "platform/city-code-client.h"
#include "platform/documents-client.h"
#include "platform/hall-client.h"
#include "platform/payments-client.h"

G_BEGIN_DECLS

/**
 * JuminTerminalTools:
 * @scanner: (nullable): %NULL where nothing reads codes
 * @sheet_printer: (nullable): %NULL where there is no A4 printer
 * @client: (nullable): %NULL while the machine is not provisioned, and @documents with it
 * @desk: (nullable): by which papers leave the machine; %NULL where there is no A4 printer
 * @codes: (nullable): who knows whose code was shown; %NULL: nobody is asked
 * @payments: (nullable): bills and quotes; @till: (nullable): by which they are paid. Both are
 * %NULL where this machine takes no payments
 * @keys: (nullable) (element-type EVP_PKEY): the platform's public keys, for the codes on papers;
 *   %NULL: no paper is verified
 *
 * Everything that a terminal works with; it takes references.
 */
typedef struct
{
  JuminClock *clock;
  JuminCardReader *reader;
  JuminCodeScanner *scanner;
  JuminPrinter *printer;
  JuminPagePrinter *sheet_printer;
  JuminHallClient *client;
  JuminDocumentsClient *documents;
  JuminPaperDesk *desk;
  JuminCityCodeClient *codes;
  JuminPaymentsClient *payments;
  JuminTill *till;
  JuminAudit *audit;
  JuminCatalogue *catalogue; /* (transfer full) */
  JuminTroubles *troubles;   /* (transfer full) */
  JuminCodeKinds *kinds;     /* (transfer full), NULL: no code is taken */
  JuminBillers *billers;     /* (transfer full), NULL: nobody else's bills are looked for */
  GPtrArray *keys;           /* (transfer full) */
} JuminTerminalTools;

/**
 * JuminTerminalSettings:
 * @hall_name, @machine, @reader_place, @slip_place, @scanner_place, @sheet_place: words of this
 * machine; copied
 * @desk_place, @desk_phone: where people help; copied
 * @idle_ms: without a touch a visit ends; @elder_factor times that in elderly mode
 * @idle_home_ms: the same on the signed-out home, which then forgets its modes
 * @warn_ms: how long before it the question "are you still there" comes
 * @preview_ms: how long a paper waits for a touch before it is printed
 * @sheets_ms: how long it is asked to take a paper
 * @pay_ms: how long the page of an order waits for a touch, @paid_ms: the page of what became of
 * it,
 *   @unknown_ms: and while nobody knows
 * @confirm_ms: how long it is waited for what became of it, before the person is told that nobody
 *   knows
 * @notice_ms: how long a notice waits for a touch
 * @take_card_ms: how long a card may lie there after its visit before somebody is called
 * @ticket_ms: how long the number stays
 * @grace_ms: how long a visit waits for a reader that is lost with its card
 * @goodbye_ms: how long the page after a card was taken out stays
 * @code_repeat_ms: after which time a code that is still shown is taken again; @code_tell_ms: how
 *   long it is said what was wrong with it
 * @veil_ms: without a touch for so long, what a person asked to see is veiled again
 * @slow_ms: a wait that lasts longer gets its own page
 * @hall_refresh_ms: how often the hall is asked, @printer_check_ms: the idle printer,
 *   @printer_heal_ms: one that is in trouble
 * @sheets_check_ms: how often the idle A4 printer is asked, @sheets_heal_ms: one that is in trouble
 * @rest_ms: while nobody is at the machine, hall and printers are asked no more often than this
 * @ask_got: who was printed a paper is asked for whether they hold it
 * @reprints_max: how often numbers may be printed again in one visit
 * @help_poll_ms: how often a call for help is followed; @help_ack_ms: in which time somebody should
 *   answer; @help_escalate_ms: when other people are called
 * @slip_width: dots of the ticket printer
 */
typedef struct
{
  JuminText hall_name, machine, reader_place, slip_place, scanner_place, sheet_place, desk_place;
  const char *desk_phone;
  guint idle_ms, idle_home_ms, elder_factor, warn_ms, ticket_ms, notice_ms, take_card_ms, grace_ms,
      goodbye_ms, slow_ms, hall_refresh_ms, printer_check_ms, printer_heal_ms, slip_width,
      code_repeat_ms, code_tell_ms, reprints_max, help_poll_ms, help_ack_ms, help_escalate_ms,
      veil_ms, preview_ms, sheets_ms, sheets_check_ms, sheets_heal_ms, pay_ms, paid_ms, unknown_ms,
      confirm_ms, rest_ms;
  gboolean ask_got;
} JuminTerminalSettings;

/**
 * JuminTerminal:
 *
 * One machine and the visit at it. Signal "changed": the scene is another one; build a new view.
 */
#define JUMIN_TYPE_TERMINAL (jumin_terminal_get_type ())
G_DECLARE_FINAL_TYPE (JuminTerminal, jumin_terminal, JUMIN, TERMINAL, GObject)

JuminTerminal *jumin_terminal_new (const JuminTerminalTools *tools,
                                   const JuminTerminalSettings *settings);
void jumin_terminal_start (JuminTerminal *self);
const JuminScene *jumin_terminal_get_scene (JuminTerminal *self);
/* The next page is on its way: what the last one was made of may be gone. */
gboolean jumin_terminal_is_turning (JuminTerminal *self);
gboolean jumin_terminal_act (JuminTerminal *self, const char *action, guint64 page_number,
                             GVariant *values);
int jumin_terminal_open_preview (JuminTerminal *self);
int jumin_terminal_open_document (JuminTerminal *self);

G_END_DECLS
