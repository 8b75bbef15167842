/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one frame shows: how its light is, and what is wrong with a code in it. The constants were
 * chosen on generated pictures (tests/bench/pictures.py), greys are those of a webcam. */
#include "scan/sight.h"

#include "scan/finder.h"

#include <math.h>

enum
{
  BLOCK_PX = 16,
  DARK_GREY = 45, /* brighter than this is something to see */
  BURNT_GREY = 250,
  FLAT_GREYS = 14,  /* between the blocks of a lens that is covered */
  COVERED_GREY = 90 /* a finger lets some light through */
};

enum
{
  SCREEN_DARK_GREY = 80, /* the light modules of a screen that is too dark */
  CONTRAST_MIN = 25,     /* between its dark and light modules */
  SPECKS_CONTRAST = 12,  /* less than this is noise */
  SPECKS_MAX = 12,       /* more small patterns than this are noise as well */
  GLARE_WHITE = 240      /* a screen as bright as this burns out by itself */
};

static const float BLOCKS_SEEN_MIN = 0.01F, BLOCKS_BURNT_MAX = 0.6F;

/* Of a frame at half the camera's size: 3, 17 and, when the other corners are not in the frame, 10
 * pixels of the camera at 720 lines. */
static const float MODULE_SMALL_PX = 1.5F, MODULE_LARGE_PART = 1.0F / 42,
                   MODULE_LONE_LARGE_PART = 1.0F / 70, MODULE_LONE_PX = 2.5F;
static const float EDGE_MODULES = 4.5F; /* from the middle of a corner to its own edge, and 1 */
static const float GLARE_MODULES = 12;  /* the area of a burnt patch */
static const float REACH_MODULES = 12;  /* around a corner */

typedef struct
{
  guint blocks, seen, burnt;
  guint8 darkest, brightest;
} Light;

/* A part of the frame: what is black and white in it, and how much is burnt out. */
typedef struct
{
  float dark, light; /* mean greys */
  guint burnt, lights;
} Patch;

static guint8
get_block_mean (const JuminFrame *frame, guint left, guint top)
{
  guint sum = 0;

  for (guint y = top; y < top + BLOCK_PX; y++)
    for (guint x = left; x < left + BLOCK_PX; x++)
      sum += frame->pixels[(gsize)y * frame->width + x];
  return (guint8)(sum / (BLOCK_PX * BLOCK_PX));
}

static Light
measure_light (const JuminFrame *frame)
{
  Light light = { .darkest = 0xff };

  for (guint y = 0; y + BLOCK_PX <= frame->height; y += BLOCK_PX)
    for (guint x = 0; x + BLOCK_PX <= frame->width; x += BLOCK_PX)
      {
        guint8 mean = get_block_mean (frame, x, y);

        light.blocks++;
        light.seen += mean > DARK_GREY;
        light.burnt += mean >= BURNT_GREY;
        light.darkest = MIN (light.darkest, mean);
        light.brightest = MAX (light.brightest, mean);
      }
  return light;
}

static JuminScanState
judge_light (const Light *light)
{
  if (light->blocks == 0)
    return JUMIN_SCAN_LOOKING;
  if (light->brightest - light->darkest <= FLAT_GREYS && light->brightest < COVERED_GREY)
    return JUMIN_SCAN_COVERED;
  if ((float)light->seen < BLOCKS_SEEN_MIN * (float)light->blocks)
    return JUMIN_SCAN_TOO_DARK;
  if ((float)light->burnt > BLOCKS_BURNT_MAX * (float)light->blocks)
    return JUMIN_SCAN_TOO_BRIGHT;
  return JUMIN_SCAN_LOOKING;
}

