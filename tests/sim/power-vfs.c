/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that loses its power. Each file has what is read now, what would survive, and the changes
 * between the two, in order. A folder entry has the same two sides. It behaves as ext4 does with a
 * disk of 512-byte sectors: a sector is written whole or not at all, and bytes that nobody wrote
 * stay as they are. A sync that fails may have lost what it was to keep, although it can still be
 * read: the page cache calls it clean. */
#include "power-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define VFS_NAME "power"

enum
{
  ENTRIES_MAX = 8,
  NAME_MAX_BYTES = 64,
  SECTOR = 512,      /* what is torn */
  SECTOR_SAID = 4096 /* what SQLite is told, as by its own VFS for Linux */
};

/* A write, or (no bytes) that the file ends at @offset. */
typedef struct
{
  gsize offset;
  GBytes *bytes;
} Change;

typedef struct
{
  int references;
  GByteArray *now, *kept;
  GArray *changes;
} Inode;

typedef struct
{
  char name[NAME_MAX_BYTES];
  Inode *now, *kept;
  GBytes *provisioned;
} Entry;

struct _PowerDisk
{
  sqlite3_vfs vfs;
  GRand *random;
  Entry entries[ENTRIES_MAX];
  PowerFault fault;
  guint left; /* operations before it; 0: it has happened */
  gboolean off;
};

typedef struct
{
  sqlite3_file base;
  PowerDisk *disk;
  Inode *inode;
} File;

static gboolean
chance (PowerDisk *self, int of)
{
  return g_rand_int_range (self->random, 0, of) == 0;
}

static void
clear_change (gpointer data)
{
  g_clear_pointer (&((Change *)data)->bytes, g_bytes_unref);
}

static Inode *
inode_new (void)
{
  Inode *inode = g_new0 (Inode, 1);

  inode->references = 1;
  inode->now = g_byte_array_new ();
  inode->kept = g_byte_array_new ();
  inode->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (inode->changes, clear_change);
  return inode;
}

static Inode *
inode_ref (Inode *inode)
{
  if (inode != NULL)
    inode->references++;
  return inode;
}

static void
inode_unref (Inode *inode)
{
  if (--inode->references > 0)
    return;
  g_byte_array_unref (inode->now);
  g_byte_array_unref (inode->kept);
  g_array_unref (inode->changes);
  g_free (inode);
}

static void
set_inode (Inode **place, Inode *inode)
{
  Inode *old = *place;

  *place = inode_ref (inode);
  if (old != NULL)
    inode_unref (old);
}

static void
set_bytes (GByteArray *array, gconstpointer bytes, gsize size)
{
  g_byte_array_set_size (array, size);
  if (size > 0)
    memcpy (array->data, bytes, size);
}

static void
put (GByteArray *array, gsize offset, const guint8 *bytes, gsize size)
{
  gsize old = array->len;

  if (offset + size > old)
    g_byte_array_set_size (array, offset + size);
  if (offset > old)
    memset (array->data + old, 0, offset - old);
  memcpy (array->data + offset, bytes, size);
}

static void
cut_off (GByteArray *array, gsize size)
{
  if (size < array->len)
    g_byte_array_set_size (array, size);
}

static void
keep (Inode *inode, const Change *change)
{
  gsize size;
  const guint8 *bytes;

  if (change->bytes == NULL)
    {
      cut_off (inode->kept, change->offset);
      return;
    }
  bytes = g_bytes_get_data (change->bytes, &size);
  put (inode->kept, change->offset, bytes, size);
}

/* Sector by sector: some came to the disk. */
static void
keep_torn (PowerDisk *self, Inode *inode, const Change *change)
{
  gsize size, end;
  const guint8 *bytes;

  if (change->bytes == NULL)
    {
      keep (inode, change);
      return;
    }
  bytes = g_bytes_get_data (change->bytes, &size);
  for (gsize start = 0; start < size; start = end)
    {
      end = MIN (size, (change->offset + start) / SECTOR * SECTOR + SECTOR - change->offset);
      if (!chance (self, 3))
        put (inode->kept, change->offset + start, bytes + start, end - start);
    }
}

/* All, none, the first ones, or any of them and torn. */
static void
lose (PowerDisk *self, Inode *inode)
{
  enum
  {
    LOSE_ALL,
    LOSE_NOTHING,
    LOSE_LATE,
    LOSE_ANY,
    N_LOSSES
  } loss
      = g_rand_int_range (self->random, 0, N_LOSSES);
  guint changes = inode->changes->len;
  guint end = loss == LOSE_ALL ? 0 : changes;

  if (loss == LOSE_LATE)
    end = (guint)g_rand_int_range (self->random, 0, (gint32)changes + 1);
  for (guint i = 0; i < end; i++)
    {
      const Change *change = &g_array_index (inode->changes, Change, i);

      if (loss != LOSE_ANY)
        keep (inode, change);
      else if (!chance (self, 2))
        keep_torn (self, inode, change);
    }
  g_array_set_size (inode->changes, 0);
  set_bytes (inode->now, inode->kept->data, inode->kept->len);
}

