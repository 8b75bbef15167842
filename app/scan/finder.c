/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the corners of QR codes (ISO/IEC 18004, finder pattern): on each line through the middle of
 * one, dark and light alternate in runs of 1, 1, 3, 1 and 1 modules. Rows are searched for such
 * runs; a column through the middle must have them as well; what rows say of one place is one
 * pattern. A code has three of one size, two of them at right angles to the third, give or take
 * what a tilted phone makes of it. */
#include "scan/finder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  RUNS = 5,
  MODULES = 7,         /* of all runs */
  ROWS_MIN = 2,        /* one row is an accident */
  CANDIDATES_MAX = 256 /* before those of one row go away; so many are noise */
};

/* A whole pattern is seen in the rows of its middle square, which are three modules. */
static const float ROWS_A_MODULE_MIN = 1.2F;

/* Between the middles of two corners of versions 1 and 40, with room for errors; the sum of the
 * errors of the angle, the sides and the modules. */
static const float SIDE_MODULES_MIN = 11, SIDE_MODULES_MAX = 180, SKEW_MAX = 1.4F;

static const guint8 modules_of[RUNS] = { 1, 1, 3, 1, 1 };

/* A run may be off by half a module, the middle one by three of them. */
static gboolean
are_runs_of_pattern (const guint *runs)
{
  guint total = 0;

  for (guint i = 0; i < RUNS; i++)
    total += runs[i];
  if (total < MODULES)
    return FALSE;
  for (guint i = 0; i < RUNS; i++)
    if ((guint)abs ((int)(runs[i] * MODULES) - (int)(total * modules_of[i])) * 2
        > total * modules_of[i] + MODULES)
      return FALSE;
  return TRUE;
}

/* How many pixels from @pixel on, it among them, are of its grey; @step lies between them. */
static guint
count_run (const guint8 *pixel, int step, guint count_max)
{
  guint count = 0;

  while (count < count_max && pixel[(gssize)count * step] == *pixel)
    count++;
  return count;
}

/* The runs above and below a pixel of the middle square. Returns whether they are a pattern's, and
 * in @middle its row. */
static gboolean
check_column (const JuminFrame *frame, guint x, guint y, guint side_px, float *middle)
{
  const guint8 *pixel = frame->pixels + (gsize)y * frame->width + x;
  guint runs[RUNS] = { 0 }, up = 0, down = 0;
  guint up_max = MIN (y, side_px), down_max = MIN (frame->height - 1 - y, side_px);

  for (int i = RUNS / 2; i >= 0 && up <= up_max; i--)
    {
      guint run
          = count_run (pixel - (gssize)up * frame->width, -(int)frame->width, up_max + 1 - up);

      runs[i] = run;
      up += run;
    }
  for (guint i = RUNS / 2; i < RUNS && down <= down_max; i++)
    {
      guint run
          = count_run (pixel + (gssize)down * frame->width, (int)frame->width, down_max + 1 - down);

      runs[i] += run;
      down += run;
    }
  runs[RUNS / 2]--; /* the pixel itself was counted twice */
  *middle = (float)y + ((float)down - (float)up) / 2;
  return are_runs_of_pattern (runs);
}

/* Adds what a row saw to the pattern that is there, or as a new one. */
static guint
add_pattern (JuminFinderPattern *patterns, guint count, const JuminFinderPattern *seen)
{
  for (guint i = 0; i < count; i++)
    {
      JuminFinderPattern *pattern = &patterns[i];
      float reach = 2 * MAX (pattern->module_px, seen->module_px);
      float rows = (float)pattern->rows;

      if (fabsf (pattern->x - seen->x) > reach || fabsf (pattern->y - seen->y) > reach
          || pattern->inverted != seen->inverted)
        continue;
      pattern->x = (pattern->x * rows + seen->x) / (rows + 1);
      pattern->y = (pattern->y * rows + seen->y) / (rows + 1);
      pattern->module_px = (pattern->module_px * rows + seen->module_px) / (rows + 1);
      pattern->rows++;
      return count;
    }
  if (count < CANDIDATES_MAX)
    patterns[count++] = *seen;
  return count;
}

