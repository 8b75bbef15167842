/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of payments (data/platform-api.yaml, /payments): what the ledger says, in words
 * and signed; and the wrong ways to say it, which are for tests. */

#include <string.h>

#include "model/money.h"
#include "platform/payment-seal.h"
#include "platform/payment-source.h"
#include "sandbox/answer-parts.h"
#include "sandbox/operations.h"

enum
{
  UUID_LENGTH = 36,
  AMOUNT_LENGTH = 13
};

#define BILL "^[0-9A-Za-z-]{1,40}$"

static cJSON *
refuse_order (JuminAsk *ask, const GError *error)
{
  static const struct
  {
    guint status;
    const char *code;
  } refusals[] = {
    [JUMIN_TILL_ERROR_BILL_TAKEN] = { 409, "bill_taken" },
    [JUMIN_TILL_ERROR_QUOTE_EXPIRED] = { 422, "quote_expired" },
    [JUMIN_TILL_ERROR_QUOTE_UNKNOWN] = { 422, "quote_unknown" },
    [JUMIN_TILL_ERROR_KEY_REUSED] = { 422, "key_reused" },
    [JUMIN_TILL_ERROR_STORE] = { 500, "internal" },
  };

  return jumin_ask_refuse (ask, refusals[error->code].status, refusals[error->code].code,
                           error->message);
}

/* Quotes */

static cJSON *
describe_item (const JuminPayItem *item)
{
  cJSON *object = cJSON_CreateObject (), *usage;

  cJSON_AddStringToObject (object, "bill", item->bill);
  cJSON_AddStringToObject (object, "biller", item->biller);
  jumin_answer_add_text (object, "title", &item->title);
  cJSON_AddStringToObject (object, "account", item->account);
  jumin_answer_add_month (object, "month", item->month);
  usage = cJSON_AddObjectToObject (object, "usage");
  cJSON_AddNumberToObject (usage, "number", (double)item->usage);
  jumin_answer_add_text (usage, "unit", &item->unit);
  jumin_answer_add_fen (object, "fen", item->fen);
  return object;
}

static cJSON *
describe_quote (const JuminQuote *quote)
{
  cJSON *object = cJSON_CreateObject (), *items;

  cJSON_AddStringToObject (object, "id", quote->id);
  cJSON_AddStringToObject (object, "number", quote->number);
  cJSON_AddStringToObject (object, "terminal", quote->terminal);
  cJSON_AddStringToObject (object, "payee", quote->payee);
  jumin_answer_add_text (object, "payee_name", &quote->payee_name);
  jumin_answer_add_fen (object, "fen", quote->fen);
  jumin_answer_add_time (object, "issued_at", quote->issued_at);
  jumin_answer_add_time (object, "expires_at", quote->expires_at);
  items = cJSON_AddArrayToObject (object, "items");
  for (guint i = 0; i < quote->items->len; i++)
    cJSON_AddItemToArray (items, describe_item (quote->items->pdata[i]));
  cJSON_AddStringToObject (object, "signature", quote->signature);
  return object;
}

/* Returns: (transfer full) (nullable): their ids, each once */
static GPtrArray *
read_bills (JuminAsk *ask)
{
  JuminJson array = jumin_json_array (ask->body, "bills", JUMIN_BASKET_MAX), place = { NULL };
  g_autoptr (GPtrArray) bills = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  while (jumin_json_next (&array, &place))
    {
      const char *bill = cJSON_GetStringValue (place.value);

      if (bill == NULL || !g_regex_match_simple (BILL, bill, G_REGEX_DOLLAR_ENDONLY, 0)
          || g_ptr_array_find_with_equal_func (bills, bill, g_str_equal, NULL))
        jumin_json_fail (&place, "not a bill, or there twice");
      g_ptr_array_add (bills, g_strdup (bill));
    }
  if (bills->len == 0)
    jumin_json_fail (&array, "no bills");
  return g_steal_pointer (&bills);
}

/* What the book has of a bill of the ledger. */
typedef struct
{
  const JuminBillAccount *account;
  const JuminBookedBill *booked;
} Entry;

