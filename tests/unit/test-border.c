/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border from the ui's side: views, acts, and what happens to a ui that stops answering. */
#include <glib/gstdio.h>
#include <unistd.h>

#include "border.h"
#include "devices/virtual-card-reader.h"
#include "devices/virtual-printer.h"
#include "front/border-server.h"
#include "ipc/view.h"
#include "shipped-data.h"

enum
{
  REPLY_MS = 1000,
  MINUTE_MS = 60000,
  PATIENCE_S = 20
};

typedef struct
{
  JuminClock *clock;
  JuminTerminal *terminal;
  JuminVirtualPrinter *printer;
  JuminBorderServer *server;
  JuminAudit *audit;
  GDBusConnection *connection;
  JuminBorder *border; /* the ui's proxy */
  char *dir, *socket, *address;
} Fixture;

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

#define await(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean lost = FALSE;                                                                         \
    guint timer = g_timeout_add_seconds (PATIENCE_S, on_patience_lost, &lost);                     \
    while (!(condition) && !lost)                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (timer);                                                                       \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GDBusConnection **)data = g_dbus_connection_new_for_address_finish (result, &error);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(JuminBorder **)data = jumin_border_proxy_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
connect_ui (Fixture *f)
{
  g_dbus_connection_new_for_address (f->address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                                     NULL, NULL, on_connected, &f->connection);
  await (f->connection != NULL);
  g_dbus_connection_set_exit_on_close (f->connection, FALSE);
  jumin_border_proxy_new (f->connection, G_DBUS_PROXY_FLAGS_NONE, NULL, "/org/jumin/Border", NULL,
                          on_proxy, &f->border);
  await (f->border != NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminVirtualCardReader) reader = jumin_virtual_card_reader_new ();
  g_autoptr (GError) error = NULL;
  JuminTerminalTools tools;
  JuminTerminalSettings settings = { .idle_ms = 90000,
                                     .idle_home_ms = 60000,
                                     .elder_factor = 2,
                                     .warn_ms = 30000,
                                     .printer_check_ms = 15000,
                                     .printer_heal_ms = 1000,
                                     .hall_refresh_ms = 15000,
                                     .rest_ms = 2 * MINUTE_MS };

  f->dir = g_dir_make_tmp ("jumin-border-XXXXXX", &error);
  g_assert_no_error (error);
  f->socket = g_build_filename (f->dir, "s", NULL);
  f->address = g_strconcat ("unix:path=", f->socket, NULL);
  f->clock = jumin_clock_new_manual (1758000000);
  f->printer = jumin_virtual_printer_new ();
  f->audit = jumin_audit_new (&(JuminAuditSettings){ .directory = f->dir }, f->clock, &error);
  g_assert_no_error (error);
  tools = (JuminTerminalTools){ .clock = f->clock,
                                .reader = JUMIN_CARD_READER (reader),
                                .printer = JUMIN_PRINTER (f->printer),
                                .audit = f->audit,
                                .catalogue = jumin_catalogue_parse (
                                    "{\"version\":1,\"services\":[]}", -1, "test", &error),
                                .troubles = shipped_troubles_new () };
  g_assert_no_error (error);
  f->terminal = jumin_terminal_new (&tools, &settings);
  jumin_terminal_start (f->terminal);
  f->server = jumin_border_server_new (f->socket, getuid (), REPLY_MS, f->terminal, f->clock,
                                       f->audit, &error);
  g_assert_no_error (error);
  connect_ui (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *log = g_build_filename (f->dir, JUMIN_AUDIT_FIRST_FILE, NULL);

  g_clear_object (&f->border);
  g_clear_object (&f->connection);
  g_object_run_dispose (G_OBJECT (f->server));
  g_clear_object (&f->server);
  g_object_run_dispose (G_OBJECT (f->terminal));
  g_clear_object (&f->terminal);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->audit);
  g_clear_object (&f->printer);
  g_clear_object (&f->clock);
  g_unlink (log);
  g_rmdir (f->dir);
  g_free (f->dir);
  g_free (f->socket);
  g_free (f->address);
}