static guint
search_row (const JuminFrame *frame, guint y, JuminFinderPattern *patterns, guint count)
{
  const guint8 *row = frame->pixels + (gsize)y * frame->width;
  guint runs[RUNS] = { 0 }, seen = 0;

  for (guint x = 0, run; x < frame->width; x += run)
    {
      guint total = 0;
      JuminFinderPattern pattern = { .rows = 1 };

      run = count_run (row + x, 1, frame->width - x);
      memmove (runs, runs + 1, sizeof runs - sizeof *runs);
      runs[RUNS - 1] = run;
      if (++seen < RUNS || !are_runs_of_pattern (runs))
        continue;
      for (guint i = 0; i < RUNS; i++)
        total += runs[i];
      pattern.x = (float)(x + run) - (float)total / 2;
      pattern.module_px = (float)total / MODULES;
      pattern.inverted = row[x] != 0;
      if (check_column (frame, (guint)pattern.x, y, total, &pattern.y))
        count = add_pattern (patterns, count, &pattern);
    }
  return count;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const JuminFinderPattern *first = a, *second = b;

  return (int)second->rows - (int)first->rows;
}

/**
 * jumin_finder_find:
 * @frame: a picture of black (0) and white, as jumin_frame_threshold() makes it
 * @patterns: (out caller-allocates): those that were seen in most rows, these first
 *
 * Returns: how many there are
 */
guint
jumin_finder_find (const JuminFrame *frame, JuminFinderPattern patterns[JUMIN_FINDER_PATTERNS_MAX])
{
  JuminFinderPattern candidates[CANDIDATES_MAX];
  guint count = 0, found = 0;

  for (guint y = 0; y < frame->height && count < CANDIDATES_MAX; y++)
    count = search_row (frame, y, candidates, count);
  if (count == CANDIDATES_MAX)
    return 0;
  qsort (candidates, count, sizeof *candidates, compare_rows);
  for (guint i = 0; i < count && found < JUMIN_FINDER_PATTERNS_MAX; i++)
    if (candidates[i].rows >= ROWS_MIN
        && (float)candidates[i].rows >= ROWS_A_MODULE_MIN * candidates[i].module_px)
      patterns[found++] = candidates[i];
  return found;
}

/* How far three patterns are from the corners of a square: 0 is a square seen from the front. */
static float
get_skew (const JuminFinderPattern *corner, const JuminFinderPattern *one,
          const JuminFinderPattern *other)
{
  float smallest = MIN (corner->module_px, MIN (one->module_px, other->module_px));
  float largest = MAX (corner->module_px, MAX (one->module_px, other->module_px));
  float ax = one->x - corner->x, ay = one->y - corner->y;
  float bx = other->x - corner->x, by = other->y - corner->y;
  float a = hypotf (ax, ay), b = hypotf (bx, by);

  if (corner->inverted != one->inverted || corner->inverted != other->inverted
      || MIN (a, b) < SIDE_MODULES_MIN * smallest || MAX (a, b) > SIDE_MODULES_MAX * largest)
    return INFINITY;
  return fabsf (ax * bx + ay * by) / (a * b) + MAX (a, b) / MIN (a, b) - 1 + largest / smallest - 1;
}

/**
 * jumin_finder_find_code:
 * @patterns: (array length=count): what jumin_finder_find() found
 * @corners: (out caller-allocates): the corner between the other two, and these
 *
 * Returns: whether three of @patterns are those of one code
 */
gboolean
jumin_finder_find_code (const JuminFinderPattern *patterns, guint count,
                        JuminFinderPattern corners[JUMIN_FINDER_CORNERS])
{
  float best = 0;

  for (guint i = 0; i < count; i++)
    for (guint j = 0; j < count; j++)
      for (guint k = j + 1; k < count; k++)
        {
          float skew
              = i == j || i == k ? INFINITY : get_skew (&patterns[i], &patterns[j], &patterns[k]);
          float score
              = (SKEW_MAX - skew) * (float)(patterns[i].rows + patterns[j].rows + patterns[k].rows);

          if (score <= best)
            continue;
          best = score;
          corners[0] = patterns[i];
          corners[1] = patterns[j];
          corners[2] = patterns[k];
        }
  return best > 0;
}
