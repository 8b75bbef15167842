/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of papers (data/platform-api.yaml, /documents). An entitlement is one paper times
 * its copies, a day; what comes of a paper is told by whoever printed it. */
#include "sandbox/paper-operations.h"

#include <string.h>

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
#define UUID "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

static cJSON *
refuse (guint code, const char *name, const char *message, guint *status)
{
  *status = code;
  return jumin_answer_error (name, message);
}

static int
get_day (const JuminPlatform *platform)
{
  return jumin_book_get_day (jumin_clock_get_wall (platform->clock),
                             platform->city->utc_offset_min);
}

static JuminBook *
open_book (const JuminPlatform *platform, const char *id_number)
{
  return jumin_book_new (jumin_city_find_number (platform->city, id_number), get_day (platform));
}

/* Returns: how many copies there are; 0 with the reason */
static int
count_copies (const JuminPlatform *platform, const JuminPaperKind *kind, const JuminBook *book,
              const char **zh, const char **en)
{
  JuminPaperSums sums = { 0 };

  *zh = jumin_paper_kind_refuse (kind, book, en);
  if (*zh != NULL)
    return 0;
  sums = jumin_paper_ledger_sum (platform->store, book->resident->id_number, kind->kind,
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
describe_kind (const JuminPlatform *platform, const JuminPaperKind *kind, const JuminBook *book)
{
  cJSON *object = cJSON_CreateObject (), *title, *reason;
  const char *zh, *en = "";

  cJSON_AddStringToObject (object, "kind", kind->kind);
  title = cJSON_AddObjectToObject (object, "title");
  cJSON_AddStringToObject (title, "zh", kind->zh);
  cJSON_AddStringToObject (title, "en", kind->en);
  cJSON_AddNumberToObject (object, "copies", count_copies (platform, kind, book, &zh, &en));
  cJSON_AddNumberToObject (object, "pages", jumin_paper_kind_count_pages (kind, book));
  if (zh == NULL)
    cJSON_AddNullToObject (object, "reason");
  else
    {
      reason = cJSON_AddObjectToObject (object, "reason");
      cJSON_AddStringToObject (reason, "zh", zh);
      cJSON_AddStringToObject (reason, "en", en);
    }
  return object;
}

cJSON *
jumin_operation_get_entitlements (const JuminPlatform *platform, const JuminJson *body,
                                  const char *key, guint *status)
{
  static const char *const keys[] = { "id_number", NULL };
  const char *id_number = jumin_operation_read_person (body);
  gsize n;
  const JuminPaperKind *kinds = jumin_paper_kinds_get (&n);
  g_autoptr (JuminBook) book = NULL;
  cJSON *answer, *list;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  book = open_book (platform, id_number);
  answer = cJSON_CreateObject ();
  cJSON_AddNumberToObject (answer, "as_of", (double)jumin_clock_get_wall (platform->clock));
  list = cJSON_AddArrayToObject (answer, "entitlements");
  for (gsize i = 0; i < n; i++)
    cJSON_AddItemToArray (list, describe_kind (platform, &kinds[i], book));
  return answer;
}

/* Returns: whether @number is this person's and void, and another paper may stand for it */
static gboolean
may_replace (const JuminPlatform *platform, const char *number, const char *id_number,
             const char *kind)
{
  g_autoptr (JuminStoredPaper) paper = jumin_paper_ledger_find_number (platform->store, number);

  return paper != NULL && strcmp (paper->id_number, id_number) == 0
         && strcmp (paper->kind, kind) == 0 && paper->state == JUMIN_DOCUMENT_VOID
         && strcmp (paper->outcome, "partly") == 0 && *paper->replaces == '\0'
         && !jumin_paper_ledger_is_replaced (platform->store, number);
}

/* The paper of somebody else, where that is what goes wrong. */
static const JuminCityResident *
find_other (const JuminPlatform *platform, const JuminBook *book)
{
  for (guint i = 0; i < platform->city->residents->len; i++)
    {
      const JuminCityResident *other = platform->city->residents->pdata[i];

      if (*other->fund != '\0' && other != book->resident)
        return other;
    }
  return book->resident;
}

static cJSON *
answer_paper (const JuminPlatform *platform, const JuminStoredPaper *paper, const JuminBook *book)
{
  g_autoptr (JuminBook) other = NULL;

  if (platform->paper_fault != JUMIN_PAPER_FAULT_OWNER)
    return jumin_paper_make (paper, book, platform->gate, platform->paper_fault);
  other = jumin_book_new (find_other (platform, book), book->today);
  return jumin_paper_make (paper, other, platform->gate, platform->paper_fault);
}

static cJSON *
make_new (const JuminPlatform *platform, const JuminPaperKind *kind, const JuminBook *book,
          const char *request, const char *replaces, guint *status)
{
  g_autoptr (JuminStoredPaper) paper = g_new0 (JuminStoredPaper, 1);
  const char *zh, *en = "";

  paper->copies = count_copies (platform, kind, book, &zh, &en);
  if (zh != NULL)
    return refuse (422, "not_entitled", en, status);
  if (*replaces != '\0' && !may_replace (platform, replaces, book->resident->id_number, kind->kind))
    return refuse (422, "not_entitled", "The number cannot be replaced", status);
  paper->issued_at = jumin_clock_get_wall (platform->clock);
  paper->day = book->today;
  paper->request = g_strdup (request);
  paper->terminal = g_strdup (platform->terminal);
  paper->id_number = g_strdup (book->resident->id_number);
  paper->kind = g_strdup (kind->kind);
  paper->replaces = g_strdup (replaces);
  if (!jumin_paper_ledger_add (platform->store, kind->prefix, paper))
    return refuse (500, "internal", "The ledger does not take it", status);
  paper->code = jumin_paper_dup_code (paper, book, platform->gate);
  jumin_paper_ledger_keep_code (platform->store, paper);
  *status = 201;
  return answer_paper (platform, paper, book);
}

static const char *
read_replaces (const JuminJson *body)
{
  JuminJson place = jumin_json_member (body, "replaces");

  if (place.value == NULL)
    jumin_json_fail (&place, "missing");
  return jumin_json_is_null (&place) ? ""
                                     : jumin_json_get_match (body, "replaces", NUMBER, NUMBER_MAX);
}

cJSON *
jumin_operation_fetch_paper (const JuminPlatform *platform, const JuminJson *body, const char *key,
                             guint *status)
{
  static const char *const keys[] = { "id_number", "kind", "replaces", NULL };
  const char *id_number = jumin_operation_read_person (body), *replaces = read_replaces (body);
  g_autofree char *kind = jumin_json_dup_id (body, "kind");
  g_autoptr (JuminStoredPaper) given = NULL;
  g_autoptr (JuminBook) book = NULL;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  book = open_book (platform, id_number);
  given = jumin_paper_ledger_find_request (platform->store, key);
  if (given != NULL
      && (strcmp (given->id_number, id_number) != 0 || strcmp (given->kind, kind) != 0
          || strcmp (given->replaces, replaces) != 0
          || strcmp (given->terminal, platform->terminal) != 0))
    return refuse (422, "key_reused", "The key came with another order before", status);
  if (given != NULL && given->state == JUMIN_DOCUMENT_OPEN)
    return answer_paper (platform, given, book);
  if (given != NULL || book == NULL || jumin_paper_kind_find (kind) == NULL)
    return refuse (422, "not_entitled", "This person cannot have this paper now", status);
  return make_new (platform, jumin_paper_kind_find (kind), book, key, replaces, status);
}

static cJSON *
describe_fate (const JuminPlatform *platform, const JuminStoredPaper *paper,
               JuminDocumentState state)
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
                         may_replace (platform, paper->number, paper->id_number, paper->kind));
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
jumin_operation_report_outcome (const JuminPlatform *platform, const JuminJson *body,
                                const char *key, guint *status)
{
  static const char *const keys[] = { "number", "request", "outcome", "copies", "pages", NULL };
  static const char *const outcomes[] = { "printed", "partly", "failed", "unknown", NULL };
  static const JuminDocumentState states[]
      = { JUMIN_DOCUMENT_PRINTED, JUMIN_DOCUMENT_VOID, JUMIN_DOCUMENT_OPEN, JUMIN_DOCUMENT_HELD };
  const char *number = jumin_json_get_match (body, "number", NUMBER, NUMBER_MAX);
  const char *request = jumin_json_get_match (body, "request", UUID, UUID_LENGTH);
  guint outcome = jumin_json_get_choice (body, "outcome", outcomes);
  int copies = (int)jumin_json_get_integer (body, "copies", 0, COPIES_MAX);
  g_autoptr (JuminStoredPaper) paper = NULL;

  jumin_json_get_integer (body, "pages", 0, PAGES_MAX);
  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  paper = jumin_paper_ledger_find_number (platform->store, number);
  if (paper == NULL || strcmp (paper->request, request) != 0)
    return refuse (404, "not_found", "There is no such paper", status);
  if (!may_become (paper, outcomes[outcome], copies) || copies > paper->copies)
    return refuse (409, "outcome_settled", "Another outcome was told before", status);
  if (!jumin_paper_ledger_settle (platform->store, paper->id, states[outcome], outcomes[outcome],
                                  states[outcome] == JUMIN_DOCUMENT_PRINTED ? copies : 0))
    return refuse (500, "internal", "The ledger does not take it", status);
  return describe_fate (platform, paper, states[outcome]);
}