/* A bill's id is its claim with its amount. Returns: whether there is such a bill */
static gboolean
find_entry (const JuminBillBook *book, const char *bill, Entry *entry)
{
  const char *amount = strrchr (bill, '-');
  g_autofree char *wanted = g_strndup (bill, amount != NULL ? (gsize)(amount - bill) : 0);

  for (guint i = 0; i < book->homes->len; i++)
    {
      const JuminBillHome *home = book->homes->pdata[i];

      for (guint j = 0; j < home->accounts->len; j++)
        for (guint k = 0; k < ((JuminBillAccount *)home->accounts->pdata[j])->bills->len; k++)
          {
            const JuminBillAccount *account = home->accounts->pdata[j];
            g_autofree char *claim
                = jumin_bill_book_dup_claim (book, home, account, account->bills->pdata[k]);

            *entry = (Entry){ account, account->bills->pdata[k] };
            if (strcmp (claim, wanted) == 0)
              return TRUE;
          }
    }
  return FALSE;
}

/* Returns: (nullable): why these cannot be quoted */
static const char *
find_obstacle (const JuminBillBook *book, const GPtrArray *bills, gint64 now)
{
  gint64 until;

  for (guint i = 0; i < bills->len && bills->pdata[i] != NULL; i++)
    {
      Entry entry;

      if (!find_entry (book, bills->pdata[i], &entry))
        return "bill_taken";
      if (!jumin_bill_book_is_open (book, entry.account->company, now, &until))
        return "biller_closed";
    }
  return NULL;
}

static void
fill_item (const JuminBillBook *book, JuminPayItem *item)
{
  Entry entry;

  if (!find_entry (book, item->bill, &entry))
    return;
  jumin_text_copy (&item->title, &entry.account->company->title);
  jumin_text_copy (&item->unit, &entry.account->company->unit);
  item->account = jumin_bill_account_dup_masked (entry.account);
  item->month = jumin_bill_book_get_month (book, entry.booked->months_ago);
  item->usage = entry.booked->usage;
}

