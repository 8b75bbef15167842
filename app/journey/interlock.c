/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a paper is that of whoever is here. It reads what it is given and nothing else; it knows
 * no settings, and there is no way around it. Each row is a check of its own, so that a paper that
 * is wrong in one way alone is found. */
#include "journey/interlock.h"

#include <string.h>

#include "platform/document-seal.h"

typedef struct
{
  const JuminPaperTurn *turn;
  JuminIdentity *holder;
  const JuminDocument *document;
  const JuminDocumentDigests *of_pdf; /* %NULL when they could not be had */
} Question;

static gboolean
has_holder (const Question *question)
{
  return strcmp (jumin_identity_get_number (question->holder),
                 jumin_identity_get_number (question->turn->holder))
         == 0;
}

static gboolean
has_request (const Question *question)
{
  return g_strcmp0 (question->document->request, question->turn->request) == 0;
}

static gboolean
has_owner (const Question *question)
{
  g_autofree char *owner = jumin_document_dup_owner (
      question->turn->request, jumin_identity_get_number (question->turn->holder), NULL);

  return owner != NULL && g_strcmp0 (question->document->owner, owner) == 0;
}

static gboolean
has_kind (const Question *question)
{
  return g_strcmp0 (question->document->kind, question->turn->kind) == 0
         && g_strcmp0 (question->document->replaces, question->turn->replaces) == 0;
}

static gboolean
has_number (const Question *question)
{
  return question->turn->number != NULL
         && g_strcmp0 (question->document->number, question->turn->number) == 0
         && question->document->copies == question->turn->copies
         && question->document->pages == question->turn->pages;
}

static gboolean
has_digests (const Question *question)
{
  const JuminDocumentDigests *of_pdf = question->of_pdf;

  return of_pdf != NULL && g_strcmp0 (question->document->sm3, of_pdf->sm3) == 0
         && g_strcmp0 (question->document->sha256, of_pdf->sha256) == 0;
}

static gboolean
has_bytes (const Question *question)
{
  return question->of_pdf != NULL && g_strcmp0 (question->turn->sm3, question->of_pdf->sm3) == 0;
}

static const struct
{
  JuminInterlockFaults fault;
  const char *word;
  gboolean (*holds) (const Question *question);
} checks[] = {
  { JUMIN_INTERLOCK_HOLDER, "holder", has_holder },
  { JUMIN_INTERLOCK_REQUEST, "request", has_request },
  { JUMIN_INTERLOCK_OWNER, "owner", has_owner },
  { JUMIN_INTERLOCK_KIND, "kind", has_kind },
  { JUMIN_INTERLOCK_NUMBER, "number", has_number },
  { JUMIN_INTERLOCK_DIGEST, "digest", has_digests },
  { JUMIN_INTERLOCK_BYTES, "bytes", has_bytes },
};

static JuminInterlockFaults
find (const Question *question, JuminInterlockFaults left_out)
{
  JuminInterlockFaults faults = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if ((checks[i].fault & left_out) == 0 && !checks[i].holds (question))
      faults |= checks[i].fault;
  return faults;
}

/**
 * jumin_interlock_find_faults:
 * @holder: whom it is released for
 * @document: the paper
 * @pdf: the very bytes that the printer gets
 *
 * Returns: why it must not be released; 0: it may be
 */
JuminInterlockFaults
jumin_interlock_find_faults (const JuminPaperTurn *turn, JuminIdentity *holder,
                             const JuminDocument *document, GBytes *pdf)
{
  JuminDocumentDigests digests;
  gboolean made = jumin_document_digest (pdf, &digests, NULL);
  Question question = { turn, holder, document, made ? &digests : NULL };

  return find (&question, 0);
}

/**
 * jumin_interlock_find_early_faults:
 *
 * As jumin_interlock_find_faults(), without the bytes, which take long: for a refusal before the
 * ledger and the printer have work. Nothing may be released by it.
 *
 * Returns: why it will not be released; 0: ask again at the last moment
 */
JuminInterlockFaults
jumin_interlock_find_early_faults (const JuminPaperTurn *turn, JuminIdentity *holder,
                                   const JuminDocument *document)
{
  Question question = { turn, holder, document, NULL };

  return find (&question, JUMIN_INTERLOCK_OF_BYTES);
}

/* Returns: (transfer none): the first of @faults, for the audit log */
const char *
jumin_interlock_get_word (JuminInterlockFaults faults)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if ((faults & checks[i].fault) != 0)
      return checks[i].word;
  return "none";
}
