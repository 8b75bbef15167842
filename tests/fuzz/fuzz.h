/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The two functions that libFuzzer calls, and replay.c without it: every target has its own first,
 * fuzz.c has the second. A target must give the same for the same bytes and leave nothing behind.
 */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* The input of one run, taken from its beginning; when it is used up there are zeros. */
typedef struct
{
  const guint8 *data;
  gsize left;
} Feed;

guint8 feed_byte (Feed *feed);
/* @length: (inout): how many are wanted; how many there are */
const guint8 *feed_bytes (Feed *feed, gsize *length);
/* Returns: (transfer full): at most so many bytes, ended by a NUL, in memory of exactly that size
 */
char *feed_dup (Feed *feed, gsize length_max);

G_END_DECLS
