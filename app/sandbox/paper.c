/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers of the invented offices: who can have which, what stands on it, and how it is signed. */
#include "sandbox/paper.h"

#include <string.h>

#include "model/mask.h"
#include "model/money.h"
#include "platform/document-seal.h"
#include "sandbox/answer-parts.h"
#include "sandbox/certificate.h"

#define OTHER_NUMBER "GJJ-20200101-000001"

enum
{
  ROWS_OF_STATEMENT = 40,
  OVERSIZE_BYTES = 800000
};

static const JuminPaperKind kinds[] = {
  { "fund-deposit", "GJJ", "个人住房公积金缴存证明", "Provident fund deposit certificate", 3 },
  { "fund-settled", "GJJ", "住房公积金贷款结清证明", "Loan settlement certificate", 2 },
  { "fund-statement", "GJJ", "个人住房公积金明细", "Provident fund statement", 1 },
  { "social-insured", "SB", "社会保险参保证明", "Social insurance certificate", 3 },
  { "social-rights", "SB", "社会保险个人权益记录单", "Social insurance rights record", 1 },
};

const JuminPaperKind *
jumin_paper_kinds_get (gsize *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

/* Returns: (nullable) */
const JuminPaperKind *
jumin_paper_kind_find (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return NULL;
}

static gboolean
is_social (const JuminPaperKind *kind)
{
  return g_str_has_prefix (kind->kind, "social-");
}

/**
 * jumin_paper_kind_refuse:
 * @book: (nullable): the account of whoever wants it
 * @english: (out): why not
 *
 * Returns: (nullable): why not; %NULL: it can be had
 */
const char *
jumin_paper_kind_refuse (const JuminPaperKind *kind, const JuminBook *book, const char **english)
{
  JuminBookLoan loan;

  if (book == NULL)
    {
      *english = is_social (kind) ? "There is no record of social insurance"
                                  : "There is no provident fund account";
      return is_social (kind) ? "没有查到您的参保记录" : "没有查到您的公积金账户";
    }
  if (strcmp (kind->kind, "fund-settled") != 0)
    return NULL;
  if (!jumin_book_get_loan (book, &loan))
    {
      *english = "There is no provident fund loan";
      return "您没有公积金贷款";
    }
  *english = "To be had when the loan is paid off";
  return loan.settled_on != 0 ? NULL : "还清后可打印";
}

static void
add_row (GPtrArray *rows, const char *label, const char *value)
{
  const char *cells[] = { label, value, NULL };

  g_ptr_array_add (rows, g_strdupv ((char **)cells));
}

static void
add_money (GPtrArray *rows, const char *label, gint64 fen)
{
  g_autofree char *text = jumin_fen_format (fen);
  g_autofree char *yuan = g_strconcat (text, " 元", NULL);

  add_row (rows, label, yuan);
}

static void
add_date (GPtrArray *rows, const char *label, int date)
{
  g_autofree char *text
      = g_strdup_printf ("%d 年 %d 月 %d 日", date / 10000, date / 100 % 100, date % 100);

  add_row (rows, label, text);
}

/* Returns: (transfer none): what a code means; itself where it has no words */
static const char *
say_code (const char *const (*words)[2], gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (words[i][0], code) == 0)
      return words[i][1];
  return code;
}

static void
add_account (GPtrArray *rows, const JuminBook *book)
{
  static const char *const states[][2]
      = { { "01", "正常" }, { "02", "封存" }, { "05", "提取销户" }, { "06", "冻结" } };
  g_autofree char *paid_to
      = g_strdup_printf ("%d 年 %d 月", book->paid_to / 100, book->paid_to % 100);

  add_row (rows, "缴存单位", "江州测试机械制造有限公司");
  add_row (rows, "账户状态", say_code (states, G_N_ELEMENTS (states), jumin_book_get_state (book)));
  add_money (rows, "缴存基数", book->base);
  add_money (rows, "月缴存额", book->own + book->unit);
  add_row (rows, "缴至年月", paid_to);
  add_money (rows, "账户余额", book->balance);
}

static void
add_loan (GPtrArray *rows, const JuminBook *book)
{
  JuminBookLoan loan;

  if (!jumin_book_get_loan (book, &loan))
    return;
  add_money (rows, "贷款金额", loan.fen);
  add_money (rows, "贷款余额", loan.left);
  add_date (rows, "结清日期", loan.settled_on);
}

