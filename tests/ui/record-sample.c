/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of an invented person, built as the platform's answers are. */
#include "record-sample.h"

#include "scenes.h"

enum
{
  MONTHS = 12,
  OWN_FEN = 124000,
  RAISED_FEN = 132000,
  RAISED_FROM = 10,
  SOCIAL_GROUPS = 5
};

static JuminFact *
add_fact (GPtrArray *facts, JuminValueKind kind, const char *label, gint64 number, const char *text)
{
  JuminFact *fact = jumin_fact_new (kind);

  jumin_text_set (&fact->label, label, NULL);
  fact->number = number;
  fact->text = g_strdup (text);
  fact->veiled = kind == JUMIN_VALUE_MONEY || kind == JUMIN_VALUE_TAIL;
  g_ptr_array_add (facts, fact);
  return fact;
}

/* @words: of the house; NULL: nobody knows this code */
static JuminFact *
new_code (const char *code, const char *words)
{
  JuminFact *fact = jumin_fact_new (JUMIN_VALUE_CODE);

  fact->text = g_strdup (code);
  if (words != NULL)
    jumin_text_set (&fact->words, words, NULL);
  return fact;
}

static void
set_source (JuminRecord *record, const char *zh, const char *en)
{
  for (guint i = 0; i < record->blocks->len; i++)
    {
      JuminRecordBlock *block = record->blocks->pdata[i];

      jumin_text_set (&block->source, zh, en);
      block->as_of = JUMIN_SAMPLE_NOW;
    }
}

static void
set_fund_source (JuminRecord *record)
{
  set_source (record, "临江区住房公积金管理中心", "Linjiang Provident Fund Centre");
}

static JuminRecordBlock *
add_block (JuminRecord *record, JuminBlockKind kind, const char *title)
{
  JuminRecordBlock *block = jumin_record_add (record, kind);

  if (title != NULL)
    jumin_text_set (&block->title, title, NULL);
  return block;
}

static void
add_notice (JuminRecord *record, const JuminSampleAccount *sample)
{
  JuminRecordBlock *notice = add_block (record, JUMIN_BLOCK_NOTICE, NULL);

  notice->notice = sample->notice;
  if (sample->notice == JUMIN_NOTICE_GAPS)
    add_fact (notice->facts, JUMIN_VALUE_COUNT, "没有缴存的月数", sample->gaps, NULL);
  if (sample->notice == JUMIN_NOTICE_GAPS || sample->notice == JUMIN_NOTICE_STEADY)
    add_fact (notice->facts, JUMIN_VALUE_COUNT, "月数", MONTHS, NULL);
  if (sample->notice == JUMIN_NOTICE_SEALED)
    add_fact (notice->facts, JUMIN_VALUE_MONTH, "已缴至", 202503, NULL);
  if (sample->notice == JUMIN_NOTICE_CLOSED)
    add_fact (notice->facts, JUMIN_VALUE_DATE, "销户日期", 20061109, NULL);
}

static void
add_months (JuminRecord *record, const JuminSampleAccount *sample)
{
  JuminRecordBlock *series = add_block (record, JUMIN_BLOCK_SERIES, "每月缴存");
  gboolean ended = sample->notice == JUMIN_NOTICE_SEALED || sample->notice == JUMIN_NOTICE_CLOSED;

  jumin_text_set (&series->legends[0], "个人", NULL);
  jumin_text_set (&series->legends[1], "单位", NULL);
  for (int i = 0; i < MONTHS; i++)
    {
      JuminPoint *point = g_new0 (JuminPoint, 1);
      gboolean missing = ended || (i > 3 && i <= 3 + sample->gaps);
      gint64 fen = missing ? 0 : i >= RAISED_FROM ? RAISED_FEN : OWN_FEN;

      *point = (JuminPoint){ i < 2 ? 202511 + i : 202599 + i, { fen, fen } };
      g_ptr_array_add (series->points, point);
    }
}

