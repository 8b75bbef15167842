/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of card that we know, and every way in which one can be wrong, without a reader. */
#include "devices/card-session.h"

#include <string.h>

#include "devices/card-name.h"
#include "devices/tlv.h"
#include "fake-card.h"

#define NUMBER "500102199003070010"
#define OTHER_IDENTIFIER "500000D1560000050000999900000000"
#define NAME "\xC0\xEE\xB2\xE2\xCA\xD4" /* 李测试 */
#define NAME_UTF8 "李测试"

/* A name that fills its record and goes on in the extension: 阿 fifteen times, then 丽. */
#define A "\xB0\xA2"
#define LONG_NAME A A A A A A A A A A A A A A A
#define LONG_NAME_UTF8 "阿阿阿阿阿阿阿阿阿阿阿阿阿阿阿丽"

static const guint8 holder_tags[] = { 0x07, 0x08, 0x09, 0x4E, 0x0A, 0 };
static const guint8 validity_tag[] = { 0x06, 0 };

static GDate
get_today (void)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 21, G_DATE_NOVEMBER, 2026);
  return today;
}

static JuminCard *
read_card (FakeCard *card, GError **error)
{
  fake_card_power (card);
  return jumin_card_session_read_card (fake_card_transmit, card, error);
}

static JuminIdentity *
read_holder (FakeCard *card, GError **error)
{
  const char *identifier
      = card->identifier != NULL ? card->identifier : "500000D1560000050000123400000000";
  JuminCard expected = { 0 };
  GDate today = get_today ();

  g_strlcpy (expected.identifier, identifier, sizeof expected.identifier);
  fake_card_power (card);
  return jumin_card_session_read_holder (fake_card_transmit, card, &expected, &today, error);
}

/* Cards that are read, each in its own spelling. */
static FakeCard good_cards[] = {
  { .title = "v1, by tag", .version = "1.00", .padding = ' ', .no_extension = TRUE },
  { .title = "v1, from the master file", .version = "1.00", .wants_master = TRUE },
  { .title = "v1, T=0",
    .version = "1.00",
    .answers_61 = TRUE,
    .answers_6c = TRUE,
    .only_select_00 = TRUE },
  { .title = "v2, by number", .version = "2.00", .only_numbers = TRUE },
  { .title = "v2, by number, T=0",
    .version = "2.00",
    .only_numbers = TRUE,
    .answers_6c = TRUE,
    .answers_61 = TRUE },
  { .title = "v2, short file identifiers", .version = "2.00", .only_sfi = TRUE },
  { .title = "v2, short file identifiers and numbers",
    .version = "2.00",
    .only_sfi = TRUE,
    .only_numbers = TRUE },
  { .title = "v2, numbers whatever is asked", .version = "2.00", .numbers_as_tags = TRUE },
  { .title = "v2, exact length without a word", .version = "2.00", .refuses_le_00 = TRUE },
  { .title = "v2, padded with FF", .version = "2.00", .padding = 0xFF },
  { .title = "v3, open", .version = "3.00" },
  { .title = "v3, validity locked", .version = "3.00", .locked = validity_tag },
  { .title = "v3, without end", .version = "3.00", .valid_until = "FFFFFFFF" },
  { .title = "v3, last day", .version = "3.00", .valid_until = "20261121" },
  { .title = "v3, no extension", .version = "3.00", .no_extension = TRUE },
};

