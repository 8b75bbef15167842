/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for amounts, days, orders and ways to pay, and the parts that several of the payment pages
 * have: the slip and the code of the receipt. */
#include "front/pay-parts.h"

#include <string.h>

#include "model/hall-time.h"
#include "model/money.h"

enum
{
  TAIL_SHOWN = 4,
  GROUP = 4,
  PREFIX = 2,       /* letters before the digits of an order's number */
  TITLES_SHOWN = 3, /* with more, only how many */
  /* Of a day as 20260920. */
  YEAR = 10000,
  MONTH = 100
};

/* Returns: (nullable): the row of data/billers.json */
const JuminBiller *
jumin_pay_get_biller (const JuminBuilder *b, const char *id)
{
  const JuminBillers *billers = b->scene->billers;

  for (guint i = 0; billers != NULL && i < billers->list->len; i++)
    if (g_strcmp0 (((const JuminBiller *)billers->list->pdata[i])->id, id) == 0)
      return billers->list->pdata[i];
  return NULL;
}

/* Returns: (transfer full): 185.00 元 */
char *
jumin_pay_yuan (const JuminBuilder *b, gint64 fen)
{
  g_autofree char *figure = jumin_fen_format (fen);

  return say ("%s 元", figure);
}

/* @date: 20260920
 * Returns: (transfer full) (nullable): 9月20日 */
char *
jumin_pay_day (const JuminBuilder *b, int date)
{
  g_autoptr (GDateTime) day
      = g_date_time_new_utc (date / YEAR, date / MONTH % MONTH, date % MONTH, 0, 0, 0);

  return day != NULL ? jumin_day_words (b, day) : NULL;
}

/* Returns: (transfer full): "JM 2026 0916 1028 0371", which can be read out */
char *
jumin_pay_number (const char *number)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; number[i] != '\0'; i++)
    {
      if (i >= PREFIX && (i - PREFIX) % GROUP == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, number[i]);
    }
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): "0371" */
char *
jumin_pay_tail (const char *number)
{
  gsize length = strlen (number);

  return g_strdup (number + (length > TAIL_SHOWN ? length - TAIL_SHOWN : 0));
}

/* What several bills are called together: 电费、水费; of many, how many. */
static char *
join (const JuminBuilder *b, const GPtrArray *items, const char *separator,
      char *(*name) (const JuminBuilder *b, const JuminPayItem *item))
{
  GString *text;

  if (items->len > TITLES_SHOWN)
    return say ("共 %u 笔", items->len);
  text = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *words = name (b, items->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? separator : "", words);
    }
  return g_string_free (text, FALSE);
}

static char *
name_title (const JuminBuilder *b, const JuminPayItem *item)
{
  return g_strdup (jumin_outside (b, &item->title));
}

static char *
name_amount (const JuminBuilder *b, const JuminPayItem *item)
{
  g_autofree char *figure = jumin_fen_format (item->fen);

  return g_strdup_printf ("%s %s", jumin_outside (b, &item->title), figure);
}

/* @credit: only of these; %JUMIN_N_CREDITS: of all
 * Returns: (transfer full) (nullable): 电费、水费 */
char *
jumin_pay_titles (const JuminBuilder *b, const GPtrArray *items, JuminCredit credit)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    if (credit == JUMIN_N_CREDITS || ((const JuminPayItem *)items->pdata[i])->credit == credit)
      g_ptr_array_add (some, items->pdata[i]);
  return some->len > 0 ? join (b, some, _ ("、"), name_title) : NULL;
}

/* Returns: (transfer full): 电费 126.40 + 水费 58.60 */
char *
jumin_pay_sum (const JuminBuilder *b, const GPtrArray *items)
{
  return join (b, items, " + ", name_amount);
}

/* How it was paid: what the platform says, else what the person chose. */
const char *
jumin_pay_channel (const JuminBuilder *b, const JuminPayment *payment)
{
  static const struct
  {
    const char *channel, *words;
  } channels[] = {
    { "wechat", N_ ("微信支付") }, { "alipay", N_ ("支付宝") },   { "unionpay", N_ ("云闪付") },
    { "ecny", N_ ("数字人民币") }, { "card", N_ ("社保卡账户") },
  };
  static const char *const ways[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = N_ ("手机扫码"),
    [JUMIN_PAY_SHOW] = N_ ("付款码"),
    [JUMIN_PAY_ACCOUNT] = N_ ("社保卡账户"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (g_strcmp0 (channels[i].channel, payment->channel) == 0)
      return _ (channels[i].words);
  return _ (ways[payment->way]);
}

/**
 * jumin_pay_add_slip:
 * @printed: what to do with it
 * @word: (transfer full): what stands on it
 *
 * Adds what became of the slip, if there was to be one.
 */
void
jumin_pay_add_slip (JuminBuilder *b, const char *printed, char *word)
{
  const JuminScene *scene = b->scene;
  g_autofree char *written = word;
  JuminBlock *slip;

  if (scene->slip == JUMIN_SLIP_NONE)
    return;
  slip = jumin_view_add_block (b->view, "slip", NULL);
  jumin_set (&jumin_block_add (slip, "slip")->figure, written);
  if (scene->slip == JUMIN_SLIP_PRINTING || scene->slip == JUMIN_SLIP_PRINTED)
    {
      gboolean out = scene->slip == JUMIN_SLIP_PRINTED;

      jumin_set (&slip->tone, "plain");
      jumin_set (&slip->title, out ? _ ("请取走凭条") : _ ("正在打印凭条…"));
      jumin_set (&slip->text, out ? printed : _ ("马上就好，请不要走开"));
      jumin_set (&slip->note, jumin_outside (b, &scene->slip_place));
      return;
    }
  jumin_set (&slip->tone, "fail");
  jumin_set (&slip->title,
             scene->slip == JUMIN_SLIP_UNKNOWN ? _ ("凭条可能没打全") : _ ("凭条没有打出来"));
  if (!scene->printer_ready)
    jumin_take (&slip->text, jumin_trouble_title (b, scene->printer_trouble));
  else
    jumin_set (&slip->text, _ ("付款的结果不会变"));
}

/* @title_card: the same while the card is in */
void
jumin_pay_add_done (JuminBuilder *b, const char *title, const char *title_card)
{
  jumin_add_action (b, "done", b->scene->card_in ? title_card : title, "exit", "primary");
}
