/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/text.h"
#include "model/words.h"

G_BEGIN_DECLS

enum
{
  JUMIN_TROUBLES_BYTES_MAX = 256 * 1024,
  JUMIN_TROUBLE_ZH_MAX = 60, /* characters of one text */
  JUMIN_TROUBLE_EN_MAX = 160
};

/**
 * JuminTrouble:
 *
 * Everything that can go otherwise than hoped. A new one is a value here, its id in trouble.c, a
 * row in data/troubles.json, somebody who raises it, and a test that reaches it.
 */
typedef enum
{
  JUMIN_TROUBLE_CARD_MUTE,       /* an answer to reset, then silence */
  JUMIN_TROUBLE_CARD_FOREIGN,    /* no application that we know */
  JUMIN_TROUBLE_CARD_REVERSED,   /* no answer to reset: upside down, or no chip */
  JUMIN_TROUBLE_CARD_STUCK,      /* it never ends to answer: only pulling it helps */
  JUMIN_TROUBLE_CARD_BANK,       /* a bank's application, none of social security */
  JUMIN_TROUBLE_CARD_PULLED,     /* out before it was read */
  JUMIN_TROUBLE_CARD_CHANGED,    /* another card than the one that began */
  JUMIN_TROUBLE_CARD_UNREADABLE, /* answers that no layout explains */
  JUMIN_TROUBLE_CARD_EXPIRED,
  JUMIN_TROUBLE_CARD_LOCKED,     /* it keeps its holder, and the platform does not answer */
  JUMIN_TROUBLE_HOLDER_UNKNOWN,  /* the platform knows no holder of the card */
  JUMIN_TROUBLE_NUMBER_UNLIKELY, /* no ID number is like what was typed */
  JUMIN_TROUBLE_LOGIN_NO_PHONE,  /* the platform has no phone to send a code to */
  JUMIN_TROUBLE_CODE_WRONG,
  JUMIN_TROUBLE_CODE_EXPIRED,
  JUMIN_TROUBLE_LOGIN_LOCKED,    /* too many codes were wrong */
  JUMIN_TROUBLE_OTHER_PERSON,    /* who proves more is not who was known */
  JUMIN_TROUBLE_SHOWN_PAYMENT,   /* a code was shown, to pay with */
  JUMIN_TROUBLE_SHOWN_TAX,       /* to pay a fee of the state with */
  JUMIN_TROUBLE_SHOWN_HANDOFF,   /* our own, for a phone */
  JUMIN_TROUBLE_SHOWN_TICKET,    /* our own, on a slip */
  JUMIN_TROUBLE_SHOWN_DOCUMENT,  /* the platform's, on a paper */
  JUMIN_TROUBLE_SHOWN_OTHER,     /* none that we know */
  JUMIN_TROUBLE_SHOWN_EXPIRED,   /* the phone has a fresh one */
  JUMIN_TROUBLE_SHOWN_REFUSED,   /* the platform of the codes knows no such code */
  JUMIN_TROUBLE_SHOWN_NOBODY,    /* it names nobody with a resident's ID number */
  JUMIN_TROUBLE_SHOWN_NO_PAPER,  /* not of a paper, where papers are verified */
  JUMIN_TROUBLE_SHOWN_IDENTITY,  /* somebody's own, where one to pay with is wanted */
  JUMIN_TROUBLE_SHOWN_UNPAYABLE, /* none that a machine can be paid with */
  JUMIN_TROUBLE_PAPER_UNSIGNED,  /* of a paper, and not signed by the platform */
  JUMIN_TROUBLE_CODES_SILENT,    /* no answer from the platform of the codes */
  JUMIN_TROUBLE_CODES_OUTDATED,  /* it wants a newer machine */
  JUMIN_TROUBLE_CODES_REFUSED,   /* it does not take our keys */
  JUMIN_TROUBLE_CAMERA_COVERED,  /* something lies on the lens */
  JUMIN_TROUBLE_CAMERA_DARK,
  JUMIN_TROUBLE_CAMERA_BRIGHT,
  JUMIN_TROUBLE_CAMERA_STALLED,   /* there, and gives no good picture */
  JUMIN_TROUBLE_CAMERA_MISSING,   /* none is plugged in */
  JUMIN_TROUBLE_CAMERA_BUSY,      /* another program has it */
  JUMIN_TROUBLE_CAMERA_REFUSED,   /* we may not open it */
  JUMIN_TROUBLE_CAMERA_FORMAT,    /* no picture of it that we know */
  JUMIN_TROUBLE_CAMERA_LOST,      /* unplugged while it looked */
  JUMIN_TROUBLE_CAMERA_FAULTY,    /* who looks dies or hangs again and again */
  JUMIN_TROUBLE_READER_MISSING,   /* none is plugged in */
  JUMIN_TROUBLE_READER_SERVICE,   /* the card reader service is gone */
  JUMIN_TROUBLE_READER_REFUSED,   /* the service does not let us in */
  JUMIN_TROUBLE_READER_FAULTY,    /* reads hang in its driver */
  JUMIN_TROUBLE_LOG_FULL,         /* the audit log cannot be written: nobody's data is read */
  JUMIN_TROUBLE_PLATFORM_SILENT,  /* no answer: nothing was taken */
  JUMIN_TROUBLE_CLOCK_APART,      /* ours is more than a day away from the platform's */
  JUMIN_TROUBLE_CERTIFICATE_OVER, /* ours, and the platform refuses us */
  JUMIN_TROUBLE_TICKET_UNKNOWN,   /* no answer to a number that was asked for */
  JUMIN_TROUBLE_QUEUE_CLOSED,
  JUMIN_TROUBLE_QUEUE_DOWN,         /* the platform answers, its queue system does not */
  JUMIN_TROUBLE_APPOINTMENT_CLOSED, /* too early, too late or taken */
  JUMIN_TROUBLE_RECORDS_DOWN,       /* the platform answers, the offices behind it do not */
  JUMIN_TROUBLE_CARD_OUT,           /* the card was taken out: the visit has ended */
  JUMIN_TROUBLE_SHEETS_LEFT, /* the visit is over, and their sheets lie there or still come */
  JUMIN_TROUBLE_PAPER_LOW,
  JUMIN_TROUBLE_PAPER_OUT,
  JUMIN_TROUBLE_PAPER_JAM,
  JUMIN_TROUBLE_PRINTER_OPEN, /* its cover */
  JUMIN_TROUBLE_PRINTER_CUTTER,
  JUMIN_TROUBLE_PRINTER_STOPPED, /* off-line, and does not say why */
  JUMIN_TROUBLE_PRINTER_MISSING, /* unplugged, switched off */
  JUMIN_TROUBLE_PRINTER_SILENT,  /* there, and does not answer */
  JUMIN_TROUBLE_SLIP_FAILED,     /* nothing of it came out; the printer says nothing is wrong */
  JUMIN_TROUBLE_SLIP_UNKNOWN,    /* perhaps some of it */
  JUMIN_TROUBLE_SHEETS_LOW,      /* A4 */
  JUMIN_TROUBLE_SHEETS_OUT,
  JUMIN_TROUBLE_SHEETS_JAM,
  JUMIN_TROUBLE_SHEETS_OPEN, /* the cover of the A4 printer */
  JUMIN_TROUBLE_TONER_LOW,
  JUMIN_TROUBLE_TONER_OUT,
  JUMIN_TROUBLE_TRAY_FULL,
  JUMIN_TROUBLE_SHEETS_STOPPED,  /* off-line, and does not say why */
  JUMIN_TROUBLE_SHEETS_REFUSING, /* it takes no jobs, or has one that is not ours */
  JUMIN_TROUBLE_SHEETS_NO_PDF,
  JUMIN_TROUBLE_SHEETS_MISSING,
  JUMIN_TROUBLE_SHEETS_SILENT,
  JUMIN_TROUBLE_PAPERS_DOWN,        /* the platform answers, the office behind it does not */
  JUMIN_TROUBLE_PAPER_SPOILT,       /* it is not what was signed: nothing of it is printed */
  JUMIN_TROUBLE_PAPER_FOREIGN,      /* it was not this person's */
  JUMIN_TROUBLE_PAPERS_LOCKED,      /* since one was not its visit's, until staff have looked */
  JUMIN_TROUBLE_PAPERS_BUSY,        /* with a paper that is not this person's */
  JUMIN_TROUBLE_PAPERS_LEDGER,      /* the print ledger cannot be written */
  JUMIN_TROUBLE_PAPER_NOT_ENTITLED, /* the person cannot have it now */
  JUMIN_TROUBLE_BILLS_DOWN,         /* no answer about bills */
  JUMIN_TROUBLE_QUOTE_FAILED,       /* no answer to what they cost */
  JUMIN_TROUBLE_BILL_TAKEN,         /* one is paid, or being paid, or has another amount */
  JUMIN_TROUBLE_BILLER_CLOSED,      /* its company takes no payments now */
  JUMIN_TROUBLE_PAY_RECOVERING,     /* the platform has not said what became of older payments */
  JUMIN_TROUBLE_PAY_UNRESOLVED,     /* of too many of them */
  JUMIN_TROUBLE_PAY_JOURNAL,        /* the payment journal cannot be written */
  JUMIN_TROUBLE_PAY_DIFFERENCE,     /* the platform has other payments than we; for staff alone */
  JUMIN_TROUBLE_HELP_NOBODY,        /* nobody is on duty */
  JUMIN_TROUBLE_HELP_UNANSWERED,    /* though they were called twice */
  JUMIN_TROUBLE_HELP_UNSENT,        /* the platform is not to be reached */
  JUMIN_N_TROUBLES
} JuminTrouble;

