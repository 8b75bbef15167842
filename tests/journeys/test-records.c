/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records and papers of the people of the sandbox, by the terminal's clients: what a record says,
 * and that no paper is handed on that is somebody else's, damaged or not the platform's. */
#include "model/error.h"
#include "platform/document-seal.h"
#include "platform/documents-client.h"
#include "platform/record-calls.h"
#include "sandbox-process.h"

enum
{
  CLOCK_SPEED = 2
};

#define LI "500102199003070010"
#define WANG "500102198506121217"
#define CHEN "50010319920815322X"
#define ZHAO "500105197803053323"
#define LIU "500106199707117310"
#define HE "50011319930228822X"
#define WU "500108196611229149"
#define ABUDU "500229199005206319"
#define WEI "50010419911010344X"
#define CHU "500240198709082119"
#define SHEN "500105198803121044"
#define FENG "500101194611211068"
#define HUGE_ONE "950840198512240167"
#define NOBODY "500118198906064558"

typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminHallClient *hall;
  JuminDocumentsClient *documents;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GKeyFile *settings;
  g_autofree char *file = NULL, *terminal = NULL;
  g_autoptr (GError) error = NULL;

  fixture->sandbox = (SandboxProcess *)data;
  settings = sandbox_process_get_settings (fixture->sandbox);
  file = g_key_file_get_string (settings, "platform", "reply-key-file", NULL);
  terminal = g_key_file_get_string (settings, "terminal", "name", NULL);
  fixture->clock = jumin_clock_new (CLOCK_SPEED);
  fixture->hall = sandbox_process_client_new (fixture->sandbox, fixture->clock);
  fixture->documents = jumin_documents_client_new (fixture->hall, terminal, file, &error);
  g_assert_no_error (error);
}

static void
control (Fixture *fixture, const char *command)
{
  g_autofree char *reply = sandbox_process_control (fixture->sandbox, command);

  g_assert_cmpstr (reply, ==, "ok");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  control (fixture, "fault none");
  g_assert_finalize_object (fixture->documents);
  g_assert_finalize_object (fixture->hall);
  g_assert_finalize_object (fixture->clock);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static JuminRecord *
try_record (Fixture *fixture, const char *id, const char *number, int page, GError **error)
{
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, "某人", number);
  JuminRecordQuestion question = { id, page, holder };
  g_autoptr (GAsyncResult) result = NULL;

  jumin_hall_client_fetch_record_async (fixture->hall, &question, NULL, on_ready, &result);
  return jumin_hall_client_fetch_record_finish (fixture->hall, wait_for (&result), error);
}

static JuminRecord *
fetch_record (Fixture *fixture, const char *id, const char *number)
{
  g_autoptr (GError) error = NULL;
  JuminRecord *record = try_record (fixture, id, number, 1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < record->blocks->len; i++)
    {
      const JuminRecordBlock *block = record->blocks->pdata[i];

      g_assert_cmpstr (block->source.zh, !=, "");
      g_assert_cmpint (block->as_of, >, 0);
    }
  return record;
}

static const JuminFact *
find_fact (const GPtrArray *facts, const char *label)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (((JuminFact *)facts->pdata[i])->label.zh, label))
      return facts->pdata[i];
  g_assert_not_reached ();
}

static void
test_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) record = fetch_record (fixture, "fund-account", LI);
  const JuminRecordBlock *headline = jumin_record_find (record, JUMIN_BLOCK_HEADLINE);
  const JuminRecordBlock *facts = jumin_record_find (record, JUMIN_BLOCK_FACTS);
  const JuminRecordBlock *series = jumin_record_find (record, JUMIN_BLOCK_SERIES);
  const JuminPoint *last = series->points->pdata[series->points->len - 1];
  const JuminFact *balance = headline->facts->pdata[0], *monthly = headline->facts->pdata[1];

  g_assert_true (record->found);
  g_assert_cmpstr (balance->label.zh, ==, "账户余额");
  g_assert_null (balance->label.en); /* the house's words, not the platform's */
  g_assert_true (balance->veiled);
  g_assert_cmpint (balance->number, >, 0);
  g_assert_cmpstr (headline->state->words.zh, ==, "正常");
  g_assert_cmpuint (series->points->len, ==, JUMIN_RECORD_POINTS_MAX);
  g_assert_cmpint (last->fen[0] + last->fen[1], ==, monthly->number);
  g_assert_cmpint (find_fact (headline->facts, "已缴至")->number, ==, last->month);
  g_assert_cmpuint (strlen (find_fact (facts->facts, "个人账号")->text), ==, 4);
  g_assert_cmpint (find_fact (facts->facts, "个人缴存比例")->number, ==,
                   12 * (gint64)JUMIN_PERCENT_UNIT);
}

