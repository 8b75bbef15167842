/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads data/sandbox/bills.json. Days in it count from today, so that a demonstration owes the same
 * on any day. */
#include "sandbox/bill-book.h"

#include <string.h>

#include "model/json.h"
#include "model/mask.h"
#include "model/money.h"
#include "sandbox/fund-book.h"
#include "sandbox/timetable.h"

enum
{
  MONTHS = 12,
  DAYS_MAX = 400,
  WAIT_S_MAX = 3600,
  MYRIAD = 10000,
  USAGE_MAX = 999999999,
  OWNER_MAX = 80, /* characters, as the next one */
  ADDRESS_MAX = 80,
  HEAD_SHOWN = 4,
  TAIL_SHOWN = 2,
  PAID_AT_MIN = 10 * 60 + 12 /* of its day */
};

static void
company_free (gpointer data)
{
  JuminBillCompany *self = data;

  g_free (self->id);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->company);
  jumin_text_clear (&self->unit);
  jumin_text_clear (&self->used);
  g_free (self);
}

static void
account_free (gpointer data)
{
  JuminBillAccount *self = data;

  g_free (self->number);
  g_ptr_array_unref (self->bills);
  g_free (self);
}

static void
home_free (gpointer data)
{
  JuminBillHome *self = data;

  g_free (self->id);
  g_free (self->owner);
  g_free (self->address);
  g_ptr_array_unref (self->residents);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

static void
agreement_free (gpointer data)
{
  JuminAgreement *self = data;

  g_free (self->resident);
  g_free (self->account);
  g_free (self);
}

void
jumin_bill_book_free (JuminBillBook *self)
{
  g_free (self->payee);
  jumin_text_clear (&self->payee_name);
  g_ptr_array_unref (self->companies);
  g_ptr_array_unref (self->homes);
  g_ptr_array_unref (self->agreements);
  g_free (self);
}

static gpointer
read_company (const JuminJson *place)
{
  JuminBillCompany *company = g_new0 (JuminBillCompany, 1);

  company->id = jumin_json_dup_id (place, "id");
  jumin_json_read_text (place, "title", &company->title);
  jumin_json_read_text (place, "company", &company->company);
  jumin_json_read_text (place, "unit", &company->unit);
  jumin_json_read_text (place, "used", &company->used);
  company->opens_min = jumin_timetable_read_minutes (place, "opens");
  company->closes_min = jumin_timetable_read_minutes (place, "closes");
  return company;
}

static gpointer
read_bill (const JuminJson *place)
{
  static const char *const states[] = { "due", "paid", "held", NULL };
  JuminBookedBill *bill = g_new0 (JuminBookedBill, 1);

  bill->fen = jumin_json_get_integer (place, "fen", 1, JUMIN_FEN_MAX / MYRIAD);
  bill->usage = jumin_json_get_integer (place, "usage", 0, USAGE_MAX);
  bill->months_ago = (int)jumin_json_get_integer (place, "months_ago", 0, MONTHS);
  bill->due_in = (int)jumin_json_get_integer (place, "due_in", -DAYS_MAX, DAYS_MAX);
  bill->state = jumin_json_get_choice (place, "state", states);
  bill->days_ago = (int)jumin_json_get_integer (place, "days_ago", 0, DAYS_MAX);
  return bill;
}

static void
read_usage (const JuminJson *place, JuminBillAccount *account)
{
  JuminJson array = jumin_json_array (place, "usage", JUMIN_USAGE_MONTHS_MAX), element = { NULL };

  while (jumin_json_next (&array, &element))
    {
      if (!cJSON_IsNumber (element.value) || element.value->valueint < 0
          || element.value->valueint > USAGE_MAX)
        jumin_json_fail (&element, "not an amount");
      account->usage[account->n_usage++] = element.value->valueint;
    }
}

static void
read_account (const JuminJson *place, const JuminBillBook *self, JuminBillHome *home)
{
  JuminBillAccount *account = g_new0 (JuminBillAccount, 1);
  g_autofree char *biller = jumin_json_dup_id (place, "biller");

  g_ptr_array_add (home->accounts, account);
  account->bills = g_ptr_array_new_with_free_func (g_free);
  account->company = jumin_bill_book_find_company (self, biller);
  if (account->company == NULL)
    jumin_json_fail (place, "biller: there is none");
  else if (strlen (home->id) + strlen (biller) + strlen ("--202608") > JUMIN_TILL_CLAIM_MAX)
    jumin_json_fail (place, "biller: the ids of home and biller are too long for a bill's");
  account->number = jumin_json_dup_match (place, "number", "^[0-9]{8,20}$", JUMIN_ACCOUNT_MAX);
  account->rejects = jumin_json_get_boolean (place, "rejects");
  read_usage (place, account);
  jumin_json_read_list (place, "bills", JUMIN_BILL_BOOK_BILLS_MAX, account->bills, read_bill);
}

static gpointer
read_id (const JuminJson *place)
{
  return jumin_json_read_id (place);
}

static JuminBillHome *
read_home (const JuminJson *place, const JuminBillBook *self)
{
  JuminBillHome *home = g_new0 (JuminBillHome, 1);
  JuminJson accounts = jumin_json_array (place, "accounts", JUMIN_BILL_BOOK_ACCOUNTS_MAX),
            account = { NULL };

  home->residents = g_ptr_array_new_with_free_func (g_free);
  home->accounts = g_ptr_array_new_with_free_func (account_free);
  home->id = jumin_json_dup_id (place, "id");
  home->owner = jumin_mask_name (jumin_json_get_string (place, "owner", OWNER_MAX));
  home->address = g_strdup (jumin_json_get_string (place, "address", ADDRESS_MAX));
  jumin_json_read_list (place, "residents", JUMIN_BILL_BOOK_RESIDENTS_MAX, home->residents,
                        read_id);
  while (jumin_json_next (&accounts, &account))
    read_account (&account, self, home);
  return home;
}

static gpointer
read_agreement (const JuminJson *place)
{
  JuminAgreement *agreement = g_new0 (JuminAgreement, 1);

  agreement->resident = jumin_json_dup_id (place, "resident");
  agreement->account = jumin_json_dup_match (place, "account", "^[0-9]{4}$", 4);
  agreement->balance_fen = jumin_json_get_integer (place, "balance_fen", 0, JUMIN_FEN_MAX);
  agreement->limit_fen = jumin_json_get_integer (place, "limit_fen", 1, JUMIN_FEN_MAX);
  return agreement;
}

static void
read_book (const JuminJson *root, gpointer data)
{
  JuminBillBook *self = data;
  JuminTillRules *rules = &self->rules;
  JuminJson homes = jumin_json_array (root, "homes", JUMIN_BILL_BOOK_HOMES_MAX), home = { NULL };

  jumin_json_member (root, "note");
  self->payee = jumin_json_dup_id (root, "payee");
  rules->payee = self->payee;
  jumin_json_read_text (root, "payee_name", &self->payee_name);
  rules->quote_s = (guint)jumin_json_get_integer (root, "quote_s", 1, WAIT_S_MAX);
  rules->order_s = (guint)jumin_json_get_integer (root, "order_s", 1, WAIT_S_MAX);
  rules->credit_s = (guint)jumin_json_get_integer (root, "credit_s", 0, WAIT_S_MAX);
  rules->small_fen = jumin_json_get_integer (root, "small_fen", 0, JUMIN_FEN_MAX);
  self->late_per_myriad = (int)jumin_json_get_integer (root, "late_per_myriad", 0, MYRIAD);
  jumin_json_read_list (root, "billers", JUMIN_BILL_BOOK_BILLERS_MAX, self->companies,
                        read_company);
  while (jumin_json_next (&homes, &home))
    g_ptr_array_add (self->homes, read_home (&home, self));
  jumin_json_read_list (root, "agreements", JUMIN_BILL_BOOK_AGREEMENTS_MAX, self->agreements,
                        read_agreement);
}

JuminBillBook *
jumin_bill_book_load (const char *file, int utc_offset_min, GError **error)
{
  g_autoptr (JuminBillBook) self = g_new0 (JuminBillBook, 1);
  g_autofree char *contents = NULL;
  gsize length;
  JuminJsonFile text = { "Bills", file, .bytes_max = JUMIN_BILL_BOOK_BYTES_MAX };

  self->companies = g_ptr_array_new_with_free_func (company_free);
  self->homes = g_ptr_array_new_with_free_func (home_free);
  self->agreements = g_ptr_array_new_with_free_func (agreement_free);
  self->rules.utc_offset_min = utc_offset_min;
  if (!g_file_get_contents (file, &contents, &length, error))
    return NULL;
  text.json = contents;
  text.length = (gssize)length;
  return jumin_json_read_file (&text, read_book, self, error) ? g_steal_pointer (&self) : NULL;
}

JuminBillCompany *
jumin_bill_book_find_company (const JuminBillBook *self, const char *id)
{
  for (guint i = 0; i < self->companies->len; i++)
    {
      JuminBillCompany *company = self->companies->pdata[i];

      if (g_strcmp0 (company->id, id) == 0)
        return company;
    }
  return NULL;
}

const JuminAgreement *
jumin_bill_book_find_agreement (const JuminBillBook *self, const char *resident)
{
  for (guint i = 0; i < self->agreements->len; i++)
    {
      const JuminAgreement *agreement = self->agreements->pdata[i];

      if (strcmp (agreement->resident, resident) == 0)
        return agreement;
    }
  return NULL;
}

gboolean
jumin_bill_book_is_open (const JuminBillBook *self, const JuminBillCompany *company, gint64 now,
                         gint64 *until)
{
  gint64 hall_s = now + self->rules.utc_offset_min * JUMIN_MINUTE_S;
  int minute = (int)(hall_s % JUMIN_DAY_S / JUMIN_MINUTE_S);
  gint64 midnight = now - hall_s % JUMIN_DAY_S;

  *until = 0;
  if (company->mood != JUMIN_BILLER_BY_HOURS)
    return company->mood == JUMIN_BILLER_OPEN;
  if (minute >= company->opens_min && minute < company->closes_min)
    return TRUE;
  *until = midnight + company->opens_min * JUMIN_MINUTE_S
           + (minute >= company->closes_min ? JUMIN_DAY_S : 0);
  return FALSE;
}

int
jumin_bill_book_get_month (const JuminBillBook *self, int months_ago)
{
  int month = self->today / 10000 * MONTHS + self->today / 100 % 100 - 1 - months_ago;

  return month / MONTHS * 100 + month % MONTHS + 1;
}

/* @days: from today */
int
jumin_bill_book_get_day (const JuminBillBook *self, int days)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)(self->today % 100), (GDateMonth)(self->today / 100 % 100),
                  (GDateYear)(self->today / 10000));
  if (days >= 0)
    g_date_add_days (&date, (guint)days);
  else
    g_date_subtract_days (&date, (guint)-days);
  return g_date_get_year (&date) * 10000 + (int)g_date_get_month (&date) * 100
         + g_date_get_day (&date);
}

