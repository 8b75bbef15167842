/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home: what one can do here, and, for who is known, what waits for them today. */
#include "front/view-parts.h"
#include "journey/flow.h"
#include "model/hall-time.h"

enum
{
  ELDER_AGE = 60,
  LARGE_TILES_MAX = 4,
  TILES_MAX = 96 /* a list of a view has a bound, and nobody turns more pages */
};

static gboolean
code_works (const JuminScene *scene)
{
  return scene->codes == JUMIN_CODES_ON && !scene->scanner_failed;
}

/* Nobody looks for a code here: the camera is off until something was chosen. */
static void
add_code_way (JuminBuilder *b, JuminBlock *ways)
{
  const JuminScene *scene = b->scene;
  JuminItem *code;

  if (scene->codes != JUMIN_CODES_ON || (scene->scanner_failed && b->tongue.elder))
    return;
  code = jumin_block_add (ways, "code");
  jumin_set (&code->icon, "code");
  /* In large text there is room for one line. */
  jumin_set (&code->title, b->tongue.elder ? _ ("先点一项，再亮码") : _ ("出示渝快码"));
  if (scene->scanner_failed)
    {
      jumin_set (&code->state, "off");
      jumin_take (&code->reason,
                  jumin_say_trouble (b, &jumin_get_trouble (b, scene->scanner_trouble)->title));
      return;
    }
  jumin_set (&code->text, _ ("先点一项，再亮码"));
  jumin_set (&code->note, jumin_outside (b, &scene->scanner_place));
  jumin_set (&code->note_tone, "wait");
}

static void
add_card_way (JuminBuilder *b, JuminBlock *ways)
{
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

/* The first one that will be open again, else one of which nobody knows when; %NULL: there is none.
 */
static const JuminMatter *
find_closed (const JuminHall *hall)
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

/* One is enough here, and what is wrong goes first; choose shows them all, and large text leaves
 * it to choose. */
static void
add_closed_matter (JuminBuilder *b)
{
  const JuminMatter *matter = find_closed (b->scene->hall);
  g_autofree char *words = matter != NULL ? jumin_closed_words (b, matter) : NULL;

  if (matter != NULL && !b->tongue.elder && !b->scene->queue_down && b->scene->printer_ready
      && jumin_hall_is_open (b->scene->hall))
    jumin_take (&jumin_add_banner (b, "info", "info", NULL, NULL)->title,
                say ("%1$s：%2$s", jumin_outside (b, &matter->name), words));
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
  jumin_take (&tile->reason, b->scene->queue_down ? jumin_say_trouble (
                                 b, &jumin_get_trouble (b, JUMIN_TROUBLE_QUEUE_DOWN)->next)
                                                  : jumin_closed_words (b, find_closed (hall)));
}

/* A camera that fails is tried again on the page that needs it. */
static void
add_verify_state (JuminBuilder *b, JuminItem *tile)
{
  if (!b->scene->scanner_failed)
    return;
  jumin_take (&tile->note,
              jumin_say_trouble (b, &jumin_get_trouble (b, b->scene->scanner_trouble)->title));
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
  jumin_set (&tile->state, "off");
  jumin_set (&tile->reason, _ (reasons[b->scene->till]));
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
      jumin_take (&tile->reason, jumin_say_trouble (b, &jumin_get_trouble (b, closed)->title));
      return;
    }
  if (!scene->sheets_ready)
    jumin_take (&tile->text,
                jumin_say_trouble (b, &jumin_get_trouble (b, scene->sheets_trouble)->title));
  jumin_set (&tile->note, scene->sheets_low     ? _ ("纸快用完")
                          : scene->sheets_ready ? _ ("纸张充足")
                          : out                 ? _ ("缺纸")
                                                : _ ("暂停打印"));
  jumin_set (&tile->note_tone, scene->sheets_ready && !scene->sheets_low ? "good" : "wait");
}

/* Large text has room for one list that turns its pages: what is one's own, then the services.
 * Beside one's own matters these are lower. */
static JuminBlock *
add_list (JuminBuilder *b)
{
  JuminBlock *own = NULL, *tiles;

  for (guint i = 0; i < b->view->blocks->len; i++)
    if (g_strcmp0 (((JuminBlock *)b->view->blocks->pdata[i])->id, "today") == 0)
      own = b->view->blocks->pdata[i];
  if (own != NULL && b->tongue.elder)
    {
      jumin_set (&own->title, NULL);
      return own;
    }
  tiles = jumin_view_add_block (b->view, "tiles", "services");
  if (own != NULL)
    jumin_set (&tiles->tone, "low");
  return tiles;
}

