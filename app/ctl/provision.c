/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl provision: makes this machine a terminal of a platform, or gives it new keys.
 *
 * The keys lie in a new folder; what makes them count is terminal.conf, which is replaced at once
 * when everything has been tried. Whatever fails before leaves the machine as it was. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>

#include "config-keys.h"
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "ctl/key-folder.h"
#include "ctl/payments-create.h"
#include "model/error.h"
#include "platform/http-client.h"
#include "platform/provision.h"

#define KEYS_DIRECTORY "/etc/jumin/keys"
#define CONFIG_NAME "terminal.conf"

enum
{
  CONFIG_MODE = 0644
};

/**
 * Task:
 * @platform … @line: of the command line
 * @replaced: (nullable): folder of the keys that are in use
 * @advice: what to do when it fails
 */
typedef struct
{
  char *platform, *token_file, *keys_dir, *user;
  JuminctlLine line;
  gboolean renew;
  JuminConfig *config;
  JuminClock *clock;
  JuminctlKeyFolder *folder;
  JuminProvision *given;
  char *replaced;
  const char *advice;
} Task;

typedef struct
{
  JuminHttpAnswer *answer;
  GError *error;
  gboolean done;
} Outcome;

static void
task_clear (Task *task)
{
  juminctl_line_clear (&task->line);
  g_free (task->platform);
  g_free (task->token_file);
  g_free (task->keys_dir);
  g_free (task->user);
  g_free (task->replaced);
  g_clear_pointer (&task->config, jumin_config_free);
  g_clear_pointer (&task->folder, juminctl_key_folder_free);
  g_clear_pointer (&task->given, jumin_provision_free);
  g_clear_object (&task->clock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Task, task_clear)

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->answer
      = jumin_http_client_call_finish (JUMIN_HTTP_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

/* Nobody waits for a main loop here. */
static JuminHttpAnswer *
call (Task *task, JuminHttpSettings settings, const JuminHttpRequest *request, GError **error)
{
  g_autoptr (JuminHttpClient) client = NULL;
  Outcome outcome = { NULL };

  settings.connect_ms = (guint)jumin_config_get_int (task->config, "platform", "connect-ms");
  settings.total_ms = (guint)jumin_config_get_int (task->config, "platform", "total-ms");
  client = jumin_http_client_new (&settings, task->clock, error);
  if (client == NULL)
    return NULL;
  jumin_http_client_call_async (client, request, NULL, on_called, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.answer;
}

/* Who may read the token may become this terminal. */
static char *
read_token (Task *task, GError **error)
{
  GStatBuf status;

  task->advice = "Ask the operator of the platform for a token file";
  if (g_stat (task->token_file, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "Token '%s' may be read by others", task->token_file);
      task->advice = "Ask for another token, and keep its file to yourself: chmod 600";
      return NULL;
    }
  return jumin_provision_read_token (task->token_file, error);
}

static gboolean
check_configuration (Task *task, GError **error)
{
  const char *key_file;

  task->advice = "Put the configuration right: juminctl config check";
  task->config = juminctl_line_load_config (&task->line, error);
  if (task->config == NULL)
    return FALSE;
  if (*jumin_config_get_string (task->config, "platform", "url") == '\0')
    return TRUE;
  key_file = jumin_config_get_string (task->config, "platform", "signing-key-file");
  task->replaced = g_path_get_dirname (key_file);
  if (task->renew)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "This machine is terminal %s already",
               jumin_config_get_string (task->config, "terminal", "name"));
  task->advice = "To give it new keys, add --renew";
  return FALSE;
}

static void
refuse (Task *task, guint status, GError **error)
{
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
               status == 403 ? "The token is unknown, used or too old"
                             : "The platform refused with status %u",
               status);
  task->advice = "Ask the operator of the platform for a new token file";
}

static gboolean
ask (Task *task, const char *token, GError **error)
{
  g_autoptr (EVP_PKEY) tls
      = juminctl_key_folder_make_key (task->folder, JUMINCTL_TLS_KEY, "P-256", error);
  g_autoptr (EVP_PKEY) signing
      = tls != NULL
            ? juminctl_key_folder_make_key (task->folder, JUMINCTL_SIGNING_KEY, "SM2", error)
            : NULL;
  g_autofree char *key_file = juminctl_key_folder_dup_path (task->folder, JUMINCTL_SIGNING_KEY);
  g_autofree char *body
      = signing != NULL ? jumin_provision_print_order (token, tls, signing, error) : NULL;
  JuminHttpRequest request = { .method = "POST", .path = "/provision", .body = body };
  JuminHttpSettings settings = { .base_url = task->platform,
                                 .ca_file = task->token_file,
                                 .reply_key_file = task->token_file,
                                 .signing_key_file = key_file };
  g_autoptr (JuminHttpAnswer) answer = NULL;

  if (body == NULL)
    return FALSE;
  task->advice = "Look at address, network, clock and token file, then try again; when the token "
                 "is refused by then, ask for a new one";
  answer = call (task, settings, &request, error);
  if (answer == NULL)
    return FALSE;
  if (answer->status >= 400)
    {
      refuse (task, answer->status, error);
      return FALSE;
    }
  task->given = jumin_provision_parse (answer->body, answer->length, error);
  return task->given != NULL;
}

static gboolean
write_trust (Task *task, GError **error)
{
  const struct
  {
    const char *name, *text;
  } files[] = {
    { JUMINCTL_CERTIFICATE, task->given->certificate },
    { JUMINCTL_AUTHORITY, task->given->authority },
    { JUMINCTL_REPLY_KEYS, task->given->reply_keys },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!juminctl_key_folder_write (task->folder, files[i].name, files[i].text, error))
      return FALSE;
  return TRUE;
}

/* As the terminal that this machine will be. */
static gboolean
try_call (Task *task, GError **error)
{
  g_autofree char *authority = juminctl_key_folder_dup_path (task->folder, JUMINCTL_AUTHORITY);
  g_autofree char *certificate = juminctl_key_folder_dup_path (task->folder, JUMINCTL_CERTIFICATE);
  g_autofree char *key = juminctl_key_folder_dup_path (task->folder, JUMINCTL_TLS_KEY);
  g_autofree char *signing = juminctl_key_folder_dup_path (task->folder, JUMINCTL_SIGNING_KEY);
  g_autofree char *reply = juminctl_key_folder_dup_path (task->folder, JUMINCTL_REPLY_KEYS);
  JuminHttpRequest request = { .method = "GET", .path = "/hall" };
  JuminHttpSettings settings = { .base_url = task->given->url,
                                 .terminal = task->given->terminal,
                                 .ca_file = authority,
                                 .certificate_file = certificate,
                                 .key_file = key,
                                 .pins = task->given->pins,
                                 .signing_key_file = signing,
                                 .reply_key_file = reply };
  g_autoptr (JuminHttpAnswer) answer = call (task, settings, &request, error);

  if (answer == NULL || answer->status == 200)
    return answer != NULL;
  refuse (task, answer->status, error);
  return FALSE;
}

static gboolean
set_value (GKeyFile *keys, const char *group, const char *key, const char *value, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  g_key_file_set_string (keys, group, key, value);
  if (jumin_config_key_check (jumin_config_keys_find (group, key), value, &wrong))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The platform gave a bad [%s] %s: %s",
               group, key, wrong->message);
  return FALSE;
}

