/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a login by message (data/platform-api.yaml, startLogin).
 *
 *   start ──► sent ──right code──► known (the login is used up)
 *              │ └──wrong codes──► locked, for lock_s
 *              └──valid_s──► expired
 *
 * There is one login a person: beginning again neither sends sooner nor gives more tries. */
#include "sandbox/logins.h"

#include <string.h>

enum
{
  CODES = 1000000,
  ID_BYTES = 16
};

/* Mistakes of a person or of a terminal. */
typedef struct
{
  int count;
  gint64 last_at, locked_until;
} Mistakes;

typedef struct
{
  const JuminCityResident *resident;
  char id[2 * ID_BYTES + 1];
  char code[JUMIN_LOGIN_CODE_LENGTH + 1]; /* empty: none that can be used */
  gint64 sent_at;
  Mistakes mistakes;
} Entry;

struct _JuminLogins
{
  const JuminCity *city;
  JuminClock *clock;
  GHashTable *entries; /* resident -> Entry */
  Mistakes terminal;   /* the gate lets one terminal in */
};

JuminLogins *
jumin_logins_new (const JuminCity *city, JuminClock *clock)
{
  JuminLogins *self = g_new0 (JuminLogins, 1);

  self->city = city;
  self->clock = g_object_ref (clock);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
jumin_logins_free (JuminLogins *self)
{
  g_hash_table_unref (self->entries);
  g_object_unref (self->clock);
  g_free (self);
}

static void
add_mistake (JuminLogins *self, Mistakes *mistakes, int allowed)
{
  gint64 now = jumin_clock_get_wall (self->clock);

  if (now - mistakes->last_at >= self->city->login.lock_s)
    mistakes->count = 0;
  mistakes->last_at = now;
  if (++mistakes->count < allowed)
    return;
  mistakes->count = 0;
  mistakes->locked_until = now + self->city->login.lock_s;
}

/* @entry: (nullable)
 * Returns: (nullable) (transfer full): the lock that nothing gets past */
static JuminLogin *
check_lock (JuminLogins *self, const Entry *entry)
{
  gint64 until
      = MAX (self->terminal.locked_until, entry != NULL ? entry->mistakes.locked_until : 0);
  JuminLogin *locked;

  if (until <= jumin_clock_get_wall (self->clock))
    return NULL;
  locked = jumin_login_new (JUMIN_LOGIN_LOCKED);
  locked->locked_until = until;
  return locked;
}

static int
count_tries_left (JuminLogins *self, const Entry *entry)
{
  gint64 since = jumin_clock_get_wall (self->clock) - entry->mistakes.last_at;

  return self->city->login.tries - (since < self->city->login.lock_s ? entry->mistakes.count : 0);
}

static gboolean
is_expired (JuminLogins *self, const Entry *entry)
{
  return entry == NULL || *entry->code == '\0'
         || jumin_clock_get_wall (self->clock) - entry->sent_at >= self->city->login.valid_s;
}

/* Sends a code unless one was sent just now. */
static JuminLogin *
send_code (JuminLogins *self, Entry *entry)
{
  const JuminCityLogin *rules = &self->city->login;
  gint64 now = jumin_clock_get_wall (self->clock);
  JuminLogin *login = jumin_login_new (JUMIN_LOGIN_SENT);

  if (is_expired (self, entry) || now - entry->sent_at >= rules->resend_s)
    {
      g_snprintf (entry->code, sizeof entry->code, "%06d", g_random_int_range (0, CODES));
      entry->sent_at = now;
    }
  login->id = g_strdup (entry->id);
  login->phone = g_strdup (entry->resident->phone);
  login->valid_s = (int)(entry->sent_at + rules->valid_s - now);
  login->resend_s = (int)MAX (0, entry->sent_at + rules->resend_s - now);
  login->tries_left = count_tries_left (self, entry);
  return login;
}

static Entry *
get_entry (JuminLogins *self, const JuminCityResident *resident)
{
  Entry *entry = g_hash_table_lookup (self->entries, resident);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->resident = resident;
  for (int i = 0; i < 2 * ID_BYTES; i++)
    entry->id[i] = "0123456789abcdef"[g_random_int_range (0, 16)];
  g_hash_table_insert (self->entries, (gpointer)resident, entry);
  return entry;
}

/**
 * jumin_logins_start:
 * @id_number: 公民身份号码
 *
 * Returns: (transfer full): sent, no phone, or locked
 */
JuminLogin *
jumin_logins_start (JuminLogins *self, const char *id_number)
{
  const JuminCityResident *resident = jumin_city_find_number (self->city, id_number);
  gboolean has_phone = resident != NULL && *resident->phone != '\0';
  Entry *entry = has_phone ? get_entry (self, resident) : NULL;
  JuminLogin *locked = check_lock (self, entry);

  if (locked != NULL)
    return locked;
  if (has_phone)
    return send_code (self, entry);
  add_mistake (self, &self->terminal, self->city->login.terminal_tries);
  return jumin_login_new (JUMIN_LOGIN_NO_PHONE);
}

static Entry *
find_entry (JuminLogins *self, const char *id)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (strcmp (((Entry *)entry)->id, id) == 0)
      return entry;
  return NULL;
}