JuminRecord *
jumin_sample_account (const JuminSampleAccount *sample)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *headline, *rest;

  record->found = TRUE;
  add_notice (record, sample);
  headline = add_block (record, JUMIN_BLOCK_HEADLINE, NULL);
  headline->state = new_code (sample->state != NULL ? "01" : "7B", sample->state);
  jumin_text_set (&headline->state->label, "账户状态", NULL);
  add_fact (headline->facts, JUMIN_VALUE_MONEY, "账户余额", 8651237, NULL);
  add_fact (headline->facts, JUMIN_VALUE_MONEY, "每月缴存", 2 * RAISED_FEN, NULL);
  add_fact (headline->facts, JUMIN_VALUE_MONTH, "已缴至", 202610, NULL);
  add_fact (headline->facts, JUMIN_VALUE_TEXT, "缴存单位", 0, "江州测试机械制造有限公司")->veiled
      = TRUE;
  add_months (record, sample);
  rest = add_block (record, JUMIN_BLOCK_FACTS, "账户信息");
  add_fact (rest->facts, JUMIN_VALUE_TAIL, "个人账号", 0, "0417");
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "缴存基数", 1100000, NULL);
  add_fact (rest->facts, JUMIN_VALUE_PERCENT, "个人缴存比例", 12 * JUMIN_PERCENT_UNIT, NULL);
  add_fact (rest->facts, JUMIN_VALUE_PERCENT, "单位缴存比例", 12 * JUMIN_PERCENT_UNIT, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "个人月缴存额", RAISED_FEN, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "单位月缴存额", RAISED_FEN, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "上年结转余额", 6512137, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "当年归集余额", 2139100, NULL);
  add_fact (rest->facts, JUMIN_VALUE_DATE, "开户日期", 20140901, NULL);
  add_fact (rest->facts, JUMIN_VALUE_TEXT, "存款开户行", 0, "江州农村商业银行股份有限公司临江支行");
  add_fact (rest->facts, JUMIN_VALUE_TAIL, "存款账户", 0, "3344");
  set_fund_source (record);
  return record;
}

static JuminLine *
add_line (JuminRecordBlock *block, gint64 date, JuminFact *what, JuminDirection direction,
          gint64 fen)
{
  JuminLine *line = jumin_line_new ();

  line->date = date;
  line->what = what;
  line->direction = direction;
  line->fen = fen;
  g_ptr_array_add (block->lines, line);
  return line;
}

/* @odd: with a line that was taken back, a code that nobody knows, and the longest words */
JuminRecord *
jumin_sample_lines (int page, int pages, guint n, gboolean odd)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *block = add_block (record, JUMIN_BLOCK_LINES, "账户明细");

  record->found = TRUE;
  block->page = page;
  block->pages = pages;
  for (guint i = 0; i < n; i++)
    {
      gint64 date = 20261100 - 100 * (gint64)(i / 2 % 10) - 10000 * (gint64)(i / 20)
                    + (i % 2 == 0 ? 20 : 12);
      JuminLine *line
          = i % 2 == 0
                ? add_line (block, date, new_code ("11", "部分提取"), JUMIN_DIRECTION_OUT, 256698)
                : add_line (block, date, new_code ("01", "汇缴"), JUMIN_DIRECTION_IN, 264000);

      line->reversed = odd && i == 1;
      if (i % 2 == 0)
        {
          JuminFact *reason = new_code ("06", i == 4 ? "建造、翻建或大修住房" : "偿还购房贷款");
          JuminFact *way = new_code (odd ? "77" : "02", odd ? NULL : "转账");

          jumin_text_set (&reason->label, "提取原因", NULL);
          jumin_text_set (&way->label, "提取方式", NULL);
          g_ptr_array_add (line->facts, reason);
          g_ptr_array_add (line->facts, way);
        }
    }
  if (odd)
    add_line (block, 20250701, new_code ("21", NULL), JUMIN_DIRECTION_NONE, 0);
  set_fund_source (record);
  return record;
}

static void
add_loan_notice (JuminRecord *record, JuminSampleLoan state)
{
  JuminRecordBlock *notice = add_block (record, JUMIN_BLOCK_NOTICE, NULL);

  if (state == JUMIN_SAMPLE_SETTLED)
    {
      notice->notice = JUMIN_NOTICE_SETTLED;
      add_fact (notice->facts, JUMIN_VALUE_DATE, "结清日期", 20260920, NULL);
    }
  else if (state == JUMIN_SAMPLE_OVERDUE)
    {
      notice->notice = JUMIN_NOTICE_OVERDUE;
      add_fact (notice->facts, JUMIN_VALUE_MONEY, "逾期金额", 513396, NULL);
    }
  else
    {
      notice->notice = JUMIN_NOTICE_DUE;
      add_fact (notice->facts, JUMIN_VALUE_DATE, "下次还款日期", 20261220, NULL);
      add_fact (notice->facts, JUMIN_VALUE_MONEY, "当期应还金额", 256698, NULL);
    }
}