static JuminView *
view (Fixture *f)
{
  g_autoptr (GVariant) variant = jumin_border_dup_view (f->border);
  g_autoptr (GError) error = NULL;
  JuminView *read = jumin_view_from_variant (variant, &error);

  g_assert_no_error (error);
  return read;
}

typedef struct
{
  char *result;
  gint64 deadline;
  GError *error;
} Reply;

static void
on_act_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;

  jumin_border_call_act_finish (JUMIN_BORDER (source), &reply->result, &reply->deadline, result,
                                &reply->error);
}

static Reply
act (Fixture *f, const char *action, guint64 page, const char *id, const char *value,
     guint64 revision)
{
  GVariantDict values = G_VARIANT_DICT_INIT (NULL);
  Reply reply = { 0 };

  if (id != NULL)
    g_variant_dict_insert (&values, "id", "s", id);
  if (value != NULL)
    g_variant_dict_insert (&values, "value", "s", value);
  if (revision != 0)
    g_variant_dict_insert (&values, "revision", "t", revision);
  jumin_border_call_act (f->border, action, page, g_variant_dict_end (&values), NULL, on_act_ready,
                         &reply);
  await (reply.result != NULL || reply.error != NULL);
  return reply;
}

static void
reply_clear (Reply *reply)
{
  g_clear_pointer (&reply->result, g_free);
  g_clear_error (&reply->error);
}

static void
test_the_first_view_is_there_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminView) first = view (f);

  g_assert_cmpstr (first->kind, ==, "out-of-service");
  g_assert_cmpuint (first->keys->len, ==, 6);
}

static void
test_an_act_is_taken_or_stale (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminView) first = view (f);
  Reply reply = act (f, "set", first->page + 1, "language", "en", 0);

  g_assert_cmpstr (reply.result, ==, "stale");
  reply_clear (&reply);
  reply = act (f, "set", first->page, "language", "en", 0);
  g_assert_cmpstr (reply.result, ==, "taken");
  g_assert_cmpint (reply.deadline, >, 0);
  reply_clear (&reply);
}

static void
test_one_view_at_a_time_is_on_its_way (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminView) first = view (f);
  g_autoptr (JuminView) held = NULL, next = NULL;
  Reply reply = act (f, "set", first->page, "language", "en", 0);

  reply_clear (&reply);
  held = view (f);
  g_assert_cmpuint (held->revision, ==, first->revision);
  reply = act (f, "shown", first->page, NULL, NULL, first->revision);
  reply_clear (&reply);
  next = view (f);
  g_assert_cmpuint (next->revision, >, first->revision);
  g_assert_cmpstr (next->language, ==, "en");
}

static void
test_a_silent_ui_is_dropped (Fixture *f, gconstpointer data)
{
  jumin_clock_advance (f->clock, REPLY_MS);
  await (g_dbus_connection_is_closed (f->connection));
}

static void
test_a_ui_that_answers_stays (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminView) first = view (f);
  Reply reply = act (f, "shown", first->page, NULL, NULL, first->revision);

  reply_clear (&reply);
  jumin_clock_advance (f->clock, REPLY_MS);
  reply = act (f, "awake", first->page, NULL, NULL, 0);
  g_assert_cmpstr (reply.result, ==, "taken");
  reply_clear (&reply);
}

static void
test_what_is_drawn_as_before_is_not_published (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminView) first = view (f);
  g_autoptr (JuminView) same = NULL, later = NULL;
  Reply reply = act (f, "shown", first->page, NULL, NULL, first->revision);

  reply_clear (&reply);
  g_signal_emit_by_name (f->terminal, "changed");
  reply = act (f, "none", first->page, NULL, NULL, 0);
  reply_clear (&reply);
  same = view (f);
  g_assert_cmpuint (same->revision, ==, first->revision);
  jumin_clock_advance (f->clock, MINUTE_MS);
  reply = act (f, "none", first->page, NULL, NULL, 0);
  reply_clear (&reply);
  later = view (f);
  g_assert_cmpuint (later->revision, ==, first->revision + 1);
  g_assert_cmpstr (later->clock, !=, first->clock);
}

