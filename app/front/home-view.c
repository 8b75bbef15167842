/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home: what one can do here, and, for who is known, what waits for them today. */
#include "front/view-parts.h"
#include "model/hall-time.h"

enum
{
  ELDER_AGE = 60
};

static void
add_card_way (JuminBuilder *b)
{
  JuminBlock *ways = jumin_view_add_block (b->view, "ways", "arrive");
  JuminItem *card = jumin_block_add (ways, "card");

  jumin_set (&card->icon, "card");
  jumin_set (&card->title, _ ("插社保卡"));
  if (b->scene->reader_missing)
    {
      jumin_set (&card->state, "off");
      jumin_take (&card->reason,
                  jumin_say_trouble (b, &jumin_get_trouble (b, b->scene->reader_trouble)->title));
      return;
    }
  jumin_set (&card->text, _ ("芯片朝上，插到底，先别拔"));
  jumin_set (&card->note, jumin_outside (b, &b->scene->reader_place));
  jumin_set (&card->note_tone, "wait");
}

static void
add_closed_matters (JuminBuilder *b)
{
  for (guint i = 0; i < b->scene->hall->matters->len; i++)
    {
      const JuminMatter *matter = b->scene->hall->matters->pdata[i];

      if (matter->open)
        continue;
      jumin_take (&jumin_add_banner (b, "info", "info", NULL, NULL)->title,
                  say ("%1$s：%2$s", jumin_outside (b, &matter->name),
                       jumin_outside (b, &matter->closed_reason)));
      return; /* one is enough here; choose shows them all */
    }
}

static void
add_tiles (JuminBuilder *b)
{
  JuminBlock *tiles = jumin_view_add_block (b->view, "tiles", "services");

  for (guint i = 0; i < b->scene->catalogue->services->len; i++)
    {
      const JuminService *service = b->scene->catalogue->services->pdata[i];
      JuminItem *tile = jumin_block_add (tiles, service->id);

      jumin_set (&tile->act, "start");
      jumin_set (&tile->icon, service->icon);
      jumin_set (&tile->family, service->family);
      jumin_set (&tile->title, jumin_outside (b, &service->title));
      jumin_set (&tile->text, jumin_outside (b, &service->line));
      jumin_take (&tile->note, say ("等候 %d 人", b->scene->hall->waiting));
      jumin_set (&tile->note_tone, "wait");
    }
}

static void
add_tickets (JuminBuilder *b, JuminBlock *rows)
{
  for (guint i = 0; i < b->scene->today->tickets->len; i++)
    {
      const JuminTicket *ticket = b->scene->today->tickets->pdata[i];
      g_autofree char *windows = jumin_windows_words (b, ticket->counters);
      g_autofree char *wait = jumin_wait_words (b, ticket->wait_min, ticket->wait_max);
      JuminItem *row = jumin_block_add (rows, ticket->flow);

      jumin_set (&row->act, "ticket");
      jumin_set (&row->icon, "queue");
      jumin_set (&row->family, "queue");
      jumin_take (&row->title, say ("等候叫号 %s", ticket->number));
      jumin_take (&row->note, say ("前面 %d 人", ticket->ahead));
      jumin_set (&row->note_tone, "now");
      jumin_take (&row->text, b->tongue.elder ? g_strdup (*windows != '\0' ? windows : wait)
                                              : g_strdup_printf (
                                                  "%s · %s%s%s", jumin_outside (b, &ticket->name),
                                                  windows, *windows != '\0' ? " · " : "", wait));
      jumin_set (&row->label, _ ("查看"));
    }
}

static void
add_appointments (JuminBuilder *b, JuminBlock *rows)
{
  for (guint i = 0; i < b->scene->today->appointments->len; i++)
    {
      const JuminAppointment *appointment = b->scene->today->appointments->pdata[i];
      g_autofree char *begins = jumin_time_words (appointment->begins_at);
      g_autofree char *ends = jumin_time_words (appointment->ends_at);
      JuminItem *row = jumin_block_add (rows, appointment->id);

      jumin_set (&row->icon, "clock");
      jumin_set (&row->family, "fund");
      jumin_take (&row->title, say ("预约了%s", jumin_outside (b, &appointment->name)));
      jumin_take (&row->text, say ("今天 %1$s–%2$s，到时请取号", begins, ends));
    }
}

static void
build_signed_in (JuminBuilder *b)
{
  const JuminToday *today = b->scene->today;
  guint n = today != NULL ? today->tickets->len + today->appointments->len : 0;
  JuminBlock *rows;

  if (n > 0)
    {
      rows = jumin_view_add_block (b->view, "rows", "today");
      jumin_take (&rows->title, say ("今天与您有关的 %u 件事", n));
      add_tickets (b, rows);
      add_appointments (b, rows);
    }
  else if (today != NULL)
    jumin_add_banner (b, "info", "info", _ ("您今天没有等候的号，也没有预约"), NULL);
  if (!b->tongue.elder && !b->scene->modes.reach)
    jumin_add_calls (b);
}

/* From 60 on (老年人权益保障法) large text is offered, never imposed. */
static void
add_elder_offer (JuminBuilder *b)
{
  GDate today;
  JuminItem *row;

  jumin_scene_get_date (b->scene, &today);
  if (b->tongue.elder || jumin_identity_get_age (b->scene->identity, &today) < ELDER_AGE)
    return;
  row = jumin_block_add (jumin_view_add_block (b->view, "rows", "offer"), "elder");
  jumin_set (&row->act, "set");
  jumin_set (&row->value, "on");
  jumin_set (&row->icon, "big");
  jumin_set (&row->family, "fund");
  jumin_set (&row->title, _ ("要不要换成大字？"));
  jumin_set (&row->text, _ ("长辈模式：字大，一次一件事"));
  jumin_set (&row->label, _ ("换大字"));
}

static const char *
greeting (JuminBuilder *b)
{
  g_autoptr (GDateTime) now = jumin_hall_time (b->scene->now);
  int hour = g_date_time_get_hour (now);

  if (hour >= 5 && hour < 11)
    return _ ("上午好");
  if (hour >= 11 && hour < 13)
    return _ ("中午好");
  return hour >= 13 && hour < 18 ? _ ("下午好") : _ ("晚上好");
}

void
jumin_build_home (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;

  if (scene->identity != NULL)
    {
      g_autofree char *name = jumin_identity_dup_masked_name (scene->identity);
      g_autofree char *number = jumin_identity_dup_masked_number (scene->identity);

      jumin_take (&b->view->title, say ("%1$s，%2$s", name, greeting (b)));
      jumin_take (&b->view->lead, jumin_identity_get_proof (scene->identity) == JUMIN_PROOF_MESSAGE
                                      ? say ("身份证号已核对 · %s", number)
                                      : say ("社保卡已识别 · %s", number));
      build_signed_in (b);
      add_elder_offer (b);
    }
  else
    {
      jumin_set (&b->view->title, _ ("您好，今天办什么事？"));
      jumin_set (&b->view->lead, _ ("先插卡，或者直接点下面的服务。"));
      add_card_way (b);
      jumin_add_calls (b);
      add_closed_matters (b);
    }
  /* The ticket page will say it again: large text has no room for it beside one's own matters. */
  if (!(b->tongue.elder && scene->identity != NULL))
    jumin_add_printer_trouble (b);
  add_tiles (b);
  if (scene->identity == NULL)
    jumin_add_number_row (b, jumin_view_add_block (b->view, "rows", "arrive"),
                          b->tongue.elder ? _ ("没带卡，用身份证号") : _ ("没带卡？"),
                          _ ("可以用身份证号和短信验证码"));
}
