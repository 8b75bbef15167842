/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a jumin-scan for as long as somebody looks.
 *
 *   OFF ──look──► begin ──► OPENING ──OPENED, STATE──► as it says ──┐
 *                   ▲          │                           │       │ looks no more: closed, killed
 *                   │          └──silence, rubbish, end────┤       ▼
 *                   │◄── at once; FAULTY: after faulty_ms ─┘      OFF
 *                   └◄── after retry_ms ── MISSING, BUSY, REFUSED, FORMAT, LOST
 *
 *   begin():        the line, START, a deadline       die():        rubbish, silence, end
 *   take_message(): what comes                        pause_for():  a camera that is away
 *   drop():         the end of the line
 *
 * There is one timer: the deadline of who is silent, or the pause before the next begin. A fresh
 * process begins only when the last one is gone, since that has the camera. What a camera in
 * trouble said last stands until a fresh process says something better. */
#include "devices/camera-scanner.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "devices/scan-link.h"

enum
{
  DEATHS_WITHIN_MS = 60 * 1000,
  MESSAGES_A_SECOND_MAX = 500
};

struct _JuminCameraScanner
{
  GObject parent_instance;
  JuminClock *clock;
  JuminCameraSettings settings; /* owns its strings */
  gboolean looking;
  JuminScanState state;
  JuminScanHint hint;

  JuminScanLink link;
  guint watch;      /* of the link; 0: there is none */
  gboolean alive;   /* a child has not been reaped yet, this one or the last */
  gboolean waiting; /* for that, to begin */
  gboolean opened;  /* OPENED has come */
  int preview;      /* what came with it; −1: nothing */
  gpointer timer;
  gint64 second_us;  /* when the second began in which messages are counted */
  guint messages;    /* in it */
  gint64 *deaths_us; /* the last settings.deaths_max */
  guint deaths;
  GCancellable *cancellable; /* of waits for children */
};

static void begin (JuminCameraScanner *self);

static void
set_state (JuminCameraScanner *self, JuminScanState state, JuminScanHint hint)
{
  if (state != JUMIN_SCAN_LOOKING)
    hint = JUMIN_SCAN_HINT_NONE;
  if (self->state == state && self->hint == hint)
    return;
  self->state = state;
  self->hint = hint;
  jumin_code_scanner_emit_changed (JUMIN_CODE_SCANNER (self));
}

static void
set_timer (JuminCameraScanner *self, guint ms, GSourceFunc callback)
{
  jumin_clock_cancel (self->clock, &self->timer);
  self->timer = jumin_clock_after (self->clock, ms, callback, self);
}

static void
drop (JuminCameraScanner *self)
{
  jumin_clock_cancel (self->clock, &self->timer);
  g_clear_handle_id (&self->watch, g_source_remove);
  jumin_scan_link_close (&self->link);
  if (self->preview >= 0)
    close (self->preview);
  self->preview = -1;
  self->opened = FALSE;
  self->waiting = FALSE;
}

static gboolean
on_begin (gpointer data)
{
  JuminCameraScanner *self = data;

  self->timer = NULL;
  begin (self);
  return G_SOURCE_REMOVE;
}

/* Says how it is with the camera, and looks again later. */
static void
pause_for (JuminCameraScanner *self, guint ms, JuminScanState state)
{
  drop (self);
  set_timer (self, ms, on_begin);
  set_state (self, state, JUMIN_SCAN_HINT_NONE);
}

/* Whether jumin-scan dies again and again, this death among them. */
static gboolean
count_death (JuminCameraScanner *self)
{
  gint64 now_us = jumin_clock_get_monotonic (self->clock);
  gint64 first_us;

  self->deaths_us[self->deaths++ % self->settings.deaths_max] = now_us;
  first_us = self->deaths_us[self->deaths % self->settings.deaths_max];
  return first_us > 0 && now_us - first_us < (gint64)DEATHS_WITHIN_MS * 1000;
}

static void
die (JuminCameraScanner *self, const char *why)
{
  g_message ("Looking for codes is begun again: %s", why);
  if (count_death (self) || self->state == JUMIN_SCAN_FAULTY)
    pause_for (self, self->settings.faulty_ms, JUMIN_SCAN_FAULTY);
  else
    pause_for (self, 0, JUMIN_SCAN_OPENING);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Believing jumin-scan failed: %s", what);
  return FALSE;
}

