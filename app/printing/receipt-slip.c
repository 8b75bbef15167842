/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip of a payment on 80 mm paper: that it is paid, or that it is being confirmed and must not
 * be paid again (mock-ups t2 and t3). It says what jumin_payment_get_say() says and promises
 * nothing that nobody has configured. */
#include "printing/receipt-slip.h"

#include <string.h>

#include "model/hall-time.h"
#include "model/money.h"
#include "printing/slip-canvas.h"

enum
{
  TOP = 26,
  BOTTOM = 30,
  GAP = 10,
  TITLE_MAX = 24, /* characters: what it is for stands behind it and must not be cut off */
  NUMBER_GROUP = 4
};

/**
 * Sheet:
 * @body: running text; @strong: what must be read
 * @item: what was paid; @label, @total: of the whole amount
 * @row: a label and its value
 * @number: the order's
 */
typedef struct
{
  JuminSlipType hall, title, bar, mark, strong, item, body, label, total, capital, row, small,
      number;
} Sheet;

#define CENTRED .align = JUMIN_SLIP_CENTRE
static const Sheet sheet_standard = {
  .hall = { .size = 34, .leading = 140, .lines = 3, .bold = TRUE, CENTRED },
  .title = { .size = 42, .leading = 130, .lines = 2, .bold = TRUE, CENTRED },
  .bar = { .size = 36, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .mark = { .size = 30, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .strong = { .size = 30, .leading = 145, .lines = 5, .bold = TRUE },
  .item = { .size = 30, .leading = 140, .lines = 5, .bold = TRUE },
  .body = { .size = 26, .leading = 140, .lines = 4 },
  .label = { .size = 34, .leading = 140, .lines = 1, .bold = TRUE },
  .total = { .size = 72, .leading = 130, .lines = 1, .bold = TRUE },
  .capital = { .size = 26, .leading = 140, .lines = 3, .align = JUMIN_SLIP_RIGHT },
  .row = { .size = 26, .leading = 140, .lines = 5 },
  .small = { .size = 26, .leading = 140, .lines = 1, CENTRED },
  .number = { .size = 34, .leading = 140, .lines = 2, .bold = TRUE, CENTRED },
};
static const Sheet sheet_elder = {
  .hall = { .size = 40, .leading = 140, .lines = 3, .bold = TRUE, CENTRED },
  .title = { .size = 54, .leading = 130, .lines = 2, .bold = TRUE, CENTRED },
  .bar = { .size = 46, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .mark = { .size = 36, .leading = 140, .lines = 1, .bold = TRUE, CENTRED },
  .strong = { .size = 38, .leading = 145, .lines = 6, .bold = TRUE },
  .item = { .size = 36, .leading = 140, .lines = 5, .bold = TRUE },
  .body = { .size = 34, .leading = 140, .lines = 5 },
  .label = { .size = 40, .leading = 140, .lines = 1, .bold = TRUE },
  .total = { .size = 88, .leading = 130, .lines = 1, .bold = TRUE },
  .capital = { .size = 34, .leading = 140, .lines = 3, .align = JUMIN_SLIP_RIGHT },
  .row = { .size = 34, .leading = 140, .lines = 5 },
  .small = { .size = 34, .leading = 140, .lines = 1, CENTRED },
  .number = { .size = 36, .leading = 140, .lines = 3, .bold = TRUE, CENTRED },
};
#undef CENTRED

/* Marks the words for the translators. */
#define N_(id) (id)

typedef struct
{
  const JuminReceiptSlip *slip;
  const JuminPayment *payment;
  JuminPaymentSay say;
  JuminTongue tongue;
  const Sheet *sheet;
  JuminSlipCanvas *canvas;
} Drawing;

static void
draw_words (Drawing *d, const JuminSlipType *type, const char *text)
{
  if (text != NULL && *text != '\0')
    jumin_slip_canvas_text (d->canvas, type, text);
}

static void
draw_row (Drawing *d, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    jumin_slip_canvas_pair (d->canvas, &d->sheet->row, jumin_words (d->tongue, label), value);
}

static gboolean
is_pending (const Drawing *d)
{
  return d->say != JUMIN_SAY_PAID && d->say != JUMIN_SAY_REFUNDED;
}

static void
draw_head (Drawing *d)
{
  const char *bar = d->say == JUMIN_SAY_PAID       ? N_ ("缴费成功")
                    : d->say == JUMIN_SAY_REFUNDED ? N_ ("没有入账，原路退款")
                                                   : N_ ("正在确认，请勿重复缴费");

  jumin_slip_canvas_skip (d->canvas, TOP);
  draw_words (d, &d->sheet->hall, jumin_text_in (d->slip->hall, d->tongue.language));
  draw_words (d, &d->sheet->title,
              jumin_words (d->tongue, is_pending (d) ? N_ ("缴费查询单") : N_ ("缴费凭条")));
  jumin_slip_canvas_skip (d->canvas, GAP);
  jumin_slip_canvas_bar (d->canvas, &d->sheet->bar, jumin_words (d->tongue, bar));
  if (d->slip->reprints > 0)
    {
      g_autofree char *time = jumin_hall_time_format (d->slip->printed_at, "%Y-%m-%d %H:%M");
      g_autofree char *mark
          = jumin_words_dup (d->tongue, "第 %1$d 次补打 · %2$s", d->slip->reprints, time);

      draw_words (d, &d->sheet->mark, mark);
    }
  jumin_slip_canvas_skip (d->canvas, GAP);
}

static char *
format_title (Drawing *d, const JuminPayItem *item)
{
  const char *title = jumin_text_in (&item->title, d->tongue.language);
  gboolean whole = g_utf8_strlen (title, -1) <= TITLE_MAX;
  g_autofree char *start = g_utf8_substring (title, 0, whole ? -1 : TITLE_MAX - 1);
  g_autofree char *name = g_strconcat (start, whole ? NULL : "…", NULL);

  if (item->month == 0)
    return g_steal_pointer (&name);
  return jumin_words_dup (d->tongue, "%1$s（%2$d 年 %3$d 月）", name, item->month / 100,
                          item->month % 100);
}

static void
draw_account (Drawing *d, const JuminPayItem *item)
{
  const char *unit = jumin_text_in (&item->unit, d->tongue.language);
  g_autofree char *used = g_strdup_printf ("%" G_GINT64_FORMAT " %s", item->usage, unit);
  g_autofree char *account
      = *unit != '\0' ? jumin_words_dup (d->tongue, "户号 %1$s · %2$s", item->account, used)
                      : jumin_words_dup (d->tongue, "户号 %s", item->account);

  draw_words (d, &d->sheet->body, account);
}

/* What became of one bill, where that is not what the bar says of the whole. */
static void
draw_credit (Drawing *d, const JuminPayItem *item)
{
  static const char *const credits[JUMIN_N_CREDITS] = {
    [JUMIN_CREDIT_WAITING] = N_ ("正在入账，不用再缴"),
    [JUMIN_CREDIT_REFUNDED] = N_ ("没有入账，钱原路退回"),
  };

  if (d->say == JUMIN_SAY_PAID && credits[item->credit] != NULL)
    draw_words (d, &d->sheet->body, jumin_words (d->tongue, credits[item->credit]));
}

static void
draw_items (Drawing *d)
{
  for (guint i = 0; i < d->payment->items->len; i++)
    {
      const JuminPayItem *item = d->payment->items->pdata[i];
      g_autofree char *title = format_title (d, item), *fen = jumin_fen_format (item->fen);

      jumin_slip_canvas_skip (d->canvas, i > 0 ? GAP : 0);
      if (is_pending (d))
        {
          jumin_slip_canvas_pair (d->canvas, &d->sheet->row, title, fen);
          continue;
        }
      jumin_slip_canvas_pair (d->canvas, &d->sheet->item, title, fen);
      draw_account (d, item);
      draw_credit (d, item);
    }
}

static void
draw_total (Drawing *d)
{
  g_autofree char *fen = jumin_fen_format (d->payment->fen);
  g_autofree char *capital = jumin_fen_format_capital (d->payment->fen);
  g_autofree char *words = g_strconcat ("人民币", capital, NULL);

  jumin_slip_canvas_amount (d->canvas, &d->sheet->label, jumin_words (d->tongue, "合计（元）"),
                            &d->sheet->total, fen);
  draw_words (d, &d->sheet->capital, words);
}

static const char *
find_channel (const JuminPayment *payment)
{
  static const struct
  {
    const char *channel, *words;
  } channels[] = {
    { "wechat", N_ ("微信支付") }, { "alipay", N_ ("支付宝") },       { "unionpay", N_ ("云闪付") },
    { "ecny", N_ ("数字人民币") }, { "card", N_ ("社保卡银行账户") },
  };
  static const char *const ways[JUMIN_N_PAY_WAYS] = {
    [JUMIN_PAY_SCAN] = N_ ("手机扫码"),
    [JUMIN_PAY_SHOW] = N_ ("出示付款码"),
    [JUMIN_PAY_ACCOUNT] = N_ ("社保卡银行账户"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (g_strcmp0 (channels[i].channel, payment->channel) == 0)
      return channels[i].words;
  return ways[payment->way];
}

static void
draw_facts (Drawing *d)
{
  const JuminPayment *payment = d->payment;
  gint64 when = is_pending (d) ? payment->created_at : payment->paid_at;
  g_autofree char *time = jumin_hall_time_format (when, "%Y-%m-%d %H:%M:%S");

  jumin_slip_canvas_dashes (d->canvas);
  draw_row (d, N_ ("缴费人"), d->slip->payer);
  draw_row (d, N_ ("付款方式"), jumin_words (d->tongue, find_channel (payment)));
  draw_row (d, is_pending (d) ? N_ ("下单时间") : N_ ("付款时间"), time);
  draw_row (d, N_ ("收款方"), jumin_text_in (&payment->payee_name, d->tongue.language));
  draw_row (d, N_ ("平台流水号"), payment->transaction);
  draw_row (d, N_ ("终端"), jumin_text_in (d->slip->machine, d->tongue.language));
}

/* "JM 2026 0916 1028 0371 0003": so it can be read out on the phone. */
static char *
format_number (const char *number)
{
  gsize letters = strcspn (number, "0123456789");
  GString *text = g_string_new_len (number, (gssize)letters);

  for (gsize i = letters; number[i] != '\0'; i++)
    {
      if ((i - letters) % NUMBER_GROUP == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, number[i]);
    }
  return g_string_free (text, FALSE);
}

static void
draw_number (Drawing *d)
{
  g_autofree char *number = format_number (d->payment->number);
  const char *label = jumin_words (d->tongue, is_pending (d) ? N_ ("查询号") : N_ ("订单号"));

  jumin_slip_canvas_dashes (d->canvas);
  draw_words (d, &d->sheet->small, label);
  draw_words (d, &d->sheet->number, number);
  if (!jumin_slip_canvas_bars (d->canvas, d->payment->number))
    jumin_slip_canvas_code (d->canvas, d->payment->number, &d->sheet->item, "", &d->sheet->body,
                            "");
}

static void
draw_foot (Drawing *d)
{
  static const char *const words[][2] = {
    { N_ ("本凭条证明已缴费，不作报销用。"), N_ ("要发票，请凭订单号联系收费公司。") },
    { N_ ("退款原路退回，到账时间以付款渠道为准。"), NULL },
    { N_ ("请保留本单，不要重复缴费。"), NULL },
  };
  const char *const *lines = words[is_pending (d) ? 2 : d->say == JUMIN_SAY_REFUNDED ? 1 : 0];
  const char *desk = jumin_text_in (d->slip->desk, d->tongue.language), *phone = d->slip->phone;
  g_autofree char *ask = jumin_words_dup (d->tongue, "查询请到%s。", desk);
  g_autofree char *call
      = *phone != '\0' ? jumin_words_dup (d->tongue, "查询电话 %s。", phone) : g_strdup ("");

  jumin_slip_canvas_dashes (d->canvas);
  for (gsize i = 0; i < G_N_ELEMENTS (words[0]) && lines[i] != NULL; i++)
    draw_words (d, &d->sheet->body, jumin_words (d->tongue, lines[i]));
  draw_words (d, &d->sheet->body, ask);
  draw_words (d, &d->sheet->body, call);
  jumin_slip_canvas_skip (d->canvas, BOTTOM);
}

static void
draw_all (Drawing *d)
{
  draw_head (d);
  if (is_pending (d))
    {
      draw_words (
          d, &d->sheet->strong,
          jumin_words (d->tongue,
                       "您的钱是安全的：扣了款，一定会记到您的户号上；没办成，会原路退给您。"));
      jumin_slip_canvas_dashes (d->canvas);
    }
  draw_items (d);
  if (!is_pending (d))
    jumin_slip_canvas_rule (d->canvas);
  draw_total (d);
  draw_facts (d);
  draw_number (d);
  draw_foot (d);
}

static JuminRaster *
draw (const JuminReceiptSlip *slip, const Sheet *sheet)
{
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (slip->width);
  Drawing d = { .slip = slip,
                .payment = slip->payment,
                .say = slip->pending ? JUMIN_SAY_CONFIRMING : jumin_payment_get_say (slip->payment),
                .tongue = slip->tongue,
                .sheet = sheet,
                .canvas = canvas };
  guint unknown, cut;

  draw_all (&d);
  unknown = jumin_slip_canvas_get_unknown_glyphs (canvas);
  cut = jumin_slip_canvas_get_cut_texts (canvas);
  if (unknown > 0)
    g_warning ("Drawing the slip of a payment: no font has %u of its characters (fonts-noto-cjk)",
               unknown);
  if (cut > 0)
    g_warning ("Drawing the slip of a payment: %u of its texts are too long for the paper", cut);
  return jumin_slip_canvas_finish (canvas);
}

/* Returns: (transfer full): the slip, ready for the printer */
JuminRaster *
jumin_receipt_slip_draw (const JuminReceiptSlip *slip)
{
  g_autoptr (JuminRaster) raster = draw (slip, slip->tongue.elder ? &sheet_elder : &sheet_standard);

  /* Many bills in large letters may take more than the longest paper. */
  if (raster->height < JUMIN_RASTER_HEIGHT_MAX || !slip->tongue.elder)
    return g_steal_pointer (&raster);
  return draw (slip, &sheet_standard);
}
