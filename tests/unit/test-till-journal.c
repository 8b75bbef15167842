/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till whose disk fails: it takes no money, forgets nothing, and goes on when the disk does. */
#include "frail-journal.h"
#include "till-desk.h"

enum
{
  PUTS = 5,       /* of one payment that is paid */
  MANY = 10,      /* that fail one after the other: two minutes of a disk */
  HEAL_MS = 20000 /* twice the wait after which the disk is tried again */
};

/**
 * Frailty:
 * @put: the first one that fails
 */
typedef struct
{
  guint put, fails;
  gboolean keeps;
} Frailty;

/* The phone pays as soon as the code is on the screen. */
static void
on_changed (JuminTill *till, const char *id, TillDesk *desk)
{
  const JuminPayment *payment = jumin_till_find (till, id);

  if (payment != NULL && *payment->code != '\0'
      && jumin_payment_get_say (payment) == JUMIN_SAY_WAITING
      && fake_bank_get (desk->bank, id) == JUMIN_CHARGE_PENDING)
    fake_bank_set (desk->bank, id, JUMIN_CHARGE_PAID);
}

static void
live (TillDesk *desk, const char *id)
{
  gboolean paid = FALSE;

  for (guint i = 0; i < MANY; i++)
    {
      till_desk_advance (desk, HEAL_MS);
      paid = fake_bank_get (desk->bank, id) == JUMIN_CHARGE_PAID;
      if (paid)
        fake_bank_set (desk->bank, id, JUMIN_CHARGE_FULFILLED);
    }
}

static void
test_put (TillDesk *desk, gconstpointer data)
{
  const Frailty *frailty = data;
  FrailDisk *disk = frail_journal_get_disk (desk->journal);
  guint turns = desk->turns;
  g_autofree char *id = NULL;
  g_autoptr (JuminPayment) row = NULL;

  disk->fails_at = frailty->put;
  disk->fails = frailty->fails;
  disk->keeps = frailty->keeps;
  g_signal_connect (desk->till, "changed", G_CALLBACK (on_changed), desk);
  id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);
  live (desk, id);
  g_assert_cmpuint (desk->turns, >=, turns + 2); /* closed, and open again */
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
  g_assert_cmpuint (jumin_till_count_unresolved (desk->till), ==, 0);
  row = till_desk_read (desk, id);
  if (fake_bank_get (desk->bank, id) == JUMIN_CHARGE_FULFILLED)
    g_assert_cmpint (row->state, ==, JUMIN_PAYMENT_FULFILLED);
  else if (row != NULL)
    g_assert_cmpint (row->state, ==, JUMIN_PAYMENT_VOID);
  if (frailty->put > 2)
    g_assert_cmpint (fake_bank_get (desk->bank, id), ==, JUMIN_CHARGE_FULFILLED);
  else
    g_assert_cmpuint (desk->bank->pays, ==, 0);
  g_free (id);
  id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
}

/* While it cannot be written, nothing is begun, and it does not open by being read. */
static void
test_closed (TillDesk *desk, gconstpointer data)
{
  FrailDisk *disk = frail_journal_get_disk (desk->journal);
  g_autoptr (JuminQuote) quote = till_desk_quote_new (desk, "b");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);

  disk->fails_at = disk->puts + 1;
  disk->fails = G_MAXINT32;
  fake_bank_set (desk->bank, id, JUMIN_CHARGE_PAID);
  till_desk_advance (desk, 1000);
  for (guint i = 0; i < MANY; i++)
    {
      g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_JOURNAL);
      g_assert_cmpint (jumin_payment_get_say (jumin_till_find (desk->till, id)), ==,
                       JUMIN_SAY_CONFIRMING);
      till_desk_advance (desk, HEAL_MS);
    }
  g_assert_null (jumin_till_begin (desk->till, quote, JUMIN_PAY_SCAN, NULL, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_TILL_CLOSED);
  disk->fails = 0;
  till_desk_advance (desk, HEAL_MS);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
  g_assert_cmpint (jumin_payment_get_say (jumin_till_find (desk->till, id)), ==, JUMIN_SAY_PAID);
}

static void
test_unreadable (TillDesk *desk, gconstpointer data)
{
  FrailDisk *disk;

  till_desk_stop (desk);
  till_desk_start (desk);
  disk = frail_journal_get_disk (desk->journal);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_LOADING);
  till_desk_stop (desk);
  till_desk_start (desk);
  disk = frail_journal_get_disk (desk->journal);
  disk->unreadable = TRUE;
  jumin_till_start (desk->till);
  while (jumin_till_get_closed (desk->till) != JUMIN_TILL_JOURNAL)
    g_main_context_iteration (NULL, TRUE);
  till_desk_advance (desk, HEAL_MS);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_JOURNAL);
  disk->unreadable = FALSE;
  till_desk_advance (desk, HEAL_MS);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
}

static void
on_slip (GObject *till, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* What is not on the disk is not printed. */
static void
test_slip (TillDesk *desk, gconstpointer data)
{
  FrailDisk *disk = frail_journal_get_disk (desk->journal);
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  disk->fails_at = disk->puts + 1;
  disk->fails = 1;
  jumin_till_begin_slip_async (desk->till, id, FALSE, on_slip, &result);
  till_desk_settle (desk);
  g_assert_false (jumin_till_begin_slip_finish (desk->till, result, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_assert_cmpint (jumin_till_find (desk->till, id)->slip, ==, JUMIN_RECEIPT_FAILED);
  till_desk_advance (desk, HEAL_MS);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/till-journal/" name, TillDesk, NULL, till_desk_set_up, test, till_desk_tear_down)

static void
add_puts (const Frailty *frailty)
{
  g_autofree char *name
      = g_strdup_printf ("/till-journal/a disk that fails %u times from write %u on, %s, loses "
                         "nothing",
                         frailty->fails, frailty->put, frailty->keeps ? "and kept it" : "for good");

  g_test_add (name, TillDesk, frailty, till_desk_set_up, test_put, till_desk_tear_down);
}

int
main (int argc, char **argv)
{
  static Frailty frailties[PUTS * 4];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (frailties); i++)
    {
      frailties[i] = (Frailty){ .put = 1 + i / 4, .fails = i % 2 ? MANY : 1, .keeps = i / 2 % 2 };
      add_puts (&frailties[i]);
    }
  ADD ("while nothing can be written nothing is begun", test_closed);
  ADD ("a journal that cannot be read is tried again", test_unreadable);
  ADD ("a slip that is not on the disk is not printed", test_slip);
  return g_test_run ();
}
