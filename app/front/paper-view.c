/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which paper, and the paper before it is printed. What is on it is never in a view: the ui asks
 * for it apart, and only while it may be seen. */
#include "front/view-parts.h"

static gboolean
is_statement (const JuminScene *scene)
{
  return g_strcmp0 (scene->paper, JUMIN_PAPER_STATEMENT) == 0;
}

static void
add_paper (const JuminBuilder *b, JuminBlock *rows, const JuminEntitlement *paper,
           const char *reason)
{
  JuminItem *item = jumin_add_row (rows, paper->kind, "paper", "cert", "cert",
                                   jumin_outside (b, &paper->title));

  jumin_set (&item->value, paper->kind);
  if (paper->copies == 0)
    jumin_turn_off (item, jumin_outside (b, &paper->reason));
  else if (reason != NULL)
    jumin_turn_off (item, reason);
  else
    {
      jumin_take (&item->text,
                  say ("A4 纸 %1$d 页，还可以打 %2$d 份", paper->pages, paper->copies));
      jumin_set (&item->label, _ ("看一看"));
    }
}

/* (element-type JuminEntitlement) (transfer container): those that the service offers, in its order
 */
static GPtrArray *
list_papers (const JuminScene *scene)
{
  GPtrArray *papers = g_ptr_array_new ();
  char **kinds = scene->service->papers;

  for (guint i = 0; scene->entitlements != NULL && kinds[i] != NULL; i++)
    {
      const JuminEntitlement *paper = jumin_entitlements_find (scene->entitlements, kinds[i]);

      if (paper != NULL)
        g_ptr_array_add (papers, (gpointer)paper);
    }
  return papers;
}

void
jumin_build_papers (JuminBuilder *b)
{
  g_autoptr (GPtrArray) papers = list_papers (b->scene);
  g_autofree char *reason = jumin_no_sheets_reason (b);
  JuminBlock *rows;
  guint open = 0;

  for (guint i = 0; i < papers->len; i++)
    open += ((const JuminEntitlement *)papers->pdata[i])->copies > 0;
  if (reason != NULL)
    open = 0;
  jumin_set (&b->view->title, open > 0 ? _ ("您要打印哪一份？") : _ ("现在没有能打印的证明"));
  jumin_set (&b->view->lead, open > 0 ? _ ("先看一看，再打印") : _ ("原因写在每一份下面"));
  rows = jumin_view_add_block (b->view, "rows", "papers");
  for (guint i = 0; i < papers->len; i++)
    add_paper (b, rows, papers->pdata[i], reason);
  if (open == 0)
    jumin_add_help_row (b, jumin_view_add_block (b->view, "rows", "help"), _ ("请人帮忙"));
}

static void
add_fact (JuminBlock *facts, const char *id, const char *label, char *text)
{
  JuminItem *item = jumin_block_add (facts, id);

  jumin_set (&item->label, label);
  jumin_take (&item->title, text);
}

/* @last: what else there is to say of it, in the place of the third fact */
static void
add_about (JuminBuilder *b, const char *label, const char *last)
{
  const JuminDocument *document = b->scene->document;
  JuminBlock *about = jumin_view_add_block (b->view, "about", NULL);
  const char *title = jumin_outside (b, &document->title);

  add_fact (about, "paper", _ ("文件"),
            is_statement (b->scene) ? say ("%s查询单", title) : g_strdup (title));
  add_fact (about, "pages", _ ("张数"), say ("A4 纸，单面 %d 页", document->pages));
  add_fact (about, "last", label, g_strdup (last));
}

/* A key of the ui's own: it has no act. */
static void
add_look_key (JuminBlock *document, const char *id, const char *icon, const char *title)
{
  JuminItem *item = jumin_block_add (document, id);

  jumin_set (&item->icon, icon);
  jumin_set (&item->title, title);
}

/**
 * jumin_add_document:
 * @keys: whether it can be uncovered, enlarged and turned
 *
 * Adds the paper as it will be printed, covered unless the person asked for it.
 */
void
jumin_add_document (JuminBuilder *b, gboolean keys)
{
  gboolean shown = b->scene->document_shown;
  JuminBlock *document = jumin_view_add_block (b->view, "document", "document");
  JuminItem *show;

  jumin_set (&document->tone, shown ? "" : "veiled");
  jumin_set (&document->title, keys ? _ ("点“显示”再看") : _ ("内容已遮住"));
  jumin_set (&document->text, _ ("这份文件现在显示不了"));
  if (!keys)
    return;
  if (shown)
    {
      add_look_key (document, "larger", "zoomin", _ ("放大"));
      add_look_key (document, "smaller", "zoomout", _ ("缩小"));
      add_look_key (document, "previous", "prev", _ ("往前看"));
      add_look_key (document, "next", "go", _ ("往后看"));
      return;
    }
  show = jumin_block_add (document, "show");
  jumin_set (&show->act, "show");
  jumin_set (&show->value, "on");
  jumin_set (&show->icon, "eye");
  jumin_set (&show->title, _ ("显示"));
}

static char *
print_words (const JuminBuilder *b, int copies)
{
  return say ("打印 %1$d 份，共 %2$d 页", copies, copies * b->scene->document->pages);
}

static void
add_copies (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  int most = scene->document->copies;
  JuminBlock *copies;

  if (most < 2)
    return;
  copies = jumin_view_add_block (b->view, "stepper", "copies");
  jumin_set (&copies->title, _ ("打印份数"));
  jumin_take (&copies->note, say ("最多 %d 份", most));
  for (int i = 1; i <= most; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);
      JuminItem *item = jumin_block_add (copies, id);

      jumin_take (&item->figure, say ("%d 份", i));
      jumin_take (&item->primary, print_words (b, i));
      jumin_set (&item->state, i == CLAMP (scene->copies, 1, most) ? "on" : "");
    }
}

static void
add_truth (JuminBuilder *b)
{
  if (!b->scene->document_shown)
    jumin_add_banner (b, "info", "eyeoff", _ ("上面有您的信息，请留意身边的人"), NULL);
  else if (is_statement (b->scene))
    jumin_add_banner (b, "info", "info", _ ("这份是查询单，不盖章，仅供参考"), NULL);
  else
    jumin_add_banner (b, "info", "info", _ ("打出来的和这里看到的一样"), NULL);
}

void
jumin_build_preview (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  g_autofree char *reason = jumin_no_sheets_reason (b);
  JuminItem *action;

  jumin_set (&b->view->title, _ ("请看一眼，再打印"));
  jumin_set (&b->view->lead, _ ("核对姓名和内容。有不对的，先不要打印，请找工作人员。"));
  jumin_add_document (b, TRUE);
  add_about (b, _ ("效力"),
             is_statement (scene) ? _ ("不盖章，仅供参考") : _ ("带电子印章和防伪码"));
  add_copies (b);
  add_truth (b);
  if (is_statement (scene))
    {
      action = jumin_add_action (b, "large", scene->large_print ? _ ("普通字") : _ ("大字版"),
                                 "big", "plain");
      jumin_set (&action->value, scene->large_print ? "off" : "on");
    }
  action = jumin_add_action (b, "print", "", "printer", "primary");
  jumin_take (&action->title,
              reason != NULL ? g_strdup (reason) : print_words (b, MAX (1, scene->copies)));
  if (reason != NULL)
    jumin_turn_off (action, reason);
}

/* The same paper on its way out of the printer. */
void
jumin_add_printing (JuminBuilder *b)
{
  g_autofree char *copies = say ("%d 份", b->scene->copies);

  jumin_add_document (b, FALSE);
  add_about (b, _ ("份数"), copies);
}
