/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <poppler.h>

G_BEGIN_DECLS

/**
 * JuminSheet:
 * @document: the paper, for the next job
 * @pages: of it
 * @ratio: width of this page for each of its height
 * @picture: of this page
 *
 * One page of a paper, drawn.
 */
typedef struct
{
  PopplerDocument *document;
  int pages;
  double ratio;
  GdkTexture *picture;
} JuminSheet;

void jumin_sheet_open_async (int descriptor, int page, int width, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
void jumin_sheet_draw_async (PopplerDocument *document, int page, int width,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
JuminSheet *jumin_sheet_finish (GAsyncResult *result, GError **error);
void jumin_sheet_free (JuminSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSheet, jumin_sheet_free)

G_END_DECLS
