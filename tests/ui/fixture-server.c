/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for jumin-core on the border: shows fixture views one after another to a genuine
 * jumin-ui, and writes down what the ui says that was pressed.
 *
 *   fixture-server SOCKET LOCALEDIR
 *
 * Commands on its input, one a line; every answer ends with a line that holds a single dot. It
 * ends with its input.
 *
 *   list                                          NAME KIND worst|- , one line a fixture
 *   public                                        NAME, one line a fixture that shows nobody's data
 *   show NAME LANGUAGE ELDER CONTRAST REACH       the modes as 0 or 1; answers "shown" once the ui
 *                                                 has it on the screen, "late" after 10 s
 *   again                                         the same page a minute later
 *   rest                                          nobody is there, and the minute soon over
 *   become NAME LANGUAGE ELDER CONTRAST REACH     as show, but it is the same page with other words
 *   acts                                          ACTION ID VALUE, one line for each press since
 *                                                 the last "acts" or "show"; without a value, the
 *                                                 ids that are ticked
 *
 *   camera FILE WIDTH HEIGHT                      from now on there is a camera that sees this
 *                                                 picture, see fixture-camera.c; answers "seen"
 *   camera stop | camera forget                   it brings nothing new; there is none
 *   opened                                        how often the ui has asked for the camera
 *   paper FILE | paper                            from now on the paper is what is in this file,
 *                                                 or the one of fixture-paper.c; answers with how
 *                                                 often the ui has asked for one since
 *
 *   spoil words TEXT | spoil names | spoil nothing
 *                                                 from the next "show" on, so that the audit can
 *                                                 prove that it notices: TEXT as the hall's name;
 *                                                 keys without a name
 *
 * Each press leads to a page with a new number, as with core, but it looks the same; a key of the
 * keypad only to a new revision. */
#include "fixture-camera.h"
#include "fixture-paper.h"
#include "scenes.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "border.h"
#include "front/view-builder.h"
#include "model/words.h"

#define OBJECT_PATH "/org/jumin/Border"

enum
{
  SHOWN_MS = 10000,
  REST_MS = 500,
  MINUTE_S = 60,
  ACTS_MAX = 100
};

typedef struct
{
  GMainLoop *loop;
  GDBusServer *server;
  GDBusConnection *ui;
  JuminBorder *border;
  GDataInputStream *input;
  JuminScene *scene;
  FixtureCamera *camera;
  char *paper_file;
  guint papers_opened;
  GPtrArray *acts;
  GPtrArray *fixtures; /* of JuminFixture */
  char *spoilt_words;
  gboolean spoilt_names;
  guint64 page, revision;
  guint late_source;
} Server;

static void read_command (Server *self);

static void
answer (Server *self, const char *text)
{
  g_print ("%s%s.\n", text, *text != '\0' && !g_str_has_suffix (text, "\n") ? "\n" : "");
  read_command (self);
}

static gboolean
on_late (gpointer user_data)
{
  Server *self = user_data;

  self->late_source = 0;
  answer (self, "late");
  return G_SOURCE_REMOVE;
}

static void
empty (char **text)
{
  g_free (*text);
  *text = g_strdup ("");
}

static void
spoil (Server *self, JuminView *view)
{
  if (self->spoilt_words != NULL)
    {
      g_free (view->hall);
      view->hall = g_strdup (self->spoilt_words);
    }
  for (guint i = 0; self->spoilt_names && i < view->keys->len; i++)
    {
      JuminItem *item = g_ptr_array_index (view->keys, i);

      empty (&item->title);
      empty (&item->speech);
    }
}

static void
publish (Server *self)
{
  g_autoptr (JuminView) view = jumin_view_build (self->scene);

  spoil (self, view);
  view->page = self->page;
  view->revision = ++self->revision;
  jumin_border_set_view (self->border, jumin_view_to_variant (view));
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->border));
}

static void
publish_and_wait (Server *self)
{
  self->late_source = g_timeout_add (SHOWN_MS, on_late, self);
  publish (self);
}

static void
note_shown (Server *self, GVariant *values)
{
  guint64 revision = 0;

  g_variant_lookup (values, "revision", "t", &revision);
  if (revision != self->revision || self->late_source == 0)
    return;
  g_clear_handle_id (&self->late_source, g_source_remove);
  answer (self, "shown");
}

/* What is ticked on a page goes as a list. */
static char *
join_ticked (GVariant *values)
{
  g_auto (GStrv) ids = NULL;

  return g_variant_lookup (values, "bills", "^as", &ids) ? g_strjoinv (",", ids) : g_strdup ("");
}

