/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of papers (data/platform-api.yaml, /documents). An entitlement is one paper times
 * its copies, a day; what comes of a paper is told by whoever printed it. */

#include <string.h>

#include "sandbox/answer-parts.h"
#include "sandbox/paper.h"
#include "sandbox/record-operations.h"

enum
{
  PARTS_MAX = 2, /* a paper is replaced once */
  COPIES_MAX = 9,
  PAGES_MAX = 20,
  NUMBER_MAX = 20,
  UUID_LENGTH = 36
};

#define NUMBER "^[A-Z]{2,4}-[0-9]{8}-[0-9]{6}$"

/* Returns: how many copies there are; 0 with the reason */
static int
count_copies (JuminAsk *ask, const JuminPaperKind *kind, const JuminBook *book, const char **zh,
              const char **en)
{
  JuminPaperSums sums = { 0 };

  *zh = jumin_paper_kind_refuse (kind, book, en);
  if (*zh != NULL)
    return 0;
  sums = jumin_paper_ledger_sum (ask->platform->store, book->resident->id_number, kind->kind,
                                 book->today);
  if (sums.held > 0)
    {
      *zh = "上一份还在核实";
      *en = "The last one is being looked into";
    }
  else if (sums.partly >= PARTS_MAX)
    {
      *zh = "今天两次没打完整，请到窗口办理";
      *en = "It did not come out whole twice today; please go to the window";
    }
  else if (sums.printed >= kind->copies)
    {
      *zh = "今天的份数已经打完";
      *en = "Today's copies have all been printed";
    }
  return *zh == NULL ? kind->copies - sums.printed : 0;
}

static cJSON *
describe_kind (JuminAsk *ask, const JuminPaperKind *kind, const JuminBook *book)
{
  cJSON *object = cJSON_CreateObject ();
  const char *zh, *en = "";

  cJSON_AddStringToObject (object, "kind", kind->kind);
  jumin_answer_add_words (object, "title", kind->zh, kind->en);
  cJSON_AddNumberToObject (object, "copies", count_copies (ask, kind, book, &zh, &en));
  cJSON_AddNumberToObject (object, "pages", jumin_paper_kind_count_pages (kind, book));
  if (zh == NULL)
    cJSON_AddNullToObject (object, "reason");
  else
    jumin_answer_add_words (object, "reason", zh, en);
  return object;
}

cJSON *
jumin_operation_get_entitlements (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  gsize n;
  const JuminPaperKind *kinds = jumin_paper_kinds_get (&n);
  g_autoptr (JuminBook) book = NULL;
  cJSON *answer, *list;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  book = jumin_ask_open_book (ask, id_number);
  answer = cJSON_CreateObject ();
  cJSON_AddNumberToObject (answer, "as_of", (double)jumin_ask_get_now (ask));
  list = cJSON_AddArrayToObject (answer, "entitlements");
  for (gsize i = 0; i < n; i++)
    cJSON_AddItemToArray (list, describe_kind (ask, &kinds[i], book));
  return answer;
}

/* Returns: whether @number is this person's and void, and another paper may stand for it */
static gboolean
may_replace (JuminAsk *ask, const char *number, const char *id_number, const char *kind)
{
  g_autoptr (JuminStoredPaper) paper
      = jumin_paper_ledger_find_number (ask->platform->store, number);

  return paper != NULL && strcmp (paper->id_number, id_number) == 0
         && strcmp (paper->kind, kind) == 0 && paper->state == JUMIN_DOCUMENT_VOID
         && strcmp (paper->outcome, "partly") == 0 && *paper->replaces == '\0'
         && !jumin_paper_ledger_is_replaced (ask->platform->store, number);
}

/* The paper of somebody else, where that is what goes wrong. */
static const JuminCityResident *
find_other (JuminAsk *ask, const JuminBook *book)
{
  for (guint i = 0; i < ask->platform->city->residents->len; i++)
    {
      const JuminCityResident *other = ask->platform->city->residents->pdata[i];

      if (*other->fund != '\0' && other != book->resident)
        return other;
    }
  return book->resident;
}

static cJSON *
answer_paper (JuminAsk *ask, const JuminStoredPaper *paper, const JuminBook *book)
{
  g_autoptr (JuminBook) other = NULL;

  if (ask->paper_fault != JUMIN_PAPER_FAULT_OWNER)
    return jumin_paper_make (paper, book, ask->platform->gate, ask->paper_fault);
  other = jumin_book_new (find_other (ask, book), book->today);
  return jumin_paper_make (paper, other, ask->platform->gate, ask->paper_fault);
}

