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
  JUMIN_MINUTES_UNKNOWN = -1
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
 * @papers: (element-type JuminText): what to bring
 * @closed_reason: why no number is given now; empty while @open
 * @waiting: people before a new number
 * @windows_open: windows that serve it now
 * @wait_min, @wait_max: honest range, minutes, or %JUMIN_MINUTES_UNKNOWN
 */
typedef struct
{
  char *id, *icon, *family, *counters;
  JuminText name, place, closed_reason;
  GPtrArray *papers;
  int waiting, windows_open, wait_min, wait_max;
  JuminIdentify identify;
  gboolean open;
} JuminMatter;

typedef struct
{
  char *number, *counter;
} JuminCall;

/**
 * JuminHall:
 * @as_of: when the platform counted
 * @matters: (element-type JuminMatter)
 * @calls: (element-type JuminCall): the numbers called last
 */
typedef struct
{
  JuminText name;
  gint64 as_of;
  int waiting, windows_open, wait_min, wait_max;
  GPtrArray *matters, *calls;
} JuminHall;

/**
 * JuminTicket:
 * @number: A023, the same everywhere
 * @flow: the platform's reference (流水号)
 * @matter: id of the matter
 * @progress_url: page that shows the progress on a phone; empty: none
 * @masked_number: whose it is, masked by the platform or by us; empty: nobody's
 * @priority: %TRUE for a priority number
 * @live: %TRUE when the person held it already: no new number was made
 */
typedef struct
{
  char *number, *flow, *matter, *counters, *progress_url, *masked_number;
  JuminText name, place;
  int ahead, wait_min, wait_max;
  gint64 as_of, issued_at;
  gboolean priority, live;
} JuminTicket;

/**
 * JuminAppointment:
 * @begins_at, @ends_at: Unix seconds
 */
typedef struct
{
  char *id, *matter;
  JuminText name;
  gint64 begins_at, ends_at;
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
JuminCall *jumin_call_new (const char *number, const char *counter);
JuminHall *jumin_hall_new (void);
JuminTicket *jumin_ticket_new (void);
JuminTicket *jumin_ticket_copy (const JuminTicket *ticket);
JuminAppointment *jumin_appointment_new (void);
JuminToday *jumin_today_new (void);
void jumin_matter_free (JuminMatter *self);
void jumin_call_free (JuminCall *self);
void jumin_hall_free (JuminHall *self);
void jumin_ticket_free (JuminTicket *self);
void jumin_appointment_free (JuminAppointment *self);
void jumin_today_free (JuminToday *self);
const JuminMatter *jumin_hall_find_matter (const JuminHall *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminMatter, jumin_matter_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminHall, jumin_hall_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTicket, jumin_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminToday, jumin_today_free)

G_END_DECLS
