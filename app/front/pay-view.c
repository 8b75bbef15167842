/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While an order waits for its payer: the code that a telephone scans, or the camera that looks for
 * the one that it shows, or the account on the card. Nothing here says that anything is paid. */
#include "front/pay-parts.h"

#include "model/money.h"

static const char *
order_number (const JuminScene *scene)
{
  return scene->payment != NULL ? scene->payment->number : scene->quote->number;
}

static gboolean
is_changing (const JuminScene *scene)
{
  return scene->changing || scene->leaving;
}

/* Nothing else is offered while the payment before is being closed. */
static gboolean
shows_code (const JuminScene *scene)
{
  return scene->payment != NULL && !is_changing (scene) && scene->payment->code != NULL
         && *scene->payment->code != '\0'
         && jumin_payment_get_say (scene->payment) == JUMIN_SAY_WAITING;
}

static void
add_sum (JuminBuilder *b)
{
  JuminBlock *sum = jumin_view_add_block (b->view, "sum", NULL);
  JuminItem *item = jumin_block_add (sum, "sum");

  jumin_set (&sum->title, _ ("应付"));
  jumin_take (&item->figure, jumin_fen_format (b->scene->quote->fen));
  jumin_set (&item->unit, _ ("元"));
}

static void
add_step (JuminBlock *order, const char *id, const char *title, const char *text)
{
  JuminItem *step = jumin_block_add (order, id);

  jumin_set (&step->title, title);
  jumin_set (&step->text, text);
}

static void
add_order (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminBlock *order = jumin_view_add_block (b->view, "order", "order");
  JuminItem *code = jumin_block_add (order, "code");

  jumin_set (&order->title, _ ("二维码有效"));
  jumin_set (&order->text, _ ("到时没付会取消"));
  if (shows_code (scene))
    {
      jumin_set (&code->value, scene->payment->code);
      code->until = scene->payment->until;
    }
  jumin_set (&code->title, _ ("付款用的二维码"));
  jumin_set (&code->text, is_changing (scene) ? _ ("正在取消…") : _ ("正在出二维码…"));
  add_step (order, "open", _ ("打开微信、支付宝\n或云闪付"), NULL);
  add_step (order, "scan", _ ("扫这个码"), NULL);
  add_step (order, "payee", _ ("核对收款方"), jumin_outside (b, &scene->quote->payee_name));
}

/* What the camera does, and what it says to what it sees; see identify-view.c. */
static void
add_show (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminItem *item = jumin_block_add (jumin_view_add_block (b->view, "ways", "show"), "code");

  jumin_set (&item->icon, jumin_sees (scene) ? "camera" : "code");
  jumin_set (&item->title, _ ("请亮出付款码"));
  if (jumin_add_look_trouble (b, item))
    return;
  if (scene->scan_preview)
    jumin_set (&item->text, _ ("打开付款码，举到摄像头前，离屏幕 10–20 厘米，放进黄框"));
  else
    jumin_take (&item->text,
                say ("扫码口在%s，把付款码对准它", jumin_outside (b, &scene->scanner_place)));
  if (scene->payment != NULL)
    {
      jumin_set (&item->note, _ ("认出来了，正在付款"));
      jumin_set (&item->note_tone, "good");
    }
  else
    jumin_add_scan_hint (b, item);
}

static void
add_account (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminBlock *place = jumin_view_add_block (b->view, "place", "account");
  JuminItem *action;
  g_autofree char *sum = jumin_pay_yuan (b, scene->quote->fen);

  jumin_set (&place->icon, "card");
  jumin_set (&place->tone, "fund");
  jumin_take (&place->title, say ("社保卡银行账户，尾号 %s", scene->bills->account));
  jumin_take (&place->text, say ("收款方：%s", jumin_outside (b, &scene->quote->payee_name)));
  jumin_add_banner (b, "info", "info", _ ("按您签过的协议扣款，不用输密码"),
                    b->tongue.elder ? NULL : _ ("点“确认付款”才会扣款"));
  action = jumin_add_action (b, "confirm", "", "check", "primary");
  if (scene->payment == NULL && !is_changing (scene))
    {
      jumin_take (&action->title, say ("确认付款 %s", sum));
      return;
    }
  jumin_set (&action->title, _ ("正在付款，请稍等"));
  jumin_set (&action->state, "off");
}