static void
test_good_cards (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_cards); i++)
    {
      FakeCard *card = &good_cards[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (JuminIdentity) holder = NULL;
      g_autofree JuminCard *seen = NULL;

      g_test_message ("%s", card->title);
      card->number = NUMBER;
      card->name = NAME;
      seen = read_card (card, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (seen->version, ==, card->version);
      g_assert_cmpstr (seen->identifier, ==, "500000D1560000050000123400000000");
      holder = read_holder (card, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (jumin_identity_get_name (holder), ==, NAME_UTF8);
      g_assert_cmpstr (jumin_identity_get_number (holder), ==, NUMBER);
      g_assert_cmpint (jumin_identity_get_proof (holder), ==, JUMIN_PROOF_CARD);
    }
}

/* Cards whose holder cannot be had from them, and what is said. */
static struct
{
  FakeCard card;
  gboolean is_failure;
  int code;
} bad_holders[] = {
  { { .title = "locked", .version = "3.00", .locked = holder_tags },
    TRUE,
    JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "locked by 6985",
      .version = "3.00",
      .locked = holder_tags,
      .locked_status = 0x6985 },
    TRUE,
    JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "expired", .version = "2.00", .valid_until = "20261120" },
    FALSE,
    JUMIN_RETRY_CARD_EXPIRED },
  { { .title = "expired and locked",
      .version = "3.00",
      .valid_until = "20200101",
      .locked = holder_tags },
    FALSE,
    JUMIN_RETRY_CARD_EXPIRED },
  { { .title = "old number", .version = "1.00", .number = "500102900307001" },
    TRUE,
    JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "wrong check character", .version = "2.00", .number = "500102199003070011" },
    FALSE,
    JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "blank", .version = "2.00", .number = "", .name = "" },
    FALSE,
    JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "name is not GB18030", .version = "2.00", .name = "\xD5\x20\xFF\xFE" },
    TRUE,
    JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "name with a control character", .version = "2.00", .name = NAME "\x1B[2J" },
    TRUE,
    JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "no name", .version = "2.00", .name = "" }, TRUE, JUMIN_FAILURE_HOLDER_LOCKED },
  { { .title = "truncated name", .version = "2.00", .truncated = 0x09 },
    FALSE,
    JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "surplus in the number", .version = "2.00", .surplus = 0x08 },
    FALSE,
    JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "another tag than asked", .version = "2.00", .mistaken = 0x09 },
    FALSE,
    JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "pulled in the middle", .version = "2.00", .pulled_at = 7 },
    FALSE,
    JUMIN_RETRY_CARD_PULLED },
  { { .title = "one byte", .version = "2.00", .short_at = 7 }, FALSE, JUMIN_RETRY_CARD_UNREADABLE },
  { { .title = "another card at the end", .version = "2.00", .later_identifier = OTHER_IDENTIFIER },
    FALSE,
    JUMIN_RETRY_CARD_CHANGED },
};

static void
test_bad_holders (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_holders); i++)
    {
      FakeCard *card = &bad_holders[i].card;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", card->title);
      if (card->number == NULL)
        card->number = NUMBER;
      if (card->name == NULL)
        card->name = NAME;
      g_assert_null (read_holder (card, &error));
      g_assert_error (error, (bad_holders[i].is_failure ? JUMIN_FAILURE : JUMIN_RETRY),
                      bad_holders[i].code);
      /* Nothing personal in what a log may hold. */
      g_assert_null (strstr (error->message, "5001021990"));
      g_assert_null (strstr (error->message, "50000"));
      g_assert_null (strstr (error->message, NAME_UTF8));
    }
}

static void
test_pulled_at_every_command (void)
{
  FakeCard card = { .version = "2.00", .number = NUMBER, .name = NAME, .answers_6c = TRUE };
  g_autoptr (JuminIdentity) holder = read_holder (&card, NULL);
  guint n = card.n_commands;

  g_assert_nonnull (holder);
  for (card.pulled_at = 1; card.pulled_at <= n; card.pulled_at++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_holder (&card, &error));
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED);
    }
}

static void
test_bad_cards (void)
{
  static struct
  {
    FakeCard card;
    int code;
  } rows[] = {
    { { .title = "no application", .version = "2.00", .foreign = TRUE }, JUMIN_RETRY_CARD_FOREIGN },
    { { .title = "bank's directory", .foreign = TRUE, .bank = "1PAY" }, JUMIN_RETRY_CARD_BANK },
    { { .title = "bank's debit application", .foreign = TRUE, .bank = "\xA0" },
      JUMIN_RETRY_CARD_BANK },
    { { .title = "unknown version", .version = "9.00" }, JUMIN_RETRY_CARD_UNREADABLE },
    { { .title = "blank identifier",
        .version = "2.00",
        .identifier = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" },
      JUMIN_RETRY_CARD_UNREADABLE },
    { { .title = "truncated identifier", .version = "2.00", .truncated = 0x01 },
      JUMIN_RETRY_CARD_UNREADABLE },
    { { .title = "pulled", .version = "2.00", .pulled_at = 3 }, JUMIN_RETRY_CARD_PULLED },
    { { .title = "one byte", .version = "2.00", .short_at = 1 }, JUMIN_RETRY_CARD_UNREADABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].card.title);
      g_assert_null (read_card (&rows[i].card, &error));
      g_assert_error (error, JUMIN_RETRY, rows[i].code);
    }
}

