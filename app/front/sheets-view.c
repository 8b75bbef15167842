/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of A4 on their way out of the printer, and what became of them. */
#include "front/view-parts.h"

enum
{
  WHOLE = 100
};

static int
count_all (const JuminScene *scene)
{
  return scene->copies * scene->document->pages;
}

/* How many sheets are out. */
static int
count_out (const JuminScene *scene)
{
  return MAX (0, scene->sheet_copy - 1) * scene->document->pages + scene->sheet_page;
}

/* A statement has no number that could be void. */
static gboolean
has_number (const JuminScene *scene)
{
  return g_strcmp0 (scene->paper, JUMIN_PAPER_STATEMENT) != 0;
}

/* What the job waits for: the first that is true is said. */
static const struct
{
  JuminPageTroubles troubles;
  const char *what, *help;
} stops[] = {
  { JUMIN_PAGE_JAM, N_ ("卡纸了"), N_ ("请不要用手拉，工作人员来取") },
  { JUMIN_PAGE_PAPER_OUT, N_ ("没有纸了"), N_ ("工作人员会来加纸") },
  { JUMIN_PAGE_COVER_OPEN, N_ ("打印机的盖子开着"), N_ ("工作人员会来关好") },
  { JUMIN_PAGE_TONER_OUT, N_ ("墨粉用完了"), N_ ("工作人员会来换") },
  { JUMIN_PAGE_OUTPUT_FULL, N_ ("出纸口满了"), N_ ("工作人员会来收走") },
  { ~0U, N_ ("打印机停住了"), N_ ("工作人员会来看") },
};

static gsize
find_stop (const JuminScene *scene)
{
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (stops) && !(scene->sheet_troubles & stops[i].troubles))
    i++;
  return i;
}

static JuminBlock *
add_outlet (JuminBuilder *b, char *text)
{
  JuminBlock *outlet = jumin_view_add_block (b->view, "outlet", NULL);

  jumin_set (&outlet->title, _ ("从这里取走"));
  jumin_take (&outlet->text, text);
  return outlet;
}

static JuminBlock *
add_job (JuminBuilder *b, const char *icon)
{
  JuminBlock *job = jumin_view_add_block (b->view, "job", NULL);

  jumin_set (&job->icon, icon);
  return job;
}

/* Which sheet is being printed, in words and as a track. */
static void
add_progress (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  int pages = scene->document->pages, copy = CLAMP (scene->sheet_copy, 1, scene->copies);
  int page = MIN (scene->sheet_page + 1, pages);
  JuminBlock *job = add_job (b, "printer");

  jumin_take (&job->title, scene->copies > 1
                               ? say ("正在打第 %1$d 份，第 %2$d 页，共 %3$d 页", copy, page, pages)
                               : say ("正在打印第 %1$d 页，共 %2$d 页", page, pages));
  jumin_set (&job->text, _ ("全部打完，再一起取走"));
  /* Half of the sheet that is being printed. */
  jumin_block_add (job, "track")->level
      = CLAMP ((2 * count_out (scene) + 1) * WHOLE / (2 * count_all (scene)), 1, WHOLE);
}

static void
build_printing (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  const char *place = jumin_outside (b, &scene->sheet_place);

  jumin_set (&b->view->title, _ ("正在打印，请稍等"));
  jumin_set (&b->view->lead,
             scene->card_in ? _ ("请不要走开，也先不要拔卡。") : _ ("请不要走开。"));
  if (!b->tongue.elder)
    jumin_add_printing (b);
  jumin_set (&add_outlet (b, say ("%1$s，%2$d 页打完一起拿", place, count_all (scene)))->note,
             "large");
  add_progress (b);
  jumin_add_action (b, "stop", _ ("停止打印"), "cross", "plain");
}

static void
build_stopped (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  gsize stop = find_stop (scene);
  int out = count_out (scene);
  JuminBlock *job, *outlet;

  jumin_set (&b->view->title, _ ("打印停住了"));
  jumin_set (&b->view->lead, _ ("该有的不会少，请先别走开"));
  job = add_job (b, "warn");
  jumin_set (&job->title, _ (stops[stop].what));
  jumin_set (&job->text, _ (stops[stop].help));
  outlet = add_outlet (b, out > 0 ? say ("已经出来 %d 页，请先不要拿", out) : say ("还没有纸出来"));
  jumin_set (&outlet->title, _ ("纸从这里出来"));
  jumin_set (&outlet->note, "large");
  jumin_add_banner (b, "info", "info", _ ("弄好以后会接着打"),
                    out > 0 && has_number (scene) ? _ ("等得太久，这次就不打了，编号作废")
                                                  : _ ("等得太久，这次就不打了"));
  jumin_add_action (b, "stop", _ ("停止打印"), "cross", "plain");
  jumin_add_action (b, "help", _ ("请人帮忙"), "help", "primary");
}

/* 拿到了吗: what the printer says is not always what came out. */
static void
add_question (JuminBuilder *b)
{
  JuminItem *no = jumin_add_action (b, "got-none", _ ("没拿到"), "cross", "plain");
  JuminItem *yes = jumin_add_action (b, "got-all", _ ("都拿到了"), "check", "primary");

  jumin_set (&no->act, "got");
  jumin_set (&no->value, "no");
  jumin_set (&yes->act, "got");
  jumin_set (&yes->value, "yes");
}

static void
add_finish (JuminBuilder *b, const char *tone)
{
  jumin_add_action (b, "finish", b->scene->card_in ? _ ("不办了，退出取卡") : _ ("不办了，退出"),
                    "exit", tone);
}

