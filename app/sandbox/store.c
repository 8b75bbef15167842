/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sandbox keeps: numbers and calls for help, in SQLite, so that a sandbox that is started
 * again gives the same answer to the same key. The people in it are invented. Writes do not wait
 * for the disk: they take microseconds on the main thread, and a lost day is no loss here. */
#include "sandbox/store.h"

#include "sandbox/paper-ledger.h"
#include "sandbox/store-private.h"

enum
{
  TICKETS_LISTED_MAX = 32
};

struct _JuminStore
{
  sqlite3 *database;
};

#define COLUMNS                                                                                    \
  "id, issued_at, day, ordinal, matter, key, priority, id_number, counter, state, appointment,"    \
  " due_at, calls_kept, place"

/* Whose turn it is: appointments whose time has come, priority, the others, and appointments that
 * are here too early. @now is a parameter, written as in SQL. */
#define TURN(now)                                                                                  \
  "CASE WHEN due_at > 0 THEN CASE WHEN due_at <= " now " THEN 0 ELSE 3 END"                        \
  " WHEN priority <> '' THEN 1 ELSE 2 END"

static const char schema[]
    = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
      "CREATE TABLE IF NOT EXISTS tickets ("
      "  id INTEGER PRIMARY KEY, issued_at INTEGER NOT NULL, day INTEGER NOT NULL,"
      "  ordinal INTEGER NOT NULL, matter TEXT NOT NULL, key TEXT NOT NULL,"
      "  priority TEXT NOT NULL, id_number TEXT NOT NULL, counter TEXT NOT NULL,"
      "  state INTEGER NOT NULL, appointment TEXT NOT NULL, due_at INTEGER NOT NULL,"
      "  calls_kept INTEGER NOT NULL DEFAULT 0, place REAL NOT NULL,"
      "  turn INTEGER NOT NULL DEFAULT 0, UNIQUE (day, matter, ordinal));"
      "CREATE UNIQUE INDEX IF NOT EXISTS tickets_key ON tickets (key) WHERE key <> '';"
      "CREATE INDEX IF NOT EXISTS tickets_turn ON tickets (day, matter, state);"
      "CREATE TABLE IF NOT EXISTS help_calls ("
      "  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, page TEXT NOT NULL,"
      "  matter TEXT NOT NULL, at INTEGER NOT NULL);"
      "CREATE TABLE IF NOT EXISTS reports ("
      "  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL,"
      "  trouble TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL);"
      "CREATE TABLE IF NOT EXISTS nonces ("
      "  nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS nonces_at ON nonces (at);";

void
jumin_stored_ticket_free (JuminStoredTicket *ticket)
{
  g_free (ticket->matter);
  g_free (ticket->key);
  g_free (ticket->priority);
  g_free (ticket->id_number);
  g_free (ticket->counter);
  g_free (ticket->appointment);
  g_free (ticket);
}

void
jumin_store_bind (sqlite3_stmt *statement, const char *format, va_list arguments)
{
  for (int i = 0; format[i] != '\0'; i++)
    {
      if (format[i] == 'i')
        sqlite3_bind_int (statement, i + 1, va_arg (arguments, int));
      else if (format[i] == 'l')
        sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      else
        sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1,
                           SQLITE_TRANSIENT);
    }
}

static sqlite3_stmt *
prepare (JuminStore *self, const char *sql, const char *format, va_list arguments)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("Store statement '%s' failed: %s", sql, sqlite3_errmsg (self->database));
  jumin_store_bind (statement, format, arguments);
  return statement;
}

sqlite3_stmt *
jumin_store_prepare (JuminStore *self, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments);
  va_end (arguments);
  return statement;
}

gboolean
jumin_store_tell (JuminStore *self, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments);
  va_end (arguments);
  return sqlite3_step (statement) == SQLITE_DONE;
}

int
jumin_store_count (JuminStore *self, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments);
  va_end (arguments);
  return sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int (statement, 0) : 0;
}

char *
jumin_store_dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

static JuminStoredTicket *
next_ticket (sqlite3_stmt *statement)
{
  JuminStoredTicket *ticket;

  if (sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  ticket = g_new0 (JuminStoredTicket, 1);
  ticket->id = sqlite3_column_int64 (statement, 0);
  ticket->issued_at = sqlite3_column_int64 (statement, 1);
  ticket->day = sqlite3_column_int (statement, 2);
  ticket->ordinal = sqlite3_column_int (statement, 3);
  ticket->matter = jumin_store_dup_column (statement, 4);
  ticket->key = jumin_store_dup_column (statement, 5);
  ticket->priority = jumin_store_dup_column (statement, 6);
  ticket->id_number = jumin_store_dup_column (statement, 7);
  ticket->counter = jumin_store_dup_column (statement, 8);
  ticket->state = (JuminStoredState)sqlite3_column_int (statement, 9);
  ticket->appointment = jumin_store_dup_column (statement, 10);
  ticket->due_at = sqlite3_column_int64 (statement, 11);
  ticket->calls_kept = sqlite3_column_int (statement, 12);
  ticket->place = sqlite3_column_double (statement, 13);
  return ticket;
}

static GPtrArray *
list_tickets (sqlite3_stmt *statement)
{
  GPtrArray *tickets = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_stored_ticket_free);
  JuminStoredTicket *ticket;

  while (tickets->len < TICKETS_LISTED_MAX && (ticket = next_ticket (statement)) != NULL)
    g_ptr_array_add (tickets, ticket);
  return tickets;
}