cJSON *
jumin_operation_make_quote (JuminAsk *ask)
{
  JuminPayDesk *desk = ask->platform->pay;
  gint64 now = jumin_ask_get_now (ask);
  g_autoptr (GPtrArray) bills = read_bills (ask);
  g_autoptr (JuminQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *obstacle;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  jumin_bill_book_open_day (desk->book, desk->ledger, now);
  obstacle = find_obstacle (desk->book, bills, now);
  if (obstacle != NULL)
    return jumin_ask_refuse (ask, 409, obstacle, "A bill is not to be paid now");
  quote = jumin_till_ledger_quote (desk->ledger, ask->terminal, (const char *const *)bills->pdata,
                                   now, &error);
  if (quote == NULL)
    return refuse_order (ask, error);
  jumin_text_copy (&quote->payee_name, &desk->book->payee_name);
  for (guint i = 0; i < quote->items->len; i++)
    fill_item (desk->book, quote->items->pdata[i]);
  jumin_money_fault_spoil_quote (ask->money_fault, quote);
  text = jumin_quote_dup_text (quote);
  quote->signature
      = jumin_money_fault_sign (ask->money_fault, ask->platform->gate, ask->platform->state, text);
  ask->status = 201;
  return describe_quote (quote);
}

/* Payments */

static cJSON *
describe_charge (const JuminCharge *charge)
{
  cJSON *object = cJSON_CreateObject (), *items;

  cJSON_AddStringToObject (object, "payment", charge->payment);
  cJSON_AddStringToObject (object, "state", jumin_charge_state_get_word (charge->state));
  jumin_answer_add_string (object, "quote", charge->quote);
  jumin_answer_add_string (object, "payee", charge->payee);
  jumin_answer_add_fen (object, "fen", charge->fen);
  jumin_answer_add_string (object, "channel", charge->channel);
  jumin_answer_add_string (object, "reason", charge->reason);
  jumin_answer_add_string (object, "transaction", charge->transaction);
  jumin_answer_add_string (object, "code", charge->code);
  jumin_answer_add_string (object, "receipt", charge->receipt);
  jumin_answer_add_time (object, "paid_at", charge->paid_at);
  jumin_answer_add_time (object, "at", charge->at);
  items = cJSON_AddArrayToObject (object, "items");
  for (guint i = 0; i < charge->items->len; i++)
    {
      const JuminPayItem *item = charge->items->pdata[i];
      cJSON *told = cJSON_CreateObject ();

      cJSON_AddStringToObject (told, "bill", item->bill);
      cJSON_AddStringToObject (told, "credit", jumin_credit_get_word (item->credit));
      cJSON_AddItemToArray (items, told);
    }
  cJSON_AddStringToObject (object, "signature", charge->signature);
  return object;
}

/* @charge: (nullable): what the ledger says; else @error why it says nothing */
static cJSON *
answer_charge (JuminAsk *ask, JuminCharge *charge, const GError *error)
{
  JuminMoneyFault fault = ask->money_fault;
  JuminPayDesk *desk = ask->platform->pay;
  g_autofree char *text = NULL;
  cJSON *answer;
  char *printed;

  if (charge == NULL)
    return refuse_order (ask, error);
  if (fault == JUMIN_MONEY_FAULT_AGAIN && desk->told != NULL)
    return cJSON_Parse (desk->told);
  jumin_money_fault_spoil_charge (fault, charge, desk->ledger);
  text = jumin_charge_dup_text (charge, ask->terminal);
  charge->signature
      = jumin_money_fault_sign (fault, ask->platform->gate, ask->platform->state, text);
  answer = describe_charge (charge);
  printed = cJSON_PrintUnformatted (answer);
  g_free (desk->told);
  desk->told = g_strdup (printed);
  cJSON_free (printed);
  return answer;
}

/* A member that belongs to one way of paying and is null for the others. */
static const char *
read_of_way (JuminAsk *ask, const char *name, const char *pattern, gsize length, gboolean wanted)
{
  JuminJson place = jumin_json_member (ask->body, name);
  const char *text = jumin_json_get_match_or (ask->body, name, pattern, length, NULL);

  if ((text != NULL) != wanted)
    jumin_json_fail (&place, "there without its way, or not there with it");
  return text;
}

/* Who pays by agreement. @order: its payer and why it does not pay are set */
static char *
find_agreement (JuminAsk *ask, const char *id_number, JuminTillOrder *order)
{
  const JuminCityResident *person = jumin_city_find_number (ask->platform->city, id_number);
  const JuminAgreement *agreement
      = person != NULL ? jumin_bill_book_find_agreement (ask->platform->pay->book, person->id)
                       : NULL;

  if (agreement != NULL && order->fen > agreement->limit_fen)
    order->declined = "limit";
  return agreement != NULL ? g_strconcat ("card:", agreement->resident, NULL) : NULL;
}

static cJSON *
take_order (JuminAsk *ask, JuminTillOrder *order, const char *id_number)
{
  g_autofree char *payer = id_number != NULL ? find_agreement (ask, id_number, order) : NULL;
  g_autofree char *said = g_strdup_printf (
      "%s\n%s\n%" G_GINT64_FORMAT "\n%d\n%s\n%s", order->terminal, order->quote, order->fen,
      (int)order->way, order->code != NULL ? order->code : "", id_number != NULL ? id_number : "");
  char digest[JUMIN_SM3_LENGTH + 1] = "";
  g_autoptr (JuminCharge) charge = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;

  jumin_sm3_digest (said, strlen (said), digest, NULL);
  order->digest = digest;
  order->payer = payer;
  if (ask->money_fault == JUMIN_MONEY_FAULT_DECLINED)
    order->declined = "funds";
  charge = jumin_till_ledger_pay (ask->platform->pay->ledger, order, jumin_ask_get_now (ask),
                                  &is_new, &error);
  ask->status = is_new ? 201 : 200;
  return answer_charge (ask, charge, error);
}

cJSON *
jumin_operation_pay (JuminAsk *ask)
{
  static const char *const ways[] = { "scan", "show", "account", NULL };
  const char *fen = jumin_json_get_match (ask->body, "fen", "^[1-9][0-9]{0,12}$", AMOUNT_LENGTH);
  JuminTillOrder order = {
    .payment = ask->key,
    .terminal = ask->terminal,
    .quote = jumin_json_get_match (ask->body, "quote", JUMIN_PATTERN_UUID, UUID_LENGTH),
    .way = jumin_json_get_choice (ask->body, "way", ways),
  };
  const char *id_number
      = read_of_way (ask, "id_number", JUMIN_PATTERN_ID_NUMBER, 18, order.way == JUMIN_PAY_ACCOUNT);

  order.code = read_of_way (ask, "code", "^[0-9]{16,24}$", JUMIN_PAYMENT_CODE_MAX,
                            order.way == JUMIN_PAY_SHOW);
  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  if (ask->money_fault == JUMIN_MONEY_FAULT_REFUSED)
    return jumin_ask_refuse (ask, 409, "bill_taken", "A bill is not to be paid now");
  if (!jumin_fen_parse (fen, &order.fen))
    return jumin_ask_refuse (ask, 400, "bad_request", "Body.fen: not an amount");
  return take_order (ask, &order, id_number);
}

static const char *
read_payment (JuminAsk *ask)
{
  return jumin_json_get_match (ask->body, "payment", JUMIN_PATTERN_UUID, UUID_LENGTH);
}

cJSON *
jumin_operation_get_payment (JuminAsk *ask)
{
  const char *payment = read_payment (ask);
  g_autoptr (JuminCharge) charge = NULL;
  g_autoptr (GError) error = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  charge = jumin_till_ledger_state (ask->platform->pay->ledger, payment, jumin_ask_get_now (ask),
                                    &error);
  return answer_charge (ask, charge, error);
}

/* Nothing is closed while the payer is just paying. */
static JuminCharge *
close_order (JuminAsk *ask, const char *payment, gint64 now, GError **error)
{
  g_autoptr (JuminCharge) charge
      = ask->money_fault == JUMIN_MONEY_FAULT_BUSY
            ? jumin_till_ledger_state (ask->platform->pay->ledger, payment, now, error)
            : NULL;

  if (charge != NULL && charge->state == JUMIN_CHARGE_PENDING)
    return g_steal_pointer (&charge);
  return jumin_till_ledger_close (ask->platform->pay->ledger, ask->terminal, payment, now, error);
}

cJSON *
jumin_operation_close_payment (JuminAsk *ask)
{
  const char *payment = read_payment (ask);
  g_autoptr (JuminCharge) charge = NULL;
  g_autoptr (GError) error = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  charge = close_order (ask, payment, jumin_ask_get_now (ask), &error);
  return answer_charge (ask, charge, error);
}

static cJSON *
describe_listed (const JuminCharge *charge)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "payment", charge->payment);
  cJSON_AddStringToObject (object, "state", jumin_charge_state_get_word (charge->state));
  jumin_answer_add_fen (object, "fen", charge->fen);
  jumin_answer_add_time (object, "paid_at", charge->paid_at);
  return object;
}

cJSON *
jumin_operation_list_payments (JuminAsk *ask)
{
  int day = jumin_json_get_day (ask->body, "day");
  gint64 now = jumin_ask_get_now (ask);
  g_autoptr (GPtrArray) charges = NULL;
  cJSON *answer, *list;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  charges = jumin_till_ledger_list (ask->platform->pay->ledger, ask->terminal, day, now);
  answer = cJSON_CreateObject ();
  jumin_answer_add_date (answer, "day", day);
  cJSON_AddNumberToObject (answer, "at", (double)now);
  list = cJSON_AddArrayToObject (answer, "charges");
  for (guint i = 0; i < charges->len; i++)
    cJSON_AddItemToArray (list, describe_listed (charges->pdata[i]));
  return answer;
}
