/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform signs of a quote and of a charge: one line for each value, an empty one where
 * there is none. No value holds a line feed (model/json.c takes no control characters), so that no
 * two quotes or charges have the same text. */
#include "platform/payment-seal.h"

#include <string.h>

#include "model/money.h"

#define QUOTE "jumin-quote"
#define CHARGE "jumin-charge"

/* @line: (nullable) */
static void
add_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line != NULL ? line : "");
}

static void
add_number (GString *text, gint64 number)
{
  g_string_append_printf (text, "\n%" G_GINT64_FORMAT, number);
}

static void
add_text (GString *text, const JuminText *words)
{
  add_line (text, words->zh);
  add_line (text, words->en);
}

static void
add_quote_item (GString *text, const JuminPayItem *item)
{
  add_line (text, item->bill);
  add_line (text, item->biller);
  add_text (text, &item->title);
  add_line (text, item->account);
  if (item->month != 0)
    g_string_append_printf (text, "\n%04d-%02d", item->month / 100, item->month % 100);
  else
    add_line (text, NULL);
  if (item->unit.zh != NULL && *item->unit.zh != '\0')
    add_number (text, item->usage);
  else
    add_line (text, NULL);
  add_text (text, &item->unit);
  add_number (text, item->fen);
}

/* Returns: (transfer full): the text that the platform signs */
char *
jumin_quote_dup_text (const JuminQuote *quote)
{
  GString *text = g_string_new (QUOTE);

  add_line (text, quote->terminal);
  add_line (text, quote->id);
  add_line (text, quote->number);
  add_line (text, quote->payee);
  add_text (text, &quote->payee_name);
  add_number (text, quote->fen);
  add_number (text, quote->issued_at);
  add_number (text, quote->expires_at);
  add_number (text, quote->items->len);
  for (guint i = 0; i < quote->items->len; i++)
    add_quote_item (text, quote->items->pdata[i]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): the text that the platform signs for @terminal */
char *
jumin_charge_dup_text (const JuminCharge *charge, const char *terminal)
{
  GString *text = g_string_new (CHARGE);

  add_line (text, terminal);
  add_line (text, charge->payment);
  add_line (text, jumin_charge_state_get_word (charge->state));
  add_line (text, charge->quote);
  add_line (text, charge->payee);
  add_number (text, charge->fen);
  add_line (text, charge->channel);
  add_line (text, charge->reason);
  add_line (text, charge->transaction);
  add_line (text, charge->code);
  add_line (text, charge->receipt);
  if (charge->paid_at != 0)
    add_number (text, charge->paid_at);
  else
    add_line (text, NULL);
  add_number (text, charge->at);
  add_number (text, charge->items->len);
  for (guint i = 0; i < charge->items->len; i++)
    {
      const JuminPayItem *item = charge->items->pdata[i];

      add_line (text, item->bill);
      add_line (text, jumin_credit_get_word (item->credit));
    }
  return g_string_free (text, FALSE);
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, why);
  return FALSE;
}

static gboolean
names_a_bill_twice (const GPtrArray *items)
{
  g_autoptr (GHashTable) bills = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      const JuminPayItem *item = items->pdata[i];

      if (!g_hash_table_add (bills, item->bill))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_its_sum (const JuminQuote *quote)
{
  gint64 sum = 0;

  for (guint i = 0; i < quote->items->len; i++)
    {
      const JuminPayItem *item = quote->items->pdata[i];

      if (item->fen <= 0 || !jumin_fen_add (&sum, item->fen))
        return FALSE;
    }
  return sum > 0 && sum <= JUMIN_FEN_MAX && sum == quote->fen;
}

/**
 * jumin_quote_verify:
 * @terminal: this machine's name at the platform
 * @keys: (element-type EVP_PKEY): the platform's public keys
 *
 * Errors: G_IO_ERROR_INVALID_DATA: not the platform's quote, another machine's, or one whose items
 * do not make its amount.
 */
gboolean
jumin_quote_verify (const JuminQuote *quote, const char *terminal, const GPtrArray *keys,
                    GError **error)
{
  g_autofree char *text = jumin_quote_dup_text (quote);

  if (!jumin_sm2_verify_any (keys, text, quote->signature))
    return refuse (error, "the signature is not the platform's");
  if (strcmp (quote->terminal, terminal) != 0)
    return refuse (error, "the quote is another terminal's");
  if (names_a_bill_twice (quote->items))
    return refuse (error, "a bill stands in it twice");
  if (!has_its_sum (quote))
    return refuse (error, "the items do not make the amount");
  return quote->expires_at > quote->issued_at || refuse (error, "it was over when it was made");
}

/**
 * jumin_charge_verify:
 * @terminal: this machine's name at the platform, which stands in what was signed
 * @keys: (element-type EVP_PKEY): the platform's public keys
 *
 * Whether it is about the right payment, amount and payee is not asked here.
 *
 * Errors: G_IO_ERROR_INVALID_DATA: not what the platform said to this machine.
 */
gboolean
jumin_charge_verify (const JuminCharge *charge, const char *terminal, const GPtrArray *keys,
                     GError **error)
{
  g_autofree char *text = jumin_charge_dup_text (charge, terminal);

  if (!jumin_sm2_verify_any (keys, text, charge->signature))
    return refuse (error, "the signature is not the platform's for this terminal");
  return !names_a_bill_twice (charge->items) || refuse (error, "a bill stands in it twice");
}
