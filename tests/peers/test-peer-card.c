/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual card behind a real pcscd, read with libpcsclite as any program would: bytes in, bytes
 * out. libpcsclite looks for its server once a process, so all tests share one. */
#include "peer-runner.h"

#include <glib/gstdio.h>
#include <string.h>
#include <winscard.h>

enum
{
  NO_READERS = 1, /* bytes of an empty list */
  LIST_LOOKS_MAX = 100,
  LIST_LOOK_MS = 50,
  EVENT_MS_MAX = 10000,
  ANSWER_BYTES_MAX = 300
};

#define SELECT_SSSE "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
#define SSSE_ANSWER "6F16840F7378312E73682EC9E7BBE1B1A3D5CFA50388010B9000"

static char *dir;
static JuminPeerRun *server, *card;
static SCARDCONTEXT context;
static const char reader[] = "Jumin Peer Reader (R1) 00 00";

static void
ask (JuminPeerRun *peer, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (peer, command);

  g_assert_true (g_str_has_prefix (reply, "ok"));
}

static void
wait_for_state (const char *name, DWORD wanted)
{
  SCARD_READERSTATE state = { .szReader = name, .dwCurrentState = SCARD_STATE_UNAWARE };
  gint64 deadline = g_get_monotonic_time () + EVENT_MS_MAX * G_TIME_SPAN_MILLISECOND;

  while ((state.dwEventState & wanted) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      LONG result = SCardGetStatusChange (context, EVENT_MS_MAX, &state, 1);
      g_assert_cmpint (result, ==, SCARD_S_SUCCESS);
      state.dwCurrentState = state.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    }
}

/* Puts the card of @id in; returns a connection to it. */
static SCARDHANDLE
insert (const char *id)
{
  g_autofree char *command = g_strconcat ("insert ", id, NULL);
  SCARDHANDLE handle;
  DWORD protocol;

  ask (card, command);
  wait_for_state (reader, SCARD_STATE_PRESENT);
  LONG result = SCardConnect (context, reader, SCARD_SHARE_EXCLUSIVE,
                              SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle, &protocol);
  g_assert_cmpint (result, ==, SCARD_S_SUCCESS);
  return handle;
}

static void
eject (SCARDHANDLE handle)
{
  SCardDisconnect (handle, SCARD_LEAVE_CARD);
  ask (card, "eject");
  ask (card, "fault none");
  wait_for_state (reader, SCARD_STATE_EMPTY);
}

static LONG
transmit (SCARDHANDLE handle, const char *hex, char answer_hex[2 * ANSWER_BYTES_MAX + 1])
{
  BYTE command[ANSWER_BYTES_MAX], answer[ANSWER_BYTES_MAX];
  DWORD n_command = (DWORD)strlen (hex) / 2, n_answer = sizeof answer, protocol = 0, size = 0;

  SCardStatus (handle, NULL, &size, NULL, &protocol, NULL, NULL);
  for (DWORD i = 0; i < n_command; i++)
    command[i]
        = (BYTE)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  LONG result = SCardTransmit (handle, protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0,
                               command, n_command, NULL, answer, &n_answer);
  answer_hex[0] = '\0';
  for (DWORD i = 0; result == SCARD_S_SUCCESS && i < n_answer; i++)
    g_snprintf (answer_hex + 2 * i, 3, "%02X", answer[i]);
  return result;
}

static void
assert_answer (SCARDHANDLE handle, const char *command, const char *wanted)
{
  char answer[2 * ANSWER_BYTES_MAX + 1];

  g_assert_cmpint (transmit (handle, command, answer), ==, SCARD_S_SUCCESS);
  g_assert_cmpstr (answer, ==, wanted);
}

typedef struct
{
  const char *command, *answer;
} Exchange;

typedef struct
{
  const char *path, *resident;
  Exchange exchanges[12];
} Case;

