/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A driver inside the unmodified jumin-ui, preloaded into it by tests and by the headless
 * demonstration. It looks and measures, and never presses: touches come through the compositor
 * (touch.c). It listens on the Unix stream socket JUMIN_DRIVER_SOCKET and ends with its process,
 * which ends with its parent. Animations are off (JUMIN_DRIVER_ANIMATIONS=1 leaves them on).
 *
 * One command a line; every answer ends with a line that holds a single dot. KEY is the name of a
 * widget (the id of what can be pressed; "page-" and the kind of a page), ".class", its whole text,
 * its accessible label, or "KEY/KEY" for one inside of another.
 *
 *   size                  WIDTH HEIGHT of the window
 *   pid                   of this process
 *   windows               TYPE of each window that is shown, one a line
 *   tree                  the mapped widgets: type, name, classes, border box, text
 *   find KEY              "x y width height hit=0|1 sensitive=0|1", or "none";
 *                         hit: a touch at its centre meets it
 *   text KEY              what stands on it, or "none"
 *   shot FILE             writes a PNG
 *   settle                answers "settled" when the page has drawn itself and rests
 *   pace                  "BEGUN COST" of each frame since the last call, us, see pace.c
 *   colour X Y            of a pixel, "red green blue", or "none"
 *   rest MS               answers "yes" once nothing else can be read or pressed since MS
 *   await MS KEY          answers "yes" once KEY is shown, "late" after MS
 *   gone MS KEY           answers "yes" once KEY is no longer shown, "late" after MS
 *   painted [KEY]         when the first frame with KEY was committed, monotonic us, or "none";
 *                         with KEY: it is watched for from now on
 *   style [FILE]          a style sheet over all others; without FILE it is taken away
 *   audit LIMITS          violations of the design guide, see audit.c and jumin_limits_parse()
 */
#include "driver.h"

#include <dlfcn.h>
#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

enum
{
  TICK_MS = 16,
  QUIET_TICKS = 3,
  SETTLE_TICKS_MAX = 250,
  REST_WAIT_MS = 5000,
  DRAWN_MS = 2000,
  COMMAND_BYTES_MAX = 4096
};

typedef struct _Client Client;

/* What an answer waits for: nothing more is read from its client until it is given. */
typedef gboolean (*Condition) (Client *client);
typedef void (*Command) (Client *client, const char *argument);

struct _Client
{
  GSocketConnection *connection;
  GDataInputStream *input;
  Condition condition;
  Command then;
  char *key;
  gint64 deadline, rest_us;
  gint64 frame;
  guint quiet, ticks;
  guint tick_source;
};

static struct
{
  GtkCssProvider *style;
  guint hash;
  gint64 changed_us, painted_us;
  char *watched;
} driver;

static void client_read (Client *client);

static void
client_free (Client *client)
{
  g_clear_handle_id (&client->tick_source, g_source_remove);
  g_clear_object (&client->input);
  g_clear_object (&client->connection);
  g_free (client->key);
  g_free (client);
}

static void
client_answer (Client *client, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (client->connection));
  gboolean line_open = *text != '\0' && !g_str_has_suffix (text, "\n");
  g_autofree char *answer = g_strconcat (text, line_open ? "\n" : "", ".\n", NULL);

  if (g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL))
    client_read (client);
  else
    client_free (client);
}

static gboolean
on_tick (gpointer user_data)
{
  Client *client = user_data;
  gboolean met = client->condition (client);

  if (!met && g_get_monotonic_time () < client->deadline)
    return G_SOURCE_CONTINUE;
  client->tick_source = 0;
  if (client->then != NULL)
    client->then (client, client->key);
  else
    client_answer (client, met ? "yes" : "late");
  return G_SOURCE_REMOVE;
}

static void
client_wait (Client *client, Condition condition, guint ms)
{
  client->then = NULL;
  client->condition = condition;
  client->deadline = g_get_monotonic_time () + ms * (gint64)1000;
  client->tick_source = g_timeout_add (TICK_MS, on_tick, client);
}

static gboolean
is_shown (Client *client)
{
  return jumin_widget_find (jumin_widget_kiosk (), client->key) != NULL;
}

static gboolean
is_gone (Client *client)
{
  return jumin_widget_kiosk () != NULL && !is_shown (client);
}