static void
add_lines (GPtrArray *rows, const JuminBook *book)
{
  static const char *const what[][2]
      = { { "01", "汇缴" },     { "03", "开户" },     { "09", "年终结息" },
          { "10", "基数调整" }, { "11", "部分提取" }, { "12", "销户提取" } };
  guint from = book->lines->len > ROWS_OF_STATEMENT ? book->lines->len - ROWS_OF_STATEMENT : 0;

  for (guint i = from; i < book->lines->len; i++)
    {
      const JuminBookLine *line = &g_array_index (book->lines, JuminBookLine, i);
      g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", line->date / 10000,
                                               line->date / 100 % 100, line->date % 100);
      g_autofree char *fen
          = jumin_fen_format_signed (strcmp (line->direction, "out") == 0 ? -line->fen : line->fen);
      const char *cells[] = { date, say_code (what, G_N_ELEMENTS (what), line->code), fen,
                              line->reversed ? "已冲账" : "", NULL };

      g_ptr_array_add (rows, g_strdupv ((char **)cells));
    }
}

static void
add_social (GPtrArray *rows, const JuminBook *book)
{
  static const char *const insurances[]
      = { "养老保险", "医疗保险", "失业保险", "工伤保险", "生育保险" };
  g_autofree char *months
      = g_strdup_printf ("累计缴费 %d 个月", book->last_month - book->first_month + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (insurances); i++)
    add_row (rows, insurances[i], months);
}

/* Returns: (transfer full): what stands in its table */
static GPtrArray *
list_rows (const JuminPaperKind *kind, const JuminBook *book)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  add_row (rows, "姓名", book->resident->name);
  add_row (rows, "公民身份号码", book->resident->id_number);
  if (strcmp (kind->kind, "fund-deposit") == 0)
    add_account (rows, book);
  else if (strcmp (kind->kind, "fund-settled") == 0)
    add_loan (rows, book);
  else if (strcmp (kind->kind, "fund-statement") == 0)
    add_lines (rows, book);
  else
    add_social (rows, book);
  return rows;
}

static GBytes *
draw (const JuminPaperKind *kind, const JuminStoredPaper *stored, const JuminBook *book,
      const char *verification, int *pages)
{
  g_autoptr (GPtrArray) rows = list_rows (kind, book);
  g_autofree char *date = g_strdup_printf ("%d 年 %d 月 %d 日", stored->day / 10000,
                                           stored->day / 100 % 100, stored->day % 100);
  JuminCertificate certificate = {
    .title = kind->zh,
    .number = stored->number,
    .sentence = "兹证明以上信息与本中心系统记录一致。本证明由居民自助服务终端打印。",
    .office = is_social (kind) ? "临江区社会保险事务中心" : "临江区住房公积金管理中心",
    .date = date,
    .verification = verification,
    .issued_at = stored->issued_at,
    .rows = rows,
  };

  return jumin_certificate_draw (&certificate, pages);
}

int
jumin_paper_kind_count_pages (const JuminPaperKind *kind, const JuminBook *book)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (book == NULL)
    return 1;
  rows = list_rows (kind, book);
  return jumin_certificate_count_pages (rows->len);
}

/* Returns: (transfer full): what the code on the paper says, signed */
static char *
dup_code (const JuminPaperKind *kind, const char *number, gint64 issued_at, const JuminBook *book,
          JuminGate *gate)
{
  g_autofree char *masked = jumin_mask_number (book->resident->id_number);
  JuminVerification said = {
    .number = (char *)number,
    .kind = (char *)kind->kind,
    .owner = masked,
    .issued_at = issued_at,
    .fen = strcmp (kind->kind, "fund-deposit") == 0 ? book->balance : JUMIN_FIGURE_NONE,
  };
  g_autofree char *text = jumin_verification_dup_text (&said);
  g_autofree char *signature = jumin_gate_sign_text (gate, text);

  return g_strconcat (text, " ", signature, NULL);
}

/* Returns: (transfer full): what the code on the paper shall say */
char *
jumin_paper_dup_code (const JuminStoredPaper *stored, const JuminBook *book, JuminGate *gate)
{
  return dup_code (jumin_paper_kind_find (stored->kind), stored->number, stored->issued_at, book,
                   gate);
}

