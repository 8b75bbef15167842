/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a new number waits, told honestly: a range from the quicker and the slower visits that
 * were measured, not one figure that is right for nobody. */
#include "sandbox/wait-range.h"

enum
{
  MINUTE_S = 60,
  EXACT_MINUTES_MAX = 10, /* up to here to the minute, above to five */
  STEP_MINUTES = 5,
  MINUTES_MAX = 1440
};

/**
 * jumin_wait_round:
 * @seconds: a wait
 *
 * Returns: minutes, rounded up; to a multiple of five when above ten
 */
int
jumin_wait_round (int seconds)
{
  int minutes = (seconds + MINUTE_S - 1) / MINUTE_S;

  if (minutes > EXACT_MINUTES_MAX)
    minutes = (minutes + STEP_MINUTES - 1) / STEP_MINUTES * STEP_MINUTES;
  return MIN (minutes, MINUTES_MAX);
}

/**
 * jumin_wait_range:
 * @ahead: people before
 * @windows: open windows
 * @until_s: seconds before which nothing happens
 * @min: (out): minutes when all go as quickly as the quickest quarter
 * @max: (out): minutes when all go as slowly as the slowest quarter and every window has just begun
 *
 * Both are %JUMIN_MINUTES_UNKNOWN when no window is open.
 */
void
jumin_wait_range (const JuminCityMatter *matter, int ahead, int windows, int until_s, int *min,
                  int *max)
{
  int quick = matter->served_s[matter->n_served / 4];
  int slow = matter->served_s[matter->n_served - 1 - matter->n_served / 4];

  *min = *max = JUMIN_MINUTES_UNKNOWN;
  if (windows <= 0)
    return;
  *min = jumin_wait_round (until_s + ahead * quick / windows);
  *max = jumin_wait_round (until_s + (ahead + 1) * slow / windows);
}

/**
 * jumin_wait_until_served_s:
 * @ahead: people before
 *
 * Returns: seconds until a new number would be served to its end, when all visits take as long as
 * the one in the middle; 0 when no window is open and nobody can say
 */
int
jumin_wait_until_served_s (const JuminCityMatter *matter, int ahead)
{
  int middle = matter->served_s[matter->n_served / 2];

  return matter->windows_open > 0 ? (ahead / matter->windows_open + 1) * middle : 0;
}
