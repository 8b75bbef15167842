/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a social-security card from top to bottom, over any transmit function; it knows no reader
 * and no thread. Cards differ in how they want to be asked (card-layout.c): every variant is tried
 * in order, and the one that worked is tried first for the next record.
 *
 * Before the resident has agreed: the application, EF05, version and identifier. After it: the
 * same again, is it still the same card?, validity, number, name; at the end the identifier once
 * more, so that records of two cards are never mixed. Nothing personal stays on the stack. */
#include "devices/card-session.h"

#include <string.h>

#include "devices/card-layout.h"
#include "devices/card-name.h"
#include "devices/tlv.h"
#include "model/id-number.h"

enum
{
  EXCHANGES_MAX = 6,      /* of one command: 6Cxx and 61xx in turn, then it is enough */
  OLD_NUMBER_LENGTH = 15, /* before 1999 */
  RECORD_HEAD_LENGTH = 2, /* tag and length */
  STATUS_WORD_LENGTH = 2
};

typedef struct
{
  JuminCardTransmit transmit;
  gpointer data;
  const JuminCardCoding *coding; /* the last one that worked; NULL: none yet */
  gboolean file_selected;
  guint8 answer[JUMIN_APDU_RESPONSE_MAX]; /* data of the last command, without status word */
  gsize answer_length;
  guint16 status_word;
} Session;

typedef enum
{
  RECORD_READ,
  RECORD_ASK_OTHERWISE, /* this spelling is not understood, or there is no such record */
  RECORD_FAILED         /* another spelling would not help */
} RecordResult;

static void
session_clear (Session *self)
{
  explicit_bzero (self, sizeof *self);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* What a status word means for the resident, where it is not data. */
static void
set_status_error (GError **error, GQuark domain, int code, const char *what, guint16 status_word)
{
  g_set_error (error, domain, code, "%s: card answered %04X (%s)", what, status_word,
               jumin_apdu_status_get_meaning (status_word));
}

/* One command with all that T=0 needs: 6Cxx asks for it again, 61xx for fetching the answer. */
static gboolean
exchange (Session *self, JuminApdu command, JuminApduOutcome *outcome, GError **error)
{
  self->answer_length = 0;
  for (int i = 0; i < EXCHANGES_MAX; i++)
    {
      guint8 response[JUMIN_APDU_RESPONSE_MAX];
      gsize length = 0, data_length;

      if (!self->transmit (self->data, command.bytes, command.length, response, &length, error))
        return FALSE;
      /* Some drivers say nothing but an empty success when the card is pulled. */
      if (length < STATUS_WORD_LENGTH)
        {
          g_set_error (error, JUMIN_RETRY,
                       length == 0 ? JUMIN_RETRY_CARD_PULLED : JUMIN_RETRY_CARD_UNREADABLE,
                       "card answered %zu bytes, without a status word", length);
          return FALSE;
        }
      data_length = MIN (length - STATUS_WORD_LENGTH, sizeof self->answer - self->answer_length);
      self->status_word = (guint16)(response[length - 2] << 8 | response[length - 1]);
      memcpy (self->answer + self->answer_length, response, data_length);
      self->answer_length += data_length;
      explicit_bzero (response, sizeof response);

      *outcome = jumin_apdu_status_get_outcome (self->status_word);
      if (*outcome == JUMIN_APDU_MORE)
        command = jumin_apdu_get_response (self->status_word & 0xFF);
      else if (*outcome == JUMIN_APDU_WRONG_LE && command.length == 5)
        command.bytes[4] = self->status_word & 0xFF;
      else
        return TRUE;
    }
  g_set_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE,
               "card wanted more than %d exchanges for one command", EXCHANGES_MAX);
  return FALSE;
}

