/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A platform's office in the same process, whose answers come when a test wants them. */
#include "fake-office.h"

#include <string.h>

#include "platform/document-seal.h"

typedef struct
{
  GTask *task;
  FakePaper *paper;
} Waiting;

struct _FakeOffice
{
  GObject parent_instance;
  GPtrArray *papers;
  GArray *waiting;
  guint visit, reports;
  gboolean held, deaf;
};

static void implement_source (JuminDocumentSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeOffice, fake_office, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_DOCUMENT_SOURCE, implement_source))

static void
paper_free (gpointer data)
{
  FakePaper *paper = data;

  jumin_document_free (paper->document);
  g_free (paper->id_number);
  g_free (paper);
}

GBytes *
fake_sheet_new (const char *id_number, const char *request, const char *kind)
{
  char *text = g_strdup_printf ("%%PDF-1.4\n%s\n%s\n%s\n%%%%EOF\n", id_number, request, kind);

  return g_bytes_new_take (text, strlen (text));
}

/* Every byte of it. */
gboolean
fake_sheet_is (GBytes *pdf, const char *id_number, const char *request, const char *kind)
{
  g_autoptr (GBytes) own = fake_sheet_new (id_number, request, kind);

  return g_bytes_equal (pdf, own);
}

static int
count_printed (FakeOffice *self, const char *id_number, const char *kind)
{
  int printed = 0;

  for (guint i = 0; i < self->papers->len; i++)
    {
      const FakePaper *paper = self->papers->pdata[i];

      if (strcmp (paper->id_number, id_number) == 0 && strcmp (paper->document->kind, kind) == 0)
        printed += paper->printed;
    }
  return printed;
}

static FakePaper *
find_paper (FakeOffice *self, const char *request)
{
  for (guint i = 0; i < self->papers->len; i++)
    if (strcmp (((FakePaper *)self->papers->pdata[i])->document->request, request) == 0)
      return self->papers->pdata[i];
  return NULL;
}

static FakePaper *
find_number (FakeOffice *self, const char *number)
{
  for (guint i = 0; i < self->papers->len; i++)
    if (strcmp (((FakePaper *)self->papers->pdata[i])->document->number, number) == 0)
      return self->papers->pdata[i];
  return NULL;
}

static void
void_open (FakeOffice *self, const char *id_number, const char *kind)
{
  for (guint i = 0; i < self->papers->len; i++)
    {
      FakePaper *paper = self->papers->pdata[i];

      if (paper->state == JUMIN_DOCUMENT_OPEN && strcmp (paper->id_number, id_number) == 0
          && strcmp (paper->document->kind, kind) == 0)
        paper->state = JUMIN_DOCUMENT_VOID;
    }
}

static JuminDocument *
make_document (FakeOffice *self, const JuminDocumentOrder *order, int copies)
{
  JuminDocument *document = jumin_document_new ();
  const char *id_number = jumin_identity_get_number (order->holder);

  document->number = g_strdup_printf ("GJJ-20261121-%06u", self->papers->len + 1);
  document->kind = g_strdup (order->kind);
  document->request = g_strdup (order->request);
  document->replaces = g_strdup (order->replaces);
  document->owner = jumin_document_dup_owner (order->request, id_number, NULL);
  document->copies = copies;
  document->pages = FAKE_OFFICE_PAGES;
  document->pdf = fake_sheet_new (id_number, order->request, order->kind);
  jumin_document_add_digests (document, NULL);
  return document;
}

static FakePaper *
make_paper (FakeOffice *self, const JuminDocumentOrder *order)
{
  const char *id_number = jumin_identity_get_number (order->holder);
  FakePaper *paper = find_paper (self, order->request);
  int copies = FAKE_OFFICE_COPIES - count_printed (self, id_number, order->kind);

  if (paper != NULL)
    return paper->state == JUMIN_DOCUMENT_OPEN ? paper : NULL;
  for (guint i = 0; i < self->papers->len; i++)
    {
      const FakePaper *other = self->papers->pdata[i];

      if (other->state == JUMIN_DOCUMENT_HELD && strcmp (other->id_number, id_number) == 0
          && strcmp (other->document->kind, order->kind) == 0)
        return NULL;
    }
  if (copies < 1)
    return NULL;
  void_open (self, id_number, order->kind);
  paper = g_new0 (FakePaper, 1);
  paper->document = make_document (self, order, copies);
  paper->id_number = g_strdup (id_number);
  paper->visit = self->visit;
  g_ptr_array_add (self->papers, paper);
  return paper;
}

static void
list_async (JuminDocumentSource *source, JuminIdentity *holder, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer data)
{
  FakeOffice *self = FAKE_OFFICE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  JuminEntitlements *list = jumin_entitlements_new ();
  JuminEntitlement *entitlement = g_new0 (JuminEntitlement, 1);

  entitlement->kind = g_strdup ("fund-deposit");
  entitlement->pages = FAKE_OFFICE_PAGES;
  entitlement->copies = FAKE_OFFICE_COPIES
                        - count_printed (self, jumin_identity_get_number (holder), "fund-deposit");
  g_ptr_array_add (list->list, entitlement);
  g_task_return_pointer (task, list, (GDestroyNotify)jumin_entitlements_free);
}

