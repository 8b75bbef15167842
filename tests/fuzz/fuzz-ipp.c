/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an A4 printer answers, whoever made it. */
#include <string.h>

#include "devices/ipp-words.h"
#include "fuzz.h"

static ssize_t
on_read (void *source, ipp_uchar_t *bytes, size_t length)
{
  Feed *feed = source;
  gsize n = MIN (length, feed->left);

  memcpy (bytes, feed->data, n);
  feed->data += n;
  feed->left -= n;
  return (ssize_t)n;
}

static void
on_job (const JuminIppJob *job, gpointer data)
{
  guint *n_jobs = data;

  g_assert (++*n_jobs <= JUMIN_IPP_JOBS_MAX);
  g_assert (strlen (job->name) < sizeof job->name);
  g_assert (!job->ended || job->state >= IPP_JSTATE_CANCELED);
  g_assert (job->pages >= 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  ipp_t *reply = ippNew ();
  ipp_state_t state = IPP_STATE_IDLE;
  JuminPageStatus status;
  JuminIppJob job;
  guint n_jobs = 0;

  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO (&feed, on_read, 1, NULL, reply);
  jumin_ipp_read_status (reply, &status);
  g_assert (!status.ready || (status.troubles & ~JUMIN_PAGE_STILL_READY) == 0);
  g_assert (strspn (status.other, "abcdefghijklmnopqrstuvwxyz0123456789-._")
            == strlen (status.other));
  jumin_ipp_each_job (reply, on_job, &n_jobs);
  jumin_ipp_read_job (reply, &job);
  ippDelete (reply);
  return 0;
}
