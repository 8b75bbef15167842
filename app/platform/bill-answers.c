/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households and their bills as values. Strict: a member that nobody reads here is refused, too
 * (jumin_json_check_all_seen), and an amount is decimal text or nothing. */
#include "platform/bill-answers.h"

#include <string.h>

#include "model/money.h"

enum
{
  FEN_DIGITS_MAX = 13,
  DATE_LENGTH = 10,
  MONTH_LENGTH = 7,
  PERSON_MAX = 80,
  TAIL_LENGTH = 4,
  USED_MAX = 999999999
};

#define TIME_MAX_S G_GINT64_CONSTANT (99999999999)

/* The member must be there: %TRUE only when it says null. */
gboolean
jumin_bill_answer_is_null (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);

  if (place.value == NULL)
    jumin_json_fail (&place, "missing");
  return cJSON_IsNull (place.value);
}

/**
 * jumin_bill_answer_read_fen:
 * @min: 0, or 1 where nothing would be no amount
 *
 * Returns: the amount, also after an error one of at least @min
 */
gint64
jumin_bill_answer_read_fen (const JuminJson *object, const char *key, gint64 min)
{
  JuminJson place = jumin_json_member (object, key);
  const char *text = jumin_json_get_string (object, key, FEN_DIGITS_MAX);
  gint64 fen = min;

  if (!jumin_fen_parse (text, &fen) || fen < min)
    {
      jumin_json_fail (&place, "no amount in fen");
      return min;
    }
  return fen;
}

gint64
jumin_bill_answer_read_time (const JuminJson *object, const char *key)
{
  return jumin_json_get_integer (object, key, 0, TIME_MAX_S);
}

/* The number that its digits make; 0 where there are none. */
static int
join_digits (const char *text)
{
  int number = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      number = number * 10 + (*text - '0');
  return number;
}

