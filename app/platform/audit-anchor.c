/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform is told of the end of the audit log: at the start, after so many records or so much
 * time, and at the stop. What it signs for is kept in the file of receipts.
 *
 *   idle --new records--> (wait) --time or number is over--> calling --receipt--> storing --> idle
 *                                                               └--refused, silent--> (wait)
 *
 * Invariant: one call at most is on its way; after one that failed the wait is always the whole. */
#include "platform/audit-anchor.h"

#include <string.h>

#include "audit/receipt.h"
#include "model/error.h"
#include "model/json.h"
#include "platform/sm2.h"

enum
{
  BODY_MAX = 128
};

struct _JuminAuditAnchor
{
  GObject parent_instance;
  JuminHttpClient *http;
  JuminAudit *audit;
  JuminClock *clock;
  GPtrArray *keys;
  char *directory, *terminal;
  guint records, wait_ms, stop_ms;
  JuminAuditLink calling; /* what the platform is told now */
  gint64 sequence;        /* what it has signed for */
  gboolean busy, failed, due;
  gpointer wait_timer, stop_timer;
  GTask *stop;
};

G_DEFINE_FINAL_TYPE (JuminAuditAnchor, jumin_audit_anchor, G_TYPE_OBJECT)

static void consider (JuminAuditAnchor *self);

static void
end_stop (JuminAuditAnchor *self)
{
  g_autoptr (GTask) stop = g_steal_pointer (&self->stop);

  jumin_clock_cancel (self->clock, &self->stop_timer);
  if (stop != NULL)
    g_task_return_boolean (stop, TRUE);
}

static gboolean
on_waited (gpointer data)
{
  JuminAuditAnchor *self = data;

  self->wait_timer = NULL;
  self->failed = FALSE;
  self->due = TRUE;
  consider (self);
  return G_SOURCE_REMOVE;
}

static void
wait_more (JuminAuditAnchor *self)
{
  if (self->wait_timer == NULL)
    self->wait_timer = jumin_clock_after (self->clock, self->wait_ms, on_waited, self);
}

static void
take_failure (JuminAuditAnchor *self, const GError *error)
{
  g_message ("Anchoring the audit log failed: %s", error->message);
  self->failed = TRUE;
  wait_more (self);
  end_stop (self);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminAuditAnchor *self = JUMIN_AUDIT_ANCHOR (source);
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      take_failure (self, error);
      return;
    }
  self->sequence = self->calling.sequence;
  consider (self);
}

static void
store_receipt (GTask *task, gpointer source, gpointer receipt, GCancellable *cancellable)
{
  GError *error = NULL;

  if (jumin_receipt_store (receipt, g_object_get_data (G_OBJECT (task), "directory"), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
store (JuminAuditAnchor *self, JuminReceipt *receipt)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_stored, NULL);

  g_task_set_source_tag (task, store);
  g_task_set_task_data (task, receipt, (GDestroyNotify)jumin_receipt_free);
  g_object_set_data_full (G_OBJECT (task), "directory", g_strdup (self->directory), g_free);
  g_task_run_in_thread (task, store_receipt);
}

static void
read_answer (const JuminJson *root, gpointer data)
{
  JuminReceipt *receipt = data;

  receipt->at = jumin_json_get_time (root, "at");
  receipt->signature
      = g_strdup (jumin_json_get_string (root, "signature", JUMIN_RECEIPT_SIGNATURE_MAX));
}

/* Returns: (transfer full) (nullable): what the platform has signed */
static JuminReceipt *
read_receipt (JuminAuditAnchor *self, const JuminHttpAnswer *answer, GError **error)
{
  g_autoptr (JuminReceipt) receipt = jumin_receipt_new (self->terminal, &self->calling, 0, NULL);
  JuminJsonFile file = { "Receipt of", "an anchor", answer->body, (gssize)answer->length,
                         JUMIN_HTTP_ANSWER_BYTES_MAX };
  g_autofree char *text = NULL;

  if (!jumin_json_read_file (&file, read_answer, receipt, error))
    return NULL;
  text = jumin_receipt_dup_text (receipt);
  if (answer->status == 201 && jumin_sm2_verify_any (self->keys, text, receipt->signature))
    return g_steal_pointer (&receipt);
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
               "The platform gave no receipt, status %u", answer->status);
  return NULL;
}

static void
on_called (GObject *http, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminAuditAnchor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHttpAnswer) answer
      = jumin_http_client_call_finish (JUMIN_HTTP_CLIENT (http), result, &error);
  JuminReceipt *receipt = answer != NULL ? read_receipt (self, answer, &error) : NULL;

  if (receipt != NULL)
    {
      store (self, receipt);
      return;
    }
  self->busy = FALSE;
  take_failure (self, error);
}