/**
 * jumin_store_add_ticket:
 * @ticket: all but its id and place, which are set
 *
 * Returns: whether it was kept; no when key or number exist
 */
gboolean
jumin_store_add_ticket (JuminStore *self, JuminStoredTicket *ticket)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      self,
      "INSERT INTO tickets (issued_at, day, ordinal, matter, key, priority, id_number, counter,"
      " state, appointment, due_at, turn, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
      " ?11, (SELECT coalesce(max(turn), 0) + 1 FROM tickets),"
      " (SELECT coalesce(max(id), 0) + 1 FROM tickets))",
      "liisssssisl", ticket->issued_at, ticket->day, ticket->ordinal, ticket->matter, ticket->key,
      ticket->priority, ticket->id_number, ticket->counter, (int)ticket->state, ticket->appointment,
      ticket->due_at);

  if (sqlite3_step (statement) != SQLITE_DONE)
    return FALSE;
  ticket->id = sqlite3_last_insert_rowid (self->database);
  ticket->place = (double)ticket->id;
  return TRUE;
}

/**
 * jumin_store_set_state:
 * @counter: window that calls it
 */
gboolean
jumin_store_set_state (JuminStore *self, gint64 id, JuminStoredState state, const char *counter)
{
  return jumin_store_tell (self,
                           "UPDATE tickets SET state = ?2, counter = ?3,"
                           " turn = (SELECT max(turn) + 1 FROM tickets) WHERE id = ?1",
                           "lis", id, (int)state, counter);
}

/* Nobody came: it is kept for so many further calls. */
gboolean
jumin_store_miss (JuminStore *self, gint64 id, int calls_kept)
{
  return jumin_store_tell (self,
                           "UPDATE tickets SET state = 3, calls_kept = ?2,"
                           " turn = (SELECT max(turn) + 1 FROM tickets) WHERE id = ?1",
                           "li", id, calls_kept);
}

/* One more call that those who missed theirs let pass. */
gboolean
jumin_store_count_call (JuminStore *self, int day, const char *matter)
{
  return jumin_store_tell (self,
                           "UPDATE tickets SET calls_kept = calls_kept - 1"
                           " WHERE day = ?1 AND matter = ?2 AND state = 3 AND calls_kept > 0",
                           "is", day, matter);
}

/* A missed number waits again, behind so many of those who wait without priority. */
gboolean
jumin_store_put_back (JuminStore *self, const JuminStoredTicket *ticket, int behind)
{
  return jumin_store_tell (
      self,
      "UPDATE tickets SET state = 0, counter = '', due_at = 0, place = coalesce ((SELECT max(place)"
      " FROM (SELECT place FROM tickets WHERE day = ?2 AND matter = ?3 AND state = 0"
      " AND due_at = 0 AND priority = '' ORDER BY place LIMIT ?4)) + 0.5, place) WHERE id = ?1",
      "lisi", ticket->id, ticket->day, ticket->matter, behind);
}

JuminStoredTicket *
jumin_store_find_key (JuminStore *self, const char *key)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      self, "SELECT " COLUMNS " FROM tickets WHERE key = ?1 AND key <> ''", "s", key);

  return next_ticket (statement);
}

JuminStoredTicket *
jumin_store_find_id (JuminStore *self, gint64 id)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_store_prepare (self, "SELECT " COLUMNS " FROM tickets WHERE id = ?1", "l", id);

  return next_ticket (statement);
}

/* The ticket that a terminal took last. */
JuminStoredTicket *
jumin_store_find_last (JuminStore *self)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      self, "SELECT " COLUMNS " FROM tickets WHERE key <> '' ORDER BY id DESC LIMIT 1", "");

  return next_ticket (statement);
}

/* Whether the number of this appointment was taken. */
gboolean
jumin_store_find_appointment (JuminStore *self, int day, const char *appointment,
                              const char *id_number)
{
  return jumin_store_count (
             self,
             "SELECT count(*) FROM tickets WHERE day = ?1 AND appointment = ?2 AND id_number = ?3",
             "iss", day, appointment, id_number)
         > 0;
}

/* Who is called next. */
JuminStoredTicket *
jumin_store_find_next (JuminStore *self, int day, const char *matter, gint64 now)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      self,
      "SELECT " COLUMNS " FROM tickets WHERE day = ?1 AND matter = ?2 AND state = 0"
      " ORDER BY " TURN ("?3") ", due_at, place, id LIMIT 1",
      "isl", day, matter, now);

  return next_ticket (statement);
}

GPtrArray *
jumin_store_list_live (JuminStore *self, int day, const char *id_number)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_store_prepare (self,
                             "SELECT " COLUMNS " FROM tickets WHERE day = ?1 AND id_number = ?2"
                             " AND id_number <> '' AND state <> 2 ORDER BY id",
                             "is", day, id_number);

  return list_tickets (statement);
}

