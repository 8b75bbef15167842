/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When this process has shown enough: see relief.h. What it shows stays on the screen until the
 * fresh one has drawn the same page over it. */
#include "ui/relief.h"

#include <unistd.h>

enum
{
  REST_MS = 1500 /* on the home page, so that nobody is at the machine */
};

struct _JuminRelief
{
  GObject parent_instance;
  JuminLink *link;
  int keeper;
  gboolean up, personal, wanted;
  guint64 page;
  guint rest_source;
};

G_DEFINE_FINAL_TYPE (JuminRelief, jumin_relief, G_TYPE_OBJECT)

/* A keeper that does not listen any more has ended, and so does this process soon. */
static void
tell (JuminRelief *self, char word)
{
  if (write (self->keeper, &word, 1) != 1)
    g_message ("The keeper does not listen");
}

static gboolean
on_rested (gpointer data)
{
  JuminRelief *self = data;

  self->rest_source = 0;
  self->wanted = TRUE;
  jumin_link_set_last (self->link);
  tell (self, JUMIN_RELIEF_WANT);
  return G_SOURCE_REMOVE;
}

static gboolean
rests (const JuminView *view)
{
  return g_strcmp0 (view->kind, "home") == 0 && !view->personal && view->deadline == 0;
}

/**
 * jumin_relief_take_view:
 * @view: what has been drawn
 */
void
jumin_relief_take_view (JuminRelief *self, const JuminView *view)
{
  if (self->keeper < 0 || self->wanted)
    return;
  if (!self->up)
    tell (self, JUMIN_RELIEF_UP);
  self->up = TRUE;
  self->personal |= view->personal;
  if (self->page != view->page || !rests (view))
    g_clear_handle_id (&self->rest_source, g_source_remove);
  self->page = view->page;
  if (self->personal && rests (view) && self->rest_source == 0)
    self->rest_source = g_timeout_add (REST_MS, on_rested, self);
}

/**
 * jumin_relief_is_wanted:
 *
 * Returns: whether what is on the screen stays as it is, until the end
 */
gboolean
jumin_relief_is_wanted (JuminRelief *self)
{
  return self->wanted;
}

static void
jumin_relief_dispose (GObject *object)
{
  JuminRelief *self = JUMIN_RELIEF (object);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_object (&self->link);
  G_OBJECT_CLASS (jumin_relief_parent_class)->dispose (object);
}

static void
jumin_relief_class_init (JuminReliefClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_relief_dispose;
}

static void
jumin_relief_init (JuminRelief *self)
{
}

/**
 * jumin_relief_new:
 * @keeper: socket to the keeper; -1: nobody keeps this process, and it never asks
 * @link: told not to come back once core has turned to the fresh one
 */
JuminRelief *
jumin_relief_new (int keeper, JuminLink *link)
{
  JuminRelief *self = g_object_new (JUMIN_TYPE_RELIEF, NULL);

  self->keeper = keeper;
  self->link = g_object_ref (link);
  return self;
}