static cJSON *
make_new (JuminAsk *ask, const JuminPaperKind *kind, const JuminBook *book, const char *replaces)
{
  g_autoptr (JuminStoredPaper) paper = g_new0 (JuminStoredPaper, 1);
  const char *zh, *en = "";

  paper->copies = count_copies (ask, kind, book, &zh, &en);
  if (zh != NULL)
    return jumin_ask_refuse (ask, 422, "not_entitled", en);
  if (*replaces != '\0' && !may_replace (ask, replaces, book->resident->id_number, kind->kind))
    return jumin_ask_refuse (ask, 422, "not_entitled", "The number cannot be replaced");
  paper->issued_at = jumin_ask_get_now (ask);
  paper->day = book->today;
  paper->request = g_strdup (ask->key);
  paper->terminal = g_strdup (ask->terminal);
  paper->id_number = g_strdup (book->resident->id_number);
  paper->kind = g_strdup (kind->kind);
  paper->replaces = g_strdup (replaces);
  if (!jumin_paper_ledger_add (ask->platform->store, kind->prefix, paper))
    return jumin_ask_refuse (ask, 500, "internal", "The ledger does not take it");
  paper->code = jumin_paper_dup_code (paper, book, ask->platform->gate);
  jumin_paper_ledger_keep_code (ask->platform->store, paper);
  ask->status = 201;
  return answer_paper (ask, paper, book);
}

cJSON *
jumin_operation_fetch_paper (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  const char *replaces = jumin_json_get_match_or (ask->body, "replaces", NUMBER, NUMBER_MAX, "");
  g_autofree char *kind = jumin_json_dup_id (ask->body, "kind");
  g_autoptr (JuminStoredPaper) given = NULL;
  g_autoptr (JuminBook) book = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  book = jumin_ask_open_book (ask, id_number);
  given = jumin_paper_ledger_find_request (ask->platform->store, ask->key);
  if (given != NULL
      && (strcmp (given->id_number, id_number) != 0 || strcmp (given->kind, kind) != 0
          || strcmp (given->replaces, replaces) != 0
          || strcmp (given->terminal, ask->terminal) != 0))
    return jumin_ask_refuse (ask, 422, "key_reused", "The key came with another order before");
  if (given != NULL && given->state == JUMIN_DOCUMENT_OPEN)
    return answer_paper (ask, given, book);
  if (given != NULL || book == NULL || jumin_paper_kind_find (kind) == NULL)
    return jumin_ask_refuse (ask, 422, "not_entitled", "This person cannot have this paper now");
  return make_new (ask, jumin_paper_kind_find (kind), book, replaces);
}

static cJSON *
describe_fate (JuminAsk *ask, const JuminStoredPaper *paper, JuminDocumentState state)
{
  static const char *const states[] = {
    [JUMIN_DOCUMENT_OPEN] = "open",
    [JUMIN_DOCUMENT_PRINTED] = "printed",
    [JUMIN_DOCUMENT_HELD] = "held",
    [JUMIN_DOCUMENT_VOID] = "void",
  };
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddStringToObject (answer, "number", paper->number);
  cJSON_AddStringToObject (answer, "state", states[state]);
  cJSON_AddBoolToObject (answer, "replacement",
                         may_replace (ask, paper->number, paper->id_number, paper->kind));
  return answer;
}

/* Told again, it is the same; what is open or held may become anything; else it is settled. */
static gboolean
may_become (const JuminStoredPaper *paper, const char *outcome, int copies)
{
  if (strcmp (paper->outcome, outcome) == 0)
    return strcmp (outcome, "printed") != 0 || paper->printed == copies;
  return paper->state == JUMIN_DOCUMENT_OPEN || paper->state == JUMIN_DOCUMENT_HELD;
}

cJSON *
jumin_operation_report_outcome (JuminAsk *ask)
{
  static const char *const outcomes[] = { "printed", "partly", "failed", "unknown", NULL };
  static const JuminDocumentState states[]
      = { JUMIN_DOCUMENT_PRINTED, JUMIN_DOCUMENT_VOID, JUMIN_DOCUMENT_OPEN, JUMIN_DOCUMENT_HELD };
  const char *number = jumin_json_get_match (ask->body, "number", NUMBER, NUMBER_MAX);
  const char *request
      = jumin_json_get_match (ask->body, "request", JUMIN_PATTERN_UUID, UUID_LENGTH);
  guint outcome = jumin_json_get_choice (ask->body, "outcome", outcomes);
  int copies = (int)jumin_json_get_integer (ask->body, "copies", 0, COPIES_MAX);
  g_autoptr (JuminStoredPaper) paper = NULL;

  jumin_json_get_integer (ask->body, "pages", 0, PAGES_MAX);
  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  paper = jumin_paper_ledger_find_number (ask->platform->store, number);
  if (paper == NULL || strcmp (paper->request, request) != 0)
    return jumin_ask_refuse (ask, 404, "not_found", "There is no such paper");
  if (!may_become (paper, outcomes[outcome], copies) || copies > paper->copies)
    return jumin_ask_refuse (ask, 409, "outcome_settled", "Another outcome was told before");
  if (!jumin_paper_ledger_settle (ask->platform->store, paper->id, states[outcome],
                                  outcomes[outcome],
                                  states[outcome] == JUMIN_DOCUMENT_PRINTED ? copies : 0))
    return jumin_ask_refuse (ask, 500, "internal", "The ledger does not take it");
  return describe_fate (ask, paper, states[outcome]);
}
