/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_PAPER_WIDTH = 576,    /* dots of 80 mm paper at 203 dpi */
  JUMIN_PAPER_ROWS_MAX = 8192 /* a metre */
};

/**
 * JuminPaper:
 * @torn: part of it belongs to a ticket that was given up: its cut leaves a scrap, not a ticket;
 *   so does white paper
 *
 * The strip of paper that comes out between two cuts, and the bytes that made it.
 */
typedef struct
{
  GByteArray *dots; /* JUMIN_PAPER_WIDTH / 8 bytes a row, 1 is black */
  GByteArray *bytes;
  guint n_tickets, n_scraps;
  gboolean torn, printed; /* on, not only fed */
} JuminPaper;

JuminPaper *jumin_paper_new (void);
void jumin_paper_free (JuminPaper *self);
guint jumin_paper_count_rows (const JuminPaper *self);
void jumin_paper_add_row (JuminPaper *self, const guint8 *dots, gsize n_bytes);
void jumin_paper_tear (JuminPaper *self);
gboolean jumin_paper_is_ticket (const JuminPaper *self);
gboolean jumin_paper_cut (JuminPaper *self, const char *dir, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPaper, jumin_paper_free)

G_END_DECLS
