/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went otherwise than hoped: what happened, what is safe, what to do now, who helps. */
#include "front/view-parts.h"

typedef enum
{
  RETRY = 1 << 0,
  HELP = 1 << 1,
  HOME = 1 << 2
} Ways;

static const struct
{
  const char *picture, *title, *lead, *safe;
  const char *retry; /* what the primary key says */
  Ways ways;
} notices[JUMIN_N_NOTICES] = {
  [JUMIN_NOTICE_CARD_MUTE] = { "card", N_ ("没读到卡"), N_ ("请拔出来，芯片朝上再插一次。"), NULL,
                               N_ ("再读一次"), RETRY | HELP },
  [JUMIN_NOTICE_CARD_FOREIGN] = { "card", N_ ("这张不是社保卡"), N_ ("请取出来，换社会保障卡插。"),
                                  NULL, N_ ("再读一次"), RETRY | HELP },
  [JUMIN_NOTICE_CARD_PULLED]
  = { "card", N_ ("卡拔早了，没读完"), N_ ("请再插一次，插到底，先别拔。"), NULL, N_ ("知道了"),
      RETRY | HELP },
  [JUMIN_NOTICE_CARD_CHANGED] = { "card", N_ ("换了一张卡"), N_ ("为了安全，请从头再来一次。"),
                                  NULL, N_ ("重新读卡"), RETRY | HELP },
  [JUMIN_NOTICE_CARD_UNREADABLE]
  = { "card", N_ ("这张卡读不出来"), N_ ("请拔出来擦一擦芯片，再插一次。"), NULL, N_ ("再读一次"),
      RETRY | HELP },
  [JUMIN_NOTICE_CARD_EXPIRED] = { "card", N_ ("这张卡过了有效期"), N_ ("请到社保窗口换卡。"), NULL,
                                  N_ ("换一张卡再读"), RETRY | HELP },
  [JUMIN_NOTICE_READER] = { "card", N_ ("读卡器暂时不能用"), N_ ("请换一台机器，或者请人帮忙。"),
                            NULL, N_ ("再试一次"), RETRY | HELP },
  [JUMIN_NOTICE_HOLDER_UNKNOWN]
  = { "card", N_ ("平台认不出这张卡"), N_ ("请到社保窗口核对卡的信息。"), NULL, N_ ("再试一次"),
      RETRY | HELP },
  [JUMIN_NOTICE_PLATFORM] = { "staff", N_ ("暂时连不上平台"), N_ ("可以再试一次，或者到服务台办。"),
                              N_ ("没有取走任何号"), N_ ("再试一次"), RETRY | HELP },
  [JUMIN_NOTICE_TICKET_UNKNOWN]
  = { "staff", N_ ("还没等到平台的回答"), N_ ("再试一次，不会多取一个号。"),
      N_ ("已经取到的号不会丢"), N_ ("再试一次"), RETRY | HELP },
  [JUMIN_NOTICE_QUEUE_CLOSED]
  = { "door", N_ ("这类业务现在不放号"), N_ ("请换一类业务，或者问服务台。"), N_ ("没有取走任何号"),
      NULL, HELP | HOME },
  [JUMIN_NOTICE_CARD_OUT] = { "door", N_ ("卡已取走，办理结束"), N_ ("还要办别的，请再插一次卡。"),
                              N_ ("屏幕和本机都没有留下您的信息"), N_ ("回到首页"), HOME },
};

void
jumin_build_notice (JuminBuilder *b)
{
  JuminNotice notice = b->scene->notice;
  JuminBlock *block = jumin_view_add_block (b->view, "picture", NULL);

  jumin_set (&b->view->title, _ (notices[notice].title));
  jumin_set (&b->view->lead, _ (notices[notice].lead));
  jumin_set (&block->picture, notices[notice].picture);
  jumin_set (&block->tone, notice == JUMIN_NOTICE_CARD_OUT ? "good" : "warn");
  if (notices[notice].safe != NULL)
    jumin_add_banner (b, "good", "shield", _ (notices[notice].safe), NULL);
  if (notices[notice].ways & HELP)
    {
      block = jumin_view_add_block (b->view, "rows", NULL);
      jumin_add_help_row (b, block, _ ("请工作人员帮忙"));
    }
  if (notices[notice].ways & RETRY)
    jumin_add_action (b, "retry", _ (notices[notice].retry), "refresh", "primary");
  else
    jumin_add_action (b, "home", _ ("回到首页"), "home", "primary");
}

