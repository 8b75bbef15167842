/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers from the platform: asked for, read strictly, verified, and only then handed on. The PDF is
 * never in a second copy: its base64 is freed with the answer, which is wiped. */
#include "platform/documents-client.h"

#include <string.h>

#include "model/error.h"
#include "model/mask.h"
#include "platform/document-seal.h"
#include "platform/hall-client-private.h"

enum
{
  NUMBER_MAX = 20,
  UUID_LENGTH = 36,
  SIGNATURE_MAX = 102,
  BASE64_MIN = 64,
  BASE64_MAX = 960000,
  BASE64_PADDING_MAX = 2
};

#define NUMBER "^[A-Z]{2,4}-[0-9]{8}-[0-9]{6}$"
#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

struct _JuminDocumentsClient
{
  GObject parent_instance;
  JuminHallClient *hall;
  GPtrArray *keys;
  char *terminal;
};

static JuminEntitlement *
read_entitlement (const JuminJson *place)
{
  JuminEntitlement *entitlement = g_new0 (JuminEntitlement, 1);
  JuminJson reason = jumin_json_member (place, "reason");

  entitlement->kind = jumin_json_dup_id (place, "kind");
  jumin_json_read_text (place, "title", &entitlement->title);
  entitlement->copies = (int)jumin_json_get_integer (place, "copies", 0, JUMIN_DOCUMENT_COPIES_MAX);
  entitlement->pages = (int)jumin_json_get_integer (place, "pages", 1, JUMIN_DOCUMENT_PAGES_MAX);
  if (entitlement->copies == 0)
    jumin_json_read_text (place, "reason", &entitlement->reason);
  else if (!cJSON_IsNull (reason.value))
    jumin_json_fail (&reason, "there are copies");
  else
    jumin_text_set (&entitlement->reason, "", "");
  return entitlement;
}

static gpointer
read_entitlements (const JuminJson *root)
{
  JuminEntitlements *self = jumin_entitlements_new ();
  JuminJson place = jumin_json_array (root, "entitlements", JUMIN_ENTITLEMENTS_MAX),
            element = { NULL };

  self->as_of = jumin_json_get_time (root, "as_of");
  while (jumin_json_next (&place, &element))
    {
      JuminEntitlement *entitlement = read_entitlement (&element);

      if (jumin_entitlements_find (self, entitlement->kind) != NULL)
        jumin_json_fail (&element, "a kind stands here twice");
      g_ptr_array_add (self->list, entitlement);
    }
  return self;
}

static void
read_pdf (const JuminJson *root, JuminDocument *document)
{
  JuminJson place = jumin_json_member (root, "pdf");
  const char *text = jumin_json_get_string (root, "pdf", BASE64_MAX);
  gsize digits = strspn (text, BASE64), padding = strspn (text + digits, "=");
  gsize length = 0;
  guchar *bytes = NULL;

  if (digits < BASE64_MIN || padding > BASE64_PADDING_MAX || text[digits + padding] != '\0'
      || (digits + padding) % 4 != 0)
    jumin_json_fail (&place, "not base64");
  else
    bytes = g_base64_decode (text, &length);
  jumin_document_take_pdf (document, bytes, length);
}

static gpointer
read_paper (const JuminJson *root)
{
  JuminDocument *document = jumin_document_new ();

  document->number = jumin_json_dup_match (root, "number", NUMBER, NUMBER_MAX);
  document->kind = jumin_json_dup_id (root, "kind");
  jumin_json_read_text (root, "title", &document->title);
  document->owner = jumin_json_dup_match (root, "owner", JUMIN_PATTERN_DIGEST, JUMIN_SM3_LENGTH);
  document->request = jumin_json_dup_match (root, "request", JUMIN_PATTERN_UUID, UUID_LENGTH);
  document->issued_at = jumin_json_get_time (root, "issued_at");
  document->copies = (int)jumin_json_get_integer (root, "copies", 1, JUMIN_DOCUMENT_COPIES_MAX);
  document->pages = (int)jumin_json_get_integer (root, "pages", 1, JUMIN_DOCUMENT_PAGES_MAX);
  document->replaces
      = g_strdup (jumin_json_get_match_or (root, "replaces", NUMBER, NUMBER_MAX, NULL));
  document->sm3 = jumin_json_dup_match (root, "sm3", JUMIN_PATTERN_DIGEST, JUMIN_SM3_LENGTH);
  document->sha256 = jumin_json_dup_match (root, "sha256", JUMIN_PATTERN_DIGEST, JUMIN_SM3_LENGTH);
  document->signature
      = jumin_json_dup_match (root, "signature", JUMIN_PATTERN_SIGNATURE, SIGNATURE_MAX);
  document->verification = jumin_json_dup_match (root, "verification", "^JUMIN-DOC/1 [!-~ ]+$",
                                                 JUMIN_VERIFICATION_MAX);
  read_pdf (root, document);
  return document;
}

