/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of records (data/platform-api.yaml, /fund and /social): the books as JSON under
 * the names of JGJ/T 320. */
#include "sandbox/record-operations.h"

#include <string.h>

#include "sandbox/answer-parts.h"

enum
{
  MONTHS = 12,
  PAGES_MAX = 100,
  REPAYMENTS_SHOWN = 12,
  LOAN_DAY = 20,
  APPLIED_DAYS = 6,
  CHANGED_DAYS = 2
};

static void
add_ratio (cJSON *object, const char *name, int hundredths)
{
  g_autofree char *text = g_strdup_printf ("%d.%02d", hundredths / 100, hundredths % 100);

  cJSON_AddStringToObject (object, name, text);
}

/* Numbers that belong to one person and are nobody's. */
static void
add_number (cJSON *object, const char *name, const char *prefix, const JuminBook *book)
{
  g_autofree char *text
      = g_strdup_printf ("%s%08u", prefix, g_str_hash (book->resident->id_number) % 100000000);

  cJSON_AddStringToObject (object, name, text);
}

static void
add_source (cJSON *answer, gboolean social, gint64 as_of)
{
  if (social)
    jumin_answer_add_words (answer, "source", "临江区社会保险事务中心",
                            "Linjiang Social Insurance Centre");
  else
    jumin_answer_add_words (answer, "source", "临江区住房公积金管理中心",
                            "Linjiang Provident Fund Centre");
  cJSON_AddNumberToObject (answer, "as_of", (double)as_of);
}

/* Returns: the answer with the place of its record, or with why there is none (@why) */
static cJSON *
begin (gboolean social, gint64 as_of, const char *why_zh, const char *why_en)
{
  cJSON *answer = cJSON_CreateObject (), *none;

  add_source (answer, social, as_of);
  if (why_zh == NULL)
    {
      cJSON_AddNullToObject (answer, "none");
      return answer;
    }
  none = cJSON_AddObjectToObject (answer, "none");
  jumin_answer_add_words (none, "why", why_zh, why_en);
  if (social)
    jumin_answer_add_words (none, "where", "请带身份证到一楼社保窗口查询",
                            "Please ask at the social insurance window, with your ID card");
  else
    jumin_answer_add_words (none, "where", "请带身份证到一楼公积金窗口查询",
                            "Please ask at the provident fund window, with your ID card");
  cJSON_AddNullToObject (answer, "record");
  return answer;
}

static cJSON *
begin_fund (const JuminBook *book, gint64 as_of)
{
  return begin (FALSE, as_of, book == NULL ? "没有查到您的公积金账户" : NULL,
                "No provident fund account was found in your name");
}

static void
add_months (cJSON *record, const JuminBook *book)
{
  cJSON *months = cJSON_AddArrayToObject (record, "months");

  for (int month = MAX (book->first_month, book->last_month - MONTHS + 1);
       month <= book->last_month; month++)
    {
      cJSON *item = cJSON_CreateObject ();
      gint64 unit, own = jumin_book_get_deposit (book, month, &unit);

      jumin_answer_add_month (item, "JZNY", jumin_book_date (month, 0) / 100);
      jumin_answer_add_fen (item, "GRYJCE", own);
      jumin_answer_add_fen (item, "DWYJCE", unit);
      cJSON_AddItemToArray (months, item);
    }
}

cJSON *
jumin_record_answer_account (const JuminBook *book, gint64 as_of)
{
  cJSON *answer = begin_fund (book, as_of), *record;
  gboolean closed, sealed;

  if (book == NULL)
    return answer;
  closed = jumin_book_is_closed (book);
  sealed = strcmp (jumin_book_get_state (book), "02") == 0;
  record = cJSON_AddObjectToObject (answer, "record");
  add_number (record, "GRZH", "5001", book);
  cJSON_AddStringToObject (record, "GRZHZT", jumin_book_get_state (book));
  cJSON_AddStringToObject (record, "DWMC", "江州测试机械制造有限公司");
  jumin_answer_add_fen (record, "GRJCJS", book->base);
  add_ratio (record, "GRJCBL", jumin_book_get_ratio (book));
  add_ratio (record, "DWJCBL", jumin_book_get_ratio (book));
  jumin_answer_add_fen (record, "GRYJCE", book->own);
  jumin_answer_add_fen (record, "DWYJCE", book->unit);
  jumin_answer_add_fen (record, "GRZHYE", book->balance);
  jumin_answer_add_fen (record, "GRZHSNJZYE", book->balance - book->since_june);
  jumin_answer_add_fen (record, "GRZHDNGJYE", book->since_june);
  jumin_answer_add_month (record, "JZNY", book->paid_to);
  jumin_answer_add_date (record, "KHRQ", book->opened);
  jumin_answer_add_date (
      record, "XHRQ",
      closed ? g_array_index (book->lines, JuminBookLine, book->lines->len - 1).date : 0);
  jumin_answer_add_string (record, "FCHXHYY",
                           closed   ? "离退休"
                           : sealed ? "与单位终止劳动关系"
                                    : NULL);
  jumin_answer_add_string (record, "GRCKZHKHYHMC", closed ? NULL : "江州银行临江支行");
  jumin_answer_add_string (record, "GRCKZHHM", closed ? NULL : "****0417");
  add_months (record, book);
  return answer;
}

