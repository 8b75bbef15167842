/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"

G_BEGIN_DECLS

enum
{
  JUMIN_MINUTE_S = 60,
  JUMIN_DAY_S = 24 * 60 * JUMIN_MINUTE_S,
  JUMIN_JULIAN_1970 = 719163, /* as GDate counts days */
  JUMIN_PERIODS_MAX = 4,      /* of one day */
  JUMIN_SPECIAL_DAYS_MAX = 64,
  JUMIN_WEEK_DAYS = 7
};

/* When numbers are given on one day: minutes after midnight, in their order. */
typedef struct
{
  int periods[JUMIN_PERIODS_MAX][2], n_periods;
} JuminHours;

/**
 * JuminSpecialDay:
 * @day: days since 1970
 * @name: why it is special, as the resident reads it
 */
typedef struct
{
  int day;
  JuminText name;
  JuminHours hours;
} JuminSpecialDay;

/**
 * JuminTimetable:
 * @words: as one says it
 * @last_number: no number is given that could not be served before the day's last period ends
 * @week: Monday first
 * @special_days: (element-type JuminSpecialDay)
 *
 * When a matter gives numbers. Times are seconds since 1970 as the hall's clock on the wall counts
 * them, so that a day begins at the hall's midnight.
 */
typedef struct
{
  char *id;
  JuminText words;
  gboolean last_number;
  JuminHours week[JUMIN_WEEK_DAYS];
  GPtrArray *special_days;
} JuminTimetable;

/* How a moment stands to the periods of its day. */
typedef enum
{
  JUMIN_HOUR_OPEN,
  JUMIN_HOUR_BEFORE,
  JUMIN_HOUR_PAUSE,
  JUMIN_HOUR_AFTER,
  JUMIN_HOUR_DAY_OFF
} JuminHour;

int jumin_timetable_read_minutes (const JuminJson *object, const char *key);
gpointer jumin_timetable_read (const JuminJson *object);
void jumin_timetable_free (JuminTimetable *self);

JuminHour jumin_timetable_get_hour (const JuminTimetable *self, gint64 at);
const JuminText *jumin_timetable_get_day_name (const JuminTimetable *self, gint64 at);
int jumin_timetable_count_open_s (const JuminTimetable *self, gint64 at);
gint64 jumin_timetable_find_opening (const JuminTimetable *self, gint64 after);

G_END_DECLS