void
power_disk_restart (PowerDisk *self)
{
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    {
      if (entry->now != entry->kept && chance (self, 2))
        set_inode (&entry->kept, entry->now);
      set_inode (&entry->now, entry->kept);
      if (entry->now != NULL)
        lose (self, entry->now);
    }
  self->off = FALSE;
  self->fault = POWER_FAULT_NONE;
}

void
power_disk_provision (PowerDisk *self)
{
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    {
      g_clear_pointer (&entry->provisioned, g_bytes_unref);
      if (entry->now != NULL)
        entry->provisioned = g_bytes_new (entry->now->now->data, entry->now->now->len);
    }
}

static void
begin_entry (Entry *entry)
{
  Inode *inode = NULL;
  gsize size;
  const void *bytes;

  if (entry->provisioned != NULL)
    {
      bytes = g_bytes_get_data (entry->provisioned, &size);
      inode = inode_new ();
      set_bytes (inode->now, bytes, size);
      set_bytes (inode->kept, bytes, size);
    }
  else
    entry->name[0] = '\0';
  set_inode (&entry->now, inode);
  set_inode (&entry->kept, inode);
  if (inode != NULL)
    inode_unref (inode);
}

void
power_disk_begin (PowerDisk *self, guint32 seed)
{
  g_rand_set_seed (self->random, seed);
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    begin_entry (entry);
  self->off = FALSE;
  self->fault = POWER_FAULT_NONE;
}

void
power_disk_arm (PowerDisk *self, PowerFault fault, guint operations)
{
  self->fault = fault;
  self->left = MAX (operations, 1);
}

gboolean
power_disk_is_off (PowerDisk *self)
{
  return self->off;
}

gboolean
power_disk_has_failed (PowerDisk *self)
{
  return self->fault != POWER_FAULT_NONE && self->left == 0;
}

gboolean
power_disk_tick (PowerDisk *self)
{
  if (self->fault == POWER_FAULT_CUT && self->left > 0 && --self->left == 0)
    self->off = TRUE;
  return !self->off;
}

/* An operation. FALSE: it fails */
static gboolean
work (PowerDisk *self)
{
  gboolean before = self->left > 0;

  if (self->off || self->fault == POWER_FAULT_NONE)
    return !self->off;
  if (self->fault == POWER_FAULT_CUT)
    return power_disk_tick (self);
  if (before && --self->left > 0)
    return TRUE;
  return self->fault == POWER_FAULT_FULL || (self->fault == POWER_FAULT_EIO_ONCE && !before);
}

static gboolean
work_reading (PowerDisk *self)
{
  return self->fault == POWER_FAULT_CUT ? !self->off : work (self);
}

static Entry *
find_entry (PowerDisk *self, const char *path, gboolean create)
{
  Entry *free_one = NULL;

  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    {
      if (strcmp (entry->name, path) == 0)
        return entry;
      if (free_one == NULL && entry->name[0] == '\0')
        free_one = entry;
    }
  if (!create)
    return NULL;
  g_assert (free_one != NULL && strlen (path) < NAME_MAX_BYTES);
  g_strlcpy (free_one->name, path, NAME_MAX_BYTES);
  return free_one;
}

static int
close_file (sqlite3_file *base)
{
  File *file = (File *)base;

  g_clear_pointer (&file->inode, inode_unref);
  return SQLITE_OK;
}

static int
read_file (sqlite3_file *base, void *bytes, int size, sqlite3_int64 offset)
{
  File *file = (File *)base;
  GByteArray *now = file->inode->now;
  gsize there = (gsize)offset < now->len ? MIN ((gsize)size, now->len - (gsize)offset) : 0;

  if (!work_reading (file->disk))
    return SQLITE_IOERR_READ;
  if (there > 0)
    memcpy (bytes, now->data + offset, there);
  memset ((char *)bytes + there, 0, (gsize)size - there);
  return there == (gsize)size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
write_file (sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
  File *file = (File *)base;
  PowerDisk *disk = file->disk;
  Change change = { .offset = (gsize)offset };

  if (!work (disk))
    return SQLITE_IOERR_WRITE;
  if (disk->fault == POWER_FAULT_FULL && disk->left == 0
      && (gsize)offset + (gsize)size > file->inode->now->len)
    return SQLITE_FULL;
  change.bytes = g_bytes_new (bytes, (gsize)size);
  g_array_append_val (file->inode->changes, change);
  put (file->inode->now, (gsize)offset, bytes, (gsize)size);
  return SQLITE_OK;
}

static int
truncate_file (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *)base;
  Change change = { .offset = (gsize)size };

  if (!work (file->disk))
    return SQLITE_IOERR_TRUNCATE;
  g_array_append_val (file->inode->changes, change);
  cut_off (file->inode->now, (gsize)size);
  return SQLITE_OK;
}

