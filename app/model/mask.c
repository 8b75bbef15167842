/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one mask of the house (design guide 1.8): 王*明, 5001************23. */
#include "model/mask.h"

#include <string.h>

enum
{
  HEAD_SHOWN = 4,
  TAIL_SHOWN = 2
};

/**
 * jumin_mask_name:
 * @name: a person's name, UTF-8
 *
 * The first and last character stay, all between become one star; of two characters the first
 * stays.
 *
 * Returns: (transfer full): 王*明, 李*, or * for a name of one character or none
 */
char *
jumin_mask_name (const char *name)
{
  glong length = name != NULL && g_utf8_validate (name, -1, NULL) ? g_utf8_strlen (name, -1) : 0;
  g_autofree char *first = NULL;

  if (length < 2)
    return g_strdup ("*");
  first = g_utf8_substring (name, 0, 1);
  return g_strconcat (first, "*", length > 2 ? g_utf8_offset_to_pointer (name, length - 1) : "",
                      NULL);
}

/**
 * jumin_mask_number:
 * @number: an identity number, card number or account, ASCII
 *
 * Returns: (transfer full): four characters, stars, two characters; only stars when that would show
 *   half of it or more
 */
char *
jumin_mask_number (const char *number)
{
  gsize length = number != NULL ? strlen (number) : 0;
  char *masked = g_strnfill (length, '*');

  if (length > 2 * (HEAD_SHOWN + TAIL_SHOWN))
    {
      memcpy (masked, number, HEAD_SHOWN);
      memcpy (masked + length - TAIL_SHOWN, number + length - TAIL_SHOWN, TAIL_SHOWN);
    }
  return masked;
}

/**
 * jumin_mask_typed:
 * @number: as much of an identity number as was typed by now, ASCII
 *
 * Four characters from the beginning and the two that were typed last, so that a person sees what
 * the last keys did.
 *
 * Returns: (transfer full): @number, with stars between these
 */
char *
jumin_mask_typed (const char *number)
{
  gsize length = strlen (number);
  char *masked = g_strnfill (length, '*');

  for (gsize i = 0; i < length; i++)
    if (i < HEAD_SHOWN || i + TAIL_SHOWN >= length)
      masked[i] = number[i];
  return masked;
}
