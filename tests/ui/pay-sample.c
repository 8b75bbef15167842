/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households, bills and orders of an invented city. */
#include "pay-sample.h"

#include "journey/flow.h"
#include "scenes.h"

enum
{
  REPRINTS = 2,
  MONTHS = 5,
  QUOTE_S = 600
};

static JuminBiller rows[JUMIN_N_SAMPLE_BILLERS] = {
  [JUMIN_SAMPLE_POWER]
  = { .id = (char *)"power",
      .icon = (char *)"power",
      .family = (char *)"power",
      .title = { (char *)"电费", (char *)"Electricity" },
      .company = { (char *)"临江供电", (char *)"Linjiang Power" },
      .account_hint = { (char *)"户号在电费账单右上角，12 位数字",
                        (char *)"Upper right on the electricity bill, 12 digits" },
      .account_min = 12,
      .account_max = 12 },
  [JUMIN_SAMPLE_WATER]
  = { .id = (char *)"water",
      .icon = (char *)"water",
      .family = (char *)"water",
      .title = { (char *)"水费", (char *)"Water" },
      .company = { (char *)"临江自来水", (char *)"Linjiang Water" },
      .account_hint = { (char *)"户号在水费通知单第一行，8–10 位数字",
                        (char *)"First line of the water notice, 8–10 digits" },
      .account_min = 8,
      .account_max = 10 },
  [JUMIN_SAMPLE_GAS] = { .id = (char *)"gas",
                         .icon = (char *)"gas",
                         .family = (char *)"gas",
                         .title = { (char *)"燃气费", (char *)"Gas" },
                         .company = { (char *)"临江燃气", (char *)"Linjiang Gas" },
                         .account_hint = { (char *)"户号在燃气卡正面，10 位数字",
                                           (char *)"On the front of the gas card, 10 digits" },
                         .account_min = 10,
                         .account_max = 10 },
  [JUMIN_SAMPLE_HEAT]
  = { .id = (char *)"heat",
      .icon = (char *)"home",
      .family = (char *)"bill",
      .title = { (char *)"集中供热费", (char *)"District heating" },
      .company = { (char *)"临江区集中供热服务公司", (char *)"Linjiang District Heating Service" },
      .account_hint = { (char *)"户号在供热合同封面，20 位数字",
                        (char *)"On the cover of the contract, 20 digits" },
      .account_min = 20,
      .account_max = JUMIN_ACCOUNT_MAX },
};

const JuminBiller *
jumin_sample_biller (JuminSampleBiller biller)
{
  return &rows[biller];
}

const JuminBillers *
jumin_sample_billers (void)
{
  static gpointer all[JUMIN_N_SAMPLE_BILLERS]
      = { &rows[JUMIN_SAMPLE_POWER], &rows[JUMIN_SAMPLE_WATER], &rows[JUMIN_SAMPLE_GAS],
          &rows[JUMIN_SAMPLE_HEAT] };
  static GPtrArray list = { all, JUMIN_N_SAMPLE_BILLERS - 1 };
  static const JuminBillers billers = { &list };

  return &billers;
}

static void
add_usage (JuminHome *home, const char *biller, const char *zh, const char *en, const char *unit_zh,
           const char *unit_en, const gint64 *amounts)
{
  JuminUsage *usage = g_new0 (JuminUsage, 1);

  usage->biller = g_strdup (biller);
  jumin_text_set (&usage->title, zh, en);
  jumin_text_set (&usage->unit, unit_zh, unit_en);
  usage->n = MONTHS;
  for (int i = 0; i < MONTHS; i++)
    {
      usage->months[i] = 202606 + i;
      usage->amounts[i] = amounts[i];
    }
  g_ptr_array_add (home->usages, usage);
}

JuminHome *
jumin_sample_home (const char *id, const char *address, const char *owner)
{
  static const gint64 water[MONTHS] = { 15, 17, 18, 19, 17 },
                      power[MONTHS] = { 120, 131, 155, 182, 243 },
                      gas[MONTHS] = { 27, 25, 22, 21, 21 };
  JuminHome *home = jumin_home_new ();

  home->id = g_strdup (id);
  home->address = g_strdup (address);
  home->owner = g_strdup (owner);
  home->own = TRUE;
  add_usage (home, "water", "用水", "Water", "吨", "t", water);
  add_usage (home, "power", "用电", "Power", "度", "kWh", power);
  add_usage (home, "gas", "用气", "Gas", "方", "m³", gas);
  return home;
}

