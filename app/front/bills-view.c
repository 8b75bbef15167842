/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be paid, for which household. What is ticked is the page's draft in the ui until it is
 * sent whole. */
#include "front/pay-parts.h"

#include "model/hall-time.h"
#include "model/money.h"

enum
{
  SOON_DAYS = 7,
  WHOLE = 100,
  MONTHS = 12,
  /* Of a month as 202608. */
  YEAR = 100
};

/* Whether @month follows @before. */
static gboolean
follows (int before, int month)
{
  return month / YEAR * MONTHS + month % YEAR == before / YEAR * MONTHS + before % YEAR + 1;
}

static char *
amount_words (const JuminBuilder *b, gint64 amount, const JuminText *unit)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", amount, jumin_outside (b, unit));
}

/* How much more it was than a month before; a month may be missing. */
static char *
trend_words (const JuminBuilder *b, const JuminUsage *usage)
{
  int last = usage->n - 1;
  gboolean known = last > 0 && follows (usage->months[last - 1], usage->months[last]);
  gint64 more = usage->amounts[last] - (known ? usage->amounts[last - 1] : 0);
  g_autofree char *amount = amount_words (b, ABS (more), &usage->unit);

  if (!known)
    return say ("这个月 %s", amount);
  if (more == 0)
    return say ("与上月持平");
  return more > 0 ? say ("比上月 +%s", amount) : say ("比上月 −%s", amount);
}

/* What it is, and after it a bar a month. */
static void
add_usage (const JuminBuilder *b, JuminBlock *home, const JuminUsage *usage)
{
  JuminItem *item = jumin_block_add (home, usage->biller);
  gint64 most = 1;

  jumin_set (&item->title, jumin_outside (b, &usage->title));
  jumin_take (&item->text, trend_words (b, usage));
  for (int i = 0; i < usage->n; i++)
    most = MAX (most, usage->amounts[i]);
  for (int i = 0; i < usage->n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%d", usage->biller, usage->months[i]);
      JuminItem *bar = jumin_block_add (home, id);

      jumin_set (&bar->tone, "bar");
      bar->level = CLAMP (usage->amounts[i] * WHOLE / most, 1, WHOLE);
    }
}

static void
add_home (JuminBuilder *b, const JuminHome *home)
{
  JuminBlock *block = jumin_view_add_block (b->view, "household", "household");

  jumin_set (&block->icon, "home");
  jumin_set (&block->title, home->address);
  jumin_take (&block->note, say ("户主 %s", home->owner));
  for (guint i = 0; i < home->usages->len; i++)
    if (((const JuminUsage *)home->usages->pdata[i])->n > 0)
      add_usage (b, block, home->usages->pdata[i]);
}

/* Of the households after the first one. */
static void
add_heading (const JuminBuilder *b, JuminBlock *basket, const JuminHome *home)
{
  JuminItem *heading = jumin_block_add (basket, home->id);

  jumin_set (&heading->tone, "heading");
  jumin_set (&heading->icon, "home");
  jumin_set (&heading->title, home->address);
  jumin_take (&heading->text, say ("户主 %s", home->owner));
}

static void
turn_off (JuminItem *item, const char *chip, const char *tone, char *reason)
{
  jumin_set (&item->state, "off");
  jumin_set (&item->note, chip);
  jumin_set (&item->note_tone, tone);
  jumin_take (&item->reason, reason);
}

static int
count_days (const JuminBuilder *b, int due_on)
{
  GDate today, due;

  jumin_hall_get_date (b->scene->now, &today);
  g_date_clear (&due, 1);
  if (!g_date_valid_dmy ((GDateDay)(due_on % 100), (GDateMonth)(due_on / 100 % 100),
                         (GDateYear)(due_on / 10000)))
    return G_MAXINT;
  g_date_set_dmy (&due, (GDateDay)(due_on % 100), (GDateMonth)(due_on / 100 % 100),
                  (GDateYear)(due_on / 10000));
  return g_date_days_between (&today, &due);
}

static void
set_due (const JuminBuilder *b, const JuminBill *bill, JuminItem *item)
{
  g_autofree char *day = bill->due_on != 0 ? jumin_pay_day (b, bill->due_on) : NULL;
  int days = bill->due_on != 0 ? count_days (b, bill->due_on) : G_MAXINT;

  if (days < 0)
    jumin_set (&item->note, _ ("已过缴费日"));
  else if (day != NULL)
    jumin_take (&item->note, say ("%s前", day));
  jumin_set (&item->note_tone, days <= SOON_DAYS ? "wait" : "mute");
}

static void
set_state (const JuminBuilder *b, const JuminBill *bill, JuminItem *item)
{
  g_autofree char *when = bill->state_at != 0 ? jumin_when_words (b, bill->state_at) : NULL;

  switch (bill->state)
    {
    case JUMIN_BILL_PAID:
      turn_off (item, _ ("已缴清"), "good", say ("已经交过了，不用再交"));
      break;
    case JUMIN_BILL_HELD:
      turn_off (item, _ ("正在付款"), "wait", say ("有人正在付，请勿重复缴费"));
      break;
    case JUMIN_BILL_CLOSED:
      turn_off (item, _ ("现在不收费"), "mute",
                when != NULL ? say ("%s 以后再来交", when) : say ("请过一会儿再来交"));
      break;
    case JUMIN_BILL_DUE:
    default:
      set_due (b, bill, item);
      break;
    }
}

