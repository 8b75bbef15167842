/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/decoder.h"

enum
{
  READERS_FRAMES_MAX = 3 /* of one picture, for a reader whose passes take turns */
};

/**
 * Reader:
 * @name: for the table
 * @frames: how many frames of a picture it may have
 * @open: (nullable): makes what @read wants; %NULL: this reader is not there
 * @read: (transfer full) (nullable): the text of the first code of a frame
 *
 * A reader of codes that is compared.
 */
typedef struct
{
  const char *name;
  guint frames;
  gpointer (*open) (void);
  GBytes *(*read) (gpointer self, const JuminFrame *frame);
  void (*close) (gpointer self);
} Reader;

enum
{
  N_READERS = 4
};

extern const Reader readers[N_READERS];

gboolean readers_load_quirc (const char *library, GError **error);