cJSON *
jumin_record_answer_lines (const JuminBook *book, int page, gint64 as_of)
{
  cJSON *answer = begin_fund (book, as_of), *record, *lines;
  guint first;

  if (book == NULL)
    return answer;
  record = cJSON_AddObjectToObject (answer, "record");
  page = MIN (page, (int)(book->lines->len - 1) / JUMIN_BOOK_PAGE_LINES + 1);
  cJSON_AddNumberToObject (record, "page", page);
  cJSON_AddNumberToObject (record, "pages", (book->lines->len - 1) / JUMIN_BOOK_PAGE_LINES + 1);
  lines = cJSON_AddArrayToObject (record, "lines");
  first = (guint)(page - 1) * JUMIN_BOOK_PAGE_LINES;
  for (guint i = first; i < MIN (first + JUMIN_BOOK_PAGE_LINES, book->lines->len); i++)
    {
      const JuminBookLine *line
          = &g_array_index (book->lines, JuminBookLine, book->lines->len - 1 - i);
      cJSON *item = cJSON_CreateObject ();

      jumin_answer_add_date (item, "JZRQ", line->date);
      cJSON_AddStringToObject (item, "GJHTQYWLX", line->code);
      jumin_answer_add_fen (item, "FSE", line->fen);
      cJSON_AddStringToObject (item, "direction", line->direction);
      jumin_answer_add_fen (item, "FSLXE", line->interest);
      jumin_answer_add_string (item, "TQYY", line->reason);
      jumin_answer_add_string (item, "TQFS", line->way);
      cJSON_AddStringToObject (item, "CZBZ", line->reversed ? "1" : "0");
      cJSON_AddItemToArray (lines, item);
    }
  return answer;
}

static void
add_repayments (cJSON *record, const JuminBookLoan *loan)
{
  cJSON *lines = cJSON_AddArrayToObject (record, "lines");

  for (int i = 0; i < MIN (loan->paid, REPAYMENTS_SHOWN); i++)
    {
      cJSON *item = cJSON_CreateObject ();
      gint64 interest = loan->interest_due + loan->part * i / loan->terms;

      jumin_answer_add_date (item, "JZRQ", jumin_book_date (loan->last_month - i, LOAN_DAY));
      cJSON_AddStringToObject (item, "DKYWMXLX", "02");
      jumin_answer_add_fen (item, "FSE", loan->part + interest);
      jumin_answer_add_fen (item, "BJJE", loan->part);
      jumin_answer_add_fen (item, "LXJE", interest);
      jumin_answer_add_fen (item, "FXJE", 0);
      cJSON_AddNumberToObject (item, "DQQC", loan->paid - i);
      cJSON_AddItemToArray (lines, item);
    }
}

static void
add_loan_account (cJSON *record, const JuminBookLoan *loan)
{
  gboolean settled = loan->settled_on != 0;

  cJSON_AddStringToObject (record, "DKZHZT", settled ? "04" : loan->overdue > 0 ? "06" : "03");
  jumin_answer_add_fen (record, "DKFFE", loan->fen);
  jumin_answer_add_date (record, "DKFFRQ",
                         jumin_book_date (loan->last_month - loan->paid, LOAN_DAY));
  jumin_answer_add_fen (record, "DKYE", loan->left);
  cJSON_AddStringToObject (record, "DKLL", "2.8500000");
  cJSON_AddNumberToObject (record, "terms_paid", loan->paid);
  jumin_answer_add_date (record, "due_on", loan->due_on);
  jumin_answer_add_fen (record, "DQYHJE", settled ? 0 : loan->part + loan->interest_due);
  jumin_answer_add_fen (record, "DQYHBJ", settled ? 0 : loan->part);
  jumin_answer_add_fen (record, "DQYHLX", loan->interest_due);
  jumin_answer_add_fen (record, "DQYHFX", 0);
  jumin_answer_add_fen (record, "HSBJZE", loan->fen - loan->left);
  jumin_answer_add_fen (record, "HSLXZE", loan->interest_paid);
  jumin_answer_add_fen (record, "YQBJZE", loan->overdue);
  jumin_answer_add_fen (record, "YQLXZE", loan->overdue > 0 ? loan->interest_due : 0);
  cJSON_AddNumberToObject (record, "LJYQQS", loan->overdue > 0 ? 1 : 0);
  jumin_answer_add_date (record, "DKJQRQ", loan->settled_on);
}

