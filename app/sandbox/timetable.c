/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When numbers are given: periods for each day of the week, and days that differ. */
#include "sandbox/timetable.h"

enum
{
  WEEK_DAY_1970 = 3, /* a Thursday */
  DAYS_AHEAD_MAX = 62
};

static void
special_day_free (JuminSpecialDay *self)
{
  jumin_text_clear (&self->name);
  g_free (self);
}

void
jumin_timetable_free (JuminTimetable *self)
{
  g_free (self->id);
  jumin_text_clear (&self->words);
  g_ptr_array_unref (self->special_days);
  g_free (self);
}

/* "13:30" as minutes after midnight. */
int
jumin_timetable_read_minutes (const JuminJson *object, const char *key)
{
  const char *time = jumin_json_get_match (object, key, "^([01][0-9]|2[0-4]):[0-5][0-9]$", 5);

  return *time == '\0'
             ? 0
             : (int)(g_ascii_strtoll (time, NULL, 10) * 60 + g_ascii_strtoll (time + 3, NULL, 10));
}

static void
add_period (const JuminJson *place, JuminHours *hours)
{
  int from = jumin_timetable_read_minutes (place, "from");
  int to = jumin_timetable_read_minutes (place, "to");

  if (hours->n_periods == JUMIN_PERIODS_MAX)
    {
      jumin_json_fail (place, "more than %d periods a day", JUMIN_PERIODS_MAX);
      return;
    }
  if (from >= to || (hours->n_periods > 0 && from < hours->periods[hours->n_periods - 1][1]))
    jumin_json_fail (place, "not after the period before");
  hours->periods[hours->n_periods][0] = from;
  hours->periods[hours->n_periods++][1] = to;
}

/* "days": "12345" is Monday to Friday. */
static void
read_week (const JuminJson *object, JuminTimetable *self)
{
  JuminJson array = jumin_json_array (object, "hours", JUMIN_WEEK_DAYS * JUMIN_PERIODS_MAX),
            place = { NULL };

  while (jumin_json_next (&array, &place))
    for (const char *day = jumin_json_get_match (&place, "days", "^[1-7]+$", JUMIN_WEEK_DAYS);
         *day != '\0'; day++)
      add_period (&place, &self->week[*day - '1']);
}

static gpointer
read_special_day (const JuminJson *object)
{
  JuminSpecialDay *self = g_new0 (JuminSpecialDay, 1);
  JuminJson array = jumin_json_array (object, "hours", JUMIN_PERIODS_MAX), place = { NULL };
  int day = jumin_json_get_day (object, "date");
  GDate date;

  if (day != 0)
    {
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                      (GDateYear)(day / 10000));
      self->day = (int)g_date_get_julian (&date) - JUMIN_JULIAN_1970;
    }
  jumin_json_read_text (object, "name", &self->name);
  while (jumin_json_next (&array, &place))
    add_period (&place, &self->hours);
  return self;
}

/**
 * jumin_timetable_read:
 * @object: where it stands
 *
 * Returns: (transfer full): a timetable; of no worth when the report of @object has an error
 */
gpointer
jumin_timetable_read (const JuminJson *object)
{
  JuminTimetable *self = g_new0 (JuminTimetable, 1);

  self->special_days = g_ptr_array_new_with_free_func ((GDestroyNotify)special_day_free);
  self->id = jumin_json_dup_id (object, "id");
  jumin_json_read_text (object, "words", &self->words);
  self->last_number = jumin_json_get_boolean (object, "last_number");
  read_week (object, self);
  jumin_json_read_list (object, "special_days", JUMIN_SPECIAL_DAYS_MAX, self->special_days,
                        read_special_day);
  return self;
}

static const JuminSpecialDay *
find_special_day (const JuminTimetable *self, int day)
{
  for (guint i = 0; i < self->special_days->len; i++)
    if (((JuminSpecialDay *)self->special_days->pdata[i])->day == day)
      return self->special_days->pdata[i];
  return NULL;
}

static const JuminHours *
get_hours (const JuminTimetable *self, int day)
{
  const JuminSpecialDay *special = find_special_day (self, day);

  return special != NULL ? &special->hours : &self->week[(day + WEEK_DAY_1970) % JUMIN_WEEK_DAYS];
}

/* (nullable): what this day is called when it is a special one */
const JuminText *
jumin_timetable_get_day_name (const JuminTimetable *self, gint64 at)
{
  const JuminSpecialDay *special = find_special_day (self, (int)(at / JUMIN_DAY_S));

  return special != NULL ? &special->name : NULL;
}

JuminHour
jumin_timetable_get_hour (const JuminTimetable *self, gint64 at)
{
  const JuminHours *hours = get_hours (self, (int)(at / JUMIN_DAY_S));
  int minute = (int)(at % JUMIN_DAY_S / JUMIN_MINUTE_S);
  gboolean earlier = FALSE, later = FALSE;

  for (int i = 0; i < hours->n_periods; i++)
    {
      if (minute >= hours->periods[i][0] && minute < hours->periods[i][1])
        return JUMIN_HOUR_OPEN;
      earlier |= minute >= hours->periods[i][1];
      later |= minute < hours->periods[i][0];
    }
  if (!earlier && !later)
    return JUMIN_HOUR_DAY_OFF;
  return earlier && later ? JUMIN_HOUR_PAUSE : later ? JUMIN_HOUR_BEFORE : JUMIN_HOUR_AFTER;
}

/**
 * jumin_timetable_count_open_s:
 *
 * Returns: seconds from @at to the end of its day, without the pauses
 */
int
jumin_timetable_count_open_s (const JuminTimetable *self, gint64 at)
{
  const JuminHours *hours = get_hours (self, (int)(at / JUMIN_DAY_S));
  int second = (int)(at % JUMIN_DAY_S), open_s = 0;

  for (int i = 0; i < hours->n_periods; i++)
    open_s += MAX (0, hours->periods[i][1] * JUMIN_MINUTE_S
                          - MAX (second, hours->periods[i][0] * JUMIN_MINUTE_S));
  return open_s;
}

/**
 * jumin_timetable_find_opening:
 *
 * Returns: when the first period begins that begins later than @after, or 0
 */
gint64
jumin_timetable_find_opening (const JuminTimetable *self, gint64 after)
{
  int today = (int)(after / JUMIN_DAY_S);

  for (int day = today; day < today + DAYS_AHEAD_MAX; day++)
    {
      const JuminHours *hours = get_hours (self, day);

      for (int i = 0; i < hours->n_periods; i++)
        {
          gint64 from = (gint64)day * JUMIN_DAY_S + (gint64)hours->periods[i][0] * JUMIN_MINUTE_S;

          if (from > after)
            return from;
        }
    }
  return 0;
}
