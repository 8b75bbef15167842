/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/gate.h"
#include "sandbox/till-ledger.h"

G_BEGIN_DECLS

/* What the platform says wrong about money, for tests: it signs it all the same, but where it says
 * "forged". */
typedef enum
{
  JUMIN_MONEY_FAULT_NONE,
  JUMIN_MONEY_FAULT_FORGED,   /* signed by somebody else */
  JUMIN_MONEY_FAULT_AMOUNT,   /* one fen more */
  JUMIN_MONEY_FAULT_PAYEE,    /* somebody else gets it */
  JUMIN_MONEY_FAULT_OTHER,    /* about another payment; a quote of another terminal */
  JUMIN_MONEY_FAULT_AGAIN,    /* what was said about a payment before */
  JUMIN_MONEY_FAULT_LATE,     /* what is paid is told as pending */
  JUMIN_MONEY_FAULT_MISSING,  /* what is there is told as never heard of */
  JUMIN_MONEY_FAULT_BUSY,     /* nothing is closed: its payer is just paying */
  JUMIN_MONEY_FAULT_DECLINED, /* the payer's bank does not pay */
  JUMIN_MONEY_FAULT_REFUSED   /* the payment is not taken */
} JuminMoneyFault;

/* What is told wrongly; whatever the fault says that is not done stands at the operations. */
void jumin_money_fault_spoil_charge (JuminMoneyFault fault, JuminCharge *charge,
                                     JuminTillLedger *ledger);
void jumin_money_fault_spoil_quote (JuminMoneyFault fault, JuminQuote *quote);
/* @folder: of the sandbox's keys. Returns: (transfer full): the signature of @text */
char *jumin_money_fault_sign (JuminMoneyFault fault, JuminGate *gate, const char *folder,
                              const char *text);

G_END_DECLS
