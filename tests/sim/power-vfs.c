/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that loses its power, as SQLite sees it. A folder entry is one thing now and may be
 * another after the cut, and so are the bytes of each file (power-inode.h). It behaves as ext4 does
 * with a disk of 512-byte sectors: a sector is written whole or not at all, and bytes that nobody
 * wrote stay as they are. A sync that fails may have lost what it was to keep, although it can
 * still be read: the page cache calls it clean. */
#include "power-vfs.h"

#include <sqlite3.h>
#include <string.h>

#include "power-inode.h"

#define VFS_NAME "power"

enum
{
  ENTRIES_MAX = 8,
  NAME_MAX_BYTES = 64,
  SECTOR_SAID = 4096 /* what SQLite is told, as by its own VFS for Linux */
};

typedef struct
{
  char name[NAME_MAX_BYTES];
  PowerInode *now, *kept;
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
  PowerInode *inode;
} File;

static gboolean
chance (PowerDisk *self, int of)
{
  return g_rand_int_range (self->random, 0, of) == 0;
}

void
power_disk_restart (PowerDisk *self)
{
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    {
      if (entry->now != entry->kept && chance (self, 2))
        power_inode_set (&entry->kept, entry->now);
      power_inode_set (&entry->now, entry->kept);
      if (entry->now != NULL)
        power_inode_lose (entry->now, self->random);
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
  PowerInode *inode = NULL;
  gsize size;
  const void *bytes;

  if (entry->provisioned != NULL)
    {
      bytes = g_bytes_get_data (entry->provisioned, &size);
      inode = power_inode_new (bytes, size);
    }
  else
    entry->name[0] = '\0';
  power_inode_set (&entry->now, inode);
  power_inode_set (&entry->kept, inode);
  if (inode != NULL)
    power_inode_unref (inode);
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

  g_clear_pointer (&file->inode, power_inode_unref);
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

  if (!work (disk))
    return SQLITE_IOERR_WRITE;
  if (disk->fault == POWER_FAULT_FULL && disk->left == 0
      && (gsize)offset + (gsize)size > file->inode->now->len)
    return SQLITE_FULL;
  power_inode_write (file->inode, (gsize)offset, bytes, (gsize)size);
  return SQLITE_OK;
}

static int
truncate_file (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *)base;

  if (!work (file->disk))
    return SQLITE_IOERR_TRUNCATE;
  power_inode_cut_off (file->inode, (gsize)size);
  return SQLITE_OK;
}

/* Its folder entry too, when it is new. */
static void
keep_entry (PowerDisk *self, PowerInode *inode)
{
  for (Entry *entry = self->entries; entry < self->entries + ENTRIES_MAX; entry++)
    if (entry->now == inode)
      power_inode_set (&entry->kept, inode);
}

static int
sync_file (sqlite3_file *base, G_GNUC_UNUSED int flags)
{
  File *file = (File *)base;
  PowerInode *inode = file->inode;

  if (!work (file->disk))
    {
      if (!file->disk->off && chance (file->disk, 2))
        power_inode_forget (inode);
      return SQLITE_IOERR_FSYNC;
    }
  power_inode_sync (inode);
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
    entry->now = power_inode_new (NULL, 0);
  file->disk = self;
  file->inode = power_inode_ref (entry->now);
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
  power_inode_set (&entry->now, NULL);
  if (synced)
    power_inode_set (&entry->kept, NULL);
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
      power_inode_set (&entry->now, NULL);
      power_inode_set (&entry->kept, NULL);
    }
  g_rand_free (self->random);
  g_free (self);
}

const char *
power_disk_get_vfs (void)
{
  return VFS_NAME;
}
