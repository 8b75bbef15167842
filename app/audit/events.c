/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of the audit log and the fields that each may carry.
 *
 * There is no free text: a value is a small word, a number or a queue number, so that no name, no
 * 公民身份号码 and no card identifier can get in. A queue number is not personal. */
#include "audit/events.h"

#include <string.h>

#include "audit/chain.h"

enum
{
  INTEGER_MAX = 11, /* "-2147483648" */
  FEN_MAX = 13,
  TICKET_MAX = 8
};

typedef struct
{
  guint id; /* never given to another event; 1xx machine, 2xx visit, 3xx person, 4xx number,
              5xx trouble, 6xx ui, 7xx paper, 8xx payment */
  const char *name;
  JuminAuditField fields[JUMIN_AUDIT_FIELDS_MAX + 1];
} EventRow;

static const EventRow events[JUMIN_AUDIT_EVENTS] = {
  [JUMIN_AUDIT_START] = { 100, "start", { { "version", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_STOP] = { 101, "stop", { { "why", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_REPAIRED] = { 110, "repaired", { { "bytes", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_LOST] = { 111, "lost", { { "records", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_FILE_BEGAN] = { 112, "file-began", { { "previous", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_FILE_REMOVED] = { 113, "file-removed", { { "through", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_CUT_OFF] = { 114, "cut-off", { { "anchored", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_VISIT_BEGAN] = { 200, "visit-began", { { "how", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_VISIT_ENDED] = { 201, "visit-ended", { { "why", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CARD_SEEN] = { 300, "card-seen", { { "version", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CARD_REMOVED] = { 301, "card-removed", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CARD_REFUSED] = { 302, "card-refused", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CONSENT_GIVEN] = { 303, "consent-given", { { "how", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CODE_SENT] = { 305, "code-sent", { { NULL } } },
  [JUMIN_AUDIT_CODE_REFUSED] = { 306, "code-refused", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_HOLDER_READ] = { 304, "holder-read", { { "proof", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_RECORD_SHOWN] = { 307, "record-shown", { { "record", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_RECORD_REVEALED] = { 308, "record-revealed", { { "service", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_LIST_ASKED] = { 405, "list-asked", { { "matter", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TICKET_ASKED] = { 400, "ticket-asked", { { "matter", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TICKET_TAKEN] = { 401,
                                 "ticket-taken",
                                 { { "number", JUMIN_AUDIT_TICKET },
                                   { "live", JUMIN_AUDIT_INTEGER },
                                   { "priority", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TICKET_REFUSED] = { 402, "ticket-refused", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TICKET_PRINTED]
  = { 403,
      "ticket-printed",
      { { "number", JUMIN_AUDIT_TICKET }, { "reprint", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_TICKET_PRINT_FAILED] = { 404,
                                        "ticket-print-failed",
                                        { { "number", JUMIN_AUDIT_TICKET },
                                          { "why", JUMIN_AUDIT_WORD },
                                          { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_PAPER_ASKED] = { 700, "paper-asked", { { "kind", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_PAPER_REFUSED]
  = { 701, "paper-refused", { { "kind", JUMIN_AUDIT_WORD }, { "fault", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_PAPER_RELEASED] = { 702,
                                   "paper-released",
                                   { { "kind", JUMIN_AUDIT_WORD },
                                     { "copies", JUMIN_AUDIT_INTEGER },
                                     { "pages", JUMIN_AUDIT_INTEGER },
                                     { "sm3", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_PAPER_ENDED] = { 703,
                                "paper-ended",
                                { { "outcome", JUMIN_AUDIT_WORD },
                                  { "copies", JUMIN_AUDIT_INTEGER },
                                  { "pages", JUMIN_AUDIT_INTEGER },
                                  { "sm3", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_PAPER_RECONCILED] = { 704,
                                     "paper-reconciled",
                                     { { "outcome", JUMIN_AUDIT_WORD },
                                       { "copies", JUMIN_AUDIT_INTEGER },
                                       { "pages", JUMIN_AUDIT_INTEGER },
                                       { "sm3", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_PAPER_CONFIRMED]
  = { 705, "paper-confirmed", { { "got", JUMIN_AUDIT_WORD }, { "sm3", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_PAPER_SETTLED_ELSE]
  = { 706, "paper-settled-else", { { "outcome", JUMIN_AUDIT_WORD }, { "sm3", JUMIN_AUDIT_HASH } } },
  [JUMIN_AUDIT_PAPERS_LOCKED] = { 707, "papers-locked", { { "fault", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_PAPERS_UNLOCKED] = { 708, "papers-unlocked", { { NULL } } },
  [JUMIN_AUDIT_PAYMENT_STATE] = { 800,
                                  "payment-state",
                                  { { "payment", JUMIN_AUDIT_WORD },
                                    { "state", JUMIN_AUDIT_WORD },
                                    { "way", JUMIN_AUDIT_WORD },
                                    { "fen", JUMIN_AUDIT_FEN } } },
  [JUMIN_AUDIT_PAYMENT_ALARM] = { 801,
                                  "payment-alarm",
                                  { { "payment", JUMIN_AUDIT_WORD },
                                    { "state", JUMIN_AUDIT_WORD },
                                    { "fen", JUMIN_AUDIT_FEN } } },
  [JUMIN_AUDIT_PAYMENT_RECONCILED] = { 802,
                                       "payment-reconciled",
                                       { { "matched", JUMIN_AUDIT_INTEGER },
                                         { "missing", JUMIN_AUDIT_INTEGER },
                                         { "extra", JUMIN_AUDIT_INTEGER },
                                         { "amount", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_HELP_CALLED] = { 202, "help-called", { { "page", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TROUBLE_TOLD] = { 500, "trouble-told", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TROUBLE_BEGAN] = { 501, "trouble-began", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_TROUBLE_ENDED] = { 502, "trouble-ended", { { "trouble", JUMIN_AUDIT_WORD } } },
  [JUMIN_AUDIT_CLOCK_CORRECTED]
  = { 103, "clock-corrected", { { "seconds", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_CERTIFICATE] = { 105, "certificate", { { "days", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_CLOCK_REFUSED] = { 104, "clock-refused", { { "seconds", JUMIN_AUDIT_INTEGER } } },
  [JUMIN_AUDIT_UI_CONNECTED] = { 600, "ui-connected", { { NULL } } },
  [JUMIN_AUDIT_UI_LOST] = { 601, "ui-lost", { { "why", JUMIN_AUDIT_WORD } } },
};

const char *
jumin_audit_event_get_name (JuminAuditEvent event)
{
  return events[event].name;
}

/* The number that this event has in every release. */
guint
jumin_audit_event_get_id (JuminAuditEvent event)
{
  return events[event].id;
}

/**
 * jumin_audit_event_find:
 *
 * Returns: the event @name; %JUMIN_AUDIT_EVENTS: there is none
 */
JuminAuditEvent
jumin_audit_event_find (const char *name)
{
  JuminAuditEvent event = 0;

  while (event < JUMIN_AUDIT_EVENTS && strcmp (events[event].name, name) != 0)
    event++;
  return event;
}

/**
 * jumin_audit_event_tells_trouble:
 *
 * Returns: whether there is an event @name, and it may carry the id of a trouble
 */
gboolean
jumin_audit_event_tells_trouble (const char *name)
{
  JuminAuditEvent event = jumin_audit_event_find (name);

  return event < JUMIN_AUDIT_EVENTS && jumin_audit_event_find_field (event, "trouble") != NULL;
}

/**
 * jumin_audit_event_find_field:
 *
 * Returns: (nullable) (transfer none): the field @name, if @event may carry it
 */
const JuminAuditField *
jumin_audit_event_find_field (JuminAuditEvent event, const char *name)
{
  for (const JuminAuditField *field = events[event].fields; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

static gboolean
check_integer (const char *value)
{
  return g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, NULL, NULL)
         && strlen (value) <= INTEGER_MAX;
}

/* Returns: whether a value of @kind stands in the record without quotes */
gboolean
jumin_audit_kind_is_number (JuminAuditKind kind)
{
  return kind == JUMIN_AUDIT_INTEGER || kind == JUMIN_AUDIT_FEN;
}

/**
 * jumin_audit_kind_check:
 *
 * Returns: whether @value may stand in the log as it is, between quotes of JSON
 */
gboolean
jumin_audit_kind_check (JuminAuditKind kind, const char *value)
{
  static const char word[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  static const char ticket[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  size_t length = strlen (value);

  if (kind == JUMIN_AUDIT_INTEGER)
    return check_integer (value);
  if (kind == JUMIN_AUDIT_FEN)
    return length > 0 && length <= FEN_MAX && strspn (value, "0123456789") == length;
  if (kind == JUMIN_AUDIT_HASH)
    return length == JUMIN_AUDIT_HASH_LENGTH && strspn (value, "0123456789abcdef") == length;
  if (kind == JUMIN_AUDIT_TICKET)
    return length > 0 && length <= TICKET_MAX && strspn (value, ticket) == length;
  return length > 0 && length <= JUMIN_AUDIT_WORD_MAX && strspn (value, word) == length;
}
