/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes: the ways to say it, the agreement before a card is read, and the waits between. */
#include "front/view-parts.h"

/* What the person can do better, in the chip of the way. */
static const char *const hints[JUMIN_N_SCAN_HINTS] = {
  [JUMIN_SCAN_HINT_NONE] = N_ ("正在找二维码"), [JUMIN_SCAN_HINT_CLOSER] = N_ ("近一点"),
  [JUMIN_SCAN_HINT_FARTHER] = N_ ("远一点"),    [JUMIN_SCAN_HINT_BRIGHTER] = N_ ("调亮屏幕"),
  [JUMIN_SCAN_HINT_GLARE] = N_ ("避开反光"),    [JUMIN_SCAN_HINT_STEADY] = N_ ("拿稳"),
};

static gboolean
takes (const JuminBuilder *b, JuminProof proof)
{
  return jumin_need_is_met (b->scene->need, proof);
}

/* Of the ways that this service takes, those that work now. */
static gboolean
code_works (const JuminBuilder *b)
{
  return takes (b, JUMIN_PROOF_CODE) && b->scene->codes == JUMIN_CODES_ON
         && !b->scene->scanner_failed;
}

static gboolean
card_works (const JuminBuilder *b)
{
  return takes (b, JUMIN_PROOF_PLATFORM) && !b->scene->reader_missing;
}

static void
add_card_way (JuminBuilder *b, JuminBlock *ways)
{
  const JuminScene *scene = b->scene;
  JuminItem *item;

  if (!takes (b, JUMIN_PROOF_PLATFORM))
    return;
  item = jumin_block_add (ways, "card");
  jumin_set (&item->icon, "card");
  jumin_set (&item->title, _ ("插入社保卡"));
  if (scene->reader_missing)
    {
      jumin_set (&item->state, "off");
      jumin_take (&item->reason, jumin_trouble_title (b, scene->reader_trouble));
      return;
    }
  jumin_take (&item->text, say ("读卡口在%s，芯片朝上，插到底，先别拔",
                                jumin_outside (b, &scene->reader_place)));
  jumin_set (&item->note, _ ("等待插卡"));
  jumin_set (&item->note_tone, "info");
}

/**
 * jumin_add_scan_hint:
 *
 * What the scanner says to what it sees, in the chip of @item.
 */
void
jumin_add_scan_hint (const JuminBuilder *b, JuminItem *item)
{
  const JuminScene *scene = b->scene;
  gboolean opening = scene->scan_preview && scene->scan_state == JUMIN_SCAN_OPENING;
  /* It has no screen to make brighter. */
  gboolean paper = scene->page == JUMIN_PAGE_VERIFY && scene->scan_hint == JUMIN_SCAN_HINT_BRIGHTER;

  jumin_set (&item->note, scene->code_checking ? _ ("认出来了，正在核对")
                          : opening            ? _ ("正在打开摄像头")
                          : paper              ? _ ("移到亮处")
                                               : _ (hints[scene->scan_hint]));
  jumin_set (&item->note_tone, scene->code_checking ? "good" : opening ? "wait" : "now");
}

/**
 * jumin_add_look_trouble:
 *
 * Says in @item why no code can be looked for, and what to do.
 *
 * Returns: whether there is a trouble
 */
gboolean
jumin_add_look_trouble (const JuminBuilder *b, JuminItem *item)
{
  const JuminTroubleRow *row;
  JuminTrouble trouble;

  if (!jumin_look_find_trouble (b->scene, &trouble))
    return FALSE;
  row = jumin_get_trouble (b, trouble);
  jumin_take (&item->note, jumin_say_trouble (b, &row->title));
  jumin_set (&item->note_tone, row->kind == JUMIN_TROUBLE_FAILURE ? "fail" : "wait");
  jumin_take (&item->text, jumin_say_trouble (b, &row->next));
  return TRUE;
}

/* How it is done, and what the scanner says to it. */
static void
say_how (JuminBuilder *b, JuminItem *item)
{
  const JuminScene *scene = b->scene;

  if (scene->scan_preview)
    jumin_set (&item->text, _ ("把手机亮码举到摄像头前，离屏幕 10–20 厘米，放进黄框"));
  else
    jumin_take (&item->text,
                say ("扫码口在%s，把手机亮码对准它", jumin_outside (b, &scene->scanner_place)));
  jumin_add_scan_hint (b, item);
}