static GKeyFile *
make_config (Task *task, GError **error)
{
  static const struct
  {
    const char *key, *name;
  } files[] = {
    { "ca-file", JUMINCTL_AUTHORITY },         { "certificate-file", JUMINCTL_CERTIFICATE },
    { "key-file", JUMINCTL_TLS_KEY },          { "signing-key-file", JUMINCTL_SIGNING_KEY },
    { "reply-key-file", JUMINCTL_REPLY_KEYS },
  };
  const JuminProvision *given = task->given;
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  gboolean good = set_value (keys, "terminal", "name", given->terminal, error)
                  && set_value (keys, "terminal", "hall-zh", given->hall.zh, error)
                  && set_value (keys, "terminal", "hall-en", given->hall.en, error)
                  && set_value (keys, "terminal", "machine-zh", given->machine.zh, error)
                  && set_value (keys, "terminal", "machine-en", given->machine.en, error)
                  && set_value (keys, "platform", "url", given->url, error)
                  && set_value (keys, "platform", "pins", given->pins, error);

  g_key_file_set_comment (keys, NULL, NULL,
                          " Written by juminctl provision; written anew by --renew", NULL);
  for (gsize i = 0; good && i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = juminctl_key_folder_dup_path (task->folder, files[i].name);

      good = set_value (keys, "platform", files[i].key, path, error);
    }
  return good ? g_steal_pointer (&keys) : NULL;
}

