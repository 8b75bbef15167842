/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot without a device. At most one read is under way; it answers when it is not held. */
#include "devices/virtual-card-reader.h"

#include <string.h>

struct _JuminVirtualCardReader
{
  GObject parent_instance;
  gboolean held;
  JuminReaderState trouble; /* EMPTY: none */
  JuminCard *card;          /* NULL: empty */
  JuminIdentity *holder;
  guint insertion, holder_reads;
  GError *next_error;
  GTask *reading;           /* NULL: none */
  JuminCard *expected;      /* whose holder is read; NULL: the card itself is read */
  GSource *on_cancellation; /* of reading */
};

static void
answer (JuminVirtualCardReader *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->reading);
  g_autofree JuminCard *expected = g_steal_pointer (&self->expected);

  if (self->on_cancellation != NULL)
    g_source_destroy (self->on_cancellation);
  g_clear_pointer (&self->on_cancellation, g_source_unref);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->next_error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->next_error));
  else if (!jumin_reader_state_serves (self->trouble))
    g_task_return_new_error (task, JUMIN_FAILURE,
                             (int)jumin_reader_state_get_failure (self->trouble),
                             "Reading card failed: there is no reader that serves");
  else if (self->card == NULL)
    g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED,
                             "Reading card failed: card was removed");
  else if (expected == NULL)
    g_task_return_pointer (task, g_memdup2 (self->card, sizeof *self->card), g_free);
  else if (strcmp (expected->identifier, self->card->identifier) != 0)
    g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CARD_CHANGED,
                             "Reading holder failed: another card lies in the reader");
  else if (self->holder == NULL)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED,
                             "Reading holder failed: the card keeps these fields");
  else
    g_task_return_pointer (task, jumin_identity_ref (self->holder),
                           (GDestroyNotify)jumin_identity_unref);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  answer (data);
  return G_SOURCE_REMOVE;
}

static void
begin (JuminVirtualCardReader *self, const JuminCard *expected, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  g_assert (self->reading == NULL);
  self->reading = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (self->reading, tag);
  if (expected != NULL)
    self->expected = g_memdup2 (expected, sizeof *expected);
  if (!self->held)
    {
      answer (self);
      return;
    }
  if (cancellable == NULL)
    return;
  self->on_cancellation = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->on_cancellation, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->on_cancellation, g_main_context_get_thread_default ());
}

static JuminReaderState
get_state (JuminCardReader *reader)
{
  JuminVirtualCardReader *self = JUMIN_VIRTUAL_CARD_READER (reader);

  if (!jumin_reader_state_serves (self->trouble))
    return self->trouble;
  return self->card != NULL ? JUMIN_READER_OCCUPIED : JUMIN_READER_EMPTY;
}

static guint
get_insertion (JuminCardReader *reader)
{
  return JUMIN_VIRTUAL_CARD_READER (reader)->insertion;
}

static void
read_card_async (JuminCardReader *reader, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer data)
{
  JuminVirtualCardReader *self = JUMIN_VIRTUAL_CARD_READER (reader);

  begin (self, NULL, cancellable, callback, data, read_card_async);
}

static void
read_holder_async (JuminCardReader *reader, const JuminCard *card, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
  JuminVirtualCardReader *self = JUMIN_VIRTUAL_CARD_READER (reader);

  self->holder_reads++;
  begin (self, card, cancellable, callback, data, read_holder_async);
}

static void
implement_card_reader (JuminCardReaderInterface *iface)
{
  iface->get_state = get_state;
  iface->get_insertion = get_insertion;
  iface->read_card_async = read_card_async;
  iface->read_holder_async = read_holder_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminVirtualCardReader, jumin_virtual_card_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_CARD_READER,
                                                      implement_card_reader))

static void
jumin_virtual_card_reader_finalize (GObject *object)
{
  JuminVirtualCardReader *self = JUMIN_VIRTUAL_CARD_READER (object);

  g_free (self->card);
  g_clear_pointer (&self->holder, jumin_identity_unref);
  g_clear_error (&self->next_error);
  G_OBJECT_CLASS (jumin_virtual_card_reader_parent_class)->finalize (object);
}

static void
jumin_virtual_card_reader_class_init (JuminVirtualCardReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_virtual_card_reader_finalize;
}

static void
jumin_virtual_card_reader_init (JuminVirtualCardReader *self)
{
  self->trouble = JUMIN_READER_EMPTY;
}

JuminVirtualCardReader *
jumin_virtual_card_reader_new (void)
{
  return g_object_new (JUMIN_TYPE_VIRTUAL_CARD_READER, NULL);
}

/* What lies there has changed: a read that is held has lost its card. */
static void
change (JuminVirtualCardReader *self)
{
  if (self->reading != NULL)
    answer (self);
  g_signal_emit_by_name (self, "changed");
}

void
jumin_virtual_card_reader_insert (JuminVirtualCardReader *self, const JuminCard *card,
                                  JuminIdentity *holder)
{
  if (self->card != NULL)
    jumin_virtual_card_reader_pull (self);
  self->card = g_memdup2 (card, sizeof *card);
  self->holder = holder != NULL ? jumin_identity_ref (holder) : NULL;
  self->insertion++;
  change (self);
}

void
jumin_virtual_card_reader_pull (JuminVirtualCardReader *self)
{
  g_clear_pointer (&self->card, g_free);
  g_clear_pointer (&self->holder, jumin_identity_unref);
  change (self);
}

void
jumin_virtual_card_reader_break (JuminVirtualCardReader *self, JuminReaderState trouble)
{
  self->trouble = trouble;
  change (self);
}

void
jumin_virtual_card_reader_heal (JuminVirtualCardReader *self)
{
  self->trouble = JUMIN_READER_EMPTY;
  if (self->card != NULL)
    self->insertion++;
  change (self);
}

void
jumin_virtual_card_reader_fail_next (JuminVirtualCardReader *self, GQuark domain, int code)
{
  g_clear_error (&self->next_error);
  self->next_error = g_error_new_literal (domain, code, "Reading card failed: told to fail");
}

void
jumin_virtual_card_reader_set_held (JuminVirtualCardReader *self, gboolean held)
{
  self->held = held;
  if (!held && self->reading != NULL)
    answer (self);
}

guint
jumin_virtual_card_reader_get_holder_reads (JuminVirtualCardReader *self)
{
  return self->holder_reads;
}
