/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  POWER_FAULT_NONE,
  POWER_FAULT_CUT,      /* the power goes: what was not synced is lost in any part */
  POWER_FAULT_EIO_ONCE, /* one operation fails; of a sync, what it was to keep may be lost */
  POWER_FAULT_EIO,      /* and all that come after it */
  POWER_FAULT_FULL      /* from there on nothing grows */
} PowerFault;

/**
 * PowerDisk:
 *
 * A disk in memory, for SQLite, that loses what a real one may lose. A write is safe when its file
 * was synced after it, a new file when it was synced, a deleted one when its folder was. When the
 * power is cut the rest is kept in any subset, torn at sectors. What happens follows from the
 * random numbers alone.
 */
typedef struct _PowerDisk PowerDisk;

/* One at a time, under the name of power_disk_get_vfs(). */
PowerDisk *power_disk_new (void);
void power_disk_free (PowerDisk *self);
const char *power_disk_get_vfs (void);

/* All that is on it is safe, and is what each run begins with. */
void power_disk_provision (PowerDisk *self);
/* A run begins: with what was provisioned, and no fault. */
void power_disk_begin (PowerDisk *self, guint32 seed);
/* What goes wrong, at the @operations-th one from now. Reading is one for the errors, not for the
 * cut: nothing is lost by it. */
void power_disk_arm (PowerDisk *self, PowerFault fault, guint operations);
/* Something happens beside the disk, and the power may go there too. FALSE: it is gone */
gboolean power_disk_tick (PowerDisk *self);
gboolean power_disk_is_off (PowerDisk *self);
/* The fault that was armed has happened. */
gboolean power_disk_has_failed (PowerDisk *self);
/* The power is cut, if it is not yet, and comes back. No file is open then. */
void power_disk_restart (PowerDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PowerDisk, power_disk_free)

G_END_DECLS