/* A journal that is there is never touched. */
static gboolean
make_journal (Task *task, GError **error)
{
  const char *path = jumin_config_get_string (task->config, "payment", "journal");

  task->advice = "Make room where payments are kept, or name another place in [payment] journal";
  return g_file_test (path, G_FILE_TEST_EXISTS)
         || juminctl_payments_make_journal (path, task->user, error);
}

/* From here on the new keys count. */
static gboolean
commit (Task *task, GError **error)
{
  g_autoptr (GKeyFile) keys = make_config (task, error);
  const char *dir = task->line.config_dir;
  g_autofree char *file
      = g_build_filename (dir != NULL ? dir : JUMIN_CONFIG_DIRECTORY, CONFIG_NAME, NULL);
  g_autofree char *text = keys != NULL ? g_key_file_to_data (keys, NULL, NULL) : NULL;
  g_autofree char *base = NULL;

  task->advice = "Nothing was changed here; ask the operator of the platform for a new token file";
  if (keys == NULL
      || !g_file_set_contents_full (file, text, -1,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    CONFIG_MODE, error))
    return FALSE;
  if (task->replaced == NULL)
    return TRUE;
  base = g_path_get_dirname (task->replaced);
  if (g_str_equal (base, task->keys_dir))
    juminctl_key_folder_remove (task->replaced);
  return TRUE;
}

static gboolean
provision (Task *task, GError **error)
{
  g_autofree char *token = NULL;

  if (!check_configuration (task, error) || (token = read_token (task, error)) == NULL)
    return FALSE;
  task->advice = "Run it as root on the machine itself";
  task->folder = juminctl_key_folder_new (task->keys_dir, task->user, error);
  if (task->folder == NULL)
    return FALSE;
  if (ask (task, token, error) && write_trust (task, error) && try_call (task, error)
      && make_journal (task, error) && commit (task, error))
    return TRUE;
  juminctl_key_folder_remove (task->folder->path);
  return FALSE;
}

static gboolean
parse (Task *task, char **arguments)
{
  const GOptionEntry entries[] = {
    { "platform", 0, 0, G_OPTION_ARG_STRING, &task->platform, "Where tokens are taken", "URL" },
    { "token", 0, 0, G_OPTION_ARG_FILENAME, &task->token_file, "The token", "FILE" },
    { "renew", 0, 0, G_OPTION_ARG_NONE, &task->renew, "Replace the keys of a terminal", NULL },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &task->keys_dir, "Where folders of keys lie", "DIR" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &task->user, "To whom the keys belong", "NAME" },
    { NULL },
  };

  if (!juminctl_line_parse (&task->line, arguments, entries, 0))
    return FALSE;
  if (task->platform != NULL && task->token_file != NULL
      && (task->line.config == NULL) == (task->line.config_dir == NULL))
    return TRUE;
  fputs ("--platform and --token are wanted; --config and --config-dir go together\n", stderr);
  return FALSE;
}

int
juminctl_provision (char **arguments)
{
  g_auto (Task) task = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *keys_dir = NULL;

  if (!parse (&task, arguments))
    return JUMINCTL_USAGE;
  umask (0022);
  keys_dir = g_canonicalize_filename (task.keys_dir != NULL ? task.keys_dir : KEYS_DIRECTORY, NULL);
  g_free (task.keys_dir);
  task.keys_dir = g_steal_pointer (&keys_dir);
  if (task.user == NULL)
    task.user = g_strdup (JUMINCTL_USER);
  task.clock = jumin_clock_new (1);
  if (!provision (&task, &error))
    {
      fprintf (stderr, "%s\n%s\n", error->message, task.advice);
      return JUMINCTL_BAD;
    }
  printf ("This machine is terminal %s of %s\n", task.given->terminal, task.given->hall.zh);
  puts ("It begins to work with: systemctl restart jumin-core");
  return JUMINCTL_GOOD;
}
