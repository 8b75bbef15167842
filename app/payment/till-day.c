/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of payments: yesterday is compared with the platform's list at each start and once a night,
 * and again until the platform has answered. Staff see the same, and what is there.
 *
 * Days on which the platform was silent, or the machine off, are compared afterwards, one by one.
 *
 * A day turns at the minute at which yesterday is compared. The clock may be corrected while we
 * wait for it, so we look once an hour at least. */
#include "payment/till-private.h"

#include <string.h>

#include "model/hall-time.h"

enum
{
  LOOK_MS = 60 * 60 * 1000,
  MINUTE_S = 60,
  DAY_S = 24 * 60 * MINUTE_S,
  LISTED_MAX = 500, /* payments, of two days */
  DAYS_MAX = 31     /* that are compared afterwards */
};

/**
 * Comparison:
 * @looked: by somebody, not by the clock
 */
typedef struct
{
  int day;
  gboolean looked;
  GPtrArray *ours;
} Comparison;

static void
comparison_free (Comparison *comparison)
{
  g_clear_pointer (&comparison->ours, g_ptr_array_unref);
  g_free (comparison);
}

static guint
count (const JuminReconciliation *result, JuminDifferenceKind kind)
{
  guint n = 0;

  for (guint i = 0; i < result->differences->len; i++)
    n += ((JuminDifference *)result->differences->pdata[i])->kind == kind;
  return n;
}

static void
set_difference (JuminTill *self, int day, gboolean there)
{
  gboolean before = jumin_till_has_difference (self);

  if (there)
    g_hash_table_add (self->differences, GINT_TO_POINTER (day));
  else
    g_hash_table_remove (self->differences, GINT_TO_POINTER (day));
  if (jumin_till_has_difference (self) != before)
    jumin_till_announce (self, "");
}

static void
write_down (JuminTill *self, const JuminReconciliation *result)
{
  g_autofree char *matched = g_strdup_printf ("%u", result->matched);
  g_autofree char *missing = g_strdup_printf ("%u", count (result, JUMIN_DIFFERENCE_MISSING));
  g_autofree char *extra = g_strdup_printf ("%u", count (result, JUMIN_DIFFERENCE_EXTRA));
  g_autofree char *amount = g_strdup_printf ("%u", count (result, JUMIN_DIFFERENCE_AMOUNT));

  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAYMENT_RECONCILED, "matched", matched,
                     "missing", missing, "extra", extra, "amount", amount, NULL);
}

static void
on_theirs (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminTill *self = g_task_get_source_object (task);
  const Comparison *comparison = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) theirs
      = jumin_payment_source_list_finish (JUMIN_PAYMENT_SOURCE (source), result, &error);
  JuminReconciliation *compared;

  if (theirs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  compared = jumin_reconcile (comparison->day, comparison->ours, theirs);
  write_down (self, compared);
  set_difference (self, comparison->day, compared->differences->len > 0 && !comparison->looked);
  g_task_return_pointer (task, compared, (GDestroyNotify)jumin_reconciliation_free);
}

static void
on_ours (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminTill *self = g_task_get_source_object (task);
  Comparison *comparison = g_task_get_task_data (task);
  GError *error = NULL;

  comparison->ours = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, &error);
  if (comparison->ours == NULL)
    g_task_return_error (task, error);
  else
    jumin_payment_source_list_async (self->tools.source, comparison->day, on_theirs,
                                     g_steal_pointer (&task));
}

static void
compare_async (JuminTill *self, int day, gboolean looked, GAsyncReadyCallback callback,
               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Comparison *comparison = g_new0 (Comparison, 1);
  gint64 from, to;

  g_task_set_source_tag (task, compare_async);
  *comparison = (Comparison){ .day = day, .looked = looked };
  g_task_set_task_data (task, comparison, (GDestroyNotify)comparison_free);
  if (jumin_hall_get_day_bounds (day, &from, &to))
    jumin_journal_list_async (self->tools.journal, from, to, JUMIN_CHARGES_MAX, on_ours,
                              g_steal_pointer (&task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                             "Comparing payments failed: %d is no day", day);
}

void
jumin_till_reconcile_async (JuminTill *self, int day, GAsyncReadyCallback callback, gpointer data)
{
  compare_async (self, day, TRUE, callback, data);
}

JuminReconciliation *
jumin_till_reconcile_finish (JuminTill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jumin_till_has_difference (JuminTill *self)
{
  return g_hash_table_size (self->differences) > 0;
}

/* What cannot be is looked at with the day of its payment. */
void
jumin_till_day_note_alarm (JuminTill *self, const JuminPayment *payment)
{
  set_difference (self, jumin_hall_get_day (payment->created_at, 0), TRUE);
}

static gboolean compare (gpointer data);

/* As patiently as payments are asked about. */
static void
try_again (JuminTill *self)
{
  const guint *waits = self->tools.times.guard_ms;
  guint i = MIN (self->comparisons, JUMIN_CASHIER_STEPS_MAX - 1);

  while (i > 0 && waits[i] == 0)
    i--;
  self->comparisons++;
  self->again_timer = jumin_clock_after (self->tools.clock, waits[i], compare, self);
}

/* Returns: the next day that is to be compared; 0: there is none */
static int
get_following (JuminTill *self, int day)
{
  gint64 from, to;

  if (day >= self->compare_to || !jumin_hall_get_day_bounds (day, &from, &to))
    return 0;
  return jumin_hall_get_day (to, 0);
}

/* A day that the platform does not list stands in the way of none after it. */
static gboolean
is_refused (JuminTill *self, const GError *error)
{
  return self->comparing < self->compare_to
         && (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED)
             || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID));
}