static void
test_other_card_says_nothing (void)
{
  FakeCard card = { .version = "2.00", .number = NUMBER, .name = NAME };
  JuminCard expected = { .identifier = OTHER_IDENTIFIER };
  GDate today = get_today ();
  g_autoptr (GError) error = NULL;

  card.log = g_string_new (NULL);
  g_assert_null (
      jumin_card_session_read_holder (fake_card_transmit, &card, &expected, &today, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_CHANGED);
  g_assert_null (strstr (card.log->str, "EF06"));
  g_string_free (card.log, TRUE);
}

/* The whole of what a card is told before the resident has agreed, in every spelling. */
static gboolean
is_allowed_before_agreement (const char *command)
{
  guint tag = 0;

  if (g_str_has_prefix (command, "00A40400") || g_str_has_prefix (command, "00C00000")
      || strcmp (command, "00A40000023F00") == 0)
    return TRUE;
  if (strcmp (command, "00A4000002EF05") == 0 || strcmp (command, "00A4020002EF05") == 0)
    return TRUE;
  if (!g_str_has_prefix (command, "00B2"))
    return FALSE;
  tag = (guint)(g_ascii_xdigit_value (command[4]) << 4 | g_ascii_xdigit_value (command[5]));
  return (tag == 0x01 || tag == 0x03)
         && (strncmp (command + 6, "00", 2) == 0 || strncmp (command + 6, "04", 2) == 0
             || strncmp (command + 6, "28", 2) == 0 || strncmp (command + 6, "2C", 2) == 0);
}

static void
test_before_agreement (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_cards); i++)
    {
      FakeCard card = good_cards[i];
      g_autofree JuminCard *seen = NULL;
      g_auto (GStrv) commands = NULL;

      card.log = g_string_new (NULL);
      seen = read_card (&card, NULL);
      g_assert_nonnull (seen);
      commands = g_strsplit (card.log->str, "\n", -1);
      for (guint j = 0; commands[j][0] != '\0'; j++)
        if (!is_allowed_before_agreement (commands[j]))
          g_error ("%s was told %s before the agreement", card.title, commands[j]);
      g_string_free (card.log, TRUE);
    }
}

static void
assert_name (const char *name, const char *extension, const char *expected)
{
  JuminCardName bytes = { 0 };
  char decoded[JUMIN_NAME_BYTES_MAX + 1];

  jumin_card_name_append (&bytes, (const guint8 *)name, strlen (name));
  jumin_card_name_append (&bytes, (const guint8 *)extension, strlen (extension));
  if (expected == NULL)
    {
      g_assert_false (jumin_card_name_decode (&bytes, decoded));
      g_assert_cmpstr (decoded, ==, "");
      return;
    }
  g_assert_true (jumin_card_name_decode (&bytes, decoded));
  g_assert_cmpstr (decoded, ==, expected);
}

static void
test_names (void)
{
  assert_name (NAME, "", NAME_UTF8);
  assert_name (NAME "      ", "  ", NAME_UTF8);
  assert_name (NAME "\xFF\xFF", "\xFF", NAME_UTF8);
  /* A character of four bytes, U+20BB7. */
  assert_name ("\x95\x34\xB2\x35\xCC\xEF", "", "𠮷田");
  /* One that begins in one record and ends in the other. */
  assert_name (LONG_NAME, "\xC0\xF6", LONG_NAME_UTF8);
  assert_name ("\xC0\xEE\xB2", "\xE2\xCA\xD4", NAME_UTF8);
  assert_name ("\xB0\xA2\xB2\xBB\xA1\xA4\xC0\xF6", "", "阿不·丽");
  assert_name ("ANNA MARIA", "", "ANNA MARIA");
  assert_name ("", "", NULL);
  assert_name ("\xC0\xEE\xB2", "", NULL);
  assert_name ("\xC0\xEE\x0A", "", NULL);
  assert_name ("\xC0\xEE\x7F", "", NULL);
  assert_name ("\x81\x36\xA5\x31", "", NULL); /* U+200F, right-to-left mark */
}

