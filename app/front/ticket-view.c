/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number: huge, where to go, and what became of the slip. */
#include "front/view-parts.h"

static void
add_number (JuminBuilder *b)
{
  const JuminTicket *ticket = b->scene->ticket;
  JuminBlock *number = jumin_view_add_block (b->view, "number", NULL);
  g_autofree char *time = jumin_time_words (ticket->as_of);
  JuminItem *item;

  jumin_set (&number->title, jumin_outside (b, &ticket->name));
  if (ticket->appointment_at != 0)
    {
      g_autofree char *at = jumin_time_words (ticket->appointment_at);

      jumin_take (&number->note, say ("预约 %s", at));
      jumin_set (&number->note_tone, "now");
    }
  else if (ticket->priority)
    {
      jumin_set (&number->note, _ ("优先号"));
      jumin_set (&number->note_tone, "now");
    }
  jumin_take (&number->text, say ("%s 的情况", time));
  item = jumin_block_add (number, "number");
  jumin_set (&item->figure, ticket->number);
  if (ticket->state == JUMIN_TICKET_MISSED)
    return;
  item = jumin_block_add (number, "ahead");
  jumin_set (&item->label, _ ("前面还有"));
  jumin_take (&item->figure, g_strdup_printf ("%d", ticket->ahead));
  jumin_set (&item->unit, _ ("人"));
  item = jumin_block_add (number, "wait");
  jumin_set (&item->label, _ ("大约等候"));
  jumin_wait_figure (b, item, ticket->wait_min, ticket->wait_max);
}

static void
add_place (JuminBuilder *b)
{
  const JuminTicket *ticket = b->scene->ticket;
  JuminBlock *place = jumin_view_add_block (b->view, "place", NULL);
  g_autofree char *windows = jumin_windows_words (b, ticket->counters);
  const char *where = jumin_outside (b, &ticket->place);

  jumin_set (&place->icon, "pin");
  jumin_take (&place->title, *windows != '\0' && *where != '\0'
                                 ? say ("%1$s，%2$s", where, windows)
                                 : g_strdup (*where != '\0' ? where : windows));
  jumin_set (&place->text, ticket->state == JUMIN_TICKET_MISSED
                               ? jumin_missed_words (b, ticket->if_missed)
                               : _ ("请坐着等，留意叫号屏和广播"));
}

/* What the slip's part says while all is well; the rest is in the table of troubles. */
static const struct
{
  const char *tone, *title, *text;
} slips[] = {
  [JUMIN_SLIP_PRINTING] = { "wait", N_ ("正在打小票"), N_ ("马上从出票口出来") },
  [JUMIN_SLIP_PRINTED]
  = { "now", N_ ("请取走小票"), NULL }, /* and what to do if the call is missed */
};

static const char *const if_missed[] = { [JUMIN_MISSED_WINDOW] = N_ ("过号不用重取，到窗口说一声"),
                                         [JUMIN_MISSED_DESK] = N_ ("过号请到服务台重新排号"),
                                         [JUMIN_MISSED_AGAIN] = N_ ("过号请在本机重新排队") };

/* Why there is no slip; if half of it may be out, that half is what the person must know about. */
static void
tell_slip_trouble (JuminBuilder *b, JuminBlock *slip)
{
  JuminSlip state = b->scene->slip;
  JuminTrouble why = jumin_scene_get_slip_trouble (b->scene, state);
  JuminTrouble what = state == JUMIN_SLIP_UNKNOWN ? JUMIN_TROUBLE_SLIP_UNKNOWN : why;

  jumin_set (&slip->tone, "fail");
  jumin_take (&slip->title, jumin_trouble_title (b, why));
  jumin_take (&slip->text, jumin_say_trouble (b, &jumin_get_trouble (b, what)->safe));
}

static void
add_slip (JuminBuilder *b)
{
  JuminSlip state = b->scene->slip;
  JuminBlock *slip = jumin_view_add_block (b->view, "slip", NULL);

  if (state == JUMIN_SLIP_PRINTING || state == JUMIN_SLIP_PRINTED)
    {
      jumin_set (&slip->tone, slips[state].tone);
      jumin_set (&slip->title, _ (slips[state].title));
      jumin_set (&slip->text, slips[state].text != NULL
                                  ? _ (slips[state].text)
                                  : _ (if_missed[b->scene->ticket->if_missed]));
      jumin_set (&slip->note, jumin_outside (b, &b->scene->slip_place));
    }
  else
    tell_slip_trouble (b, slip);
  jumin_set (&jumin_block_add (slip, "number")->figure, b->scene->ticket->number);
}

static void
add_finish (JuminBuilder *b)
{
  jumin_add_action (b, "finish", b->scene->card_in ? _ ("办好了，退出取卡") : _ ("办好了，退出"),
                    "check", "primary");
}

/* The number was called and nobody came: what to do, and no number that looks as if it waited. */
static void
build_missed (JuminBuilder *b)
{
  const JuminTicket *ticket = b->scene->ticket;

  jumin_take (&b->view->title, say ("%s 已经过号了", ticket->number));
  jumin_set (&b->view->lead, jumin_missed_words (b, ticket->if_missed));
  add_number (b);
  add_place (b);
  if (ticket->if_missed == JUMIN_MISSED_WINDOW)
    jumin_take (&jumin_add_banner (b, "warn", "clock", NULL, NULL)->title,
                say ("再叫 %d 个号以前，号还给您留着", ticket->calls_kept));
  else
    jumin_add_action (b, "again",
                      ticket->if_missed == JUMIN_MISSED_AGAIN ? _ ("重新排队，号不变")
                                                              : _ ("另取一个新号"),
                      "queue", "plain");
  add_finish (b);
}

void
jumin_build_ticket (JuminBuilder *b)
{
  const JuminTicket *ticket = b->scene->ticket;

  if (ticket->state == JUMIN_TICKET_MISSED)
    {
      build_missed (b);
      return;
    }
  jumin_set (&b->view->title,
             ticket->live ? _ ("您已经有号了，请等叫号") : _ ("号已取好，请等叫号"));
  add_number (b);
  add_place (b);
  if (b->scene->slip == JUMIN_SLIP_NONE)
    jumin_add_banner (b, "info", "info", _ (if_missed[ticket->if_missed]), NULL);
  else
    add_slip (b);
  if (!b->tongue.elder)
    jumin_add_phone_code (b);
  jumin_add_reprint (b, ticket->live ? _ ("再打一张小票") : _ ("小票没出来？"), _ ("正在打小票"));
  add_finish (b);
}