cJSON *
jumin_record_answer_loan (const JuminBook *book, gint64 as_of)
{
  JuminBookLoan loan;
  cJSON *answer, *record;

  if (book == NULL)
    return begin_fund (NULL, as_of);
  if (!jumin_book_get_loan (book, &loan))
    return begin (FALSE, as_of, "您没有公积金贷款", "You have no provident fund loan");
  answer = begin (FALSE, as_of, NULL, NULL);
  record = cJSON_AddObjectToObject (answer, "record");
  add_number (record, "JKHTBH", "JK5001", book);
  cJSON_AddStringToObject (record, "SWTYHMC", "江州银行临江支行");
  jumin_answer_add_fen (record, "HTDKJE", loan.fen);
  cJSON_AddNumberToObject (record, "DKQS", loan.terms);
  cJSON_AddStringToObject (record, "DKHKFS", "02");
  cJSON_AddStringToObject (record, "DKDBLX", "01");
  cJSON_AddNumberToObject (record, "YDHKR", LOAN_DAY);
  jumin_answer_add_date (record, "YDDQRQ",
                         jumin_book_date (loan.last_month - loan.paid + loan.terms, LOAN_DAY));
  add_loan_account (record, &loan);
  add_repayments (record, &loan);
  return answer;
}

cJSON *
jumin_record_answer_withdrawals (const JuminBook *book, gint64 as_of)
{
  cJSON *answer = begin_fund (book, as_of), *record, *list, *item;
  const char *state;

  if (book == NULL)
    return answer;
  record = cJSON_AddObjectToObject (answer, "record");
  list = cJSON_AddArrayToObject (record, "withdrawals");
  state = jumin_book_get_withdrawal (book);
  if (state == NULL)
    return answer;
  item = cJSON_CreateObject ();
  cJSON_AddStringToObject (item, "TQYY", "07");
  cJSON_AddStringToObject (item, "TQFS", "02");
  jumin_answer_add_fen (item, "FSE", book->own);
  cJSON_AddStringToObject (item, "state", state);
  jumin_answer_add_date (item, "applied_on", jumin_book_days_before (book->today, APPLIED_DAYS));
  jumin_answer_add_date (item, "changed_on", jumin_book_days_before (book->today, CHANGED_DAYS));
  if (strcmp (state, "05") == 0)
    jumin_answer_add_words (item, "reason", "租房合同已经过期",
                            "The tenancy agreement has run out");
  else if (strcmp (state, "06") == 0)
    jumin_answer_add_words (item, "reason", "银行退回:收款账户已注销",
                            "Returned by the bank: the receiving account is closed");
  else
    cJSON_AddNullToObject (item, "reason");
  cJSON_AddItemToArray (list, item);
  return answer;
}

/* Returns: (transfer none): the value, to be filled */
static cJSON *
add_fact (cJSON *list, const char *zh, const char *en, const char *kind)
{
  cJSON *fact = cJSON_CreateObject ();

  jumin_answer_add_words (fact, "label", zh, en);
  cJSON_AddStringToObject (fact, "kind", kind);
  cJSON_AddItemToArray (list, fact);
  return fact;
}