static void
call (JuminAuditAnchor *self, const JuminAuditLink *head)
{
  char body[BODY_MAX];
  JuminHttpRequest request = { .method = "POST", .path = "/audit-anchors", .body = body };

  g_snprintf (body, sizeof body, "{\"sequence\":%" G_GINT64_FORMAT ",\"hash\":\"%s\"}",
              head->sequence, head->hash);
  self->calling = *head;
  self->busy = TRUE;
  self->due = FALSE;
  jumin_clock_cancel (self->clock, &self->wait_timer);
  jumin_http_client_call_async (self->http, &request, NULL, on_called, g_object_ref (self));
}

static void
consider (JuminAuditAnchor *self)
{
  JuminAuditLink head;
  gboolean settled = jumin_audit_get_head (self->audit, &head);
  gint64 records = head.sequence - self->sequence;

  if (self->busy)
    return;
  if (records <= 0)
    {
      if (settled)
        end_stop (self);
    }
  else if ((self->due || (records >= self->records && !self->failed))
           && (self->stop == NULL || settled))
    call (self, &head);
  else
    wait_more (self);
}

static gboolean
on_stopped_long (gpointer data)
{
  JuminAuditAnchor *self = data;

  self->stop_timer = NULL;
  end_stop (self);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_audit_anchor_stop_async:
 *
 * Tells the platform of the last record; answers when it has signed for it, when it does not, or
 * after the time for that.
 */
void
jumin_audit_anchor_stop_async (JuminAuditAnchor *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->stop, jumin_audit_anchor_stop_async);
  self->stop_timer = jumin_clock_after (self->clock, self->stop_ms, on_stopped_long, self);
  self->due = TRUE;
  consider (self);
}

gboolean
jumin_audit_anchor_stop_finish (JuminAuditAnchor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
jumin_audit_anchor_dispose (GObject *object)
{
  JuminAuditAnchor *self = JUMIN_AUDIT_ANCHOR (object);

  if (self->clock != NULL)
    {
      jumin_clock_cancel (self->clock, &self->wait_timer);
      end_stop (self);
    }
  g_clear_object (&self->http);
  g_clear_object (&self->audit);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jumin_audit_anchor_parent_class)->dispose (object);
}

static void
jumin_audit_anchor_finalize (GObject *object)
{
  JuminAuditAnchor *self = JUMIN_AUDIT_ANCHOR (object);

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->directory);
  g_free (self->terminal);
  G_OBJECT_CLASS (jumin_audit_anchor_parent_class)->finalize (object);
}

static void
jumin_audit_anchor_class_init (JuminAuditAnchorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_audit_anchor_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_audit_anchor_finalize;
}

static void
jumin_audit_anchor_init (JuminAuditAnchor *self)
{
  self->due = TRUE;
}

/* The platform may know of a later end than the log has: then somebody has cut it off. */
static void
compare_with_last (JuminAuditAnchor *self)
{
  g_autoptr (JuminReceipt) last = jumin_receipt_load_last (self->directory);
  g_autofree char *anchored = NULL;
  JuminAuditLink head;

  jumin_audit_get_head (self->audit, &head);
  if (last == NULL)
    return;
  if (last->link.sequence < head.sequence
      || (last->link.sequence == head.sequence && strcmp (last->link.hash, head.hash) == 0))
    {
      self->sequence = last->link.sequence;
      return;
    }
  anchored = g_strdup_printf ("%" G_GINT64_FORMAT, last->link.sequence);
  g_warning ("The audit log ends before record %s, which the platform was told of", anchored);
  jumin_audit_write (self->audit, JUMIN_AUDIT_CUT_OFF, "anchored", anchored, NULL);
}

/**
 * jumin_audit_anchor_new:
 * @settings: copied
 *
 * Errors: those of jumin_sm2_load_public_keys().
 *
 * Returns: (transfer full): the anchor; the platform is told with the first record
 */
JuminAuditAnchor *
jumin_audit_anchor_new (const JuminAnchorSettings *settings, JuminHttpClient *http,
                        JuminAudit *audit, JuminClock *clock, GError **error)
{
  g_autoptr (GPtrArray) keys = jumin_sm2_load_public_keys (settings->reply_key_file, error);
  JuminAuditAnchor *self;

  if (keys == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_AUDIT_ANCHOR, NULL);
  self->keys = g_steal_pointer (&keys);
  self->http = g_object_ref (http);
  self->audit = g_object_ref (audit);
  self->clock = g_object_ref (clock);
  self->directory = g_strdup (settings->directory);
  self->terminal = g_strdup (settings->terminal);
  self->records = settings->records;
  self->wait_ms = settings->wait_ms;
  self->stop_ms = settings->stop_ms;
  compare_with_last (self);
  g_signal_connect_object (audit, "changed", G_CALLBACK (consider), self, G_CONNECT_SWAPPED);
  return self;
}