static char *
usage_words (const JuminBuilder *b, const JuminBill *bill)
{
  g_autofree char *late = NULL, *amount = NULL;

  if (bill->late_fen > 0)
    {
      late = jumin_fen_format (bill->late_fen);
      return say ("含违约金 %s 元", late);
    }
  if (bill->unit.zh == NULL || *bill->unit.zh == '\0')
    return g_strdup (jumin_outside (b, &bill->company));
  amount = amount_words (b, bill->usage, &bill->unit);
  return g_strdup_printf ("%s · %s", amount, jumin_outside (b, &bill->company));
}

static gboolean
is_ticked (const JuminScene *scene, const char *bill)
{
  return scene->basket != NULL && g_strv_contains ((const char *const *)scene->basket, bill);
}

/* @where: (nullable): whose it is, in the place of its account number */
static void
add_bill (const JuminBuilder *b, JuminBlock *basket, const JuminBill *bill, const char *where)
{
  const JuminBiller *biller = jumin_pay_get_biller (b, bill->biller);
  JuminItem *item = jumin_block_add (basket, bill->id);
  g_autofree char *account = say ("户号 %s", bill->account);
  g_autofree char *usage = usage_words (b, bill), *yuan = jumin_pay_yuan (b, bill->fen);

  jumin_set (&item->icon, biller != NULL ? biller->icon : "bill");
  jumin_set (&item->family, biller != NULL ? biller->family : "bill");
  jumin_set (&item->title, jumin_outside (b, &bill->title));
  jumin_take (&item->text, b->tongue.elder ? g_strdup (where != NULL ? where : account)
                                           : g_strdup_printf ("%s\n%s", account, usage));
  item->amount = bill->fen;
  jumin_take (&item->figure, jumin_fen_format (bill->fen));
  jumin_set (&item->unit, _ ("元"));
  if (bill->month > 0)
    jumin_take (&item->label, say ("%s账单", jumin_month_words (b, bill->month % YEAR)));
  jumin_set (&item->state, is_ticked (b->scene, bill->id) ? "on" : "");
  set_state (b, bill, item);
  jumin_take (&item->speech, g_strdup_printf ("%s %s %s", item->title, yuan,
                                              item->note != NULL ? item->note : ""));
}

static void
add_other (const JuminBuilder *b, JuminBlock *rows)
{
  JuminItem *row = jumin_add_row (rows, "other", "other", "plus", "queue", _ ("给别的户号交费"));

  if (!b->tongue.elder)
    jumin_set (&row->text, _ ("家人、租住的房子都可以"));
}

/* Returns: how many of them can be paid now */
static guint
add_basket (JuminBuilder *b, const JuminBills *bills)
{
  JuminBlock *basket = jumin_view_add_block (b->view, "basket", "bills");
  guint open = 0;

  for (guint i = 0; i < bills->homes->len; i++)
    {
      const JuminHome *home = bills->homes->pdata[i];
      g_autofree char *owner = say ("户主 %s", home->owner);

      if (i > 0 && home->bills->len > 0 && !b->tongue.elder)
        add_heading (b, basket, home);
      for (guint j = 0; j < home->bills->len; j++)
        {
          add_bill (b, basket, home->bills->pdata[j], i > 0 ? owner : NULL);
          open += ((const JuminBill *)home->bills->pdata[j])->state == JUMIN_BILL_DUE;
        }
    }
  /* Where there is little room, one list turns its pages. */
  add_other (b, b->tongue.elder || b->scene->modes.reach
                    ? basket
                    : jumin_view_add_block (b->view, "rows", "other"));
  jumin_set (&basket->title, _ ("已选 {count} 笔，合计"));
  jumin_take (&basket->text, say ("一次最多选 %d 笔", JUMIN_BASKET_MAX));
  jumin_set (&basket->note, _ ("元"));
  return open;
}

/* Nothing is to be paid, or nobody knows of a household. */
static void
build_none (JuminBuilder *b)
{
  JuminBlock *rows;

  jumin_set (&b->view->title, _ ("没有查到要交的账单"));
  jumin_set (&b->view->lead, _ ("有账单在手，可以用户号来交"));
  rows = jumin_view_add_block (b->view, "rows", "other");
  add_other (b, rows);
  jumin_add_help_row (b, rows, _ ("请人帮忙"));
}

void
jumin_build_bills (JuminBuilder *b)
{
  const JuminBills *bills = b->scene->bills;
  JuminItem *action;
  guint open, count = 0;

  for (guint i = 0; bills != NULL && i < bills->homes->len; i++)
    count += ((const JuminHome *)bills->homes->pdata[i])->bills->len;
  if (count == 0)
    {
      build_none (b);
      return;
    }
  add_home (b, bills->homes->pdata[0]);
  open = add_basket (b, bills);
  jumin_set (&b->view->title, open > 0 ? _ ("这次要交哪几笔？") : _ ("现在没有要交的费"));
  jumin_set (&b->view->lead,
             open > 0 ? _ ("点一下选中，再点一下取消。") : _ ("原因写在每一笔下面。"));
  action = jumin_add_action (b, "pay", _ ("去付款"), "go", "primary");
  jumin_set (&action->reason, open > 0 ? _ ("请先点选账单") : _ ("没有能交的账单"));
}