static gpointer
read_fate (const JuminJson *root)
{
  static const char *const states[] = {
    [JUMIN_DOCUMENT_OPEN] = "open",
    [JUMIN_DOCUMENT_PRINTED] = "printed",
    [JUMIN_DOCUMENT_HELD] = "held",
    [JUMIN_DOCUMENT_VOID] = "void",
    NULL,
  };
  JuminDocumentFate *fate = g_new0 (JuminDocumentFate, 1);

  fate->number = jumin_json_dup_match (root, "number", NUMBER, NUMBER_MAX);
  fate->state = (JuminDocumentState)jumin_json_get_choice (root, "state", states);
  fate->replacement = jumin_json_get_boolean (root, "replacement");
  return fate;
}

static const JuminOperation list = { "POST", "/documents/entitlements", read_entitlements,
                                     (GDestroyNotify)jumin_entitlements_free, 1 };
static const JuminOperation fetch
    = { "POST", "/documents", read_paper, (GDestroyNotify)jumin_document_free, 2 };
static const JuminOperation report_outcome
    = { "POST", "/documents/outcome", read_fate, (GDestroyNotify)jumin_document_fate_free, 2 };

/* What was asked for, until it comes. */
typedef struct
{
  char *request, *kind, *replaces;
  JuminIdentity *holder;
} Asked;

static void
asked_free (Asked *asked)
{
  g_free (asked->request);
  g_free (asked->kind);
  g_free (asked->replaces);
  jumin_identity_unref (asked->holder);
  g_free (asked);
}

/* Returns: what is not as it was asked; %NULL: nothing */
static const char *
find_foreign (const JuminDocument *document, const Asked *asked, const char *owner,
              const JuminVerification *verification)
{
  g_autofree char *masked = jumin_identity_dup_masked_number (asked->holder);

  if (strcmp (document->request, asked->request) != 0)
    return "request";
  if (strcmp (document->owner, owner) != 0 || strcmp (verification->owner, masked) != 0)
    return "owner";
  if (strcmp (document->kind, asked->kind) != 0)
    return "kind";
  return g_strcmp0 (document->replaces, asked->replaces) != 0 ? "replaced number" : NULL;
}

/* Whose it is is asked last, of what the platform did sign: then it is no accident of the line. */
static gboolean
check (JuminDocumentsClient *self, const JuminDocument *document, const Asked *asked,
       GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *owner
      = jumin_document_dup_owner (asked->request, jumin_identity_get_number (asked->holder), error);
  g_autoptr (JuminVerification) verification = NULL;
  const char *foreign;

  if (owner == NULL)
    return FALSE;
  if (jumin_document_verify (document, self->terminal, self->keys, &wrong))
    verification = jumin_verification_read (document->verification, self->keys, &wrong);
  if (verification == NULL)
    {
      g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_SPOILT,
                   "Taking a paper '%s' failed: %s", asked->kind, wrong->message);
      return FALSE;
    }
  foreign = find_foreign (document, asked, owner, verification);
  if (foreign != NULL)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN,
                 "Taking a paper '%s' failed: it has another %s than the one asked for",
                 asked->kind, foreign);
  return foreign == NULL;
}