static void
add_code_way (JuminBuilder *b, JuminBlock *ways)
{
  const JuminScene *scene = b->scene;
  JuminItem *item;

  if (scene->codes == JUMIN_CODES_NONE || !takes (b, JUMIN_PROOF_CODE))
    return;
  item = jumin_block_add (ways, "code");
  jumin_set (&item->icon, jumin_sees (scene) ? "camera" : "code");
  jumin_set (&item->title, _ ("出示渝快码"));
  if (scene->codes == JUMIN_CODES_OFF)
    {
      jumin_turn_off (item, _ ("亮码还没有开通，请先用卡"));
      return;
    }
  if (!jumin_add_look_trouble (b, item))
    say_how (b, item);
}

/* The way that works comes first. */
static void
add_ways (JuminBuilder *b)
{
  JuminBlock *ways;

  if (!takes (b, JUMIN_PROOF_PLATFORM) && !takes (b, JUMIN_PROOF_CODE))
    return;
  ways = jumin_view_add_block (b->view, "ways", "identify");
  if (code_works (b))
    add_code_way (b, ways);
  add_card_way (b, ways);
  if (!code_works (b))
    add_code_way (b, ways);
}

static const char *
find_title (JuminBuilder *b)
{
  if (code_works (b) && card_works (b))
    return _ ("请亮码，或者插卡");
  if (code_works (b))
    return _ ("请亮渝快码");
  return card_works (b) || !takes (b, JUMIN_PROOF_MESSAGE) ? _ ("请插社保卡")
                                                           : _ ("请用身份证号核对");
}

/* Why the way that the person came by is not enough, where it is not. */
static const char *
find_lead (JuminBuilder *b)
{
  static const char *const reasons[JUMIN_N_NEEDS] = {
    [JUMIN_NEED_CARD] = N_ ("这项业务要核对社保卡。"),
    [JUMIN_NEED_CARD_PLATFORM] = N_ ("这项业务要核对社保卡。"),
    [JUMIN_NEED_MESSAGE] = N_ ("这项业务要用手机验证码核对。"),
  };

  if (reasons[b->scene->need] != NULL)
    return _ (reasons[b->scene->need]);
  /* Large text has no room for the promise below, and nobody agrees unasked. */
  if (code_works (b) && b->tongue.elder)
    return _ ("亮码就是同意核对姓名和证号");
  return code_works (b) && card_works (b) ? _ ("任选一种。认出后会自动进入下一步，不用再点。")
                                          : _ ("认出后会自动进入下一步，不用再点。");
}

static void
add_other_ways (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  const JuminMatter *matter = jumin_hall_find_matter (scene->hall, scene->matter);
  JuminBlock *rows = jumin_view_add_block (b->view, "rows", NULL);
  JuminItem *item;

  if (takes (b, JUMIN_PROOF_MESSAGE))
    {
      jumin_set (&rows->title, scene->need == JUMIN_NEED_MESSAGE ? NULL
                               : code_works (b) ? _ ("没带卡，也亮不了码？")
                                                : _ ("没带卡？"));
      jumin_add_number_row (b, rows, _ ("身份证号 + 短信验证码"), _ ("发到您办社保时登记的手机"));
    }
  if (matter != NULL && matter->identify == JUMIN_IDENTIFY_OPTIONAL && scene->identity == NULL)
    {
      item = jumin_add_row (rows, "anonymous", "anonymous", "queue", "queue",
                            _ ("不验身份，直接取号"));
      jumin_set (&item->text, _ ("到窗口再出示证件"));
    }
  jumin_add_help_row (b, rows, _ ("请工作人员帮忙"));
}

/* What the camera is for, and what is read: whoever shows a code here agrees to it. */
static void
add_promise (JuminBuilder *b)
{
  JuminBlock *note = jumin_view_add_block (b->view, "note", NULL);

  jumin_set (&note->icon, "lock");
  if (!code_works (b))
    {
      jumin_set (&note->text, _ ("退出后，屏幕和本机都不留您的信息。"));
      return;
    }
  jumin_set (&note->text, _ ("摄像头只用来认二维码：不拍照、不录像、不保存画面。"));
  jumin_set (&jumin_block_add (note, "agree")->text,
             _ ("亮码就是同意核对姓名和身份证号，退出后不留。"));
}

