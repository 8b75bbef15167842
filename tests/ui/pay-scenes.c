/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a payment, and what became of it. */
#include "scenes.h"

#include "pay-sample.h"

enum
{
  SCAN_LEFT_S = 156,
  ASK_LEFT_S = 12,
  PAID_AGO_S = 16
};

#define PAYMENT "7f0c5a1e-0371-4d55-8a43-5e2f1f1d0003"
#define RECEIPT_ADDRESS "https://pay.linjiang.example/r/JM20261121102803710003"

static void
set_text (char **text, const char *to)
{
  g_free (*text);
  *text = g_strdup (to);
}

/* ---- the payment ----------------------------------------------------------------------------- */

static void
choose_way (JuminScene *scene, JuminPayWay way)
{
  jumin_sample_bills (scene);
  scene->step = JUMIN_SAMPLE_STEP_PAY;
  scene->bills->account = g_strdup ("0371");
  scene->quote = jumin_sample_quote (scene->bills, 2);
  scene->way = way;
  scene->scan_state = way == JUMIN_PAY_SHOW ? JUMIN_SCAN_LOOKING : JUMIN_SCAN_OFF;
}

static void
begin (JuminScene *scene, JuminPayWay way, JuminPaymentState state)
{
  choose_way (scene, way);
  scene->payment = jumin_payment_new (PAYMENT, scene->quote, way);
  scene->payment->state = scene->payment->durable = state;
  scene->payment->created_at = JUMIN_SAMPLE_NOW - PAID_AGO_S;
}

static void
show_code (JuminScene *scene)
{
  begin (scene, JUMIN_PAY_SCAN, JUMIN_PAYMENT_PENDING);
  set_text (&scene->payment->code,
            "https://pay.linjiang.example/q/JM20261121102803710003?s=7Qm2xV");
  scene->payment->until = g_get_monotonic_time () + SCAN_LEFT_S * G_USEC_PER_SEC;
}

static void
pay_preparing (JuminScene *scene)
{
  choose_way (scene, JUMIN_PAY_SCAN);
}

static void
pay_scan (JuminScene *scene)
{
  show_code (scene);
}

/* A machine with a screen and nothing else. */
static void
pay_scan_only (JuminScene *scene)
{
  show_code (scene);
  scene->codes = JUMIN_CODES_NONE;
  g_clear_pointer (&scene->bills->account, g_free);
}

static void
pay_full (JuminScene *scene)
{
  show_code (scene);
  jumin_text_clear (&scene->quote->payee_name);
  jumin_text_set (&scene->quote->payee_name, "临江区公共事业统一缴费服务平台",
                  "Linjiang Public Utilities Payment Platform");
  scene->quote->fen = G_GINT64_CONSTANT (123456789);
  scene->pay_check = JUMIN_PAY_CHECK_SILENT;
  scene->pay_checked_at = JUMIN_SAMPLE_NOW;
  scene->scanner_failed = TRUE;
  scene->scanner_trouble = JUMIN_TROUBLE_CAMERA_STALLED;
}

static void
pay_asked (JuminScene *scene)
{
  show_code (scene);
  scene->pay_check = JUMIN_PAY_CHECK_ASKED;
}

static void
pay_nothing (JuminScene *scene)
{
  show_code (scene);
  scene->pay_check = JUMIN_PAY_CHECK_NOTHING;
  scene->pay_checked_at = JUMIN_SAMPLE_NOW;
}

static void
pay_show (JuminScene *scene)
{
  choose_way (scene, JUMIN_PAY_SHOW);
  scene->scan_hint = JUMIN_SCAN_HINT_CLOSER;
}

static void
pay_show_wrong (JuminScene *scene)
{
  choose_way (scene, JUMIN_PAY_SHOW);
  scene->code_told = TRUE;
  scene->code_trouble = JUMIN_TROUBLE_SHOWN_NO_PAPER;
}

static void
pay_show_seen (JuminScene *scene)
{
  begin (scene, JUMIN_PAY_SHOW, JUMIN_PAYMENT_PENDING);
}

static void
pay_account (JuminScene *scene)
{
  choose_way (scene, JUMIN_PAY_ACCOUNT);
}

static void
pay_account_begun (JuminScene *scene)
{
  begin (scene, JUMIN_PAY_ACCOUNT, JUMIN_PAYMENT_SUBMITTED);
}

