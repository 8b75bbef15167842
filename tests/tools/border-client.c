/* SPDX-License-Identifier: GPL-3.0-or-later */
/* border-client ADDRESS: the place of the ui, for tests: drives the real core without a display.
 *
 * On its output, one JSON object a line:
 *   {"view": {…}}                           what is to be shown, as core sent it
 *   {"act": "next", "result": "taken"}      the answer to an act: taken, stale, or failed
 *   {"open": "camera", "result": "preview", "width": 640}
 *                                           the answer to an open: preview, other (what came is
 * none) or refused; how wide the picture in it is, 0 for none
 *   {"core": "away"}                        core has gone; it is joined again when it is back
 *   {"error": "…"}                          a view or an act that cannot be read
 * On its input, one act a line: {"action": "choose", "values": {"matter": "fund"}}; "page" is the
 * last view's unless it is given, as digits in a string. Values are strings, arrays of them,
 * numbers (t) or true and false. Or an open: {"open": "camera"}.
 *
 * It confirms each view as shown when it has written it. It ends with its input. */
#include "border.h"
#include "ipc/preview.h"
#include "ipc/view.h"

#include <cjson/cJSON.h>
#include <gio/gunixfdlist.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <unistd.h>

enum
{
  JOIN_MS = 20,
  LINE_BYTES_MAX = 64 * 1024
};

#define BORDER_PATH "/org/jumin/Border"

typedef struct
{
  const char *address;
  GMainLoop *loop;
  GDataInputStream *input;
  JuminBorder *proxy;
  guint64 page;
} Client;

static void join_core (Client *client);
static void read_line (Client *client);

/* Takes @line over. */
static void
say (cJSON *line)
{
  char *text = cJSON_PrintUnformatted (line);

  puts (text);
  fflush (stdout);
  cJSON_free (text);
  cJSON_Delete (line);
}

static void
say_word (const char *name, const char *value)
{
  cJSON *line = cJSON_CreateObject ();

  cJSON_AddStringToObject (line, name, value);
  say (line);
}

/* All 64 bits, which a double does not hold. */
static cJSON *
json_from_number (GVariant *value)
{
  g_autofree char *digits = g_variant_print (value, FALSE);

  return cJSON_CreateRaw (digits);
}

static cJSON *
json_from_variant (GVariant *value)
{
  cJSON *json;
  GVariantIter iter;
  GVariant *child;
  const char *name;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return cJSON_CreateString (g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return cJSON_CreateBool (g_variant_get_boolean (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
      || g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64))
    return json_from_number (value);
  g_variant_iter_init (&iter, value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    {
      json = cJSON_CreateObject ();
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &child))
        cJSON_AddItemToObject (json, name, json_from_variant (child));
      return json;
    }
  g_assert (g_variant_is_of_type (value, G_VARIANT_TYPE_ARRAY));
  json = cJSON_CreateArray ();
  while (g_variant_iter_loop (&iter, "@a{sv}", &child))
    cJSON_AddItemToArray (json, json_from_variant (child));
  return json;
}

/* NULL: not all are strings. */
static GVariant *
words_from_json (const cJSON *value)
{
  GVariantBuilder words;
  const cJSON *word;

  g_variant_builder_init (&words, G_VARIANT_TYPE_STRING_ARRAY);
  cJSON_ArrayForEach (word, value)
  {
    if (!cJSON_IsString (word))
      {
        g_variant_builder_clear (&words);
        return NULL;
      }
    g_variant_builder_add (&words, "s", word->valuestring);
  }
  return g_variant_builder_end (&words);
}

/* NULL: the value is none that an act may carry. */
static GVariant *
variant_from_json (const cJSON *value)
{
  if (cJSON_IsString (value))
    return g_variant_new_string (value->valuestring);
  if (cJSON_IsBool (value))
    return g_variant_new_boolean (cJSON_IsTrue (value));
  if (cJSON_IsArray (value))
    return words_from_json (value);
  if (cJSON_IsNumber (value) && value->valuedouble >= 0)
    return g_variant_new_uint64 ((guint64)value->valuedouble);
  return NULL;
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  /* Core may have gone: then that is said, and nothing is to be done here. */
  jumin_border_call_act_finish (JUMIN_BORDER (source), NULL, NULL, result, NULL);
}

static void
show_view (Client *client)
{
  GVariant *variant = jumin_border_get_view (client->proxy);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminView) view = NULL;
  GVariantDict values;
  cJSON *line;

  if (variant == NULL || g_variant_n_children (variant) == 0)
    return;
  view = jumin_view_from_variant (variant, &error);
  if (view == NULL)
    {
      say_word ("error", error->message);
      return;
    }
  client->page = view->page;
  line = cJSON_CreateObject ();
  cJSON_AddItemToObject (line, "view", json_from_variant (variant));
  say (line);
  g_variant_dict_init (&values, NULL);
  g_variant_dict_insert (&values, "revision", "t", view->revision);
  jumin_border_call_act (client->proxy, "shown", view->page, g_variant_dict_end (&values), NULL,
                         on_shown, NULL);
}

static void
on_view_changed (JuminBorder *proxy, GParamSpec *property, Client *client)
{
  show_view (client);
}

