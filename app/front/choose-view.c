/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing the matter, and what to bring for it. */
#include "front/view-parts.h"

enum
{
  LONG_WAIT_MINUTES = 20, /* from here on the track is ochre */
  WAITING_FULL = 15       /* people that fill the track */
};

static void
add_facts (JuminBuilder *b)
{
  const JuminHall *hall = b->scene->hall;
  JuminBlock *facts = jumin_view_add_block (b->view, "facts", NULL);
  g_autofree char *time = jumin_time_words (hall->as_of);
  JuminItem *item;

  jumin_take (&facts->note, say ("%s 的情况", time));
  item = jumin_block_add (facts, "waiting");
  jumin_set (&item->label, _ ("现在等候"));
  jumin_take (&item->figure, g_strdup_printf ("%d", hall->waiting));
  jumin_set (&item->unit, _ ("人"));
  item = jumin_block_add (facts, "windows");
  jumin_set (&item->label, _ ("开放窗口"));
  jumin_take (&item->figure, g_strdup_printf ("%d", hall->windows_open));
  jumin_set (&item->unit, _ ("个"));
  item = jumin_block_add (facts, "wait");
  jumin_set (&item->label, _ ("大约等候"));
  jumin_wait_figure (b, item, hall->wait_min, hall->wait_max);
}

/* (nullable): the number that the person holds for @matter, or missed the call of */
static const JuminTicket *
find_ticket (const JuminScene *scene, const char *matter)
{
  for (guint i = 0; scene->today != NULL && i < scene->today->tickets->len; i++)
    if (g_strcmp0 (((JuminTicket *)scene->today->tickets->pdata[i])->matter, matter) == 0)
      return scene->today->tickets->pdata[i];
  return NULL;
}

static const JuminAppointment *
find_appointment (const JuminScene *scene, const char *matter)
{
  for (guint i = 0; scene->today != NULL && i < scene->today->appointments->len; i++)
    if (g_strcmp0 (((JuminAppointment *)scene->today->appointments->pdata[i])->matter, matter) == 0)
      return scene->today->appointments->pdata[i];
  return NULL;
}

/* What today says of the matter stands where the waiting would: it is the person's own. */
static char *
today_words (JuminBuilder *b, const JuminMatter *matter, gboolean *early)
{
  const JuminAppointment *appointment = find_appointment (b->scene, matter->id);
  const JuminTicket *ticket = find_ticket (b->scene, matter->id);
  JuminStanding standing = appointment != NULL
                               ? jumin_appointment_get_standing (appointment, b->scene->hall->as_of)
                               : JUMIN_STANDING_LATE;

  *early = appointment != NULL && standing == JUMIN_STANDING_EARLY;
  if (appointment != NULL)
    {
      g_autofree char *begins = jumin_time_words (appointment->begins_at);
      g_autofree char *from = jumin_time_words (appointment->take_from);

      return *early ? say ("您约了 %1$s，%2$s 起取号", begins, from)
             : standing == JUMIN_STANDING_NOW ? say ("您约了 %s，现在取号", begins)
                                              : say ("%s 的预约过了，取普通号", begins);
    }
  if (ticket == NULL)
    return NULL;
  return ticket->state == JUMIN_TICKET_MISSED ? say ("%s 过号了", ticket->number)
                                              : say ("您已经有号 %s", ticket->number);
}

static char *
waiting_words (JuminBuilder *b, const JuminMatter *matter)
{
  g_autofree char *wait = jumin_wait_words (b, matter->wait_min, matter->wait_max);

  if (matter->left != JUMIN_LEFT_MANY)
    return say ("等 %1$d 人 · 还剩 %2$d 个号", matter->waiting, matter->left);
  return say ("等 %1$d 人 · %2$s", matter->waiting, wait);
}

static gboolean
is_of_today (const JuminScene *scene, const JuminMatter *matter)
{
  return find_appointment (scene, matter->id) != NULL || find_ticket (scene, matter->id) != NULL;
}

static void
add_matter (JuminBuilder *b, JuminBlock *choices, const JuminMatter *matter)
{
  JuminItem *item = jumin_block_add (choices, matter->id);
  const char *name = jumin_outside (b, &matter->name);
  gboolean early;
  g_autofree char *today = today_words (b, matter, &early);

  jumin_set (&item->icon, matter->icon);
  jumin_set (&item->family, matter->family);
  jumin_set (&item->title, name);
  if (early || (!matter->open && today == NULL))
    {
      jumin_set (&item->state, "off");
      jumin_take (&item->reason, early ? g_steal_pointer (&today) : jumin_closed_words (b, matter));
      return;
    }

  if (today == NULL && matter->counters != NULL && *matter->counters != '\0')
    jumin_take (&item->label, say ("%s 号窗", matter->counters));
  jumin_take (&item->text, today != NULL ? g_steal_pointer (&today) : waiting_words (b, matter));
  item->level = CLAMP (matter->waiting * 100 / WAITING_FULL, 3, 100);
  jumin_set (&item->tone, matter->wait_max > LONG_WAIT_MINUTES ? "wait" : "good");
  jumin_take (&item->primary, b->tongue.elder ? g_strdup (_ ("取号")) : say ("取“%s”号", name));
  if (g_strcmp0 (b->scene->matter, matter->id) == 0)
    jumin_set (&item->state, "on");
}