/* No frame was drawn for some ticks. Countdowns draw one a second and do not disturb. */
static gboolean
is_settled (Client *client)
{
  GtkWidget *window = jumin_widget_kiosk ();
  GdkFrameClock *clock = window != NULL ? gtk_widget_get_frame_clock (window) : NULL;
  gint64 frame = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : -1;

  client->quiet = frame == client->frame && frame >= 0 ? client->quiet + 1 : 0;
  client->frame = frame;
  return client->quiet >= QUIET_TICKS;
}

static gboolean
is_drawn (Client *client)
{
  GtkWidget *window = jumin_widget_kiosk ();

  return window != NULL && jumin_pixels_ready (window);
}

/* Runs what looks at pixels as soon as there are any; late, it says itself what is missing. */
static void
client_when_drawn (Client *client, Command command, const char *argument)
{
  g_autofree char *key = g_strdup (argument);

  if (is_drawn (client))
    {
      command (client, argument);
      return;
    }
  client_wait (client, is_drawn, DRAWN_MS);
  client->then = command;
  g_free (client->key);
  client->key = g_steal_pointer (&key);
}

static void
run_size (Client *client, const char *argument)
{
  GtkWidget *window = jumin_widget_kiosk ();
  g_autofree char *answer = NULL;

  answer = window == NULL ? g_strdup ("none")
                          : g_strdup_printf ("%d %d", gtk_widget_get_width (window),
                                             gtk_widget_get_height (window));
  client_answer (client, answer);
}

static void
run_pid (Client *client, const char *argument)
{
  g_autofree char *answer = g_strdup_printf ("%d", (int)getpid ());

  client_answer (client, answer);
}

static void
run_windows (Client *client, const char *argument)
{
  g_autofree char *names = jumin_widget_list_windows ();

  client_answer (client, names);
}

static void
run_tree (Client *client, const char *argument)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  if (jumin_widget_kiosk () != NULL)
    jumin_widget_tree (jumin_widget_kiosk (), answer);
  client_answer (client, answer->str);
}

static void
run_find (Client *client, const char *argument)
{
  g_autofree char *answer = jumin_widget_describe (jumin_widget_kiosk (), argument);

  client_answer (client, answer != NULL ? answer : "none");
}

static void
run_text (Client *client, const char *argument)
{
  GtkWidget *widget = jumin_widget_find (jumin_widget_kiosk (), argument);
  g_autofree char *text = widget != NULL ? jumin_widget_text (widget) : g_strdup ("none");

  client_answer (client, text);
}

static void
take_shot (Client *client, const char *argument)
{
  GtkWidget *window = jumin_widget_kiosk ();
  gboolean saved = window != NULL && jumin_pixels_save (window, argument);

  client_answer (client, saved ? "saved" : "failed");
}

static void
run_shot (Client *client, const char *argument)
{
  client_when_drawn (client, take_shot, argument);
}

static void
run_settle (Client *client, const char *argument)
{
  client->quiet = 0;
  client->frame = -1;
  client_wait (client, is_settled, TICK_MS * SETTLE_TICKS_MAX);
}

static void
run_pace (Client *client, const char *argument)
{
  g_autofree char *answer = jumin_pace_tell ();

  client_answer (client, answer);
}

static void
take_colour (Client *client, const char *argument)
{
  g_autofree char *answer = jumin_pixels_colour (jumin_widget_kiosk (), argument);

  client_answer (client, answer);
}

static void
run_colour (Client *client, const char *argument)
{
  client_when_drawn (client, take_colour, argument);
}

static void
run_painted (Client *client, const char *argument)
{
  g_autofree char *when = g_strdup_printf ("%" G_GINT64_FORMAT, driver.painted_us);

  if (*argument != '\0')
    {
      g_free (driver.watched);
      driver.watched = g_strdup (argument);
      driver.painted_us = 0;
    }
  client_answer (client, driver.painted_us > 0 ? when : "none");
}

static gboolean
is_resting (Client *client)
{
  return g_get_monotonic_time () - driver.changed_us >= client->rest_us;
}

static void
run_rest (Client *client, const char *argument)
{
  client->rest_us = (gint64)g_ascii_strtoull (argument, NULL, 10) * G_TIME_SPAN_MILLISECOND;
  client_wait (client, is_resting, REST_WAIT_MS);
}