/* The services after the first four are smaller; in the lower half there is room for one list. */
static JuminBlock *
add_more (JuminBuilder *b)
{
  JuminBlock *more = jumin_view_add_block (b->view, "tiles", "more");

  jumin_set (&more->title, _ ("更多服务"));
  return more;
}

/* A catalogue of more services than home can show has its first ones there.
 *
 * Returns: the list that was filled last */
static JuminBlock *
add_tiles (JuminBuilder *b)
{
  JuminBlock *tiles = add_list (b);
  guint shown = 0;

  for (guint i = 0; i < b->scene->catalogue->services->len && shown < TILES_MAX; i++)
    {
      const JuminService *service = b->scene->catalogue->services->pdata[i];
      gboolean sheets = jumin_flow_find (service->flow)->sheets;
      JuminItem *tile;

      if (!jumin_is_offered (b->scene, service))
        continue;
      if (!b->tongue.elder && !b->scene->modes.reach && tiles->items->len == LARGE_TILES_MAX
          && tiles->title == NULL)
        tiles = add_more (b);
      shown++;
      tile = jumin_block_add (tiles, service->id);
      jumin_set (&tile->act, "start");
      jumin_set (&tile->icon, service->icon);
      jumin_set (&tile->family, service->family);
      jumin_set (&tile->title, jumin_outside (b, &service->title));
      jumin_set (&tile->text, jumin_outside (b, &service->line));
      if (g_strcmp0 (service->flow, "queue") == 0)
        add_queue_state (b, tile);
      else if (g_strcmp0 (service->flow, "verify") == 0)
        add_verify_state (b, tile);
      else if (g_strcmp0 (service->flow, "payment") == 0)
        add_till_state (b, tile);
      if (sheets)
        add_sheets_state (b, tile);
    }
  return tiles;
}

static void
build_signed_in (JuminBuilder *b)
{
  if (!jumin_add_today (b) && b->scene->today != NULL)
    jumin_add_banner (b, "info", "info", _ ("您今天没有等候的号，也没有预约"), NULL);
  if (!b->scene->queue_down)
    jumin_add_calls (b);
}

/* From 60 on (老年人权益保障法) large text is offered, never imposed. */
static void
add_elder_offer (JuminBuilder *b)
{
  JuminItem *row;

  if (b->tongue.elder || jumin_get_age (b) < ELDER_AGE)
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

static char *
say_known (JuminBuilder *b, const char *number)
{
  switch (jumin_identity_get_proof (b->scene->identity))
    {
    case JUMIN_PROOF_CODE:
      return say ("渝快码已核对 · %s", number);
    case JUMIN_PROOF_MESSAGE:
      return say ("身份证号已核对 · %s", number);
    default:
      return say ("社保卡已识别 · %s", number);
    }
}

static void
add_ways (JuminBuilder *b)
{
  JuminBlock *ways = jumin_view_add_block (b->view, "ways", "arrive");

  add_card_way (b, ways);
  add_code_way (b, ways);
}

void
jumin_build_home (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminBlock *last;

  if (scene->identity != NULL)
    {
      g_autofree char *name = jumin_identity_dup_masked_name (scene->identity);
      g_autofree char *number = jumin_identity_dup_masked_number (scene->identity);

      jumin_take (&b->view->title, say ("%1$s，%2$s", name, greeting (b)));
      jumin_take (&b->view->lead, say_known (b, number));
      build_signed_in (b);
      add_elder_offer (b);
    }
  else
    {
      jumin_set (&b->view->title, _ ("您好，今天办什么事？"));
      jumin_set (&b->view->lead, _ ("先插卡，或者直接点下面的服务。"));
      add_ways (b);
      if (!scene->queue_down)
        jumin_add_calls (b);
      add_closed_matter (b);
    }
  /* The ticket page will say it again: large text has no room for it beside one's own matters. */
  if (!(b->tongue.elder && scene->identity != NULL))
    jumin_add_printer_trouble (b);
  if (scene->queue_down)
    jumin_add_trouble (b, JUMIN_TROUBLE_QUEUE_DOWN, "warn", "refresh");
  last = add_tiles (b);
  if (scene->identity == NULL)
    jumin_add_number_row (b,
                          b->tongue.elder ? last : jumin_view_add_block (b->view, "rows", "arrive"),
                          b->tongue.elder      ? _ ("没带卡，用身份证号")
                          : code_works (scene) ? _ ("没带卡，也亮不了码？")
                                               : _ ("没带卡？"),
                          _ ("可以用身份证号和短信验证码"));
}