/* Returns: (transfer none): the bill */
JuminBill *
jumin_sample_bill (JuminHome *home, JuminSampleBiller biller, gint64 fen, int due_on)
{
  static const char *const accounts[JUMIN_N_SAMPLE_BILLERS]
      = { "5008********40", "3021****17", "8810****52", "1002**************06" };
  static const struct
  {
    const char *zh, *en;
    gint64 usage;
  } units[JUMIN_N_SAMPLE_BILLERS]
      = { { "度", "kWh", 243 }, { "吨", "t", 17 }, { "方", "m³", 21 }, { "", "", 0 } };
  JuminBill *bill = jumin_bill_new ();

  bill->id = g_strdup_printf ("%s-%s-%u", home->id, rows[biller].id, home->bills->len);
  bill->biller = g_strdup (rows[biller].id);
  bill->account = g_strdup (accounts[biller]);
  jumin_text_copy (&bill->title, &rows[biller].title);
  jumin_text_copy (&bill->company, &rows[biller].company);
  jumin_text_set (&bill->unit, units[biller].zh, units[biller].en);
  bill->usage = units[biller].usage;
  bill->month = 202610;
  bill->due_on = due_on;
  bill->fen = fen;
  g_ptr_array_add (home->bills, bill);
  return bill;
}

/* Of the first @count bills that can be paid. */
JuminQuote *
jumin_sample_quote (const JuminBills *bills, guint count)
{
  JuminQuote *quote = jumin_quote_new ();

  quote->id = g_strdup ("4f9d0c3e-6a55-4a0e-9f0e-2b1a7c1d0371");
  quote->number = g_strdup ("JM20261121102803710003");
  quote->payee = g_strdup ("LJ-PAY");
  jumin_text_set (&quote->payee_name, "临江区缴费平台", "Linjiang Payment Platform");
  quote->issued_at = JUMIN_SAMPLE_NOW;
  quote->expires_at = JUMIN_SAMPLE_NOW + QUOTE_S;
  for (guint i = 0; i < bills->homes->len; i++)
    for (guint j = 0; j < ((JuminHome *)bills->homes->pdata[i])->bills->len; j++)
      {
        const JuminBill *bill = ((JuminHome *)bills->homes->pdata[i])->bills->pdata[j];
        JuminPayItem *item;

        if (bill->state != JUMIN_BILL_DUE || quote->items->len == count)
          continue;
        item = jumin_pay_item_new ();
        item->bill = g_strdup (bill->id);
        item->biller = g_strdup (bill->biller);
        item->account = g_strdup (bill->account);
        jumin_text_copy (&item->title, &bill->title);
        jumin_text_copy (&item->unit, &bill->unit);
        item->month = bill->month;
        item->usage = bill->usage;
        item->fen = bill->fen;
        quote->fen += bill->fen;
        g_ptr_array_add (quote->items, item);
      }
  return quote;
}

void
jumin_sample_payer (JuminScene *scene, guint step)
{
  jumin_scene_set_visit (scene);
  scene->card_in = scene->card_known = TRUE;
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "王小明", "500101199003071235");
  scene->flow = jumin_flow_find ("payment");
  scene->step = step;
  scene->till_there = TRUE;
  scene->billers = jumin_sample_billers ();
  scene->codes = JUMIN_CODES_ON;
  scene->scan_preview = TRUE;
  scene->reprints_left = REPRINTS;
}

static JuminHome *
add_home (JuminScene *scene, const char *id, const char *address, const char *owner)
{
  JuminHome *home = jumin_sample_home (id, address, owner);

  if (scene->bills == NULL)
    scene->bills = jumin_bills_new ();
  scene->bills->as_of = JUMIN_SAMPLE_NOW;
  g_ptr_array_add (scene->bills->homes, home);
  return home;
}

JuminBill *
jumin_sample_nth_bill (JuminScene *scene, guint home, guint n)
{
  return ((JuminHome *)scene->bills->homes->pdata[home])->bills->pdata[n];
}

void
jumin_sample_tick (JuminScene *scene, guint count)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (ids, g_strdup (jumin_sample_nth_bill (scene, 0, i)->id));
  g_ptr_array_add (ids, NULL);
  g_strfreev (scene->basket);
  scene->basket = (char **)g_ptr_array_free (ids, FALSE);
}

void
jumin_sample_bills (JuminScene *scene)
{
  JuminHome *home;

  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_BILLS);
  home = add_home (scene, "home", "临江区云*路 *8 号 3 栋 1*-2", "王*明");
  jumin_sample_bill (home, JUMIN_SAMPLE_POWER, 12640, 20261125);
  jumin_sample_bill (home, JUMIN_SAMPLE_WATER, 5860, 20261205);
  jumin_sample_bill (home, JUMIN_SAMPLE_GAS, 4320, 20261208);
}

/* Of two households, more than one payment can hold; the longest words. */
void
jumin_sample_bills_full (JuminScene *scene)
{
  JuminHome *home;

  jumin_sample_bills (scene);
  jumin_sample_bill (scene->bills->homes->pdata[0], JUMIN_SAMPLE_HEAT, 186550, 20261031)->late_fen
      = 1865;
  home = add_home (scene, "rented", "临江区滨江新城北*路 *26 号 *1 栋 2*-11", "欧*娜");
  for (int i = 0; i < 3; i++)
    {
      jumin_sample_bill (home, JUMIN_SAMPLE_POWER, 130045 + i, 20261130)->month = 202608 + i;
      jumin_sample_bill (home, JUMIN_SAMPLE_HEAT, 186550 + i, 20261031)->month = 202608 + i;
    }
  jumin_sample_tick (scene, 4);
}