/* While a camera in trouble is opened again, nothing is better yet. */
static gboolean
take_state (JuminCameraScanner *self, const JuminScanMessage *message, GError **error)
{
  JuminScanState state = message->state;

  if (state == JUMIN_SCAN_OFF || state == JUMIN_SCAN_FAULTY)
    return fail (error, "a state that is not its to say");
  if (jumin_scan_state_ends (state))
    pause_for (self, self->settings.retry_ms, state);
  else if (state == JUMIN_SCAN_OPENING)
    return TRUE;
  else if (!self->opened)
    return fail (error, "it sees without a camera");
  else
    set_state (self, state, message->hint);
  return TRUE;
}

static gboolean
take_message (JuminCameraScanner *self, const JuminScanMessage *message, int descriptor,
              GError **error)
{
  g_autoptr (GBytes) text = NULL;

  switch (message->kind)
    {
    case JUMIN_SCAN_MESSAGE_OPENED:
      if (self->opened)
        {
          close (descriptor);
          return fail (error, "it opens twice");
        }
      self->opened = TRUE;
      self->preview = descriptor;
      return TRUE;
    case JUMIN_SCAN_MESSAGE_STATE:
      return take_state (self, message, error);
    case JUMIN_SCAN_MESSAGE_CODE:
      if (!self->opened)
        return fail (error, "it reads without a camera");
      text = g_bytes_new (message->text, message->text_length);
      jumin_code_scanner_emit_code (JUMIN_CODE_SCANNER (self), text);
      return TRUE;
    case JUMIN_SCAN_MESSAGE_START:
    case JUMIN_SCAN_MESSAGE_PREVIEW:
    default:
      return fail (error, "it says what core says");
    }
}

/* A program that does nothing but talk must not keep core from its work. */
static gboolean
count_message (JuminCameraScanner *self, GError **error)
{
  gint64 now_us = jumin_clock_get_monotonic (self->clock);

  if (now_us - self->second_us >= G_USEC_PER_SEC)
    {
      self->second_us = now_us;
      self->messages = 0;
    }
  return ++self->messages <= MESSAGES_A_SECOND_MAX || fail (error, "it talks too much");
}

static gboolean on_silence (gpointer data);

static gboolean
on_readable (int descriptor, GIOCondition condition, gpointer data)
{
  g_autoptr (JuminCameraScanner) self = g_object_ref (JUMIN_CAMERA_SCANNER (data));
  guint line = self->watch;
  JuminScanMessage message;
  g_autoptr (GError) error = NULL;
  int memory;
  gboolean good = jumin_scan_link_receive (&self->link, &message, &memory, &error)
                  && take_message (self, &message, memory, &error);

  explicit_bzero (&message, sizeof message);
  if (self->watch != line)
    return G_SOURCE_REMOVE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (!good || !count_message (self, &error))
    die (self, error->message);
  else if (self->opened)
    set_timer (self, self->settings.frame_ms, on_silence);
  return self->watch == line ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
on_silence (gpointer data)
{
  JuminCameraScanner *self = data;

  self->timer = NULL;
  die (self, self->watch != 0 ? "it is silent" : "the last one is still there");
  return G_SOURCE_REMOVE;
}

static void
on_gone (GObject *process, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminCameraScanner *self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (process), result, &error);
  if (error != NULL)
    return;
  self->alive = FALSE;
  if (self->waiting)
    begin (self);
}

static gboolean
start (JuminCameraScanner *self, GError **error)
{
  JuminScanMessage message = {
    .kind = JUMIN_SCAN_MESSAGE_START,
    .start = { .frame_ms = MIN (jumin_clock_get_real_ms (self->clock, self->settings.frame_ms),
                                JUMIN_SCAN_FRAME_MS_MAX),
               .stall_ms = MIN (jumin_clock_get_real_ms (self->clock, self->settings.stall_ms),
                                JUMIN_SCAN_FRAME_MS_MAX),
               .mirror = self->settings.mirror },
  };

  g_strlcpy (message.start.device, self->settings.device, sizeof message.start.device);
  if (!jumin_scan_link_open (&self->link, self->settings.program, self->settings.socket, error))
    return FALSE;
  if (self->link.process != NULL)
    {
      self->alive = TRUE;
      g_subprocess_wait_async (self->link.process, self->cancellable, on_gone, self);
    }
  return jumin_scan_link_send (&self->link, &message, error);
}

