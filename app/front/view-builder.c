/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the scene to the view: the only place where sentences for the screen are chosen. A pure
 * function; the fixtures of the screen audit are built by it, too. */
#include "front/view-parts.h"

#include "journey/flow.h"
#include "model/hall-time.h"

static void (*const builders[JUMIN_N_PAGES]) (JuminBuilder *b) = {
  [JUMIN_PAGE_HOME] = jumin_build_home,
  [JUMIN_PAGE_SERVICES] = jumin_build_services,
  [JUMIN_PAGE_CONSENT] = jumin_build_consent,
  [JUMIN_PAGE_CHOOSE] = jumin_build_choose,
  [JUMIN_PAGE_CHECKLIST] = jumin_build_checklist,
  [JUMIN_PAGE_IDENTIFY] = jumin_build_identify,
  [JUMIN_PAGE_NUMBER] = jumin_build_number,
  [JUMIN_PAGE_CODE] = jumin_build_code,
  [JUMIN_PAGE_WAIT] = jumin_build_wait,
  [JUMIN_PAGE_TICKET] = jumin_build_ticket,
  [JUMIN_PAGE_RECORD] = jumin_build_record,
  [JUMIN_PAGE_VERIFY] = jumin_build_verify,
  [JUMIN_PAGE_NO_SHEETS] = jumin_build_no_sheets,
  [JUMIN_PAGE_PAPERS] = jumin_build_papers,
  [JUMIN_PAGE_PREVIEW] = jumin_build_preview,
  [JUMIN_PAGE_SHEETS] = jumin_build_sheets,
  [JUMIN_PAGE_BILLS] = jumin_build_bills,
  [JUMIN_PAGE_ACCOUNT] = jumin_build_account,
  [JUMIN_PAGE_PAY] = jumin_build_pay,
  [JUMIN_PAGE_PAID] = jumin_build_paid,
  [JUMIN_PAGE_UNKNOWN] = jumin_build_unknown,
  [JUMIN_PAGE_NOTICE] = jumin_build_notice,
  [JUMIN_PAGE_TAKE_CARD] = jumin_build_take_card,
  [JUMIN_PAGE_OUT_OF_SERVICE] = jumin_build_out_of_service,
};

static void
build_band (JuminBuilder *b)
{
  static const char *const days[] = { N_ ("星期一"), N_ ("星期二"), N_ ("星期三"), N_ ("星期四"),
                                      N_ ("星期五"), N_ ("星期六"), N_ ("星期日") };
  g_autoptr (GDateTime) now = jumin_hall_time (b->scene->now);
  g_autofree char *day = jumin_day_words (b, now);

  jumin_set (&b->view->hall, jumin_outside (b, &b->scene->hall_name));
  jumin_take (&b->view->machine,
              say ("居民自助服务终端 · %s", jumin_outside (b, &b->scene->machine)));
  jumin_take (&b->view->clock, jumin_time_words (b->scene->now));
  jumin_take (&b->view->date,
              say ("%1$s %2$s", day, _ (days[g_date_time_get_day_of_week (now) - 1])));
}

static void
build_steps (JuminBuilder *b)
{
  const JuminFlow *flow = b->scene->flow;
  guint now;

  if (flow == NULL)
    return;
  now = flow->mark[b->scene->step];
  /* While nobody knows whether it was paid, that is where one stands. */
  if (b->scene->page == JUMIN_PAGE_UNKNOWN && now > 0)
    now--;
  for (guint i = 0; flow->words[i] != NULL; i++)
    {
      JuminItem *item = jumin_items_add (b->view->steps, flow->words[i]);

      jumin_set (&item->title, _ (flow->words[i]));
      jumin_set (&item->state, i < now ? "done" : i == now ? "now" : "");
    }
}

static JuminItem *
add_nav (JuminBuilder *b, const char *act, const char *title, const char *icon, gboolean useful)
{
  JuminItem *item = jumin_items_add (b->view->nav, act);

  jumin_set (&item->act, act);
  jumin_set (&item->title, title);
  jumin_set (&item->icon, icon);
  jumin_set (&item->state, useful ? "" : "off");
  if (!useful)
    jumin_set (&item->reason, _ ("现在用不着"));
  return item;
}

/* The world was changed before this page: nothing leads back behind it. */
static gboolean
is_end (JuminPage page)
{
  return page == JUMIN_PAGE_TICKET || page == JUMIN_PAGE_SHEETS || page == JUMIN_PAGE_PAID
         || page == JUMIN_PAGE_UNKNOWN;
}