static gboolean
select_application (Session *self, GError **error)
{
  JuminApduOutcome outcome;

  for (gsize i = 0; i < JUMIN_CARD_N_APPLICATIONS; i++)
    {
      const JuminCardApplication *application = &jumin_card_applications[i];

      if (application->master_first
          && !exchange (self, jumin_apdu_select_file (0x00, 0x3F00), &outcome, error))
        return FALSE;
      if (!exchange (self, jumin_apdu_select_by_name (application->aid, application->aid_length),
                     &outcome, error))
        return FALSE;
      if (outcome == JUMIN_APDU_DONE)
        return TRUE;
      if (outcome != JUMIN_APDU_ABSENT && outcome != JUMIN_APDU_UNSUPPORTED)
        {
          set_status_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE,
                            "selecting the application", self->status_word);
          return FALSE;
        }
    }
  set_status_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_FOREIGN, "selecting the application",
                    self->status_word);
  return FALSE;
}

/* A card that knows none of the ways may still name the file in READ RECORD. */
static gboolean
select_file (Session *self, const JuminCardFile *file, GError **error)
{
  self->file_selected = FALSE;
  for (gsize i = 0; i < JUMIN_CARD_N_FILE_SELECTS && !self->file_selected; i++)
    {
      JuminApduOutcome outcome;

      if (!exchange (self, jumin_apdu_select_file (jumin_card_file_selects[i], file->identifier),
                     &outcome, error))
        return FALSE;
      self->file_selected = outcome == JUMIN_APDU_DONE;
    }
  return TRUE;
}

/* A card that wants its exact length instead of 00 and does not tell it gets it from the layout. */
static gboolean
send_read_record (Session *self, const JuminCardField *field, const JuminCardCoding *coding,
                  JuminApduOutcome *outcome, GError **error)
{
  guint8 p1 = coding->by_number ? field->number : field->tag;
  guint8 p2 = (guint8)((coding->by_sfi ? field->file->sfi << 3 : 0) | (coding->by_number ? 4 : 0));

  if (!exchange (self, jumin_apdu_read_record (p1, p2, 0), outcome, error))
    return FALSE;
  if (*outcome != JUMIN_APDU_WRONG_LENGTH)
    return TRUE;
  return exchange (self,
                   jumin_apdu_read_record (p1, p2, (guint8)(field->length + RECORD_HEAD_LENGTH)),
                   outcome, error);
}

static RecordResult
try_record (Session *self, const JuminCardField *field, const JuminCardCoding *coding,
            JuminTlv *value, GError **error)
{
  g_autofree char *what = g_strdup_printf ("record %02X", field->tag);
  JuminApduOutcome outcome;
  JuminTlvResult tlv;

  if (!send_read_record (self, field, coding, &outcome, error))
    return RECORD_FAILED;
  if (outcome == JUMIN_APDU_LOCKED && field->after_agreement)
    {
      set_status_error (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED, what, self->status_word);
      return RECORD_FAILED;
    }
  if (outcome != JUMIN_APDU_DONE)
    {
      set_status_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE, what, self->status_word);
      return outcome == JUMIN_APDU_LOCKED || outcome == JUMIN_APDU_FAILED ? RECORD_FAILED
                                                                          : RECORD_ASK_OTHERWISE;
    }

  tlv = jumin_tlv_parse (self->answer, self->answer_length, field->tag, value);
  if (tlv == JUMIN_TLV_GOOD && value->length > 0 && value->length <= field->length)
    return RECORD_READ;
  g_set_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE, "%s: %s", what,
               tlv == JUMIN_TLV_GOOD ? "value has a length that no layout explains"
                                     : jumin_tlv_result_get_meaning (tlv));
  return tlv == JUMIN_TLV_WRONG_TAG ? RECORD_ASK_OTHERWISE : RECORD_FAILED;
}

/* The spelling that worked before, then all others. When none is understood, the first complaint
 * is the one to report. */
static gboolean
read_record (Session *self, const JuminCardField *field, JuminTlv *value, GError **error)
{
  g_autoptr (GError) complaint = NULL;

  for (int i = -1; i < JUMIN_CARD_N_CODINGS; i++)
    {
      const JuminCardCoding *coding = i < 0 ? self->coding : &jumin_card_codings[i];
      g_autoptr (GError) attempt = NULL;
      RecordResult result;

      if (coding == NULL || (i >= 0 && coding == self->coding)
          || (!coding->by_sfi && !self->file_selected))
        continue;
      result = try_record (self, field, coding, value, &attempt);
      if (result == RECORD_FAILED)
        {
          g_propagate_error (error, g_steal_pointer (&attempt));
          return FALSE;
        }
      if (result == RECORD_READ)
        {
          self->coding = coding;
          return TRUE;
        }
      if (complaint == NULL)
        complaint = g_steal_pointer (&attempt);
    }
  g_propagate_error (error, g_steal_pointer (&complaint));
  return FALSE;
}

