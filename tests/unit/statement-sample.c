/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statement-sample.h"

#define PRINTED_AT 1789525860
#define AS_OF 1789525560

static void
say (JuminText *text, const char *id)
{
  jumin_text_set (text, id, NULL);
}

static JuminRecordBlock *
add_block (JuminRecord *record, JuminBlockKind kind, const char *title, const char *zh,
           const char *en)
{
  JuminRecordBlock *block = jumin_record_add (record, kind);

  if (title != NULL)
    say (&block->title, title);
  jumin_text_set (&block->source, zh, en);
  block->as_of = AS_OF;
  return block;
}

static JuminRecordBlock *
add_fund (JuminRecord *record, JuminBlockKind kind, const char *title)
{
  return add_block (record, kind, title, "临江区住房公积金管理中心",
                    "Linjiang District Provident Fund Centre");
}

static JuminFact *
make_number (JuminValueKind kind, const char *label, gint64 number)
{
  JuminFact *fact = jumin_fact_new (kind);

  say (&fact->label, label);
  fact->number = number;
  return fact;
}

static JuminFact *
make_text (JuminValueKind kind, const char *label, const char *text, const char *words)
{
  JuminFact *fact = jumin_fact_new (kind);

  say (&fact->label, label);
  fact->text = g_strdup (text);
  if (words != NULL)
    say (&fact->words, words);
  return fact;
}

static void
add_number (GPtrArray *facts, JuminValueKind kind, const char *label, gint64 number)
{
  g_ptr_array_add (facts, make_number (kind, label, number));
}

static void
add_text (GPtrArray *facts, JuminValueKind kind, const char *label, const char *text,
          const char *words)
{
  g_ptr_array_add (facts, make_text (kind, label, text, words));
}

static JuminRecord *
make_account (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *notice = add_fund (record, JUMIN_BLOCK_NOTICE, NULL);
  JuminRecordBlock *headline = add_fund (record, JUMIN_BLOCK_HEADLINE, NULL);
  JuminRecordBlock *series = add_fund (record, JUMIN_BLOCK_SERIES, "每月缴存");
  JuminRecordBlock *facts = add_fund (record, JUMIN_BLOCK_FACTS, "账户信息");

  notice->notice = JUMIN_NOTICE_STEADY;
  headline->state = make_text (JUMIN_VALUE_CODE, "账户状态", "01", "正常");
  add_number (headline->facts, JUMIN_VALUE_MONEY, "账户余额", 8651237);
  add_number (headline->facts, JUMIN_VALUE_MONEY, "每月缴存", 264000);
  add_number (headline->facts, JUMIN_VALUE_MONTH, "已缴至", 202608);
  add_text (headline->facts, JUMIN_VALUE_TEXT, "缴存单位", "江州测试机械制造有限公司", NULL);
  say (&series->legends[0], "个人");
  say (&series->legends[1], "单位");
  for (int i = 0; i < JUMIN_RECORD_POINTS_MAX; i++)
    {
      JuminPoint *point = g_new0 (JuminPoint, 1);

      *point = (JuminPoint){ i < 4 ? 202509 + i : 202601 + i - 4, { 132000, 132000 } };
      g_ptr_array_add (series->points, point);
    }
  add_text (facts->facts, JUMIN_VALUE_TAIL, "个人账号", "0417", NULL);
  add_number (facts->facts, JUMIN_VALUE_MONEY, "缴存基数", 1100000);
  add_number (facts->facts, JUMIN_VALUE_PERCENT, "个人缴存比例", 12 * JUMIN_PERCENT_UNIT);
  add_number (facts->facts, JUMIN_VALUE_PERCENT, "单位缴存比例", 12 * JUMIN_PERCENT_UNIT);
  add_number (facts->facts, JUMIN_VALUE_DATE, "开户日期", 20140701);
  add_text (facts->facts, JUMIN_VALUE_CODE, "封存或销户原因", "88", NULL);
  add_text (facts->facts, JUMIN_VALUE_TEXT, "存款开户行", "江州测试银行临江支行", NULL);
  return record;
}

static void
add_line (JuminRecordBlock *block, gint64 date, JuminDirection direction, gint64 fen,
          const char *code, const char *words)
{
  JuminLine *line = jumin_line_new ();

  line->date = date;
  line->direction = direction;
  line->fen = fen;
  line->what = make_text (JUMIN_VALUE_CODE, "", code, words);
  g_ptr_array_add (block->lines, line);
}