static void
wait_for_key (Client *client, const char *argument, Condition condition)
{
  char *key = NULL;
  guint64 ms = g_ascii_strtoull (argument, &key, 10);

  g_free (client->key);
  client->key = g_strdup (*key == ' ' ? key + 1 : key);
  client_wait (client, condition, (guint)MIN (ms, G_MAXINT));
}

static void
run_await (Client *client, const char *argument)
{
  wait_for_key (client, argument, is_shown);
}

static void
run_gone (Client *client, const char *argument)
{
  wait_for_key (client, argument, is_gone);
}

static void
run_style (Client *client, const char *argument)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (driver.style != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (driver.style));
  g_clear_object (&driver.style);
  if (*argument != '\0')
    {
      driver.style = gtk_css_provider_new ();
      gtk_css_provider_load_from_path (driver.style, argument);
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (driver.style),
                                                  G_MAXINT);
    }
  client_answer (client, "done");
}

static void
audit_window (Client *client, const char *argument)
{
  g_autoptr (GString) report = g_string_new (NULL);
  JuminLimits limits = { .gap = 8, .contrast = 7, .edge = 3 };

  jumin_limits_parse (&limits, argument);
  if (jumin_widget_kiosk () != NULL)
    jumin_audit (jumin_widget_kiosk (), &limits, report);
  client_answer (client, report->str);
}

static void
run_audit (Client *client, const char *argument)
{
  client_when_drawn (client, audit_window, argument);
}

static const struct
{
  const char *name;
  Command run;
} commands[] = {
  { "size", run_size },   { "pid", run_pid },       { "windows", run_windows },
  { "tree", run_tree },   { "find", run_find },     { "text", run_text },
  { "shot", run_shot },   { "settle", run_settle }, { "rest", run_rest },
  { "await", run_await }, { "gone", run_gone },     { "style", run_style },
  { "audit", run_audit }, { "colour", run_colour }, { "painted", run_painted },
  { "pace", run_pace },
};

static void
client_run (Client *client, char *line)
{
  char *argument = strchr (line, ' ');

  if (argument != NULL)
    *argument++ = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (line, commands[i].name) == 0)
      {
        commands[i].run (client, argument != NULL ? argument : "");
        return;
      }
  client_answer (client, "unknown");
}

static void
on_line_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *client = user_data;
  gsize length = 0;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (client->input, result, &length, NULL);

  if (line == NULL || length > COMMAND_BYTES_MAX)
    client_free (client);
  else
    client_run (client, line);
}

static void
client_read (Client *client)
{
  g_data_input_stream_read_line_async (client->input, G_PRIORITY_DEFAULT, NULL, on_line_read,
                                       client);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             gpointer user_data)
{
  Client *client = g_new0 (Client, 1);

  client->connection = g_object_ref (connection);
  client->input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  client_read (client);
  return TRUE;
}

static void
driver_listen (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  GSocketService *service = g_socket_service_new ();

  unlink (path);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error))
    g_printerr ("jumin-driver: listening on '%s' failed: %s\n", path, error->message);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
}

static void
on_after_paint (GdkFrameClock *clock, GtkWidget *window)
{
  gint64 now_us = g_get_monotonic_time ();
  guint hash = jumin_widget_hash (window);

  if (driver.watched != NULL && driver.painted_us == 0
      && jumin_widget_find (window, driver.watched) != NULL)
    driver.painted_us = now_us;
  if (hash != driver.hash)
    driver.changed_us = now_us;
  driver.hash = hash;
}

static void
on_realize (GtkWidget *window, gpointer user_data)
{
  jumin_pace_watch (gtk_widget_get_frame_clock (window));
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_after_paint), window, 0);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_realize (GTK_WIDGET (window), NULL);
  g_signal_connect_after (window, "realize", G_CALLBACK (on_realize), NULL);
}

static void
on_startup (GApplication *application, gpointer user_data)
{
  if (g_getenv ("JUMIN_DRIVER_ANIMATIONS") == NULL)
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* Runs before main of whatever this is loaded into: nothing of a test outlives its compositor. */
__attribute__ ((constructor)) static void
driver_init (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*run) (GApplication *, int, char **) = dlsym (RTLD_NEXT, "g_application_run");
  const char *path = g_getenv ("JUMIN_DRIVER_SOCKET");

  if (path != NULL)
    {
      g_signal_connect_after (application, "startup", G_CALLBACK (on_startup), NULL);
      g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
      driver_listen (path);
    }
  return run (application, argc, argv);
}