static void
add_repayments (JuminRecord *record)
{
  JuminRecordBlock *lines = add_block (record, JUMIN_BLOCK_LINES, "最近还款");

  lines->page = lines->pages = 1;
  for (int i = 0; i < MONTHS; i++)
    {
      JuminLine *line = add_line (lines, 20261100 - 100 * (i % 11) - 10000 * (i / 11) + 20,
                                  new_code ("05", i == 2 ? "公积金提取还款" : "正常还款"),
                                  JUMIN_DIRECTION_NONE, 256698);

      add_fact (line->facts, JUMIN_VALUE_COUNT, "期次", 96 - i, NULL);
      add_fact (line->facts, JUMIN_VALUE_MONEY, "本金", 181352 - i * 400, NULL);
      add_fact (line->facts, JUMIN_VALUE_MONEY, "利息", 75346 + i * 400, NULL);
    }
}

JuminRecord *
jumin_sample_loan (JuminSampleLoan state)
{
  JuminRecord *record = jumin_record_new ();
  gboolean settled = state == JUMIN_SAMPLE_SETTLED;
  JuminRecordBlock *ring, *rest;

  record->found = TRUE;
  add_loan_notice (record, state);
  ring = add_block (record, JUMIN_BLOCK_PROGRESS, "住房贷款");
  ring->whole = 48000000;
  ring->done = settled ? ring->whole : 16275486;
  ring->state = new_code ("03", settled                         ? "已结清"
                                : state == JUMIN_SAMPLE_OVERDUE ? "逾期"
                                                                : "正常");
  add_fact (ring->facts, JUMIN_VALUE_MONEY, "剩余本金", ring->whole - ring->done, NULL);
  add_fact (ring->facts, JUMIN_VALUE_COUNT, "已还期数", settled ? 240 : 96, NULL);
  add_fact (ring->facts, JUMIN_VALUE_COUNT, "总期数", 240, NULL);
  add_repayments (record);
  rest = add_block (record, JUMIN_BLOCK_FACTS, "贷款信息");
  add_fact (rest->facts, JUMIN_VALUE_TAIL, "借款合同编号", 0, "9921");
  add_fact (rest->facts, JUMIN_VALUE_TEXT, "受委托银行", 0, "江州农村商业银行股份有限公司临江支行");
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "合同贷款金额", 48000000, NULL);
  add_fact (rest->facts, JUMIN_VALUE_DATE, "贷款发放日期", 20181120, NULL);
  add_fact (rest->facts, JUMIN_VALUE_PERCENT, "贷款年利率", 28500000, NULL);
  add_fact (rest->facts, JUMIN_VALUE_COUNT, "每月还款日", 20, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "已还本金", ring->done, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "当期应还本金", 181352, NULL);
  add_fact (rest->facts, JUMIN_VALUE_MONEY, "当期应还利息", 75346, NULL);
  set_fund_source (record);
  return record;
}

JuminRecord *
jumin_sample_withdrawals (guint n, gboolean unknown)
{
  JuminRecord *record = jumin_record_new ();

  record->found = TRUE;
  for (guint i = 0; i < n; i++)
    {
      JuminRecordBlock *block = add_block (record, JUMIN_BLOCK_PROGRESS, "提取申请");
      JuminFact *reason = new_code ("07", "租房");

      block->whole = unknown ? 0 : 4;
      block->done = unknown ? 0 : i == 0 ? 2 : 4;
      block->failed = i == 1;
      block->state = new_code ("31", unknown  ? NULL
                                     : i == 0 ? "待审核"
                                     : i == 1 ? "提取失败"
                                              : "已入账");
      add_fact (block->facts, JUMIN_VALUE_MONEY, "提取金额", 1200000, NULL);
      jumin_text_set (&reason->label, "提取原因", NULL);
      g_ptr_array_add (block->facts, reason);
      add_fact (block->facts, JUMIN_VALUE_DATE, "申请日期", 20261103 - 100 * (gint64)i, NULL);
      add_fact (block->facts, JUMIN_VALUE_DATE, "更新日期", 20261105 - 100 * (gint64)i, NULL);
    }
  if (n == 0)
    add_block (record, JUMIN_BLOCK_NOTICE, NULL)->notice = JUMIN_NOTICE_NO_WITHDRAWALS;
  set_fund_source (record);
  return record;
}