/* The person has said that sheets are missing. */
static void
build_missing (JuminBuilder *b)
{
  jumin_set (&b->view->title, _ ("记下了，请稍等"));
  jumin_set (&b->view->lead, _ ("正在问能不能换一份新的"));
  add_outlet (b, say ("一共应该有 %d 页", count_all (b->scene)));
  jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", "help"), _ ("请人帮忙"));
  add_finish (b, "primary");
}

static void
build_printed (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  int all = count_all (scene);
  gboolean asked = scene->got == JUMIN_GOT_ASKED;

  if (scene->got == JUMIN_GOT_LESS)
    {
      build_missing (b);
      return;
    }
  jumin_set (&b->view->title, _ ("打好了，请取走"));
  jumin_take (&b->view->lead,
              asked ? say ("一共 %d 页，都拿到了吗？", all) : say ("一共 %d 页，请都拿好", all));
  jumin_set (&add_outlet (b, g_strdup (jumin_outside (b, &scene->sheet_place)))->note, "large");
  jumin_add_banner (b, "warn", "warn", _ ("请核对张数，别落下"), _ ("这台机器看不见有没有纸留下"));
  if (asked)
    add_question (b);
  else
    jumin_add_action (b, "finish", scene->card_in ? _ ("拿好了，退出取卡") : _ ("拿好了，退出"),
                      "exit", "primary");
}

/* What becomes of a paper that the person does not hold all of: a replacement has none. */
static const char *
say_void (const JuminBuilder *b)
{
  const JuminDocument *document = b->scene->document;

  if (!has_number (b->scene))
    return _ ("那一份不算，可以换新的");
  return document->replaces == NULL ? _ ("那一份的编号作废，可以换新的") : _ ("那一份的编号作废");
}

static void
build_unknown (JuminBuilder *b)
{
  if (b->scene->got != JUMIN_GOT_ASKED)
    {
      (b->scene->got == JUMIN_GOT_ALL ? build_printed : build_missing) (b);
      return;
    }
  jumin_set (&b->view->title, _ ("都打出来了吗？"));
  jumin_set (&b->view->lead, _ ("机器说不准，请您看看出纸口"));
  add_outlet (b, say ("一共应该有 %d 页", count_all (b->scene)));
  jumin_add_banner (b, "info", "info", _ ("没有拿全，就点“没拿到”"), say_void (b));
  jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", "help"), _ ("请人帮忙"));
  add_question (b);
}

/* @out: so many sheets; 0: the person alone knows how many */
static char *
say_out (const JuminBuilder *b, int out)
{
  if (has_number (b->scene))
    return out > 0 ? say ("已打的 %d 页不算，编号作废", out) : say ("已打的不算，编号作废");
  return out > 0 ? say ("已打的 %d 页不算", out) : say ("已打的不算");
}

static const char *
say_replacement (const JuminBuilder *b)
{
  if (!b->scene->replacement)
    return _ ("请到服务台，工作人员给您补");
  return has_number (b->scene) ? _ ("新的一份有新编号，不占您的份数") : _ ("查询单可以再打一份");
}

static void
build_partly (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  int out = count_out (scene);
  JuminBlock *job;

  jumin_set (&b->view->title, out > 0 ? _ ("只打出了一部分") : _ ("没有打全"));
  jumin_take (&b->view->lead, say_out (b, out));
  job = add_job (b, "printer");
  jumin_set (&job->title, scene->replacement ? _ ("可以换一份新的") : _ ("现在换不了新的"));
  jumin_set (&job->text, say_replacement (b));
  add_outlet (b, say ("请取走作废的纸，别用它办事"));
  jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", "help"), _ ("请人帮忙"));
  add_finish (b, "plain");
  if (scene->replacement)
    jumin_add_action (b, "replace", _ ("换一份新的"), "refresh", "primary");
}

static void
build_failed (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminBlock *job = add_job (b, "printer");

  jumin_set (&b->view->title, _ ("没有打出来"));
  jumin_set (&b->view->lead, _ ("一页也没出来，不算您的份数"));
  jumin_set (&job->title,
             scene->sheet_troubles != 0 ? _ (stops[find_stop (scene)].what) : _ ("打印停住了"));
  jumin_set (&job->text,
             scene->sheets_ready ? _ ("现在可以再打一次") : _ (stops[find_stop (scene)].help));
  if (scene->sheets_ready && !scene->papers_locked)
    jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", "help"), _ ("请人帮忙"));
  add_finish (b, "plain");
  if (!scene->sheets_ready || scene->papers_locked)
    {
      jumin_add_action (b, "help", _ ("请人帮忙"), "help", "primary");
      return;
    }
  jumin_add_action (b, "again", _ ("再打一次"), "printer", "primary");
}

void
jumin_build_sheets (JuminBuilder *b)
{
  static JuminPageBuild *const builds[] = {
    [JUMIN_SHEETS_NONE] = build_printing,   [JUMIN_SHEETS_PRINTING] = build_printing,
    [JUMIN_SHEETS_STOPPED] = build_stopped, [JUMIN_SHEETS_PRINTED] = build_printed,
    [JUMIN_SHEETS_PARTLY] = build_partly,   [JUMIN_SHEETS_FAILED] = build_failed,
    [JUMIN_SHEETS_UNKNOWN] = build_unknown,
  };

  builds[b->scene->sheets](b);
}
