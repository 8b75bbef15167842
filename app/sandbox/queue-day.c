/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hall's day: its hours, its midnight, and the people with whom it begins. */
#include "sandbox/queue-private.h"

#include <string.h>

const JuminStoredTicket jumin_queue_nobody = {
  .matter = (char *)"",
  .key = (char *)"",
  .priority = (char *)"",
  .id_number = (char *)"",
  .counter = (char *)"",
};

static gint64
get_hall_time (JuminQueue *self)
{
  return jumin_clock_get_wall (self->clock) + self->city->utc_offset_min * JUMIN_MINUTE_S;
}

gboolean
jumin_queue_is_open_hour (JuminQueue *self)
{
  int minute = (int)(get_hall_time (self) % JUMIN_DAY_S / JUMIN_MINUTE_S);

  for (int i = 0; i < self->city->n_hours; i++)
    if (minute >= self->city->hours[i][0] && minute < self->city->hours[i][1])
      return TRUE;
  return FALSE;
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
seed_residents (JuminQueue *self)
{
  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *resident = self->city->residents->pdata[i];
      const JuminCityMatter *matter
          = resident->live_ticket != NULL
                ? jumin_city_find_matter (self->city, resident->live_ticket)
                : NULL;

      if (matter == NULL || holds_number (self, resident->id_number, matter->matter->id))
        continue;
      jumin_queue_add_waiting (
          self, matter,
          jumin_store_get_last_ordinal (self->store, self->day, matter->matter->id) + 1,
          resident->id_number);
    }
}

/* Numbers begin anew at the hall's midnight. */
void
jumin_queue_ensure_day (JuminQueue *self)
{
  int day = (int)(get_hall_time (self) / JUMIN_DAY_S);

  if (day == self->day)
    return;
  self->day = day;
  for (guint i = 0; i < self->city->matters->len; i++)
    {
      const JuminCityMatter *matter = self->city->matters->pdata[i];

      if (jumin_store_get_last_ordinal (self->store, day, matter->matter->id) == 0)
        seed_matter (self, matter);
    }
  seed_residents (self);
}
