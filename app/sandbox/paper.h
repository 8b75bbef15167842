/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "model/document.h"
#include "sandbox/fund-book.h"
#include "sandbox/gate.h"
#include "sandbox/paper-ledger.h"

G_BEGIN_DECLS

/**
 * JuminPaperKind:
 * @prefix: of its numbers
 * @copies: of one day
 */
typedef struct
{
  const char *kind, *prefix, *zh, *en;
  int copies;
} JuminPaperKind;

/* What is wrong with a paper, for tests: the platform signs it all the same where it says "signed".
 */
typedef enum
{
  JUMIN_PAPER_FAULT_NONE,
  JUMIN_PAPER_FAULT_OWNER,   /* somebody else's paper; signed */
  JUMIN_PAPER_FAULT_REQUEST, /* of another request; signed */
  JUMIN_PAPER_FAULT_KIND,    /* another kind of paper; signed */
  JUMIN_PAPER_FAULT_CODE,    /* the code of another number is on it; signed */
  JUMIN_PAPER_FAULT_CUT,     /* half a file; signed */
  JUMIN_PAPER_FAULT_DIGEST,  /* one byte of the file is another */
  JUMIN_PAPER_FAULT_SEAL,    /* one bit of the signature is another */
  JUMIN_PAPER_FAULT_LARGE    /* more than a paper may have; signed */
} JuminPaperFault;

const JuminPaperKind *jumin_paper_kinds_get (gsize *n);
const JuminPaperKind *jumin_paper_kind_find (const char *kind);
const char *jumin_paper_kind_refuse (const JuminPaperKind *kind, const JuminBook *book,
                                     const char **english);
int jumin_paper_kind_count_pages (const JuminPaperKind *kind, const JuminBook *book);

char *jumin_paper_dup_code (const JuminStoredPaper *stored, const JuminBook *book, JuminGate *gate);
cJSON *jumin_paper_make (const JuminStoredPaper *stored, const JuminBook *book, JuminGate *gate,
                         JuminPaperFault fault);

G_END_DECLS
