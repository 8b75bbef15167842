/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to speak to a social-security card, over any transmit function; it knows no reader and no
 * thread. Cards differ in how they want to be asked (card-layout.c): every variant is tried in
 * order, and the one that worked is tried first for the next record. */
#include "devices/card-dialogue.h"

#include <string.h>

#include "model/error.h"

enum
{
  EXCHANGES_MAX = 6,      /* of one command: 6Cxx and 61xx in turn, then it is enough */
  RECORD_HEAD_LENGTH = 2, /* tag and length */
  STATUS_WORD_LENGTH = 2
};

typedef enum
{
  RECORD_READ,
  RECORD_ASK_OTHERWISE, /* this spelling is not understood, or there is no such record */
  RECORD_FAILED         /* another spelling would not help */
} RecordResult;

void
jumin_card_dialogue_clear (JuminCardDialogue *self)
{
  explicit_bzero (self, sizeof *self);
}

/* What a status word means for the resident, where it is not data. */
static void
set_status_error (GError **error, GQuark domain, int code, const char *what, guint16 status_word)
{
  g_set_error (error, domain, code, "%s: card answered %04X (%s)", what, status_word,
               jumin_apdu_status_get_meaning (status_word));
}

/* One command with all that T=0 needs: 6Cxx asks for it again, 61xx for fetching the answer. */
static gboolean
exchange (JuminCardDialogue *self, JuminApdu command, JuminApduOutcome *outcome, GError **error)
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
try_application (JuminCardDialogue *self, const JuminCardApplication *application,
                 JuminApduOutcome *outcome, GError **error)
{
  if (application->master_first
      && !exchange (self, jumin_apdu_select_file (0x00, 0x3F00), outcome, error))
    return FALSE;
  return exchange (self, jumin_apdu_select_by_name (application->aid, application->aid_length),
                   outcome, error);
}

/* Not ours. Whose? A bank's application is only selected, never read. */
static void
set_foreign_error (JuminCardDialogue *self, GError **error)
{
  for (gsize i = 0; i < JUMIN_CARD_N_BANK_APPLICATIONS; i++)
    {
      JuminApduOutcome outcome;

      if (!try_application (self, &jumin_card_bank_applications[i], &outcome, error))
        return;
      if (outcome == JUMIN_APDU_DONE)
        {
          g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_BANK,
                               "card has a bank's application and none of social security");
          return;
        }
    }
  set_status_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_FOREIGN, "selecting any application",
                    self->status_word);
}

gboolean
jumin_card_dialogue_select_application (JuminCardDialogue *self, GError **error)
{
  for (gsize i = 0; i < JUMIN_CARD_N_APPLICATIONS; i++)
    {
      JuminApduOutcome outcome;

      if (!try_application (self, &jumin_card_applications[i], &outcome, error))
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
  set_foreign_error (self, error);
  return FALSE;
}

/* A card that knows none of the ways may still name the file in READ RECORD. */
gboolean
jumin_card_dialogue_select_file (JuminCardDialogue *self, const JuminCardFile *file, GError **error)
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
send_read_record (JuminCardDialogue *self, const JuminCardField *field,
                  const JuminCardCoding *coding, JuminApduOutcome *outcome, GError **error)
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
try_record (JuminCardDialogue *self, const JuminCardField *field, const JuminCardCoding *coding,
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
gboolean
jumin_card_dialogue_read_record (JuminCardDialogue *self, const JuminCardField *field,
                                 JuminTlv *value, GError **error)
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
gboolean
jumin_card_dialogue_read_optional_record (JuminCardDialogue *self, const JuminCardField *field,
                                          JuminTlv *value, GError **error)
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
