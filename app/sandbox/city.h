/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hall.h"
#include "sandbox/timetable.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CITY_BYTES_MAX = 1024 * 1024,
  JUMIN_CITY_WINDOWS_MAX = 12, /* of one matter */
  JUMIN_CITY_SERVED_MAX = 50,
  JUMIN_CITY_TIMETABLES_MAX = 16,
  JUMIN_CITY_RESIDENTS_MAX = 1000,
  JUMIN_CITY_NUMBERS_MAX = 999, /* three digits */
  JUMIN_CITY_TRIES_MAX = 10,
  JUMIN_CITY_HOUR_S = 3600,
  JUMIN_CITY_DAY_S = 86400
};

/**
 * JuminCityMatter:
 * @matter: what does not move: id, icon, family, name, place, papers, identify
 * @letter: how its numbers begin
 * @windows: (array zero-terminated=1): numbers of its windows; the first @windows_open are open
 * @waiting: people who wait when a day begins
 * @numbers_before: numbers that were called before that
 * @daily_cap: numbers of one day
 * @timetable: when it gives them
 * @served_s: how long a visit to the window takes: times as they were measured, ascending
 */
typedef struct
{
  JuminMatter *matter;
  char letter;
  char *windows[JUMIN_CITY_WINDOWS_MAX + 1];
  int n_windows, windows_open, waiting, numbers_before, daily_cap;
  int served_s[JUMIN_CITY_SERVED_MAX], n_served;
  const JuminTimetable *timetable;
} JuminCityMatter;

/**
 * JuminCityResident:
 * @identifier: card identifier; empty: no card that names its holder
 * @phone: where messages go, masked; empty: none is registered
 * @known: the platform knows whose the card is
 * @appointment: id of the matter, or empty
 * @begins_min, @ends_min: of the appointment, minutes after midnight
 * @live_ticket: id of the matter for which the person holds a number, or %NULL
 * @missed_ticket: the same for a number whose call was missed
 * @fund: the case of the person's provident fund account and insurance; empty: no record
 */
typedef struct
{
  char *id, *name, *id_number, *phone, *identifier, *appointment, *live_ticket, *missed_ticket,
      *fund;
  gboolean known;
  int begins_min, ends_min;
} JuminCityResident;

/* Why a matter gives no number. */
typedef enum
{
  JUMIN_CLOSED_BEFORE,
  JUMIN_CLOSED_PAUSE,
  JUMIN_CLOSED_AFTER,
  JUMIN_CLOSED_DAY_OFF,
  JUMIN_CLOSED_ALL_TAKEN,
  JUMIN_CLOSED_FULL, /* as many wait as can be served today */
  JUMIN_N_CLOSED
} JuminClosed;

/**
 * JuminCityRules:
 * @priority_age: years, from which on a holder is called first
 * @few_left: how many numbers of the day are few
 * @early_min, @late_min: how long before and after an appointment its number can be taken
 * @calls_kept: for how many further calls a missed number is kept
 * @missed_then: what to do after those calls
 * @missed_behind: how many go first when it is taken again
 */
typedef struct
{
  int priority_age, few_left, early_min, late_min, calls_kept, missed_behind;
  JuminMissed missed_then;
} JuminCityRules;

/**
 * JuminCityLogin:
 * @tries: wrong codes of one person before the lock
 * @terminal_tries: wrong codes and numbers without a phone at one terminal before the lock
 * @lock_s: how long the lock lasts, and after which wrong codes are forgotten
 * @valid_s: how long a code can be used
 * @resend_s: how long no second message is sent
 *
 * The rules of a login by message.
 */
typedef struct
{
  int tries, terminal_tries, lock_s, valid_s, resend_s;
} JuminCityLogin;

/**
 * JuminCity:
 *
 * @machines: (element-type JuminMachine): the others of the hall; the paper in them runs out
 *
 * The invented hall and its people, as data/sandbox/ describes them. The rest is immutable.
 */
typedef struct
{
  guint32 seed;
  char *terminal;
  char *services_json; /* the services of the catalogue, as they go out */
  int catalogue_version, utc_offset_min, staff_on_duty, arrivals_end_at;
  JuminCityRules rules;
  JuminText hall, closed[JUMIN_N_CLOSED];
  JuminCityLogin login;
  GPtrArray *timetables, *matters, *residents, *machines;
} JuminCity;

/* Errors: G_FILE_ERROR; G_IO_ERROR_INVALID_DATA with the place in the file. */
JuminCity *jumin_city_load (const char *city_file, const char *residents_file, GError **error);
void jumin_city_free (JuminCity *self);
const JuminCityMatter *jumin_city_find_matter (const JuminCity *self, const char *id);
JuminMachine *jumin_city_find_machine (const JuminCity *self, const char *id);
const JuminCityResident *jumin_city_find_card (const JuminCity *self, const char *identifier);
const JuminCityResident *jumin_city_find_number (const JuminCity *self, const char *id_number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCity, jumin_city_free)

G_END_DECLS
