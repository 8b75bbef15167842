/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types: one place in locked memory, never copied as it grows. */
#include "model/secret.h"

#include <string.h>

#include "model/id-number.h"
#include "model/locked.h"

struct _JuminSecret
{
  char characters[JUMIN_SECRET_MAX + 1];
};

JuminSecret *
jumin_secret_new (void)
{
  return jumin_locked_new (sizeof (JuminSecret));
}

void
jumin_secret_free (JuminSecret *self)
{
  jumin_locked_free (self, sizeof *self);
}

/**
 * jumin_secret_add:
 * @character: ASCII
 *
 * Adds @character at the end; a full one stays as it is.
 */
void
jumin_secret_add (JuminSecret *self, char character)
{
  guint length = jumin_secret_get_length (self);

  if (length < JUMIN_SECRET_MAX)
    self->characters[length] = character;
}

void
jumin_secret_take_back (JuminSecret *self)
{
  guint length = jumin_secret_get_length (self);

  if (length > 0)
    self->characters[length - 1] = '\0';
}

void
jumin_secret_clear (JuminSecret *self)
{
  explicit_bzero (self->characters, sizeof self->characters);
}

/**
 * jumin_secret_modernise:
 *
 * Makes an old number of 15 digits one of 18; leaves anything else as it is.
 */
void
jumin_secret_modernise (JuminSecret *self)
{
  jumin_id_number_modernise (self->characters);
}

guint
jumin_secret_get_length (const JuminSecret *self)
{
  return (guint)strlen (self->characters);
}

/**
 * jumin_secret_get:
 *
 * Returns: (transfer none): the characters, for whoever checks or sends them; never for a screen
 */
const char *
jumin_secret_get (const JuminSecret *self)
{
  return self->characters;
}
