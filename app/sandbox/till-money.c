/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a payment at the platform:
 *
 *   (never heard of) ──close──► CLOSED, a tombstone: this key can never be charged
 *         │ pay
 *         ├──► DECLINED
 *         └──► PENDING ──phone declines──► DECLINED
 *                 ├──close, nobody paid in time──► CLOSED
 *                 └──phone pays, or at once──► PAID ──billers answer──► FULFILLED, REFUNDED
 *                                               └──close, where money is taken back──► CLOSED
 *
 * An order holds its bills while it is pending and owns them once it is paid. Each call begins by
 * closing what nobody paid in time, and is one transaction. */
#include "sandbox/fund-book.h"
#include "sandbox/till-private.h"

#include <string.h>

/* Pages that nobody serves: RFC 2606 keeps the name for examples. */
#define ORDERS "https://pay.linjiang.example/o/"
#define RECEIPTS "https://pay.linjiang.example/r/"

JuminTillRow *
jumin_till_find_order (JuminTillLedger *self, const char *payment)
{
  g_autoptr (JuminTillRows) rows
      = jumin_till_tables_ask (self, JUMIN_TILL_FIND_ORDER, "s", payment);

  return jumin_till_next_order (rows);
}

static gboolean
is_paid (JuminChargeState state)
{
  return state == JUMIN_CHARGE_PAID || state == JUMIN_CHARGE_FULFILLED
         || state == JUMIN_CHARGE_REFUNDED;
}

/* An order that never will be paid: its bills are free. */
void
jumin_till_end_order (JuminTillLedger *self, const char *payment, JuminChargeState state)
{
  jumin_till_tell (self, JUMIN_TILL_SET_STATE, "si", payment, (int)state);
  jumin_till_tell (self, JUMIN_TILL_UNLOCK, "s", payment);
}

void
jumin_till_decline (JuminTillLedger *self, const char *payment, const char *reason)
{
  jumin_till_tell (self, JUMIN_TILL_SET_REASON, "ss", payment, reason);
  jumin_till_end_order (self, payment, JUMIN_CHARGE_DECLINED);
}

static JuminTillRow *
find_expired (JuminTillLedger *self, gint64 now)
{
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, JUMIN_TILL_FIND_EXPIRED, "l", now);

  return jumin_till_next_order (rows);
}

/* A transaction, and what nobody paid in time is closed. */
void
jumin_till_tables_start (JuminTillLedger *self, gint64 now)
{
  jumin_till_tables_begin (self);
  while (!self->broken)
    {
      g_autoptr (JuminTillRow) row = find_expired (self, now);

      if (row == NULL)
        return;
      jumin_till_end_order (self, row->payment, JUMIN_CHARGE_CLOSED);
    }
}

static void
mark_bills (JuminTillLedger *self, const char *quote, const char *payment, gint64 paid_at)
{
  g_autoptr (GPtrArray) items = jumin_till_list_items (self, quote);

  for (guint i = 0; i < items->len; i++)
    {
      const JuminTillItem *item = items->pdata[i];

      jumin_till_tell (self, JUMIN_TILL_MARK_BILL, "ssl", item->claim, payment, paid_at);
    }
}

/* The money of a pending order moves. */
void
jumin_till_take_money (JuminTillLedger *self, const char *payment, const char *source,
                       const char *channel, gint64 now)
{
  g_autoptr (JuminTillRow) row = jumin_till_find_order (self, payment);
  g_autofree char *head = g_strndup (row->token, strcspn (row->token, "-"));
  g_autofree char *number
      = g_strdup_printf ("LJ%08d%s%010d", jumin_book_get_day (now, self->rules.utc_offset_min),
                         head, g_rand_int_range (self->random, 0, G_MAXINT32));

  g_assert (row->state == JUMIN_CHARGE_PENDING);
  jumin_till_move (self,
                   &(JuminTillMove){ .payment = payment,
                                     .bill = "",
                                     .kind = "charge",
                                     .from = source,
                                     .to = self->payee,
                                     .fen = row->fen },
                   now);
  jumin_till_tell (self, JUMIN_TILL_SET_PAID, "ssssl", payment, source, channel, number, now);
  mark_bills (self, row->quote, payment, now);
  jumin_till_tell (self, JUMIN_TILL_UNLOCK, "s", payment);
}

