/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotes and charges as values: every form is checked here, what they mean for a payment is the
 * cashier's. A member that nobody reads here is refused, too (jumin_json_check_all_seen). */
#include "platform/payment-answers.h"

#include "platform/bill-answers.h"
#include "platform/payment-source.h"

enum
{
  UUID_LENGTH = 36,
  NUMBER_MAX = 28,
  TERMINAL_MAX = 6,
  SIGNATURE_MAX = 102,
  TRANSACTION_MAX = 40,
  CODE_MAX = 256,
  RECEIPT_MAX = 200,
  WORD_MAX = 9
};

/* @none: (nullable): what stands for null */
static char *
dup_nullable (const JuminJson *object, const char *key, const char *pattern, gsize length_max,
              const char *none)
{
  return g_strdup (jumin_json_get_match_or (object, key, pattern, length_max, none));
}

static gpointer
read_quote_item (const JuminJson *place)
{
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = jumin_json_dup_match (place, "bill", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX);
  item->biller = jumin_json_dup_id (place, "biller");
  item->account = jumin_json_dup_match (place, "account", JUMIN_MASKED_ACCOUNT, JUMIN_ACCOUNT_MAX);
  jumin_json_read_text (place, "title", &item->title);
  item->month = jumin_bill_answer_read_month (place, "month");
  jumin_bill_answer_read_usage (place, &item->usage, &item->unit);
  item->fen = jumin_bill_answer_read_fen (place, "fen", 1);
  return item;
}

static gpointer
read_credit (const JuminJson *place)
{
  static const char *const credits[] = {
    [JUMIN_CREDIT_WAITING] = "waiting",
    [JUMIN_CREDIT_DONE] = "done",
    [JUMIN_CREDIT_REFUNDED] = "refunded",
    NULL,
  };
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = jumin_json_dup_match (place, "bill", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX);
  item->credit = (JuminCredit)jumin_json_get_choice (place, "credit", credits);
  return item;
}

gpointer
jumin_payment_answer_read_quote (const JuminJson *root)
{
  JuminQuote *quote = jumin_quote_new ();

  quote->id = jumin_json_dup_match (root, "id", JUMIN_PATTERN_UUID, UUID_LENGTH);
  quote->number = jumin_json_dup_match (root, "number", "^[A-Z]{2}[0-9]{12,26}$", NUMBER_MAX);
  quote->terminal = jumin_json_dup_match (root, "terminal", JUMIN_PATTERN_TERMINAL, TERMINAL_MAX);
  quote->payee = jumin_json_dup_id (root, "payee");
  jumin_json_read_text (root, "payee_name", &quote->payee_name);
  quote->fen = jumin_bill_answer_read_fen (root, "fen", 1);
  quote->issued_at = jumin_json_get_time (root, "issued_at");
  quote->expires_at = jumin_json_get_time (root, "expires_at");
  jumin_json_read_list (root, "items", JUMIN_BASKET_MAX, quote->items, read_quote_item);
  quote->signature
      = jumin_json_dup_match (root, "signature", JUMIN_PATTERN_SIGNATURE, SIGNATURE_MAX);
  return quote;
}

static JuminChargeState
read_state (const JuminJson *place)
{
  const char *words[JUMIN_N_CHARGES + 1] = { NULL };

  for (int i = 0; i < JUMIN_N_CHARGES; i++)
    words[i] = jumin_charge_state_get_word ((JuminChargeState)i);
  return (JuminChargeState)jumin_json_get_choice (place, "state", words);
}

/* What is paid was paid at some time, and what is not was not. */
static void
read_paid_at (const JuminJson *place, JuminCharge *charge)
{
  JuminJson at = jumin_json_member (place, "paid_at");
  gboolean paid = charge->state == JUMIN_CHARGE_PAID || charge->state == JUMIN_CHARGE_FULFILLED
                  || charge->state == JUMIN_CHARGE_REFUNDED;

  if (paid)
    charge->paid_at = jumin_json_get_time (place, "paid_at");
  if (paid ? charge->paid_at == 0 : !jumin_json_member_is_null (place, "paid_at"))
    jumin_json_fail (&at, paid ? "it is paid" : "it is not paid");
}

gpointer
jumin_payment_answer_read_charge (const JuminJson *root)
{
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = jumin_json_dup_match (root, "payment", JUMIN_PATTERN_UUID, UUID_LENGTH);
  charge->state = read_state (root);
  charge->quote = dup_nullable (root, "quote", JUMIN_PATTERN_UUID, UUID_LENGTH, NULL);
  if (!jumin_json_member_is_null (root, "payee"))
    charge->payee = jumin_json_dup_id (root, "payee");
  charge->fen = jumin_bill_answer_read_fen (root, "fen", 0);
  charge->channel
      = dup_nullable (root, "channel", "^(wechat|alipay|unionpay|ecny|card)$", WORD_MAX, "");
  charge->reason
      = dup_nullable (root, "reason", "^(funds|limit|code|agreement|other)$", WORD_MAX, "");
  charge->transaction
      = dup_nullable (root, "transaction", "^[0-9A-Za-z]{1,40}$", TRANSACTION_MAX, "");
  charge->code = dup_nullable (root, "code", "^[!-~]{1,256}$", CODE_MAX, "");
  charge->receipt = dup_nullable (root, "receipt", "^https://[!-~]{1,192}$", RECEIPT_MAX, "");
  read_paid_at (root, charge);
  charge->at = jumin_json_get_time (root, "at");
  jumin_json_read_list (root, "items", JUMIN_BASKET_MAX, charge->items, read_credit);
  charge->signature
      = jumin_json_dup_match (root, "signature", JUMIN_PATTERN_SIGNATURE, SIGNATURE_MAX);
  return charge;
}

void
jumin_charge_list_free (JuminChargeList *self)
{
  g_ptr_array_unref (self->charges);
  g_free (self);
}

static JuminCharge *
read_line (const JuminJson *place, gint64 at)
{
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = jumin_json_dup_match (place, "payment", JUMIN_PATTERN_UUID, UUID_LENGTH);
  charge->state = read_state (place);
  charge->fen = jumin_bill_answer_read_fen (place, "fen", 1);
  read_paid_at (place, charge);
  charge->at = at;
  return charge;
}

gpointer
jumin_payment_answer_read_list (const JuminJson *root)
{
  JuminChargeList *list = g_new0 (JuminChargeList, 1);
  g_autoptr (GHashTable) payments = g_hash_table_new (g_str_hash, g_str_equal);
  JuminJson place = jumin_json_array (root, "charges", JUMIN_CHARGES_MAX), element = { NULL };
  gint64 at = jumin_json_get_time (root, "at");

  list->day = jumin_json_get_day (root, "day");
  list->charges = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_charge_free);
  while (jumin_json_next (&place, &element))
    {
      JuminCharge *charge = read_line (&element, at);

      if (!g_hash_table_add (payments, charge->payment))
        jumin_json_fail (&element, "a payment stands here twice");
      g_ptr_array_add (list->charges, charge);
    }
  return list;
}