void
jumin_build_take_card (JuminBuilder *b)
{
  JuminBlock *block = jumin_view_add_block (b->view, "picture", NULL);

  jumin_set (&b->view->title, _ ("请取走您的社保卡"));
  jumin_take (&b->view->lead,
              say ("卡还在%s的读卡口里", jumin_outside (b, &b->scene->reader_place)));
  jumin_set (&block->picture, "take-card");
  jumin_add_banner (b, "good", "shield", _ ("已安全退出"), _ ("屏幕和本机都没有留下您的信息"));
  jumin_add_banner (b, "info", "help", _ ("一直不取，会通知工作人员来代管"), NULL);
  block = jumin_view_add_block (b->view, "rows", NULL);
  jumin_add_help_row (b, block, _ ("取不出来，请人帮忙"));
}

void
jumin_build_out_of_service (JuminBuilder *b)
{
  gboolean provisioned = b->scene->provisioned;
  gboolean starting = provisioned && !b->scene->platform_silent;
  JuminBlock *block = jumin_view_add_block (b->view, "picture", NULL);

  if (starting)
    {
      jumin_set (&b->view->title, _ ("正在准备，请稍等"));
      jumin_set (&b->view->lead, _ ("好了会自动进入首页。"));
      jumin_set (&block->picture, "wait");
    }
  else
    {
      jumin_set (&b->view->title, provisioned ? _ ("暂时连不上平台") : _ ("本机还没有开通"));
      jumin_set (&b->view->lead, _ ("请先用旁边的机器，或者到服务台办。"));
      jumin_set (&block->picture, "staff");
      if (provisioned && !(b->tongue.elder && b->scene->card_in))
        jumin_add_banner (b, "warn", "refresh", _ ("本机正在重新连接"),
                          _ ("连上后会自动恢复，不用按"));
    }
  if (b->scene->card_in)
    jumin_add_banner (b, "warn", "card", _ ("请先取走您的卡"), NULL);
}

/* What the dialog says for each state of a call for help. */
static const struct
{
  const char *title, *text;
} helps[] = {
  [JUMIN_HELP_CALLING] = { N_ ("正在通知工作人员"), N_ ("请稍等") },
  [JUMIN_HELP_SENT] = { N_ ("已经通知工作人员"), N_ ("请在机器旁等一会儿") },
  [JUMIN_HELP_ACKNOWLEDGED] = { N_ ("工作人员马上就来"), N_ ("请在机器旁等一会儿") },
  [JUMIN_HELP_NOBODY] = { N_ ("现在没有工作人员在岗"), N_ ("请到服务台问一声") },
  [JUMIN_HELP_FAILED] = { N_ ("没能通知到工作人员"), N_ ("请到服务台说一声") },
};

void
jumin_build_dialog (JuminBuilder *b)
{
  JuminBlock *dialog;
  JuminItem *item;

  if (b->scene->dialog == JUMIN_DIALOG_NONE)
    return;
  dialog = jumin_block_new ("dialog", NULL);
  g_ptr_array_add (b->view->dialog, dialog);
  item = jumin_block_add (dialog, "stay");
  jumin_set (&item->act, "stay");
  jumin_set (&item->tone, "primary");
  if (b->scene->dialog == JUMIN_DIALOG_HELP)
    {
      jumin_set (&dialog->id, "help");
      jumin_set (&dialog->icon, "help");
      jumin_set (&dialog->title, _ (helps[b->scene->help].title));
      jumin_set (&dialog->text, _ (helps[b->scene->help].text));
      jumin_set (&item->title, _ ("知道了"));
      return;
    }
  jumin_set (&dialog->id, "session-ending");
  jumin_set (&dialog->title, _ ("您还在吗？"));
  jumin_set (&dialog->text, _ ("时间到了会自动退出，保护您的信息。"));
  jumin_set (&item->title, _ ("我还在，继续办"));
  item = jumin_block_add (dialog, "leave");
  jumin_set (&item->act, "exit");
  jumin_set (&item->tone, "leave");
  jumin_set (&item->title, b->scene->card_in ? _ ("不办了，退出取卡") : _ ("不办了，退出"));
}
