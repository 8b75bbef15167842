/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where JGJ/T 320 becomes words and blocks: a table of fields, a table of codes. What
 * a field is called there stands here and in data/platform-api.yaml, and nowhere else. The meanings
 * of codes marked "impl" are those of running systems, not of the standard.
 *
 * A code that is not in the table keeps its text and has no words. */
#include "platform/fund-fields.h"

#include <string.h>

#include "model/money.h"

enum
{
  TEXT_MAX = 80,
  CODE_MAX = 4,
  ACCOUNT_MAX = 30,
  TAIL_LENGTH = 4,
  RATIO_SCALE = 100000, /* of two decimals, so that there are seven */
  TERMS_MAX = 480,
  DAY_MAX = 31
};

/* Marks the words for the translators. */
#define N_(id) (id)

typedef enum
{
  LIST_NONE,
  LIST_ACCOUNT,
  LIST_LINE,
  LIST_REASON,
  LIST_WAY,
  LIST_WITHDRAWAL,
  LIST_REPAYMENT,
  LIST_METHOD,
  LIST_SECURITY,
  LIST_LOAN
} List;

typedef struct
{
  JuminFundPart part;
  const char *name;
  JuminForm form;
  JuminPlace place;
  const char *label; /* NULL: it is no fact by itself */
  List list;
  gboolean nullable;
} Field;

