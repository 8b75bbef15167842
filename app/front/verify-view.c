/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a paper is genuine: the camera that looks for the code on it, and what was found. */
#include "front/view-parts.h"

#include "model/hall-time.h"
#include "model/money.h"

/* What to do where the table of troubles speaks to who shows a telephone. */
static const char *const with_paper[JUMIN_N_SCAN_STATES] = {
  [JUMIN_SCAN_COVERED] = N_ ("请拿开挡住摄像头的东西"),
  [JUMIN_SCAN_TOO_DARK] = N_ ("请移到亮一点的地方"),
  [JUMIN_SCAN_TOO_BRIGHT] = N_ ("请用手挡一下强光"),
};

/* What the papers are called that this version knows. */
static const struct
{
  const char *kind, *title;
} kinds[] = {
  { "fund-deposit", N_ ("个人住房公积金缴存证明") },
  { "fund-settled", N_ ("住房公积金贷款结清证明") },
  { "fund-statement", N_ ("个人住房公积金明细") },
  { "social-insured", N_ ("社会保险参保证明") },
  { "social-rights", N_ ("社会保险个人权益记录单") },
};

static const char *
find_title (const JuminBuilder *b, const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _ (kinds[i].title);
  return _ ("平台开的证明");
}

static void
say_how (JuminBuilder *b, JuminItem *item)
{
  const JuminScene *scene = b->scene;

  if (scene->scan_preview)
    jumin_set (&item->text, _ ("把纸展平举到摄像头前，离屏幕 10–20 厘米，放进黄框"));
  else
    jumin_take (&item->text, say ("扫码口在%s，把证明上的二维码对准它",
                                  jumin_outside (b, &scene->scanner_place)));
  jumin_add_scan_hint (b, item);
}

static void
say_to_paper (JuminBuilder *b, JuminItem *item)
{
  const JuminScene *scene = b->scene;

  if (g_str_equal (item->note_tone, "fail"))
    jumin_take (&item->text,
                say ("好了会接着认。等不及，请到%s核对", jumin_outside (b, &scene->desk_place)));
  else if (!scene->code_told && with_paper[scene->scan_state] != NULL)
    jumin_set (&item->text, _ (with_paper[scene->scan_state]));
}

static void
build_looking (JuminBuilder *b)
{
  JuminBlock *note;
  JuminItem *item;

  jumin_set (&b->view->title, _ ("请出示证明上的二维码"));
  jumin_set (&b->view->lead, _ ("本机就能验，不用刷卡，也不问您是谁。"));
  item = jumin_block_add (jumin_view_add_block (b->view, "ways", "verify"), "code");
  jumin_set (&item->icon, jumin_sees (b->scene) ? "camera" : "code");
  jumin_set (&item->title, _ ("证明上的二维码"));
  if (jumin_add_look_trouble (b, item))
    say_to_paper (b, item);
  else
    say_how (b, item);
  jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", NULL), _ ("请工作人员帮忙"));
  note = jumin_view_add_block (b->view, "note", NULL);
  jumin_set (&note->icon, "lock");
  jumin_set (&note->text, _ ("摄像头只用来认二维码：不拍照、不录像、不保存画面。"));
}

static void
add_line (JuminBlock *block, const char *id, char *words)
{
  jumin_take (&jumin_block_add (block, id)->title, words);
}

static void
build_genuine (JuminBuilder *b)
{
  const JuminVerification *said = b->scene->verification;
  g_autoptr (GDateTime) issued = jumin_hall_time (said->issued_at);
  g_autofree char *time = jumin_time_words (said->issued_at);
  g_autofree char *day = jumin_day_words (b, issued);
  JuminBlock *block;

  jumin_set (&b->view->title, _ ("这张证明是真的"));
  jumin_set (&b->view->lead, _ ("请对一对：纸上写的和下面要一样。"));
  block = jumin_view_add_block (b->view, "papers", "verified");
  jumin_set (&block->title, find_title (b, said->kind));
  add_line (block, "number", say ("编号 %s", said->number));
  add_line (block, "owner", say ("证件号码 %s", said->owner));
  add_line (block, "issued",
            say ("%1$d年%2$s %3$s 开出", g_date_time_get_year (issued), day, time));
  if (said->fen != JUMIN_FIGURE_NONE)
    {
      g_autofree char *figure = jumin_fen_format (said->fen);

      add_line (block, "figure", say ("金额 %s 元", figure));
    }
  jumin_add_banner (b, "info", "info", _ ("开出后有没有作废，这里查不到"), NULL);
}

/* The paper may be torn, or of another city: nobody is accused. */
static void
build_unsigned (JuminBuilder *b)
{
  const JuminTroubleRow *row = jumin_get_trouble (b, JUMIN_TROUBLE_PAPER_UNSIGNED);
  JuminBlock *place = jumin_view_add_block (b->view, "place", NULL);

  jumin_take (&b->view->title, jumin_say_trouble (b, &row->title));
  jumin_set (&b->view->lead, _ ("可能没扫清楚，也可能是别处开的。"));
  jumin_set (&place->icon, "pin");
  jumin_take (&place->title, jumin_say_trouble (b, &row->next));
  jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", NULL), _ ("请工作人员帮忙"));
}

void
jumin_build_verify (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;

  if (scene->verification == NULL && !scene->unsigned_paper)
    {
      build_looking (b);
      return;
    }
  if (scene->verification != NULL)
    build_genuine (b);
  else
    build_unsigned (b);
  jumin_add_action (b, "another", _ ("再验一张"), "scan", "primary");
}
