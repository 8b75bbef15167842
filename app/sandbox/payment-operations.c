/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of payments (data/platform-api.yaml, /payments): what the ledger says, in words
 * and signed; and the wrong ways to say it, which are for tests. */
#include "sandbox/payment-operations.h"

#include <string.h>

#include "model/money.h"
#include "platform/payment-seal.h"
#include "platform/payment-source.h"
#include "sandbox/answer-parts.h"
#include "sandbox/record-operations.h"

enum
{
  UUID_LENGTH = 36,
  AMOUNT_LENGTH = 13,
  DATE_LENGTH = 10
};

#define UUID "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
#define BILL "^[0-9A-Za-z-]{1,40}$"

static cJSON *
refuse (guint code, const char *name, const char *message, guint *status)
{
  *status = code;
  return jumin_answer_error (name, message);
}

static cJSON *
refuse_order (const GError *error, guint *status)
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

  return refuse (refusals[error->code].status, refusals[error->code].code, error->message, status);
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
read_bills (const JuminJson *body)
{
  JuminJson array = jumin_json_array (body, "bills", JUMIN_BASKET_MAX), place = { NULL };
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
jumin_operation_make_quote (const JuminPlatform *platform, const JuminJson *body, const char *key,
                            guint *status)
{
  static const char *const keys[] = { "bills", NULL };
  JuminPayDesk *desk = platform->pay;
  gint64 now = jumin_clock_get_wall (platform->clock);
  g_autoptr (GPtrArray) bills = read_bills (body);
  g_autoptr (JuminQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *obstacle;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  jumin_bill_book_open_day (desk->book, desk->ledger, now);
  obstacle = find_obstacle (desk->book, bills, now);
  if (obstacle != NULL)
    return refuse (409, obstacle, "A bill is not to be paid now", status);
  quote = jumin_till_ledger_quote (desk->ledger, platform->terminal,
                                   (const char *const *)bills->pdata, now, &error);
  if (quote == NULL)
    return refuse_order (error, status);
  jumin_text_copy (&quote->payee_name, &desk->book->payee_name);
  for (guint i = 0; i < quote->items->len; i++)
    fill_item (desk->book, quote->items->pdata[i]);
  jumin_money_fault_spoil_quote (platform->money_fault, quote);
  text = jumin_quote_dup_text (quote);
  quote->signature
      = jumin_money_fault_sign (platform->money_fault, platform->gate, platform->state, text);
  *status = 201;
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
answer_charge (const JuminPlatform *platform, JuminCharge *charge, const GError *error,
               guint *status)
{
  JuminMoneyFault fault = platform->money_fault;
  JuminPayDesk *desk = platform->pay;
  g_autofree char *text = NULL;
  cJSON *answer;
  char *printed;

  if (charge == NULL)
    return refuse_order (error, status);
  if (fault == JUMIN_MONEY_FAULT_AGAIN && desk->told != NULL)
    return cJSON_Parse (desk->told);
  jumin_money_fault_spoil_charge (fault, charge, desk->ledger);
  text = jumin_charge_dup_text (charge, platform->terminal);
  charge->signature = jumin_money_fault_sign (fault, platform->gate, platform->state, text);
  answer = describe_charge (charge);
  printed = cJSON_PrintUnformatted (answer);
  g_free (desk->told);
  desk->told = g_strdup (printed);
  cJSON_free (printed);
  return answer;
}

/* A member that belongs to one way of paying and is null for the others. */
static const char *
read_of_way (const JuminJson *body, const char *name, const char *pattern, gsize length,
             gboolean wanted)
{
  JuminJson place = jumin_json_member (body, name);

  if (place.value == NULL)
    jumin_json_fail (&place, "missing");
  if (jumin_json_is_null (&place) != !wanted)
    jumin_json_fail (&place, "there without its way, or not there with it");
  return jumin_json_is_null (&place) ? NULL : jumin_json_get_match (body, name, pattern, length);
}

/* Who pays by agreement. @order: its payer and why it does not pay are set */
static char *
find_agreement (const JuminPlatform *platform, const char *id_number, JuminTillOrder *order)
{
  const JuminCityResident *person = jumin_city_find_number (platform->city, id_number);
  const JuminAgreement *agreement
      = person != NULL ? jumin_bill_book_find_agreement (platform->pay->book, person->id) : NULL;

  if (agreement != NULL && order->fen > agreement->limit_fen)
    order->declined = "limit";
  return agreement != NULL ? g_strconcat ("card:", agreement->resident, NULL) : NULL;
}

static cJSON *
take_order (const JuminPlatform *platform, JuminTillOrder *order, const char *id_number,
            guint *status)
{
  g_autofree char *payer = id_number != NULL ? find_agreement (platform, id_number, order) : NULL;
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
  if (platform->money_fault == JUMIN_MONEY_FAULT_DECLINED)
    order->declined = "funds";
  charge = jumin_till_ledger_pay (platform->pay->ledger, order,
                                  jumin_clock_get_wall (platform->clock), &is_new, &error);
  *status = is_new ? 201 : 200;
  return answer_charge (platform, charge, error, status);
}

cJSON *
jumin_operation_pay (const JuminPlatform *platform, const JuminJson *body, const char *key,
                     guint *status)
{
  static const char *const keys[] = { "quote", "fen", "way", "code", "id_number", NULL };
  static const char *const ways[] = { "scan", "show", "account", NULL };
  const char *fen = jumin_json_get_match (body, "fen", "^[1-9][0-9]{0,12}$", AMOUNT_LENGTH);
  JuminTillOrder order = {
    .payment = key,
    .terminal = platform->terminal,
    .quote = jumin_json_get_match (body, "quote", UUID, UUID_LENGTH),
    .way = jumin_json_get_choice (body, "way", ways),
  };
  const char *id_number
      = read_of_way (body, "id_number", "^[0-9]{17}[0-9X]$", 18, order.way == JUMIN_PAY_ACCOUNT);

  order.code = read_of_way (body, "code", "^[0-9]{16,24}$", JUMIN_PAYMENT_CODE_MAX,
                            order.way == JUMIN_PAY_SHOW);
  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  if (platform->money_fault == JUMIN_MONEY_FAULT_REFUSED)
    return refuse (409, "bill_taken", "A bill is not to be paid now", status);
  if (!jumin_fen_parse (fen, &order.fen))
    return refuse (400, "bad_request", "Body.fen: not an amount", status);
  return take_order (platform, &order, id_number, status);
}

static const char *
read_payment (const JuminJson *body)
{
  static const char *const keys[] = { "payment", NULL };

  jumin_json_check_keys (body, keys);
  return jumin_json_get_match (body, "payment", UUID, UUID_LENGTH);
}

cJSON *
jumin_operation_get_payment (const JuminPlatform *platform, const JuminJson *body, const char *key,
                             guint *status)
{
  const char *payment = read_payment (body);
  g_autoptr (JuminCharge) charge = NULL;
  g_autoptr (GError) error = NULL;

  if (body->report->error != NULL)
    return NULL;
  charge = jumin_till_ledger_state (platform->pay->ledger, payment,
                                    jumin_clock_get_wall (platform->clock), &error);
  return answer_charge (platform, charge, error, status);
}

/* Nothing is closed while the payer is just paying. */
static JuminCharge *
close_order (const JuminPlatform *platform, const char *payment, gint64 now, GError **error)
{
  g_autoptr (JuminCharge) charge
      = platform->money_fault == JUMIN_MONEY_FAULT_BUSY
            ? jumin_till_ledger_state (platform->pay->ledger, payment, now, error)
            : NULL;

  if (charge != NULL && charge->state == JUMIN_CHARGE_PENDING)
    return g_steal_pointer (&charge);
  return jumin_till_ledger_close (platform->pay->ledger, platform->terminal, payment, now, error);
}

cJSON *
jumin_operation_close_payment (const JuminPlatform *platform, const JuminJson *body,
                               const char *key, guint *status)
{
  const char *payment = read_payment (body);
  g_autoptr (JuminCharge) charge = NULL;
  g_autoptr (GError) error = NULL;

  if (body->report->error != NULL)
    return NULL;
  charge = close_order (platform, payment, jumin_clock_get_wall (platform->clock), &error);
  return answer_charge (platform, charge, error, status);
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
jumin_operation_list_payments (const JuminPlatform *platform, const JuminJson *body,
                               const char *key, guint *status)
{
  static const char *const keys[] = { "day", NULL };
  const char *text
      = jumin_json_get_match (body, "day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", DATE_LENGTH);
  gint64 now = jumin_clock_get_wall (platform->clock);
  g_autoptr (GPtrArray) charges = NULL;
  cJSON *answer, *list;
  int day;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  day = atoi (text) * 10000 + atoi (text + strlen ("2026-")) * 100
        + atoi (text + strlen ("2026-09-"));
  charges = jumin_till_ledger_list (platform->pay->ledger, platform->terminal, day, now);
  answer = cJSON_CreateObject ();
  cJSON_AddStringToObject (answer, "day", text);
  cJSON_AddNumberToObject (answer, "at", (double)now);
  list = cJSON_AddArrayToObject (answer, "charges");
  for (guint i = 0; i < charges->len; i++)
    cJSON_AddItemToArray (list, describe_listed (charges->pdata[i]));
  return answer;
}