static void
on_compared (GObject *object, GAsyncResult *result, gpointer data)
{
  JuminTill *self = JUMIN_TILL (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminReconciliation) compared = jumin_till_reconcile_finish (self, result, &error);

  self->compares = FALSE;
  if (self->gone)
    return;
  if (error != NULL)
    g_message ("%s", error->message);
  if (compared != NULL ? compared->day != self->comparing : !is_refused (self, error))
    {
      try_again (self);
      return;
    }
  self->comparisons = 0;
  self->comparing = get_following (self, self->comparing);
  if (self->comparing != 0)
    compare (self);
}

static gboolean
compare (gpointer data)
{
  JuminTill *self = data;

  self->again_timer = NULL;
  self->compares = TRUE;
  compare_async (self, self->comparing, FALSE, on_compared, NULL);
  return G_SOURCE_REMOVE;
}

/* How far the hall's day is beyond the minute at which it turns, seconds. */
static gint64
get_age (JuminTill *self)
{
  g_autoptr (GDateTime) now = jumin_hall_time (jumin_clock_get_wall (self->tools.clock));
  gint64 second = (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now)) * MINUTE_S
                  + g_date_time_get_second (now);

  return (second - (gint64)self->tools.reconcile_min * MINUTE_S + DAY_S) % DAY_S;
}

static gboolean
look (gpointer data)
{
  JuminTill *self = data;
  gint64 now = jumin_clock_get_wall (self->tools.clock), age = get_age (self);
  int today = jumin_hall_get_day (now - age, 0);

  self->day_timer = jumin_clock_after (self->tools.clock,
                                       (guint)MIN ((DAY_S - age) * 1000, LOOK_MS), look, self);
  if (today == self->turned)
    return G_SOURCE_REMOVE;
  self->turned = today;
  self->compare_to = jumin_hall_get_day (now, -1);
  if (self->comparing == 0 || self->comparing > self->compare_to)
    self->comparing = self->compare_to;
  self->comparing = MAX (self->comparing, jumin_hall_get_day (now, -DAYS_MAX));
  self->comparisons = 0;
  jumin_clock_cancel (self->tools.clock, &self->again_timer);
  if (!self->compares)
    compare (self);
  return G_SOURCE_REMOVE;
}

/* Nothing was compared since the last payment, where the machine was off. */
static void
on_newest (GObject *journal, GAsyncResult *result, gpointer data)
{
  GWeakRef *till = data;
  g_autoptr (JuminTill) self = g_weak_ref_get (till);
  g_autoptr (GPtrArray) newest = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, NULL);

  g_weak_ref_clear (till);
  g_free (till);
  if (self != NULL && newest != NULL && newest->len > 0)
    self->comparing = jumin_hall_get_day (((JuminPayment *)newest->pdata[0])->created_at, 0);
}

/* Before the journal is loaded: which days are to be compared then. */
void
jumin_till_day_prepare (JuminTill *self)
{
  GWeakRef *till = g_new0 (GWeakRef, 1);

  g_weak_ref_init (till, self);
  jumin_journal_list_async (self->tools.journal, 0, G_MAXINT64, 1, on_newest, till);
}

/* The journal can be read. */
void
jumin_till_day_start (JuminTill *self)
{
  if (self->turned == 0)
    look (self);
}

/* The platform answers again. */
void
jumin_till_day_hear (JuminTill *self)
{
  if (self->again_timer == NULL)
    return;
  jumin_clock_cancel (self->tools.clock, &self->again_timer);
  compare (self);
}

void
jumin_till_day_stop (JuminTill *self)
{
  jumin_clock_cancel (self->tools.clock, &self->day_timer);
  jumin_clock_cancel (self->tools.clock, &self->again_timer);
}

static gboolean
has_payment (const GPtrArray *payments, const JuminPayment *payment)
{
  for (guint i = 0; i < payments->len; i++)
    if (strcmp (((JuminPayment *)payments->pdata[i])->id, payment->id) == 0)
      return TRUE;
  return FALSE;
}

/* Older ones that are not final come last. */
static void
on_open_ones (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GPtrArray *listed = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) open = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, &error);

  if (open == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = open->len; i > 0; i--)
    if (!has_payment (listed, open->pdata[i - 1]))
      g_ptr_array_add (listed, jumin_payment_copy (open->pdata[i - 1]));
  g_task_return_pointer (task, g_ptr_array_ref (listed), (GDestroyNotify)g_ptr_array_unref);
}

/* Nobody prints any more what the cashier has forgotten: it came out, or not. */
static void
set_slips (JuminTill *self, GPtrArray *payments)
{
  for (guint i = 0; i < payments->len; i++)
    {
      JuminPayment *payment = payments->pdata[i];

      if (payment->slip == JUMIN_RECEIPT_PRINTING && jumin_till_find (self, payment->id) == NULL)
        payment->slip = JUMIN_RECEIPT_UNKNOWN;
    }
}

static void
on_listed (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminTill *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *listed = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, &error);

  if (listed == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  set_slips (self, listed);
  g_task_set_task_data (task, listed, (GDestroyNotify)g_ptr_array_unref);
  jumin_journal_load_async (self->tools.journal, on_open_ones, g_steal_pointer (&task));
}

void
jumin_till_list_async (JuminTill *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  int yesterday = jumin_hall_get_day (jumin_clock_get_wall (self->tools.clock), -1);
  gint64 from = 0, to;

  g_task_set_source_tag (task, jumin_till_list_async);
  jumin_hall_get_day_bounds (yesterday, &from, &to);
  jumin_journal_list_async (self->tools.journal, from, G_MAXINT64, LISTED_MAX, on_listed,
                            g_steal_pointer (&task));
}

GPtrArray *
jumin_till_list_finish (JuminTill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