/* What there is to wait for; nothing before a payment was begun. */
static void
add_waiting (JuminBuilder *b)
{
  static const struct
  {
    const char *title, *text;
  } waits[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = { N_ ("正在等待付款…"), N_ ("付好后这里会自动变，请不要离开") },
    [JUMIN_PAY_SHOW] = { N_ ("正在等待付款…"), N_ ("手机可能要您输密码，请不要离开") },
    [JUMIN_PAY_ACCOUNT] = { N_ ("正在等银行回话…"), N_ ("有结果这里会自动变，请不要离开") },
  };
  const JuminScene *scene = b->scene;
  g_autofree char *tail = jumin_pay_tail (order_number (scene));
  JuminBlock *job;

  if (scene->payment == NULL && !is_changing (scene))
    return;
  job = jumin_view_add_block (b->view, "job", "waiting");
  jumin_set (&job->icon, "hour");
  jumin_set (&job->title,
             is_changing (scene) ? _ ("正在取消这次付款…") : _ (waits[scene->way].title));
  jumin_set (&job->text,
             is_changing (scene) ? _ ("取消好了才换，不会重复扣款") : _ (waits[scene->way].text));
  jumin_take (&job->note, say ("订单尾号 %s", tail));
}

static JuminItem *
add_method (JuminBuilder *b, JuminBlock *methods, JuminPayWay way)
{
  static const struct
  {
    const char *icon, *title, *text;
  } words[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = { "phone", N_ ("手机扫码"), N_ ("用手机扫屏幕上的码") },
    [JUMIN_PAY_SHOW] = { "camera", N_ ("亮付款码"), N_ ("把付款码对准摄像头") },
    [JUMIN_PAY_ACCOUNT] = { "card", N_ ("社保卡账户"), N_ ("从卡里的银行账户扣") },
  };
  const char *word = jumin_pay_way_get_word (way);
  JuminItem *item = jumin_block_add (methods, word);

  jumin_set (&item->act, "way");
  jumin_set (&item->value, word);
  jumin_set (&item->icon, words[way].icon);
  jumin_set (&item->title, _ (words[way].title));
  if (!b->tongue.elder)
    jumin_set (&item->text, _ (words[way].text));
  if (is_changing (b->scene))
    jumin_turn_off (item, _ ("请稍等"));
  else if (b->scene->way == way)
    jumin_set (&item->state, "on");
  return item;
}

/* Those that this machine and this person have; one alone is no choice. */
static void
add_methods (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  gboolean scanner = scene->codes != JUMIN_CODES_NONE;
  gboolean account = scene->bills != NULL && scene->bills->account != NULL;
  JuminBlock *methods;
  JuminItem *show;

  if (!scanner && !account)
    return;
  methods = jumin_view_add_block (b->view, "methods", "methods");
  jumin_set (&methods->title, _ ("换一种付法"));
  add_method (b, methods, JUMIN_PAY_SCAN);
  /* What does not work is not worth the room of large words. */
  if (b->tongue.elder && scene->scanner_failed && scene->way != JUMIN_PAY_SHOW)
    scanner = FALSE;
  show = scanner ? add_method (b, methods, JUMIN_PAY_SHOW) : NULL;
  if (show != NULL && scene->scanner_failed && scene->way != JUMIN_PAY_SHOW)
    {
      jumin_set (&show->state, "off");
      jumin_take (&show->reason, jumin_trouble_title (b, scene->scanner_trouble));
    }
  if (account)
    add_method (b, methods, JUMIN_PAY_ACCOUNT);
}

/* Who has paid and sees nothing of it asks here, and does not pay again. */
static void
add_check (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  g_autofree char *when = jumin_time_words (scene->pay_checked_at);
  JuminItem *row;

  if (scene->payment == NULL || is_changing (scene))
    return;
  row = jumin_add_row (jumin_view_add_block (b->view, "rows", "check"), "check", "check", "info",
                       "queue", _ ("付了钱，屏幕没变？"));
  switch (scene->pay_check)
    {
    case JUMIN_PAY_CHECK_ASKED:
      jumin_set (&row->text, _ ("正在查，请稍等"));
      break;
    case JUMIN_PAY_CHECK_NOTHING:
      jumin_take (&row->text, say ("%s 查过，平台还没收到这笔钱", when));
      break;
    case JUMIN_PAY_CHECK_SILENT:
      jumin_take (&row->text, say ("%s 没查到结果，不要再付，请再查", when));
      break;
    case JUMIN_PAY_CHECK_NONE:
    default:
      jumin_set (&row->text, _ ("点这里查一次，不要再付"));
      break;
    }
}

void
jumin_build_pay (JuminBuilder *b)
{
  static const char *const titles[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = N_ ("请用手机扫码付款"),
    [JUMIN_PAY_SHOW] = N_ ("请亮付款码付款"),
    [JUMIN_PAY_ACCOUNT] = N_ ("用社保卡账户付款"),
  };
  static JuminPageBuild *const builds[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = add_order,
    [JUMIN_PAY_SHOW] = add_show,
    [JUMIN_PAY_ACCOUNT] = add_account,
  };
  const JuminScene *scene = b->scene;

  jumin_set (&b->view->title, _ (titles[scene->way]));
  if (scene->quote == NULL)
    return;
  if (!b->tongue.elder)
    jumin_take (&b->view->lead, jumin_pay_sum (b, scene->quote->items));
  add_sum (b);
  builds[scene->way](b);
  add_waiting (b);
  add_methods (b);
  add_check (b);
}
