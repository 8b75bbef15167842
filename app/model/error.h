/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JuminRetry:
 *
 * The person can do better: nothing is broken. Domain %JUMIN_RETRY.
 */
#define JUMIN_RETRY (jumin_retry_quark ())
typedef enum
{
  JUMIN_RETRY_CARD_REVERSED,   /* no answer to reset: upside down, or no chip */
  JUMIN_RETRY_CARD_MUTE,       /* an answer to reset, then silence */
  JUMIN_RETRY_CARD_STUCK,      /* it never ends to answer: only pulling it helps */
  JUMIN_RETRY_CARD_FOREIGN,    /* no application that we know */
  JUMIN_RETRY_CARD_BANK,       /* a bank's application, none of social security */
  JUMIN_RETRY_CARD_PULLED,     /* out before it was read */
  JUMIN_RETRY_CARD_CHANGED,    /* another card than the one that began */
  JUMIN_RETRY_CARD_UNREADABLE, /* answers that no layout explains */
  JUMIN_RETRY_CARD_EXPIRED,
  JUMIN_RETRY_CODE_EXPIRED, /* shown for too long: the phone has a fresh one */
  JUMIN_RETRY_CODE_REFUSED, /* the platform knows no code like it */
  JUMIN_RETRY_CODE_KIND,    /* a code of another kind, one to pay with for instance */
  JUMIN_RETRY_CODE_HOLDER   /* it names nobody with a resident's ID number */
} JuminRetry;

/**
 * JuminFailure:
 *
 * A device or the platform is in trouble. Domain %JUMIN_FAILURE.
 */
#define JUMIN_FAILURE (jumin_failure_quark ())
typedef enum
{
  JUMIN_FAILURE_READER_MISSING, /* none is plugged in */
  JUMIN_FAILURE_READER_SERVICE, /* the card reader service is gone */
  JUMIN_FAILURE_READER_REFUSED, /* the service refuses us: polkit */
  JUMIN_FAILURE_READER_FAULTY,
  JUMIN_FAILURE_HOLDER_LOCKED, /* the card keeps its holder's fields; ask the platform */
  JUMIN_FAILURE_PRINTER_MISSING,
  JUMIN_FAILURE_PRINTER_PAPER,     /* paper end */
  JUMIN_FAILURE_PRINTER_NOT_READY, /* cover, cutter, off-line */
  JUMIN_FAILURE_PRINTER_UNKNOWN,   /* sent, never confirmed */
  JUMIN_FAILURE_PLATFORM_SILENT,   /* no connection, time-out, dropped */
  JUMIN_FAILURE_PLATFORM_REFUSED,  /* certificate or signature refused, 4xx that is ours */
  JUMIN_FAILURE_PLATFORM_INVALID,  /* an answer that breaks the interface description */
  JUMIN_FAILURE_PLATFORM_CLOCK,    /* its clock is more than a day away from ours */
  JUMIN_FAILURE_PLATFORM_EXPIRED,  /* it refused us, and our certificate is over */
  JUMIN_FAILURE_HOLDER_UNKNOWN,    /* the platform knows no holder of this card */
  JUMIN_FAILURE_QUEUE_CLOSED,      /* no number now: hours, cap */
  JUMIN_FAILURE_QUEUE_DOWN,        /* the platform answers, its queue system does not */
  JUMIN_FAILURE_APPOINTMENT,       /* not by this appointment now */
  JUMIN_FAILURE_QUEUE_IDENTITY,    /* this matter wants to know who comes */
  JUMIN_FAILURE_CODES_OUTDATED,    /* the platform of the codes wants a newer machine */
  JUMIN_FAILURE_CODES_REFUSED,     /* it does not take our keys, or we cannot open its answers */
  JUMIN_FAILURE_SERVICE_DOWN,      /* the platform answers, the office behind it does not */
  JUMIN_FAILURE_NOT_ENTITLED,      /* this person cannot have this paper now */
  JUMIN_FAILURE_OUTCOME_SETTLED,   /* another outcome of this paper was told before */
  JUMIN_FAILURE_DOCUMENT_SPOILT,   /* a paper whose digests or signature do not fit */
  JUMIN_FAILURE_DOCUMENT_FOREIGN,  /* a paper of somebody else, or that nobody asked for */
  JUMIN_FAILURE_PAPERS_LOCKED,     /* there was one: no paper goes out until staff have looked */
  JUMIN_FAILURE_LEDGER,            /* the print ledger cannot be read or written */
  JUMIN_FAILURE_ACCOUNT_UNKNOWN,   /* no household has this account number */
  JUMIN_FAILURE_BILL_TAKEN,        /* it is paid, or being paid, or has another amount now */
  JUMIN_FAILURE_BILLER_CLOSED,     /* its company takes no payments now */
  JUMIN_FAILURE_PAYMENT_REFUSED,   /* the platform signed that it does not take it */
  JUMIN_FAILURE_TILL_CLOSED,       /* nothing can be paid at this machine now */
  JUMIN_FAILURE_JOURNAL            /* the payment journal cannot be read or written */
} JuminFailure;

GQuark jumin_retry_quark (void);
GQuark jumin_failure_quark (void);

G_END_DECLS
