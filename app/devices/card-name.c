/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names on the card: GB18030 (a superset of the GBK that the first cards were written in), padded
 * with 00, 20 or FF, continued in a second record. Decoded on the stack, so that nothing of it
 * stays in the heap. */
#include "devices/card-name.h"

#include <string.h>

G_STATIC_ASSERT (JUMIN_NAME_BYTES_MAX
                 >= 2 * (JUMIN_CARD_NAME_LENGTH + JUMIN_CARD_NAME_EXTENSION_LENGTH));

/**
 * jumin_card_trim:
 * @value: (array length=length): a text field
 * @length: its length
 *
 * No character of GB18030 ends in 00, 20 or FF, so whatever does so at the end is padding.
 *
 * Returns: the length without padding
 */
gsize
jumin_card_trim (const guint8 *value, gsize length)
{
  while (length > 0
         && (value[length - 1] == 0x00 || value[length - 1] == 0x20 || value[length - 1] == 0xFF))
    length--;
  return length;
}

/**
 * jumin_card_name_append:
 * @value: (array length=length): value of tag 09, then of tag 4E
 * @length: its length; what does not fit is left out
 *
 * Joins bytes, not texts: a character may begin in one record and end in the other.
 */
void
jumin_card_name_append (JuminCardName *self, const guint8 *value, gsize length)
{
  gsize used = MIN (jumin_card_trim (value, length), sizeof self->bytes - self->length);

  if (used > 0) /* an empty value points nowhere */
    memcpy (self->bytes + self->length, value, used);
  self->length += used;
}

/* Characters that cannot be in a name, and would change how the text around them is read. */
static gboolean
is_plain (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_type (g_utf8_get_char (p)))
      {
      case G_UNICODE_CONTROL:
      case G_UNICODE_FORMAT:
      case G_UNICODE_SURROGATE:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
        return FALSE;
      default:
        break;
      }
  return TRUE;
}

/**
 * jumin_card_name_decode:
 * @name: (out): UTF-8; wiped when there is none
 *
 * Returns: whether the bytes are a name: not empty, valid, without control characters
 */
gboolean
jumin_card_name_decode (const JuminCardName *self, char name[JUMIN_NAME_BYTES_MAX + 1])
{
  GIConv converter = g_iconv_open ("UTF-8", "GB18030");
  JuminCardName copy = *self;
  char *input = (char *)copy.bytes, *output = name;
  gsize input_left = copy.length, output_left = JUMIN_NAME_BYTES_MAX;
  gboolean good;

  if (converter == (GIConv)-1)
    g_error ("Opening the conversion from GB18030 failed: the C library lacks it");
  memset (name, 0, JUMIN_NAME_BYTES_MAX + 1);
  good = copy.length > 0
         && g_iconv (converter, &input, &input_left, &output, &output_left) != (gsize)-1
         && memchr (name, '\0', (gsize)(output - name)) == NULL && g_utf8_validate (name, -1, NULL)
         && is_plain (name);
  g_iconv_close (converter);
  explicit_bzero (&copy, sizeof copy);
  if (!good)
    explicit_bzero (name, JUMIN_NAME_BYTES_MAX + 1);
  return good;
}
