/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Beside the journal lies a file of nothing: when the disk is full it goes, and what is known of
 * payments that have begun can still be written. */
gboolean jumin_journal_ballast_create (const char *journal, GError **error);
/* Creates it where it went, when there is room for it and as much again. FALSE: it is not there. */
gboolean jumin_journal_ballast_renew (const char *journal);
/* FALSE: there is none. */
gboolean jumin_journal_ballast_give_up (const char *journal);

G_END_DECLS