static JuminFact *
add_social_fact (JuminRecordBlock *block, JuminValueKind kind, const char *zh, const char *en)
{
  JuminFact *fact = add_fact (block->facts, kind, "", 0, NULL);

  jumin_text_set (&fact->label, zh, en);
  return fact;
}

JuminRecord *
jumin_sample_social (gboolean rights)
{
  static const char *const insurances[SOCIAL_GROUPS][2] = {
    { "养老保险", "Pension insurance" },      { "医疗保险", "Medical insurance" },
    { "失业保险", "Unemployment insurance" }, { "工伤保险", "Work injury insurance" },
    { "生育保险", "Maternity insurance" },
  };
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *headline = jumin_record_add (record, JUMIN_BLOCK_HEADLINE);

  record->found = TRUE;
  jumin_text_set (&headline->title, rights ? "我的权益记录" : "我的参保情况",
                  rights ? "My insurance rights" : "My insurance");
  add_social_fact (headline, JUMIN_VALUE_COUNT, "参保险种", "Insurances")->number = SOCIAL_GROUPS;
  for (guint i = 0; i < SOCIAL_GROUPS; i++)
    {
      JuminRecordBlock *group = jumin_record_add (record, JUMIN_BLOCK_FACTS);

      jumin_text_set (&group->title, insurances[i][0], insurances[i][1]);
      add_social_fact (group, JUMIN_VALUE_TEXT, "参保状态", "Standing")->text
          = g_strdup ("正常参保");
      add_social_fact (group, JUMIN_VALUE_COUNT, "累计缴费月数", "Months paid")->number = 146;
      add_social_fact (group, JUMIN_VALUE_MONEY, "缴费基数", "Base")->number = 1100000;
    }
  set_source (record, "临江区社会保险事务中心", "Linjiang Social Insurance Centre");
  return record;
}

JuminRecord *
jumin_sample_none (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *none = jumin_record_add (record, JUMIN_BLOCK_NOTICE);

  record->found = FALSE;
  none->notice = JUMIN_NOTICE_NO_RECORD;
  jumin_text_set (&none->why, "没有查到您在本市的公积金账户",
                  "No provident fund account in this city was found in your name");
  jumin_text_set (&none->where, "请带身份证到一楼 C 区公积金窗口问",
                  "Please ask at the fund counters in area C, with your ID card");
  set_fund_source (record);
  return record;
}

static void
add_entitlement (JuminEntitlements *list, const char *kind)
{
  static const struct
  {
    const char *kind, *zh, *en, *reason_zh, *reason_en;
  } papers[] = {
    { "fund-deposit", "个人住房公积金缴存证明", "Provident fund deposit certificate", NULL, NULL },
    { "fund-settled", "住房公积金贷款结清证明", "Loan settlement certificate", "还清后可打印",
      "Once the loan is paid off" },
    { "social-insured", "社会保险参保证明", "Social insurance certificate", NULL, NULL },
  };
  JuminEntitlement *entitlement = g_new0 (JuminEntitlement, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_strcmp0 (papers[i].kind, kind) == 0)
      {
        jumin_text_set (&entitlement->title, papers[i].zh, papers[i].en);
        if (papers[i].reason_zh != NULL)
          jumin_text_set (&entitlement->reason, papers[i].reason_zh, papers[i].reason_en);
        entitlement->copies = papers[i].reason_zh == NULL ? 3 : 0;
      }
  entitlement->kind = g_strdup (kind);
  entitlement->pages = 1;
  g_ptr_array_add (list->list, entitlement);
}

/* @other: (nullable): a second kind */
JuminEntitlements *
jumin_sample_entitlements (const char *kind, const char *other)
{
  JuminEntitlements *list = jumin_entitlements_new ();

  list->as_of = JUMIN_SAMPLE_NOW;
  add_entitlement (list, kind);
  if (other != NULL)
    add_entitlement (list, other);
  return list;
}
