/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal with the real driver, a real pcscd, cards and a platform, and the people before it. */
#include "card-world.h"

#include "devices/pcsc-card-reader.h"

#include <string.h>

enum
{
  LOOK_MS = 5
};

/* A mute card is given up after 700 ms, a read after one and two seconds. */
#define SPEED 4
#define PATIENCE_OF_THE_READER "700"

gint64
card_world_now_ms (CardWorld *self)
{
  return jumin_clock_get_monotonic (self->clock) * SPEED / 1000;
}

static gboolean
on_look (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
card_world_iterate (void)
{
  guint look = g_timeout_add (LOOK_MS, on_look, NULL);

  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, look) != NULL)
    g_source_remove (look);
}

static void
tell (JuminPeerRun *peer, const char *format, const char *argument)
{
  g_autofree char *command = g_strdup_printf (format, argument);

  peer_tell (peer, command);
}

static guint
count_commands (CardWorld *self)
{
  g_autofree char *reply = jumin_peer_ask (self->pcscd.card, "status");
  const char *count = strstr (reply, "commands=");

  g_assert_nonnull (count);
  return (guint)g_ascii_strtoull (count + strlen ("commands="), NULL, 10);
}

static void
agree_when_asked (CardWorld *self)
{
  const JuminScene *scene = self->terminal.scene;

  if (scene->page != JUMIN_PAGE_CONSENT || scene->page_number == self->agreed)
    return;
  act (&self->terminal, "agree", NULL, NULL);
  self->agreed = scene->page_number;
}

/* What happens in the middle of the visit, once. */
static void
happen (CardWorld *self, const CardFault *fault)
{
  if (fault->reader != NULL)
    peer_tell (self->pcscd.pcscd, fault->reader);
  if (fault->card != NULL)
    peer_tell (self->pcscd.card, fault->card);
}

const JuminTroubleRow *
card_world_play (CardWorld *self, const CardFault *fault, gint64 *told_ms)
{
  const JuminScene *scene = self->terminal.scene;
  gint64 since = card_world_now_ms (self);
  gboolean happened = fault->at == 0;

  if (fault->platform != NULL)
    g_free (sandbox_process_control (self->terminal.sandbox, fault->platform));
  tell (self->pcscd.card, "fault %s", fault->fault != NULL ? fault->fault : "none");
  g_autofree char *slow = g_strdup_printf ("slow %u", fault->slow_ms);
  peer_tell (self->pcscd.card, slow);
  tell (self->pcscd.card, "insert %s", fault->resident);
  while (scene->page != JUMIN_PAGE_NOTICE && scene->identity == NULL)
    {
      card_world_iterate ();
      agree_when_asked (self);
      if (!happened && count_commands (self) >= fault->at)
        {
          happened = TRUE;
          happen (self, fault);
        }
      if (card_world_now_ms (self) - since > TOLD_MS_MAX)
        g_error ("'%s': nothing was told within %d ms", fault->name, TOLD_MS_MAX);
    }
  *told_ms = card_world_now_ms (self) - since;
  return scene->page == JUMIN_PAGE_NOTICE ? jumin_troubles_get (scene->troubles, scene->trouble)
                                          : NULL;
}

void
card_world_mend (CardWorld *self, const CardFault *fault)
{
  peer_tell (self->pcscd.card, "fault none");
  peer_tell (self->pcscd.card, "slow 0");
  peer_tell (self->pcscd.card, "eject");
  if (g_strcmp0 (fault->reader, "kill") == 0)
    peer_tell (self->pcscd.pcscd, "start");
  else if (fault->reader != NULL)
    peer_tell (self->pcscd.pcscd, "add R1");
  if (fault->platform != NULL)
    g_free (sandbox_process_control (self->terminal.sandbox, "up"));
}

void
card_world_leave (CardWorld *self)
{
  const JuminScene *scene = self->terminal.scene;
  gint64 since = card_world_now_ms (self);

  while (scene->page != JUMIN_PAGE_HOME || scene->in_visit || scene->card_in
         || scene->reader_missing)
    {
      if (scene->page == JUMIN_PAGE_NOTICE || scene->in_visit)
        act (&self->terminal, "exit", NULL, NULL);
      card_world_iterate ();
      if (card_world_now_ms (self) - since > TOLD_MS_MAX)
        g_error ("not back on the home page within %d ms", TOLD_MS_MAX);
    }
  g_assert_null (scene->identity);
  g_assert_false (scene->card_known);
}

const CardFault card_world_nothing_wrong = { .name = "a good card" };

guint
card_world_serve (CardWorld *self, const char *resident)
{
  CardFault good = card_world_nothing_wrong;
  gint64 told_ms;
  guint n;

  good.resident = resident;
  if (card_world_play (self, &good, &told_ms) != NULL)
    g_error ("'%s' was not served", resident);
  n = count_commands (self);
  card_world_mend (self, &good);
  card_world_leave (self);
  return n;
}

void
card_world_begin (CardWorld *self)
{
  *self = (CardWorld){ .clock = jumin_clock_new (SPEED) };
  g_setenv ("JUMIN_PEER_ANSWER_MS", PATIENCE_OF_THE_READER, TRUE);
  pcscd_fixture_init (&self->pcscd);
  self->reader = JUMIN_CARD_READER (jumin_pcsc_card_reader_new (NULL, self->clock));
  set_up_with (&self->terminal,
               &(VirtualKioskParts){ .clock = self->clock, .reader = self->reader });
  while (jumin_card_reader_get_state (self->reader) != JUMIN_READER_EMPTY)
    card_world_iterate ();
}

void
card_world_end (CardWorld *self)
{
  gpointer weak = self->reader;

  tear_down (&self->terminal, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->reader), &weak);
  g_object_unref (self->reader);
  while (weak != NULL)
    card_world_iterate ();
  g_object_unref (self->clock);
  pcscd_fixture_finish (&self->pcscd);
}
