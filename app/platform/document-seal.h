/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "platform/sm2.h"

G_BEGIN_DECLS

enum
{
  JUMIN_VERIFICATION_MAX = 300,
  JUMIN_FIGURE_NONE = -1
};

/**
 * JuminVerification:
 * @owner: masked number, "5001************10"
 * @fen: the paper's one figure, or %JUMIN_FIGURE_NONE
 *
 * What the code on a paper says, to whoever holds the platform's public key.
 */
typedef struct
{
  char *number, *kind, *owner;
  gint64 issued_at, fen;
} JuminVerification;

/* Of a file, in lower-case hexadecimal. */
typedef struct
{
  char sm3[JUMIN_SM3_LENGTH + 1], sha256[JUMIN_SM3_LENGTH + 1];
} JuminDocumentDigests;

/* How papers are signed (data/platform-api.yaml, /documents). Both sides use it: the platform to
 * sign, the terminal to look. */
char *jumin_document_dup_owner (const char *request, const char *id_number, GError **error);
gboolean jumin_document_digest (GBytes *pdf, JuminDocumentDigests *digests, GError **error);
gboolean jumin_document_add_digests (JuminDocument *document, GError **error);
char *jumin_document_dup_text (const JuminDocument *document, const char *terminal);
gboolean jumin_document_verify (const JuminDocument *document, const char *terminal,
                                const GPtrArray *keys, GError **error);

char *jumin_verification_dup_text (const JuminVerification *verification);
JuminVerification *jumin_verification_read (const char *text, const GPtrArray *keys,
                                            GError **error);
void jumin_verification_free (JuminVerification *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminVerification, jumin_verification_free)

G_END_DECLS
