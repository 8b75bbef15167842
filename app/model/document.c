/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of papers. The bytes of a paper are shared by its copies and overwritten with the last. */
#include "model/document.h"

#include <string.h>

static void
entitlement_free (JuminEntitlement *self)
{
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->reason);
  g_free (self->kind);
  g_free (self);
}

JuminEntitlements *
jumin_entitlements_new (void)
{
  JuminEntitlements *self = g_new0 (JuminEntitlements, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)entitlement_free);
  return self;
}

void
jumin_entitlements_free (JuminEntitlements *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

/* Returns: (transfer none) (nullable) */
const JuminEntitlement *
jumin_entitlements_find (const JuminEntitlements *self, const char *kind)
{
  for (guint i = 0; i < self->list->len; i++)
    if (strcmp (((JuminEntitlement *)self->list->pdata[i])->kind, kind) == 0)
      return self->list->pdata[i];
  return NULL;
}

typedef struct
{
  void *bytes;
  gsize length;
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  if (secret->length > 0)
    explicit_bzero (secret->bytes, secret->length);
  g_free (secret->bytes);
  g_free (secret);
}

JuminDocument *
jumin_document_new (void)
{
  return g_new0 (JuminDocument, 1);
}

/**
 * jumin_document_take_pdf:
 * @bytes: (transfer full): the paper
 */
void
jumin_document_take_pdf (JuminDocument *self, void *bytes, gsize length)
{
  Secret *secret = g_new (Secret, 1);

  *secret = (Secret){ bytes, length };
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_bytes_new_with_free_func (bytes, length, secret_free, secret);
}

JuminDocument *
jumin_document_copy (const JuminDocument *document)
{
  JuminDocument *self = g_memdup2 (document, sizeof *document);

  self->number = g_strdup (document->number);
  self->kind = g_strdup (document->kind);
  self->owner = g_strdup (document->owner);
  self->request = g_strdup (document->request);
  self->replaces = g_strdup (document->replaces);
  self->sm3 = g_strdup (document->sm3);
  self->sha256 = g_strdup (document->sha256);
  self->signature = g_strdup (document->signature);
  self->verification = g_strdup (document->verification);
  self->title = (JuminText){ g_strdup (document->title.zh), g_strdup (document->title.en) };
  self->pdf = document->pdf != NULL ? g_bytes_ref (document->pdf) : NULL;
  return self;
}

void
jumin_document_free (JuminDocument *self)
{
  g_free (self->number);
  g_free (self->kind);
  g_free (self->owner);
  g_free (self->request);
  g_free (self->replaces);
  g_free (self->sm3);
  g_free (self->sha256);
  g_free (self->signature);
  g_free (self->verification);
  jumin_text_clear (&self->title);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self);
}

void
jumin_document_fate_free (JuminDocumentFate *self)
{
  g_free (self->number);
  g_free (self);
}

/* Returns: (transfer none): @outcome as the platform and the audit log write it */
const char *
jumin_outcome_get_word (JuminOutcome outcome)
{
  static const char *const words[] = {
    [JUMIN_OUTCOME_PRINTED] = "printed",
    [JUMIN_OUTCOME_PARTLY] = "partly",
    [JUMIN_OUTCOME_FAILED] = "failed",
    [JUMIN_OUTCOME_UNKNOWN] = "unknown",
  };

  return words[outcome];
}
