/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card in a table. It answers as ISO/IEC 7816-4 has it and in the spelling it was told. */
#include "fake-card.h"

#include <string.h>

#include "model/error.h"

static const guint8 aid[] = "sx1.sh.\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF";

typedef struct
{
  guint16 file;
  guint8 tag, number, length;
} Place;

static const Place places[] = {
  { 0xEF05, 0x01, 1, 16 }, { 0xEF05, 0x02, 2, 1 },  { 0xEF05, 0x03, 3, 4 },
  { 0xEF05, 0x06, 6, 4 },  { 0xEF05, 0x07, 7, 9 },  { 0xEF06, 0x08, 1, 18 },
  { 0xEF06, 0x09, 2, 30 }, { 0xEF06, 0x4E, 3, 20 }, { 0xEF06, 0x0A, 4, 1 },
};

static void
put_text (guint8 *value, gsize length, const char *text)
{
  memcpy (value, text, MIN (strlen (text), length));
}

static void
put_hex (guint8 *value, gsize length, const char *hex)
{
  for (gsize i = 0; i < length && hex[2 * i] != '\0'; i++)
    value[i]
        = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
}

static void
put_value (FakeCard *self, const Place *place, guint8 *value)
{
  const char *identifier = self->identifier;

  memset (value, self->padding, place->length);
  switch (place->tag)
    {
    case 0x01:
      if (self->later_identifier != NULL && self->n_identifiers++ > 0)
        identifier = self->later_identifier;
      put_hex (value, place->length,
               identifier != NULL ? identifier : "500000D1560000050000123400000000");
      break;
    case 0x03:
      put_text (value, place->length, self->version);
      break;
    case 0x06:
      put_hex (value, place->length, self->valid_until != NULL ? self->valid_until : "20330601");
      break;
    case 0x08:
      put_text (value, place->length, self->number);
      break;
    case 0x09:
      put_text (value, place->length, self->name);
      break;
    case 0x4E:
      put_text (value, place->length, self->extension != NULL ? self->extension : "");
      break;
    default:
      memset (value, '1', place->length);
    }
}

static gsize
status (guint8 *response, gsize length, guint16 word)
{
  response[length] = (guint8)(word >> 8);
  response[length + 1] = (guint8)(word & 0xFF);
  return length + 2;
}

static gsize
select_name (FakeCard *self, const guint8 *command, guint8 *response)
{
  static const guint8 information[] = { 0x6F, 0x02, 0x84, 0x00 };

  if (self->bank != NULL && memcmp (command + 5, self->bank, strlen (self->bank)) == 0)
    return status (response, 0, 0x9000);
  if (self->foreign || (self->wants_master && !self->master) || command[4] != sizeof aid - 1
      || memcmp (command + 5, aid, sizeof aid - 1) != 0)
    return status (response, 0, 0x6A82);
  self->open = TRUE;
  self->file = 0;
  if (!self->answers_61)
    return status (response, 0, 0x9000);
  memcpy (self->pending, information, sizeof information);
  self->pending_length = sizeof information;
  return status (response, 0, 0x6100 | sizeof information);
}

static gsize
select_file (FakeCard *self, const guint8 *command, guint8 *response)
{
  guint16 file = (guint16)(command[5] << 8 | command[6]);

  if (file == 0x3F00)
    {
      self->master = TRUE;
      return status (response, 0, 0x9000);
    }
  if (self->only_sfi || (self->only_select_00 && command[2] != 0x00))
    return status (response, 0, 0x6A86);
  if (!self->open || (file != 0xEF05 && file != 0xEF06))
    return status (response, 0, 0x6A82);
  self->file = file;
  return status (response, 0, 0x9000);
}

static gsize
send_record (FakeCard *self, const Place *place, guint8 le, guint8 *response)
{
  gsize length = place->length + 2;

  if (self->locked != NULL && strchr ((const char *)self->locked, place->tag) != NULL)
    return status (response, 0, self->locked_status != 0 ? self->locked_status : 0x6982);
  if (le != length && self->refuses_le_00)
    return status (response, 0, 0x6700);
  if (le != length && self->answers_6c)
    return status (response, 0, (guint16)(0x6C00 | length));
  response[0] = place->tag == self->mistaken ? 0x55 : place->tag;
  response[1] = place->length;
  put_value (self, place, response + 2);
  if (place->tag == self->truncated)
    length -= MIN (place->length, 3);
  if (place->tag == self->surplus)
    response[1] -= 1;
  return status (response, length, 0x9000);
}

static gsize
read_record (FakeCard *self, const guint8 *command, guint8 *response)
{
  guint16 file = command[3] >> 3 != 0 ? (guint16)(0xEF00 | command[3] >> 3) : self->file;
  gboolean by_number = (command[3] & 7) == 4;

  if (!self->open || file == 0)
    return status (response, 0, 0x6986);
  if (self->only_numbers && !by_number)
    return status (response, 0, 0x6A81);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const Place *place = &places[i];
      guint8 key = by_number || self->numbers_as_tags ? place->number : place->tag;

      if (place->file == file && key == command[2] && !(place->tag == 0x4E && self->no_extension))
        return send_record (self, place, command[4], response);
    }
  return status (response, 0, 0x6A83);
}

static gsize
answer (FakeCard *self, const guint8 *command, gsize length, guint8 *response)
{
  gsize pending = self->pending_length;

  self->pending_length = 0;
  if (command[1] == 0xA4)
    return command[2] == 0x04 ? select_name (self, command, response)
                              : select_file (self, command, response);
  if (command[1] == 0xB2 && length == 5)
    return read_record (self, command, response);
  if (command[1] == 0xC0 && length == 5 && pending > 0)
    {
      memcpy (response, self->pending, pending);
      return status (response, pending, 0x9000);
    }
  return status (response, 0, 0x6D00);
}

gboolean
fake_card_transmit (gpointer card, const guint8 *command, gsize command_length, guint8 *response,
                    gsize *response_length, GError **error)
{
  FakeCard *self = card;

  for (gsize i = 0; self->log != NULL && i < command_length; i++)
    g_string_append_printf (self->log, "%02X", command[i]);
  if (self->log != NULL)
    g_string_append_c (self->log, '\n');
  self->n_commands++;
  if (self->n_commands == self->pulled_at)
    {
      g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED, "card was removed");
      return FALSE;
    }
  *response_length = answer (self, command, command_length, response);
  if (self->n_commands == self->short_at)
    *response_length = 1;
  return TRUE;
}

void
fake_card_power (FakeCard *self)
{
  self->open = self->master = FALSE;
  self->file = 0;
  self->pending_length = 0;
  self->n_commands = self->n_identifiers = 0;
}