/* On the page of the matters; in elderly mode, one question a page, with the papers. */
static void
add_priorities (JuminBuilder *b)
{
  static const struct
  {
    const char *id, *icon, *words;
  } priorities[] = {
    { "elder", "elder", NULL }, /* of whom is known the age is, too */
    { "pregnant", "baby", N_ ("孕妇") },
    { "disabled", "reach", N_ ("残疾人") },
    { "military", "star", N_ ("军人") },
  };
  int age = b->scene->hall->priority_age;
  JuminBlock *options;

  if (b->scene->identity != NULL && jumin_get_age (b) >= age)
    {
      jumin_take (&jumin_add_banner (b, "good", "elder", NULL, NULL)->title,
                  say ("您满 %d 岁，会优先叫您的号", age));
      return;
    }
  options = jumin_view_add_block (b->view, "options", "priority");
  /* In the lower half it stands beside its keys. */
  jumin_set (&options->title, b->scene->modes.reach ? _ ("优先叫号") : _ ("可以优先叫号"));
  jumin_set (&options->text, _ ("叫到后请向窗口出示证件"));
  for (gsize i = 0; i < G_N_ELEMENTS (priorities); i++)
    {
      JuminItem *item = jumin_block_add (options, priorities[i].id);

      jumin_set (&item->icon, priorities[i].icon);
      jumin_take (&item->title, priorities[i].words != NULL ? g_strdup (_ (priorities[i].words))
                                                            : say ("%d 岁以上", age));
      if (priorities[i].words == NULL && b->scene->identity != NULL)
        jumin_turn_off (item, _ ("年龄按身份证号算，不用选"));
      else if (g_strcmp0 (b->scene->priority, priorities[i].id) == 0)
        jumin_set (&item->state, "on");
    }
}

void
jumin_build_choose (JuminBuilder *b)
{
  JuminBlock *choices;
  JuminItem *action;

  jumin_set (&b->view->title, _ ("您要到窗口办什么？"));
  jumin_set (&b->view->lead, _ ("点一类业务，再按最下面的“取号”。"));
  /* In reach mode the upper half is for looking only: there is room for the whole board. */
  if (b->scene->modes.reach)
    jumin_add_calls (b);
  else
    add_facts (b);
  choices = jumin_view_add_block (b->view, "choices", "matter");
  for (gboolean today = TRUE; today >= FALSE; today--)
    for (guint i = 0; i < b->scene->hall->matters->len; i++)
      if (is_of_today (b->scene, b->scene->hall->matters->pdata[i]) == today)
        add_matter (b, choices, b->scene->hall->matters->pdata[i]);
  if (!b->tongue.elder)
    add_priorities (b);
  action = jumin_add_action (b, "choose", _ ("先点一类业务，再取号"), "queue", "primary");
  jumin_turn_off (action, _ ("还没有点业务"));
}

static void
add_papers (JuminBuilder *b, const JuminMatter *matter)
{
  JuminBlock *papers = jumin_view_add_block (b->view, "papers", NULL);

  jumin_set (&b->view->title, _ ("这些材料带齐了吗？"));
  jumin_take (&b->view->lead, say ("办“%s”要带：", jumin_outside (b, &matter->name)));
  for (guint i = 0; i < matter->papers->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("paper-%u", i + 1);

      jumin_set (&jumin_block_add (papers, id)->title, jumin_outside (b, matter->papers->pdata[i]));
    }
}

/* What became of the list for who lacks something. */
static const struct
{
  const char *tone, *icon, *title, *text;
} lists[] = {
  [JUMIN_LIST_NONE] = { "info", "info", N_ ("缺了材料？先打清单，不会用掉号"), NULL },
  [JUMIN_LIST_PRINTING] = { "info", "printer", N_ ("正在打材料清单"), N_ ("没有取走任何号") },
  [JUMIN_LIST_PRINTED] = { "good", "check", N_ ("请取走清单，带齐了再来"), N_ ("没有取走任何号") },
  [JUMIN_LIST_FAILED]
  = { "warn", "printer", N_ ("清单没打出来，请拍下这一页"), N_ ("没有取走任何号") },
};

static void
add_list (JuminBuilder *b)
{
  JuminList list = b->scene->list;
  const char *text = lists[list].text;
  JuminItem *action;

  /* Large text has no room to say beforehand what the key says. */
  if (list != JUMIN_LIST_NONE || !b->tongue.elder)
    jumin_add_banner (b, lists[list].tone, lists[list].icon, _ (lists[list].title),
                      text != NULL && !b->tongue.elder ? _ (text) : NULL);
  action = jumin_add_action (b, "missing",
                             list == JUMIN_LIST_NONE ? _ ("缺材料，打清单") : _ ("再打一张清单"),
                             "printer", "plain");
  if (list == JUMIN_LIST_PRINTING)
    jumin_turn_off (action, _ ("正在打材料清单"));
}

void
jumin_build_checklist (JuminBuilder *b)
{
  const JuminMatter *matter = jumin_hall_find_matter (b->scene->hall, b->scene->matter);
  gboolean papers = matter != NULL && matter->papers->len > 0;

  if (papers)
    add_papers (b, matter);
  else
    jumin_set (&b->view->title, _ ("您要优先叫号吗？"));
  if (b->tongue.elder && b->scene->list == JUMIN_LIST_NONE)
    add_priorities (b);
  if (papers)
    add_list (b);
  jumin_add_action (b, "next", papers ? _ ("带齐了，继续取号") : _ ("继续取号"), "check",
                    "primary");
}