void
jumin_build_identify (JuminBuilder *b)
{
  jumin_set (&b->view->title, find_title (b));
  jumin_set (&b->view->lead, find_lead (b));
  add_ways (b);
  add_other_ways (b);
  add_promise (b);
}

static void
add_promises (JuminBuilder *b, const char *what_is_read)
{
  const char *const promises[]
      = { what_is_read, N_ ("只用来办您今天的事"), N_ ("退出后，本机不保存") };
  JuminBlock *block = jumin_view_add_block (b->view, "papers", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      g_autofree char *id = g_strdup_printf ("promise-%zu", i + 1);

      jumin_set (&jumin_block_add (block, id)->title, _ (promises[i]));
    }
}

static void
build_number_consent (JuminBuilder *b)
{
  JuminBlock *block;

  jumin_set (&b->view->title, _ ("可以用身份证号核对吗？"));
  jumin_set (&b->view->lead, _ ("您输入号码，平台把验证码发到您的手机。"));
  block = jumin_view_add_block (b->view, "place", NULL);
  jumin_set (&block->icon, "id");
  jumin_set (&block->title, _ ("身份证号 + 短信验证码"));
  if (!b->tongue.elder)
    jumin_set (&block->text, _ ("发到您办社保时登记的手机"));
  add_promises (b, N_ ("身份证号只发给平台核对"));
  jumin_add_action (b, "back", _ ("不同意"), "cross", "plain");
  jumin_add_action (b, "agree", _ ("同意并继续"), "check", "primary");
}

void
jumin_build_consent (JuminBuilder *b)
{
  JuminBlock *block;

  if (b->scene->by_number)
    {
      build_number_consent (b);
      return;
    }
  jumin_set (&b->view->title, _ ("可以读您的社保卡吗？"));
  jumin_set (&b->view->lead, _ ("按“同意并继续”，我们才读卡里的内容。"));
  block = jumin_view_add_block (b->view, "place", NULL);
  jumin_set (&block->icon, "card");
  jumin_set (&block->title, _ ("已认出社会保障卡"));
  if (!b->tongue.elder)
    jumin_take (&block->text, say ("规范版本 %s", b->scene->card.version));
  add_promises (b, N_ ("只读姓名和社会保障号码"));
  jumin_add_action (b, "back", b->scene->flow == NULL ? _ ("不同意，取卡") : _ ("不同意"), "cross",
                    "plain");
  jumin_add_action (b, "agree", _ ("同意并继续"), "check", "primary");
}

void
jumin_build_wait (JuminBuilder *b)
{
  static const struct
  {
    const char *title, *picture;
  } waits[] = {
    [JUMIN_BUSY_CARD] = { N_ ("正在读卡，请先别拔"), "card" },
    [JUMIN_BUSY_HOLDER] = { N_ ("正在读卡，请先别拔"), "card" },
    [JUMIN_BUSY_MESSAGE] = { N_ ("正在发验证码，请稍等"), "wait" },
    [JUMIN_BUSY_CODE] = { N_ ("正在核对，请稍等"), "wait" },
    [JUMIN_BUSY_TICKET] = { N_ ("正在取号，请稍等"), "slip" },
    [JUMIN_BUSY_RECORD] = { N_ ("正在查询，请稍等"), "wait" },
    [JUMIN_BUSY_PAPER] = { N_ ("正在准备，请稍等"), "paper" },
    [JUMIN_BUSY_BILLS] = { N_ ("正在查账单，请稍等"), "wait" },
    [JUMIN_BUSY_QUOTE] = { N_ ("正在核对金额，请稍等"), "wait" },
    [JUMIN_BUSY_CLOSING] = { N_ ("正在取消这次付款，请稍等"), "wait" },
    [JUMIN_BUSY_CONFIRMING] = { N_ ("正在核对这次付款，请稍等"), "wait" },
  };
  JuminBlock *picture = jumin_view_add_block (b->view, "picture", NULL);

  jumin_set (&b->view->title, _ (waits[b->scene->busy].title));
  jumin_set (&b->view->lead, _ ("不用再按，好了会自动进入下一步。"));
  jumin_set (&picture->picture, waits[b->scene->busy].picture);
}
