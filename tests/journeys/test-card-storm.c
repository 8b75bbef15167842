/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards, plugs, the service and fingers, all by chance: again and again the machine is mended, and
 * then it must be on its home page, serve the next resident, and hold no more threads and file
 * descriptors than before. JUMIN_STORM_EVENTS tells how long; the seed is at the top. */
#include "card-world.h"

#include "model/words.h"

enum
{
  EVENTS = 160,
  EVENTS_MAX = 100000,
  MENDED_EVERY = 40,
  SHORT_MS = 100, /* on the terminal's clock, between two events */
  LONG_MS = 3000,
  SLACK = 3 /* threads of GLib's pool, which go when they have idled */
};

typedef struct
{
  CardWorld world;
  gboolean plugged, alive;
} Storm;

static gint32
below (gsize n)
{
  return g_test_rand_int_range (0, (gint32)n);
}

static void
put_in (Storm *self)
{
  static const char *const residents[]
      = { "li-ceshi",     "chen-bianhao", "feng-bashi",  "jiang-waisheng",
          "zhao-suoding", "sun-yinhang",  "qian-weizhi", "zhou-guoqi" };
  g_autofree char *command = g_strconcat ("insert ", residents[below (8)], NULL);

  /* An error: there is no reader to put it into. */
  g_free (jumin_peer_ask (self->world.pcscd.card, command));
}

static void
pull (Storm *self)
{
  peer_tell (self->world.pcscd.card, "eject");
}

static void
spoil (Storm *self)
{
  static const char *const faults[]
      = { "fault none", "fault none",         "fault mute",   "fault hang", "fault short from 7",
          "slow 40",    "fault garbage 3",    "fault pull 5", "slow 0",     "fault no-atr",
          "slow 0",     "fault hang from 12", "fault none" };

  peer_tell (self->world.pcscd.card, faults[below (G_N_ELEMENTS (faults))]);
}

static void
plug (Storm *self)
{
  peer_tell (self->world.pcscd.pcscd, self->plugged ? "remove R1" : "add R1");
  self->plugged = !self->plugged;
}

static void
kill_or_start (Storm *self)
{
  peer_tell (self->world.pcscd.pcscd, self->alive ? "kill" : "start");
  self->alive = !self->alive;
}

static void
touch (Storm *self)
{
  static const struct
  {
    JuminPage page;
    const char *action, *id;
  } touches[] = {
    { JUMIN_PAGE_HOME, "start", "queue" }, { JUMIN_PAGE_CONSENT, "agree", NULL },
    { JUMIN_PAGE_CONSENT, "agree", NULL }, { JUMIN_PAGE_CONSENT, "back", NULL },
    { JUMIN_PAGE_NOTICE, "retry", NULL },  { JUMIN_PAGE_NOTICE, "exit", NULL },
    { JUMIN_PAGE_CHOOSE, "home", NULL },   { JUMIN_PAGE_HOME, "exit", NULL },
    { JUMIN_PAGE_IDENTIFY, "exit", NULL },
  };
  gint32 i = below (G_N_ELEMENTS (touches));

  if (self->world.terminal.scene->page == touches[i].page)
    act (&self->world.terminal, touches[i].action, touches[i].id != NULL ? "id" : NULL,
         touches[i].id);
}

static void (*const events[]) (Storm *self)
    = { put_in, put_in, put_in, pull, spoil, plug, kill_or_start, touch, touch, touch };

static void
rest (Storm *self)
{
  gint64 until = card_world_now_ms (&self->world) + below (below (2) == 0 ? SHORT_MS : LONG_MS);

  while (card_world_now_ms (&self->world) < until)
    card_world_iterate ();
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Nothing is wrong any more: it must be as new. */
static void
mend (Storm *self, guint files, guint threads)
{
  gint64 since = card_world_now_ms (&self->world);

  card_world_mend (&self->world, &card_world_nothing_wrong);
  if (!self->alive)
    kill_or_start (self);
  if (!self->plugged)
    plug (self);
  card_world_leave (&self->world);
  card_world_serve (&self->world, CARD_WORLD_NEXT);
  g_test_message ("served after %d ms", (int)(card_world_now_ms (&self->world) - since));
  while (count_files ("/proc/self/task") > threads + SLACK)
    card_world_iterate ();
  g_assert_cmpuint (count_files ("/proc/self/fd"), <=, files + SLACK);
}

static guint
get_n_events (void)
{
  const char *text = g_getenv ("JUMIN_STORM_EVENTS");
  guint64 n = EVENTS;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, EVENTS_MAX, &n, NULL))
    g_error ("JUMIN_STORM_EVENTS is not a number from 1 to %d", EVENTS_MAX);
  return (guint)n;
}

static void
test_storm (void)
{
  Storm self = { .plugged = TRUE, .alive = TRUE };
  guint n = get_n_events (), files, threads;

  card_world_begin (&self.world);
  card_world_serve (&self.world, CARD_WORLD_NEXT);
  files = count_files ("/proc/self/fd");
  threads = count_files ("/proc/self/task");
  for (guint i = 1; i <= n; i++)
    {
      events[below (G_N_ELEMENTS (events))](&self);
      rest (&self);
      if (i % MENDED_EVERY == 0 || i == n)
        mend (&self, files, threads);
    }
  g_test_message ("%u events", n);
  card_world_end (&self.world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  g_test_add_func ("/card-storm/after_every_storm_the_next_resident_is_served", test_storm);
  return g_test_run ();
}