typedef enum
{
  JUMIN_TROUBLE_RETRY,   /* the person can do better */
  JUMIN_TROUBLE_FAILURE, /* a device or the platform; it begins and ends */
  JUMIN_TROUBLE_RULE,    /* the hall's: hours, caps, who may */
  JUMIN_TROUBLE_END      /* of the visit; nothing is wrong */
} JuminTroubleKind;

typedef enum
{
  JUMIN_ABOUT_CARD,
  JUMIN_ABOUT_LOGIN,
  JUMIN_ABOUT_READER,
  JUMIN_ABOUT_CODE,
  JUMIN_ABOUT_PAPER, /* that somebody has brought */
  JUMIN_ABOUT_PRINTER,
  JUMIN_ABOUT_SHEETS,
  JUMIN_ABOUT_PLATFORM,
  JUMIN_ABOUT_QUEUE,
  JUMIN_ABOUT_HELP,
  JUMIN_ABOUT_MACHINE
} JuminTroubleAbout;

typedef enum
{
  JUMIN_TOLD_NOBODY,
  JUMIN_TOLD_HALL,      /* paper, a card left behind: whoever is near */
  JUMIN_TOLD_TECHNICIAN /* a device to be repaired */
} JuminTold;

/* What its page offers, beside the bar's keys; flags. None: it is told on other pages alone. */
typedef enum
{
  JUMIN_WAY_RETRY = 1 << 0,
  JUMIN_WAY_HELP = 1 << 1,
  JUMIN_WAY_HOME = 1 << 2
} JuminWays;

