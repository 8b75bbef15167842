/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the hall's queue system. */
#include "model/hall.h"

static void
text_free (gpointer text)
{
  jumin_text_clear (text);
  g_free (text);
}

JuminMatter *
jumin_matter_new (void)
{
  JuminMatter *self = g_new0 (JuminMatter, 1);

  self->papers = g_ptr_array_new_with_free_func (text_free);
  self->left = JUMIN_LEFT_MANY;
  self->wait_min = self->wait_max = JUMIN_MINUTES_UNKNOWN;
  return self;
}

JuminMatter *
jumin_matter_copy (const JuminMatter *matter)
{
  JuminMatter *self = g_memdup2 (matter, sizeof *matter);

  self->id = g_strdup (matter->id);
  self->icon = g_strdup (matter->icon);
  self->family = g_strdup (matter->family);
  self->counters = g_strdup (matter->counters);
  self->name = (JuminText){ g_strdup (matter->name.zh), g_strdup (matter->name.en) };
  self->place = (JuminText){ g_strdup (matter->place.zh), g_strdup (matter->place.en) };
  self->hours = (JuminText){ g_strdup (matter->hours.zh), g_strdup (matter->hours.en) };
  self->closed_reason
      = (JuminText){ g_strdup (matter->closed_reason.zh), g_strdup (matter->closed_reason.en) };
  self->papers = g_ptr_array_new_with_free_func (text_free);
  for (guint i = 0; i < matter->papers->len; i++)
    {
      JuminText *paper = g_new0 (JuminText, 1);

      jumin_text_copy (paper, matter->papers->pdata[i]);
      g_ptr_array_add (self->papers, paper);
    }
  return self;
}

void
jumin_matter_free (JuminMatter *self)
{
  g_free (self->id);
  g_free (self->icon);
  g_free (self->family);
  g_free (self->counters);
  jumin_text_clear (&self->name);
  jumin_text_clear (&self->place);
  jumin_text_clear (&self->hours);
  jumin_text_clear (&self->closed_reason);
  g_ptr_array_unref (self->papers);
  g_free (self);
}

JuminCall *
jumin_call_new (const char *number, const char *counter)
{
  JuminCall *self = g_new0 (JuminCall, 1);

  self->number = g_strdup (number);
  self->counter = g_strdup (counter);
  return self;
}

static void
call_free (JuminCall *self)
{
  g_free (self->number);
  g_free (self->counter);
  g_free (self);
}

const char *const jumin_machine_sheets_names[] = {
  [JUMIN_MACHINE_SHEETS_OK] = "ok",           [JUMIN_MACHINE_SHEETS_LOW] = "low",
  [JUMIN_MACHINE_SHEETS_OUT] = "out",         [JUMIN_MACHINE_SHEETS_NONE] = "none",
  [JUMIN_MACHINE_SHEETS_UNKNOWN] = "unknown", NULL,
};

JuminMachine *
jumin_machine_new (void)
{
  return g_new0 (JuminMachine, 1);
}

JuminMachine *
jumin_machine_copy (const JuminMachine *machine)
{
  JuminMachine *self = jumin_machine_new ();

  self->id = g_strdup (machine->id);
  jumin_text_copy (&self->name, &machine->name);
  jumin_text_copy (&self->place, &machine->place);
  self->metres = machine->metres;
  self->sheets = machine->sheets;
  return self;
}

void
jumin_machine_free (JuminMachine *self)
{
  g_free (self->id);
  jumin_text_clear (&self->name);
  jumin_text_clear (&self->place);
  g_free (self);
}

JuminHall *
jumin_hall_new (void)
{
  JuminHall *self = g_new0 (JuminHall, 1);

  self->matters = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_matter_free);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify)call_free);
  self->machines = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_machine_free);
  self->wait_min = self->wait_max = JUMIN_MINUTES_UNKNOWN;
  return self;
}

void
jumin_hall_free (JuminHall *self)
{
  jumin_text_clear (&self->name);
  g_ptr_array_unref (self->matters);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->machines);
  g_free (self);
}

/**
 * jumin_hall_find_matter:
 * @self: a hall
 * @id: (nullable): a matter's id
 *
 * Returns: (nullable) (transfer none): the matter
 */
const JuminMatter *
jumin_hall_find_matter (const JuminHall *self, const char *id)
{
  for (guint i = 0; i < self->matters->len; i++)
    if (g_strcmp0 (((JuminMatter *)self->matters->pdata[i])->id, id) == 0)
      return self->matters->pdata[i];
  return NULL;
}

/**
 * jumin_hall_find_call:
 * @self: a hall
 * @number: as it is on the board
 *
 * Returns: (nullable) (transfer none): its call, when it is one of the last
 */
const JuminCall *
jumin_hall_find_call (const JuminHall *self, const char *number)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (g_strcmp0 (((JuminCall *)self->calls->pdata[i])->number, number) == 0)
      return self->calls->pdata[i];
  return NULL;
}

/* Whether a number can be taken for any of its matters. */
gboolean
jumin_hall_is_open (const JuminHall *self)
{
  for (guint i = 0; i < self->matters->len; i++)
    if (((JuminMatter *)self->matters->pdata[i])->open)
      return TRUE;
  return self->matters->len == 0;
}

JuminTicket *
jumin_ticket_new (void)
{
  JuminTicket *self = g_new0 (JuminTicket, 1);

  self->wait_min = self->wait_max = JUMIN_MINUTES_UNKNOWN;
  return self;
}

JuminTicket *
jumin_ticket_copy (const JuminTicket *ticket)
{
  JuminTicket *self = g_memdup2 (ticket, sizeof *ticket);

  self->number = g_strdup (ticket->number);
  self->flow = g_strdup (ticket->flow);
  self->matter = g_strdup (ticket->matter);
  self->counters = g_strdup (ticket->counters);
  self->progress_url = g_strdup (ticket->progress_url);
  self->masked_number = g_strdup (ticket->masked_number);
  self->name = (JuminText){ g_strdup (ticket->name.zh), g_strdup (ticket->name.en) };
  self->place = (JuminText){ g_strdup (ticket->place.zh), g_strdup (ticket->place.en) };
  return self;
}

void
jumin_ticket_free (JuminTicket *self)
{
  g_free (self->number);
  g_free (self->flow);
  g_free (self->matter);
  g_free (self->counters);
  g_free (self->progress_url);
  g_free (self->masked_number);
  jumin_text_clear (&self->name);
  jumin_text_clear (&self->place);
  g_free (self);
}

JuminAppointment *
jumin_appointment_new (void)
{
  return g_new0 (JuminAppointment, 1);
}

/**
 * jumin_appointment_get_standing:
 * @now: of the platform's clock, which will judge it too
 *
 * Returns: whether its number can be taken now, not yet or no longer
 */
JuminStanding
jumin_appointment_get_standing (const JuminAppointment *self, gint64 now)
{
  if (now < self->take_from)
    return JUMIN_STANDING_EARLY;
  return now < self->take_until ? JUMIN_STANDING_NOW : JUMIN_STANDING_LATE;
}

void
jumin_appointment_free (JuminAppointment *self)
{
  g_free (self->id);
  g_free (self->matter);
  jumin_text_clear (&self->name);
  g_free (self);
}

JuminToday *
jumin_today_new (void)
{
  JuminToday *self = g_new0 (JuminToday, 1);

  self->tickets = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_ticket_free);
  self->appointments = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_appointment_free);
  return self;
}

void
jumin_today_free (JuminToday *self)
{
  g_ptr_array_unref (self->tickets);
  g_ptr_array_unref (self->appointments);
  g_free (self);
}
