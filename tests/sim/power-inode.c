/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-inode.h"

#include <string.h>

enum
{
  SECTOR = 512
};

/* A write, or (no bytes) that the file ends at @offset. */
typedef struct
{
  gsize offset;
  GBytes *bytes;
} Change;

static void
clear_change (gpointer data)
{
  g_clear_pointer (&((Change *)data)->bytes, g_bytes_unref);
}

static void
set_bytes (GByteArray *array, gconstpointer bytes, gsize size)
{
  g_byte_array_set_size (array, (guint)size);
  if (size > 0)
    memcpy (array->data, bytes, size);
}

PowerInode *
power_inode_new (gconstpointer bytes, gsize size)
{
  PowerInode *self = g_new0 (PowerInode, 1);

  self->references = 1;
  self->now = g_byte_array_new ();
  self->kept = g_byte_array_new ();
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, clear_change);
  set_bytes (self->now, bytes, size);
  set_bytes (self->kept, bytes, size);
  return self;
}

PowerInode *
power_inode_ref (PowerInode *self)
{
  self->references++;
  return self;
}

void
power_inode_unref (PowerInode *self)
{
  if (--self->references > 0)
    return;
  g_byte_array_unref (self->now);
  g_byte_array_unref (self->kept);
  g_array_unref (self->changes);
  g_free (self);
}

void
power_inode_set (PowerInode **place, PowerInode *inode)
{
  PowerInode *old = *place;

  *place = inode != NULL ? power_inode_ref (inode) : NULL;
  if (old != NULL)
    power_inode_unref (old);
}

static void
put (GByteArray *array, gsize offset, const guint8 *bytes, gsize size)
{
  gsize old = array->len;

  if (offset + size > old)
    g_byte_array_set_size (array, (guint)(offset + size));
  if (offset > old)
    memset (array->data + old, 0, offset - old);
  memcpy (array->data + offset, bytes, size);
}

static void
cut_off (GByteArray *array, gsize size)
{
  if (size < array->len)
    g_byte_array_set_size (array, (guint)size);
}

void
power_inode_write (PowerInode *self, gsize offset, gconstpointer bytes, gsize size)
{
  Change change = { .offset = offset, .bytes = g_bytes_new (bytes, size) };

  g_array_append_val (self->changes, change);
  put (self->now, offset, bytes, size);
}

void
power_inode_cut_off (PowerInode *self, gsize size)
{
  Change change = { .offset = size };

  g_array_append_val (self->changes, change);
  cut_off (self->now, size);
}

static void
keep (PowerInode *self, const Change *change)
{
  gsize size;
  const guint8 *bytes;

  if (change->bytes == NULL)
    {
      cut_off (self->kept, change->offset);
      return;
    }
  bytes = g_bytes_get_data (change->bytes, &size);
  put (self->kept, change->offset, bytes, size);
}

void
power_inode_sync (PowerInode *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    keep (self, &g_array_index (self->changes, Change, i));
  g_array_set_size (self->changes, 0);
}

void
power_inode_forget (PowerInode *self)
{
  g_array_set_size (self->changes, 0);
}

/* Sector by sector: most came to the disk. */
static void
keep_torn (PowerInode *self, const Change *change, GRand *random)
{
  gsize size, end;
  const guint8 *bytes;

  if (change->bytes == NULL)
    {
      keep (self, change);
      return;
    }
  bytes = g_bytes_get_data (change->bytes, &size);
  for (gsize start = 0; start < size; start = end)
    {
      end = MIN (size, (change->offset + start) / SECTOR * SECTOR + SECTOR - change->offset);
      if (g_rand_int_range (random, 0, 3) != 0)
        put (self->kept, change->offset + start, bytes + start, end - start);
    }
}

/* All, none, the first ones, or any of them and torn. */
void
power_inode_lose (PowerInode *self, GRand *random)
{
  enum
  {
    LOSE_ALL,
    LOSE_NOTHING,
    LOSE_LATE,
    LOSE_ANY,
    N_LOSSES
  } loss
      = g_rand_int_range (random, 0, N_LOSSES);
  guint changes = self->changes->len;
  guint end = loss == LOSE_ALL ? 0 : changes;

  if (loss == LOSE_LATE)
    end = (guint)g_rand_int_range (random, 0, (gint32)changes + 1);
  for (guint i = 0; i < end; i++)
    {
      const Change *change = &g_array_index (self->changes, Change, i);

      if (loss != LOSE_ANY)
        keep (self, change);
      else if (g_rand_int_range (random, 0, 2) != 0)
        keep_torn (self, change, random);
    }
  g_array_set_size (self->changes, 0);
  set_bytes (self->now, self->kept->data, self->kept->len);
}
