/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong answers about money. */
#include "sandbox/money-faults.h"

#include "sandbox/keys.h"

#define OTHER_PAYEE "somebody-else"
#define OTHER_TERMINAL "T-0009"

static gboolean
is_paid (const JuminCharge *charge)
{
  return charge->paid_at != 0;
}

static void
empty (char **word)
{
  g_free (*word);
  *word = g_strdup ("");
}

/* As it was before it was paid. */
static void
unpay (JuminCharge *charge)
{
  charge->paid_at = 0;
  empty (&charge->channel);
  empty (&charge->transaction);
  empty (&charge->receipt);
  g_ptr_array_set_size (charge->items, 0);
}

static void
forget (JuminCharge *charge)
{
  unpay (charge);
  charge->state = JUMIN_CHARGE_NOT_FOUND;
  charge->fen = 0;
  g_clear_pointer (&charge->quote, g_free);
  g_clear_pointer (&charge->payee, g_free);
  empty (&charge->reason);
  empty (&charge->code);
}

/* The newest other one that there is, or one that there is not. */
static void
name_another (JuminCharge *charge, JuminTillLedger *ledger)
{
  char *other = jumin_till_ledger_dup_newest (ledger, charge->payment);

  if (other == NULL)
    other = g_uuid_string_random ();
  g_free (charge->payment);
  charge->payment = other;
}

void
jumin_money_fault_spoil_charge (JuminMoneyFault fault, JuminCharge *charge, JuminTillLedger *ledger)
{
  if (fault == JUMIN_MONEY_FAULT_AMOUNT && charge->fen > 0)
    charge->fen++;
  else if (fault == JUMIN_MONEY_FAULT_PAYEE && charge->payee != NULL)
    {
      g_free (charge->payee);
      charge->payee = g_strdup (OTHER_PAYEE);
    }
  else if (fault == JUMIN_MONEY_FAULT_OTHER)
    name_another (charge, ledger);
  else if (fault == JUMIN_MONEY_FAULT_LATE && is_paid (charge))
    {
      unpay (charge);
      charge->state = JUMIN_CHARGE_PENDING;
    }
  else if (fault == JUMIN_MONEY_FAULT_MISSING)
    forget (charge);
}

void
jumin_money_fault_spoil_quote (JuminMoneyFault fault, JuminQuote *quote)
{
  if (fault == JUMIN_MONEY_FAULT_AMOUNT)
    quote->fen++;
  else if (fault == JUMIN_MONEY_FAULT_OTHER)
    {
      g_free (quote->terminal);
      quote->terminal = g_strdup (OTHER_TERMINAL);
    }
}

/* Somebody else is a terminal: its key is as good as any, and not the platform's. */
char *
jumin_money_fault_sign (JuminMoneyFault fault, JuminGate *gate, const char *folder,
                        const char *text)
{
  g_autoptr (EVP_PKEY) key = fault == JUMIN_MONEY_FAULT_FORGED
                                 ? jumin_keys_load (folder, JUMIN_SANDBOX_SIGNING_KEY, NULL)
                                 : NULL;

  return key != NULL ? jumin_sm2_sign (key, text, NULL) : jumin_gate_sign_text (gate, text);
}