/**
 * jumin_logins_resend:
 * @id: of a login that was begun
 *
 * Returns: (transfer full): sent, expired (no such login), or locked
 */
JuminLogin *
jumin_logins_resend (JuminLogins *self, const char *id)
{
  Entry *entry = find_entry (self, id);
  JuminLogin *locked = check_lock (self, entry);

  if (locked != NULL)
    return locked;
  return entry != NULL ? send_code (self, entry) : jumin_login_new (JUMIN_LOGIN_EXPIRED);
}

/**
 * jumin_logins_check:
 * @id: of a login that was begun
 * @code: six digits
 *
 * Returns: (transfer full): known, wrong code, expired, or locked
 */
JuminLogin *
jumin_logins_check (JuminLogins *self, const char *id, const char *code)
{
  Entry *entry = find_entry (self, id);
  JuminLogin *login = check_lock (self, entry);

  if (login != NULL)
    return login;
  if (is_expired (self, entry))
    return jumin_login_new (JUMIN_LOGIN_EXPIRED);
  if (strcmp (entry->code, code) != 0)
    {
      add_mistake (self, &self->terminal, self->city->login.terminal_tries);
      add_mistake (self, &entry->mistakes, self->city->login.tries);
      login = check_lock (self, entry);
      if (login != NULL)
        return login;
      login = jumin_login_new (JUMIN_LOGIN_WRONG_CODE);
      login->tries_left = count_tries_left (self, entry);
      return login;
    }
  memset (entry->code, 0, sizeof entry->code);
  entry->mistakes = (Mistakes){ 0 };
  login = jumin_login_new (JUMIN_LOGIN_KNOWN);
  login->holder
      = jumin_identity_new (JUMIN_PROOF_MESSAGE, entry->resident->name, entry->resident->id_number);
  return login;
}

/**
 * jumin_logins_find_code:
 * @resident: id of a resident
 *
 * Returns: (transfer none) (nullable): the code that came to the resident's phone last
 */
const char *
jumin_logins_find_code (JuminLogins *self, const char *resident)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *entry = value;

      if (strcmp (entry->resident->id, resident) == 0 && *entry->code != '\0')
        return entry->code;
    }
  return NULL;
}

static void
age_mistakes (Mistakes *mistakes, gint64 seconds)
{
  mistakes->last_at -= seconds;
  mistakes->locked_until -= seconds;
}

/**
 * jumin_logins_age:
 *
 * For tests and demonstrations: as if all that happened had been @seconds earlier.
 */
void
jumin_logins_age (JuminLogins *self, gint64 seconds)
{
  GHashTableIter iter;
  gpointer value;

  age_mistakes (&self->terminal, seconds);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      entry->sent_at -= seconds;
      age_mistakes (&entry->mistakes, seconds);
    }
}