static void
test_sentences (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *record, *number;
    JuminNotice notice;
    guint n_facts;
  } rows[] = {
    { "fund-account", LI, JUMIN_NOTICE_STEADY, 1 },
    { "fund-account", CHU, JUMIN_NOTICE_GAPS, 2 },
    { "fund-account", ZHAO, JUMIN_NOTICE_SEALED, 1 },
    { "fund-account", FENG, JUMIN_NOTICE_CLOSED, 1 },
    { "fund-account", SHEN, JUMIN_NOTICE_FROZEN, 0 },
    { "fund-account", ABUDU, JUMIN_NOTICE_UNKNOWN_STANDING, 0 },
    { "fund-account", NOBODY, JUMIN_NOTICE_NO_RECORD, 0 },
    { "fund-loan", WANG, JUMIN_NOTICE_DUE, 2 },
    { "fund-loan", WEI, JUMIN_NOTICE_OVERDUE, 1 },
    { "fund-loan", CHEN, JUMIN_NOTICE_SETTLED, 1 },
    { "fund-loan", LI, JUMIN_NOTICE_NO_RECORD, 0 },
    { "fund-withdrawals", LI, JUMIN_NOTICE_NO_WITHDRAWALS, 0 },
    { "social-insured", NOBODY, JUMIN_NOTICE_NO_RECORD, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JuminRecord) record = fetch_record (fixture, rows[i].record, rows[i].number);
      const JuminRecordBlock *block = record->blocks->pdata[0];

      g_assert_cmpint (block->kind, ==, JUMIN_BLOCK_NOTICE);
      g_assert_cmpint (block->notice, ==, rows[i].notice);
      g_assert_cmpuint (block->facts->len, ==, rows[i].n_facts);
      g_assert_cmpint (record->found, ==, rows[i].notice != JUMIN_NOTICE_NO_RECORD);
      g_assert_true (record->found || (*block->why.zh != '\0' && *block->where.zh != '\0'));
    }
}

static void
test_unknown_codes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) account = fetch_record (fixture, "fund-account", ABUDU);
  g_autoptr (JuminRecord) lines = fetch_record (fixture, "fund-lines", ABUDU);
  g_autoptr (JuminRecord) withdrawals = fetch_record (fixture, "fund-withdrawals", ABUDU);
  const JuminRecordBlock *block = jumin_record_find (account, JUMIN_BLOCK_HEADLINE);
  guint unknown = 0;

  g_assert_cmpstr (block->state->text, ==, "7B");
  g_assert_null (block->state->words.zh);
  block = jumin_record_find (lines, JUMIN_BLOCK_LINES);
  for (guint i = 0; i < block->lines->len; i++)
    {
      const JuminLine *line = block->lines->pdata[i];

      unknown += line->what->words.zh == NULL && g_str_equal (line->what->text, "21");
    }
  g_assert_cmpuint (unknown, >, 0);
  block = jumin_record_find (withdrawals, JUMIN_BLOCK_PROGRESS);
  g_assert_cmpint (block->whole, ==, 0); /* nobody knows how far it is */
  g_assert_cmpstr (block->state->text, ==, "31");
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) record = fetch_record (fixture, "fund-lines", WU);
  const JuminRecordBlock *block = jumin_record_find (record, JUMIN_BLOCK_LINES);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminRecord) second = NULL;
  gint64 before = G_MAXINT64;
  guint reversed = 0;

  g_assert_cmpint (block->pages, >, 1);
  for (guint i = 0; i < block->lines->len; i++)
    {
      const JuminLine *line = block->lines->pdata[i];

      g_assert_cmpint (line->date, <=, before);
      g_assert_cmpint (line->fen, >=, 0);
      before = line->date;
      reversed += line->reversed;
    }
  g_assert_cmpuint (reversed, ==, 1);
  second = try_record (fixture, "fund-lines", WU, 2, &error);
  g_assert_no_error (error);
  block = jumin_record_find (second, JUMIN_BLOCK_LINES);
  g_assert_cmpint (block->page, ==, 2);
  g_assert_cmpint (((JuminLine *)block->lines->pdata[0])->date, <=, before);
}

