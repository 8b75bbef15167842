/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

/**
 * JuminDocumentView:
 *
 * A paper on a desk, as large as the room lets it, with the words below it that say which page is
 * seen.
 *
 * Signal "changed": other ways to turn or enlarge are open.
 */
#define JUMIN_TYPE_DOCUMENT_VIEW (jumin_document_view_get_type ())
G_DECLARE_FINAL_TYPE (JuminDocumentView, jumin_document_view, JUMIN, DOCUMENT_VIEW, GtkWidget)

GtkWidget *jumin_document_view_new (void);
void jumin_document_view_update (JuminDocumentView *self, const JuminBlock *block,
                                 const JuminBlockContext *context);
int jumin_document_view_measure_width (JuminDocumentView *self, int height);
int jumin_document_view_measure_height (JuminDocumentView *self, int width);
gboolean jumin_document_view_can (JuminDocumentView *self, const char *key);
void jumin_document_view_do (JuminDocumentView *self, const char *key);

G_END_DECLS
