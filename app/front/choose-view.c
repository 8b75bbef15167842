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

static void
add_matter (JuminBuilder *b, JuminBlock *choices, const JuminMatter *matter)
{
  JuminItem *item = jumin_block_add (choices, matter->id);
  const char *name = jumin_outside (b, &matter->name);

  jumin_set (&item->icon, matter->icon);
  jumin_set (&item->family, matter->family);
  jumin_set (&item->title, name);
  if (!matter->open)
    {
      jumin_set (&item->state, "off");
      jumin_set (&item->reason, jumin_outside (b, &matter->closed_reason));
      return;
    }

  g_autofree char *wait = jumin_wait_words (b, matter->wait_min, matter->wait_max);
  jumin_take (&item->text, say ("等 %1$d 人 · %2$s", matter->waiting, wait));
  if (matter->counters != NULL && *matter->counters != '\0')
    jumin_take (&item->label, say ("%s 号窗", matter->counters));
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
    { "elder", "elder", N_ ("60 岁以上") },
    { "pregnant", "baby", N_ ("孕妇") },
    { "disabled", "reach", N_ ("残疾人") },
    { "military", "star", N_ ("军人") },
  };
  JuminBlock *options = jumin_view_add_block (b->view, "options", "priority");

  jumin_set (&options->title, _ ("可以优先叫号"));
  jumin_set (&options->text, _ ("叫到后请向窗口出示证件"));
  for (gsize i = 0; i < G_N_ELEMENTS (priorities); i++)
    {
      JuminItem *item = jumin_block_add (options, priorities[i].id);

      jumin_set (&item->icon, priorities[i].icon);
      jumin_set (&item->title, _ (priorities[i].words));
      if (g_strcmp0 (b->scene->priority, priorities[i].id) == 0)
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
  for (guint i = 0; i < b->scene->hall->matters->len; i++)
    add_matter (b, choices, b->scene->hall->matters->pdata[i]);
  if (!b->tongue.elder)
    add_priorities (b);
  action = jumin_add_action (b, "choose", _ ("先点一类业务，再取号"), "queue", "primary");
  jumin_set (&action->state, "off");
  jumin_set (&action->reason, _ ("还没有点业务"));
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
  jumin_add_banner (b, "info", "info", _ ("缺了材料？先问服务台，免得白等"), NULL);
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
  if (b->tongue.elder)
    add_priorities (b);
  jumin_add_action (b, "next", papers ? _ ("带齐了，继续取号") : _ ("继续取号"), "check",
                    "primary");
}
