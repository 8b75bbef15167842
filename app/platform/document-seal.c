/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands behind a paper. Two texts are signed: one about the whole file, for the terminal that
 * fetched it, and a short one in the code on the paper, for anybody who is handed the paper. */
#include "platform/document-seal.h"

#include <string.h>

#include "model/money.h"

enum
{
  VERIFICATION_WORDS = 7,
  TIME_DIGITS_MAX = 11,
  PDF_TAIL = 1024 /* in which the end of a PDF is looked for */
};

#define PURPOSE "jumin-document"
#define VERIFICATION "JUMIN-DOC/1"
#define PDF_HEAD "%PDF-"
#define PDF_END "%%EOF"

/**
 * jumin_document_dup_owner:
 * @request: the UUID that the paper was asked for with: two papers of one person have two owners,
 * so that nobody who sees them learns whose they are
 *
 * Returns: (transfer full): the owner as it stands in #JuminDocument
 */
char *
jumin_document_dup_owner (const char *request, const char *id_number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", request, id_number);
  char digest[JUMIN_SM3_LENGTH + 1];
  gboolean made = jumin_sm3_digest (text, strlen (text), digest, error);

  explicit_bzero (text, strlen (text));
  return made ? g_strdup (digest) : NULL;
}

gboolean
jumin_document_digest (GBytes *pdf, JuminDocumentDigests *digests, GError **error)
{
  gsize length = 0;
  const void *bytes = g_bytes_get_data (pdf, &length);

  return jumin_sm3_digest (bytes, length, digests->sm3, error)
         && jumin_sha256_digest (bytes, length, digests->sha256, error);
}

/* Sets sm3 and sha256 from what is in the paper. */
gboolean
jumin_document_add_digests (JuminDocument *document, GError **error)
{
  JuminDocumentDigests digests;

  if (!jumin_document_digest (document->pdf, &digests, error))
    return FALSE;
  g_free (document->sm3);
  g_free (document->sha256);
  document->sm3 = g_strdup (digests.sm3);
  document->sha256 = g_strdup (digests.sha256);
  return TRUE;
}

/* Returns: (transfer full): the text that the platform signs */
char *
jumin_document_dup_text (const JuminDocument *document, const char *terminal)
{
  return g_strdup_printf (PURPOSE "\n%s\n%s\n%s\n%s\n%s\n%d\n%d\n%" G_GINT64_FORMAT "\n%s\n%s",
                          terminal, document->request, document->number, document->kind,
                          document->owner, document->copies, document->pages, document->issued_at,
                          document->sm3, document->sha256);
}

static gboolean
has_digests (const JuminDocument *document, GError **error)
{
  JuminDocumentDigests digests;

  if (!jumin_document_digest (document->pdf, &digests, error))
    return FALSE;
  if (strcmp (digests.sm3, document->sm3) == 0 && strcmp (digests.sha256, document->sha256) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "the digests are not those of the file");
  return FALSE;
}

static gboolean
is_pdf (GBytes *pdf, GError **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  gsize tail = MIN (length, PDF_TAIL);

  if (length > strlen (PDF_HEAD) && memcmp (bytes, PDF_HEAD, strlen (PDF_HEAD)) == 0
      && memmem (bytes + length - tail, tail, PDF_END, strlen (PDF_END)) != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the file is no whole PDF");
  return FALSE;
}

/**
 * jumin_document_verify:
 * @terminal: this machine's name at the platform, which the paper was made for
 * @keys: (element-type EVP_PKEY): the platform's public keys
 *
 * Errors: G_IO_ERROR_INVALID_DATA: not the platform's paper for this machine, or not as it was
 * sent.
 */
gboolean
jumin_document_verify (const JuminDocument *document, const char *terminal, const GPtrArray *keys,
                       GError **error)
{
  g_autofree char *text = jumin_document_dup_text (document, terminal);
  g_autoptr (JuminVerification) verification = NULL;

  if (!has_digests (document, error) || !is_pdf (document->pdf, error))
    return FALSE;
  if (!jumin_sm2_verify_any (keys, text, document->signature))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the signature is not the platform's");
      return FALSE;
    }
  verification = jumin_verification_read (document->verification, keys, error);
  if (verification == NULL)
    return FALSE;
  if (strcmp (verification->number, document->number) == 0
      && strcmp (verification->kind, document->kind) == 0
      && verification->issued_at == document->issued_at)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "the code on it is another paper's");
  return FALSE;
}

