/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code for a telephone: whole pixels a module, four modules of quiet, black on white in every
 * mode, so that any camera reads it. */
#include "ui/widgets/code.h"

#include <qrencode.h>

enum
{
  QUIET_MODULES = 4
};

struct _JuminCode
{
  GtkWidget parent_instance;
  QRcode *code;
  int size;
};

G_DEFINE_FINAL_TYPE (JuminCode, jumin_code, GTK_TYPE_WIDGET)

static void
jumin_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminCode *self = JUMIN_CODE (widget);
  int module = self->size / (self->code->width + 2 * QUIET_MODULES);
  const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };

  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (0, 0, (float)self->size, (float)self->size));
  for (int i = 0; i < self->code->width * self->code->width; i++)
    {
      int x = (i % self->code->width + QUIET_MODULES) * module;
      int y = (i / self->code->width + QUIET_MODULES) * module;

      if (self->code->data[i] & 1)
        gtk_snapshot_append_color (
            snapshot, &black,
            &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)module, (float)module));
    }
}

static void
jumin_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = JUMIN_CODE (widget)->size;
}

static void
jumin_code_finalize (GObject *object)
{
  g_clear_pointer (&JUMIN_CODE (object)->code, QRcode_free);
  G_OBJECT_CLASS (jumin_code_parent_class)->finalize (object);
}

static void
jumin_code_class_init (JuminCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jumin_code_finalize;
  widget_class->snapshot = jumin_code_snapshot;
  widget_class->measure = jumin_code_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jumin_code_init (JuminCode *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * jumin_code_new:
 *
 * Returns: (nullable): %NULL when @value is empty or too long for a code
 */
GtkWidget *
jumin_code_new (const JuminShape *shape, const char *value, double size_units)
{
  QRcode *code = value != NULL && value[0] != '\0'
                     ? QRcode_encodeString (value, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
                     : NULL;
  JuminCode *self;
  int modules;

  if (code == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_CODE, NULL);
  self->code = code;
  modules = code->width + 2 * QUIET_MODULES;
  self->size = MAX (1, jumin_shape_px (shape, size_units) / modules) * modules;
  return GTK_WIDGET (self);
}
