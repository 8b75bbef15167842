/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fuzzer plays the card: an honest one of some make, which lies where the input says so. */
#include <string.h>

#include "devices/card-session.h"
#include "fake-card.h"
#include "fuzz.h"
#include "model/id-number.h"

enum
{
  EXCHANGES_MAX = 400 /* of one card; more would be a dialogue without end */
};

typedef enum
{
  HONEST,
  FRAME, /* what the input says, of any length */
  PULLED,
  BENT,   /* honest but for one byte */
  CUT,    /* honest, but ends early */
  STATUS, /* a status word alone */
  N_ANSWERS
} Answer;

typedef struct
{
  FakeCard card;
  Feed feed;
  guint exchanges;
} Liar;

static gboolean
transmit (gpointer data, const guint8 *command, gsize command_length, guint8 *response,
          gsize *response_length, GError **error)
{
  Liar *liar = data;
  Answer answer = feed_byte (&liar->feed) % N_ANSWERS;
  const guint8 *bytes;
  gsize length;

  g_assert (++liar->exchanges <= EXCHANGES_MAX);
  g_assert (command_length >= 5 && command_length <= JUMIN_APDU_COMMAND_MAX);
  if (!fake_card_transmit (&liar->card, command, command_length, response, response_length, error))
    return FALSE;
  length = answer == HONEST || answer == PULLED ? 0 : feed_byte (&liar->feed);
  if (answer == PULLED)
    g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED, "card was removed");
  else if (answer == BENT && *response_length > 0)
    response[length % *response_length] ^= feed_byte (&liar->feed);
  else if (answer == CUT)
    *response_length -= MIN (*response_length, length % 8);
  else if (answer == STATUS)
    {
      response[0] = (guint8)length;
      response[1] = feed_byte (&liar->feed);
      *response_length = 2;
    }
  else if (answer == FRAME)
    {
      bytes = feed_bytes (&liar->feed, &length);
      memcpy (response, bytes, length);
      *response_length = length;
    }
  return answer != PULLED;
}

/* Two bytes of bits: which make of card it is. */
static FakeCard
make_card (Feed *feed)
{
  static const guint8 locked[] = { 0x08, 0x09, 0 };
  guint bits = (guint)(feed_byte (feed) | feed_byte (feed) << 8);

  return (FakeCard){ .foreign = (bits & 0x0001) != 0,
                     .bank = (bits & 0x0002) != 0 ? "\xA0" : NULL,
                     .wants_master = (bits & 0x0004) != 0,
                     .answers_61 = (bits & 0x0008) != 0,
                     .answers_6c = (bits & 0x0010) != 0,
                     .refuses_le_00 = (bits & 0x0020) != 0,
                     .only_select_00 = (bits & 0x0040) != 0,
                     .only_sfi = (bits & 0x0080) != 0,
                     .only_numbers = (bits & 0x0100) != 0,
                     .numbers_as_tags = (bits & 0x0200) != 0,
                     .locked = (bits & 0x0400) != 0 ? locked : NULL,
                     .no_extension = (bits & 0x0800) != 0,
                     .version = (bits & 0x1000) != 0   ? "1.00"
                                : (bits & 0x2000) != 0 ? "3.00"
                                                       : "2.00",
                     .number = "500102199003070010",
                     .name = "\xB2\xE2\xCA\xD4\xBC\xD7",
                     .padding = (bits & 0x4000) != 0 ? 0x20 : 0x00 };
}

static void
check_holder (const JuminIdentity *holder, const GError *error, const GDate *today)
{
  g_assert ((holder != NULL) == (error == NULL));
  if (holder == NULL)
    return;
  g_assert (g_utf8_validate (jumin_identity_get_name (holder), -1, NULL));
  g_assert (jumin_id_number_check (jumin_identity_get_number (holder), today));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Liar liar = { .feed = { data, size } };
  g_autoptr (GError) error = NULL, second_error = NULL;
  g_autoptr (GDate) today = g_date_new_dmy (21, G_DATE_NOVEMBER, 2026);
  g_autofree JuminCard *card = NULL;
  g_autoptr (JuminIdentity) holder = NULL;

  liar.card = make_card (&liar.feed);
  card = jumin_card_session_read_card (transmit, &liar, &error);
  g_assert ((card != NULL) == (error == NULL));
  if (card == NULL)
    return 0;
  fake_card_power (&liar.card);
  holder = jumin_card_session_read_holder (transmit, &liar, card, today, &second_error);
  check_holder (holder, second_error, today);
  return 0;
}
