/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the invented city: one file for the hall, one for the people. */
#include "sandbox/city.h"

#include <string.h>

#include "model/catalogue.h"
#include "model/json.h"
#include "platform/hall-answers.h"
#include "sandbox/fund-book.h"

enum
{
  TERMINAL_MAX = 6,
  ID_NUMBER_LENGTH = 18
};

static void
city_matter_free (JuminCityMatter *self)
{
  jumin_matter_free (self->matter);
  for (int i = 0; i < self->n_windows; i++)
    g_free (self->windows[i]);
  g_free (self);
}

static void
city_resident_free (JuminCityResident *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->id_number);
  g_free (self->phone);
  g_free (self->identifier);
  g_free (self->appointment);
  g_free (self->live_ticket);
  g_free (self->missed_ticket);
  g_free (self->fund);
  g_free (self);
}

void
jumin_city_free (JuminCity *self)
{
  if (self == NULL)
    return;
  g_free (self->terminal);
  g_free (self->services_json);
  jumin_text_clear (&self->hall);
  for (int i = 0; i < JUMIN_N_CLOSED; i++)
    jumin_text_clear (&self->closed[i]);
  g_ptr_array_unref (self->timetables);
  g_ptr_array_unref (self->matters);
  g_ptr_array_unref (self->residents);
  g_clear_pointer (&self->machines, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_paper (const JuminJson *place)
{
  JuminText *paper = g_new0 (JuminText, 1);

  jumin_json_read_text (place, NULL, paper);
  return paper;
}

static void
read_windows (const JuminJson *object, JuminCityMatter *matter)
{
  JuminJson array = jumin_json_array (object, "windows", JUMIN_CITY_WINDOWS_MAX),
            element = { NULL };

  while (jumin_json_next (&array, &element))
    if (cJSON_IsString (element.value))
      matter->windows[matter->n_windows++] = g_strdup (element.value->valuestring);
    else
      jumin_json_fail (&array, "not an array of strings");
}

static int
compare_int (const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

static void
read_served (const JuminJson *object, JuminCityMatter *matter)
{
  JuminJson array = jumin_json_array (object, "served_s", JUMIN_CITY_SERVED_MAX),
            element = { NULL };

  while (jumin_json_next (&array, &element))
    if (cJSON_IsNumber (element.value) && element.value->valueint > 0)
      matter->served_s[matter->n_served++] = element.value->valueint;
  if (matter->n_served == 0)
    jumin_json_fail (&array, "no service time");
  qsort (matter->served_s, (size_t)matter->n_served, sizeof (int), compare_int);
}

static const JuminTimetable *
find_timetable (const JuminJson *object, const JuminCity *city)
{
  JuminJson place = jumin_json_member (object, "timetable");
  g_autofree char *id = jumin_json_dup_id (object, "timetable");

  for (guint i = 0; i < city->timetables->len; i++)
    if (g_strcmp0 (((JuminTimetable *)city->timetables->pdata[i])->id, id) == 0)
      return city->timetables->pdata[i];
  jumin_json_fail (&place, "no timetable of this name");
  return NULL;
}

static JuminCityMatter *
read_matter (const JuminJson *object, const JuminCity *city)
{
  static const char *const identify[] = { "never", "optional", "always", NULL };
  JuminCityMatter *self = g_new0 (JuminCityMatter, 1);
  JuminMatter *matter = self->matter = jumin_matter_new ();

  matter->id = jumin_json_dup_id (object, "id");
  matter->icon = jumin_json_dup_id (object, "icon");
  matter->family = jumin_json_dup_id (object, "family");
  jumin_json_read_text (object, "name", &matter->name);
  jumin_json_read_text (object, "place", &matter->place);
  matter->identify = (JuminIdentify)jumin_json_get_choice (object, "identify", identify);
  self->letter = *jumin_json_get_match (object, "letter", "^[A-Z]$", 1);
  self->waiting = (int)jumin_json_get_integer (object, "waiting", 0, JUMIN_CITY_NUMBERS_MAX);
  self->numbers_before
      = (int)jumin_json_get_integer (object, "numbers_before", 0, JUMIN_CITY_NUMBERS_MAX);
  self->daily_cap = (int)jumin_json_get_integer (object, "daily_cap", 0, JUMIN_CITY_NUMBERS_MAX);
  self->windows_open
      = (int)jumin_json_get_integer (object, "windows_open", 0, JUMIN_CITY_WINDOWS_MAX);
  jumin_json_read_list (object, "papers", JUMIN_PAPERS_MAX, matter->papers, read_paper);
  read_windows (object, self);
  read_served (object, self);
  self->windows_open = MIN (self->windows_open, self->n_windows);
  self->timetable = find_timetable (object, city);
  return self;
}

static void
read_closed (const JuminJson *object, JuminCity *city)
{
  static const char *const keys[]
      = { [JUMIN_CLOSED_BEFORE] = "before", [JUMIN_CLOSED_PAUSE] = "pause",
          [JUMIN_CLOSED_AFTER] = "after",   [JUMIN_CLOSED_DAY_OFF] = "day_off",
          [JUMIN_CLOSED_FULL] = "full",     [JUMIN_CLOSED_ALL_TAKEN] = "all_taken",
          [JUMIN_N_CLOSED] = NULL };
  JuminJson closed = jumin_json_member (object, "closed");

  for (int i = 0; i < JUMIN_N_CLOSED; i++)
    jumin_json_read_text (&closed, keys[i], &city->closed[i]);
}

static void
read_rules (const JuminJson *object, JuminCityRules *rules)
{
  static const char *const then[] = { "window", "desk", "again", NULL };
  JuminJson place = jumin_json_member (object, "rules");

  jumin_json_member (&place, "note");
  rules->priority_age = (int)jumin_json_get_integer (&place, "priority_age", 1, 150);
  rules->few_left = (int)jumin_json_get_integer (&place, "few_left", 0, JUMIN_CITY_NUMBERS_MAX);
  rules->early_min
      = (int)jumin_json_get_integer (&place, "appointment_early_minutes", 0, JUMIN_DAY_S / 60);
  rules->late_min
      = (int)jumin_json_get_integer (&place, "appointment_late_minutes", 0, JUMIN_DAY_S / 60);
  rules->calls_kept = (int)jumin_json_get_integer (&place, "calls_kept", 0, 99);
  rules->missed_behind = (int)jumin_json_get_integer (&place, "missed_behind", 0, 99);
  rules->missed_then = (JuminMissed)jumin_json_get_choice (&place, "missed_then", then);
}

static void
read_matters (const JuminJson *object, JuminCity *city)
{
  JuminJson array = jumin_json_array (object, "matters", JUMIN_MATTERS_MAX), place = { NULL };

  while (jumin_json_next (&array, &place))
    g_ptr_array_add (city->matters, read_matter (&place, city));
}

static void
read_login (const JuminJson *object, JuminCityLogin *login)
{
  JuminJson place = jumin_json_member (object, "login");

  login->tries = (int)jumin_json_get_integer (&place, "tries", 1, JUMIN_CITY_TRIES_MAX);
  login->terminal_tries
      = (int)jumin_json_get_integer (&place, "terminal_tries", 1, JUMIN_CITY_NUMBERS_MAX);
  login->lock_s = (int)jumin_json_get_integer (&place, "lock_s", 1, JUMIN_CITY_DAY_S);
  login->valid_s = (int)jumin_json_get_integer (&place, "valid_s", 1, JUMIN_CITY_HOUR_S);
  login->resend_s = (int)jumin_json_get_integer (&place, "resend_s", 0, JUMIN_CITY_HOUR_S);
}

static void
read_city (const JuminJson *object, gpointer data)
{
  JuminCity *city = data;
  JuminJson services = jumin_json_member (object, "services");

  city->seed = (guint32)jumin_json_get_integer (object, "seed", 0, G_MAXUINT32);
  city->terminal = jumin_json_dup_match (object, "terminal", JUMIN_PATTERN_TERMINAL, TERMINAL_MAX);
  city->catalogue_version
      = (int)jumin_json_get_integer (object, "catalogue_version", 1, G_MAXINT32);
  city->utc_offset_min = (int)jumin_json_get_integer (object, "utc_offset_minutes", -720, 840);
  city->staff_on_duty = (int)jumin_json_get_integer (object, "staff_on_duty", 0, 999);
  city->arrivals_end_at
      = (int)jumin_json_get_integer (object, "arrivals_end_at", 0, JUMIN_CITY_NUMBERS_MAX);
  jumin_json_read_text (object, "hall", &city->hall);
  read_rules (object, &city->rules);
  read_closed (object, city);
  jumin_json_read_list (object, "timetables", JUMIN_CITY_TIMETABLES_MAX, city->timetables,
                        jumin_timetable_read);
  read_login (object, &city->login);
  read_matters (object, city);
  jumin_json_read_list (object, "machines", JUMIN_MACHINES_MAX, city->machines,
                        jumin_hall_answer_read_machine);
  if (jumin_json_check_array (&services, JUMIN_SERVICES_MAX))
    {
      char *printed = cJSON_PrintUnformatted (services.value);

      city->services_json = g_strdup (printed);
      cJSON_free (printed);
    }
}

/* A field that a person may lack. */
static char *
dup_optional (const JuminJson *object, const char *key, const char *pattern)
{
  JuminJson place = jumin_json_member (object, key);

  return jumin_json_is_null (&place) ? g_strdup ("")
                                     : jumin_json_dup_match (object, key, pattern, 40);
}

/* The matter for which a person holds a ticket. */
static char *
dup_matter (const JuminJson *object, const char *key)
{
  JuminJson ticket = jumin_json_member (object, key);

  return jumin_json_is_null (&ticket) ? NULL : jumin_json_dup_id (&ticket, "matter");
}

static JuminCityResident *
read_resident (const JuminJson *object)
{
  JuminCityResident *self = g_new0 (JuminCityResident, 1);
  JuminJson card = jumin_json_member (object, "card");
  JuminJson appointment = jumin_json_member (object, "appointment");
  JuminJson unknown = jumin_json_member (object, "unknown_to_platform");

  self->id = jumin_json_dup_id (object, "id");
  self->name = g_strdup (jumin_json_get_string (object, "name", 80));
  self->id_number
      = jumin_json_dup_match (object, "id_number", JUMIN_PATTERN_ID_NUMBER, ID_NUMBER_LENGTH);
  self->phone = dup_optional (object, "phone", "^[0-9]{3}\\*{4}[0-9]{4}$");
  self->known = !cJSON_IsTrue (unknown.value);
  self->fund = dup_optional (object, "fund", "^[a-z]+$");
  if (*self->fund != '\0' && !jumin_fund_case_exists (self->fund))
    jumin_json_fail (object, "fund: there is no such case");
  if (!jumin_json_is_null (&card))
    self->identifier = dup_optional (&card, "identifier", "^[0-9A-F]{32}$");
  if (!jumin_json_is_null (&appointment))
    {
      self->appointment = jumin_json_dup_id (&appointment, "matter");
      self->begins_min = jumin_timetable_read_minutes (&appointment, "begins");
      self->ends_min = jumin_timetable_read_minutes (&appointment, "ends");
    }
  self->live_ticket = dup_matter (object, "live_ticket");
  self->missed_ticket = dup_matter (object, "missed_ticket");
  return self;
}

static void
read_residents (const JuminJson *array, gpointer data)
{
  JuminCity *city = data;
  JuminJson place = { NULL };

  if (!jumin_json_check_array (array, JUMIN_CITY_RESIDENTS_MAX))
    return;
  while (jumin_json_next (array, &place))
    g_ptr_array_add (city->residents, read_resident (&place));
}

/* @tolerant: what nobody reads is the peers' */
static gboolean
read_file (const char *file, gboolean tolerant, void (*read) (const JuminJson *, gpointer),
           JuminCity *city, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (file, &contents, &length, error))
    return FALSE;
  return jumin_json_read_file (&(JuminJsonFile){ "Description", file, contents, (gssize)length,
                                                 JUMIN_CITY_BYTES_MAX, .tolerant = tolerant },
                               read, city, error);
}

JuminCity *
jumin_city_load (const char *city_file, const char *residents_file, GError **error)
{
  g_autoptr (JuminCity) self = g_new0 (JuminCity, 1);

  self->timetables = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_timetable_free);
  self->matters = g_ptr_array_new_with_free_func ((GDestroyNotify)city_matter_free);
  self->residents = g_ptr_array_new_with_free_func ((GDestroyNotify)city_resident_free);
  self->machines = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_machine_free);
  if (!read_file (city_file, FALSE, read_city, self, error)
      || !read_file (residents_file, TRUE, read_residents, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const JuminCityMatter *
jumin_city_find_matter (const JuminCity *self, const char *id)
{
  for (guint i = 0; i < self->matters->len; i++)
    {
      const JuminCityMatter *matter = self->matters->pdata[i];

      if (strcmp (matter->matter->id, id) == 0)
        return matter;
    }
  return NULL;
}

/* (nullable): the machine with this id. */
JuminMachine *
jumin_city_find_machine (const JuminCity *self, const char *id)
{
  for (guint i = 0; i < self->machines->len; i++)
    if (strcmp (((JuminMachine *)self->machines->pdata[i])->id, id) == 0)
      return self->machines->pdata[i];
  return NULL;
}

/**
 * jumin_city_find_card:
 * @identifier: 卡识别码, hexadecimal in either case
 *
 * Returns: (nullable): the holder, %NULL when the platform knows none
 */
const JuminCityResident *
jumin_city_find_card (const JuminCity *self, const char *identifier)
{
  for (guint i = 0; i < self->residents->len; i++)
    {
      const JuminCityResident *resident = self->residents->pdata[i];

      if (resident->known && resident->identifier != NULL && *resident->identifier != '\0'
          && g_ascii_strcasecmp (resident->identifier, identifier) == 0)
        return resident;
    }
  return NULL;
}

/**
 * jumin_city_find_number:
 * @id_number: 公民身份号码
 *
 * Returns: (nullable): the person, %NULL when the platform knows none
 */
const JuminCityResident *
jumin_city_find_number (const JuminCity *self, const char *id_number)
{
  for (guint i = 0; i < self->residents->len; i++)
    {
      const JuminCityResident *resident = self->residents->pdata[i];

      if (resident->known && strcmp (resident->id_number, id_number) == 0)
        return resident;
    }
  return NULL;
}