/* Returns: (transfer full): the text that the platform signs: all but its last word, the signature
 */
char *
jumin_verification_dup_text (const JuminVerification *verification)
{
  g_autofree char *figure = verification->fen == JUMIN_FIGURE_NONE
                                ? g_strdup ("-")
                                : g_strdup_printf ("%" G_GINT64_FORMAT, verification->fen);

  return g_strdup_printf (VERIFICATION " %s %s %" G_GINT64_FORMAT " %s %s", verification->number,
                          verification->kind, verification->issued_at, verification->owner, figure);
}

static gboolean
read_time (const char *word, gint64 *time)
{
  gsize digits = strnlen (word, TIME_DIGITS_MAX + 1);

  if (digits < 1 || digits > TIME_DIGITS_MAX || strspn (word, "0123456789") != digits)
    return FALSE;
  *time = g_ascii_strtoll (word, NULL, 10);
  return TRUE;
}

/* Nothing of @words is trusted yet. Returns: (transfer full) (nullable) */
static JuminVerification *
read_words (char **words)
{
  g_autoptr (JuminVerification) verification = NULL;

  if (g_strv_length (words) != VERIFICATION_WORDS || strcmp (words[0], VERIFICATION) != 0
      || !g_regex_match_simple ("^[A-Z]{2,4}-[0-9]{8}-[0-9]{6}$", words[1], G_REGEX_DOLLAR_ENDONLY,
                                0)
      || !g_regex_match_simple ("^[a-z][a-z0-9-]{0,31}$", words[2], G_REGEX_DOLLAR_ENDONLY, 0)
      || !g_regex_match_simple ("^[0-9]{4}\\*{12}[0-9X]{2}$", words[4], G_REGEX_DOLLAR_ENDONLY, 0))
    return NULL;
  verification = g_new0 (JuminVerification, 1);
  verification->number = g_strdup (words[1]);
  verification->kind = g_strdup (words[2]);
  verification->owner = g_strdup (words[4]);
  verification->fen = JUMIN_FIGURE_NONE;
  if (!read_time (words[3], &verification->issued_at)
      || (strcmp (words[5], "-") != 0 && !jumin_fen_parse (words[5], &verification->fen)))
    return NULL;
  return g_steal_pointer (&verification);
}

/* The last digit of base64 may hold bits that mean nothing: only one text stands for a signature.
 */
static gboolean
is_one_of_a_kind (const char *signature)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (signature, &length);
  g_autofree char *again = g_base64_encode (bytes, length);

  return strcmp (again, signature) == 0;
}

/**
 * jumin_verification_read:
 * @text: what somebody's paper says; trusted in nothing
 * @keys: (element-type EVP_PKEY): the platform's public keys
 *
 * Whether the number is void by now only the platform knows.
 *
 * Errors: G_IO_ERROR_INVALID_DATA: no such text, or not signed by the platform.
 *
 * Returns: (transfer full): what it says
 */
JuminVerification *
jumin_verification_read (const char *text, const GPtrArray *keys, GError **error)
{
  g_autoptr (JuminVerification) verification = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *signed_text = NULL;
  const char *last;

  if (strnlen (text, JUMIN_VERIFICATION_MAX + 1) <= JUMIN_VERIFICATION_MAX)
    {
      words = g_strsplit (text, " ", VERIFICATION_WORDS + 1);
      verification = read_words (words);
    }
  last = verification != NULL ? strrchr (text, ' ') : NULL;
  if (last == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the code is no verification of a paper");
      return NULL;
    }
  signed_text = g_strndup (text, (gsize)(last - text));
  if (is_one_of_a_kind (last + 1) && jumin_sm2_verify_any (keys, signed_text, last + 1))
    return g_steal_pointer (&verification);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "the code is not signed by the platform");
  return NULL;
}

void
jumin_verification_free (JuminVerification *self)
{
  g_free (self->number);
  g_free (self->kind);
  g_free (self->owner);
  g_free (self);
}
