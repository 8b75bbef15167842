/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_AUDIT_HASH_LENGTH = 64, /* SM3, hexadecimal */
  JUMIN_AUDIT_LINE_MAX = 512    /* bytes of one record with its hash */
};

/**
 * JuminAuditLink:
 * @sequence: of the last record; 0 before the first
 * @hash: its hash; zeros before the first
 *
 * Where the chain ends.
 */
typedef struct
{
  gint64 sequence;
  char hash[JUMIN_AUDIT_HASH_LENGTH + 1];
} JuminAuditLink;

void jumin_audit_link_begin (JuminAuditLink *link);
char *jumin_audit_link_append (JuminAuditLink *link, const char *body);
gboolean jumin_audit_link_read (JuminAuditLink *link, const char *line, GError **error);
gboolean jumin_audit_link_follow (JuminAuditLink *link, const char *line, GError **error);
gboolean jumin_audit_link_read_previous (JuminAuditLink *link, const char *line, GError **error);

G_END_DECLS