static void
test_loans_and_withdrawals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) loan = fetch_record (fixture, "fund-loan", WANG);
  g_autoptr (JuminRecord) settled = fetch_record (fixture, "fund-loan", CHEN);
  g_autoptr (JuminRecord) review = fetch_record (fixture, "fund-withdrawals", LIU);
  g_autoptr (JuminRecord) failed = fetch_record (fixture, "fund-withdrawals", HE);
  const JuminRecordBlock *block = jumin_record_find (loan, JUMIN_BLOCK_PROGRESS);

  g_assert_cmpint (block->done, ==, 48000000 / 240 * 96);
  g_assert_cmpint (block->whole, ==, 48000000);
  g_assert_cmpint (find_fact (block->facts, "已还期数")->number, ==, 96);
  g_assert_cmpuint (jumin_record_find (loan, JUMIN_BLOCK_LINES)->lines->len, ==, 12);
  block = jumin_record_find (settled, JUMIN_BLOCK_PROGRESS);
  g_assert_cmpint (block->done, ==, block->whole);
  block = jumin_record_find (review, JUMIN_BLOCK_PROGRESS);
  g_assert_cmpint (block->done, ==, 2);
  g_assert_false (block->failed);
  block = jumin_record_find (failed, JUMIN_BLOCK_PROGRESS);
  g_assert_true (block->failed);
  g_assert_cmpstr (find_fact (block->facts, "未通过原因")->words.zh, !=, "");
}

static void
test_huge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) record = fetch_record (fixture, "fund-account", HUGE_ONE);
  const JuminRecordBlock *block = jumin_record_find (record, JUMIN_BLOCK_HEADLINE);

  g_assert_cmpint (((JuminFact *)block->facts->pdata[0])->number, ==,
                   G_GINT64_CONSTANT (9999999999998));
}

static void
test_social (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminRecord) insured = fetch_record (fixture, "social-insured", LI);
  g_autoptr (JuminRecord) rights = fetch_record (fixture, "social-rights", LI);
  const JuminRecordBlock *block = jumin_record_find (rights, JUMIN_BLOCK_FACTS);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (insured->blocks->len, ==, 6);
  g_assert_cmpstr (block->title.zh, ==, "养老保险");
  g_assert_cmpstr (block->title.en, ==, "Pension insurance"); /* the platform's words */
  g_assert_cmpint (find_fact (block->facts, "缴费基数")->kind, ==, JUMIN_VALUE_MONEY);
  g_assert_null (try_record (fixture, "dance", LI, 1, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
}

static JuminDocument *
try_paper (Fixture *fixture, const char *request, const char *number, const char *kind,
           const char *replaces, GError **error)
{
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, "某人", number);
  g_autofree char *key = request != NULL ? g_strdup (request) : g_uuid_string_random ();
  JuminDocumentOrder order = { key, kind, replaces, holder };
  g_autoptr (GAsyncResult) result = NULL;

  jumin_document_source_fetch_async (JUMIN_DOCUMENT_SOURCE (fixture->documents), &order, on_ready,
                                     &result);
  return jumin_document_source_fetch_finish (JUMIN_DOCUMENT_SOURCE (fixture->documents),
                                             wait_for (&result), error);
}

static JuminDocument *
fetch_paper (Fixture *fixture, const char *request, const char *number, const char *kind)
{
  g_autoptr (GError) error = NULL;
  JuminDocument *document = try_paper (fixture, request, number, kind, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static void
test_paper (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = g_uuid_string_random ();
  g_autoptr (JuminDocument) paper = fetch_paper (fixture, request, LI, "fund-deposit");
  g_autoptr (JuminDocument) again = fetch_paper (fixture, request, LI, "fund-deposit");

  g_assert_cmpstr (paper->request, ==, request);
  g_assert_cmpint (paper->copies, ==, 3);
  g_assert_true (g_bytes_equal (paper->pdf, again->pdf));
  g_assert_cmpstr (paper->number, ==, again->number);
}

static void
test_every_kind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, "陈编号", CHEN);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminEntitlements) entitlements = NULL;

  jumin_document_source_list_async (JUMIN_DOCUMENT_SOURCE (fixture->documents), holder, NULL,
                                    on_ready, &result);
  entitlements = jumin_document_source_list_finish (JUMIN_DOCUMENT_SOURCE (fixture->documents),
                                                    wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entitlements->list->len, ==, 5);
  for (guint i = 0; i < entitlements->list->len; i++)
    {
      const JuminEntitlement *entitlement = entitlements->list->pdata[i];
      g_autoptr (JuminDocument) paper = fetch_paper (fixture, NULL, CHEN, entitlement->kind);

      g_assert_cmpint (paper->pages, ==, entitlement->pages);
      g_assert_cmpint (paper->copies, ==, entitlement->copies);
      g_assert_cmpstr (paper->title.zh, ==, entitlement->title.zh);
    }
}

