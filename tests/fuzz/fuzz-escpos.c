/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer answers, whoever made it. */
#include "devices/escpos.h"
#include "fuzz.h"

static const char *const profiles[] = { "generic-80mm", "numbered-80mm", "generic-58mm" };

/* The questions in their order, as escpos-printer.c asks them. */
static void
add_answers (Feed *feed)
{
  JuminPrinterStatus status = { .ready = TRUE };
  gboolean wrong = FALSE;

  for (guint question = 1; question <= JUMIN_ESCPOS_N_QUESTIONS; question++)
    {
      guint8 command[JUMIN_ESCPOS_QUESTION_LENGTH], reply = feed_byte (feed);

      jumin_escpos_build_question (question, command);
      if (jumin_escpos_is_status (reply))
        jumin_escpos_status_add (&status, question, reply);
      wrong = wrong || status.cover_open || status.paper_end || status.cutter_fault;
    }
  g_assert (!status.ready || !wrong);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  const JuminEscposProfile *profile
      = jumin_escpos_profile_find (profiles[feed_byte (&feed) % G_N_ELEMENTS (profiles)]);
  JuminRaster raster = { .width = profile->width, .height = feed_byte (&feed) };
  g_autoptr (GBytes) dots
      = g_bytes_new_take (g_malloc0 ((gsize)raster.width / 8 * 256), (gsize)raster.width / 8 * 256);
  g_autoptr (GBytes) job = NULL;

  raster.dots = dots;
  job = jumin_escpos_build_job (profile, &raster, "0001", feed_byte (&feed) % 2 == 0);
  g_assert (g_bytes_get_size (job) > (gsize)raster.width / 8 * raster.height);
  add_answers (&feed);
  if (jumin_escpos_is_confirmed (profile, "0001", feed.data, feed.left))
    g_assert (feed.left > 0);
  return 0;
}
