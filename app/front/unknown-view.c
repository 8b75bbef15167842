/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While nobody knows whether a payment was paid: what is safe, what is being done, and how to ask
 * later. */
#include "front/pay-parts.h"

#include "model/hall-time.h"

static void
add_assurance (JuminBuilder *b)
{
  JuminBlock *block = jumin_view_add_block (b->view, "assurance", NULL);
  JuminItem *item;

  jumin_set (&block->icon, "hour");
  item = jumin_block_add (block, "safe");
  jumin_set (&item->icon, "shield");
  jumin_set (&item->title, _ ("您的钱是安全的"));
  jumin_set (&item->text, _ ("扣了款，会记到户号上。"));
  item = jumin_block_add (block, "back");
  jumin_set (&item->icon, "refresh");
  jumin_set (&item->title, _ ("没办成会退给您"));
  jumin_set (&item->text, _ ("钱原路退回，不用您跑。"));
}

static JuminItem *
add_stage (JuminBlock *timeline, const char *id, const char *state, const char *title)
{
  JuminItem *item = jumin_block_add (timeline, id);

  jumin_set (&item->state, state);
  jumin_set (&item->title, title);
  return item;
}

static void
add_asking (JuminBuilder *b, JuminBlock *timeline)
{
  const JuminPayment *payment = b->scene->payment;
  JuminItem *item;

  if (payment->durable == JUMIN_PAYMENT_MANUAL)
    {
      item = add_stage (timeline, "asking", "now", _ ("工作人员正在核对"));
      jumin_set (&item->text, _ ("机器查不清的，由人来查清"));
      return;
    }
  item = add_stage (timeline, "asking", "now", _ ("正在向平台查询结果"));
  if (payment->next_at == 0)
    {
      jumin_take (&item->text, say ("已查 %d 次", payment->asked));
      return;
    }
  jumin_take (&item->text, say ("已查 %d 次，下一次 {seconds} 秒后", payment->asked));
  jumin_take (&item->speech, say ("已查 %d 次", payment->asked));
  item->until = payment->next_at;
}

static void
add_timeline (JuminBuilder *b)
{
  const JuminPayment *payment = b->scene->payment;
  JuminBlock *timeline = jumin_view_add_block (b->view, "timeline", NULL);
  g_autofree char *time = jumin_hall_time_format (payment->created_at, "%H:%M:%S");
  g_autofree char *sum = jumin_pay_yuan (b, payment->fen);
  g_autofree char *titles = jumin_pay_titles (b, payment->items, JUMIN_N_CREDITS);
  JuminItem *item = add_stage (timeline, "sent", "done", _ ("付款请求已送出"));

  jumin_take (&item->text, g_strdup_printf ("%s · %s · %s", time, sum, titles));
  add_asking (b, timeline);
  item = add_stage (timeline, "result", "", _ ("有了结果，这里会自动变"));
  jumin_set (&item->text, _ ("先走也可以，机器会一直查下去"));
}

static void
add_reference (JuminBuilder *b)
{
  const JuminPayment *payment = b->scene->payment;
  JuminBlock *block = jumin_view_add_block (b->view, "reference", NULL);
  JuminItem *item = jumin_block_add (block, "number");

  jumin_set (&block->title, b->scene->slip == JUMIN_SLIP_PRINTED ? _ ("查询号（凭条上也有）")
                                                                 : _ ("查询号，请记下来"));
  jumin_take (&item->figure, jumin_pay_number (payment->number));
  if (payment->receipt == NULL || *payment->receipt == '\0')
    return;
  jumin_set (&item->value, payment->receipt);
  jumin_set (&item->text, _ ("扫码看结果"));
}

/* Where to ask with the slip. */
static char *
ask_words (const JuminBuilder *b)
{
  const char *desk = jumin_outside (b, &b->scene->desk_place);

  if (b->scene->desk_phone == NULL || *b->scene->desk_phone == '\0' || b->tongue.elder)
    return say ("凭它到%s可以查", desk);
  return say ("凭它到%1$s可以查，也可拨打 %2$s", desk, b->scene->desk_phone);
}

void
jumin_build_unknown (JuminBuilder *b)
{
  const JuminPayment *payment = b->scene->payment;
  gboolean manual = payment->durable == JUMIN_PAYMENT_MANUAL;
  g_autofree char *ask = ask_words (b);

  jumin_set (&b->view->title,
             manual ? _ ("正在人工核对，请勿重复缴费") : _ ("正在确认，请勿重复缴费"));
  if (!b->tongue.elder)
    jumin_set (&b->view->lead, manual ? _ ("工作人员会查清，请留好查询号。")
                                      : _ ("银行还没有回话，我们会一直查到有结果。"));
  add_assurance (b);
  add_timeline (b);
  add_reference (b);
  jumin_pay_add_slip (b, ask, jumin_pay_tail (payment->number));
  jumin_add_action (b, "help", _ ("问工作人员"), "help", "plain");
  jumin_pay_add_done (b, _ ("知道了，退出"), _ ("知道了，退出取卡"));
}
