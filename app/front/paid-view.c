/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a payment, when it is known: jumin_payment_get_say() is the only rule of what is
 * said. */
#include "front/pay-parts.h"

#include "model/hall-time.h"
#include "model/money.h"

enum
{
  LINES_SHOWN = 3,
  LINES_SHOWN_ELDER = 1
};

static JuminItem *
add_line (JuminBlock *result, const char *id, const char *label, char *text)
{
  JuminItem *line = jumin_block_add (result, id);

  jumin_set (&line->label, label);
  jumin_take (&line->figure, text);
  return line;
}

static void
add_item (const JuminBuilder *b, JuminBlock *result, const JuminPayItem *item)
{
  g_autofree char *label = say ("%1$s · 户号 %2$s", jumin_outside (b, &item->title), item->account);
  JuminItem *line = add_line (result, item->bill, label, jumin_pay_yuan (b, item->fen));

  if (item->credit == JUMIN_CREDIT_REFUNDED)
    {
      jumin_set (&line->state, "reversed");
      jumin_set (&line->note, _ ("会退回"));
      jumin_set (&line->note_tone, "wait");
    }
}

/* What goes back is never lost among many: large words leave it to the banner, which says so. */
static void
add_items (const JuminBuilder *b, JuminBlock *result, const GPtrArray *items)
{
  gboolean elder = b->tongue.elder;
  gboolean all = items->len <= (elder ? LINES_SHOWN_ELDER : LINES_SHOWN);
  guint hidden = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const JuminPayItem *item = items->pdata[i];

      if (all || (item->credit == JUMIN_CREDIT_REFUNDED && !elder))
        add_item (b, result, item);
      else
        hidden++;
    }
  if (hidden > 0)
    jumin_take (&add_line (result, "others", "", NULL)->label,
                hidden == items->len ? say ("一共 %u 笔", hidden) : say ("另外 %u 笔", hidden));
}

static JuminBlock *
add_result (JuminBuilder *b, const char *tone, const char *icon)
{
  const JuminPayment *payment = b->scene->payment;
  JuminBlock *result = jumin_view_add_block (b->view, "result", NULL);
  JuminItem *sum = jumin_block_add (result, "sum");

  jumin_set (&result->tone, tone);
  jumin_set (&result->icon, icon);
  jumin_take (&sum->figure, jumin_fen_format (payment->fen));
  jumin_set (&sum->unit, _ ("元"));
  return result;
}

static void
add_order_lines (JuminBuilder *b, JuminBlock *result)
{
  const JuminPayment *payment = b->scene->payment;

  if (payment->paid_at != 0 && !b->tongue.elder)
    {
      add_line (result, "way", _ ("付款方式"), g_strdup (jumin_pay_channel (b, payment)));
      add_line (result, "time", _ ("时间"),
                jumin_hall_time_format (payment->paid_at, "%Y-%m-%d %H:%M:%S"));
    }
  add_line (result, "number", _ ("流水号"), jumin_pay_number (payment->number));
}

/* Paid is not credited: each is told for itself. */
static void
add_credits (JuminBuilder *b)
{
  const GPtrArray *items = b->scene->payment->items;
  g_autofree char *done = jumin_pay_titles (b, items, JUMIN_CREDIT_DONE);
  g_autofree char *waiting = jumin_pay_titles (b, items, JUMIN_CREDIT_WAITING);
  g_autofree char *back = jumin_pay_titles (b, items, JUMIN_CREDIT_REFUNDED);

  if (back != NULL)
    {
      JuminBlock *banner = jumin_add_banner (b, "warn", "refresh", NULL, NULL);

      jumin_take (&banner->title, say ("%s没有办成，钱会退回", back));
    }
  if (waiting != NULL)
    jumin_take (&jumin_add_banner (b, "info", "clock", NULL, NULL)->title,
                say ("%s已付款，正在入账", waiting));
  if (done != NULL && (waiting == NULL || back == NULL))
    jumin_take (&jumin_add_banner (b, "good", "check", NULL, NULL)->title, say ("%s已入账", done));
}

