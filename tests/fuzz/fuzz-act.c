/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border, from ui to core: acts with any values on any page, while cards come and go, the
 * platform falls silent and time passes. After each the screen must be one that ui would take. */
#include "answers.h"
#include "fake-http.h"
#include "front/view-builder.h"
#include "fuzz.h"
#include "model/words.h"
#include "virtual-kiosk.h"
#include <string.h>

enum
{
  OPERATIONS_MAX = 60,
  TURNS_MAX = 200, /* of the main loop, until all is quiet */
  ADVANCE_MS = 500,
  N_STEPS = 20
};

#define BEGIN_S G_GINT64_CONSTANT (1795227960) /* 21 November 2026, 10:26 in the hall */

/* clang-format off */
static const char *const actions[]
    = { "start", "ticket", "set", "help", "stay", "exit", "home", "back", "agree", "retry",
        "reprint", "finish", "choose", "next", "anonymous", "awake", "services", "appointment", "again",
        "", "number", "type", "send-code", "resend", "check-code", "missing",
        "reveal", "section", "page", "paper", "enlarge" };
static const char *const names[] = { "id", "value", "matter", "priority", "" };
static const char *const words[]
    = { "queue", "general", "insurance", "tax", "elder", "language", "en", "on", "off", "reach",
        "contrast", "A001-0001", "0", "5", "X", "back", "clear", "",
        "fund", "social", "fund-lines", "2", "statement", "fund-deposit" };
/* clang-format on */

typedef struct
{
  VirtualKiosk kiosk;
  Feed feed;
  gboolean silent;
} Run;

static JuminHttpAnswer *
answer (const JuminHttpRequest *request, gpointer data)
{
  Run *run = data;
  char *body = run->silent ? NULL : fuzz_answer_dup (request->path);

  return body != NULL ? fake_http_answer_new (200, body, strlen (body)) : NULL;
}

static void
add_value (Run *run, GVariantDict *values)
{
  const char *name = names[feed_byte (&run->feed) % G_N_ELEMENTS (names)];
  guint8 word = feed_byte (&run->feed);
  g_autofree char *text = NULL;

  if (word < G_N_ELEMENTS (words))
    g_variant_dict_insert (values, name, "s", words[word]);
  else if (word % 2 == 0)
    {
      text = feed_dup (&run->feed, word / 2);
      if (g_utf8_validate (text, -1, NULL))
        g_variant_dict_insert (values, name, "s", text);
    }
  else
    g_variant_dict_insert (values, name, "t", (guint64)word);
}

/* As D-Bus gives them: whatever came, their form is a good one. */
static GVariant *
raw_values (Run *run)
{
  gsize length = feed_byte (&run->feed);
  const guint8 *bytes = feed_bytes (&run->feed, &length);
  g_autoptr (GBytes) copy = g_bytes_new (bytes, length);
  g_autoptr (GVariant) raw
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, copy, FALSE));

  return g_variant_get_normal_form (raw);
}

static void
act (Run *run, gboolean raw)
{
  const char *action = actions[feed_byte (&run->feed) % G_N_ELEMENTS (actions)];
  guint8 shape = feed_byte (&run->feed);
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) values = NULL;

  for (guint i = 0; i < shape % 4; i++)
    add_value (run, &dict);
  values = g_variant_ref_sink (g_variant_dict_end (&dict));
  if (raw)
    {
      g_variant_unref (values);
      values = raw_values (run);
    }
  jumin_terminal_act (run->kiosk.terminal, action, run->kiosk.scene->page_number - (shape >= 0xF0),
                      values);
}

static void
insert (Run *run)
{
  static const JuminCard card
      = { .version = "2.00", .identifier = "500000D156000005000012340000000A" };
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, "测试甲", "500103195506150029");

  jumin_virtual_card_reader_insert (run->kiosk.reader, &card, holder);
}

/* A whole number or a whole code, key by key. */
static void
type (Run *run, const char *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (GVariant) values = NULL;
      char text[] = { *key, '\0' };

      g_variant_dict_insert (&dict, "value", "s", text);
      values = g_variant_ref_sink (g_variant_dict_end (&dict));
      jumin_terminal_act (run->kiosk.terminal, "type", run->kiosk.scene->page_number, values);
    }
}

static void
set_printer (Run *run)
{
  guint8 bits = feed_byte (&run->feed);
  JuminPrinterStatus status = { .ready = (bits & 1) != 0,
                                .paper_low = (bits & 2) != 0,
                                .paper_end = (bits & 4) != 0,
                                .cover_open = (bits & 8) != 0,
                                .cutter_fault = (bits & 16) != 0,
                                .jammed = (bits & 32) != 0,
                                .missing = (bits & 64) != 0,
                                .silent = (bits & 128) != 0 };

  jumin_virtual_printer_set_status (run->kiosk.printer, &status);
}

static void
step (Run *run)
{
  JuminVirtualCardReader *reader = run->kiosk.reader;
  guint8 operation = feed_byte (&run->feed);

  switch (operation % N_STEPS)
    {
    case 6:
      insert (run);
      break;
    case 7:
      jumin_virtual_card_reader_pull (reader);
      break;
    case 8:
      jumin_clock_advance (run->kiosk.clock, ADVANCE_MS * (feed_byte (&run->feed) + 1u));
      break;
    case 9:
      run->silent = !run->silent;
      break;
    case 10:
      jumin_virtual_card_reader_fail_next (reader, JUMIN_RETRY,
                                           feed_byte (&run->feed) % (JUMIN_RETRY_CARD_EXPIRED + 1));
      break;
    case 11:
      jumin_virtual_printer_fail_next (run->kiosk.printer, JUMIN_FAILURE_PRINTER_PAPER);
      break;
    case 12:
      type (run, "500102199003070010");
      break;
    case 13:
      type (run, "123456");
      break;
    case 14:
      set_printer (run);
      break;
    case 15:
      jumin_virtual_card_reader_break (reader, feed_byte (&run->feed) % JUMIN_READER_EMPTY);
      break;
    case 16:
      jumin_virtual_card_reader_heal (reader);
      break;
    default:
      act (run, operation % N_STEPS == 5);
    }
}

static void
check_screen (Run *run)
{
  g_autoptr (JuminView) view = NULL, seen = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < TURNS_MAX && g_main_context_iteration (NULL, FALSE); i++)
    continue;
  view = jumin_view_build (run->kiosk.scene);
  variant = g_variant_ref_sink (jumin_view_to_variant (view));
  seen = jumin_view_from_variant (variant, &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Run run = { .feed = { data, size } };
  g_autoptr (JuminHttpClient) http = fake_http_client_new (answer, &run);
  g_autoptr (JuminHallClient) client = jumin_hall_client_new (http);
  g_autoptr (JuminClock) clock = jumin_clock_new_manual (BEGIN_S);
  static gboolean worded;

  if (!worded)
    jumin_words_init (JUMIN_LOCALEDIR);
  worded = TRUE;
  virtual_kiosk_init (&run.kiosk, &(VirtualKioskParts){ .clock = clock, .client = client });
  for (int i = 0; i < OPERATIONS_MAX && run.feed.left > 0; i++)
    {
      check_screen (&run);
      step (&run);
    }
  check_screen (&run);
  virtual_kiosk_finish (&run.kiosk);
  return 0;
}