/* Its folder entry too, when it is new. */
static void
keep_entry (PowerDisk *self, Inode *inode)
{
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    if (entry->now == inode)
      set_inode (&entry->kept, inode);
}

static int
sync_file (sqlite3_file *base, G_GNUC_UNUSED int flags)
{
  File *file = (File *)base;
  Inode *inode = file->inode;

  if (!work (file->disk))
    {
      if (!file->disk->off && chance (file->disk, 2))
        g_array_set_size (inode->changes, 0);
      return SQLITE_IOERR_FSYNC;
    }
  for (guint i = 0; i < inode->changes->len; i++)
    keep (inode, &g_array_index (inode->changes, Change, i));
  g_array_set_size (inode->changes, 0);
  keep_entry (file->disk, inode);
  return SQLITE_OK;
}

static int
get_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *)base;

  *size = file->inode->now->len;
  return file->disk->off ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* Nobody else has the file: there is one process on this disk. */
static int
lock_file (G_GNUC_UNUSED sqlite3_file *base, G_GNUC_UNUSED int level)
{
  return SQLITE_OK;
}

static int
check_lock (G_GNUC_UNUSED sqlite3_file *base, int *locked)
{
  *locked = 0;
  return SQLITE_OK;
}

static int
control_file (G_GNUC_UNUSED sqlite3_file *base, G_GNUC_UNUSED int operation,
              G_GNUC_UNUSED void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
get_sector_size (G_GNUC_UNUSED sqlite3_file *base)
{
  return SECTOR_SAID;
}

static int
get_characteristics (G_GNUC_UNUSED sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = lock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
};

static int
open_file (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
  PowerDisk *self = vfs->pAppData;
  File *file = (File *)base;
  Entry *entry;

  memset (file, 0, sizeof *file);
  g_assert (path != NULL); /* temporary files are in memory: PRAGMA temp_store */
  entry = find_entry (self, path, (flags & SQLITE_OPEN_CREATE) != 0);
  if (entry == NULL || (entry->now == NULL && (flags & SQLITE_OPEN_CREATE) == 0)
      || !work_reading (self))
    return SQLITE_CANTOPEN;
  if (entry->now == NULL)
    entry->now = inode_new ();
  file->disk = self;
  file->inode = inode_ref (entry->now);
  file->base.pMethods = &methods;
  if (flags_out != NULL)
    *flags_out = flags;
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs, const char *path, int synced)
{
  PowerDisk *self = vfs->pAppData;
  Entry *entry = find_entry (self, path, FALSE);

  if (!work (self))
    return SQLITE_IOERR_DELETE;
  if (entry == NULL || entry->now == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  set_inode (&entry->now, NULL);
  if (synced)
    set_inode (&entry->kept, NULL);
  return SQLITE_OK;
}

static int
access_file (sqlite3_vfs *vfs, const char *path, G_GNUC_UNUSED int flags, int *there)
{
  PowerDisk *self = vfs->pAppData;
  const Entry *entry = find_entry (self, path, FALSE);

  *there = entry != NULL && entry->now != NULL;
  return self->off ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int
name_file (G_GNUC_UNUSED sqlite3_vfs *vfs, const char *path, int size, char *full)
{
  g_strlcpy (full, path, (gsize)size);
  return SQLITE_OK;
}

static int
make_random (sqlite3_vfs *vfs, int size, char *bytes)
{
  PowerDisk *self = vfs->pAppData;

  for (int i = 0; i < size; i++)
    bytes[i] = (char)g_rand_int_range (self->random, 0, 256);
  return size;
}

static int
wait_in_vain (G_GNUC_UNUSED sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
tell_time (G_GNUC_UNUSED sqlite3_vfs *vfs, double *julian_day)
{
  *julian_day = 2461000.5;
  return SQLITE_OK;
}

PowerDisk *
power_disk_new (void)
{
  PowerDisk *self = g_new0 (PowerDisk, 1);

  self->random = g_rand_new_with_seed (0);
  self->vfs = (sqlite3_vfs){ .iVersion = 1,
                             .szOsFile = sizeof (File),
                             .mxPathname = NAME_MAX_BYTES,
                             .zName = VFS_NAME,
                             .pAppData = self,
                             .xOpen = open_file,
                             .xDelete = delete_file,
                             .xAccess = access_file,
                             .xFullPathname = name_file,
                             .xRandomness = make_random,
                             .xSleep = wait_in_vain,
                             .xCurrentTime = tell_time };
  g_assert (sqlite3_vfs_register (&self->vfs, FALSE) == SQLITE_OK);
  return self;
}

void
power_disk_free (PowerDisk *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    {
      g_clear_pointer (&entry->provisioned, g_bytes_unref);
      set_inode (&entry->now, NULL);
      set_inode (&entry->kept, NULL);
    }
  g_rand_free (self->random);
  g_free (self);
}

const char *
power_disk_get_vfs (void)
{
  return VFS_NAME;
}
