/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of bills (data/platform-api.yaml, /bills). Owners, addresses and account numbers
 * go out masked. */

#include <string.h>

#include "sandbox/answer-parts.h"
#include "sandbox/operations.h"

static void
add_amount (cJSON *object, const char *name, gint64 number, const JuminText *unit)
{
  cJSON *amount = cJSON_AddObjectToObject (object, name);

  cJSON_AddNumberToObject (amount, "number", (double)number);
  jumin_answer_add_text (amount, "unit", unit);
}

/* A closed company closes what is due, and nothing else. */
static void
add_state (cJSON *object, const JuminBillBook *book, const JuminBillCompany *company,
           const JuminTillBill *bill, gint64 now)
{
  static const char *const states[] = { [JUMIN_BILL_DUE] = "due",
                                        [JUMIN_BILL_PAID] = "paid",
                                        [JUMIN_BILL_HELD] = "held",
                                        [JUMIN_BILL_CLOSED] = "closed" };
  JuminBillState state = bill->state;
  gint64 at = state == JUMIN_BILL_PAID ? bill->paid_at : 0;

  if (state == JUMIN_BILL_DUE && !jumin_bill_book_is_open (book, company, now, &at))
    state = JUMIN_BILL_CLOSED;
  cJSON_AddStringToObject (object, "state", states[state]);
  jumin_answer_add_time (object, "state_at", at);
}

static void
add_bill (cJSON *bills, const JuminPayDesk *desk, const JuminBillHome *home,
          const JuminBillAccount *account, const JuminBookedBill *booked, gint64 now)
{
  const JuminBillBook *book = desk->book;
  g_autofree char *claim = jumin_bill_book_dup_claim (book, home, account, booked);
  g_autofree char *masked = jumin_bill_account_dup_masked (account);
  g_autoptr (JuminTillBill) bill = jumin_till_ledger_find_bill (desk->ledger, claim, now);
  cJSON *object;

  if (bill == NULL)
    return;
  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "id", bill->id);
  cJSON_AddStringToObject (object, "biller", account->company->id);
  jumin_answer_add_text (object, "title", &account->company->title);
  jumin_answer_add_text (object, "company", &account->company->company);
  cJSON_AddStringToObject (object, "account", masked);
  jumin_answer_add_month (object, "month", jumin_bill_book_get_month (book, booked->months_ago));
  jumin_answer_add_date (object, "due_on", jumin_bill_book_get_day (book, booked->due_in));
  add_amount (object, "usage", booked->usage, &account->company->unit);
  jumin_answer_add_fen (object, "fen", bill->fen);
  jumin_answer_add_fen (object, "late_fen", bill->fen - booked->fen);
  add_state (object, book, account->company, bill, now);
  cJSON_AddItemToArray (bills, object);
}

static void
add_usage (cJSON *usages, const JuminBillBook *book, const JuminBillAccount *account)
{
  cJSON *object = cJSON_CreateObject (), *months;

  cJSON_AddStringToObject (object, "biller", account->company->id);
  jumin_answer_add_text (object, "title", &account->company->used);
  jumin_answer_add_text (object, "unit", &account->company->unit);
  months = cJSON_AddArrayToObject (object, "months");
  for (int i = 0; i < account->n_usage; i++)
    {
      cJSON *month = cJSON_CreateObject ();

      jumin_answer_add_month (month, "month",
                              jumin_bill_book_get_month (book, account->n_usage - i));
      cJSON_AddNumberToObject (month, "number", (double)account->usage[i]);
      cJSON_AddItemToArray (months, month);
    }
  cJSON_AddItemToArray (usages, object);
}

