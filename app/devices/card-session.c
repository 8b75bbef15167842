/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a social-security card from top to bottom: what is asked of it, and what that means.
 *
 * Before the resident has agreed: the application, EF05, version and identifier. After it: the
 * same again, is it still the same card?, validity, number, name; at the end the identifier once
 * more, so that records of two cards are never mixed. Nothing personal stays on the stack. */
#include "devices/card-session.h"

#include <string.h>

#include "devices/card-name.h"
#include "model/id-number.h"

enum
{
  OLD_NUMBER_LENGTH = 15 /* before 1999 */
};

static gboolean
read_version (JuminCardDialogue *self, char version[JUMIN_CARD_VERSION_LENGTH + 1], GError **error)
{
  const JuminCardField *field = &jumin_card_layout_find (NULL)->fields[JUMIN_CARD_FIELD_VERSION];
  JuminTlv value;

  if (!jumin_card_dialogue_read_record (self, field, &value, error))
    return FALSE;
  memset (version, 0, JUMIN_CARD_VERSION_LENGTH + 1);
  memcpy (version, value.value, MIN (value.length, JUMIN_CARD_VERSION_LENGTH));
  if (jumin_card_layout_find (version) != NULL && g_str_is_ascii (version))
    return TRUE;
  g_set_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE,
               "record %02X: no layout for this version of card", field->tag);
  return FALSE;
}

static gboolean
read_identifier (JuminCardDialogue *self, char identifier[JUMIN_CARD_IDENTIFIER_LENGTH + 1],
                 GError **error)
{
  const JuminCardField *field = &jumin_card_layout_find (NULL)->fields[JUMIN_CARD_FIELD_IDENTIFIER];
  JuminTlv value;

  if (!jumin_card_dialogue_read_record (self, field, &value, error))
    return FALSE;
  /* Blank cards hold one byte all over: that would identify them all at once. */
  if (value.length != field->length || memcmp (value.value, value.value + 1, value.length - 1) == 0)
    {
      g_set_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE,
                   "record %02X: not a card identifier", field->tag);
      return FALSE;
    }
  for (gsize i = 0; i < value.length; i++)
    g_snprintf (identifier + 2 * i, 3, "%02X", value.value[i]);
  return TRUE;
}

/* All that may be read before the resident has agreed. */
static gboolean
read_card (JuminCardDialogue *self, JuminCard *card, GError **error)
{
  const JuminCardLayout *layout = jumin_card_layout_find (NULL);

  return jumin_card_dialogue_select_application (self, error)
         && jumin_card_dialogue_select_file (self, layout->fields[JUMIN_CARD_FIELD_IDENTIFIER].file,
                                             error)
         && read_version (self, card->version, error)
         && read_identifier (self, card->identifier, error);
}

static gboolean
check_same_card (const JuminCard *expected, const char *identifier, GError **error)
{
  if (strcmp (expected->identifier, identifier) == 0)
    return TRUE;
  g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_CHANGED,
                       "another card lies in the reader");
  return FALSE;
}

