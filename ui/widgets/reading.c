/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turning and enlarging, as figures only. */
#include "ui/widgets/reading.h"

enum
{
  PARTS = 4 /* of a page, two across and two down */
};

/* In percent of what the room lets a page have. */
static const int zooms[] = { 100, 150, 200 };

int
jumin_reading_get_percent (const JuminReading *self)
{
  return zooms[self->zoom];
}

/**
 * jumin_reading_set_zoom:
 * @zoom: a step; past the last one: that
 */
void
jumin_reading_set_zoom (JuminReading *self, guint zoom)
{
  self->zoom = MIN (zoom, G_N_ELEMENTS (zooms) - 1);
}

static gboolean
can_zoom (const JuminReading *self, int by)
{
  return by > 0 ? self->zoom + 1 < G_N_ELEMENTS (zooms) : self->zoom > 0;
}

/* What was in the upper left corner stays there at first. */
static void
zoom (JuminReading *self, int by)
{
  if (self->zoom == 0)
    self->x = self->y = 0;
  self->zoom = (guint)((int)self->zoom + by);
}

static int
find_part (const JuminReading *self)
{
  return self->zoom == 0 ? 0 : (self->y >= 0.5 ? 2 : 0) + (self->x >= 0.5 ? 1 : 0);
}

static int
last_part (const JuminReading *self)
{
  return self->zoom == 0 ? 0 : PARTS - 1;
}

static gboolean
can_turn (const JuminReading *self, int by)
{
  return by > 0 ? find_part (self) < last_part (self) || self->page + 1 < self->pages
                : find_part (self) > 0 || self->page > 0;
}

static void
turn (JuminReading *self, int by)
{
  int part = find_part (self) + by;

  if (part < 0 || part > last_part (self))
    {
      self->page = (guint)((int)self->page + by);
      part = by > 0 ? 0 : last_part (self);
    }
  self->x = part % 2;
  self->y = part / 2;
}

static const struct
{
  const char *key;
  gboolean (*can) (const JuminReading *self, int by);
  void (*run) (JuminReading *self, int by);
  int by;
} keys[] = {
  { "larger", can_zoom, zoom, 1 },
  { "smaller", can_zoom, zoom, -1 },
  { "previous", can_turn, turn, -1 },
  { "next", can_turn, turn, 1 },
};

/**
 * jumin_reading_can:
 * @key: larger, smaller, previous or next
 *
 * Returns: whether that leads anywhere
 */
gboolean
jumin_reading_can (const JuminReading *self, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i].key, key) == 0)
      return keys[i].can (self, keys[i].by);
  return FALSE;
}

void
jumin_reading_do (JuminReading *self, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i].key, key) == 0 && keys[i].can (self, keys[i].by))
      keys[i].run (self, keys[i].by);
}