static void
test_wrong_papers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    JuminFailure failure;
  } rows[] = {
    { "paper-owner", JUMIN_FAILURE_DOCUMENT_FOREIGN },
    { "paper-request", JUMIN_FAILURE_DOCUMENT_FOREIGN },
    { "paper-kind", JUMIN_FAILURE_DOCUMENT_FOREIGN },
    { "paper-code", JUMIN_FAILURE_DOCUMENT_SPOILT },
    { "paper-cut", JUMIN_FAILURE_DOCUMENT_SPOILT },
    { "paper-digest", JUMIN_FAILURE_DOCUMENT_SPOILT },
    { "paper-seal", JUMIN_FAILURE_DOCUMENT_SPOILT },
    { "paper-large", JUMIN_FAILURE_PLATFORM_INVALID },
    { "oversize", JUMIN_FAILURE_PLATFORM_INVALID },
    { "wrong-signature", JUMIN_FAILURE_PLATFORM_INVALID },
    { "replayed", JUMIN_FAILURE_PLATFORM_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault %s documents 1", rows[i].fault);
      g_autoptr (GError) error = NULL;

      control (fixture, command);
      g_assert_null (try_paper (fixture, NULL, WANG, "fund-deposit", NULL, &error));
      g_test_message ("%s: %s", rows[i].fault, error->message);
      g_assert_error (error, JUMIN_FAILURE, (int)rows[i].failure);
      g_assert_null (strstr (error->message, WANG));
      g_assert_null (strstr (error->message, "GJJ-")); /* its number, which leads to a person */
    }
}

static void
test_late_papers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminDocument) paper = NULL, again = NULL;

  control (fixture, "fault late documents 1");
  paper = fetch_paper (fixture, request, LI, "social-insured");
  again = fetch_paper (fixture, request, LI, "social-insured");
  g_assert_cmpstr (paper->number, ==, again->number);
  control (fixture, "fault drop-after documents 2");
  g_assert_null (try_paper (fixture, NULL, LI, "social-insured", NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
}

static JuminDocumentFate *
report (Fixture *fixture, const JuminDocument *paper, JuminOutcome outcome, int copies,
        GError **error)
{
  JuminPrintReport told = { paper->number, paper->request, outcome, copies, 0 };
  g_autoptr (GAsyncResult) result = NULL;

  jumin_document_source_report_async (JUMIN_DOCUMENT_SOURCE (fixture->documents), &told, on_ready,
                                      &result);
  return jumin_document_source_report_finish (JUMIN_DOCUMENT_SOURCE (fixture->documents),
                                              wait_for (&result), error);
}

static void
test_outcomes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminDocument) torn = fetch_paper (fixture, NULL, LI, "fund-statement");
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminDocumentFate) held = report (fixture, torn, JUMIN_OUTCOME_UNKNOWN, 0, &error);
  g_autoptr (JuminDocumentFate) fate = report (fixture, torn, JUMIN_OUTCOME_PARTLY, 0, &error);
  g_autoptr (JuminDocumentFate) printed = NULL;
  g_autoptr (JuminDocument) whole = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (held->state, ==, JUMIN_DOCUMENT_HELD);
  g_assert_cmpint (fate->state, ==, JUMIN_DOCUMENT_VOID);
  g_assert_true (fate->replacement);
  whole = try_paper (fixture, NULL, LI, "fund-statement", torn->number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (whole->replaces, ==, torn->number);
  printed = report (fixture, whole, JUMIN_OUTCOME_PRINTED, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (printed->state, ==, JUMIN_DOCUMENT_PRINTED);
  g_assert_null (report (fixture, whole, JUMIN_OUTCOME_FAILED, 0, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_OUTCOME_SETTLED);
  g_clear_error (&error);
  g_assert_null (try_paper (fixture, NULL, LI, "fund-statement", NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
}

static void
test_offices_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  control (fixture, "office down");
  g_assert_null (try_record (fixture, "fund-account", LI, 1, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_SERVICE_DOWN);
  g_clear_error (&error);
  g_assert_null (try_paper (fixture, NULL, LI, "fund-deposit", NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_SERVICE_DOWN);
  control (fixture, "office up");
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/records/an_account_has_its_blocks", test_account },
  { "/records/one_sentence_stands_above_the_figures", test_sentences },
  { "/records/unknown_codes_stay_as_they_are", test_unknown_codes },
  { "/records/lines_come_by_pages_and_reversed_ones_say_so", test_lines },
  { "/records/loans_and_withdrawals_have_come_so_far", test_loans_and_withdrawals },
  { "/records/huge_amounts_are_exact", test_huge },
  { "/records/social_insurance_has_the_same_shape", test_social },
  { "/records/offices_that_are_down_are_told", test_offices_down },
  { "/papers/one_request_has_one_paper", test_paper },
  { "/papers/what_somebody_is_entitled_to_comes", test_every_kind },
  { "/papers/a_wrong_one_is_seen_by_nobody", test_wrong_papers },
  { "/papers/a_late_one_is_the_same_one", test_late_papers },
  { "/papers/what_came_out_is_told", test_outcomes },
};

int
main (int argc, char **argv)
{
  SandboxProcess *sandbox;
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_process_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, sandbox, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  sandbox_process_free (sandbox);
  return status;
}
