/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl card: says what the card reader sees, through the same driver that the terminal uses.
 * Whatever is personal is masked. */
#include "ctl/command-line.h"
#include "ctl/command.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#include "devices/pcsc-card-reader.h"
#include "model/mask.h"

enum
{
  READER_WAIT_MS = 3000, /* the service may be started by our asking */
  CARD_WAIT_MS = 500,    /* and sees its card a moment after its reader */
  CARD_EMPTY = 3,
  CARD_READER_MISSING = 4
};

typedef struct
{
  JuminClock *clock;
  JuminCardReader *reader;
  gpointer timer;
  GAsyncResult *result;
  cJSON *report;
} Look;

static const struct
{
  gboolean is_failure;
  int code;
  const char *word;
} error_words[] = {
  { FALSE, JUMIN_RETRY_CARD_REVERSED, "card-reversed" },
  { FALSE, JUMIN_RETRY_CARD_MUTE, "card-mute" },
  { FALSE, JUMIN_RETRY_CARD_STUCK, "card-stuck" },
  { FALSE, JUMIN_RETRY_CARD_FOREIGN, "card-foreign" },
  { FALSE, JUMIN_RETRY_CARD_BANK, "card-bank" },
  { FALSE, JUMIN_RETRY_CARD_PULLED, "card-pulled" },
  { FALSE, JUMIN_RETRY_CARD_CHANGED, "card-changed" },
  { FALSE, JUMIN_RETRY_CARD_UNREADABLE, "card-unreadable" },
  { FALSE, JUMIN_RETRY_CARD_EXPIRED, "card-expired" },
  { TRUE, JUMIN_FAILURE_READER_MISSING, "reader-missing" },
  { TRUE, JUMIN_FAILURE_READER_SERVICE, "reader-service" },
  { TRUE, JUMIN_FAILURE_READER_REFUSED, "reader-refused" },
  { TRUE, JUMIN_FAILURE_READER_FAULTY, "reader-faulty" },
  { TRUE, JUMIN_FAILURE_HOLDER_LOCKED, "holder-locked" },
};

static gboolean
on_time_out (gpointer data)
{
  ((Look *)data)->timer = NULL;
  return G_SOURCE_REMOVE;
}

/* Waits until the reader has come as far as @state, at most @ms. */
static gboolean
wait_for_state (Look *self, JuminReaderState state, guint ms)
{
  self->timer = jumin_clock_after (self->clock, ms, on_time_out, self);
  while (self->timer != NULL && jumin_card_reader_get_state (self->reader) < state)
    g_main_context_iteration (NULL, TRUE);
  jumin_clock_cancel (self->clock, &self->timer);
  return jumin_card_reader_get_state (self->reader) >= state;
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Look *)data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Look *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&self->result);
}

static void
report_error (Look *self, const GError *error)
{
  cJSON *object = cJSON_CreateObject ();
  const char *word = "other";

  for (gsize i = 0; i < G_N_ELEMENTS (error_words); i++)
    if (g_error_matches (error, error_words[i].is_failure ? JUMIN_FAILURE : JUMIN_RETRY,
                         error_words[i].code))
      word = error_words[i].word;
  cJSON_AddStringToObject (object, "code", word);
  cJSON_AddStringToObject (object, "message", error->message);
  cJSON_ReplaceItemInObjectCaseSensitive (self->report, "error", object);
}

static void
replace_string (cJSON *object, const char *key, const char *value)
{
  cJSON_ReplaceItemInObjectCaseSensitive (object, key, cJSON_CreateString (value));
}

static void
report_masked (cJSON *object, const char *key, char *masked)
{
  replace_string (object, key, masked);
  g_free (masked);
}

/* Every key is always there; what is not known is null. */
static cJSON *
create_report (void)
{
  cJSON *report = cJSON_CreateObject (), *holder;

  cJSON_AddStringToObject (report, "reader", "missing");
  cJSON_AddStringToObject (report, "card", "empty");
  cJSON_AddNullToObject (report, "kind");
  cJSON_AddNullToObject (report, "version");
  cJSON_AddNullToObject (report, "identifier");
  holder = cJSON_AddObjectToObject (report, "holder");
  cJSON_AddNullToObject (holder, "state");
  cJSON_AddNullToObject (holder, "name");
  cJSON_AddNullToObject (holder, "number");
  cJSON_AddNullToObject (report, "error");
  return report;
}

static JuminCard *
look_at_card (Look *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JuminCard *card;

  jumin_card_reader_read_card_async (self->reader, NULL, on_ready, self);
  result = wait_for_result (self);
  card = jumin_card_reader_read_card_finish (self->reader, result, &error);
  if (card == NULL)
    {
      if (g_error_matches (error, JUMIN_RETRY, JUMIN_RETRY_CARD_FOREIGN))
        replace_string (self->report, "kind", "unknown");
      report_error (self, error);
      return NULL;
    }
  replace_string (self->report, "kind", "social-security");
  replace_string (self->report, "version", card->version);
  report_masked (self->report, "identifier", jumin_mask_number (card->identifier));
  return card;
}

static gboolean
look_at_holder (Look *self, const JuminCard *card)
{
  cJSON *report = cJSON_GetObjectItemCaseSensitive (self->report, "holder");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JuminIdentity) holder = NULL;
  g_autoptr (GError) error = NULL;

  jumin_card_reader_read_holder_async (self->reader, card, NULL, on_ready, self);
  result = wait_for_result (self);
  holder = jumin_card_reader_read_holder_finish (self->reader, result, &error);
  if (holder != NULL)
    {
      replace_string (report, "state", "read");
      report_masked (report, "name", jumin_identity_dup_masked_name (holder));
      report_masked (report, "number", jumin_identity_dup_masked_number (holder));
      return TRUE;
    }
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED))
    {
      replace_string (report, "state", "locked");
      return TRUE;
    }
  replace_string (report, "state", "error");
  report_error (self, error);
  return FALSE;
}

static int
look (Look *self)
{
  g_autofree JuminCard *card = NULL;

  if (!wait_for_state (self, JUMIN_READER_EMPTY, READER_WAIT_MS))
    return CARD_READER_MISSING;
  replace_string (self->report, "reader", "present");
  if (!wait_for_state (self, JUMIN_READER_OCCUPIED, CARD_WAIT_MS))
    return CARD_EMPTY;
  replace_string (self->report, "card", "present");
  card = look_at_card (self);
  return card != NULL && look_at_holder (self, card) ? JUMINCTL_GOOD : JUMINCTL_BAD;
}

static int
run (const char *reader_match, gboolean one_line)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  g_autoptr (JuminPcscCardReader) reader = jumin_pcsc_card_reader_new (reader_match, clock);
  Look self = { .clock = clock, .reader = JUMIN_CARD_READER (reader), .report = create_report () };
  int code = look (&self);
  char *text = one_line ? cJSON_PrintUnformatted (self.report) : cJSON_Print (self.report);

  puts (text);
  cJSON_free (text);
  cJSON_Delete (self.report);
  return code;
}

int
juminctl_card (char **arguments)
{
  g_autofree char *reader = NULL;
  gboolean one_line = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &one_line, "In one line, for programs", NULL },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &reader, "What the reader's name begins with", "NAME" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };

  if (!juminctl_line_parse (&line, arguments, entries, 0))
    return JUMINCTL_USAGE;
  return run (reader, one_line);
}