static void
on_fetched (GObject *hall, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (JuminDocument) document = NULL;
  GError *error = NULL;

  document = g_task_propagate_pointer (G_TASK (result), &error);
  if (document != NULL
      && check (g_task_get_source_object (task), document, g_task_get_task_data (task), &error))
    g_task_return_pointer (task, g_steal_pointer (&document), (GDestroyNotify)jumin_document_free);
  else
    g_task_return_error (task, error);
}

static void
fetch_async (JuminDocumentSource *source, const JuminDocumentOrder *order,
             GAsyncReadyCallback callback, gpointer data)
{
  JuminDocumentsClient *self = JUMIN_DOCUMENTS_CLIENT (source);
  GTask *task = g_task_new (self, NULL, callback, data);
  Asked *asked = g_new0 (Asked, 1);
  cJSON *body = cJSON_CreateObject ();

  g_task_set_source_tag (task, fetch_async);
  *asked = (Asked){ g_strdup (order->request), g_strdup (order->kind), g_strdup (order->replaces),
                    jumin_identity_ref (order->holder) };
  g_task_set_task_data (task, asked, (GDestroyNotify)asked_free);
  cJSON_AddStringToObject (body, "id_number", jumin_identity_get_number (order->holder));
  cJSON_AddStringToObject (body, "kind", order->kind);
  jumin_json_add_nullable (body, "replaces", order->replaces);
  jumin_hall_client_run (self->hall, &fetch, order->request, body, NULL, on_fetched, task);
}

static void
list_async (JuminDocumentSource *source, JuminIdentity *holder, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer data)
{
  JuminDocumentsClient *self = JUMIN_DOCUMENTS_CLIENT (source);
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "id_number", jumin_identity_get_number (holder));
  jumin_hall_client_run_for (self->hall, self, &list, NULL, body, cancellable, callback, data);
}

static void
report_async (JuminDocumentSource *source, const JuminPrintReport *report,
              GAsyncReadyCallback callback, gpointer data)
{
  JuminDocumentsClient *self = JUMIN_DOCUMENTS_CLIENT (source);
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "number", report->number);
  cJSON_AddStringToObject (body, "request", report->request);
  cJSON_AddStringToObject (body, "outcome", jumin_outcome_get_word (report->outcome));
  cJSON_AddNumberToObject (body, "copies", report->copies);
  cJSON_AddNumberToObject (body, "pages", report->pages);
  jumin_hall_client_run_for (self->hall, self, &report_outcome, NULL, body, NULL, callback, data);
}

static void
implement_source (JuminDocumentSourceInterface *iface)
{
  iface->list_async = list_async;
  iface->fetch_async = fetch_async;
  iface->report_async = report_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminDocumentsClient, jumin_documents_client, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_DOCUMENT_SOURCE, implement_source))

static void
jumin_documents_client_finalize (GObject *object)
{
  JuminDocumentsClient *self = JUMIN_DOCUMENTS_CLIENT (object);

  g_clear_object (&self->hall);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->terminal);
  G_OBJECT_CLASS (jumin_documents_client_parent_class)->finalize (object);
}

static void
jumin_documents_client_class_init (JuminDocumentsClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_documents_client_finalize;
}

static void
jumin_documents_client_init (JuminDocumentsClient *self)
{
}

/**
 * jumin_documents_client_new:
 * @terminal: this machine's name at the platform
 * @reply_key_file: PEM, the platform's SM2 public key and the next one
 *
 * Errors: those of jumin_sm2_load_public_keys().
 *
 * Returns: (transfer full): the operations about papers
 */
JuminDocumentsClient *
jumin_documents_client_new (JuminHallClient *hall, const char *terminal, const char *reply_key_file,
                            GError **error)
{
  g_autoptr (GPtrArray) keys = jumin_sm2_load_public_keys (reply_key_file, error);
  JuminDocumentsClient *self;

  if (keys == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_DOCUMENTS_CLIENT, NULL);
  self->hall = g_object_ref (hall);
  self->keys = g_steal_pointer (&keys);
  self->terminal = g_strdup (terminal);
  return self;
}
