/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The services: their tiles, as on home, and the page that has all of them by families. A family of
 * very many stands on several shelves, so that each list of a view stays short. */
#include "front/view-parts.h"
#include "journey/flow.h"

enum
{
  SHELF_MAX = 24
};

/* The first one that will be open again, else one of which nobody knows when; %NULL: there is none.
 */
const JuminMatter *
jumin_find_closed (const JuminHall *hall)
{
  const JuminMatter *first = NULL;

  for (guint i = 0; i < hall->matters->len; i++)
    {
      const JuminMatter *matter = hall->matters->pdata[i];

      if (!matter->open
          && (first == NULL || first->reopens_at == 0
              || (matter->reopens_at != 0 && matter->reopens_at < first->reopens_at)))
        first = matter;
    }
  return first;
}

/* What is closed is said before anybody starts. */
static void
add_queue_state (JuminBuilder *b, JuminItem *tile)
{
  const JuminHall *hall = b->scene->hall;

  if (!b->scene->queue_down && jumin_hall_is_open (hall))
    {
      jumin_take (&tile->note, say ("等候 %d 人", hall->waiting));
      jumin_set (&tile->note_tone, "wait");
      return;
    }
  jumin_set (&tile->state, "off");
  jumin_take (&tile->reason,
              b->scene->queue_down
                  ? jumin_say_trouble (b, &jumin_get_trouble (b, JUMIN_TROUBLE_QUEUE_DOWN)->next)
                  : jumin_closed_words (b, jumin_find_closed (hall)));
}

/* A camera that fails is tried again on the page that needs it. */
static void
add_verify_state (JuminBuilder *b, JuminItem *tile)
{
  if (!b->scene->scanner_failed)
    return;
  jumin_take (&tile->note, jumin_trouble_title (b, b->scene->scanner_trouble));
  jumin_set (&tile->note_tone, "fail");
}

/* Why nothing can be paid now. */
static void
add_till_state (JuminBuilder *b, JuminItem *tile)
{
  static const char *const reasons[] = {
    [JUMIN_TILL_LOADING] = N_ ("正在准备，请过一会儿再来"),
    [JUMIN_TILL_RECOVERING] = N_ ("正在核对以前的付款，请稍等"),
    [JUMIN_TILL_UNRESOLVED] = N_ ("有付款还在确认，先不收新的"),
    [JUMIN_TILL_JOURNAL] = N_ ("暂停缴费，请到服务台"),
  };

  if (b->scene->till == JUMIN_TILL_OPEN)
    return;
  jumin_turn_off (tile, _ (reasons[b->scene->till]));
}

/* What needs A4 says so before anybody starts; behind its key is where to go instead. */
static void
add_sheets_state (JuminBuilder *b, JuminItem *tile)
{
  const JuminScene *scene = b->scene;
  gboolean out = scene->sheets_trouble == JUMIN_TROUBLE_SHEETS_OUT;
  JuminTrouble closed
      = scene->papers_locked ? JUMIN_TROUBLE_PAPERS_LOCKED : JUMIN_TROUBLE_PAPERS_LEDGER;

  if (scene->papers_locked || scene->ledger_failed)
    {
      jumin_set (&tile->state, "off");
      jumin_take (&tile->reason, jumin_trouble_title (b, closed));
      return;
    }
  if (!scene->sheets_ready)
    jumin_take (&tile->text, jumin_trouble_title (b, scene->sheets_trouble));
  jumin_set (&tile->note, scene->sheets_low     ? _ ("纸快用完")
                          : scene->sheets_ready ? _ ("纸张充足")
                          : out                 ? _ ("缺纸")
                                                : _ ("暂停打印"));
  jumin_set (&tile->note_tone, scene->sheets_ready && !scene->sheets_low ? "good" : "wait");
}

/* The tile that starts @service; where it cannot be started now, it says why. */
void
jumin_add_service (JuminBuilder *b, JuminBlock *tiles, const JuminService *service)
{
  JuminItem *tile = jumin_add_row (tiles, service->id, "start", service->icon, service->family,
                                   jumin_outside (b, &service->title));

  jumin_set (&tile->text, jumin_outside (b, &service->line));
  if (g_strcmp0 (service->flow, "queue") == 0)
    add_queue_state (b, tile);
  else if (g_strcmp0 (service->flow, "verify") == 0)
    add_verify_state (b, tile);
  else if (g_strcmp0 (service->flow, "payment") == 0)
    add_till_state (b, tile);
  if (jumin_flow_find (service->flow)->sheets)
    add_sheets_state (b, tile);
}

/* The tile that leads to all @count of them. */
void
jumin_add_all_services (JuminBuilder *b, JuminBlock *tiles, guint count)
{
  JuminItem *tile = jumin_add_row (tiles, "all-services", "services", "more", "queue", NULL);

  jumin_take (&tile->title, say ("全部 %d 项", (int)count));
  jumin_set (&tile->text, _ ("按类别找"));
}

/* Whether this machine could do it at all. */
static gboolean
is_offered (const JuminScene *scene, const JuminService *service)
{
  return (scene->verifies || g_strcmp0 (service->flow, "verify") != 0)
         && (scene->till_there || g_strcmp0 (service->flow, "payment") != 0)
         && (scene->sheet_printer || !jumin_flow_find (service->flow)->sheets);
}

