/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "virtual-kiosk.h"
#include "virtual-platform.h"

G_BEGIN_DECLS

enum
{
  KIOSKS_MAX = 2,
  MINUTE_S = 60,
  HALF_S = 30, /* before the visit asks whether anybody is there */
  HOUR_S = 3600,
  DAY_S = 24 * HOUR_S,
  ZONE_S = 8 * HOUR_S,
  REFRESH_S = 15 /* of the hall */
};

/**
 * Hall:
 *
 * Terminals and a platform in one process, on one clock. It begins on a Wednesday.
 */
typedef struct
{
  VirtualPlatform *platform;
  JuminClock *clock;
  VirtualKiosk *kiosks[KIOSKS_MAX];
  guint n_kiosks;
} Hall;

gint64 hall_get_wednesday (void);
VirtualKiosk *hall_add_kiosk (Hall *hall);
Hall *hall_open (int hour, int minute, guint kiosks);
void hall_close (Hall *hall);
void hall_pass (Hall *hall, int seconds);
void hall_insert (Hall *hall, VirtualKiosk *kiosk, const char *id);
void hall_sign_in (Hall *hall, VirtualKiosk *kiosk, const char *id);
void kiosk_choose (VirtualKiosk *kiosk, const char *matter);
void kiosk_take (VirtualKiosk *kiosk, const char *matter);
void kiosk_leave (VirtualKiosk *kiosk);
void kiosk_assert_says (VirtualKiosk *kiosk, const char *words);
int hall_count_issued (Hall *hall);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hall, hall_close)

G_END_DECLS
