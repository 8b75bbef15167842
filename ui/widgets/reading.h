/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JuminReading:
 * @page: from 0; @pages: of the paper, at least one
 * @zoom: step of enlargement; 0: the whole page
 * @x, @y: of the part that is seen: 0 the upper left one, 1 the lower right one
 *
 * Which part of a paper is looked at. Enlarged, a page has four parts; the keys lead through them
 * in the order of reading, and on to the next page.
 */
typedef struct
{
  guint page, pages, zoom;
  double x, y;
} JuminReading;

int jumin_reading_get_percent (const JuminReading *self);
void jumin_reading_set_zoom (JuminReading *self, guint zoom);
gboolean jumin_reading_can (const JuminReading *self, const char *key);
void jumin_reading_do (JuminReading *self, const char *key);

G_END_DECLS