/* (transfer container) (element-type JuminService): what is offered here, in the catalogue's order
 */
GPtrArray *
jumin_list_services (const JuminScene *scene)
{
  GPtrArray *services = g_ptr_array_new ();

  for (guint i = 0; i < scene->catalogue->services->len; i++)
    if (is_offered (scene, scene->catalogue->services->pdata[i]))
      g_ptr_array_add (services, scene->catalogue->services->pdata[i]);
  return services;
}

static const char *
name_family (JuminBuilder *b, const char *family)
{
  static const struct
  {
    const char *family, *name;
  } names[] = {
    { "queue", N_ ("排队取号") },  { "fund", N_ ("公积金") }, { "bill", N_ ("缴费") },
    { "cert", N_ ("社保和证明") }, { "water", N_ ("用水") },  { "power", N_ ("用电") },
    { "gas", N_ ("用气") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].family, family))
      return _ (names[i].name);
  return NULL;
}

/* It opens the shelf, which is known by the first service on it. @part: which one of its family,
 * from 1; 0: there is no other */
static void
add_shelf (JuminBuilder *b, JuminBlock *tiles, const GPtrArray *shelf, guint part)
{
  const JuminService *first = shelf->pdata[0];
  const char *name = name_family (b, first->family);
  JuminItem *tile
      = jumin_add_row (tiles, first->id, "services", first->family, first->family, NULL);

  jumin_set (&tile->value, first->id);
  jumin_take (&tile->title, part > 0 ? g_strdup_printf ("%s %u", name, part) : g_strdup (name));
  jumin_take (&tile->text, say ("共 %d 项", (int)shelf->len));
}

static gboolean
are_relatives (const GPtrArray *shelves, guint n, guint other)
{
  const GPtrArray *shelf = shelves->pdata[n];
  const GPtrArray *beside = other < shelves->len ? shelves->pdata[other] : NULL;

  return beside != NULL
         && g_str_equal (((const JuminService *)shelf->pdata[0])->family,
                         ((const JuminService *)beside->pdata[0])->family);
}

static void
add_shelves (JuminBuilder *b, JuminBlock *tiles, const GPtrArray *shelves)
{
  guint part = 0;

  for (guint n = 0; n < shelves->len; n++)
    {
      gboolean follows = part > 0 && are_relatives (shelves, n, n - 1);

      part = follows || are_relatives (shelves, n, n + 1) ? (follows ? part + 1 : 1) : 0;
      add_shelf (b, tiles, shelves->pdata[n], part);
    }
}

/* Shelves of the same length. */
static void
fill_shelves (GPtrArray *shelves, GPtrArray *services)
{
  guint count = (services->len + SHELF_MAX - 1) / SHELF_MAX;

  for (guint n = 0; n < count; n++)
    {
      GPtrArray *shelf = g_ptr_array_new ();

      for (guint i = services->len * n / count; i < services->len * (n + 1) / count; i++)
        g_ptr_array_add (shelf, services->pdata[i]);
      g_ptr_array_add (shelves, shelf);
    }
}

/* (transfer full) (element-type GPtrArray): of services, family by family */
static GPtrArray *
list_shelves (const GPtrArray *services)
{
  GPtrArray *shelves = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (const char *const *family = jumin_families; *family != NULL; family++)
    {
      g_autoptr (GPtrArray) relatives = g_ptr_array_new ();

      for (guint i = 0; i < services->len; i++)
        if (g_str_equal (((const JuminService *)services->pdata[i])->family, *family))
          g_ptr_array_add (relatives, services->pdata[i]);
      fill_shelves (shelves, relatives);
    }
  return shelves;
}

/* (nullable): the shelf where @service stands */
static const GPtrArray *
find_shelf (const GPtrArray *shelves, const char *service)
{
  for (guint n = 0; service != NULL && n < shelves->len; n++)
    for (guint i = 0; i < ((const GPtrArray *)shelves->pdata[n])->len; i++)
      {
        const GPtrArray *shelf = shelves->pdata[n];

        if (g_str_equal (((const JuminService *)shelf->pdata[i])->id, service))
          return shelf;
      }
  return NULL;
}

void
jumin_build_services (JuminBuilder *b)
{
  g_autoptr (GPtrArray) services = jumin_list_services (b->scene);
  g_autoptr (GPtrArray) shelves = list_shelves (services);
  const GPtrArray *open = find_shelf (shelves, b->scene->shelf);
  guint count = open != NULL ? open->len : services->len;
  JuminBlock *tiles;

  jumin_set (&b->view->title, open != NULL
                                  ? name_family (b, ((const JuminService *)open->pdata[0])->family)
                                  : _ ("全部服务"));
  jumin_take (&b->view->lead,
              open != NULL ? say ("共 %d 项", (int)count) : say ("共 %d 项，先点一类", (int)count));
  if (!b->scene->queue_down)
    jumin_add_calls (b);
  tiles = jumin_view_add_block (b->view, "tiles", "services");
  jumin_set (&tiles->tone, "large");
  if (open == NULL)
    add_shelves (b, tiles, shelves);
  for (guint i = 0; open != NULL && i < open->len; i++)
    jumin_add_service (b, tiles, open->pdata[i]);
}