/* The box around @count patterns, @modules wider on each side. */
static Patch
measure_patch (const JuminFrame *frame, const JuminFrame *binary,
               const JuminFinderPattern *patterns, guint count, float modules)
{
  float left = INFINITY, top = INFINITY, right = 0, bottom = 0;
  guint dark = 0, sums[2] = { 0 };
  Patch patch = { 0 };

  for (guint i = 0; i < count; i++)
    {
      float reach = modules * patterns[i].module_px;

      left = MIN (left, MAX (patterns[i].x - reach, 0));
      top = MIN (top, MAX (patterns[i].y - reach, 0));
      right = MAX (right, MIN (patterns[i].x + reach, (float)frame->width));
      bottom = MAX (bottom, MIN (patterns[i].y + reach, (float)frame->height));
    }
  for (guint y = (guint)top; y < (guint)bottom; y++)
    for (guint x = (guint)left; x < (guint)right; x++)
      {
        gsize place = (gsize)y * frame->width + x;
        guint8 grey = frame->pixels[place];

        patch.burnt += grey >= BURNT_GREY;
        if (binary->pixels[place] == 0)
          dark++, sums[0] += grey;
        else if (grey < BURNT_GREY)
          patch.lights++, sums[1] += grey;
      }
  patch.dark = (float)sums[0] / (float)MAX (dark, 1);
  patch.light = patch.lights > patch.burnt ? (float)sums[1] / (float)patch.lights : 0xff;
  return patch;
}

static gboolean
is_at_edge (const JuminFrame *frame, const JuminFinderPattern *pattern)
{
  float reach = EDGE_MODULES * pattern->module_px;

  return pattern->x < reach || pattern->y < reach || pattern->x + reach > (float)frame->width
         || pattern->y + reach > (float)frame->height;
}

/* Too large for the frame, or cut by its edge. */
static gboolean
is_too_near (const JuminFrame *frame, const JuminFinderPattern *patterns, guint count)
{
  float part = count < JUMIN_FINDER_CORNERS ? MODULE_LONE_LARGE_PART : MODULE_LARGE_PART;

  for (guint i = 0; i < count; i++)
    if (is_at_edge (frame, &patterns[i]) || patterns[i].module_px > part * (float)frame->height)
      return TRUE;
  return FALSE;
}

static JuminScanHint
judge_patch (const JuminFrame *frame, const Patch *patch, const JuminFinderPattern *patterns,
             guint count)
{
  float area = patterns->module_px * patterns->module_px;

  if (patch->light < GLARE_WHITE && (float)patch->burnt > GLARE_MODULES * area)
    return JUMIN_SCAN_HINT_GLARE;
  if (patch->light < SCREEN_DARK_GREY || patch->light - patch->dark < CONTRAST_MIN)
    return JUMIN_SCAN_HINT_BRIGHTER;
  if (is_too_near (frame, patterns, count))
    return JUMIN_SCAN_HINT_FARTHER;
  return JUMIN_SCAN_HINT_STEADY;
}

/* A code whose three corners are seen: all else is where it should be. */
static JuminScanHint
judge_code (const JuminFrame *frame, const JuminFrame *binary, const JuminFinderPattern *corners,
            guint patterns)
{
  Patch patch = measure_patch (frame, binary, corners, JUMIN_FINDER_CORNERS, EDGE_MODULES);

  if (corners->module_px < MODULE_LONE_PX
      && (patterns > SPECKS_MAX || patch.light - patch.dark < SPECKS_CONTRAST))
    return JUMIN_SCAN_HINT_NONE;
  if (corners->module_px < MODULE_SMALL_PX)
    return JUMIN_SCAN_HINT_CLOSER;
  return judge_patch (frame, &patch, corners, JUMIN_FINDER_CORNERS);
}

/**
 * jumin_sight_of:
 * @frame: what the camera sees, at half its size
 * @binary: the same, as jumin_frame_threshold() makes it
 *
 * Returns: what is wrong with it
 */
JuminSight
jumin_sight_of (const JuminFrame *frame, const JuminFrame *binary)
{
  JuminFinderPattern patterns[JUMIN_FINDER_PATTERNS_MAX], corners[JUMIN_FINDER_CORNERS];
  Light light = measure_light (frame);
  JuminSight sight = { judge_light (&light), JUMIN_SCAN_HINT_NONE };
  guint count;

  if (sight.state != JUMIN_SCAN_LOOKING)
    return sight;
  count = jumin_finder_find (binary, patterns);
  if (jumin_finder_find_code (patterns, count, corners))
    sight.hint = judge_code (frame, binary, corners, count);
  else if (count > 0 && patterns->module_px >= MODULE_LONE_PX)
    {
      Patch patch = measure_patch (frame, binary, patterns, 1, REACH_MODULES);

      sight.hint = judge_patch (frame, &patch, patterns, 1);
    }
  return sight;
}
