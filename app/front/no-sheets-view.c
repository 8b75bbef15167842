/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No sheet of A4 comes out here now: said before anybody starts, with the nearest machine that has
 * paper, and with what still works. */
#include "front/view-parts.h"
#include "journey/flow.h"

enum
{
  SERVICES_MAX = 6 /* as many as there is room for */
};

static gboolean
has_sheets (const JuminMachine *machine)
{
  return machine->sheets == JUMIN_MACHINE_SHEETS_OK || machine->sheets == JUMIN_MACHINE_SHEETS_LOW;
}

/* The next one after @after with paper; %NULL: the nearest one. */
static const JuminMachine *
find_machine (const JuminHall *hall, const JuminMachine *after)
{
  gboolean passed = after == NULL;

  for (guint i = 0; i < hall->machines->len; i++)
    {
      const JuminMachine *machine = hall->machines->pdata[i];

      if (passed && has_sheets (machine))
        return machine;
      passed = passed || machine == after;
    }
  return NULL;
}

static void
add_nearest (JuminBuilder *b, const JuminMachine *nearest)
{
  JuminBlock *place = jumin_view_add_block (b->view, "place", NULL);

  jumin_set (&place->icon, "pin");
  if (nearest == NULL)
    {
      jumin_take (&place->title, say ("请到%s办", jumin_outside (b, &b->scene->desk_place)));
      jumin_set (&place->text, _ ("没查到别的机器现在有纸"));
      return;
    }
  jumin_take (&place->title, say ("去 %1$s，约 %2$d 米，有纸", jumin_outside (b, &nearest->name),
                                  nearest->metres));
  jumin_set (&place->text, jumin_outside (b, &nearest->place));
}

static void
add_other (JuminBuilder *b, const JuminMachine *other)
{
  JuminBlock *note = jumin_view_add_block (b->view, "note", NULL);

  jumin_set (&note->icon, "pin");
  jumin_take (&note->title, say ("也可以去 %1$s，约 %2$d 米，有纸", jumin_outside (b, &other->name),
                                 other->metres));
  jumin_set (&note->text, jumin_outside (b, &other->place));
}

static gboolean
gives_numbers (const JuminScene *scene)
{
  return !scene->queue_down && jumin_hall_is_open (scene->hall);
}

/* What this machine does all the same, and what it lacks paper for. */
static void
add_services (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  g_autoptr (GPtrArray) services = jumin_list_services (scene);
  JuminBlock *block = jumin_view_add_block (b->view, "papers", NULL);

  jumin_set (&block->title, _ ("本机还能办这些"));
  for (guint i = 0; i < MIN (services->len, SERVICES_MAX); i++)
    {
      const JuminService *service = services->pdata[i];
      gboolean works = !jumin_flow_find (service->flow)->sheets;
      JuminItem *item;

      if (g_str_equal (service->flow, "queue") && !gives_numbers (scene))
        continue;
      item = jumin_block_add (block, service->id);
      jumin_set (&item->title, jumin_outside (b, &service->title));
      jumin_set (&item->tone, works ? "good" : "fail");
      if (!works)
        jumin_set (&item->note,
                   scene->sheets_trouble == JUMIN_TROUBLE_SHEETS_OUT ? _ ("等加纸") : _ ("等修好"));
      jumin_set (&item->note_tone, "wait");
    }
}

void
jumin_build_no_sheets (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  const JuminTroubleRow *row = jumin_get_trouble (b, scene->sheets_trouble);
  const JuminMachine *nearest = find_machine (scene->hall, NULL);
  const JuminMachine *other = nearest != NULL ? find_machine (scene->hall, nearest) : NULL;
  JuminBlock *picture = jumin_view_add_block (b->view, "picture", NULL);
  gboolean out = scene->sheets_trouble == JUMIN_TROUBLE_SHEETS_OUT;

  jumin_take (&b->view->title, jumin_say_trouble (b, &row->title));
  jumin_take (&b->view->lead, jumin_say_trouble (b, &row->safe));
  jumin_set (&picture->picture, row->picture);
  jumin_set (&picture->tone, "warn");
  add_nearest (b, nearest);
  if (other != NULL)
    add_other (b, other);
  add_services (b);
  jumin_add_action (b, "home", _ ("先办别的事"), "home", "plain");
  jumin_set (&jumin_add_action (b, "help", out ? _ ("请工作人员来加纸") : _ ("请工作人员来看看"),
                                "help", "primary")
                  ->id,
             "call-staff");
}
