/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home: what one can do here, and, for who is known, what waits for them today. */
#include "front/view-parts.h"
#include "model/hall-time.h"

enum
{
  ELDER_AGE = 60,
  LARGE_TILES_MAX = 4,
  TILES_MAX = 10,     /* as many as a page has room for */
  ELDER_TILES_MAX = 7 /* with the way in without a card: two pages */
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
      jumin_take (&code->reason, jumin_trouble_title (b, scene->scanner_trouble));
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
      jumin_take (&card->reason, jumin_trouble_title (b, b->scene->reader_trouble));
      return;
    }
  jumin_set (&card->text, _ ("芯片朝上，插到底，先别拔"));
  jumin_set (&card->note, jumin_outside (b, &b->scene->reader_place));
  jumin_set (&card->note_tone, "wait");
}

/* One is enough here, and what is wrong goes first; choose shows them all, and large text leaves
 * it to choose. */
static void
add_closed_matter (JuminBuilder *b)
{
  const JuminMatter *matter = jumin_find_closed (b->scene->hall);
  g_autofree char *words = matter != NULL ? jumin_closed_words (b, matter) : NULL;

  if (matter != NULL && !b->tongue.elder && !b->scene->queue_down && b->scene->printer_ready
      && jumin_hall_is_open (b->scene->hall))
    jumin_take (&jumin_add_banner (b, "info", "info", NULL, NULL)->title,
                say ("%1$s：%2$s", jumin_outside (b, &matter->name), words));
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

/* Where the next tile goes. */
static void
turn_to_more (JuminBuilder *b, JuminBlock **tiles)
{
  if (!b->tongue.elder && !b->scene->modes.reach && (*tiles)->items->len == LARGE_TILES_MAX
      && (*tiles)->title == NULL)
    *tiles = add_more (b);
}

/* What leads to the others, where a catalogue has more than there is room for: the last one; in
 * large letters the last one of the first page.
 *
 * Returns: the list that was filled last */
static JuminBlock *
add_tiles (JuminBuilder *b)
{
  g_autoptr (GPtrArray) services = jumin_list_services (b->scene);
  JuminBlock *tiles = add_list (b);
  gboolean many = services->len > TILES_MAX;
  guint shown = !many ? services->len : b->tongue.elder ? ELDER_TILES_MAX - 1 : TILES_MAX - 1;
  guint all = b->tongue.elder ? LARGE_TILES_MAX - 1 : shown;

  for (guint i = 0; i <= shown; i++)
    {
      if (many && i == all)
        {
          turn_to_more (b, &tiles);
          jumin_add_all_services (b, tiles, services->len);
        }
      if (i == shown)
        break;
      turn_to_more (b, &tiles);
      jumin_add_service (b, tiles, services->pdata[i]);
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
  row = jumin_add_row (jumin_view_add_block (b->view, "rows", "offer"), "elder", "set", "big",
                       "fund", _ ("要不要换成大字？"));
  jumin_set (&row->value, "on");
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