static void
add_keys (JuminBuilder *b, const char *more, gboolean slip)
{
  jumin_add_action (b, "more", more, "bill", "plain");
  if (slip)
    jumin_add_reprint (b, _ ("再打一张凭条"), _ ("正在打凭条"));
  jumin_pay_add_done (b, _ ("办好了，退出"), _ ("办好了，退出取卡"));
}

/* The slip; and without one, what stands in its place. */
static void
add_proof (JuminBuilder *b)
{
  JuminSlip slip = b->scene->slip;

  jumin_pay_add_slip (b, _ ("凭条不是发票，请收好"), jumin_fen_format (b->scene->payment->fen));
  if (slip != JUMIN_SLIP_PRINTING && slip != JUMIN_SLIP_PRINTED)
    jumin_add_phone_code (b);
}

static void
build_paid (JuminBuilder *b)
{
  JuminBlock *result = add_result (b, "good", "check");

  jumin_set (&b->view->title, _ ("缴费成功"));
  add_items (b, result, b->scene->payment->items);
  add_order_lines (b, result);
  add_proof (b);
  add_credits (b);
  add_keys (b, _ ("继续交别的费"), TRUE);
}

static void
build_refunded (JuminBuilder *b)
{
  JuminBlock *result = add_result (b, "wait", "refresh");

  jumin_set (&b->view->title, _ ("没有办成，钱会退回"));
  add_order_lines (b, result);
  add_proof (b);
  jumin_add_banner (b, "warn", "info", _ ("钱会原路退回，不用您再办"),
                    _ ("退回以前，请先不要重复缴费"));
  add_keys (b, _ ("回到账单"), TRUE);
}

/* Why nothing was paid, and what to do. */
static const struct
{
  const char *why, *what, *next;
} reasons[] = {
  { "cancelled", N_ ("这次付款已经取消"), N_ ("要交的话，可以重新来") },
  { "late", N_ ("等得太久，这次付款已经取消"), N_ ("要交的话，可以重新来") },
  { "funds", N_ ("账户里的钱不够"), N_ ("可以换一个账户，或者少选几笔") },
  { "limit", N_ ("超过了您设的付款限额"), N_ ("可以换一种付法，或者少选几笔") },
  { "code", N_ ("付款码过期了，或者用过了"), N_ ("请在手机上刷新，再来一次") },
  { "agreement", N_ ("这个账户还没有签扣款协议"), N_ ("可以换成手机扫码付款") },
  { "refused", N_ ("平台没有接受这次付款"), N_ ("账单可能有变化，请重新查一次") },
};

static void
build_not_paid (JuminBuilder *b)
{
  JuminBlock *result = add_result (b, "wait", "info"), *banner;
  const char *what = _ ("这次付款没有办成"), *next = _ ("可以再来一次，或者换一种付法");

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].why, b->scene->payment->why) == 0)
      {
        what = _ (reasons[i].what);
        next = _ (reasons[i].next);
      }
  jumin_set (&b->view->title, _ ("没有扣款"));
  add_order_lines (b, result);
  banner = jumin_add_banner (b, "warn", "info", what, next);
  jumin_set (&banner->id, "why");
  jumin_add_banner (b, "good", "shield", _ ("以后也不会再扣这一笔"), NULL);
  add_keys (b, _ ("重新选账单"), FALSE);
}

void
jumin_build_paid (JuminBuilder *b)
{
  switch (jumin_payment_get_say (b->scene->payment))
    {
    case JUMIN_SAY_PAID:
      build_paid (b);
      break;
    case JUMIN_SAY_REFUNDED:
      build_refunded (b);
      break;
    case JUMIN_SAY_NOT_PAID:
      build_not_paid (b);
      break;
    case JUMIN_SAY_PREPARING:
    case JUMIN_SAY_WAITING:
    case JUMIN_SAY_CONFIRMING:
    default:
      jumin_build_unknown (b);
      break;
    }
}