/* A record that may be missing or locked: then @value is empty. Asked for once, in the spelling
 * that the records before it were read with. */
static gboolean
read_optional_record (Session *self, const JuminCardField *field, JuminTlv *value, GError **error)
{
  g_autoptr (GError) attempt = NULL;
  RecordResult result;

  *value = (JuminTlv){ 0 };
  if (field->file == NULL)
    return TRUE;
  result = try_record (self, field, self->coding, value, &attempt);
  if (result == RECORD_READ || result == RECORD_ASK_OTHERWISE
      || g_error_matches (attempt, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED))
    {
      if (result != RECORD_READ)
        *value = (JuminTlv){ 0 };
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&attempt));
  return FALSE;
}

static gboolean
read_version (Session *self, char version[JUMIN_CARD_VERSION_LENGTH + 1], GError **error)
{
  const JuminCardField *field = &jumin_card_layout_find (NULL)->fields[JUMIN_CARD_FIELD_VERSION];
  JuminTlv value;

  if (!read_record (self, field, &value, error))
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
read_identifier (Session *self, char identifier[JUMIN_CARD_IDENTIFIER_LENGTH + 1], GError **error)
{
  const JuminCardField *field = &jumin_card_layout_find (NULL)->fields[JUMIN_CARD_FIELD_IDENTIFIER];
  JuminTlv value;

  if (!read_record (self, field, &value, error))
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
read_card (Session *self, JuminCard *card, GError **error)
{
  const JuminCardLayout *layout = jumin_card_layout_find (NULL);

  card->kind = JUMIN_CARD_SOCIAL_SECURITY;
  return select_application (self, error)
         && select_file (self, layout->fields[JUMIN_CARD_FIELD_IDENTIFIER].file, error)
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
read_holder (Session *self, const JuminCardLayout *layout, Holder *holder, GError **error)
{
  const JuminCardField *fields = layout->fields;
  JuminTlv value;

  if (!select_file (self, fields[JUMIN_CARD_FIELD_NUMBER].file, error)
      || !read_record (self, &fields[JUMIN_CARD_FIELD_NUMBER], &value, error))
    return FALSE;
  memcpy (holder->number, value.value,
          MIN (jumin_card_trim (value.value, value.length), JUMIN_ID_NUMBER_LENGTH));

  if (!read_record (self, &fields[JUMIN_CARD_FIELD_NAME], &value, error))
    return FALSE;
  jumin_card_name_append (&holder->name_bytes, value.value, value.length);

  if (!read_optional_record (self, &fields[JUMIN_CARD_FIELD_NAME_EXTENSION], &value, error))
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
  g_auto (Session) session = { .transmit = transmit, .data = data };
  g_autofree JuminCard *card = g_new0 (JuminCard, 1);

  return read_card (&session, card, error) ? g_steal_pointer (&card) : NULL;
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
  g_auto (Session) session = { .transmit = transmit, .data = data };
  g_auto (Holder) holder = { 0 };
  const JuminCardLayout *layout;
  JuminCard here = { 0 };
  JuminTlv valid_until;

  if (!read_card (&session, &here, error) || !check_same_card (card, here.identifier, error))
    return NULL;
  layout = jumin_card_layout_find (here.version);
  if (!read_optional_record (&session, &layout->fields[JUMIN_CARD_FIELD_VALID_UNTIL], &valid_until,
                             error)
      || !check_valid_until (&valid_until, today, error)
      || !read_holder (&session, layout, &holder, error))
    return NULL;

  if (!select_file (&session, layout->fields[JUMIN_CARD_FIELD_IDENTIFIER].file, error)
      || !read_identifier (&session, here.identifier, error)
      || !check_same_card (card, here.identifier, error))
    return NULL;
  return holder_to_identity (&holder, today, error);
}
