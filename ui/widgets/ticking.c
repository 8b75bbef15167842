/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words with seconds in them that run down, once a second and only while they are mapped. */
#include "ui/widgets/ticking.h"

#include "ui/widgets/parts.h"

#define SECONDS "{seconds}"

enum
{
  SECOND_MS = 1000
};

struct _JuminTicking
{
  GtkWidget parent_instance;
  GtkWidget *words;
  char *text;
  gint64 until_us;
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (JuminTicking, jumin_ticking, GTK_TYPE_WIDGET)

/**
 * jumin_count_down:
 * @text: words with "{seconds}" in them
 * @until_us: CLOCK_MONOTONIC
 *
 * Returns: (transfer full): @text with the seconds that are left
 */
char *
jumin_count_down (const char *text, gint64 until_us)
{
  g_autoptr (GString) words = g_string_new (text);
  gint64 left_us = MAX (0, until_us - g_get_monotonic_time ());
  g_autofree char *seconds = g_strdup_printf (
      "%" G_GINT64_FORMAT, (left_us + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);

  g_string_replace (words, SECONDS, seconds, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
update (JuminTicking *self)
{
  g_autofree char *words = jumin_count_down (self->text, self->until_us);

  gtk_label_set_text (GTK_LABEL (self->words), words);
}

static gboolean
on_tick (gpointer data)
{
  JuminTicking *self = data;

  update (self);
  if (self->until_us > g_get_monotonic_time ())
    return G_SOURCE_CONTINUE;
  self->tick_source = 0;
  return G_SOURCE_REMOVE;
}

static void
jumin_ticking_map (GtkWidget *widget)
{
  JuminTicking *self = JUMIN_TICKING (widget);

  GTK_WIDGET_CLASS (jumin_ticking_parent_class)->map (widget);
  update (self);
  if (self->tick_source == 0)
    self->tick_source = g_timeout_add (SECOND_MS, on_tick, self);
}

static void
jumin_ticking_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&JUMIN_TICKING (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (jumin_ticking_parent_class)->unmap (widget);
}

static void
jumin_ticking_dispose (GObject *object)
{
  JuminTicking *self = JUMIN_TICKING (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  G_OBJECT_CLASS (jumin_ticking_parent_class)->dispose (object);
}

static void
jumin_ticking_finalize (GObject *object)
{
  g_free (JUMIN_TICKING (object)->text);
  G_OBJECT_CLASS (jumin_ticking_parent_class)->finalize (object);
}

static void
jumin_ticking_class_init (JuminTickingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_ticking_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_ticking_finalize;
  widget_class->map = jumin_ticking_map;
  widget_class->unmap = jumin_ticking_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
jumin_ticking_init (JuminTicking *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * jumin_ticking_new:
 * @text: words with "{seconds}" in them
 * @until_us: CLOCK_MONOTONIC
 */
GtkWidget *
jumin_ticking_new (const char *text, gint64 until_us, const char *classes)
{
  JuminTicking *self = g_object_new (JUMIN_TYPE_TICKING, NULL);

  self->text = g_strdup (text);
  self->until_us = until_us;
  self->words = jumin_words (jumin_has (text) ? text : " ", classes);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  update (self);
  return GTK_WIDGET (self);
}