static void
test_tlv (void)
{
  static const guint8 record[] = { 0x09, 0x02, 0xAA, 0xBB };
  JuminTlv tlv;

  g_assert_cmpint (jumin_tlv_parse (record, 4, 0x09, &tlv), ==, JUMIN_TLV_GOOD);
  g_assert_cmpmem (tlv.value, tlv.length, record + 2, 2);
  g_assert_cmpint (jumin_tlv_parse (record, 4, 0x08, &tlv), ==, JUMIN_TLV_WRONG_TAG);
  g_assert_cmpint (jumin_tlv_parse (record, 3, 0x09, &tlv), ==, JUMIN_TLV_TRUNCATED);
  g_assert_cmpint (jumin_tlv_parse (record, 1, 0x09, &tlv), ==, JUMIN_TLV_SHORT);
  g_assert_cmpint (jumin_tlv_parse (record, 0, 0x09, &tlv), ==, JUMIN_TLV_SHORT);
  g_assert_cmpint (jumin_tlv_parse ((const guint8[]){ 0x09, 0x01, 0xAA, 0xBB }, 4, 0x09, &tlv), ==,
                   JUMIN_TLV_SURPLUS);
}

static void
test_apdu (void)
{
  static const guint8 aid[] = { 1, 2, 3, 4, 5 };
  static const guint8 by_name[] = { 0x00, 0xA4, 0x04, 0x00, 5, 1, 2, 3, 4, 5 };
  static const guint8 file[] = { 0x00, 0xA4, 0x02, 0x00, 2, 0xEF, 0x05 };
  static const guint8 record[] = { 0x00, 0xB2, 0x07, 0x28, 0x0B };
  static const guint8 response[] = { 0x00, 0xC0, 0x00, 0x00, 0x18 };
  JuminApdu apdu = jumin_apdu_select_by_name (aid, sizeof aid);

  g_assert_cmpmem (apdu.bytes, apdu.length, by_name, sizeof by_name);
  apdu = jumin_apdu_select_file (0x02, 0xEF05);
  g_assert_cmpmem (apdu.bytes, apdu.length, file, sizeof file);
  apdu = jumin_apdu_read_record (0x07, 0x28, 0x0B);
  g_assert_cmpmem (apdu.bytes, apdu.length, record, sizeof record);
  apdu = jumin_apdu_get_response (0x18);
  g_assert_cmpmem (apdu.bytes, apdu.length, response, sizeof response);

  g_assert_cmpint (jumin_apdu_status_get_outcome (0x9000), ==, JUMIN_APDU_DONE);
  g_assert_cmpint (jumin_apdu_status_get_outcome (0x6118), ==, JUMIN_APDU_MORE);
  g_assert_cmpint (jumin_apdu_status_get_outcome (0x6C12), ==, JUMIN_APDU_WRONG_LE);
  g_assert_cmpint (jumin_apdu_status_get_outcome (0x6982), ==, JUMIN_APDU_LOCKED);
  g_assert_cmpint (jumin_apdu_status_get_outcome (0x6A82), ==, JUMIN_APDU_ABSENT);
  g_assert_cmpint (jumin_apdu_status_get_outcome (0x6F01), ==, JUMIN_APDU_FAILED);
  g_assert_cmpstr (jumin_apdu_status_get_meaning (0x6A83), ==, "record not found");
}

/* A card that never ends its answer, and one that answers a GET RESPONSE for ever. */
static gboolean
endless_transmit (gpointer data, const guint8 *command, gsize command_length, guint8 *response,
                  gsize *response_length, GError **error)
{
  guint *n = data;

  (*n)++;
  memset (response, 0x11, JUMIN_APDU_RESPONSE_MAX);
  response[JUMIN_APDU_RESPONSE_MAX - 2] = 0x61;
  response[JUMIN_APDU_RESPONSE_MAX - 1] = 0x00;
  *response_length = JUMIN_APDU_RESPONSE_MAX;
  return TRUE;
}

static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_null (jumin_card_session_read_card (endless_transmit, &n, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_UNREADABLE);
  g_assert_cmpuint (n, <, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apdu/commands_and_status_words", test_apdu);
  g_test_add_func ("/tlv/the_length_byte_must_be_true", test_tlv);
  g_test_add_func ("/card/names_are_decoded_or_refused", test_names);
  g_test_add_func ("/card/every_layout_is_read_in_its_spelling", test_good_cards);
  g_test_add_func ("/card/before_the_agreement_only_version_and_identifier", test_before_agreement);
  g_test_add_func ("/card/what_is_no_card_of_ours_says_so", test_bad_cards);
  g_test_add_func ("/card/each_trouble_has_its_error", test_bad_holders);
  g_test_add_func ("/card/pulled_at_any_command_is_pulled", test_pulled_at_every_command);
  g_test_add_func ("/card/another_card_is_not_asked_for_its_holder", test_other_card_says_nothing);
  g_test_add_func ("/card/an_endless_answer_ends", test_endless);
  return g_test_run ();
}