static void
advance (Fixture *f, guint ms)
{
  jumin_clock_advance (f->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_a_machine_that_nobody_uses_rests (Fixture *f, gconstpointer data)
{
  const JuminScene *scene = jumin_terminal_get_scene (f->terminal);

  advance (f, 0);
  jumin_virtual_printer_set_status (f->printer, &(JuminPrinterStatus){ .paper_end = TRUE });
  advance (f, MINUTE_MS - 1758000000 % 60 * 1000);
  advance (f, MINUTE_MS - 1000);
  g_assert_true (scene->printer_ready);
  advance (f, 1000);
  g_assert_false (scene->printer_ready);
}

static void
test_a_touch_ends_the_rest (Fixture *f, gconstpointer data)
{
  const JuminScene *scene = jumin_terminal_get_scene (f->terminal);
  Reply reply;

  advance (f, 0);
  g_assert_true (scene->printer_ready);
  jumin_virtual_printer_set_status (f->printer, &(JuminPrinterStatus){ .paper_end = TRUE });
  reply = act (f, "set", scene->page_number, "language", "en", 0);
  reply_clear (&reply);
  advance (f, 1000);
  g_assert_false (scene->printer_ready);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  jumin_border_call_open_finish (JUMIN_BORDER (source), NULL, NULL, result, data);
}

static void
test_nothing_is_open (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  jumin_border_call_open (f->border, "camera", NULL, NULL, on_open_ready, &error);
  await (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_a_newer_ui_replaces_the_older (Fixture *f, gconstpointer data)
{
  g_autoptr (GDBusConnection) older = g_steal_pointer (&f->connection);
  g_autoptr (JuminView) again = NULL;

  g_clear_object (&f->border);
  connect_ui (f);
  await (g_dbus_connection_is_closed (older));
  again = view (f);
  g_assert_cmpstr (again->kind, ==, "out-of-service");
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_finish (result, data);

  g_assert_null (connection);
}

static void
test_another_user_is_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *socket = g_build_filename (f->dir, "t", NULL);
  g_autofree char *address = g_strconcat ("unix:path=", socket, NULL);
  g_autoptr (GError) error = NULL, refused = NULL;
  g_autoptr (JuminBorderServer) server = jumin_border_server_new (
      socket, getuid () + 1, REPLY_MS, f->terminal, f->clock, f->audit, &error);

  g_assert_no_error (error);
  g_dbus_connection_new_for_address (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                     NULL, on_refused, &refused);
  await (refused != NULL);
  g_object_run_dispose (G_OBJECT (server));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/border/the_first_view_is_there_at_once", test_the_first_view_is_there_at_once);
  ADD ("/border/an_act_is_taken_or_stale", test_an_act_is_taken_or_stale);
  ADD ("/border/one_view_at_a_time_is_on_its_way", test_one_view_at_a_time_is_on_its_way);
  ADD ("/border/a_silent_ui_is_dropped", test_a_silent_ui_is_dropped);
  ADD ("/border/a_ui_that_answers_stays", test_a_ui_that_answers_stays);
  ADD ("/border/what_is_drawn_as_before_is_not_published",
       test_what_is_drawn_as_before_is_not_published);
  ADD ("/border/a_machine_that_nobody_uses_rests", test_a_machine_that_nobody_uses_rests);
  ADD ("/border/a_touch_ends_the_rest", test_a_touch_ends_the_rest);
  ADD ("/border/nothing_is_open", test_nothing_is_open);
  ADD ("/border/a_newer_ui_replaces_the_older", test_a_newer_ui_replaces_the_older);
  ADD ("/border/another_user_is_refused", test_another_user_is_refused);
  return g_test_run ();
}
