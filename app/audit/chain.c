/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash chain of the audit log.
 *
 * A record is one line: {"seq":N,"time":"…","mono":…,"id":…,"event":"…",…,"hash":"…"}: when, in
 * milliseconds of a clock that nobody sets, too, and what. Its hash is SM3 (GB/T 32905-2016) over
 * the hash of the record before it and the line up to, not with, the hash member. So a record that
 * was changed, removed or put in shows at that record. Whoever can write the whole file can also
 * write a new chain: only a copy of the last hash elsewhere tells that. */
#include "audit/chain.h"

#include <gio/gio.h>
#include <openssl/evp.h>

#include <string.h>

#define HASH_MEMBER ",\"hash\":\""
#define HASH_END "\"}"
#define SEQUENCE_BEGIN "{\"seq\":"
#define PREVIOUS_MEMBER ",\"previous\":\""

enum
{
  SM3_BYTES = 32
};

/**
 * jumin_audit_link_begin:
 *
 * Sets @link to the beginning of an empty log.
 */
void
jumin_audit_link_begin (JuminAuditLink *link)
{
  link->sequence = 0;
  memset (link->hash, '0', JUMIN_AUDIT_HASH_LENGTH);
  link->hash[JUMIN_AUDIT_HASH_LENGTH] = '\0';
}

static void
hash_record (const char *previous, const char *head, size_t length,
             char hash[JUMIN_AUDIT_HASH_LENGTH + 1])
{
  g_autofree char *text = g_strdup_printf ("%s%.*s", previous, (int)length, head);
  unsigned char digest[SM3_BYTES];
  unsigned int written = 0;
  int done = EVP_Digest (text, strlen (text), digest, &written, EVP_sm3 (), NULL);

  g_assert (done == 1 && written == SM3_BYTES);
  for (int i = 0; i < SM3_BYTES; i++)
    g_snprintf (hash + 2 * i, 3, "%02x", digest[i]);
}

/**
 * jumin_audit_link_append:
 * @link: (inout): the end of the chain; moves to the new record
 * @body: members of the record after its number: "time":"…","event":"…"
 *
 * Returns: (transfer full): the new line, ending with a line feed
 */
char *
jumin_audit_link_append (JuminAuditLink *link, const char *body)
{
  g_autofree char *head
      = g_strdup_printf (SEQUENCE_BEGIN "%" G_GINT64_FORMAT ",%s", link->sequence + 1, body);
  JuminAuditLink next = { .sequence = link->sequence + 1 };

  hash_record (link->hash, head, strlen (head), next.hash);
  *link = next;
  return g_strconcat (head, HASH_MEMBER, next.hash, HASH_END "\n", NULL);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, what);
  return FALSE;
}

/* Where the hash member of @line begins, without a line feed at its end; NULL if it has none. */
static const char *
find_hash (const char *line)
{
  size_t tail = strlen (HASH_MEMBER) + JUMIN_AUDIT_HASH_LENGTH + strlen (HASH_END);
  size_t length = strlen (line);
  const char *member = length > tail ? line + length - tail : NULL;

  if (member == NULL || !g_str_has_prefix (member, HASH_MEMBER)
      || !g_str_has_suffix (line, HASH_END))
    return NULL;
  return member;
}

/**
 * jumin_audit_link_read:
 * @link: (out): becomes the end of the chain at @line
 * @line: a record without its line feed
 *
 * Takes number and hash from @line as they are written.
 *
 * Errors: %G_IO_ERROR_INVALID_DATA if it is no record.
 */
gboolean
jumin_audit_link_read (JuminAuditLink *link, const char *line, GError **error)
{
  const char *member = find_hash (line);
  g_autofree char *digits = NULL;

  if (member == NULL || !g_str_has_prefix (line, SEQUENCE_BEGIN))
    return refuse (error, "it is not a record");
  line += strlen (SEQUENCE_BEGIN);
  digits = g_strndup (line, strcspn (line, ","));
  if (!g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64 - 1, &link->sequence, NULL))
    return refuse (error, "it has no number");
  memcpy (link->hash, member + strlen (HASH_MEMBER), JUMIN_AUDIT_HASH_LENGTH);
  link->hash[JUMIN_AUDIT_HASH_LENGTH] = '\0';
  return TRUE;
}

/**
 * jumin_audit_link_follow:
 * @link: (inout): the record before; moves to @line when that follows
 *
 * Errors: %G_IO_ERROR_INVALID_DATA with what is wrong with @line.
 *
 * Returns: whether @line is the next record of the chain
 */
gboolean
jumin_audit_link_follow (JuminAuditLink *link, const char *line, GError **error)
{
  JuminAuditLink next;
  char hash[JUMIN_AUDIT_HASH_LENGTH + 1];

  if (!jumin_audit_link_read (&next, line, error))
    return FALSE;
  if (next.sequence != link->sequence + 1)
    return refuse (error, "its number does not follow the one before");
  hash_record (link->hash, line, (size_t)(find_hash (line) - line), hash);
  if (strcmp (hash, next.hash) != 0)
    return refuse (error, "its hash does not match");
  *link = next;
  return TRUE;
}

/**
 * jumin_audit_link_read_previous:
 * @link: (out): becomes the end of the chain before @line
 * @line: the first record of a file, without its line feed
 *
 * Takes the hash that the file says it continues, as it is written.
 *
 * Errors: %G_IO_ERROR_INVALID_DATA if it is no such record.
 */
gboolean
jumin_audit_link_read_previous (JuminAuditLink *link, const char *line, GError **error)
{
  const char *previous = strstr (line, PREVIOUS_MEMBER);
  JuminAuditLink here;

  if (!jumin_audit_link_read (&here, line, error))
    return FALSE;
  if (previous == NULL || strlen (previous) < strlen (PREVIOUS_MEMBER) + JUMIN_AUDIT_HASH_LENGTH)
    return refuse (error, "it does not say what it continues");
  link->sequence = here.sequence - 1;
  memcpy (link->hash, previous + strlen (PREVIOUS_MEMBER), JUMIN_AUDIT_HASH_LENGTH);
  link->hash[JUMIN_AUDIT_HASH_LENGTH] = '\0';
  return TRUE;
}