static void
pay_changing (JuminScene *scene)
{
  show_code (scene);
  scene->changing = TRUE;
}

/* ---- what became of it ----------------------------------------------------------------------- */

static void
credit_all (JuminScene *scene, JuminCredit credit)
{
  for (guint i = 0; i < scene->payment->items->len; i++)
    ((JuminPayItem *)scene->payment->items->pdata[i])->credit = credit;
}

static void
end (JuminScene *scene, JuminPaymentState state, const char *why)
{
  begin (scene, JUMIN_PAY_SCAN, state);
  scene->step = JUMIN_SAMPLE_STEP_RECEIPT;
  set_text (&scene->payment->why, why);
  set_text (&scene->payment->receipt, RECEIPT_ADDRESS);
  set_text (&scene->payment->channel, "wechat");
  if (jumin_payment_get_say (scene->payment) != JUMIN_SAY_NOT_PAID)
    scene->payment->paid_at = JUMIN_SAMPLE_NOW - PAID_AGO_S;
}

static void
paid (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FULFILLED, "");
  credit_all (scene, JUMIN_CREDIT_DONE);
  scene->slip = JUMIN_SLIP_PRINTED;
}

static void
paid_printing (JuminScene *scene)
{
  paid (scene);
  scene->slip = JUMIN_SLIP_PRINTING;
}

static void
paid_waiting (JuminScene *scene)
{
  paid_printing (scene);
  scene->payment->state = scene->payment->durable = JUMIN_PAYMENT_PAID;
  credit_all (scene, JUMIN_CREDIT_WAITING);
}

static void
paid_partly (JuminScene *scene)
{
  paid (scene);
  ((JuminPayItem *)scene->payment->items->pdata[1])->credit = JUMIN_CREDIT_REFUNDED;
}

static void
paid_reprinted (JuminScene *scene)
{
  paid (scene);
  scene->reprints_left = 0;
}

static void
paid_no_slip (JuminScene *scene)
{
  paid (scene);
  scene->slip = JUMIN_SLIP_FAILED;
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
paid_half_slip (JuminScene *scene)
{
  paid (scene);
  scene->slip = JUMIN_SLIP_UNKNOWN;
}

static void
paid_full (JuminScene *scene)
{
  jumin_sample_bills_full (scene);
  scene->step = JUMIN_SAMPLE_STEP_RECEIPT;
  scene->quote = jumin_sample_quote (scene->bills, JUMIN_BASKET_MAX);
  scene->payment = jumin_payment_new (PAYMENT, scene->quote, JUMIN_PAY_ACCOUNT);
  scene->payment->state = scene->payment->durable = JUMIN_PAYMENT_PAID;
  scene->payment->paid_at = JUMIN_SAMPLE_NOW - PAID_AGO_S;
  set_text (&scene->payment->receipt, RECEIPT_ADDRESS);
  ((JuminPayItem *)scene->payment->items->pdata[1])->credit = JUMIN_CREDIT_REFUNDED;
  ((JuminPayItem *)scene->payment->items->pdata[3])->credit = JUMIN_CREDIT_REFUNDED;
  ((JuminPayItem *)scene->payment->items->pdata[4])->credit = JUMIN_CREDIT_DONE;
  scene->slip = JUMIN_SLIP_FAILED;
}

static void
refunded (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_REFUNDED, "");
  credit_all (scene, JUMIN_CREDIT_REFUNDED);
  scene->slip = JUMIN_SLIP_PRINTED;
}

static void
not_paid_cancelled (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_VOID, "cancelled");
}

static void
not_paid_late (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_VOID, "late");
}

static void
not_paid_funds (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FAILED, "funds");
}

static void
not_paid_limit (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FAILED, "limit");
}

static void
not_paid_code (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FAILED, "code");
}

static void
not_paid_agreement (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FAILED, "agreement");
}

static void
not_paid_refused (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_VOID, "refused");
}

static void
not_paid_other (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_FAILED, "other");
}

/* ---- while nobody knows ---------------------------------------------------------------------- */

static void
unknown (JuminScene *scene)
{
  end (scene, JUMIN_PAYMENT_UNKNOWN, "");
  scene->payment->paid_at = 0;
  scene->payment->asked = 3;
  scene->payment->next_at = g_get_monotonic_time () + ASK_LEFT_S * G_USEC_PER_SEC;
}

