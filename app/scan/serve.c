/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-scan before a camera: one thread that waits for frames and for core, and does one thing
 * after the other.
 *
 *   START → open the camera → warm up → locked in → OPENED → frames until core goes, or the camera
 *
 * CPU: looking for a code costs half of the time at most, since each look puts the next one off by
 * twice its time; one that takes a little more than half of a frame's interval uses what the ones
 * before have left, or it would cost the whole next frame. A preview has a quarter, which is taken
 * from the looks. The kernel's timer ends the process when one round hangs (SIGALRM, default
 * action): nobody else may be able to. */
#include "scan/serve.h"
#include "ipc/preview.h"
#include "scan/camera.h"
#include "scan/coach.h"
#include "scan/core-link.h"
#include "scan/decoder.h"
#include "scan/lock-in.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum
{
  OPEN_MS_MAX = 10000,     /* for START to come, and for a camera to begin */
  BUSY_RETRY_MS = 25,      /* until a busy camera is tried again, */
  BUSY_MS_MAX = 1000,      /* and how long: core waits for an open camera only for so long */
  SIGN_OF_LIFE_MS = 100,   /* between two states */
  STATES_INTERVAL_MS = 25, /* not more often for frames */
  PREVIEW_INTERVAL_MS = 25,
  LOOK_SHARE = 2,      /* one part of so many is the time for looks, */
  PREVIEW_SHARE = 4,   /* for previews */
  LOOK_CREDIT_MS = 33, /* what looks can have left at most: about a frame's interval */
  MS_US = 1000,
  IDLE_WAKES_MAX = 100 /* for a frame that was none, one after the other: a broken driver */
};

typedef struct
{
  int core;
  JuminClock *clock;
  JuminScanStart start;
  JuminCamera *camera;
  JuminPixels *pixels;
  JuminDecoder *decoder;
  JuminCoach *coach;
  JuminPreviewWriter *writer;
  gboolean gone;    /* core has closed its end */
  gboolean preview; /* whether it is looked at */
  gboolean begun;   /* whether a good frame has come */
  guint idle_wakes; /* since a frame has come */
  gint64 good_us;   /* when the last one did; before: when the camera was opened */
  gint64 look_us, preview_us, state_us; /* not before then: a look, a preview; the last state */
  gint64 deadline_us;                   /* of the look */
} Server;

static gint64
now_us (Server *self)
{
  return jumin_clock_get_monotonic (self->clock);
}

/* Lets the kernel end this process after so long, unless it is called again. */
static void
arm_watchdog (guint ms)
{
  const struct itimerval timer = { { 0, 0 }, { ms / 1000, (ms % 1000) * 1000 } };

  setitimer (ITIMER_REAL, &timer, NULL);
}

static void
prepare_signals (void)
{
  sigset_t alarm_only;

  signal (SIGALRM, SIG_DFL);
  /* Who is locked in may write no file: an error that goes to one is lost, and no more. */
  signal (SIGXFSZ, SIG_IGN);
  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  sigprocmask (SIG_UNBLOCK, &alarm_only, NULL);
}

static guint
get_pause_ms (Server *self)
{
  return CLAMP (self->start.frame_ms / 2, 1, SIGN_OF_LIFE_MS);
}

static JuminScanState
get_state (Server *self)
{
  if (now_us (self) - self->good_us >= (gint64)self->start.stall_ms * MS_US)
    return JUMIN_SCAN_STALLED;
  return self->begun ? jumin_coach_get_state (self->coach) : JUMIN_SCAN_OPENING;
}

static void
tell_state (Server *self, JuminScanState state)
{
  JuminScanHint hint = JUMIN_SCAN_HINT_NONE;

  if (state == JUMIN_SCAN_LOOKING)
    hint = jumin_coach_get_hint (self->coach);
  self->state_us = now_us (self);
  jumin_core_link_send (
      self->core,
      &(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_STATE, .state = state, .hint = hint });
}

static void
tell_code (Server *self, GBytes *text)
{
  JuminScanMessage message = { .kind = JUMIN_SCAN_MESSAGE_CODE };

  message.text_length = g_bytes_get_size (text);
  memcpy (message.text, g_bytes_get_data (text, NULL), message.text_length);
  jumin_core_link_send (self->core, &message);
  explicit_bzero (&message, sizeof message);
}

static gboolean
is_over (gpointer data)
{
  Server *self = data;

  return now_us (self) >= self->deadline_us;
}

