/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PowerInode:
 * @now: what is read
 * @kept: what survives
 * @changes: from one to the other, in order
 *
 * The bytes of one file on a disk that loses its power (power-vfs.h).
 */
typedef struct
{
  int references;
  GByteArray *now, *kept;
  GArray *changes;
} PowerInode;

/* All of it is kept. */
PowerInode *power_inode_new (gconstpointer bytes, gsize size);
PowerInode *power_inode_ref (PowerInode *self);
void power_inode_unref (PowerInode *self);
/* @inode: (nullable): taken in place of what is there */
void power_inode_set (PowerInode **place, PowerInode *inode);

void power_inode_write (PowerInode *self, gsize offset, gconstpointer bytes, gsize size);
void power_inode_cut_off (PowerInode *self, gsize size);
void power_inode_sync (PowerInode *self);
/* A sync failed, and the page cache calls clean what is not kept. */
void power_inode_forget (PowerInode *self);
/* The power is cut: of what was not synced any part is kept, torn at sectors. */
void power_inode_lose (PowerInode *self, GRand *random);

G_END_DECLS
