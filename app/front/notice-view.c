/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went otherwise than hoped, in the words of the table of troubles: what happened, what is
 * safe, what to do now, who helps. */
#include "front/view-parts.h"

/* Why, and when again: as the hall said last. */
static void
add_closed (JuminBuilder *b)
{
  const JuminMatter *matter = jumin_hall_find_matter (b->scene->hall, b->scene->matter);
  g_autofree char *words = matter != NULL && !matter->open ? jumin_closed_words (b, matter) : NULL;

  if (words != NULL)
    jumin_add_banner (b, "info", "clock", words, NULL);
}

void
jumin_build_notice (JuminBuilder *b)
{
  const JuminTroubleRow *row = jumin_get_trouble (b, b->scene->trouble);
  g_autofree char *safe = jumin_say_trouble (b, &row->safe);
  g_autofree char *works = jumin_say_trouble (b, &row->works);
  g_autofree char *retry = jumin_say_trouble (b, &row->retry);
  JuminBlock *block = jumin_view_add_block (b->view, "picture", NULL);

  jumin_take (&b->view->title, jumin_say_trouble (b, &row->title));
  jumin_take (&b->view->lead, jumin_say_trouble (b, &row->next));
  jumin_set (&block->picture, row->picture);
  if (safe != NULL)
    jumin_add_banner (b, "good", "shield", safe, NULL);
  if (b->scene->trouble == JUMIN_TROUBLE_QUEUE_CLOSED)
    add_closed (b);
  if (works != NULL)
    jumin_add_banner (b, "info", "info", works, NULL);
  if (row->ways & JUMIN_WAY_HELP)
    {
      block = jumin_view_add_block (b->view, "rows", NULL);
      jumin_add_help_row (b, block, _ ("请工作人员帮忙"));
    }
  if (row->ways & JUMIN_WAY_HOME)
    jumin_add_action (b, "home", _ ("回到首页"), "home",
                      row->ways & JUMIN_WAY_RETRY ? "plain" : "primary");
  if (row->ways & JUMIN_WAY_RETRY)
    jumin_add_action (b, "retry", retry, "refresh", "primary");
}

void
jumin_build_take_card (JuminBuilder *b)
{
  JuminBlock *block = jumin_view_add_block (b->view, "picture", NULL);

  jumin_set (&b->view->title, _ ("请取走您的社保卡"));
  jumin_take (&b->view->lead,
              say ("卡还在%s的读卡口里", jumin_outside (b, &b->scene->reader_place)));
  jumin_set (&block->picture, "take-card");
  if (b->scene->sheets_left)
    jumin_add_banner (b, "warn", "printer", _ ("别忘了拿打印的纸"), _ ("请等纸出齐，全部拿好再走"));
  else
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
      if (provisioned)
        jumin_take (&b->view->title, jumin_trouble_title (b, b->scene->platform_trouble));
      else
        jumin_set (&b->view->title, _ ("本机还没有开通"));
      jumin_set (&b->view->lead, _ ("请先用旁边的机器，或者到服务台办。"));
      jumin_set (&block->picture, "staff");
      if (provisioned && b->scene->platform_trouble == JUMIN_TROUBLE_PLATFORM_SILENT
          && !(b->tongue.elder && b->scene->card_in))
        jumin_add_banner (b, "warn", "refresh", _ ("本机正在重新连接"),
                          _ ("连上后会自动恢复，不用按"));
    }
  if (b->scene->card_in)
    jumin_add_banner (b, "warn", "card", _ ("请先取走您的卡"), NULL);
}

/* What the dialog says while there is hope; the rest is in the table of troubles. */
static const struct
{
  const char *title, *text;
} hopes[] = {
  [JUMIN_HELP_CALLING] = { N_ ("正在通知工作人员"), N_ ("请稍等") },
  [JUMIN_HELP_SENT] = { N_ ("已经通知工作人员"), N_ ("请在机器旁等一会儿") },
  [JUMIN_HELP_LATE] = { N_ ("还没有人应答"), N_ ("请在机器旁再等一会儿") },
  [JUMIN_HELP_AGAIN] = { N_ ("正在通知别的工作人员"), N_ ("请在机器旁再等一会儿") },
  [JUMIN_HELP_ACKNOWLEDGED] = { N_ ("工作人员马上就来"), N_ ("请在机器旁等一会儿") },
};

static const JuminTrouble help_troubles[] = {
  [JUMIN_HELP_NOBODY] = JUMIN_TROUBLE_HELP_NOBODY,
  [JUMIN_HELP_UNANSWERED] = JUMIN_TROUBLE_HELP_UNANSWERED,
  [JUMIN_HELP_FAILED] = JUMIN_TROUBLE_HELP_UNSENT,
};

static void
tell_help (JuminBuilder *b, JuminBlock *dialog)
{
  JuminHelp help = b->scene->help;
  const JuminTroubleRow *row;
  gboolean has_phone = b->scene->desk_phone != NULL && *b->scene->desk_phone != '\0';

  if (help <= JUMIN_HELP_ACKNOWLEDGED)
    {
      jumin_set (&dialog->title, _ (hopes[help].title));
      jumin_set (&dialog->text, _ (hopes[help].text));
      return;
    }
  row = jumin_get_trouble (b, help_troubles[help]);
  jumin_take (&dialog->title, jumin_say_trouble (b, &row->title));
  jumin_take (&dialog->text, jumin_say_trouble (b, has_phone ? &row->works : &row->next));
}

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
      tell_help (b, dialog);
      jumin_set (&item->title, _ ("知道了"));
      return;
    }
  if (b->scene->dialog == JUMIN_DIALOG_CODE)
    {
      jumin_fill_phone_code (b, dialog);
      jumin_set (&item->title, _ ("扫好了"));
      return;
    }
  jumin_set (&dialog->id, "session-ending");
  jumin_set (&dialog->title, _ ("您还在吗？"));
  jumin_set (&dialog->text, _ ("时间到了会自动退出，保护您的信息。"));
  jumin_set (&item->title, _ ("我还在，继续办"));
  item = jumin_block_add (dialog, "leave");
  jumin_set (&item->act, "exit");
  jumin_set (&item->tone, "leave");
  jumin_set (&item->icon, "exit");
  jumin_set (&item->title, b->scene->card_in ? _ ("不办了，退出取卡") : _ ("不办了，退出"));
}
