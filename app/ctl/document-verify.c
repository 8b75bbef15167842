/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl document verify: says whether the platform stands behind the code on a paper, with its
 * public keys alone. What the code says is printed, and never part of a complaint. */
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "ctl/paper-picture.h"
#include "model/money.h"
#include "platform/document-seal.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *keys, *scan;
  GStrv images;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->keys);
  g_free (options->scan);
  g_strfreev (options->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
fill_in (Options *options, const JuminctlLine *line, GError **error)
{
  g_autoptr (JuminConfig) config = NULL;

  if (options->keys != NULL && options->images == NULL)
    return TRUE;
  config = juminctl_line_load_config (line, error);
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

/* Either one text, or pictures: those of --image, and what follows. */
int
juminctl_document_verify (char **arguments)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &options.keys, "The platform's SM2 public keys, PEM",
      "FILE" },
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.images,
      "A picture of the paper, or its PDF; more may follow", "FILE" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;

  if (!juminctl_line_parse (&line, arguments, entries, G_MAXUINT))
    return JUMINCTL_USAGE;
  if (options.images == NULL && (line.rest == NULL || line.rest[1] != NULL))
    {
      fputs ("Say which code: its text in one argument, - or --image FILE\n", stderr);
      return JUMINCTL_USAGE;
    }
  if (fill_in (&options, &line, &error))
    keys = jumin_sm2_load_public_keys (options.keys, &error);
  if (keys == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_USAGE;
    }
  if (options.images != NULL)
    return MAX (verify_images (&options, options.images, keys),
                verify_images (&options, line.rest, keys));
  return strcmp (line.rest[0], "-") == 0 ? verify_input (keys) : verify_text (line.rest[0], keys);
}