static void
look (Server *self, const JuminFrame *frame)
{
  g_autoptr (GPtrArray) texts
      = jumin_decoder_read_frame (self->decoder, frame, is_over, self, NULL);

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    tell_code (self, g_ptr_array_index (texts, i));
  jumin_coach_look (self->coach, frame, texts != NULL && texts->len > 0, now_us (self), NULL);
}

static void
take_good (Server *self, gint64 at_us)
{
  self->good_us = at_us;
  self->begun = TRUE;
}

static void
look_at_bytes (Server *self, const guint8 *bytes, gsize length, gint64 began_us)
{
  const JuminFrame *frame = jumin_pixels_read_grey (self->pixels, bytes, length);

  self->deadline_us = began_us + (gint64)self->start.frame_ms * MS_US / 2;
  if (frame != NULL)
    {
      take_good (self, began_us);
      look (self, frame);
    }
  self->look_us = MAX (self->look_us, began_us - LOOK_CREDIT_MS * MS_US)
                  + (now_us (self) - began_us) * LOOK_SHARE;
}

static void
draw_preview (Server *self, const guint8 *bytes, gsize length, gint64 began_us)
{
  guint width, height;
  guint8 *pixels;
  gint64 spent_us;

  jumin_pixels_get_preview_size (self->pixels, &width, &height);
  pixels = jumin_preview_writer_begin (self->writer, width, height);
  if (jumin_pixels_read_preview (self->pixels, bytes, length, self->start.mirror, pixels))
    {
      jumin_preview_writer_commit (self->writer);
      take_good (self, began_us);
    }
  spent_us = now_us (self) - began_us;
  self->preview_us = began_us + MAX (spent_us * PREVIEW_SHARE, PREVIEW_INTERVAL_MS * MS_US);
  self->look_us += spent_us * LOOK_SHARE;
}

static void
take_frame (Server *self, const guint8 *bytes, gsize length)
{
  gint64 at_us = now_us (self);

  if (self->preview && at_us >= self->preview_us)
    draw_preview (self, bytes, length, at_us);
  at_us = now_us (self);
  if (at_us >= self->look_us)
    look_at_bytes (self, bytes, length, at_us);
  if (now_us (self) - self->state_us >= STATES_INTERVAL_MS * MS_US)
    tell_state (self, get_state (self));
}

/* Returns: whether the camera is still there */
static gboolean
serve_camera (Server *self, short events)
{
  const guint8 *bytes;
  gsize length;
  JuminCameraTake take = JUMIN_CAMERA_NOTHING;

  if (events & (POLLERR | POLLHUP | POLLNVAL))
    take = JUMIN_CAMERA_LOST;
  else if (events & POLLIN)
    take = jumin_camera_take (self->camera, &bytes, &length);
  if (take == JUMIN_CAMERA_FRAME)
    take_frame (self, bytes, length);
  if (take != JUMIN_CAMERA_NOTHING)
    self->idle_wakes = 0;
  else if (events != 0)
    self->idle_wakes++;
  return take != JUMIN_CAMERA_LOST && self->idle_wakes < IDLE_WAKES_MAX;
}

static gboolean
serve_core (Server *self, short events, GError **error)
{
  JuminScanMessage message;

  if (events == 0)
    return TRUE;
  if (!jumin_core_link_receive (self->core, &message, &self->gone, error))
    return FALSE;
  if (self->gone)
    return TRUE;
  if (message.kind == JUMIN_SCAN_MESSAGE_PREVIEW)
    {
      self->preview = message.preview;
      return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "Core said something that is said before, or never");
  return FALSE;
}

static gboolean
serve_frames (Server *self, GError **error)
{
  guint pause_ms = get_pause_ms (self);

  while (!self->gone)
    {
      struct pollfd waiting[] = { { self->core, POLLIN, 0 },
                                  { jumin_camera_get_descriptor (self->camera), POLLIN, 0 } };

      arm_watchdog (2 * self->start.frame_ms);
      if (poll (waiting, G_N_ELEMENTS (waiting), (int)pause_ms) < 0)
        continue;
      if (!serve_core (self, waiting[0].revents, error))
        return FALSE;
      if (!serve_camera (self, waiting[1].revents))
        {
          tell_state (self, JUMIN_SCAN_LOST);
          return TRUE;
        }
      if (now_us (self) - self->state_us >= (gint64)pause_ms * MS_US)
        tell_state (self, get_state (self));
    }
  return TRUE;
}