static void
note_act (Server *self, const char *action, GVariant *values)
{
  g_autofree char *ticked = join_ticked (values);
  const char *id = "", *value = ticked;

  g_variant_lookup (values, "id", "&s", &id);
  g_variant_lookup (values, "value", "&s", &value);
  if (self->acts->len < ACTS_MAX)
    g_ptr_array_add (self->acts, g_strdup_printf ("%s %s %s", action, id, value));
  /* As core does: what was pressed leads to another page, but for a key of the keypad. */
  if (!g_str_equal (action, "type"))
    self->page++;
  publish (self);
}

static gboolean
on_act (JuminBorder *border, GDBusMethodInvocation *invocation, const char *action, guint64 page,
        GVariant *values, Server *self)
{
  gboolean stale = page != self->page;

  if (g_str_equal (action, "shown"))
    note_shown (self, values);
  else if (!stale && !g_str_equal (action, "awake"))
    note_act (self, action, values);
  jumin_border_complete_act (border, invocation, stale ? "stale" : "taken",
                             self->scene != NULL ? self->scene->deadline : 0);
  return TRUE;
}

/* As core: only while the page that is shown lets it be seen. */
static int
open_paper (Server *self)
{
  const JuminScene *scene = self->scene;

  self->papers_opened++;
  if (scene == NULL || scene->document == NULL || !scene->document_shown)
    return -1;
  return self->paper_file != NULL ? fixture_paper_open_file (self->paper_file)
                                  : fixture_paper_open ();
}

static gboolean
on_open (JuminBorder *border, GDBusMethodInvocation *invocation, GUnixFDList *none,
         const char *name, Server *self)
{
  int descriptor = g_str_equal (name, "camera")     ? fixture_camera_open (self->camera)
                   : g_str_equal (name, "document") ? open_paper (self)
                                                    : -1;
  g_autoptr (GUnixFDList) descriptors = NULL;

  if (descriptor < 0)
    {
      g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                             "Opening '%s' failed: there is none", name);
      return TRUE;
    }
  descriptors = g_unix_fd_list_new_from_array (&descriptor, 1);
  jumin_border_complete_open (border, invocation, descriptors, g_variant_new_handle (0));
  return TRUE;
}

static gboolean
on_new_connection (GDBusServer *server, GDBusConnection *connection, Server *self)
{
  g_autoptr (GError) error = NULL;

  if (self->ui != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->border));
  g_set_object (&self->ui, connection);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->border), connection,
                                         OBJECT_PATH, &error))
    g_printerr ("fixture-server: %s\n", error->message);
  return TRUE;
}

static void
run_list (Server *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->fixtures->len; i++)
    {
      const JuminFixture *fixture = self->fixtures->pdata[i];

      g_string_append_printf (text, "%s %s %s\n", fixture->name, jumin_page_get_name (fixture->page),
                              fixture->worst ? "worst" : "-");
    }
  answer (self, text->str);
}

static gboolean
is_personal (const JuminFixture *fixture)
{
  JuminModes modes = { .language = "zh" };
  JuminScene *scene = jumin_fixture_new_scene (fixture, &modes);
  g_autoptr (JuminView) view = jumin_view_build (scene);

  jumin_fixture_free_scene (scene);
  return view->personal;
}

static void
run_public (Server *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->fixtures->len; i++)
    {
      const JuminFixture *fixture = self->fixtures->pdata[i];

      if (!is_personal (fixture))
        g_string_append_printf (text, "%s\n", fixture->name);
    }
  answer (self, text->str);
}

static void
run_show (Server *self, char **words)
{
  const JuminFixture *fixture = NULL;
  JuminModes modes = { 0 };

  if (g_strv_length (words) == 6)
    fixture = jumin_fixture_find (self->fixtures, words[1]);
  if (fixture == NULL)
    {
      answer (self, "unknown");
      return;
    }
  modes.language = g_str_equal (words[2], "en") ? "en" : "zh";
  modes.elder = *words[3] == '1';
  modes.contrast = *words[4] == '1';
  modes.reach = *words[5] == '1';
  g_clear_pointer (&self->scene, jumin_fixture_free_scene);
  self->scene = jumin_fixture_new_scene (fixture, &modes);
  if (g_str_equal (words[0], "show"))
    self->page++;
  g_ptr_array_set_size (self->acts, 0);
  publish_and_wait (self);
}

static void
run_again (Server *self)
{
  self->scene->now += MINUTE_S;
  if (self->scene->hall != NULL)
    self->scene->hall->as_of += MINUTE_S;
  publish_and_wait (self);
}

static void
run_rest (Server *self)
{
  self->scene->minute_end = g_get_monotonic_time () + REST_MS * G_TIME_SPAN_MILLISECOND;
  publish_and_wait (self);
}

