/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_AUDIT_FIELDS_MAX = 4, /* of one event */
  JUMIN_AUDIT_WORD_MAX = 32   /* bytes of one value */
};

/**
 * JuminAuditEvent:
 *
 * What may be written down. Number, name and allowed fields of each are in events.c.
 */
typedef enum
{
  JUMIN_AUDIT_START,
  JUMIN_AUDIT_STOP,
  JUMIN_AUDIT_REPAIRED, /* the log itself: the torn end was cut off */
  JUMIN_AUDIT_LOST,     /* the log itself: records that found no room */
  JUMIN_AUDIT_FILE_BEGAN,
  JUMIN_AUDIT_FILE_REMOVED, /* for its age, with all before it */
  JUMIN_AUDIT_CUT_OFF,      /* the platform knows of a later end than the log has */
  JUMIN_AUDIT_VISIT_BEGAN,
  JUMIN_AUDIT_VISIT_ENDED,
  JUMIN_AUDIT_CARD_SEEN,
  JUMIN_AUDIT_CARD_REMOVED,
  JUMIN_AUDIT_CARD_REFUSED,
  JUMIN_AUDIT_CONSENT_GIVEN,
  JUMIN_AUDIT_CODE_SENT,
  JUMIN_AUDIT_CODE_REFUSED,
  JUMIN_AUDIT_HOLDER_READ,
  JUMIN_AUDIT_RECORD_SHOWN,
  JUMIN_AUDIT_RECORD_REVEALED, /* its figures, because the person asked for them */
  JUMIN_AUDIT_LIST_ASKED,
  JUMIN_AUDIT_TICKET_ASKED,
  JUMIN_AUDIT_TICKET_TAKEN,
  JUMIN_AUDIT_TICKET_REFUSED,
  JUMIN_AUDIT_TICKET_PRINTED,
  JUMIN_AUDIT_TICKET_PRINT_FAILED,
  JUMIN_AUDIT_PAPER_ASKED,
  JUMIN_AUDIT_PAPER_REFUSED,      /* by the interlock: it was not that of whoever was there */
  JUMIN_AUDIT_PAPER_RELEASED,     /* to the A4 printer */
  JUMIN_AUDIT_PAPER_ENDED,        /* what came out of it */
  JUMIN_AUDIT_PAPER_RECONCILED,   /* the same, found out after a restart */
  JUMIN_AUDIT_PAPER_CONFIRMED,    /* what the person says of it */
  JUMIN_AUDIT_PAPER_SETTLED_ELSE, /* the platform was told another outcome before */
  JUMIN_AUDIT_PAPERS_LOCKED,
  JUMIN_AUDIT_PAPERS_UNLOCKED,    /* by staff */
  JUMIN_AUDIT_PAYMENT_STATE,      /* it became another one, which is on the disk */
  JUMIN_AUDIT_PAYMENT_ALARM,      /* the platform said of it what cannot be */
  JUMIN_AUDIT_PAYMENT_RECONCILED, /* a day's payments beside the platform's list */
  JUMIN_AUDIT_HELP_CALLED,
  JUMIN_AUDIT_TROUBLE_TOLD,  /* to a resident */
  JUMIN_AUDIT_TROUBLE_BEGAN, /* of a device or the platform */
  JUMIN_AUDIT_TROUBLE_ENDED,
  JUMIN_AUDIT_CLOCK_CORRECTED, /* by the platform's signed time */
  JUMIN_AUDIT_CERTIFICATE,     /* days left of this machine's */
  JUMIN_AUDIT_CLOCK_REFUSED,   /* the platform's time was too far away */
  JUMIN_AUDIT_UI_CONNECTED,
  JUMIN_AUDIT_UI_LOST,
  JUMIN_AUDIT_EVENTS
} JuminAuditEvent;

typedef enum
{
  JUMIN_AUDIT_WORD,    /* a-z, 0-9, -, _ and . */
  JUMIN_AUDIT_INTEGER, /* digits, at most ten, perhaps after a minus */
  JUMIN_AUDIT_FEN,     /* an amount: digits, at most thirteen */
  JUMIN_AUDIT_HASH,    /* of a record or a paper: 64 hexadecimal digits */
  JUMIN_AUDIT_TICKET   /* a queue number: A-Z and digits, at most eight */
} JuminAuditKind;

/**
 * JuminAuditField:
 * @name: as in the record; %NULL ends the list
 * @kind: what its value must be
 */
typedef struct
{
  const char *name;
  JuminAuditKind kind;
} JuminAuditField;

const char *jumin_audit_event_get_name (JuminAuditEvent event);
guint jumin_audit_event_get_id (JuminAuditEvent event);
JuminAuditEvent jumin_audit_event_find (const char *name);
gboolean jumin_audit_event_tells_trouble (const char *name);
const JuminAuditField *jumin_audit_event_find_field (JuminAuditEvent event, const char *name);
gboolean jumin_audit_kind_is_number (JuminAuditKind kind);
gboolean jumin_audit_kind_check (JuminAuditKind kind, const char *value);

G_END_DECLS