/* Before any biller has it, all of it goes back. */
void
jumin_till_give_back (JuminTillLedger *self, const JuminTillRow *row, gint64 now)
{
  jumin_till_move (self,
                   &(JuminTillMove){ .payment = row->payment,
                                     .bill = "",
                                     .kind = "reverse",
                                     .from = self->payee,
                                     .to = row->source,
                                     .fen = row->fen },
                   now);
  mark_bills (self, row->quote, "", 0);
  jumin_till_end_order (self, row->payment, JUMIN_CHARGE_CLOSED);
}

/* One biller says that it has its money, or does not take it. */
static gboolean
credit_item (JuminTillLedger *self, const JuminTillRow *row, const JuminTillItem *item, gint64 now)
{
  gboolean rejected = g_hash_table_contains (self->rejecting, item->biller)
                      || g_hash_table_contains (self->rejecting, item->claim);
  g_autofree char *account = g_strconcat ("biller:", item->biller, NULL);
  JuminTillMove move = { .payment = row->payment,
                         .bill = item->claim,
                         .kind = rejected ? "refund" : "credit",
                         .from = self->payee,
                         .to = rejected ? row->source : account,
                         .fen = item->fen };

  jumin_till_move (self, &move, now);
  jumin_till_tell (self, JUMIN_TILL_SET_CREDIT, "ssi", row->quote, item->claim,
                   rejected ? (int)JUMIN_CREDIT_REFUNDED : (int)JUMIN_CREDIT_DONE);
  if (rejected)
    jumin_till_tell (self, JUMIN_TILL_MARK_BILL, "ssl", item->claim, "", G_GINT64_CONSTANT (0));
  return !rejected;
}

void
jumin_till_settle (JuminTillLedger *self, const char *payment, gint64 now)
{
  g_autoptr (JuminTillRow) row = jumin_till_find_order (self, payment);
  g_autoptr (GPtrArray) items = NULL;
  gboolean any = FALSE;

  if (row == NULL || row->state != JUMIN_CHARGE_PAID || now < row->paid_at + self->rules.credit_s)
    return;
  items = jumin_till_list_items (self, row->quote);
  for (guint i = 0; i < items->len; i++)
    any = credit_item (self, row, items->pdata[i], now) || any;
  jumin_till_tell (self, JUMIN_TILL_SET_STATE, "si", payment,
                   any ? (int)JUMIN_CHARGE_FULFILLED : (int)JUMIN_CHARGE_REFUNDED);
}

static void
describe_paid (JuminTillLedger *self, const JuminTillRow *row, JuminCharge *charge)
{
  g_autoptr (GPtrArray) items = jumin_till_list_items (self, row->quote);

  charge->channel = g_strdup (row->channel);
  charge->transaction = g_strdup (row->number);
  charge->receipt = g_strconcat (RECEIPTS, row->token, NULL);
  charge->paid_at = row->paid_at;
  for (guint i = 0; i < items->len; i++)
    {
      const JuminTillItem *item = items->pdata[i];
      JuminPayItem *told = jumin_pay_item_new ();

      told->bill = g_strdup (item->bill);
      told->credit = item->credit;
      g_ptr_array_add (charge->items, told);
    }
}

static void
fill_up (char **word)
{
  if (*word == NULL)
    *word = g_strdup ("");
}

static JuminCharge *
describe (JuminTillLedger *self, const char *payment, gint64 now)
{
  g_autoptr (JuminTillRow) row = jumin_till_find_order (self, payment);
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = g_strdup (payment);
  charge->at = now;
  charge->state = row != NULL ? row->state : JUMIN_CHARGE_NOT_FOUND;
  if (row != NULL && *row->quote != '\0')
    {
      charge->quote = g_strdup (row->quote);
      charge->payee = g_strdup (self->payee);
      charge->fen = row->fen;
      charge->reason = g_strdup (row->reason);
      if (row->state == JUMIN_CHARGE_PENDING && row->way == JUMIN_PAY_SCAN)
        charge->code = g_strconcat (ORDERS, row->token, NULL);
      if (is_paid (row->state))
        describe_paid (self, row, charge);
    }
  fill_up (&charge->channel);
  fill_up (&charge->reason);
  fill_up (&charge->transaction);
  fill_up (&charge->code);
  fill_up (&charge->receipt);
  return charge;
}

JuminCharge *
jumin_till_finish (JuminTillLedger *self, const char *payment, gint64 now, GError **error)
{
  g_autoptr (JuminCharge) charge = describe (self, payment, now);

  /* A close that is late, or comes twice, does not take back what is known to be paid. */
  if (charge->state == JUMIN_CHARGE_PAID)
    jumin_till_tell (self, JUMIN_TILL_SET_TOLD, "s", payment);
  return jumin_till_commit (self, error) ? g_steal_pointer (&charge) : NULL;
}