static const Case cases[] = {
  { "/peer-card/a_free_t0_card_answers_61xx_and_6Cxx",
    "li-ceshi",
    { { SELECT_SSSE, "6118" },
      { "00C0000018", SSSE_ANSWER },
      { "00B2012812", "0110500000D156000005000012340000000A9000" },
      { "00A4020002EF06", "6106" },
      { "00B2080000", "6C14" },
      { "00B2080014", "08123530303130323139393030333037303031309000" },
      { "00B2090020", "091EC0EEB2E2CAD40000000000000000000000000000000000000000000000009000" },
      { "00B2010403", "6A86" },
      { "00B20F0003", "6A83" },
      { "0020000003", "6D00" } } },
  { "/peer-card/a_first_generation_card_has_no_extension_record",
    "wang-yidai",
    { { SELECT_SSSE, "6118" },
      { "00B2033006", "6A83" },
      { "00B2032806", "0304312E30309000" },
      { "00B24E3016", "6A83" },
      { "00B2033403", "0A01319000" } } },
  { "/peer-card/record_numbers_only",
    "chen-bianhao",
    { { SELECT_SSSE, "6118" },
      { "00B2082800", "6A86" },
      { "00B2012C12", "0110500000D156000005000012360000000A9000" },
      { "00B2043403", "0A01329000" } } },
  { "/peer-card/a_locked_card_says_so",
    "zhao-suoding",
    { { SELECT_SSSE "00", SSSE_ANSWER },
      { "00B2032800", "0304332E30309000" },
      { "00B2072800", "6982" },
      { "00A4000002EF06", "9000" },
      { "00B2080000", "6982" },
      { "00B2090000", "6982" } } },
  { "/peer-card/a_bank_card_has_no_social_security",
    "sun-yinhang",
    { { SELECT_SSSE, "6A82" },
      { "00A40400"
        "08A000000333010101",
        "6111" } } },
  { "/peer-card/the_root_first",
    "feng-bashi",
    { { SELECT_SSSE, "6A82" }, { "00A40000023F00", "9000" }, { SELECT_SSSE, "6118" } } },
  { "/peer-card/a_long_name_goes_on_in_the_extension_record",
    "montgomery",
    { { SELECT_SSSE, "6118" },
      { "00B2093020", "091E414C4558414E444552204A4F4E415448414E204D4F4E54474F4D4552592D9000" },
      { "00B24E3016", "4E1457454C4C494E47544F4E20534D495448000000009000" } } },
  { "/peer-card/a_character_of_four_bytes_and_padding_with_spaces",
    "he-qian",
    { { SELECT_SSSE, "9000" },
      { "00B2093000", "091EBACE9933C336"
                      "202020202020202020202020202020202020202020202020"
                      "9000" } } },
};

/* pcscd takes a reader off its list a moment after it has said that the reader is gone. */
static void
wait_for_list (DWORD wanted)
{
  SCARD_READERSTATE changes = { .szReader = "\\\\?PnP?\\Notification" };
  DWORD length = 0;

  for (int i = 0; i < LIST_LOOKS_MAX && length != wanted; i++)
    {
      LONG result = SCardListReaders (context, NULL, NULL, &length);

      if (result == SCARD_E_NO_READERS_AVAILABLE)
        length = NO_READERS;
      else
        g_assert_cmpint (result, ==, SCARD_S_SUCCESS);
      if (length != wanted)
        SCardGetStatusChange (context, LIST_LOOK_MS, &changes, 1);
    }
  g_assert_cmpuint (length, ==, wanted);
}

static void
test_exchanges (gconstpointer data)
{
  const Case *row = data;
  SCARDHANDLE handle = insert (row->resident);

  for (gsize i = 0; i < G_N_ELEMENTS (row->exchanges) && row->exchanges[i].command; i++)
    assert_answer (handle, row->exchanges[i].command, row->exchanges[i].answer);
  eject (handle);
}

static void
test_every_resident_has_a_card (void)
{
  g_autofree char *reply = jumin_peer_ask (card, "list");
  g_auto (GStrv) ids = g_strsplit (reply, " ", 0);

  g_assert_cmpuint (g_strv_length (ids), >, 16);
  for (char **id = ids + 1; *id != NULL; id++)
    eject (insert (*id));
}

static void
test_nothing_before_the_application (void)
{
  SCARDHANDLE handle = insert ("li-ceshi");

  assert_answer (handle, "00B2012812", "6985");
  assert_answer (handle, "00A4000002EF05", "6A82");
  assert_answer (handle, SELECT_SSSE, "6118");
  assert_answer (handle, "00B2010012", "6986");
  eject (handle);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *fault, *command, *answer;
  } rows[] = {
    { "fault truncated 03", "00B2032804", "0304322E9000" },
    { "fault surplus 03", "00B203280A", "0304322E30304A554D499000" },
    { "fault long", "00B203280A", "0308322E30304A554D499000" },
    { "fault wrong-tag 03", "00B2032806", "4304322E30309000" },
    { "fault truncated 08", "00B2032806", "0304322E30309000" },
    { "fault empty", "00B2032800", "6C00" },
    { "fault endless", "00C0000008", "00000000000000006108" },
    { "fault wrong-le", "00B2032807", "6C07" },
    { "fault short", "00B2032806", "03" },
    { "fault status 6F00", "00B2032806", "6F00" },
    { "fault unknown", SELECT_SSSE, "6A82" },
  };
  SCARDHANDLE handle = insert ("li-ceshi");

  assert_answer (handle, SELECT_SSSE, "6118");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ask (card, rows[i].fault);
      assert_answer (handle, rows[i].command, rows[i].answer);
    }
  eject (handle);
}