static const Field fields[] = {
  /* clang-format off */
  { JUMIN_FUND_ACCOUNT, "GRZHYE", JUMIN_FORM_FEN, JUMIN_PLACE_HEADLINE, N_("账户余额") },
  { JUMIN_FUND_ACCOUNT, "JZNY", JUMIN_FORM_MONTH, JUMIN_PLACE_HEADLINE, N_("已缴至") },
  { JUMIN_FUND_ACCOUNT, "DWMC", JUMIN_FORM_NAME, JUMIN_PLACE_HEADLINE, N_("缴存单位") },
  { JUMIN_FUND_ACCOUNT, "GRZHZT", JUMIN_FORM_CODE, JUMIN_PLACE_NONE, N_("账户状态"), LIST_ACCOUNT },
  { JUMIN_FUND_ACCOUNT, "GRZH", JUMIN_FORM_ACCOUNT, JUMIN_PLACE_FACTS, N_("个人账号") },
  { JUMIN_FUND_ACCOUNT, "GRJCJS", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("缴存基数") },
  { JUMIN_FUND_ACCOUNT, "GRJCBL", JUMIN_FORM_RATIO, JUMIN_PLACE_FACTS, N_("个人缴存比例") },
  { JUMIN_FUND_ACCOUNT, "DWJCBL", JUMIN_FORM_RATIO, JUMIN_PLACE_FACTS, N_("单位缴存比例") },
  { JUMIN_FUND_ACCOUNT, "GRYJCE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("个人月缴存额") },
  { JUMIN_FUND_ACCOUNT, "DWYJCE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("单位月缴存额") },
  { JUMIN_FUND_ACCOUNT, "GRZHSNJZYE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("上年结转余额") },
  { JUMIN_FUND_ACCOUNT, "GRZHDNGJYE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("当年归集余额") },
  { JUMIN_FUND_ACCOUNT, "KHRQ", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("开户日期") },
  { JUMIN_FUND_ACCOUNT, "XHRQ", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("销户日期"), .nullable = TRUE },
  { JUMIN_FUND_ACCOUNT, "FCHXHYY", JUMIN_FORM_NAME, JUMIN_PLACE_FACTS, N_("封存或销户原因"), .nullable = TRUE },
  { JUMIN_FUND_ACCOUNT, "GRCKZHKHYHMC", JUMIN_FORM_NAME, JUMIN_PLACE_FACTS, N_("存款开户行"), .nullable = TRUE },
  { JUMIN_FUND_ACCOUNT, "GRCKZHHM", JUMIN_FORM_TAIL, JUMIN_PLACE_FACTS, N_("存款账户"), .nullable = TRUE },

  { JUMIN_FUND_LINE, "JZRQ", JUMIN_FORM_DATE, JUMIN_PLACE_NONE, NULL },
  { JUMIN_FUND_LINE, "GJHTQYWLX", JUMIN_FORM_CODE, JUMIN_PLACE_NONE, NULL, LIST_LINE },
  { JUMIN_FUND_LINE, "FSE", JUMIN_FORM_FEN, JUMIN_PLACE_NONE, NULL },
  { JUMIN_FUND_LINE, "FSLXE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("其中利息") },
  { JUMIN_FUND_LINE, "TQYY", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("提取原因"), LIST_REASON, TRUE },
  { JUMIN_FUND_LINE, "TQFS", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("提取方式"), LIST_WAY, TRUE },

  { JUMIN_FUND_LOAN, "DKYE", JUMIN_FORM_FEN, JUMIN_PLACE_PROGRESS, N_("剩余本金") },
  { JUMIN_FUND_LOAN, "terms_paid", JUMIN_FORM_TERM, JUMIN_PLACE_PROGRESS, N_("已还期数") },
  { JUMIN_FUND_LOAN, "DKQS", JUMIN_FORM_TERMS, JUMIN_PLACE_PROGRESS, N_("总期数") },
  { JUMIN_FUND_LOAN, "DKZHZT", JUMIN_FORM_CODE, JUMIN_PLACE_NONE, N_("贷款状态"), LIST_LOAN },
  { JUMIN_FUND_LOAN, "JKHTBH", JUMIN_FORM_ACCOUNT, JUMIN_PLACE_FACTS, N_("借款合同编号") },
  { JUMIN_FUND_LOAN, "SWTYHMC", JUMIN_FORM_NAME, JUMIN_PLACE_FACTS, N_("受委托银行") },
  { JUMIN_FUND_LOAN, "HTDKJE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("合同贷款金额") },
  { JUMIN_FUND_LOAN, "DKFFE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("贷款发放额") },
  { JUMIN_FUND_LOAN, "DKFFRQ", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("贷款发放日期") },
  { JUMIN_FUND_LOAN, "YDDQRQ", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("约定到期日期") },
  { JUMIN_FUND_LOAN, "DKLL", JUMIN_FORM_RATE, JUMIN_PLACE_FACTS, N_("贷款年利率") },
  { JUMIN_FUND_LOAN, "DKHKFS", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("还款方式"), LIST_METHOD },
  { JUMIN_FUND_LOAN, "DKDBLX", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("担保类型"), LIST_SECURITY },
  { JUMIN_FUND_LOAN, "YDHKR", JUMIN_FORM_DAY, JUMIN_PLACE_FACTS, N_("每月还款日") },
  { JUMIN_FUND_LOAN, "HSBJZE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("已还本金") },
  { JUMIN_FUND_LOAN, "HSLXZE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("已还利息") },
  { JUMIN_FUND_LOAN, "due_on", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("下次还款日期"), .nullable = TRUE },
  { JUMIN_FUND_LOAN, "DQYHJE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("当期应还金额") },
  { JUMIN_FUND_LOAN, "DQYHBJ", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("当期应还本金") },
  { JUMIN_FUND_LOAN, "DQYHLX", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("当期应还利息") },
  { JUMIN_FUND_LOAN, "DQYHFX", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("当期应还罚息") },
  { JUMIN_FUND_LOAN, "YQBJZE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("逾期本金") },
  { JUMIN_FUND_LOAN, "YQLXZE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("逾期利息") },
  { JUMIN_FUND_LOAN, "LJYQQS", JUMIN_FORM_TERM, JUMIN_PLACE_FACTS, N_("累计逾期期数") },
  { JUMIN_FUND_LOAN, "DKJQRQ", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("结清日期"), .nullable = TRUE },

  { JUMIN_FUND_REPAYMENT, "JZRQ", JUMIN_FORM_DATE, JUMIN_PLACE_NONE, NULL },
  { JUMIN_FUND_REPAYMENT, "DKYWMXLX", JUMIN_FORM_CODE, JUMIN_PLACE_NONE, NULL, LIST_REPAYMENT },
  { JUMIN_FUND_REPAYMENT, "FSE", JUMIN_FORM_FEN, JUMIN_PLACE_NONE, NULL },
  { JUMIN_FUND_REPAYMENT, "DQQC", JUMIN_FORM_TERM, JUMIN_PLACE_FACTS, N_("期次") },
  { JUMIN_FUND_REPAYMENT, "BJJE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("本金") },
  { JUMIN_FUND_REPAYMENT, "LXJE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("利息") },
  { JUMIN_FUND_REPAYMENT, "FXJE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("罚息") },

  { JUMIN_FUND_WITHDRAWAL, "FSE", JUMIN_FORM_FEN, JUMIN_PLACE_FACTS, N_("提取金额") },
  { JUMIN_FUND_WITHDRAWAL, "TQYY", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("提取原因"), LIST_REASON },
  { JUMIN_FUND_WITHDRAWAL, "TQFS", JUMIN_FORM_CODE, JUMIN_PLACE_FACTS, N_("提取方式"), LIST_WAY },
  { JUMIN_FUND_WITHDRAWAL, "applied_on", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("申请日期") },
  { JUMIN_FUND_WITHDRAWAL, "changed_on", JUMIN_FORM_DATE, JUMIN_PLACE_FACTS, N_("更新日期") },
  { JUMIN_FUND_WITHDRAWAL, "reason", JUMIN_FORM_TEXT, JUMIN_PLACE_FACTS, N_("未通过原因"), .nullable = TRUE },
  { JUMIN_FUND_WITHDRAWAL, "state", JUMIN_FORM_CODE, JUMIN_PLACE_NONE, N_("提取进度"), LIST_WITHDRAWAL },
  /* clang-format on */
};

static const struct
{
  List list;
  const char *code, *words;
} codes[] = {
  { LIST_ACCOUNT, "01", N_ ("正常") },
  { LIST_ACCOUNT, "02", N_ ("封存") },
  { LIST_ACCOUNT, "03", N_ ("合并销户") },
  { LIST_ACCOUNT, "04", N_ ("外部转出销户") },
  { LIST_ACCOUNT, "05", N_ ("提取销户") },
  { LIST_ACCOUNT, "06", N_ ("冻结") }, /* impl */
  { LIST_ACCOUNT, "99", N_ ("其他") },
  { LIST_LINE, "01", N_ ("汇缴") },
  { LIST_LINE, "02", N_ ("补缴") },
  { LIST_LINE, "03", N_ ("开户") },
  { LIST_LINE, "04", N_ ("启封") },
  { LIST_LINE, "05", N_ ("封存") },
  { LIST_LINE, "06", N_ ("内部转移") },
  { LIST_LINE, "07", N_ ("外部转出") },
  { LIST_LINE, "08", N_ ("外部转入") },
  { LIST_LINE, "09", N_ ("年终结息") },
  { LIST_LINE, "10", N_ ("基数调整") },
  { LIST_LINE, "11", N_ ("部分提取") },
  { LIST_LINE, "12", N_ ("销户提取") },
  { LIST_LINE, "13", N_ ("缓缴") },
  { LIST_LINE, "14", N_ ("冻结") },
  { LIST_LINE, "15", N_ ("解冻") },
  { LIST_LINE, "99", N_ ("其他") },
  { LIST_REASON, "01", N_ ("购买住房") },
  { LIST_REASON, "02", N_ ("建造、翻建或大修住房") },
  { LIST_REASON, "03", N_ ("离休或退休") },
  { LIST_REASON, "04", N_ ("丧失劳动能力") },
  { LIST_REASON, "05", N_ ("户口迁出或出境定居") },
  { LIST_REASON, "06", N_ ("偿还购房贷款") },
  { LIST_REASON, "07", N_ ("租房") },
  { LIST_REASON, "08", N_ ("死亡") },
  { LIST_REASON, "09", N_ ("大病") },
  { LIST_REASON, "99", N_ ("其他") },
  { LIST_WAY, "01", N_ ("现金") },
  { LIST_WAY, "02", N_ ("转账") },
  { LIST_WAY, "99", N_ ("其他") },
  { LIST_WITHDRAWAL, "01", N_ ("已提交") }, /* impl, as all of this list */
  { LIST_WITHDRAWAL, "02", N_ ("待审核") },
  { LIST_WITHDRAWAL, "03", N_ ("待入账") },
  { LIST_WITHDRAWAL, "04", N_ ("已入账") },
  { LIST_WITHDRAWAL, "05", N_ ("审核不通过") },
  { LIST_WITHDRAWAL, "06", N_ ("提取失败") },
  { LIST_REPAYMENT, "01", N_ ("发放贷款") },
  { LIST_REPAYMENT, "02", N_ ("正常还款") },
  { LIST_REPAYMENT, "03", N_ ("提前还款") },
  { LIST_REPAYMENT, "04", N_ ("逾期还款") },
  { LIST_REPAYMENT, "05", N_ ("公积金提取还款") },
  { LIST_REPAYMENT, "06", N_ ("结清") },
  { LIST_REPAYMENT, "07", N_ ("展期") },
  { LIST_REPAYMENT, "08", N_ ("缩期") },
  { LIST_REPAYMENT, "09", N_ ("核销") },
  { LIST_METHOD, "01", N_ ("等额本息") },
  { LIST_METHOD, "02", N_ ("等额本金") },
  { LIST_METHOD, "03", N_ ("一次还本付息") },
  { LIST_METHOD, "04", N_ ("自由还款") },
  { LIST_METHOD, "99", N_ ("其他") },
  { LIST_SECURITY, "01", N_ ("抵押") },
  { LIST_SECURITY, "02", N_ ("质押") },
  { LIST_SECURITY, "03", N_ ("保证") },
  { LIST_LOAN, "01", N_ ("待签合同") }, /* impl, as all of this list */
  { LIST_LOAN, "02", N_ ("待放款") },
  { LIST_LOAN, "03", N_ ("正常") },
  { LIST_LOAN, "04", N_ ("已结清") },
  { LIST_LOAN, "05", N_ ("呆账") },
  { LIST_LOAN, "06", N_ ("逾期") },
};

static const struct
{
  JuminValueKind kind;
  const char *pattern;
  gsize length_max;
  int min, max; /* of a JSON number */
} forms[] = {
  [JUMIN_FORM_NAME] = { JUMIN_VALUE_TEXT, "", TEXT_MAX },
  [JUMIN_FORM_CODE] = { JUMIN_VALUE_CODE, "^[0-9A-Za-z]+$", CODE_MAX },
  [JUMIN_FORM_ACCOUNT] = { JUMIN_VALUE_TAIL, "^[0-9A-Za-z]{4,}$", ACCOUNT_MAX },
  [JUMIN_FORM_TAIL] = { JUMIN_VALUE_TAIL, "^\\*{4}[0-9]{4}$", 2 * TAIL_LENGTH },
  [JUMIN_FORM_FEN] = { JUMIN_VALUE_MONEY, "^(0|[1-9][0-9]*)$", 13 },
  [JUMIN_FORM_DATE] = { JUMIN_VALUE_DATE },
  [JUMIN_FORM_MONTH] = { JUMIN_VALUE_MONTH },
  [JUMIN_FORM_RATIO] = { JUMIN_VALUE_PERCENT, "^[0-9]{1,3}\\.[0-9]{2}$", 6 },
  [JUMIN_FORM_RATE] = { JUMIN_VALUE_PERCENT, "^[0-9]{1,2}\\.[0-9]{7}$", 10 },
  [JUMIN_FORM_DIGITS] = { JUMIN_VALUE_COUNT, "^(0|[1-9][0-9]*)$", 9 },
  [JUMIN_FORM_TERM] = { JUMIN_VALUE_COUNT, NULL, 0, 0, TERMS_MAX },
  [JUMIN_FORM_TERMS] = { JUMIN_VALUE_COUNT, NULL, 0, 1, TERMS_MAX },
  [JUMIN_FORM_DAY] = { JUMIN_VALUE_COUNT, NULL, 0, 1, DAY_MAX },
  [JUMIN_FORM_TEXT] = { JUMIN_VALUE_TEXT, NULL, 0, 0, 0 },
};

struct _JuminFundFacts
{
  const Field *fields[JUMIN_FUND_FIELDS_MAX];
  JuminFact *facts[JUMIN_FUND_FIELDS_MAX];
  guint n;
};

static void
take_string (JuminFact *fact, JuminForm form, const JuminJson *place, const char *string)
{
  gsize length = strlen (string);

  if (length == 0)
    jumin_json_fail (place, "empty");
  else if (fact->kind == JUMIN_VALUE_TAIL)
    fact->text = g_strdup (string + length - MIN (length, TAIL_LENGTH));
  else if (fact->kind == JUMIN_VALUE_TEXT || fact->kind == JUMIN_VALUE_CODE)
    fact->text = g_strdup (string);
  else
    fact->number = jumin_digits_join (string) * (form == JUMIN_FORM_RATIO ? RATIO_SCALE : 1);
}

/**
 * jumin_form_read:
 * @object: holds the value as its member @name
 *
 * Returns: (transfer full): the value, without a label; of no worth after an error
 */
JuminFact *
jumin_form_read (JuminForm form, const JuminJson *object, const char *name)
{
  JuminFact *fact = jumin_fact_new (forms[form].kind);
  JuminJson place = jumin_json_member (object, name);

  if (form == JUMIN_FORM_TEXT)
    jumin_json_read_text (object, name, &fact->words);
  else if (form == JUMIN_FORM_DATE)
    fact->number = jumin_json_get_day (object, name);
  else if (form == JUMIN_FORM_MONTH)
    fact->number = jumin_json_get_month (object, name);
  else if (forms[form].pattern == NULL)
    fact->number = jumin_json_get_integer (object, name, forms[form].min, forms[form].max);
  else
    take_string (fact, form, &place,
                 jumin_json_get_match (object, name, forms[form].pattern, forms[form].length_max));
  fact->veiled = fact->kind == JUMIN_VALUE_MONEY || fact->kind == JUMIN_VALUE_TAIL;
  return fact;
}

static void
add_words (JuminFact *fact, List list)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].list == list && g_strcmp0 (codes[i].code, fact->text) == 0)
      fact->words.zh = g_strdup (codes[i].words);
}

static JuminFact *
read_field (const Field *field, const JuminJson *object)
{
  JuminJson place = jumin_json_member (object, field->name);
  JuminFact *fact;

  if (field->nullable && cJSON_IsNull (place.value))
    return NULL;
  fact = jumin_form_read (field->form, object, field->name);
  fact->label.zh = g_strdup (field->label);
  /* Where somebody works is nobody else's business, either. */
  fact->veiled = fact->veiled || strcmp (field->name, "DWMC") == 0;
  if (field->list != LIST_NONE)
    add_words (fact, field->list);
  return fact;
}

/**
 * jumin_fund_facts_read:
 * @object: one account, line, loan …
 *
 * Returns: (transfer full): all its fields; of no worth after an error
 */
JuminFundFacts *
jumin_fund_facts_read (JuminFundPart part, const JuminJson *object)
{
  JuminFundFacts *self = g_new0 (JuminFundFacts, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].part == part)
      {
        g_assert (self->n < JUMIN_FUND_FIELDS_MAX);
        self->fields[self->n] = &fields[i];
        self->facts[self->n++] = read_field (&fields[i], object);
      }
  return self;
}

void
jumin_fund_facts_free (JuminFundFacts *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->facts[i], jumin_fact_free);
  g_free (self);
}

/* Returns: (transfer none) (nullable) */
static JuminFact *
find (const JuminFundFacts *self, const char *name)
{
  for (guint i = 0; i < self->n; i++)
    if (strcmp (self->fields[i]->name, name) == 0)
      return self->facts[i];
  return NULL;
}

/* Returns: (transfer full) (nullable): the fact of @name, which is no longer in @self */
JuminFact *
jumin_fund_facts_take (JuminFundFacts *self, const char *name)
{
  for (guint i = 0; i < self->n; i++)
    if (strcmp (self->fields[i]->name, name) == 0)
      return g_steal_pointer (&self->facts[i]);
  return NULL;
}

/* Returns: (transfer none): the code; "" after an error */
const char *
jumin_fund_facts_get_code (const JuminFundFacts *self, const char *name)
{
  const JuminFact *fact = find (self, name);

  return fact != NULL && fact->text != NULL ? fact->text : "";
}

/* Returns: the number; 0 where it is null */
gint64
jumin_fund_facts_get_number (const JuminFundFacts *self, const char *name)
{
  const JuminFact *fact = find (self, name);

  return fact != NULL ? fact->number : 0;
}

/* Moves the facts of @place to the end of @facts. */
void
jumin_fund_facts_place (JuminFundFacts *self, JuminPlace place, GPtrArray *facts)
{
  for (guint i = 0; i < self->n; i++)
    if (self->fields[i]->place == place && self->facts[i] != NULL)
      g_ptr_array_add (facts, g_steal_pointer (&self->facts[i]));
}
