/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hall lets people do: when numbers are given, who goes first, and which appointment can
 * be used now. The figures are the city's. */
#include <string.h>

#include "model/id-number.h"
#include "sandbox/queue-private.h"
#include "sandbox/wait-range.h"

static gint64
find_opening (JuminQueue *self, const JuminCityMatter *matter, gint64 after)
{
  gint64 opening = jumin_timetable_find_opening (matter->timetable, after);

  return opening != 0 ? opening - self->city->utc_offset_min * JUMIN_MINUTE_S : 0;
}

static gboolean
is_full (JuminQueue *self, const JuminCityMatter *matter, gint64 now)
{
  int waiting = jumin_store_count_waiting (self->store, self->day, matter->matter->id);

  return matter->timetable->last_number
         && jumin_wait_until_served_s (matter, waiting)
                > jumin_timetable_count_open_s (matter->timetable, now);
}

/**
 * jumin_queue_find_closed:
 * @reserved: for somebody who has a place in the day already: an appointment, a missed number
 * @closed: (out): why, and until when
 *
 * Returns: whether the matter gives no number now
 */
gboolean
jumin_queue_find_closed (JuminQueue *self, const JuminCityMatter *matter, gboolean reserved,
                         JuminQueueClosed *closed)
{
  static const JuminClosed reasons[] = { [JUMIN_HOUR_BEFORE] = JUMIN_CLOSED_BEFORE,
                                         [JUMIN_HOUR_PAUSE] = JUMIN_CLOSED_PAUSE,
                                         [JUMIN_HOUR_AFTER] = JUMIN_CLOSED_AFTER,
                                         [JUMIN_HOUR_DAY_OFF] = JUMIN_CLOSED_DAY_OFF };
  gint64 now = jumin_queue_get_hall_time (self);
  JuminHour hour = jumin_timetable_get_hour (matter->timetable, now);
  const JuminText *name = jumin_timetable_get_day_name (matter->timetable, now);

  if (hour != JUMIN_HOUR_OPEN)
    {
      *closed = (JuminQueueClosed){ hour == JUMIN_HOUR_DAY_OFF && name != NULL
                                        ? name
                                        : &self->city->closed[reasons[hour]],
                                    find_opening (self, matter, now) };
      return TRUE;
    }
  if (reserved)
    return FALSE;
  closed->reason = jumin_queue_get_last (self, matter) >= matter->daily_cap
                       ? &self->city->closed[JUMIN_CLOSED_ALL_TAKEN]
                   : is_full (self, matter, now) ? &self->city->closed[JUMIN_CLOSED_FULL]
                                                 : NULL;
  /* Nothing changes today: the first period of a later day. */
  closed->reopens_at = find_opening (self, matter, now - now % JUMIN_DAY_S + JUMIN_DAY_S - 1);
  return closed->reason != NULL;
}

/**
 * jumin_queue_grant_priority:
 * @at: when the number was or will be given
 *
 * The age of a holder is computed; of anybody else their word is taken, and the window looks at the
 * proof.
 *
 * Returns: elder, pregnant …, or ""
 */
const char *
jumin_queue_grant_priority (JuminQueue *self, const JuminQueueOrder *order, gint64 at)
{
  gint64 day = (at + self->city->utc_offset_min * JUMIN_MINUTE_S) / JUMIN_DAY_S;
  gboolean asks_elder = strcmp (order->priority, "elder") == 0;
  GDate today;

  if (*order->id_number == '\0' || (*order->priority != '\0' && !asks_elder))
    return order->priority;
  g_date_clear (&today, 1);
  g_date_set_julian (&today, (guint32)(day + JUMIN_JULIAN_1970));
  return jumin_id_number_get_age (order->id_number, &today) >= self->city->rules.priority_age
             ? "elder"
             : "";
}

/**
 * jumin_queue_describe_appointment:
 * @resident: index in the city
 *
 * Returns: (nullable) (transfer full): the appointment of this person on this day
 */
JuminAppointment *
jumin_queue_describe_appointment (JuminQueue *self, guint resident)
{
  const JuminCityResident *holder = self->city->residents->pdata[resident];
  const JuminCityMatter *matter = holder->appointment != NULL
                                      ? jumin_city_find_matter (self->city, holder->appointment)
                                      : NULL;
  gint64 midnight = (gint64)self->day * JUMIN_DAY_S - self->city->utc_offset_min * JUMIN_MINUTE_S;
  JuminAppointment *appointment;

  if (matter == NULL)
    return NULL;
  appointment = jumin_appointment_new ();
  appointment->id = g_strdup_printf ("appointment-%u", resident + 1);
  appointment->matter = g_strdup (holder->appointment);
  jumin_text_copy (&appointment->name, &matter->matter->name);
  appointment->begins_at = midnight + holder->begins_min * JUMIN_MINUTE_S;
  appointment->ends_at = midnight + holder->ends_min * JUMIN_MINUTE_S;
  appointment->take_from = appointment->begins_at - self->city->rules.early_min * JUMIN_MINUTE_S;
  appointment->take_until = appointment->ends_at + self->city->rules.late_min * JUMIN_MINUTE_S;
  return appointment;
}

/* (nullable) (transfer full): the appointment that the order names, when it is this person's */
static JuminAppointment *
find_appointment (JuminQueue *self, const JuminQueueOrder *order)
{
  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *resident = self->city->residents->pdata[i];
      g_autoptr (JuminAppointment) appointment = NULL;

      if (strcmp (resident->id_number, order->id_number) != 0)
        continue;
      appointment = jumin_queue_describe_appointment (self, i);
      if (appointment != NULL && strcmp (appointment->id, order->appointment) == 0
          && strcmp (appointment->matter, order->matter) == 0)
        return g_steal_pointer (&appointment);
    }
  return NULL;
}

/* Whether the number of the appointment that the order names can be taken now. */
gboolean
jumin_queue_check_appointment (JuminQueue *self, const JuminQueueOrder *order)
{
  g_autoptr (JuminAppointment) appointment = find_appointment (self, order);

  return appointment != NULL
         && jumin_appointment_get_standing (appointment, jumin_clock_get_wall (self->clock))
                == JUMIN_STANDING_NOW
         && !jumin_store_find_appointment (self->store, self->day, order->appointment,
                                           order->id_number);
}

/* The time of the appointment that the order names, or 0. */
gint64
jumin_queue_get_due (JuminQueue *self, const JuminQueueOrder *order)
{
  g_autoptr (JuminAppointment) appointment = find_appointment (self, order);

  return appointment != NULL ? appointment->begins_at : 0;
}
