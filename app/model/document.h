/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/record.h"

G_BEGIN_DECLS

/* Papers that the platform makes: who can have which, the finished paper, what came of it. Plain
 * values, owned by whoever holds them; times are Unix seconds of the platform's clock. */
enum
{
  JUMIN_ENTITLEMENTS_MAX = 16,
  JUMIN_DOCUMENT_COPIES_MAX = 9,
  JUMIN_DOCUMENT_PAGES_MAX = 20,
  JUMIN_DOCUMENT_BYTES_MAX = 720000
};

/**
 * JuminEntitlement:
 * @kind: "fund-deposit", as the catalogue names it
 * @copies: how often the person can have it now
 * @pages: of one copy
 * @reason: why not; empty while there are copies
 */
typedef struct
{
  char *kind;
  JuminText title, reason;
  int copies, pages;
} JuminEntitlement;

/**
 * JuminEntitlements:
 * @list: (element-type JuminEntitlement)
 */
typedef struct
{
  gint64 as_of;
  GPtrArray *list;
} JuminEntitlements;

/**
 * JuminDocument:
 * @number: the platform's, on the paper too
 * @owner: whose it is (jumin_document_dup_owner())
 * @request: the UUID that it was asked for with
 * @replaces: (nullable): a void number that it stands for
 * @sm3, @sha256: of @pdf, lower-case hexadecimal
 * @signature: of all this (jumin_document_verify())
 * @verification: what the code on the paper says
 * @copies: so many of it may be printed
 * @pdf: at most %JUMIN_DOCUMENT_BYTES_MAX; overwritten when it is freed
 */
typedef struct
{
  char *number, *kind, *owner, *request, *replaces, *sm3, *sha256, *signature, *verification;
  JuminText title;
  gint64 issued_at;
  int copies, pages;
  GBytes *pdf;
} JuminDocument;

typedef enum
{
  JUMIN_OUTCOME_PRINTED,
  JUMIN_OUTCOME_PARTLY, /* the number is void */
  JUMIN_OUTCOME_FAILED, /* nothing came out */
  JUMIN_OUTCOME_UNKNOWN
} JuminOutcome;

/**
 * JuminPrintReport:
 * @copies: that came out whole
 * @pages: of the copy that did not
 */
typedef struct
{
  const char *number, *request;
  JuminOutcome outcome;
  int copies, pages;
} JuminPrintReport;

typedef enum
{
  JUMIN_DOCUMENT_OPEN, /* may be printed */
  JUMIN_DOCUMENT_PRINTED,
  JUMIN_DOCUMENT_HELD, /* until somebody knows what became of it */
  JUMIN_DOCUMENT_VOID
} JuminDocumentState;

/**
 * JuminDocumentFate:
 * @replacement: it is void, and another one can be fetched for it
 */
typedef struct
{
  char *number;
  JuminDocumentState state;
  gboolean replacement;
} JuminDocumentFate;

JuminEntitlements *jumin_entitlements_new (void);
void jumin_entitlements_free (JuminEntitlements *self);
const JuminEntitlement *jumin_entitlements_find (const JuminEntitlements *self, const char *kind);

JuminDocument *jumin_document_new (void);
JuminDocument *jumin_document_copy (const JuminDocument *document);
void jumin_document_free (JuminDocument *self);
void jumin_document_take_pdf (JuminDocument *self, void *bytes, gsize length);
void jumin_document_fate_free (JuminDocumentFate *self);
const char *jumin_outcome_get_word (JuminOutcome outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminEntitlements, jumin_entitlements_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminDocument, jumin_document_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminDocumentFate, jumin_document_fate_free)

G_END_DECLS
