/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terminals and a platform on one clock that the test moves. */
#include "virtual-hall.h"

#include <string.h>

/* The hall's midnight before the next Wednesday: the certificates of the sandbox are of today. */
gint64
hall_get_wednesday (void)
{
  gint64 day = (g_get_real_time () / G_USEC_PER_SEC + ZONE_S) / DAY_S + 1;

  while ((day + 4) % 7 != 3) /* 1970 began on a Thursday */
    day++;
  return day * DAY_S - ZONE_S;
}

VirtualKiosk *
hall_add_kiosk (Hall *hall)
{
  VirtualKiosk *kiosk = g_new0 (VirtualKiosk, 1);
  VirtualKioskParts parts
      = { .clock = hall->clock, .client = virtual_platform_client_new (hall->platform) };

  virtual_kiosk_init (kiosk, &parts);
  g_object_unref (parts.client);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_HOME);
  g_assert_cmpuint (hall->n_kiosks, <, KIOSKS_MAX);
  hall->kiosks[hall->n_kiosks++] = kiosk;
  return kiosk;
}

Hall *
hall_open (int hour, int minute, guint kiosks)
{
  Hall *hall = g_new0 (Hall, 1);

  hall->clock = jumin_clock_new_manual (hall_get_wednesday () + hour * HOUR_S + minute * MINUTE_S);
  hall->platform = virtual_platform_new (hall->clock);
  for (guint i = 0; i < kiosks; i++)
    hall_add_kiosk (hall);
  return hall;
}

void
hall_close (Hall *hall)
{
  for (guint i = 0; i < hall->n_kiosks; i++)
    {
      virtual_kiosk_finish (hall->kiosks[i]);
      g_free (hall->kiosks[i]);
    }
  virtual_platform_free (hall->platform);
  g_object_unref (hall->clock);
  g_free (hall);
}

void
hall_pass (Hall *hall, int seconds)
{
  jumin_clock_advance (hall->clock, (guint)seconds * 1000);
}

/* The platform's people, by their id in data/sandbox. */
static const JuminCityResident *
find_resident (Hall *hall, const char *id)
{
  for (guint i = 0; i < hall->platform->city->residents->len; i++)
    {
      const JuminCityResident *resident = hall->platform->city->residents->pdata[i];

      if (strcmp (resident->id, id) == 0)
        return resident;
    }
  g_assert_not_reached ();
}

void
hall_insert (Hall *hall, VirtualKiosk *kiosk, const char *id)
{
  const JuminCityResident *resident = find_resident (hall, id);
  JuminCard card = { .version = "2.00" };
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, resident->name, resident->id_number);

  g_strlcpy (card.identifier, resident->identifier, sizeof card.identifier);
  jumin_virtual_card_reader_insert (kiosk->reader, &card, holder);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_CONSENT);
  virtual_kiosk_act (kiosk, "agree", NULL, NULL);
}

/* Inserts this resident's card, and agrees; home knows what waits for them. */
void
hall_sign_in (Hall *hall, VirtualKiosk *kiosk, const char *id)
{
  hall_insert (hall, kiosk, id);
  AWAIT (kiosk->scene->today != NULL);
}

void
kiosk_choose (VirtualKiosk *kiosk, const char *matter)
{
  virtual_kiosk_act (kiosk, "start", "id", "queue");
  virtual_kiosk_await (kiosk, JUMIN_PAGE_CHOOSE);
  virtual_kiosk_act (kiosk, "choose", "matter", matter);
}

void
kiosk_take (VirtualKiosk *kiosk, const char *matter)
{
  kiosk_choose (kiosk, matter);
  virtual_kiosk_act (kiosk, "next", NULL, NULL);
}

void
kiosk_leave (VirtualKiosk *kiosk)
{
  virtual_kiosk_act (kiosk, "exit", NULL, NULL);
  jumin_virtual_card_reader_pull (kiosk->reader);
  virtual_kiosk_await (kiosk, JUMIN_PAGE_HOME);
}

void
kiosk_assert_says (VirtualKiosk *kiosk, const char *words)
{
  if (!virtual_kiosk_says (kiosk, words))
    {
      g_autofree char *screen = virtual_kiosk_dup_screen (kiosk);

      g_error ("'%s' is not on the screen: %s", words, screen);
    }
}

int
hall_count_issued (Hall *hall)
{
  return jumin_store_count_issued (hall->platform->platform.store);
}