static void
build_nav (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminPage page = scene->page;
  gboolean on_home = page == JUMIN_PAGE_HOME || page == JUMIN_PAGE_OUT_OF_SERVICE;

  if (page == JUMIN_PAGE_TAKE_CARD || (page == JUMIN_PAGE_OUT_OF_SERVICE && !scene->in_visit)
      || (page == JUMIN_PAGE_HOME && scene->identity == NULL))
    return;
  if (!on_home)
    {
      gboolean idle = page != JUMIN_PAGE_WAIT && !jumin_scene_is_printing (scene);

      add_nav (b, "back", _ ("返回"), "back",
               idle
                   && (page == JUMIN_PAGE_SERVICES || page == JUMIN_PAGE_CONSENT
                       || page == JUMIN_PAGE_NO_SHEETS || scene->by_number
                       || (jumin_line_can_go_back (scene) && !is_end (page))));
      add_nav (b, "home", _ ("首页"), "home", idle && page != JUMIN_PAGE_CONSENT);
    }
  add_nav (b, "exit", scene->card_in ? _ ("退出取卡") : _ ("退出"), "exit",
           page != JUMIN_PAGE_WAIT);
  jumin_set (&((JuminItem *)b->view->nav->pdata[b->view->nav->len - 1])->tone, "leave");
  if (scene->deadline != 0)
    jumin_set (&b->view->countdown, _ ("秒后自动退出"));
  else if (page == JUMIN_PAGE_SHEETS)
    jumin_set (&b->view->countdown, _ ("打印时不会退出"));
}

static JuminItem *
add_key (JuminBuilder *b, const char *id, const char *title, const char *icon, gboolean on)
{
  JuminItem *item = jumin_items_add (b->view->keys, id);

  jumin_set (&item->act, "set");
  jumin_set (&item->value, on ? "off" : "on");
  jumin_set (&item->title, title);
  jumin_set (&item->icon, icon);
  jumin_set (&item->state, on ? "on" : "");
  return item;
}

/* The six keys keep their place on every page. */
static void
build_keys (JuminBuilder *b)
{
  const JuminModes *modes = &b->scene->modes;
  gboolean english = g_str_equal (modes->language, "en");
  JuminItem *item;

  add_key (b, "elder", _ ("长辈模式"), "big", modes->elder);
  item = add_key (b, "voice", _ ("语音播报"), "voice", FALSE);
  jumin_set (&item->state, "off");
  jumin_set (&item->reason, _ ("语音播报还没有开通"));
  add_key (b, "contrast", _ ("高对比"), "contrast", modes->contrast);
  add_key (b, "reach", _ ("低位操作"), "reach", modes->reach);
  item = add_key (b, "language", modes->elder ? (english ? "中文" : "English") : "中文/English",
                  "lang", FALSE);
  jumin_set (&item->value, english ? "zh" : "en");
  item = add_key (b, "help", _ ("呼叫工作人员"), "help", FALSE);
  jumin_set (&item->act, "help");
  jumin_set (&item->value, "");
  jumin_set (&item->tone, "help");
}

/**
 * jumin_view_build:
 * @scene: all that the screen is a function of
 *
 * Returns: (transfer full): the view, without a revision
 */
JuminView *
jumin_view_build (const JuminScene *scene)
{
  JuminView *view = jumin_view_new (jumin_page_get_name (scene->page));
  JuminBuilder builder
      = { .scene = scene, .tongue = { scene->modes.language, scene->modes.elder }, .view = view };
  JuminBuilder *b = &builder;

  view->page = scene->page_number;
  view->minute_end = scene->minute_end;
  view->deadline = scene->deadline;
  view->deadline_total = scene->deadline_total;
  view->elder = scene->modes.elder;
  view->contrast = scene->modes.contrast;
  view->reach = scene->modes.reach;
  view->personal = scene->identity != NULL || scene->by_number || scene->card_known;
  jumin_set (&view->language, scene->modes.language);
  jumin_set (&view->pager_previous, _ ("上一页"));
  jumin_set (&view->pager_next, _ ("下一页"));
  jumin_set (&view->pager_place, _ ("第 {page} 页 / 共 {pages} 页"));
  build_band (b);
  build_steps (b);
  builders[scene->page](b);
  /* In the place of the page's sentence: a block more would not fit everywhere. */
  if (scene->reader_lost && scene->in_visit && scene->page != JUMIN_PAGE_NOTICE)
    jumin_set (&view->lead, _ ("请先别拔卡，读卡器正在恢复"));
  build_nav (b);
  build_keys (b);
  jumin_build_dialog (b);
  return view;
}