char *
jumin_bill_book_dup_claim (const JuminBillBook *self, const JuminBillHome *home,
                           const JuminBillAccount *account, const JuminBookedBill *bill)
{
  return g_strdup_printf ("%s-%s-%06d", home->id, account->company->id,
                          jumin_bill_book_get_month (self, bill->months_ago));
}

static gint64
get_late_fen (const JuminBillBook *self, const JuminBookedBill *bill)
{
  return bill->due_in < 0 && bill->state == JUMIN_BILL_DUE
             ? bill->fen * -bill->due_in * self->late_per_myriad / MYRIAD
             : 0;
}

/* Returns: (transfer full): 3021****17 */
char *
jumin_bill_account_dup_masked (const JuminBillAccount *account)
{
  gsize length = strlen (account->number);
  char *masked = g_strdup (account->number);

  memset (masked + HEAD_SHOWN, '*', length - HEAD_SHOWN - TAIL_SHOWN);
  return masked;
}

static void
put_bills (JuminBillBook *self, JuminTillLedger *ledger, const JuminBillHome *home,
           const JuminBillAccount *account, gint64 midnight)
{
  for (guint i = 0; i < account->bills->len; i++)
    {
      const JuminBookedBill *bill = account->bills->pdata[i];
      g_autofree char *claim = jumin_bill_book_dup_claim (self, home, account, bill);
      gint64 fen = bill->fen + get_late_fen (self, bill);

      jumin_till_ledger_set_rejects (ledger, claim, account->rejects);
      if (jumin_till_ledger_put_bill (ledger, claim, account->company->id, fen))
        jumin_till_ledger_mark_bill (ledger, claim, bill->state,
                                     midnight - bill->days_ago * (gint64)JUMIN_DAY_S
                                         + PAID_AT_MIN * JUMIN_MINUTE_S);
    }
}

void
jumin_bill_book_open_day (JuminBillBook *self, JuminTillLedger *ledger, gint64 now)
{
  int today = jumin_book_get_day (now, self->rules.utc_offset_min);
  gint64 midnight = now - (now + self->rules.utc_offset_min * JUMIN_MINUTE_S) % JUMIN_DAY_S;

  if (self->today == today)
    return;
  self->today = today;
  for (guint i = 0; i < self->homes->len; i++)
    {
      const JuminBillHome *home = self->homes->pdata[i];

      for (guint j = 0; j < home->accounts->len; j++)
        put_bills (self, ledger, home, home->accounts->pdata[j], midnight);
    }
}
