/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as the hall's clock on the wall shows them. The hall's time zone is the process's: core
 * sets it from [terminal] time-zone before anything runs, so that a machine whose own zone is
 * changed shows the same. */
#include "model/hall-time.h"

/* Beyond 9999 there is no calendar: the first moment stands for it. */
GDateTime *
jumin_hall_time (gint64 when)
{
  GDateTime *time = g_date_time_new_from_unix_local (when);

  return time != NULL ? time : g_date_time_new_from_unix_local (0);
}

/**
 * jumin_hall_get_date:
 * @when: Unix seconds
 * @date: (out): the date in the hall
 */
void
jumin_hall_get_date (gint64 when, GDate *date)
{
  g_autoptr (GDateTime) time = jumin_hall_time (when);
  int year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static int
get_day (GDateTime *time)
{
  int year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  return (year * 100 + month) * 100 + day;
}

/**
 * jumin_hall_get_day:
 * @when: Unix seconds
 * @days: so many days after it; before it when negative
 *
 * Returns: the date in the hall, as 20260916
 */
int
jumin_hall_get_day (gint64 when, int days)
{
  g_autoptr (GDateTime) time = jumin_hall_time (when);
  g_autoptr (GDateTime) other = g_date_time_add_days (time, days);

  return get_day (other != NULL ? other : time);
}

/**
 * jumin_hall_get_day_bounds:
 * @day: as 20260916
 * @from: (out): its first second, Unix
 * @to: (out): the first one after it
 *
 * Returns: whether there is such a day
 */
gboolean
jumin_hall_get_day_bounds (int day, gint64 *from, gint64 *to)
{
  g_autoptr (GDateTime) begin
      = day > 0 ? g_date_time_new_local (day / 10000, day / 100 % 100, day % 100, 0, 0, 0) : NULL;
  g_autoptr (GDateTime) end = begin != NULL ? g_date_time_add_days (begin, 1) : NULL;

  if (end == NULL)
    return FALSE;
  *from = g_date_time_to_unix (begin);
  *to = g_date_time_to_unix (end);
  return TRUE;
}

/**
 * jumin_hall_time_format:
 * @when: Unix seconds
 * @format: of g_date_time_format()
 *
 * Returns: (transfer full): "10:26"
 */
char *
jumin_hall_time_format (gint64 when, const char *format)
{
  g_autoptr (GDateTime) time = jumin_hall_time (when);

  return g_date_time_format (time, format);
}