static JuminRecord *
make_lines (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *block = add_fund (record, JUMIN_BLOCK_LINES, "账户明细");
  JuminLine *line;

  block->page = 1;
  block->pages = 3;
  for (int i = 0; i < JUMIN_RECORD_LINES_MAX - 4; i++)
    add_line (block, 20260812 - i % 8 * 100 - i / 8 * 10000, JUMIN_DIRECTION_IN, 264000, "01",
              "汇缴");
  add_line (block, 20240812, JUMIN_DIRECTION_IN, 264000, "02", "补缴");
  line = block->lines->pdata[block->lines->len - 1];
  line->reversed = TRUE;
  add_line (block, 20240701, JUMIN_DIRECTION_IN, 121316, "09", "年终结息");
  line = block->lines->pdata[block->lines->len - 1];
  add_number (line->facts, JUMIN_VALUE_MONEY, "其中利息", 121316);
  add_line (block, 20240620, JUMIN_DIRECTION_OUT, 1200000, "11", "部分提取");
  line = block->lines->pdata[block->lines->len - 1];
  add_text (line->facts, JUMIN_VALUE_CODE, "提取原因", "07", "租房");
  add_text (line->facts, JUMIN_VALUE_CODE, "提取方式", "02", "转账");
  add_line (block, 20240601, JUMIN_DIRECTION_NONE, 0, "77", NULL);
  return record;
}

static JuminRecord *
make_loan (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *ring = add_fund (record, JUMIN_BLOCK_PROGRESS, "住房贷款");
  JuminRecordBlock *lines = add_fund (record, JUMIN_BLOCK_LINES, "最近还款");
  JuminRecordBlock *facts = add_fund (record, JUMIN_BLOCK_FACTS, "贷款信息");

  ring->done = 16275486;
  ring->whole = 48000000;
  ring->state = make_text (JUMIN_VALUE_CODE, "贷款状态", "03", "正常");
  add_number (ring->facts, JUMIN_VALUE_MONEY, "剩余本金", 31724514);
  add_number (ring->facts, JUMIN_VALUE_COUNT, "已还期数", 96);
  add_number (ring->facts, JUMIN_VALUE_COUNT, "总期数", 240);
  lines->page = lines->pages = 1;
  for (int i = 0; i < 6; i++)
    {
      JuminLine *line;

      add_line (lines, 20260820 - i * 100, JUMIN_DIRECTION_NONE, 256698, "02", "正常还款");
      line = lines->lines->pdata[i];
      add_number (line->facts, JUMIN_VALUE_COUNT, "期次", 96 - i);
      add_number (line->facts, JUMIN_VALUE_MONEY, "本金", 174105);
      add_number (line->facts, JUMIN_VALUE_MONEY, "利息", 82593);
    }
  add_text (facts->facts, JUMIN_VALUE_TAIL, "借款合同编号", "8812", NULL);
  add_text (facts->facts, JUMIN_VALUE_TEXT, "受委托银行", "江州测试银行", NULL);
  add_number (facts->facts, JUMIN_VALUE_PERCENT, "贷款年利率", 31000000);
  add_text (facts->facts, JUMIN_VALUE_CODE, "还款方式", "01", "等额本息");
  add_number (facts->facts, JUMIN_VALUE_DATE, "下次还款日期", 20260920);
  return record;
}

static JuminRecord *
make_withdrawals (void)
{
  static const struct
  {
    const char *code, *words;
    int done;
    gboolean failed;
  } rows[] = { { "02", "待审核", 2, FALSE }, { "05", "审核不通过", 2, TRUE } };
  JuminRecord *record = jumin_record_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JuminRecordBlock *block = add_fund (record, JUMIN_BLOCK_PROGRESS, "提取申请");

      block->done = rows[i].done;
      block->whole = 4;
      block->failed = rows[i].failed;
      block->state = make_text (JUMIN_VALUE_CODE, "提取进度", rows[i].code, rows[i].words);
      add_number (block->facts, JUMIN_VALUE_MONEY, "提取金额", 600000);
      add_text (block->facts, JUMIN_VALUE_CODE, "提取原因", "07", "租房");
      add_number (block->facts, JUMIN_VALUE_DATE, "申请日期", 20260901);
    }
  return record;
}

static JuminRecord *
make_nothing (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *block = add_block (record, JUMIN_BLOCK_NOTICE, NULL, "临江区社会保险事务中心",
                                       "Linjiang District Social Insurance Centre");

  record->found = FALSE;
  block->notice = JUMIN_NOTICE_NO_RECORD;
  jumin_text_set (&block->why, "没有查到您的参保记录。", "There is no record of social insurance.");
  jumin_text_set (&block->where, "请到一楼 12 号窗口查询。",
                  "Please ask at window 12, ground floor.");
  return record;
}

void
jumin_statement_sample_init (JuminStatementSample *self)
{
  *self = (JuminStatementSample){ .records = { make_account (), make_lines (), make_loan (),
                                               make_withdrawals (), make_nothing () } };
  jumin_text_set (&self->title, "我的公积金", "My provident fund");
  jumin_text_set (&self->hall, "临江区政务服务中心", "Linjiang District Service Centre");
  jumin_text_set (&self->machine, "3 号机", "Machine 3");
  self->statement = (JuminStatement){
    .title = &self->title,
    .hall = &self->hall,
    .machine = &self->machine,
    .masked_name = "王*明",
    .masked_number = "5001************23",
    .printed_at = PRINTED_AT,
    .tongue = { .language = "zh" },
    .records = self->records,
    .n_records = G_N_ELEMENTS (self->records),
  };
}

void
jumin_statement_sample_finish (JuminStatementSample *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->records); i++)
    g_clear_pointer (&self->records[i], jumin_record_unref);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->hall);
  jumin_text_clear (&self->machine);
}