/* BCD YYYYMMDD. Filling instead of a date means that the card does not end. */
static gboolean
check_valid_until (const JuminTlv *value, const GDate *today, GError **error)
{
  int digits[8];
  GDate until;

  if (value->length != 4)
    return TRUE;
  for (int i = 0; i < 8; i++)
    if ((digits[i] = (i % 2 == 0 ? value->value[i / 2] >> 4 : value->value[i / 2] & 0xF)) > 9)
      return TRUE;

  int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  int month = digits[4] * 10 + digits[5], day = digits[6] * 10 + digits[7];
  if (year == 0 || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return TRUE;
  g_date_clear (&until, 1);
  g_date_set_dmy (&until, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  if (g_date_compare (&until, today) >= 0)
    return TRUE;
  g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_EXPIRED, "card has expired");
  return FALSE;
}

typedef struct
{
  char number[JUMIN_ID_NUMBER_LENGTH + 1];
  JuminCardName name_bytes;
  char name[JUMIN_NAME_BYTES_MAX + 1];
} Holder;

static void
holder_clear (Holder *self)
{
  explicit_bzero (self, sizeof *self);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Holder, holder_clear)

static gboolean
read_holder (JuminCardDialogue *self, const JuminCardLayout *layout, Holder *holder, GError **error)
{
  const JuminCardField *fields = layout->fields;
  JuminTlv value;

  if (!jumin_card_dialogue_select_file (self, fields[JUMIN_CARD_FIELD_NUMBER].file, error)
      || !jumin_card_dialogue_read_record (self, &fields[JUMIN_CARD_FIELD_NUMBER], &value, error))
    return FALSE;
  memcpy (holder->number, value.value,
          MIN (jumin_card_trim (value.value, value.length), JUMIN_ID_NUMBER_LENGTH));

  if (!jumin_card_dialogue_read_record (self, &fields[JUMIN_CARD_FIELD_NAME], &value, error))
    return FALSE;
  jumin_card_name_append (&holder->name_bytes, value.value, value.length);

  if (!jumin_card_dialogue_read_optional_record (self, &fields[JUMIN_CARD_FIELD_NAME_EXTENSION],
                                                 &value, error))
    return FALSE;
  jumin_card_name_append (&holder->name_bytes, value.value, value.length);
  return TRUE;
}

/* What was read must be a person. A name that we cannot show and a number of the old form are
 * right on the card and of no use here: the platform knows the holder by the card identifier. */
static JuminIdentity *
holder_to_identity (Holder *holder, const GDate *today, GError **error)
{
  if (strlen (holder->number) == OLD_NUMBER_LENGTH)
    {
      g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED,
                           "number has the form of before 1999");
      return NULL;
    }
  holder->number[JUMIN_ID_NUMBER_LENGTH - 1]
      = g_ascii_toupper (holder->number[JUMIN_ID_NUMBER_LENGTH - 1]);
  if (!jumin_id_number_check (holder->number, today))
    {
      g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE,
                           "number does not pass its check");
      return NULL;
    }
  if (!jumin_card_name_decode (&holder->name_bytes, holder->name))
    {
      g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED,
                           "name cannot be decoded from GB18030");
      return NULL;
    }
  return jumin_identity_new (JUMIN_PROOF_CARD, holder->name, holder->number);
}

/**
 * jumin_card_session_read_card:
 * @transmit: exchanges bytes with a card that was just powered
 * @data: for @transmit
 *
 * Reads kind, version and card identifier; transmits nothing that would tell more.
 *
 * Errors: what @transmit reports; JUMIN_RETRY_CARD_FOREIGN, JUMIN_RETRY_CARD_UNREADABLE.
 *
 * Returns: (transfer full): the card, freed with g_free()
 */
JuminCard *
jumin_card_session_read_card (JuminCardTransmit transmit, gpointer data, GError **error)
{
  g_auto (JuminCardDialogue) dialogue = { .transmit = transmit, .data = data };
  g_autofree JuminCard *card = g_new0 (JuminCard, 1);

  return read_card (&dialogue, card, error) ? g_steal_pointer (&card) : NULL;
}

/**
 * jumin_card_session_read_holder:
 * @transmit: exchanges bytes with a card that was just powered
 * @data: for @transmit
 * @card: whose holder is meant
 * @today: the date in the hall
 *
 * Reads name and number, and makes sure that both are of @card.
 *
 * Errors: as jumin_card_session_read_card(); JUMIN_RETRY_CARD_CHANGED, JUMIN_RETRY_CARD_EXPIRED,
 * JUMIN_FAILURE_HOLDER_LOCKED.
 *
 * Returns: (transfer full): the holder
 */
JuminIdentity *
jumin_card_session_read_holder (JuminCardTransmit transmit, gpointer data, const JuminCard *card,
                                const GDate *today, GError **error)
{
  g_auto (JuminCardDialogue) dialogue = { .transmit = transmit, .data = data };
  g_auto (Holder) holder = { 0 };
  const JuminCardLayout *layout;
  JuminCard here = { 0 };
  JuminTlv valid_until;

  if (!read_card (&dialogue, &here, error) || !check_same_card (card, here.identifier, error))
    return NULL;
  layout = jumin_card_layout_find (here.version);
  if (!jumin_card_dialogue_read_optional_record (
          &dialogue, &layout->fields[JUMIN_CARD_FIELD_VALID_UNTIL], &valid_until, error)
      || !check_valid_until (&valid_until, today, error)
      || !read_holder (&dialogue, layout, &holder, error))
    return NULL;

  if (!jumin_card_dialogue_select_file (&dialogue, layout->fields[JUMIN_CARD_FIELD_IDENTIFIER].file,
                                        error)
      || !read_identifier (&dialogue, here.identifier, error)
      || !check_same_card (card, here.identifier, error))
    return NULL;
  return holder_to_identity (&holder, today, error);
}