/* What was called, newest first. */
GPtrArray *
jumin_store_list_called (JuminStore *self, int day)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_store_prepare (self,
                             "SELECT " COLUMNS " FROM tickets WHERE day = ?1 AND state = 1"
                             " ORDER BY turn DESC",
                             "i", day);

  return list_tickets (statement);
}

int
jumin_store_count_waiting (JuminStore *self, int day, const char *matter)
{
  return jumin_store_count (
      self, "SELECT count(*) FROM tickets WHERE day = ?1 AND matter = ?2 AND state = 0", "is", day,
      matter);
}

/* Who is called before: of an appointment whose time is still to come, at that time. */
int
jumin_store_count_ahead (JuminStore *self, const JuminStoredTicket *ticket, gint64 now)
{
  if (ticket->state != JUMIN_STORED_WAITING)
    return 0;
  return jumin_store_count (
      self,
      "SELECT count(*) FROM tickets AS other, (SELECT due_at AS my_due, place AS my_place,"
      " CASE WHEN due_at > 0 THEN 0 WHEN priority <> '' THEN 1 ELSE 2 END AS my_turn"
      " FROM tickets WHERE id = ?3)"
      " WHERE day = ?1 AND matter = ?2 AND state = 0 AND id <> ?3 AND (" TURN (
          "max(?4, my_due)") ", due_at, place, id) < (my_turn, my_due, my_place, ?3)",
      "isll", ticket->day, ticket->matter, ticket->id, now);
}

/* Numbers that terminals took. */
int
jumin_store_count_issued (JuminStore *self)
{
  return jumin_store_count (self, "SELECT count(*) FROM tickets WHERE key <> ''", "");
}

int
jumin_store_get_last_ordinal (JuminStore *self, int day, const char *matter)
{
  return jumin_store_count (self, "SELECT max(ordinal) FROM tickets WHERE day = ?1 AND matter = ?2",
                            "is", day, matter);
}

/**
 * jumin_store_add_help:
 * @key: Idempotency-Key
 *
 * Returns: the number of the call: the same one for the same key
 */
gint64
jumin_store_add_help (JuminStore *self, const char *key, const char *page, const char *matter,
                      gint64 at_s)
{
  return jumin_store_count (self,
                            "INSERT INTO help_calls (key, page, matter, at) VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT (key) DO UPDATE SET key = key RETURNING id",
                            "sssl", key, page, matter, at_s);
}

/* Calls for help so far. */
gint64
jumin_store_count_help (JuminStore *self)
{
  return jumin_store_count (self, "SELECT count(*) FROM help_calls", "");
}

/**
 * jumin_store_add_report:
 * @key: Idempotency-Key
 *
 * Returns: the number of the report: the same one for the same key
 */
gint64
jumin_store_add_report (JuminStore *self, const char *key, const char *terminal,
                        const char *trouble, const char *state, gint64 since)
{
  return jumin_store_count (self,
                            "INSERT INTO reports (key, terminal, trouble, state, since)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)"
                            " ON CONFLICT (key) DO UPDATE SET key = key RETURNING id",
                            "ssssl", key, terminal, trouble, state, since);
}

/**
 * jumin_store_dup_reports:
 * @most: of them, newest first
 *
 * Returns: (transfer full): lines of terminal, trouble, state and time, parted by "; "
 */
char *
jumin_store_dup_reports (JuminStore *self, int most)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      self,
      "SELECT group_concat(line, '; ') FROM (SELECT terminal || ' ' || trouble || ' '"
      " || state || ' ' || since AS line, id FROM reports"
      " ORDER BY id DESC LIMIT ?1)",
      "i", most);
  const char *text = sqlite3_step (statement) == SQLITE_ROW
                         ? (const char *)sqlite3_column_text (statement, 0)
                         : NULL;

  return g_strdup (text != NULL ? text : "");
}

/**
 * jumin_store_take_nonce:
 * @at_s: now
 * @old_s: what was seen before that is forgotten
 *
 * Returns: whether it was never seen
 */
gboolean
jumin_store_take_nonce (JuminStore *self, const char *nonce, gint64 at_s, gint64 old_s)
{
  jumin_store_tell (self, "DELETE FROM nonces WHERE at < ?1", "l", old_s);
  return jumin_store_tell (self, "INSERT INTO nonces (nonce, at) VALUES (?1, ?2)", "sl", nonce,
                           at_s);
}

gboolean
jumin_store_run (JuminStore *self, const char *sql)
{
  return sqlite3_exec (self->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

void
jumin_store_free (JuminStore *self)
{
  sqlite3_close (self->database);
  g_free (self);
}

JuminStore *
jumin_store_new (const char *file, GError **error)
{
  g_autoptr (JuminStore) self = g_new0 (JuminStore, 1);

  if (sqlite3_open (file, &self->database) == SQLITE_OK && jumin_store_run (self, schema)
      && jumin_paper_ledger_open (self))
    return g_steal_pointer (&self);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Opening store '%s' failed: %s", file,
               sqlite3_errmsg (self->database));
  return NULL;
}
