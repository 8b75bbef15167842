/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who we are for the platform of the codes: the words of two files, what the platform gave us for
 * them, and for how long. */
#include "platform/city-code-secrets.h"

#include <string.h>

#include "model/locked.h"
#include "platform/secret-file.h"

enum
{
  TOKEN_GRACE_S = 3 /* after its end, as the public clients do; the platform says when it is over */
};

void
jumin_city_code_secrets_free (JuminCityCodeSecrets *self)
{
  g_object_unref (self->clock);
  g_free (self->terminal_file);
  jumin_locked_free (self, sizeof *self);
}

static void
on_terminal_kept (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Without it the machine is activated again when it starts. */
  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    g_message ("Keeping the name at the platform of the codes failed: %s", error->message);
}

/* The file is written when the main loop comes to it. */
void
jumin_city_code_secrets_keep_terminal (JuminCityCodeSecrets *self, const char *terminal)
{
  g_autofree char *line = g_strconcat (terminal, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));
  g_autoptr (GFile) file = NULL;

  g_strlcpy (self->terminal, terminal, sizeof self->terminal);
  if (self->terminal_file == NULL)
    return;
  file = g_file_new_for_path (self->terminal_file);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_terminal_kept, NULL);
}

/* The file stays until there is another name. */
void
jumin_city_code_secrets_forget_terminal (JuminCityCodeSecrets *self)
{
  explicit_bzero (self->terminal, sizeof self->terminal);
}

void
jumin_city_code_secrets_keep_token (JuminCityCodeSecrets *self, const char *token, gint64 expires_s)
{
  g_strlcpy (self->token, token, sizeof self->token);
  self->token_ends_us
      = jumin_clock_get_monotonic (self->clock) + (expires_s + TOKEN_GRACE_S) * G_USEC_PER_SEC;
}

void
jumin_city_code_secrets_forget_token (JuminCityCodeSecrets *self)
{
  explicit_bzero (self->token, sizeof self->token);
}

gboolean
jumin_city_code_secrets_has_token (const JuminCityCodeSecrets *self)
{
  return *self->token != '\0' && jumin_clock_get_monotonic (self->clock) < self->token_ends_us;
}

static gboolean
is_degrees (const char *degrees)
{
  return degrees == NULL
         || g_regex_match_simple ("^-?[0-9]{1,3}(\\.[0-9]{1,8})?$", degrees, G_REGEX_DOLLAR_ENDONLY,
                                  0);
}

static gboolean
read_words (JuminCityCodeSecrets *self, const JuminCityCodeSettings *settings, GError **error)
{
  if (!jumin_secret_file_read (settings->id_file, self->id, sizeof self->id, error)
      || !jumin_secret_file_read (settings->secret_file, self->secret, sizeof self->secret, error))
    return FALSE;
  if (strlen (self->secret) < JUMIN_SM4_BLOCK)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "Reading secret '%s' failed: shorter than %d characters", settings->secret_file,
                 JUMIN_SM4_BLOCK);
  else if (!is_degrees (settings->latitude) || !is_degrees (settings->longitude))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         "Latitude and longitude want degrees such as 29.5630");
  else
    return TRUE;
  return FALSE;
}

/* Where it cannot be read the machine is activated again. */
static void
read_terminal (JuminCityCodeSecrets *self)
{
  g_autoptr (GError) error = NULL;

  if (self->terminal_file != NULL
      && !jumin_secret_file_read (self->terminal_file, self->terminal, sizeof self->terminal,
                                  &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("%s", error->message);
}

/**
 * jumin_city_code_secrets_load:
 * @clock: how long a token is good
 *
 * Errors: G_IO_ERROR_PERMISSION_DENIED, _NOT_FOUND, _INVALID_DATA, _INVALID_ARGUMENT.
 *
 * Returns: (transfer full): without a token
 */
JuminCityCodeSecrets *
jumin_city_code_secrets_load (const JuminCityCodeSettings *settings, JuminClock *clock,
                              GError **error)
{
  g_autoptr (JuminCityCodeSecrets) self = jumin_locked_new (sizeof *self);

  self->clock = g_object_ref (clock);
  self->terminal_file = g_strdup (settings->terminal_file);
  if (!read_words (self, settings, error))
    return NULL;
  self->cipher.cbc = settings->profile->cbc;
  memcpy (self->cipher.key, self->secret, JUMIN_SM4_BLOCK);
  memcpy (self->cipher.iv, settings->profile->iv, JUMIN_SM4_BLOCK);
  read_terminal (self);
  return g_steal_pointer (&self);
}
