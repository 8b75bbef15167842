/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households and their bills as values. Strict: a member that nobody reads here is refused, too
 * (jumin_json_check_all_seen), and an amount is decimal text or nothing. */
#include "platform/bill-answers.h"

#include <string.h>

#include "model/money.h"

enum
{
  FEN_DIGITS_MAX = 13,
  PERSON_MAX = 80,
  TAIL_LENGTH = 4,
  USED_MAX = 999999999
};

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

/* 0: null, and after an error */
int
jumin_bill_answer_read_month (const JuminJson *object, const char *key)
{
  return jumin_json_member_is_null (object, key) ? 0 : jumin_json_get_month (object, key);
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
  jumin_json_read_text (&place, "unit", unit);
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
    bill->state_at = jumin_json_get_time (place, "state_at");
  else if (!jumin_json_member_is_null (place, "state_at"))
    jumin_json_fail (&at, "nothing has happened");
}

static gpointer
read_bill (const JuminJson *place)
{
  JuminBill *bill = jumin_bill_new ();
  JuminJson late = jumin_json_member (place, "late_fen");

  bill->id = jumin_json_dup_match (place, "id", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX);
  bill->biller = jumin_json_dup_id (place, "biller");
  bill->account = jumin_json_dup_match (place, "account", JUMIN_MASKED_ACCOUNT, JUMIN_ACCOUNT_MAX);
  jumin_json_read_text (place, "title", &bill->title);
  jumin_json_read_text (place, "company", &bill->company);
  bill->month = jumin_bill_answer_read_month (place, "month");
  if (!jumin_json_member_is_null (place, "due_on"))
    bill->due_on = jumin_json_get_day (place, "due_on");
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
      int month = jumin_json_get_month (&element, "month");

      if (month == 0 || (usage->n > 0 && month <= usage->months[usage->n - 1]))
        jumin_json_fail (&element, "not after the month before");
      usage->months[usage->n] = month;
      usage->amounts[usage->n] = jumin_json_get_integer (&element, "number", 0, USED_MAX);
      usage->n++;
    }
  if (usage->n == 0)
    jumin_json_fail (&months, "empty");
}

static gpointer
read_usage (const JuminJson *place)
{
  JuminUsage *usage = g_new0 (JuminUsage, 1);

  usage->biller = jumin_json_dup_id (place, "biller");
  jumin_json_read_text (place, "title", &usage->title);
  jumin_json_read_text (place, "unit", &usage->unit);
  read_months (place, usage);
  return usage;
}

static JuminHome *
read_home (const JuminJson *place)
{
  JuminHome *home = jumin_home_new ();

  home->id = jumin_json_dup_match (place, "id", JUMIN_BILL_ID, JUMIN_BILL_ID_MAX);
  home->address = jumin_json_dup_match (place, "address", ".", PERSON_MAX);
  home->owner = jumin_json_dup_match (place, "owner", ".", PERSON_MAX);
  home->own = jumin_json_get_boolean (place, "own");
  jumin_json_read_list (place, "bills", JUMIN_HOME_BILLS_MAX, home->bills, read_bill);
  jumin_json_read_list (place, "usages", JUMIN_USAGES_MAX, home->usages, read_usage);
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

  self->as_of = jumin_json_get_time (root, "as_of");
  if (!jumin_json_member_is_null (root, "account"))
    self->account = jumin_json_dup_match (root, "account", "^[0-9]{4}$", TAIL_LENGTH);
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
