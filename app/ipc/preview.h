/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_PREVIEW_WIDTH_MAX = 640,
  JUMIN_PREVIEW_HEIGHT_MAX = 640,
  JUMIN_PREVIEW_PIXEL_BYTES = 4 /* blue, green, red, 255 */
};

/**
 * JuminPreviewWriter:
 *
 * Pictures of the camera, from jumin-scan to jumin-ui and nowhere else: memory of a fixed size that
 * can neither grow nor shrink nor be mapped for writing again (memfd seals). It holds three
 * pictures; the newest is the one to be shown.
 */
typedef struct _JuminPreviewWriter JuminPreviewWriter;
typedef struct _JuminPreviewReader JuminPreviewReader;

JuminPreviewWriter *jumin_preview_writer_new (GError **error);
void jumin_preview_writer_free (JuminPreviewWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPreviewWriter, jumin_preview_writer_free)
int jumin_preview_writer_steal_descriptor (JuminPreviewWriter *self);
guint8 *jumin_preview_writer_begin (JuminPreviewWriter *self, guint width, guint height);
void jumin_preview_writer_commit (JuminPreviewWriter *self);

JuminPreviewReader *jumin_preview_reader_new (int descriptor, GError **error);
void jumin_preview_reader_free (JuminPreviewReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPreviewReader, jumin_preview_reader_free)
GBytes *jumin_preview_reader_take (JuminPreviewReader *self, guint *width, guint *height);

G_END_DECLS