static void
begin (JuminCameraScanner *self)
{
  g_autoptr (GError) error = NULL;

  self->waiting = self->alive;
  set_timer (self, self->settings.open_ms, on_silence);
  if (self->waiting)
    return;
  /* What lies there goes before a deadline: it may be this program that was held up. */
  if (start (self, &error))
    self->watch = g_unix_fd_add_full (G_PRIORITY_HIGH, self->link.descriptor,
                                      G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self, NULL);
  else
    die (self, error->message);
}

static void
set_looking (JuminCodeScanner *scanner, gboolean looking)
{
  JuminCameraScanner *self = JUMIN_CAMERA_SCANNER (scanner);

  if (self->looking == looking)
    return;
  self->looking = looking;
  drop (self);
  /* Whoever hears of it may have changed it again. */
  set_state (self, looking ? JUMIN_SCAN_OPENING : JUMIN_SCAN_OFF, JUMIN_SCAN_HINT_NONE);
  if (self->looking && self->timer == NULL)
    begin (self);
}

static JuminScanState
get_state (JuminCodeScanner *scanner)
{
  return JUMIN_CAMERA_SCANNER (scanner)->state;
}

static JuminScanHint
get_hint (JuminCodeScanner *scanner)
{
  return JUMIN_CAMERA_SCANNER (scanner)->hint;
}

/* Pictures are made from the first time that somebody wants them until nobody looks any more. */
static int
open_preview (JuminCodeScanner *scanner)
{
  JuminCameraScanner *self = JUMIN_CAMERA_SCANNER (scanner);
  const JuminScanMessage message = { .kind = JUMIN_SCAN_MESSAGE_PREVIEW, .preview = TRUE };

  if (self->preview < 0 || !jumin_scan_link_send (&self->link, &message, NULL))
    return -1;
  return fcntl (self->preview, F_DUPFD_CLOEXEC, 0);
}

static void
implement_scanner (JuminCodeScannerInterface *iface)
{
  iface->set_looking = set_looking;
  iface->get_state = get_state;
  iface->get_hint = get_hint;
  iface->open_preview = open_preview;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminCameraScanner, jumin_camera_scanner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_CODE_SCANNER, implement_scanner))

static void
jumin_camera_scanner_dispose (GObject *object)
{
  JuminCameraScanner *self = JUMIN_CAMERA_SCANNER (object);

  self->looking = FALSE;
  g_cancellable_cancel (self->cancellable);
  drop (self);
  G_OBJECT_CLASS (jumin_camera_scanner_parent_class)->dispose (object);
}

static void
jumin_camera_scanner_finalize (GObject *object)
{
  JuminCameraScanner *self = JUMIN_CAMERA_SCANNER (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free ((char *)self->settings.program);
  g_free ((char *)self->settings.socket);
  g_free ((char *)self->settings.device);
  g_free (self->deaths_us);
  G_OBJECT_CLASS (jumin_camera_scanner_parent_class)->finalize (object);
}

static void
jumin_camera_scanner_class_init (JuminCameraScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_camera_scanner_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_camera_scanner_finalize;
}

static void
jumin_camera_scanner_init (JuminCameraScanner *self)
{
  self->link.descriptor = -1;
  self->preview = -1;
  self->cancellable = g_cancellable_new ();
}

/**
 * jumin_camera_scanner_new:
 * @settings: copied
 * @clock: for all waits
 *
 * Returns: (transfer full): a scanner that does not look yet
 */
JuminCodeScanner *
jumin_camera_scanner_new (const JuminCameraSettings *settings, JuminClock *clock)
{
  JuminCameraScanner *self = g_object_new (JUMIN_TYPE_CAMERA_SCANNER, NULL);

  g_assert (settings->deaths_max >= 1 && settings->deaths_max <= JUMIN_CAMERA_DEATHS_MAX);
  self->clock = g_object_ref (clock);
  self->settings = *settings;
  self->settings.program = g_strdup (settings->program);
  self->settings.socket = g_strdup (settings->socket);
  self->settings.device = g_strdup (settings->device);
  self->deaths_us = g_new0 (gint64, settings->deaths_max);
  return JUMIN_CODE_SCANNER (self);
}