static void
fetch_async (JuminDocumentSource *source, const JuminDocumentOrder *order,
             GAsyncReadyCallback callback, gpointer data)
{
  FakeOffice *self = FAKE_OFFICE (source);
  GTask *task = g_task_new (self, NULL, callback, data);
  Waiting waiting = { task, make_paper (self, order) };

  if (waiting.paper == NULL)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED,
                               "No such paper for this person");
      g_object_unref (task);
      return;
    }
  g_array_append_val (self->waiting, waiting);
  if (!self->held)
    fake_office_deliver (self, self->waiting->len - 1,
                         jumin_document_copy (waiting.paper->document), NULL);
}

static gboolean
may_become (const FakePaper *paper, const JuminPrintReport *report)
{
  if (paper->settled && paper->outcome == report->outcome)
    return report->outcome != JUMIN_OUTCOME_PRINTED || paper->printed == report->copies;
  return paper->state == JUMIN_DOCUMENT_OPEN || paper->state == JUMIN_DOCUMENT_HELD;
}

static JuminDocumentFate *
settle (FakePaper *paper, const JuminPrintReport *report)
{
  static const JuminDocumentState states[]
      = { JUMIN_DOCUMENT_PRINTED, JUMIN_DOCUMENT_VOID, JUMIN_DOCUMENT_OPEN, JUMIN_DOCUMENT_HELD };
  JuminDocumentFate *fate = g_new0 (JuminDocumentFate, 1);

  paper->settled = TRUE;
  paper->outcome = report->outcome;
  paper->state = states[report->outcome];
  paper->printed = report->outcome == JUMIN_OUTCOME_PRINTED ? report->copies : 0;
  fate->number = g_strdup (report->number);
  fate->state = paper->state;
  fate->replacement = report->outcome == JUMIN_OUTCOME_PARTLY && paper->document->replaces == NULL;
  return fate;
}

static void
report_async (JuminDocumentSource *source, const JuminPrintReport *report,
              GAsyncReadyCallback callback, gpointer data)
{
  FakeOffice *self = FAKE_OFFICE (source);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  FakePaper *paper = find_number (self, report->number);

  if (self->deaf)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "Nobody hears");
      return;
    }
  self->reports++;
  if (paper == NULL || strcmp (paper->document->request, report->request) != 0)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED, "No such paper");
  else if (!may_become (paper, report))
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_OUTCOME_SETTLED,
                             "It was told otherwise before");
  else
    g_task_return_pointer (task, settle (paper, report), (GDestroyNotify)jumin_document_fate_free);
}

static void
implement_source (JuminDocumentSourceInterface *iface)
{
  iface->list_async = list_async;
  iface->fetch_async = fetch_async;
  iface->report_async = report_async;
}

/**
 * fake_office_deliver:
 * @index: of what waits
 * @document: (transfer full) (nullable): the answer
 * @error: (transfer full) (nullable): or why there is none
 */
void
fake_office_deliver (FakeOffice *self, guint index, JuminDocument *document, GError *error)
{
  g_autoptr (GTask) task = g_array_index (self->waiting, Waiting, index).task;

  g_array_remove_index (self->waiting, index);
  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify)jumin_document_free);
  else
    g_task_return_error (task, error);
}

guint
fake_office_count_waiting (FakeOffice *self)
{
  return self->waiting->len;
}

const FakePaper *
fake_office_get_waiting (FakeOffice *self, guint index)
{
  return g_array_index (self->waiting, Waiting, index).paper;
}

void
fake_office_set_visit (FakeOffice *self, guint visit)
{
  self->visit = visit;
}

void
fake_office_hold (FakeOffice *self, gboolean held)
{
  self->held = held;
}

void
fake_office_set_deaf (FakeOffice *self, gboolean deaf)
{
  self->deaf = deaf;
}

guint
fake_office_count_reports (FakeOffice *self)
{
  return self->reports;
}

GPtrArray *
fake_office_get_papers (FakeOffice *self)
{
  return self->papers;
}

static void
fake_office_finalize (GObject *object)
{
  FakeOffice *self = FAKE_OFFICE (object);

  g_ptr_array_unref (self->papers);
  g_array_unref (self->waiting);
  G_OBJECT_CLASS (fake_office_parent_class)->finalize (object);
}

static void
fake_office_class_init (FakeOfficeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_office_finalize;
}

static void
fake_office_init (FakeOffice *self)
{
  self->papers = g_ptr_array_new_with_free_func (paper_free);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
}

FakeOffice *
fake_office_new (void)
{
  return g_object_new (FAKE_TYPE_OFFICE, NULL);
}
