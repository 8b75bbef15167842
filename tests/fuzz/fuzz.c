/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all targets share. */
#include "fuzz.h"

#include <string.h>
#include <unistd.h>

/* Messages are part of the work; a warning is a mistake of ours. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return G_LOG_WRITER_HANDLED;
  g_log_writer_standard_streams (level, fields, n_fields, data);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_writer_func (write_log, NULL, NULL);
  return 0;
}

const guint8 *
feed_bytes (Feed *feed, gsize *length)
{
  const guint8 *bytes = feed->data;

  *length = MIN (*length, feed->left);
  feed->data += *length;
  feed->left -= *length;
  return bytes;
}

guint8
feed_byte (Feed *feed)
{
  gsize length = 1;
  const guint8 *byte = feed_bytes (feed, &length);

  return length == 1 ? *byte : 0;
}

char *
feed_dup (Feed *feed, gsize length_max)
{
  const guint8 *bytes = feed_bytes (feed, &length_max);
  char *copy = g_malloc (length_max + 1);

  if (length_max > 0)
    memcpy (copy, bytes, length_max);
  copy[length_max] = '\0';
  return copy;
}
