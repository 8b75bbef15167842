/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes: the ways to say it, the agreement before a card is read, and the waits between. */
#include "front/view-parts.h"

void
jumin_build_identify (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  const JuminMatter *matter = jumin_hall_find_matter (scene->hall, scene->matter);
  JuminBlock *ways = jumin_view_add_block (b->view, "ways", "identify");
  JuminItem *item = jumin_block_add (ways, "card");
  JuminBlock *rows, *note;

  jumin_set (&b->view->title, _ ("请插社保卡"));
  jumin_set (&b->view->lead, _ ("认出后会自动进入下一步，不用再点。"));
  jumin_set (&item->icon, "card");
  jumin_set (&item->title, _ ("插入社保卡"));
  if (scene->reader_missing)
    {
      jumin_set (&item->state, "off");
      jumin_take (&item->reason,
                  jumin_say_trouble (b, &jumin_get_trouble (b, b->scene->reader_trouble)->title));
    }
  else
    {
      jumin_take (&item->text, say ("读卡口在%s，芯片朝上，插到底，先别拔",
                                    jumin_outside (b, &scene->reader_place)));
      jumin_set (&item->note, _ ("等待插卡"));
      jumin_set (&item->note_tone, "info");
    }
  item = jumin_block_add (ways, "code");
  jumin_set (&item->icon, "code");
  jumin_set (&item->title, _ ("出示渝快码"));
  jumin_set (&item->state, "off");
  jumin_set (&item->reason, _ ("亮码还没有开通，请先用卡"));

  rows = jumin_view_add_block (b->view, "rows", NULL);
  jumin_set (&rows->title, _ ("没带卡？"));
  jumin_add_number_row (b, rows, _ ("身份证号 + 短信验证码"), _ ("发到您办社保时登记的手机"));
  if (matter != NULL && matter->identify == JUMIN_IDENTIFY_OPTIONAL)
    {
      item = jumin_block_add (rows, "anonymous");
      jumin_set (&item->act, "anonymous");
      jumin_set (&item->icon, "queue");
      jumin_set (&item->family, "queue");
      jumin_set (&item->title, _ ("不验身份，直接取号"));
      jumin_set (&item->text, _ ("到窗口再出示证件"));
    }
  jumin_add_help_row (b, rows, _ ("请工作人员帮忙"));
  note = jumin_view_add_block (b->view, "note", NULL);
  jumin_set (&note->icon, "lock");
  jumin_set (&note->text, _ ("退出后，屏幕和本机都不留您的信息。"));
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
  static const char *const titles[] = { [JUMIN_BUSY_CARD] = N_ ("正在读卡，请先别拔"),
                                        [JUMIN_BUSY_HOLDER] = N_ ("正在读卡，请先别拔"),
                                        [JUMIN_BUSY_MESSAGE] = N_ ("正在发验证码，请稍等"),
                                        [JUMIN_BUSY_CODE] = N_ ("正在核对，请稍等"),
                                        [JUMIN_BUSY_TICKET] = N_ ("正在取号，请稍等") };
  static const char *const pictures[] = { [JUMIN_BUSY_CARD] = "card",
                                          [JUMIN_BUSY_HOLDER] = "card",
                                          [JUMIN_BUSY_MESSAGE] = "wait",
                                          [JUMIN_BUSY_CODE] = "wait",
                                          [JUMIN_BUSY_TICKET] = "slip" };
  JuminBlock *picture = jumin_view_add_block (b->view, "picture", NULL);

  jumin_set (&b->view->title, _ (titles[b->scene->busy]));
  jumin_set (&b->view->lead, _ ("不用再按，好了会自动进入下一步。"));
  jumin_set (&picture->picture, pictures[b->scene->busy]);
}