static void
add_insurance (cJSON *groups, const JuminBook *book, const char *zh, const char *en,
               gboolean rights)
{
  cJSON *group = cJSON_CreateObject (), *facts;
  gboolean paying = strcmp (jumin_book_get_state (book), "01") == 0;
  int months = book->last_month - book->first_month + 1;
  g_autofree char *count = g_strdup_printf ("%d", months);

  jumin_answer_add_words (group, "title", zh, en);
  facts = cJSON_AddArrayToObject (group, "facts");
  cJSON_AddStringToObject (add_fact (facts, "参保状态", "Status", "text"), "value",
                           paying ? "正常参保" : "暂停缴费");
  jumin_answer_add_month (add_fact (facts, "开始参保", "Insured since", "month"), "value",
                          book->opened / 100);
  jumin_answer_add_month (add_fact (facts, "缴费至", "Paid to", "month"), "value", book->paid_to);
  cJSON_AddStringToObject (add_fact (facts, "累计缴费月数", "Months paid", "count"), "value",
                           count);
  jumin_answer_add_fen (add_fact (facts, "缴费基数", "Base", "money"), "value", book->base);
  if (rights)
    {
      add_ratio (add_fact (facts, "个人缴费比例", "Own share", "percent"), "value", 800);
      jumin_answer_add_fen (add_fact (facts, "个人累计缴费", "Paid by you in all", "money"),
                            "value", book->base / 100 * 8 * MIN (months, MONTHS));
    }
  cJSON_AddItemToArray (groups, group);
}

/* @record: "social-insured", "social-rights" */
cJSON *
jumin_record_answer_social (const JuminBook *book, const char *record, gint64 as_of)
{
  static const char *const insurances[][2] = {
    { "养老保险", "Pension insurance" },      { "医疗保险", "Medical insurance" },
    { "失业保险", "Unemployment insurance" }, { "工伤保险", "Work injury insurance" },
    { "生育保险", "Maternity insurance" },
  };
  gboolean rights = strcmp (record, "social-rights") == 0;
  cJSON *answer = begin (TRUE, as_of, book == NULL ? "没有查到您的参保记录" : NULL,
                         "No record of social insurance was found in your name");
  cJSON *object, *headline, *groups;

  if (book == NULL)
    return answer;
  object = cJSON_AddObjectToObject (answer, "record");
  if (rights)
    jumin_answer_add_words (object, "title", "我的权益记录", "My insurance rights");
  else
    jumin_answer_add_words (object, "title", "我的参保情况", "My insurance");
  headline = cJSON_AddObjectToObject (object, "headline");
  jumin_answer_add_words (headline, "label", "参保险种", "Insurances");
  cJSON_AddStringToObject (headline, "kind", "count");
  cJSON_AddStringToObject (headline, "value", "5");
  groups = cJSON_AddArrayToObject (object, "groups");
  for (gsize i = 0; i < G_N_ELEMENTS (insurances); i++)
    add_insurance (groups, book, insurances[i][0], insurances[i][1], rights);
  return answer;
}

/* Returns: (transfer full) (nullable): the account of whoever is asked about */
JuminBook *
jumin_ask_open_book (JuminAsk *ask, const char *id_number)
{
  gint64 now = jumin_ask_get_now (ask);

  return jumin_book_new (jumin_city_find_number (ask->platform->city, id_number),
                         jumin_book_get_day (now, ask->platform->city->utc_offset_min));
}

static cJSON *
answer_person (JuminAsk *ask, cJSON *(*answer) (const JuminBook *book, gint64 as_of))
{
  const char *id_number = jumin_ask_read_person (ask);
  g_autoptr (JuminBook) book = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  book = jumin_ask_open_book (ask, id_number);
  return answer (book, jumin_ask_get_now (ask));
}

cJSON *
jumin_operation_get_account (JuminAsk *ask)
{
  return answer_person (ask, jumin_record_answer_account);
}

cJSON *
jumin_operation_get_loan (JuminAsk *ask)
{
  return answer_person (ask, jumin_record_answer_loan);
}

cJSON *
jumin_operation_get_withdrawals (JuminAsk *ask)
{
  return answer_person (ask, jumin_record_answer_withdrawals);
}

cJSON *
jumin_operation_get_lines (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  int page = (int)jumin_json_get_integer (ask->body, "page", 1, PAGES_MAX);
  g_autoptr (JuminBook) book = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  book = jumin_ask_open_book (ask, id_number);
  return jumin_record_answer_lines (book, page, jumin_ask_get_now (ask));
}

cJSON *
jumin_operation_get_social (JuminAsk *ask)
{
  static const char *const records[] = { "social-insured", "social-rights", NULL };
  const char *id_number = jumin_ask_read_person (ask);
  g_autofree char *record = jumin_json_dup_id (ask->body, "record");
  g_autoptr (JuminBook) book = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  if (!g_strv_contains (records, record))
    return jumin_ask_refuse (ask, 404, "not_found", "There is no such record");
  book = jumin_ask_open_book (ask, id_number);
  return jumin_record_answer_social (book, record, jumin_ask_get_now (ask));
}