/* What may stand in braces in a text; the view builder puts the value there. */
typedef enum
{
  JUMIN_SLOT_READER, /* {reader}: where the card slot is */
  JUMIN_SLOT_DESK,   /* {desk}: where the service desk is */
  JUMIN_SLOT_PHONE,  /* {phone}: its telephone */
  JUMIN_SLOT_NUMBER, /* {number}: the queue number */
  JUMIN_SLOT_WHEN,   /* {when}: a moment */
  JUMIN_SLOT_TRIES,  /* {tries}: how many more */
  JUMIN_N_SLOTS
} JuminSlot;

/**
 * JuminTroubleWords:
 * @standard: always there
 * @elder: shorter; without a text where the standard one serves
 */
typedef struct
{
  JuminText standard, elder;
} JuminTroubleWords;

/**
 * JuminTroubleRow:
 * @picture: name of a drawing of the screen
 * @title: what happened, @next: what to do now
 * @safe: what is safe, @works: what still works; may be empty
 * @retry: what the key of %JUMIN_WAY_RETRY says; empty without it
 * @event: name of the audit event that is written when it begins or is told
 *
 * One trouble, as screen, slip, staff and log tell it.
 */
typedef struct
{
  JuminTrouble trouble;
  JuminTroubleKind kind;
  JuminTroubleAbout about;
  JuminTold told;
  char *picture;
  JuminTroubleWords title, next, safe, works, retry;
  JuminWays ways;
  char *event;
} JuminTroubleRow;

/**
 * JuminTroubles:
 *
 * The table of troubles: immutable, one row for each #JuminTrouble.
 */
typedef struct _JuminTroubles JuminTroubles;

/* Whether the audit log has an event of this name that may carry a trouble's id. */
typedef gboolean (*JuminTroubleEventTest) (const char *event);

JuminTroubles *jumin_troubles_parse (const char *json, gssize length, const char *name,
                                     JuminTroubleEventTest is_event, GError **error);
void jumin_troubles_free (JuminTroubles *self);
const JuminTroubleRow *jumin_troubles_get (const JuminTroubles *self, JuminTrouble trouble);

const char *jumin_trouble_get_id (JuminTrouble trouble);
const char *jumin_trouble_words (const JuminTroubleWords *words, JuminTongue tongue);
char *jumin_trouble_fill (const char *words, const char *const values[JUMIN_N_SLOTS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTroubles, jumin_troubles_free)

G_END_DECLS