static gboolean
is_day (int day)
{
  return g_date_valid_dmy ((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                           (GDateYear)(day / 10000));
}

/* 20260920 of "2026-09-20"; 0 after an error */
int
jumin_bill_answer_read_day (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);
  int day = join_digits (
      jumin_json_get_match (object, key, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", DATE_LENGTH));

  if (is_day (day))
    return day;
  jumin_json_fail (&place, "no day");
  return 0;
}

/* 202608 of "2026-08"; 0: null, and after an error */
int
jumin_bill_answer_read_month (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);
  int month;

  if (cJSON_IsNull (place.value))
    return 0;
  month = join_digits (jumin_json_get_match (object, key, "^[0-9]{4}-[0-9]{2}$", MONTH_LENGTH));
  if (is_day (month * 100 + 1))
    return month;
  jumin_json_fail (&place, "no month");
  return 0;
}

void
jumin_bill_answer_read_text (const JuminJson *object, const char *key, JuminText *text)
{
  JuminJson place = jumin_json_member (object, key);

  jumin_json_read_text (&place, text);
}

/* An empty unit: not known. */
void
jumin_bill_answer_read_usage (const JuminJson *object, gint64 *number, JuminText *unit)
{
  JuminJson place = jumin_json_member (object, "usage");

  *number = 0;
  if (cJSON_IsNull (place.value))
    {
      jumin_text_set (unit, "", "");
      return;
    }
  *number = jumin_json_get_integer (&place, "number", 0, USED_MAX);
  jumin_bill_answer_read_text (&place, "unit", unit);
}

static void
read_state (const JuminJson *place, JuminBill *bill)
{
  static const char *const states[] = {
    [JUMIN_BILL_DUE] = "due",
    [JUMIN_BILL_PAID] = "paid",
    [JUMIN_BILL_HELD] = "held",
    [JUMIN_BILL_CLOSED] = "closed",
    NULL,
  };
  JuminJson at = jumin_json_member (place, "state_at");

  bill->state = (JuminBillState)jumin_json_get_choice (place, "state", states);
  if (bill->state == JUMIN_BILL_PAID
      || (bill->state == JUMIN_BILL_CLOSED && !cJSON_IsNull (at.value)))
    bill->state_at = jumin_bill_answer_read_time (place, "state_at");
  else if (!jumin_bill_answer_is_null (place, "state_at"))
    jumin_json_fail (&at, "nothing has happened");
}

static JuminBill *
read_bill (const JuminJson *place)
{
  JuminBill *bill = jumin_bill_new ();
  JuminJson late = jumin_json_member (place, "late_fen");

  bill->id = g_strdup (jumin_json_get_match (place, "id", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX));
  bill->biller = jumin_json_dup_id (place, "biller");
  bill->account
      = g_strdup (jumin_json_get_match (place, "account", JUMIN_MASKED_ACCOUNT, JUMIN_ACCOUNT_MAX));
  jumin_bill_answer_read_text (place, "title", &bill->title);
  jumin_bill_answer_read_text (place, "company", &bill->company);
  bill->month = jumin_bill_answer_read_month (place, "month");
  if (!jumin_bill_answer_is_null (place, "due_on"))
    bill->due_on = jumin_bill_answer_read_day (place, "due_on");
  jumin_bill_answer_read_usage (place, &bill->usage, &bill->unit);
  bill->fen = jumin_bill_answer_read_fen (place, "fen", 1);
  bill->late_fen = jumin_bill_answer_read_fen (place, "late_fen", 0);
  if (bill->late_fen > bill->fen)
    jumin_json_fail (&late, "more than fen");
  read_state (place, bill);
  return bill;
}

static void
read_months (const JuminJson *place, JuminUsage *usage)
{
  JuminJson months = jumin_json_array (place, "months", JUMIN_USAGE_MONTHS_MAX), element = { NULL };

  while (jumin_json_next (&months, &element))
    {
      int month = jumin_bill_answer_read_month (&element, "month");

      if (month == 0 || (usage->n > 0 && month <= usage->months[usage->n - 1]))
        jumin_json_fail (&element, "not after the month before");
      usage->months[usage->n] = month;
      usage->amounts[usage->n] = jumin_json_get_integer (&element, "number", 0, USED_MAX);
      usage->n++;
    }
  if (usage->n == 0)
    jumin_json_fail (&months, "empty");
}

static JuminUsage *
read_usage (const JuminJson *place)
{
  JuminUsage *usage = g_new0 (JuminUsage, 1);

  usage->biller = jumin_json_dup_id (place, "biller");
  jumin_bill_answer_read_text (place, "title", &usage->title);
  jumin_bill_answer_read_text (place, "unit", &usage->unit);
  read_months (place, usage);
  return usage;
}

static JuminHome *
read_home (const JuminJson *place)
{
  JuminHome *home = jumin_home_new ();
  JuminJson bills = jumin_json_array (place, "bills", JUMIN_HOME_BILLS_MAX), bill = { NULL };
  JuminJson usages = jumin_json_array (place, "usages", JUMIN_USAGES_MAX), usage = { NULL };

  home->id = g_strdup (jumin_json_get_match (place, "id", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX));
  home->address = g_strdup (jumin_json_get_match (place, "address", ".", PERSON_MAX));
  home->owner = g_strdup (jumin_json_get_match (place, "owner", ".", PERSON_MAX));
  home->own = jumin_json_get_boolean (place, "own");
  while (jumin_json_next (&bills, &bill))
    g_ptr_array_add (home->bills, read_bill (&bill));
  while (jumin_json_next (&usages, &usage))
    g_ptr_array_add (home->usages, read_usage (&usage));
  return home;
}

/* Whoever ticks a bill ticks one. */
static gboolean
is_new (const JuminHome *home, GHashTable *homes, GHashTable *bills)
{
  gboolean new = g_hash_table_add (homes, home->id);

  for (guint i = 0; i < home->bills->len; i++)
    {
      const JuminBill *bill = home->bills->pdata[i];

      new = g_hash_table_add (bills, bill->id) && new;
    }
  return new;
}

static JuminBills *
read_bills (const JuminJson *root)
{
  g_autoptr (GHashTable) home_ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) bill_ids = g_hash_table_new (g_str_hash, g_str_equal);
  JuminBills *self = jumin_bills_new ();
  JuminJson homes = jumin_json_array (root, "homes", JUMIN_HOMES_MAX), element = { NULL };

  self->as_of = jumin_bill_answer_read_time (root, "as_of");
  if (!jumin_bill_answer_is_null (root, "account"))
    self->account = g_strdup (jumin_json_get_match (root, "account", "^[0-9]{4}$", TAIL_LENGTH));
  while (jumin_json_next (&homes, &element))
    {
      JuminHome *home = read_home (&element);

      if (!is_new (home, home_ids, bill_ids))
        jumin_json_fail (&element, "a household or a bill stands here twice");
      g_ptr_array_add (self->homes, home);
    }
  return self;
}

gpointer
jumin_bill_answer_read_list (const JuminJson *root)
{
  return read_bills (root);
}

/* One household; it is nobody's who is known, and so is what it would be paid from. */
gpointer
jumin_bill_answer_read_found (const JuminJson *root)
{
  JuminBills *self = read_bills (root);
  JuminJson homes = jumin_json_member (root, "homes");

  if (self->homes->len != 1)
    jumin_json_fail (&homes, "not one household");
  for (guint i = 0; i < self->homes->len; i++)
    ((JuminHome *)self->homes->pdata[i])->own = FALSE;
  g_clear_pointer (&self->account, g_free);
  return self;
}
