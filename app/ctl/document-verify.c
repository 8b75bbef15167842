/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl document verify: says whether the platform stands behind the code on a paper, with its
 * public keys alone. What the code says is printed, and never part of a complaint. */
#include "config.h"
#include "ctl/command.h"
#include "ctl/paper-picture.h"
#include "model/money.h"
#include "platform/document-seal.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *keys, *config, *config_dir, *scan;
  char **images, **rest;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->keys);
  g_free (options->config);
  g_free (options->config_dir);
  g_free (options->scan);
  g_strfreev (options->images);
  g_strfreev (options->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Either one text, or pictures: those of --image, and what follows. */
static gboolean
parse (char **arguments, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options->keys, "The platform's SM2 public keys, PEM",
      "FILE" },
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->images,
      "A picture of the paper, or its PDF; more may follow", "FILE" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Main file", "FILE" },
    { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->config_dir, "Directory of *.conf",
      "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, "[TEXT | -]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;

  g_strv_builder_add (words, "juminctl document verify");
  g_strv_builder_addv (words, (const char **)arguments);
  line = g_strv_builder_end (words);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &line, error))
    return FALSE;
  if (options->images != NULL || (options->rest != NULL && g_strv_length (options->rest) == 1))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "Say which code: its text in one argument, - or --image FILE");
  return FALSE;
}

/* What is not said on the command line is as jumin-core has it. */
static gboolean
fill_in (Options *options, GError **error)
{
  g_autoptr (JuminConfig) config = NULL;

  if (options->keys != NULL && options->images == NULL)
    return TRUE;
  config = jumin_config_load (options->config != NULL ? options->config : JUMIN_CONFIG_FILE,
                              options->config_dir != NULL
                                  ? options->config_dir
                                  : (options->config != NULL ? NULL : JUMIN_CONFIG_DIRECTORY),
                              error);
  if (config == NULL)
    return FALSE;
  options->scan = g_strdup (jumin_config_get_string (config, "scan", "program"));
  if (options->keys == NULL)
    options->keys = g_strdup (jumin_config_get_string (config, "platform", "reply-key-file"));
  if (*options->keys != '\0')
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       "No key of the platform is known: say --keys FILE");
  return FALSE;
}

static void
print_said (const JuminVerification *said)
{
  g_autoptr (GDateTime) issued = g_date_time_new_from_unix_local (said->issued_at);
  g_autofree char *when = g_date_time_format (issued, "%F %T %z");

  puts ("Genuine: the platform has signed this");
  printf ("  Number: %s\n  Kind: %s\n  Owner: %s\n  Issued: %s\n", said->number, said->kind,
          said->owner, when);
  if (said->fen != JUMIN_FIGURE_NONE)
    {
      g_autofree char *figure = jumin_fen_format (said->fen);

      printf ("  Figure: %s yuan\n", figure);
    }
  puts ("Whether it is void by now only the platform knows");
}

static int
verify_text (const char *text, const GPtrArray *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminVerification) said = jumin_verification_read (text, keys, &error);

  if (said != NULL)
    print_said (said);
  else
    printf ("Not genuine: %s\n", error->message);
  return said != NULL ? JUMINCTL_GOOD : JUMINCTL_BAD;
}

/* One line end is what an editor or echo has added. */
static int
verify_input (const GPtrArray *keys)
{
  char text[JUMIN_VERIFICATION_MAX + 2];
  gsize length = fread (text, 1, sizeof text - 1, stdin);

  if (length > 0 && text[length - 1] == '\n')
    length--;
  text[length] = '\0';
  return verify_text (text, keys);
}

static int
verify_image (const Options *options, const char *file, const GPtrArray *keys)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = juminctl_paper_picture_read (options->scan, file, &error);

  if (text == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_BAD;
    }
  printf ("%s: ", file);
  return verify_text (text, keys);
}

static int
verify_images (const Options *options, char **files, const GPtrArray *keys)
{
  int result = JUMINCTL_GOOD;

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    if (verify_image (options, files[i], keys) != JUMINCTL_GOOD)
      result = JUMINCTL_BAD;
  return result;
}

int
juminctl_document_verify (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;

  if (parse (arguments, &options, &error) && fill_in (&options, &error))
    keys = jumin_sm2_load_public_keys (options.keys, &error);
  if (keys == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_USAGE;
    }
  if (options.images != NULL)
    return MAX (verify_images (&options, options.images, keys),
                verify_images (&options, options.rest, keys));
  return strcmp (options.rest[0], "-") == 0 ? verify_input (keys)
                                            : verify_text (options.rest[0], keys);
}