static void
on_act_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *action = data;
  g_autofree char *word = NULL;
  cJSON *line = cJSON_CreateObject ();
  gboolean answered
      = jumin_border_call_act_finish (JUMIN_BORDER (source), &word, NULL, result, NULL);

  cJSON_AddStringToObject (line, "act", action);
  cJSON_AddStringToObject (line, "result", answered ? word : "failed");
  say (line);
}

/* Takes @descriptor over. */
static void
look_at_preview (cJSON *line, int descriptor)
{
  g_autoptr (JuminPreviewReader) reader = jumin_preview_reader_new (descriptor, NULL);
  g_autoptr (GBytes) picture = NULL;
  guint width = 0, height;

  if (reader != NULL)
    picture = jumin_preview_reader_take (reader, &width, &height);
  cJSON_AddStringToObject (line, "result", reader != NULL ? "preview" : "other");
  cJSON_AddNumberToObject (line, "width", picture != NULL ? width : 0);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *name = data;
  g_autoptr (GUnixFDList) descriptors = NULL;
  cJSON *line = cJSON_CreateObject ();
  int descriptor = -1;

  if (jumin_border_call_open_finish (JUMIN_BORDER (source), NULL, &descriptors, result, NULL)
      && descriptors != NULL && g_unix_fd_list_get_length (descriptors) > 0)
    descriptor = g_unix_fd_list_get (descriptors, 0, NULL);
  cJSON_AddStringToObject (line, "open", name);
  if (descriptor >= 0)
    look_at_preview (line, descriptor);
  else
    cJSON_AddStringToObject (line, "result", "refused");
  say (line);
}

/* NULL: @json is no object of values. */
static GVariant *
read_values (const cJSON *json)
{
  GVariantDict values;
  const cJSON *member;

  g_variant_dict_init (&values, NULL);
  cJSON_ArrayForEach (member, json)
  {
    GVariant *value = member->string != NULL ? variant_from_json (member) : NULL;

    if (value == NULL)
      {
        g_variant_dict_clear (&values);
        return NULL;
      }
    g_variant_dict_insert_value (&values, member->string, value);
  }
  return g_variant_dict_end (&values);
}

static void
act (Client *client, const char *line)
{
  cJSON *json = cJSON_Parse (line);
  const cJSON *action = cJSON_GetObjectItemCaseSensitive (json, "action");
  const cJSON *page = cJSON_GetObjectItemCaseSensitive (json, "page");
  const cJSON *name = cJSON_GetObjectItemCaseSensitive (json, "open");
  g_autoptr (GVariant) values = read_values (cJSON_GetObjectItemCaseSensitive (json, "values"));

  if (values != NULL)
    g_variant_ref_sink (values);
  if ((!cJSON_IsString (action) && !cJSON_IsString (name)) || values == NULL)
    say_word ("error", "this line is no act");
  else if (client->proxy == NULL)
    say_word ("error", "core is away");
  else if (cJSON_IsString (name))
    jumin_border_call_open (client->proxy, name->valuestring, NULL, NULL, on_open_ready,
                            g_strdup (name->valuestring));
  else
    jumin_border_call_act (client->proxy, action->valuestring,
                           cJSON_IsString (page) ? g_ascii_strtoull (page->valuestring, NULL, 10)
                                                 : client->page,
                           values, NULL, on_act_ready, g_strdup (action->valuestring));
  cJSON_Delete (json);
}

static gboolean
on_join_again (gpointer data)
{
  join_core (data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GDBusConnection *connection, gboolean vanished, GError *error, Client *client)
{
  say_word ("core", "away");
  g_signal_handlers_disconnect_by_data (client->proxy, client);
  g_signal_handlers_disconnect_by_data (connection, client);
  g_clear_object (&client->proxy);
  g_timeout_add (JOIN_MS, on_join_again, client);
}

static void
on_proxy_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  JuminBorder *proxy = jumin_border_proxy_new_finish (result, NULL);

  if (proxy == NULL)
    {
      g_timeout_add (JOIN_MS, on_join_again, client);
      return;
    }
  client->proxy = proxy;
  g_signal_connect (proxy, "notify::view", G_CALLBACK (on_view_changed), client);
  g_signal_connect (g_dbus_proxy_get_connection (G_DBUS_PROXY (proxy)), "closed",
                    G_CALLBACK (on_closed), client);
  show_view (client);
}

static void
on_connection_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_finish (result, NULL);

  if (connection == NULL)
    {
      g_timeout_add (JOIN_MS, on_join_again, data);
      return;
    }
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  jumin_border_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, BORDER_PATH, NULL,
                          on_proxy_ready, data);
}

static void
join_core (Client *client)
{
  g_dbus_connection_new_for_address (client->address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                                     NULL, NULL, on_connection_ready, client);
}

static void
on_line_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  gsize length = 0;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (client->input, result, &length, NULL);

  if (line == NULL || length > LINE_BYTES_MAX)
    {
      g_main_loop_quit (client->loop);
      return;
    }
  act (client, line);
  read_line (client);
}

static void
read_line (Client *client)
{
  g_data_input_stream_read_line_async (client->input, G_PRIORITY_DEFAULT, NULL, on_line_read,
                                       client);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stream);
  Client client = { .loop = loop, .input = input };

  if (argc != 2)
    {
      fputs ("Usage: border-client ADDRESS\n", stderr);
      return 2;
    }
  client.address = argv[1];
  join_core (&client);
  read_line (&client);
  g_main_loop_run (loop);
  g_clear_object (&client.proxy);
  return 0;
}
