/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a payment, and its slip. Money does not depend on paper: whatever the printer
 * does, the page says the same. What is known is printed once by itself, and what is not known yet
 * once before; each further slip the person asks for, and it is marked. */
#include "journey/slip-job.h"
#include "journey/terminal-private.h"
#include "printing/receipt-slip.h"

/* An order that cannot be closed may still be open here. */
static gboolean
is_known (const JuminPayment *payment)
{
  JuminPaymentSay say = jumin_payment_get_say (payment);

  return say == JUMIN_SAY_PAID || say == JUMIN_SAY_REFUNDED || say == JUMIN_SAY_NOT_PAID;
}

static JuminPage
get_page (const JuminScene *scene)
{
  return is_known (scene->payment) ? JUMIN_PAGE_PAID : JUMIN_PAGE_UNKNOWN;
}

static JuminRaster *
draw (const JuminSlipJob *job)
{
  const JuminPayment *payment = job->payment;
  JuminReceiptSlip slip = { .payment = payment,
                            .payer = job->payer,
                            .hall = &job->hall,
                            .machine = &job->machine,
                            .desk = &job->desk,
                            .phone = job->phone,
                            .printed_at = job->printed_at,
                            .reprints = job->reprint ? payment->reprints + 1 : 0,
                            .pending = !is_known (payment),
                            .tongue = job->tongue,
                            .width = job->width };

  return jumin_receipt_slip_draw (&slip);
}

/* The disk says that it is printed, and who went on may still take it. */
static gboolean
is_wanted (const JuminSlipJob *job)
{
  return TRUE;
}

static gboolean
is_current (const JuminTerminal *self, const JuminSlipJob *job)
{
  const JuminPayment *payment = self->scene.payment;

  return !self->ended && payment != NULL && g_str_equal (payment->id, job->payment->id);
}

static void on_ended (const JuminSlipJob *job, JuminSlip slip);

static const JuminSlipKind receipt_slip
    = { .draw = draw, .is_wanted = is_wanted, .ended = on_ended };

static void
on_slip_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminSlipJob *job = data;
  g_autoptr (JuminTerminal) self = job->terminal;
  g_autoptr (GError) error = NULL;

  if (jumin_till_begin_slip_finish (JUMIN_TILL (source), result, &error))
    {
      jumin_slip_job_start (job);
      return;
    }
  g_message ("%s", error->message);
  if (is_current (self, job))
    {
      self->scene.slip = JUMIN_SLIP_FAILED;
      jumin_terminal_redraw (self);
    }
  jumin_slip_job_free (job);
}

/* It is on the disk first that it is being printed: whatever happens then, it does not come out
 * again by itself. */
static void
print (JuminTerminal *self, gboolean reprint)
{
  JuminScene *scene = &self->scene;
  JuminSlipJob *job = jumin_slip_job_new (self, &receipt_slip);

  job->payment = jumin_payment_copy (scene->payment);
  job->payer
      = scene->identity != NULL ? jumin_identity_dup_masked_name (scene->identity) : g_strdup ("");
  jumin_text_copy (&job->desk, &scene->desk_place);
  job->phone = g_strdup (scene->desk_phone != NULL ? scene->desk_phone : "");
  job->reprint = reprint;
  scene->slip = JUMIN_SLIP_PRINTING;
  g_object_ref (self);
  jumin_till_begin_slip_async (self->tools.till, job->payment->id, reprint, on_slip_begun, job);
}

/* A slip that said that nothing is known is followed by the receipt. */
static gboolean
is_overtaken (const JuminTerminal *self, const JuminSlipJob *job)
{
  JuminPaymentSay say = jumin_payment_get_say (self->scene.payment);

  return !is_known (job->payment) && (say == JUMIN_SAY_PAID || say == JUMIN_SAY_REFUNDED);
}

static void
on_ended (const JuminSlipJob *job, JuminSlip slip)
{
  static const JuminReceiptState states[] = { [JUMIN_SLIP_PRINTED] = JUMIN_RECEIPT_PRINTED,
                                              [JUMIN_SLIP_FAILED] = JUMIN_RECEIPT_FAILED,
                                              [JUMIN_SLIP_UNKNOWN] = JUMIN_RECEIPT_UNKNOWN };
  JuminTerminal *self = job->terminal;
  JuminScene *scene = &self->scene;

  jumin_till_end_slip (self->tools.till, job->payment->id, states[slip]);
  if (!is_current (self, job))
    return;
  if (job->reprint && slip == JUMIN_SLIP_FAILED
      && scene->reprints_left < self->settings.reprints_max)
    scene->reprints_left++; /* nothing came out */
  if (is_overtaken (self, job))
    print (self, FALSE);
  else
    scene->slip = slip;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  scene->slip = JUMIN_SLIP_NONE;
  jumin_terminal_show (self, get_page (scene));
  if (jumin_payment_get_say (scene->payment) == JUMIN_SAY_NOT_PAID)
    return;
  print (self, FALSE);
  jumin_terminal_redraw (self);
}

/**
 * jumin_receipt_step_follow:
 *
 * The payment is another one now. What is known at last is said on a page of its own.
 */
void
jumin_receipt_step_follow (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page == get_page (scene))
    jumin_terminal_redraw (self);
  else if (scene->slip == JUMIN_SLIP_PRINTING)
    jumin_terminal_show (self, get_page (scene));
  else
    enter (self);
}

/**
 * jumin_receipt_step_reprint:
 *
 * One more slip, marked as such; as often as the visit may.
 */
void
jumin_receipt_step_reprint (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  gboolean reprint;

  if (scene->payment == NULL || jumin_payment_get_say (scene->payment) == JUMIN_SAY_NOT_PAID
      || scene->slip == JUMIN_SLIP_PRINTING || scene->reprints_left == 0 || !scene->printer_ready)
    return;
  /* What never was on the disk was never printed. */
  reprint = scene->payment->slip != JUMIN_RECEIPT_NONE;
  if (reprint)
    scene->reprints_left--;
  print (self, reprint);
  jumin_terminal_redraw (self);
}

/**
 * jumin_receipt_step_pay_again:
 *
 * Nothing was paid: the same bills, by a new order.
 */
void
jumin_receipt_step_pay_again (JuminTerminal *self)
{
  if (jumin_payment_get_say (self->scene.payment) == JUMIN_SAY_NOT_PAID)
    jumin_line_return_to (self, &jumin_pay_step);
}

static void
act_done (JuminTerminal *self)
{
  jumin_visit_end (self, "done");
}

/* Where nothing can be paid now, why. */
static void
act_more (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminTrouble trouble;

  if (!jumin_till_find_trouble (jumin_till_get_closed (self->tools.till), &trouble))
    {
      jumin_line_start (self, scene->service->id);
      return;
    }
  jumin_money_forget (self);
  g_clear_pointer (&scene->bills, jumin_bills_free);
  jumin_line_stand_at (scene, &jumin_bills_step);
  jumin_terminal_show_trouble (self, trouble);
}

const JuminStep jumin_receipt_step
    = { .name = "receipt",
        .page = JUMIN_PAGE_PAID,
        .also = JUMIN_PAGE_UNKNOWN,
        .enter = enter,
        .acts = { { "done", act_done }, { "more", act_more }, { "check", jumin_pay_step_check } } };