/* The libraries make what they keep, and load what they need, while they still may. */
static void
warm_up (Server *self)
{
  const JuminPixelLayout *layout = jumin_camera_get_layout (self->camera);
  JuminFrame grey = { NULL, layout->width, layout->height };
  g_autofree guint8 *pixels = g_malloc0 (jumin_frame_get_size (&grey));

  grey.pixels = pixels;
  jumin_decoder_warm_up (self->decoder, grey.width, grey.height, NULL);
  jumin_coach_look (self->coach, &grey, FALSE, now_us (self), NULL);
  jumin_coach_free (self->coach);
  self->coach = jumin_coach_new ();
}

static int
compare_descriptors (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* The camera and all memory are there: from here on nothing else can be reached. */
static gboolean
lock_in (Server *self, GError **error)
{
  int memory = jumin_preview_writer_steal_descriptor (self->writer);
  int kept[] = { self->core, jumin_camera_get_descriptor (self->camera), memory };

  qsort (kept, G_N_ELEMENTS (kept), sizeof *kept, compare_descriptors);
  if (!jumin_lock_in (kept, G_N_ELEMENTS (kept), error))
    return FALSE;
  self->gone = !jumin_core_link_send_opened (self->core, memory);
  close (memory);
  return TRUE;
}

/* The process before this one may still be at its last frame: behind systemd's socket nobody waits
 * for its end. A camera that is busy longer than a frame may take is somebody else's. */
static JuminCamera *
open_camera (Server *self, JuminScanState *why)
{
  gint64 until_us = now_us (self) + (gint64)MIN (self->start.frame_ms, BUSY_MS_MAX) * MS_US;
  JuminCamera *camera = jumin_camera_open (self->start.device, why);

  while (camera == NULL && *why == JUMIN_SCAN_BUSY && now_us (self) < until_us)
    {
      struct pollfd core = { self->core, 0, 0 };

      /* It has gone, too. */
      if (poll (&core, 1, BUSY_RETRY_MS) > 0)
        break;
      camera = jumin_camera_open (self->start.device, why);
    }
  return camera;
}

static gboolean
serve_started (Server *self, GError **error)
{
  JuminScanState why;

  tell_state (self, JUMIN_SCAN_OPENING);
  self->camera = open_camera (self, &why);
  if (self->camera == NULL)
    {
      tell_state (self, why);
      return TRUE;
    }
  self->pixels = jumin_pixels_new (jumin_camera_get_layout (self->camera));
  self->writer = jumin_preview_writer_new (error);
  if (self->writer == NULL)
    return FALSE;
  warm_up (self);
  if (!lock_in (self, error))
    return FALSE;
  self->good_us = now_us (self);
  tell_state (self, JUMIN_SCAN_OPENING);
  return serve_frames (self, error);
}

static gboolean
wait_for_start (Server *self, GError **error)
{
  struct pollfd waiting = { self->core, POLLIN, 0 };
  JuminScanMessage message = { 0 };

  if (poll (&waiting, 1, OPEN_MS_MAX) > 0
      && !jumin_core_link_receive (self->core, &message, &self->gone, error))
    return FALSE;
  if (self->gone || message.kind == JUMIN_SCAN_MESSAGE_START)
    {
      self->start = message.start;
      return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Core did not begin by START");
  return FALSE;
}

/**
 * jumin_serve:
 * @core: a connected socket of messages
 * @clock: the time
 *
 * Looks for codes until core closes its end, or the camera can give none.
 *
 * Errors: of the messages, of the preview's memory, and of jumin_lock_in().
 */
gboolean
jumin_serve (int core, JuminClock *clock, GError **error)
{
  Server self = { .core = core, .clock = clock };
  gboolean good;

  prepare_signals ();
  arm_watchdog (2 * OPEN_MS_MAX);
  self.decoder = jumin_decoder_new ();
  self.coach = jumin_coach_new ();
  good = wait_for_start (&self, error) && (self.gone || serve_started (&self, error));
  g_clear_pointer (&self.camera, jumin_camera_close);
  g_clear_pointer (&self.pixels, jumin_pixels_free);
  g_clear_pointer (&self.writer, jumin_preview_writer_free);
  jumin_decoder_free (self.decoder);
  jumin_coach_free (self.coach);
  arm_watchdog (0);
  return good;
}
