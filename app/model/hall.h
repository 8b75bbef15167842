/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/text.h"

G_BEGIN_DECLS

/* What the hall's queue system says: matters, numbers, waiting. Plain values, owned by whoever
 * holds them; times are Unix seconds of the platform's clock, waits are minutes. */
enum
{
  JUMIN_MATTERS_MAX = 32,
  JUMIN_PAPERS_MAX = 12,
  JUMIN_CALLS_MAX = 8,
  JUMIN_MACHINES_MAX = 16,
  JUMIN_MINUTES_UNKNOWN = -1,
  JUMIN_LEFT_MANY = -1
};

typedef enum
{
  JUMIN_IDENTIFY_NEVER,    /* the matter takes no identity */
  JUMIN_IDENTIFY_OPTIONAL, /* with or without */
  JUMIN_IDENTIFY_ALWAYS
} JuminIdentify;

/**
 * JuminMatter:
 * @id: stable id
 * @name: 综合受理
 * @icon, @family: how it is drawn
 * @counters: "5–8"; empty while no window is open
 * @place: 一楼 B 区
 * @hours: when numbers are given, as one says it
 * @papers: (element-type JuminText): what to bring
 * @closed_reason: why no number is given now; empty while @open
 * @reopens_at: when they are given again; 0 while @open, and when nobody knows
 * @left: numbers left today when there are few, or %JUMIN_LEFT_MANY
 * @waiting: people before a new number
 * @windows_open: windows that serve it now
 * @wait_min, @wait_max: honest range, minutes, or %JUMIN_MINUTES_UNKNOWN
 */
typedef struct
{
  char *id, *icon, *family, *counters;
  JuminText name, place, hours, closed_reason;
  GPtrArray *papers;
  int waiting, windows_open, wait_min, wait_max, left;
  gint64 reopens_at;
  JuminIdentify identify;
  gboolean open;
} JuminMatter;

typedef struct
{
  char *number, *counter;
} JuminCall;

typedef enum
{
  JUMIN_MACHINE_SHEETS_OK,
  JUMIN_MACHINE_SHEETS_LOW,
  JUMIN_MACHINE_SHEETS_OUT,
  JUMIN_MACHINE_SHEETS_NONE, /* it has no A4 printer */
  JUMIN_MACHINE_SHEETS_UNKNOWN
} JuminMachineSheets;

extern const char *const jumin_machine_sheets_names[]; /* zero-terminated */

/**
 * JuminMachine:
 * @name: as a resident calls it
 * @metres: on foot, from here
 *
 * Another machine of the hall.
 */
typedef struct
{
  char *id;
  JuminText name, place;
  int metres;
  JuminMachineSheets sheets;
} JuminMachine;

/**
 * JuminHall:
 * @as_of: when the platform counted
 * @priority_age: from this age on a person is called first without asking
 * @matters: (element-type JuminMatter)
 * @calls: (element-type JuminCall): the numbers called last
 * @machines: (element-type JuminMachine): the others, nearest first
 */
typedef struct
{
  JuminText name;
  gint64 as_of;
  int waiting, windows_open, wait_min, wait_max, priority_age;
  GPtrArray *matters, *calls, *machines;
} JuminHall;

typedef enum
{
  JUMIN_TICKET_WAITING,
  JUMIN_TICKET_CALLED,
  JUMIN_TICKET_MISSED /* called, and nobody came */
} JuminTicketState;

/* What to do about a missed call. */
typedef enum
{
  JUMIN_MISSED_WINDOW, /* go there: the number is kept for some further calls */
  JUMIN_MISSED_DESK,   /* the service desk gives a new place */
  JUMIN_MISSED_AGAIN   /* the same number can be taken again here */
} JuminMissed;

/**
 * JuminTicket:
 * @number: A023, the same everywhere
 * @flow: the platform's reference (流水号)
 * @matter: id of the matter
 * @progress_url: page that shows the progress on a phone; empty: none
 * @masked_number: whose it is, masked by the platform or by us; empty: nobody's
 * @priority: %TRUE for a priority number
 * @appointment_at: time of its appointment; 0: an ordinary number
 * @if_missed: what to do when its call is missed; for a missed one what to do now
 * @calls_kept: for how many further calls a missed one is kept
 * @live: %TRUE when the person held it already: no new number was made
 */
typedef struct
{
  char *number, *flow, *matter, *counters, *progress_url, *masked_number;
  JuminText name, place;
  int ahead, wait_min, wait_max, calls_kept;
  gint64 as_of, issued_at, appointment_at;
  JuminTicketState state;
  JuminMissed if_missed;
  gboolean priority, live;
} JuminTicket;

typedef enum
{
  JUMIN_STANDING_EARLY,
  JUMIN_STANDING_NOW,
  JUMIN_STANDING_LATE
} JuminStanding;

/**
 * JuminAppointment:
 * @begins_at, @ends_at: Unix seconds
 * @take_from, @take_until: its number can be taken from the one on and before the other
 */
typedef struct
{
  char *id, *matter;
  JuminText name;
  gint64 begins_at, ends_at, take_from, take_until;
} JuminAppointment;

/**
 * JuminToday:
 * @tickets: (element-type JuminTicket): live numbers of this person
 * @appointments: (element-type JuminAppointment): of this day
 */
typedef struct
{
  GPtrArray *tickets, *appointments;
} JuminToday;

JuminMatter *jumin_matter_new (void);
JuminMatter *jumin_matter_copy (const JuminMatter *matter);
JuminCall *jumin_call_new (const char *number, const char *counter);
JuminMachine *jumin_machine_new (void);
JuminMachine *jumin_machine_copy (const JuminMachine *machine);
JuminHall *jumin_hall_new (void);
JuminTicket *jumin_ticket_new (void);
JuminTicket *jumin_ticket_copy (const JuminTicket *ticket);
JuminAppointment *jumin_appointment_new (void);
JuminToday *jumin_today_new (void);
void jumin_matter_free (JuminMatter *self);
void jumin_machine_free (JuminMachine *self);
void jumin_hall_free (JuminHall *self);
void jumin_ticket_free (JuminTicket *self);
void jumin_appointment_free (JuminAppointment *self);
void jumin_today_free (JuminToday *self);
const JuminMatter *jumin_hall_find_matter (const JuminHall *self, const char *id);
const JuminCall *jumin_hall_find_call (const JuminHall *self, const char *number);
gboolean jumin_hall_is_open (const JuminHall *self);
JuminStanding jumin_appointment_get_standing (const JuminAppointment *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminMatter, jumin_matter_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminMachine, jumin_machine_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminHall, jumin_hall_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTicket, jumin_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminAppointment, jumin_appointment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminToday, jumin_today_free)

G_END_DECLS
