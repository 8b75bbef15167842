/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what would help to read a code: what frames show (scan/sight.h), made calm. What a person is
 * told changes once a second at most, and only to what most of the last looks say: one frame is an
 * accident. A code that was read needs no help. A pure function of frames and times. */
#include "scan/coach.h"

#include "scan/sight.h"

enum
{
  LOOK_EVERY_MS = 100,
  LOOKS = 7,          /* that are remembered */
  LOOKS_AGREE_MIN = 4 /* of them, for a word about it */
};

static const gint64 HINT_US_MIN = G_USEC_PER_SEC;

struct _JuminCoach
{
  guint8 *half, *binary;
  gsize size; /* what they can hold, pixels */
  guint32 columns[JUMIN_FRAME_SIDE_MAX_PX];
  JuminSight looks[LOOKS];
  guint next;
  gint64 looked_us, hinted_us; /* since when; 0: never */
  JuminScanState state;
  JuminScanHint hint;
};

static void
forget_looks (JuminCoach *self)
{
  for (guint i = 0; i < LOOKS; i++)
    self->looks[i] = (JuminSight){ JUMIN_SCAN_LOOKING, JUMIN_SCAN_HINT_NONE };
  self->state = JUMIN_SCAN_LOOKING;
  self->hint = JUMIN_SCAN_HINT_NONE;
}

/**
 * jumin_coach_new:
 *
 * Returns: (transfer full): a coach for one camera
 */
JuminCoach *
jumin_coach_new (void)
{
  JuminCoach *self = g_new0 (JuminCoach, 1);

  forget_looks (self);
  return self;
}

void
jumin_coach_free (JuminCoach *self)
{
  g_free (self->half);
  g_free (self->binary);
  g_free (self);
}

JuminScanState
jumin_coach_get_state (JuminCoach *self)
{
  return self->state;
}

/**
 * jumin_coach_get_hint:
 *
 * Returns: what to say now, the same for a second at least; _NONE while the light is wrong
 */
JuminScanHint
jumin_coach_get_hint (JuminCoach *self)
{
  return self->state == JUMIN_SCAN_LOOKING ? self->hint : JUMIN_SCAN_HINT_NONE;
}

/* A code so near that a module is wider than a neighbourhood, and one in much noise, have corners
 * only for a wide look. */
static JuminSight
see (JuminCoach *self, const JuminFrame *frame)
{
  gsize size = jumin_frame_get_size (frame);
  JuminFrame small = *frame, binary;
  JuminSight sight;

  if (size > self->size)
    {
      self->half = g_realloc (self->half, size / 4);
      self->binary = g_realloc (self->binary, size);
      self->size = size;
    }
  if (frame->height >= JUMIN_FRAME_HALF_HEIGHT_MIN_PX)
    small = jumin_frame_halve (frame, self->half);
  binary = jumin_frame_threshold (&small, self->binary, self->columns);
  sight = jumin_sight_of (&small, &binary);
  if (sight.state != JUMIN_SCAN_LOOKING || sight.hint != JUMIN_SCAN_HINT_NONE)
    return sight;
  binary = jumin_frame_threshold_smoothed (&small, self->binary, self->columns);
  return jumin_sight_of (&small, &binary);
}

/* What most of the looks say; what was said last when they differ. */
static JuminScanState
agree_on_state (JuminCoach *self)
{
  guint votes[JUMIN_N_SCAN_STATES] = { 0 };

  for (guint i = 0; i < LOOKS; i++)
    if (++votes[self->looks[i].state] >= LOOKS_AGREE_MIN)
      return self->looks[i].state;
  return self->state;
}

static JuminScanHint
agree_on_hint (JuminCoach *self)
{
  guint votes[JUMIN_N_SCAN_HINTS] = { 0 };

  for (guint i = 0; i < LOOKS; i++)
    if (++votes[self->looks[i].hint] >= LOOKS_AGREE_MIN)
      return self->looks[i].hint;
  return self->hint;
}

/**
 * jumin_coach_look:
 * @frame: a frame of the camera
 * @read: whether a code was read in it
 * @now_us: the time, which never goes back
 *
 * Looks at @frame, when it is time for another look.
 *
 * Errors: G_IO_ERROR_INVALID_DATA when @frame is too small or too large.
 *
 * Returns: whether @frame is one
 */
gboolean
jumin_coach_look (JuminCoach *self, const JuminFrame *frame, gboolean read, gint64 now_us,
                  GError **error)
{
  JuminScanHint hint;

  if (!jumin_frame_check (frame, error))
    return FALSE;
  if (read)
    forget_looks (self);
  if (read || (self->looked_us != 0 && now_us - self->looked_us < LOOK_EVERY_MS * 1000))
    return TRUE;
  self->looked_us = now_us;
  self->looks[self->next] = see (self, frame);
  self->next = (self->next + 1) % LOOKS;
  self->state = agree_on_state (self);
  hint = agree_on_hint (self);
  if (hint == self->hint || (self->hinted_us != 0 && now_us - self->hinted_us < HINT_US_MIN))
    return TRUE;
  self->hint = hint;
  self->hinted_us = now_us;
  return TRUE;
}