static void
test_a_fault_begins_at_its_command (void)
{
  SCARDHANDLE handle;
  char first[2 * ANSWER_BYTES_MAX + 1], second[2 * ANSWER_BYTES_MAX + 1];

  ask (card, "fault status 6F00 from 3");
  handle = insert ("li-ceshi");
  assert_answer (handle, SELECT_SSSE, "6118");
  assert_answer (handle, "00C0000018", SSSE_ANSWER);
  assert_answer (handle, "00B2032806", "6F00");
  eject (handle);

  for (int i = 0; i < 2; i++)
    {
      ask (card, "fault garbage 7");
      handle = insert ("li-ceshi");
      g_assert_cmpint (transmit (handle, SELECT_SSSE, i == 0 ? first : second), ==,
                       SCARD_S_SUCCESS);
      eject (handle);
    }
  g_assert_cmpstr (first, ==, second);
}

/* As one that lies in a reader whose plug is pulled. */
static void
test_a_card_stays_in_a_reader_that_goes (void)
{
  eject (insert ("li-ceshi"));
  ask (card, "insert li-ceshi");
  wait_for_state (reader, SCARD_STATE_PRESENT);
  ask (server, "remove R1");
  wait_for_list (NO_READERS);
  ask (server, "add R1");
  wait_for_state (reader, SCARD_STATE_PRESENT);
  ask (card, "eject");
  wait_for_state (reader, SCARD_STATE_EMPTY);
}

static void
test_a_card_pulled_in_the_middle (void)
{
  SCARDHANDLE handle = insert ("li-ceshi");
  char answer[2 * ANSWER_BYTES_MAX + 1];

  ask (card, "fault pull 2");
  assert_answer (handle, SELECT_SSSE, "6118");
  g_assert_cmpint (transmit (handle, "00C0000018", answer), !=, SCARD_S_SUCCESS);
  wait_for_state (reader, SCARD_STATE_EMPTY);
  eject (handle);
}

static void
test_an_upside_down_card_is_mute (void)
{
  ask (card, "fault no-atr");
  ask (card, "insert li-ceshi");
  wait_for_state (reader, SCARD_STATE_MUTE);
  ask (card, "eject");
  ask (card, "fault none");
  wait_for_state (reader, SCARD_STATE_EMPTY);
}

static void
test_readers_come_and_go (void)
{
  DWORD length = 0, before;

  SCardListReaders (context, NULL, NULL, &length);
  before = length;
  ask (server, "add R2");
  g_assert_cmpint (SCardListReaders (context, NULL, NULL, &length), ==, SCARD_S_SUCCESS);
  g_assert_cmpuint (length, >, before);
  ask (server, "remove R2");
  wait_for_list (before);
}

static void
test_wrong_commands_are_refused (void)
{
  static const char *const wrong[] = { "insert nobody",
                                       "slow x",
                                       "fault",
                                       "fault sometimes",
                                       "fault mute from",
                                       "fault mute from x",
                                       "fault none 1",
                                       "fault truncated 01 02",
                                       "dance" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *reply = jumin_peer_ask (card, wrong[i]);
      g_assert_true (g_str_has_prefix (reply, "error "));
    }
}

static void
start_peers (void)
{
  dir = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  g_autofree char *server_control = g_build_filename (dir, "pcscd", "control", NULL);
  g_autofree char *server_dir = g_build_filename (dir, "pcscd", NULL);
  g_autofree char *socket = g_build_filename (server_dir, "card-R1.sock", NULL);
  g_autofree char *card_control = g_build_filename (dir, "card", NULL);

  server = jumin_peer_run ("jumin-peer-pcscd", server_control, "--dir", server_dir, "--reader",
                           "R1", NULL);
  card = jumin_peer_run ("jumin-peer-card", card_control, "--reader", socket, "--control",
                         card_control, NULL);
  g_setenv ("PCSCLITE_CSOCK_NAME", server->ready, TRUE);
  g_assert_cmpint (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context), ==,
                   SCARD_S_SUCCESS);
}

/* Nothing stays behind: the folder must be empty to go. */
static void
end_peers (void)
{
  SCardReleaseContext (context);
  jumin_peer_run_end (card);
  jumin_peer_run_end (server);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  start_peers ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_exchanges);
  g_test_add_func ("/peer-card/every_resident_has_a_card", test_every_resident_has_a_card);
  g_test_add_func ("/peer-card/nothing_before_the_application",
                   test_nothing_before_the_application);
  g_test_add_func ("/peer-card/faults_are_as_ordered", test_faults);
  g_test_add_func ("/peer-card/a_fault_begins_at_its_command", test_a_fault_begins_at_its_command);
  g_test_add_func ("/peer-card/a_card_stays_in_a_reader_that_goes",
                   test_a_card_stays_in_a_reader_that_goes);
  g_test_add_func ("/peer-card/a_card_pulled_in_the_middle", test_a_card_pulled_in_the_middle);
  g_test_add_func ("/peer-card/an_upside_down_card_is_mute", test_an_upside_down_card_is_mute);
  g_test_add_func ("/peer-card/readers_come_and_go", test_readers_come_and_go);
  g_test_add_func ("/peer-card/wrong_commands_are_refused", test_wrong_commands_are_refused);
  int result = g_test_run ();
  end_peers ();
  return result;
}