/* What is wrong with the file, before it is signed. */
static void
spoil_file (JuminDocument *document, GBytes *drawn, JuminPaperFault fault)
{
  gsize length = 0;
  const guchar *bytes = g_bytes_get_data (drawn, &length);
  gsize size = fault == JUMIN_PAPER_FAULT_CUT     ? length / 2
               : fault == JUMIN_PAPER_FAULT_LARGE ? OVERSIZE_BYTES
                                                  : length;
  guchar *made = g_malloc0 (size);

  memcpy (made, bytes, MIN (size, length));
  jumin_document_take_pdf (document, made, size);
}

/* What is wrong after it was signed. */
static void
spoil_signed (JuminDocument *document, JuminPaperFault fault)
{
  gsize length = 0;

  if (fault == JUMIN_PAPER_FAULT_SEAL)
    {
      g_autofree guchar *signature = g_base64_decode (document->signature, &length);

      signature[length - 1] ^= 1;
      g_free (document->signature);
      document->signature = g_base64_encode (signature, length);
    }
  else if (fault == JUMIN_PAPER_FAULT_DIGEST)
    {
      const guchar *bytes = g_bytes_get_data (document->pdf, &length);
      guchar *other = g_memdup2 (bytes, length);

      other[length / 2] ^= 1;
      jumin_document_take_pdf (document, other, length);
    }
}

static cJSON *
to_json (const JuminDocument *document)
{
  cJSON *object = cJSON_CreateObject ();
  gsize length = 0;
  const guchar *bytes = g_bytes_get_data (document->pdf, &length);
  g_autofree char *base64 = g_base64_encode (bytes, length);

  cJSON_AddStringToObject (object, "number", document->number);
  cJSON_AddStringToObject (object, "kind", document->kind);
  jumin_answer_add_text (object, "title", &document->title);
  cJSON_AddStringToObject (object, "owner", document->owner);
  cJSON_AddStringToObject (object, "request", document->request);
  cJSON_AddNumberToObject (object, "issued_at", (double)document->issued_at);
  cJSON_AddNumberToObject (object, "copies", document->copies);
  cJSON_AddNumberToObject (object, "pages", document->pages);
  jumin_answer_add_string (object, "replaces", document->replaces);
  cJSON_AddStringToObject (object, "sm3", document->sm3);
  cJSON_AddStringToObject (object, "sha256", document->sha256);
  cJSON_AddStringToObject (object, "signature", document->signature);
  cJSON_AddStringToObject (object, "verification", document->verification);
  cJSON_AddStringToObject (object, "pdf", base64);
  return object;
}

/**
 * jumin_paper_make:
 * @book: the account of the owner
 *
 * Returns: (transfer full): the paper as the interface has it
 */
cJSON *
jumin_paper_make (const JuminStoredPaper *stored, const JuminBook *book, JuminGate *gate,
                  JuminPaperFault fault)
{
  const JuminPaperKind *kind
      = jumin_paper_kind_find (fault != JUMIN_PAPER_FAULT_KIND                ? stored->kind
                               : strcmp (stored->kind, "fund-statement") == 0 ? "fund-deposit"
                                                                              : "fund-statement");
  g_autoptr (JuminDocument) document = jumin_document_new ();
  g_autoptr (GBytes) drawn = NULL;
  g_autofree char *text = NULL;

  document->number = g_strdup (stored->number);
  document->kind = g_strdup (kind->kind);
  jumin_text_set (&document->title, kind->zh, kind->en);
  document->request
      = fault == JUMIN_PAPER_FAULT_REQUEST ? g_uuid_string_random () : g_strdup (stored->request);
  document->owner = jumin_document_dup_owner (document->request, book->resident->id_number, NULL);
  document->issued_at = stored->issued_at;
  document->copies = stored->copies;
  document->replaces = *stored->replaces != '\0' ? g_strdup (stored->replaces) : NULL;
  document->verification
      = fault == JUMIN_PAPER_FAULT_NONE
            ? g_strdup (stored->code)
            : dup_code (kind, fault == JUMIN_PAPER_FAULT_CODE ? OTHER_NUMBER : stored->number,
                        stored->issued_at, book, gate);
  drawn = draw (kind, stored, book, document->verification, &document->pages);
  spoil_file (document, drawn, fault);
  jumin_document_add_digests (document, NULL);
  text = jumin_document_dup_text (document, stored->terminal);
  document->signature = jumin_gate_sign_text (gate, text);
  spoil_signed (document, fault);
  return to_json (document);
}