static void
unknown_printed (JuminScene *scene)
{
  unknown (scene);
  scene->slip = JUMIN_SLIP_PRINTED;
}

static void
unknown_no_slip (JuminScene *scene)
{
  unknown (scene);
  scene->slip = JUMIN_SLIP_FAILED;
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
  scene->payment->next_at = 0;
}

static void
unknown_manual (JuminScene *scene)
{
  unknown_printed (scene);
  scene->payment->state = scene->payment->durable = JUMIN_PAYMENT_MANUAL;
  g_clear_pointer (&scene->payment->receipt, g_free);
}

const JuminFixture jumin_pay_states[] = {
  { .name = "pay-preparing", .page = JUMIN_PAGE_PAY, .set = pay_preparing },
  { .name = "pay-scan", .page = JUMIN_PAGE_PAY, .set = pay_scan },
  { .name = "pay-scan-only", .page = JUMIN_PAGE_PAY, .set = pay_scan_only },
  { .name = "pay-full", .page = JUMIN_PAGE_PAY, .worst = TRUE, .set = pay_full },
  { .name = "pay-asked", .page = JUMIN_PAGE_PAY, .set = pay_asked },
  { .name = "pay-nothing", .page = JUMIN_PAGE_PAY, .set = pay_nothing },
  { .name = "pay-show", .page = JUMIN_PAGE_PAY, .worst = TRUE, .set = pay_show },
  { .name = "pay-show-wrong", .page = JUMIN_PAGE_PAY, .set = pay_show_wrong },
  { .name = "pay-show-seen", .page = JUMIN_PAGE_PAY, .set = pay_show_seen },
  { .name = "pay-account", .page = JUMIN_PAGE_PAY, .worst = TRUE, .set = pay_account },
  { .name = "pay-account-begun", .page = JUMIN_PAGE_PAY, .set = pay_account_begun },
  { .name = "pay-changing", .page = JUMIN_PAGE_PAY, .set = pay_changing },
  { .name = "paid", .page = JUMIN_PAGE_PAID, .set = paid },
  { .name = "paid-printing", .page = JUMIN_PAGE_PAID, .set = paid_printing },
  { .name = "paid-waiting", .page = JUMIN_PAGE_PAID, .set = paid_waiting },
  { .name = "paid-partly", .page = JUMIN_PAGE_PAID, .set = paid_partly },
  { .name = "paid-reprinted", .page = JUMIN_PAGE_PAID, .set = paid_reprinted },
  { .name = "paid-no-slip", .page = JUMIN_PAGE_PAID, .worst = TRUE, .set = paid_no_slip },
  { .name = "paid-half-slip", .page = JUMIN_PAGE_PAID, .set = paid_half_slip },
  { .name = "paid-full", .page = JUMIN_PAGE_PAID, .worst = TRUE, .set = paid_full },
  { .name = "refunded", .page = JUMIN_PAGE_PAID, .set = refunded },
  { .name = "not-paid-cancelled", .page = JUMIN_PAGE_PAID, .set = not_paid_cancelled },
  { .name = "not-paid-late", .page = JUMIN_PAGE_PAID, .set = not_paid_late },
  { .name = "not-paid-funds", .page = JUMIN_PAGE_PAID, .set = not_paid_funds },
  { .name = "not-paid-limit", .page = JUMIN_PAGE_PAID, .set = not_paid_limit },
  { .name = "not-paid-code", .page = JUMIN_PAGE_PAID, .set = not_paid_code },
  { .name = "not-paid-agreement", .page = JUMIN_PAGE_PAID, .set = not_paid_agreement },
  { .name = "not-paid-refused", .page = JUMIN_PAGE_PAID, .set = not_paid_refused },
  { .name = "not-paid-other", .page = JUMIN_PAGE_PAID, .set = not_paid_other },
  { .name = "pay-unknown", .page = JUMIN_PAGE_UNKNOWN, .set = unknown },
  { .name = "pay-unknown-printed",
    .page = JUMIN_PAGE_UNKNOWN,
    .worst = TRUE,
    .set = unknown_printed },
  { .name = "pay-unknown-no-slip", .page = JUMIN_PAGE_UNKNOWN, .set = unknown_no_slip },
  { .name = "pay-unknown-manual", .page = JUMIN_PAGE_UNKNOWN, .set = unknown_manual },
  { .name = NULL },
};
