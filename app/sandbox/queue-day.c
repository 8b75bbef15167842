/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hall's day: its hours, its midnight, and the people with whom it begins. */
#include "sandbox/queue-private.h"

#include <string.h>

enum
{
  CLOCK_STEP_S = 3600
};

const JuminStoredTicket jumin_queue_nobody = {
  .matter = (char *)"",
  .key = (char *)"",
  .priority = (char *)"",
  .id_number = (char *)"",
  .counter = (char *)"",
  .appointment = (char *)"",
};

/* Seconds since 1970 as the clock on the hall's wall counts them. */
gint64
jumin_queue_get_hall_time (JuminQueue *self)
{
  return jumin_clock_get_wall (self->clock) + self->city->utc_offset_min * JUMIN_MINUTE_S;
}

gboolean
jumin_queue_is_open_hour (JuminQueue *self, const JuminCityMatter *matter)
{
  return jumin_timetable_get_hour (matter->timetable, jumin_queue_get_hall_time (self))
         == JUMIN_HOUR_OPEN;
}

/* The last number of the day, 0: none yet. */
int
jumin_queue_get_last (JuminQueue *self, const JuminCityMatter *matter)
{
  return jumin_store_get_last_ordinal (self->store, self->day, matter->matter->id);
}

gint64
jumin_queue_add_waiting (JuminQueue *self, const JuminCityMatter *matter, int ordinal,
                         const char *id_number)
{
  JuminStoredTicket ticket = jumin_queue_nobody;

  ticket.issued_at = jumin_clock_get_wall (self->clock);
  ticket.day = self->day;
  ticket.ordinal = ordinal;
  ticket.matter = matter->matter->id;
  ticket.id_number = (char *)id_number;
  return jumin_store_add_ticket (self->store, &ticket) ? ticket.id : 0;
}

/* The people with whom a day begins: some at the windows, some waiting. */
static void
seed_matter (JuminQueue *self, const JuminCityMatter *matter)
{
  int before = MIN (matter->numbers_before, matter->daily_cap);

  for (int i = 1; i <= before; i++)
    {
      gint64 id = jumin_queue_add_waiting (self, matter, i, "");
      int window = i - 1 - (before - matter->windows_open);

      jumin_store_set_state (self->store, id, window >= 0 ? JUMIN_STORED_CALLED : JUMIN_STORED_DONE,
                             window >= 0 ? matter->windows[window] : "");
    }
  for (int i = before + 1; i <= before + matter->waiting && i <= matter->daily_cap; i++)
    jumin_queue_add_waiting (self, matter, i, "");
}

static gboolean
holds_number (JuminQueue *self, const char *id_number, const char *matter)
{
  g_autoptr (GPtrArray) live = jumin_store_list_live (self->store, self->day, id_number);

  for (guint i = 0; i < live->len; i++)
    if (strcmp (((JuminStoredTicket *)live->pdata[i])->matter, matter) == 0)
      return TRUE;
  return FALSE;
}

static void
seed_resident (JuminQueue *self, const JuminCityMatter *matter, const JuminCityResident *resident)
{
  gboolean missed = g_strcmp0 (resident->missed_ticket, matter->matter->id) == 0;
  gint64 id;

  if ((!missed && g_strcmp0 (resident->live_ticket, matter->matter->id) != 0)
      || holds_number (self, resident->id_number, matter->matter->id))
    return;
  id = jumin_queue_add_waiting (self, matter, jumin_queue_get_last (self, matter) + 1,
                                resident->id_number);
  if (missed)
    jumin_store_miss (self->store, id, self->city->rules.calls_kept);
}

/* The numbers of a new day begin when the matter opens; until then nobody waits. */
static void
begin_matter (JuminQueue *self, const JuminCityMatter *matter)
{
  if (jumin_queue_get_last (self, matter) != 0 || !jumin_queue_is_open_hour (self, matter))
    return;
  seed_matter (self, matter);
  for (guint i = 0; i < self->city->residents->len; i++)
    seed_resident (self, matter, self->city->residents->pdata[i]);
}

/* Numbers begin anew at the hall's midnight. A clock that is put right a little after it, back into
 * the old day, does not bring that day back: its numbers are void, and the new ones stay. */
void
jumin_queue_ensure_day (JuminQueue *self)
{
  gint64 now = jumin_queue_get_hall_time (self);
  int day = (int)(now / JUMIN_DAY_S);

  if (day != self->day - 1 || now + CLOCK_STEP_S < (gint64)self->day * JUMIN_DAY_S)
    self->day = day;
  for (guint i = 0; i < self->city->matters->len; i++)
    begin_matter (self, self->city->matters->pdata[i]);
}