static void
run_spoil (Server *self, const char *what)
{
  g_clear_pointer (&self->spoilt_words, g_free);
  self->spoilt_names = g_str_equal (what, "names");
  if (g_str_has_prefix (what, "words "))
    self->spoilt_words = g_strdup (what + strlen ("words "));
  answer (self, "");
}

static void
run_camera (Server *self, char **words)
{
  const char *done = "seen";

  if (g_strv_length (words) == 4)
    done
        = fixture_camera_show (self->camera, words[1], (guint)g_ascii_strtoull (words[2], NULL, 10),
                               (guint)g_ascii_strtoull (words[3], NULL, 10))
              ? "seen"
              : "failed";
  else if (g_strcmp0 (words[1], "stop") == 0)
    fixture_camera_stop (self->camera);
  else
    fixture_camera_forget (self->camera);
  answer (self, done);
}

static void
run_opened (Server *self)
{
  g_autofree char *text = g_strdup_printf ("%u", fixture_camera_count_opened (self->camera));

  answer (self, text);
}

static void
run_paper (Server *self, const char *file)
{
  g_autofree char *text = g_strdup_printf ("%u", self->papers_opened);

  g_free (self->paper_file);
  self->paper_file = g_strdup (file);
  self->papers_opened = 0;
  answer (self, text);
}

static void
run_acts (Server *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->acts->len; i++)
    g_string_append_printf (text, "%s\n", (char *)self->acts->pdata[i]);
  g_ptr_array_set_size (self->acts, 0);
  answer (self, text->str);
}

static void
on_command (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Server *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (self->input, result, NULL, NULL);
  g_auto (GStrv) words = NULL;

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  words = g_strsplit (line, " ", -1);
  if (g_strcmp0 (words[0], "list") == 0)
    run_list (self);
  else if (g_strcmp0 (words[0], "public") == 0)
    run_public (self);
  else if (g_strcmp0 (words[0], "show") == 0 || g_strcmp0 (words[0], "become") == 0)
    run_show (self, words);
  else if (g_strcmp0 (words[0], "again") == 0 && self->scene != NULL)
    run_again (self);
  else if (g_strcmp0 (words[0], "rest") == 0 && self->scene != NULL)
    run_rest (self);
  else if (g_str_has_prefix (line, "spoil "))
    run_spoil (self, line + strlen ("spoil "));
  else if (g_strcmp0 (words[0], "camera") == 0)
    run_camera (self, words);
  else if (g_strcmp0 (words[0], "opened") == 0)
    run_opened (self);
  else if (g_strcmp0 (words[0], "paper") == 0)
    run_paper (self, words[1]);
  else if (g_strcmp0 (words[0], "acts") == 0)
    run_acts (self);
  else
    answer (self, "unknown");
}

static void
read_command (Server *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_command, self);
}

static gboolean
listen_at (Server *self, const char *socket)
{
  g_autofree char *address = g_strdup_printf ("unix:path=%s", socket);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GError) error = NULL;

  unlink (socket);
  umask (0); /* the ui runs as another user */
  self->server
      = g_dbus_server_new_sync (address, G_DBUS_SERVER_FLAGS_NONE, guid, NULL, NULL, &error);
  if (self->server == NULL)
    {
      g_printerr ("fixture-server: %s\n", error->message);
      return FALSE;
    }
  g_signal_connect (self->server, "new-connection", G_CALLBACK (on_new_connection), self);
  g_dbus_server_start (self->server);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Server self = { .page = 1000 };

  prctl (PR_SET_PDEATHSIG, SIGTERM);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  if (argc != 3)
    {
      g_printerr ("fixture-server SOCKET LOCALEDIR\n");
      return 2;
    }
  jumin_words_init (argv[2]);
  self.camera = fixture_camera_new ();
  self.acts = g_ptr_array_new_with_free_func (g_free);
  self.fixtures = jumin_fixtures_new ();
  self.input = g_data_input_stream_new (input);
  self.border = jumin_border_skeleton_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (self.border, "handle-act", G_CALLBACK (on_act), &self);
  g_signal_connect (self.border, "handle-open", G_CALLBACK (on_open), &self);
  if (!listen_at (&self, argv[1]))
    return 1;
  read_command (&self);
  g_main_loop_run (self.loop);
  g_dbus_server_stop (self.server);
  unlink (argv[1]);
  g_clear_pointer (&self.scene, jumin_fixture_free_scene);
  g_clear_pointer (&self.spoilt_words, g_free);
  fixture_camera_free (self.camera);
  g_free (self.paper_file);
  g_clear_object (&self.ui);
  g_object_unref (self.border);
  g_object_unref (self.server);
  g_object_unref (self.input);
  g_ptr_array_unref (self.acts);
  g_ptr_array_unref (self.fixtures);
  g_main_loop_unref (self.loop);
  return 0;
}
