/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way from a finger to core. Invariants:
 *   - one press at a time: none is taken until core has answered the last one, but the keys of the
 *     keypad, which wait for their turn in order;
 *   - none within 300 ms after a page change, so that a tap meant for the last page starts nothing;
 *   - only the first touch sequence counts, so two fingers on two keys press one of them;
 *   - any touch keeps the visit alive, at most once a second. */
#include "ui/actor.h"

enum
{
  SETTLE_MS = 300,
  AWAKE_MS = 1000,
  TYPED_MAX = 32 /* keys that wait */
};

#define TYPE "type"

struct _JuminActor
{
  GObject parent_instance;
  JuminLink *link;
  JuminDraft *draft;
  guint64 page;
  gint64 page_changed_us, awake_us;
  gboolean waiting, typing; /* typing: it is a key of the keypad that core has not answered */
  GQueue typed;             /* of the values of keys that wait, owned */
  GdkEventSequence *finger;
};

G_DEFINE_FINAL_TYPE (JuminActor, jumin_actor, G_TYPE_OBJECT)

enum
{
  DEADLINE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
read_reply (JuminActor *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean stale = FALSE;
  gint64 deadline = 0;

  if (!jumin_link_act_finish (self->link, result, &stale, &deadline, &error))
    {
      g_message ("%s", error->message);
      return FALSE;
    }
  if (!stale)
    g_signal_emit (self, signals[DEADLINE], 0, deadline);
  return TRUE;
}

static void send_act (JuminActor *self, const char *act, GVariant *values);

static void
send_typed (JuminActor *self, const char *value)
{
  g_auto (GVariantDict) values = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&values, "value", "s", value);
  self->typing = TRUE;
  send_act (self, TYPE, g_variant_dict_end (&values));
}

static void
on_press_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminActor) self = data;
  g_autofree char *next = g_queue_pop_head (&self->typed);

  self->waiting = self->typing = FALSE;
  read_reply (self, result);
  if (next != NULL && jumin_link_is_up (self->link))
    send_typed (self, next);
}

/* @values: (transfer floating) */
static void
send_act (JuminActor *self, const char *act, GVariant *values)
{
  self->waiting = TRUE;
  jumin_link_act_async (self->link, act, self->page, values, on_press_ready, g_object_ref (self));
}

static void
on_awake_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminActor) self = data;

  read_reply (self, result);
}

static void
on_shown_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminActor) self = data;
  g_autoptr (GError) error = NULL;
  gboolean stale;
  gint64 deadline;

  if (!jumin_link_act_finish (self->link, result, &stale, &deadline, &error))
    g_message ("%s", error->message);
}

static GVariant *
no_values (void)
{
  return g_variant_new ("a{sv}", NULL);
}

static void
keep_awake (JuminActor *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!jumin_link_is_up (self->link)
      || (self->awake_us != 0 && now_us - self->awake_us < AWAKE_MS * G_TIME_SPAN_MILLISECOND))
    return;
  self->awake_us = now_us;
  jumin_link_act_async (self->link, "awake", self->page, no_values (), on_awake_ready,
                        g_object_ref (self));
}

gboolean
jumin_actor_is_ready (JuminActor *self)
{
  gint64 settled_us = self->page_changed_us + SETTLE_MS * G_TIME_SPAN_MILLISECOND;

  return !self->waiting && jumin_link_is_up (self->link) && g_get_monotonic_time () >= settled_us;
}

/* A key of the keypad: fingers are faster than a reply, and no digit is to be lost. */
static void
type_key (JuminActor *self, const char *value)
{
  if (jumin_actor_is_ready (self))
    send_typed (self, value);
  else if (self->typing && g_queue_get_length (&self->typed) < TYPED_MAX)
    g_queue_push_tail (&self->typed, g_strdup (value));
}

/**
 * jumin_actor_press:
 * @item: what was pressed
 *
 * Sends the act of @item with the page's draft. Does nothing when presses are not taken now.
 *
 * Returns: whether another page may follow
 */
gboolean
jumin_actor_press (JuminActor *self, const JuminItem *item)
{
  g_auto (GVariantDict) values = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (item != NULL, FALSE);
  if (g_strcmp0 (item->act, TYPE) == 0)
    {
      type_key (self, item->value);
      return FALSE;
    }
  if (item->act == NULL || item->act[0] == '\0' || !jumin_actor_is_ready (self))
    return FALSE;
  jumin_draft_add_to (self->draft, &values);
  g_variant_dict_insert (&values, "id", "s", item->id != NULL ? item->id : "");
  if (item->value != NULL && item->value[0] != '\0')
    g_variant_dict_insert (&values, "value", "s", item->value);
  send_act (self, item->act, g_variant_dict_end (&values));
  return TRUE;
}

void
jumin_actor_choose (JuminActor *self, const char *block, const JuminItem *item, gboolean optional)
{
  if (jumin_actor_is_ready (self))
    jumin_draft_press (self->draft, block, item->id, optional);
}

/**
 * jumin_actor_shown:
 *
 * Tells core that the view with @revision is on the screen, so that it may publish the next one.
 */
void
jumin_actor_shown (JuminActor *self, guint64 revision)
{
  g_auto (GVariantDict) values = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&values, "revision", "t", revision);
  jumin_link_act_async (self->link, "shown", self->page, g_variant_dict_end (&values),
                        on_shown_ready, g_object_ref (self));
}

void
jumin_actor_set_page (JuminActor *self, guint64 page)
{
  if (self->page == page)
    return;
  self->page = page;
  g_queue_clear_full (&self->typed, g_free);
  self->page_changed_us = g_get_monotonic_time ();
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, JuminActor *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  GdkEventSequence *finger = gdk_event_get_event_sequence (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_KEY_PRESS)
    keep_awake (self);
  if (type == GDK_TOUCH_BEGIN && self->finger == NULL)
    self->finger = finger;
  if (finger != NULL && finger != self->finger)
    return GDK_EVENT_STOP;
  if (type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL)
    self->finger = NULL;
  return GDK_EVENT_PROPAGATE;
}

/**
 * jumin_actor_watch:
 *
 * Sees every touch in @window before any of its widgets does.
 */
void
jumin_actor_watch (JuminActor *self, GtkWidget *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (window, controller);
}

static void
jumin_actor_dispose (GObject *object)
{
  JuminActor *self = JUMIN_ACTOR (object);

  g_queue_clear_full (&self->typed, g_free);
  g_clear_object (&self->link);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (jumin_actor_parent_class)->dispose (object);
}

static void
jumin_actor_class_init (JuminActorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_actor_dispose;
  signals[DEADLINE] = g_signal_new ("deadline", JUMIN_TYPE_ACTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
jumin_actor_init (JuminActor *self)
{
}

JuminActor *
jumin_actor_new (JuminLink *link, JuminDraft *draft)
{
  JuminActor *self = g_object_new (JUMIN_TYPE_ACTOR, NULL);

  self->link = g_object_ref (link);
  self->draft = g_object_ref (draft);
  return self;
}