/* @only: (nullable): somebody else's, asked for by this account number: nothing but its bills */
static cJSON *
describe_home (const JuminPayDesk *desk, const JuminBillHome *home, const JuminBillAccount *only,
               gint64 now)
{
  cJSON *object = cJSON_CreateObject (), *bills, *usages;
  g_autofree char *id
      = only != NULL ? g_strconcat (home->id, "-", only->company->id, NULL) : g_strdup (home->id);

  cJSON_AddStringToObject (object, "id", id);
  cJSON_AddStringToObject (object, "address", home->address);
  cJSON_AddStringToObject (object, "owner", home->owner);
  cJSON_AddBoolToObject (object, "own", only == NULL);
  bills = cJSON_AddArrayToObject (object, "bills");
  usages = cJSON_AddArrayToObject (object, "usages");
  for (guint i = 0; i < home->accounts->len; i++)
    {
      const JuminBillAccount *account = home->accounts->pdata[i];

      if (only != NULL && account != only)
        continue;
      for (guint j = 0; j < account->bills->len; j++)
        add_bill (bills, desk, home, account, account->bills->pdata[j], now);
      if (only == NULL && account->n_usage > 0 && cJSON_GetArraySize (usages) < JUMIN_USAGES_MAX)
        add_usage (usages, desk->book, account);
    }
  return object;
}

static cJSON *
begin_answer (JuminAsk *ask, const char *account, cJSON **homes)
{
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddNumberToObject (answer, "as_of", (double)jumin_ask_get_now (ask));
  jumin_answer_add_string (answer, "account", account);
  *homes = cJSON_AddArrayToObject (answer, "homes");
  return answer;
}

static gboolean
is_theirs (const JuminBillHome *home, const JuminCityResident *person)
{
  return person != NULL
         && g_ptr_array_find_with_equal_func (home->residents, person->id, g_str_equal, NULL);
}

cJSON *
jumin_operation_list_bills (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  gint64 now = jumin_ask_get_now (ask);
  const JuminBillBook *book = ask->platform->pay->book;
  const JuminCityResident *person;
  const JuminAgreement *agreement;
  cJSON *answer, *homes;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  jumin_bill_book_open_day (ask->platform->pay->book, ask->platform->pay->ledger, now);
  person = jumin_city_find_number (ask->platform->city, id_number);
  agreement = person != NULL ? jumin_bill_book_find_agreement (book, person->id) : NULL;
  answer = begin_answer (ask, agreement != NULL ? agreement->account : NULL, &homes);
  for (guint i = 0; i < book->homes->len && cJSON_GetArraySize (homes) < JUMIN_HOMES_MAX; i++)
    if (is_theirs (book->homes->pdata[i], person))
      cJSON_AddItemToArray (homes,
                            describe_home (ask->platform->pay, book->homes->pdata[i], NULL, now));
  return answer;
}

static const JuminBillAccount *
find_account (const JuminBillBook *book, const char *biller, const char *number,
              const JuminBillHome **owner)
{
  for (guint i = 0; i < book->homes->len; i++)
    {
      const JuminBillHome *home = book->homes->pdata[i];

      for (guint j = 0; j < home->accounts->len; j++)
        {
          const JuminBillAccount *account = home->accounts->pdata[j];

          *owner = home;
          if (strcmp (account->company->id, biller) == 0 && strcmp (account->number, number) == 0)
            return account;
        }
    }
  return NULL;
}

cJSON *
jumin_operation_find_bills (JuminAsk *ask)
{
  g_autofree char *biller = jumin_json_dup_id (ask->body, "biller");
  const char *number
      = jumin_json_get_match (ask->body, "account", "^[0-9]{4,20}$", JUMIN_ACCOUNT_MAX);
  gint64 now = jumin_ask_get_now (ask);
  const JuminBillAccount *account;
  const JuminBillHome *home = NULL;
  cJSON *answer, *homes;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  jumin_bill_book_open_day (ask->platform->pay->book, ask->platform->pay->ledger, now);
  account = find_account (ask->platform->pay->book, biller, number, &home);
  if (account == NULL)
    return jumin_ask_refuse (ask, 404, "account_unknown", "This company has no such account");
  answer = begin_answer (ask, NULL, &homes);
  cJSON_AddItemToArray (homes, describe_home (ask->platform->pay, home, account, now));
  return answer;
}
