/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the papers: which one, the paper before it is printed, and its sheets. What the
 * paper looks like comes from the fixture server. */
#include "scenes.h"

#include "journey/flow.h"

enum
{
  PAGES = 2,
  COPIES = 3
};

/* Steps of the flow "certificate". */
enum
{
  IDENTIFY,
  PAPERS,
  FETCH,
  PREVIEW,
  SHEETS
};

static void
sign_in (JuminScene *scene, guint step)
{
  jumin_scene_set_visit (scene);
  scene->card_in = scene->card_known = TRUE;
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "王小明", "500101199003071235");
  scene->flow = jumin_flow_find ("certificate");
  scene->step = step;
  scene->sheet_printer = scene->sheets_ready = TRUE;
}

static void
add_paper (JuminEntitlements *papers, const char *kind, const char *zh, const char *en, int copies,
           const char *reason_zh, const char *reason_en)
{
  JuminEntitlement *paper = g_new0 (JuminEntitlement, 1);

  paper->kind = g_strdup (kind);
  jumin_text_set (&paper->title, zh, en);
  jumin_text_set (&paper->reason, reason_zh, reason_en);
  paper->copies = copies;
  paper->pages = PAGES;
  g_ptr_array_add (papers->list, paper);
}

static void
papers_short (JuminScene *scene)
{
  sign_in (scene, PAPERS);
  scene->service = jumin_catalogue_find (scene->catalogue, "papers");
  scene->entitlements = jumin_entitlements_new ();
  add_paper (scene->entitlements, "fund-deposit", "公积金缴存证明", "Provident fund deposit proof",
             3, "", "");
  add_paper (scene->entitlements, "fund-settled", "贷款结清证明", "Loan settlement proof", 0,
             "贷款还没有结清", "The loan is not paid off yet");
}

static void
papers_full (JuminScene *scene)
{
  papers_short (scene);
  add_paper (scene->entitlements, "social-insured", "社会保险参保证明",
             "Proof of social insurance participation", 1, "", "");
  add_paper (scene->entitlements, "social-rights", "社会保险个人权益记录单",
             "Personal record of social insurance rights", 9, "", "");
  jumin_text_set (&((JuminEntitlement *)scene->entitlements->list->pdata[1])->reason,
                  "今天的 3 份都打完了，请明天再来",
                  "Today's 3 copies have been printed; please come again tomorrow");
}

static void
papers_off (JuminScene *scene)
{
  papers_short (scene);
  ((JuminEntitlement *)scene->entitlements->list->pdata[0])->copies = 0;
  jumin_text_set (&((JuminEntitlement *)scene->entitlements->list->pdata[0])->reason,
                  "没有查到您的缴存记录", "No deposit record was found for you");
}

static void
papers_no_printer (JuminScene *scene)
{
  papers_full (scene);
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
papers_no_sheets (JuminScene *scene)
{
  papers_short (scene);
  scene->sheet_printer = scene->sheets_ready = FALSE;
}

/* ---- preview --------------------------------------------------------------------------------- */

static void
preview (JuminScene *scene)
{
  sign_in (scene, PREVIEW);
  scene->paper = g_strdup ("fund-deposit");
  scene->document = jumin_document_new ();
  scene->document->number = g_strdup ("GJJ-2026-1121-00371");
  scene->document->kind = g_strdup ("fund-deposit");
  jumin_text_set (&scene->document->title, "公积金缴存证明", "Provident fund deposit proof");
  scene->document->copies = COPIES;
  scene->document->pages = PAGES;
  scene->copies = 1;
}

static void
preview_shown (JuminScene *scene)
{
  preview (scene);
  scene->document_shown = TRUE;
}

static void
preview_one (JuminScene *scene)
{
  preview_shown (scene);
  scene->document->copies = 1;
  scene->document->pages = 1;
}

static void
preview_full (JuminScene *scene)
{
  preview_shown (scene);
  scene->document->copies = JUMIN_DOCUMENT_COPIES_MAX;
  scene->copies = 4;
  jumin_text_clear (&scene->document->title);
  jumin_text_set (&scene->document->title, "社会保险个人权益记录单",
                  "Personal record of social insurance rights");
}

static void
preview_statement (JuminScene *scene)
{
  preview_shown (scene);
  g_free (scene->paper);
  scene->paper = g_strdup (JUMIN_PAPER_STATEMENT);
  scene->document->copies = 1;
  jumin_text_clear (&scene->document->title);
  jumin_text_set (&scene->document->title, "公积金个人查询单", "Provident fund statement");
}

static void
preview_large (JuminScene *scene)
{
  preview_statement (scene);
  scene->large_print = TRUE;
}

static void
preview_locked (JuminScene *scene)
{
  preview (scene);
  scene->papers_locked = TRUE;
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static void
print (JuminScene *scene, JuminSheets sheets, int copy, int page)
{
  preview_shown (scene);
  scene->step = SHEETS;
  scene->sheets = sheets;
  scene->sheet_copy = copy;
  scene->sheet_page = page;
  if (sheets == JUMIN_SHEETS_PRINTING || sheets == JUMIN_SHEETS_STOPPED)
    scene->deadline = scene->deadline_total = 0;
}

static void
sheets_printing (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PRINTING, 1, 0);
}

static void
sheets_veiled (JuminScene *scene)
{
  sheets_printing (scene);
  scene->document_shown = FALSE;
}

static void
sheets_copies (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PRINTING, 2, 0);
  scene->copies = COPIES;
}

static void
sheets_no_paper (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_STOPPED, 1, 1);
  scene->sheet_troubles = JUMIN_PAGE_PAPER_OUT;
}

static void
sheets_jam (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_STOPPED, 1, 0);
  scene->sheet_troubles = JUMIN_PAGE_JAM | JUMIN_PAGE_COVER_OPEN;
}

static void
sheets_cover (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_STOPPED, 1, 1);
  scene->sheet_troubles = JUMIN_PAGE_COVER_OPEN;
}

static void
sheets_printed (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PRINTED, 1, PAGES);
  scene->got = JUMIN_GOT_ASKED;
}

static void
sheets_believed (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PRINTED, 1, PAGES);
  scene->got = JUMIN_GOT_UNASKED;
}

static void
sheets_printed_many (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PRINTED, COPIES, PAGES);
  scene->copies = COPIES;
  scene->got = JUMIN_GOT_ALL;
}

static void
sheets_missing (JuminScene *scene)
{
  sheets_printed (scene);
  scene->got = JUMIN_GOT_LESS;
}

static void
sheets_partly (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PARTLY, 1, 1);
}

static void
sheets_replaced (JuminScene *scene)
{
  sheets_partly (scene);
  scene->replacement = TRUE;
}

static void
sheets_statement (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_PARTLY, 1, 0);
  g_free (scene->paper);
  scene->paper = g_strdup (JUMIN_PAPER_STATEMENT);
  scene->replacement = TRUE;
}

static void
sheets_failed (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_FAILED, 1, 0);
  scene->sheet_troubles = JUMIN_PAGE_PAPER_OUT;
}

static void
sheets_failed_still (JuminScene *scene)
{
  sheets_failed (scene);
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
sheets_unknown (JuminScene *scene)
{
  print (scene, JUMIN_SHEETS_UNKNOWN, 1, 1);
  scene->got = JUMIN_GOT_ASKED;
  scene->got = JUMIN_GOT_ASKED;
}

const JuminFixture jumin_paper_states[] = {
  { .name = "papers-short", .page = JUMIN_PAGE_PAPERS, .set = papers_short },
  { .name = "papers-full", .page = JUMIN_PAGE_PAPERS, .worst = TRUE, .set = papers_full },
  { .name = "papers-off", .page = JUMIN_PAGE_PAPERS, .set = papers_off },
  { .name = "papers-no-printer", .page = JUMIN_PAGE_PAPERS, .set = papers_no_printer },
  { .name = "papers-no-sheets", .page = JUMIN_PAGE_PAPERS, .set = papers_no_sheets },
  { .name = "preview", .page = JUMIN_PAGE_PREVIEW, .set = preview },
  { .name = "preview-shown", .page = JUMIN_PAGE_PREVIEW, .set = preview_shown },
  { .name = "preview-one", .page = JUMIN_PAGE_PREVIEW, .set = preview_one },
  { .name = "preview-full", .page = JUMIN_PAGE_PREVIEW, .worst = TRUE, .set = preview_full },
  { .name = "preview-statement", .page = JUMIN_PAGE_PREVIEW, .set = preview_statement },
  { .name = "preview-large", .page = JUMIN_PAGE_PREVIEW, .set = preview_large },
  { .name = "preview-locked", .page = JUMIN_PAGE_PREVIEW, .set = preview_locked },
  { .name = "sheets-printing", .page = JUMIN_PAGE_SHEETS, .set = sheets_printing },
  { .name = "sheets-veiled", .page = JUMIN_PAGE_SHEETS, .set = sheets_veiled },
  { .name = "sheets-copies", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_copies },
  { .name = "sheets-no-paper", .page = JUMIN_PAGE_SHEETS, .set = sheets_no_paper },
  { .name = "sheets-jam", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_jam },
  { .name = "sheets-cover", .page = JUMIN_PAGE_SHEETS, .set = sheets_cover },
  { .name = "sheets-printed", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_printed },
  { .name = "sheets-printed-many", .page = JUMIN_PAGE_SHEETS, .set = sheets_printed_many },
  { .name = "sheets-believed", .page = JUMIN_PAGE_SHEETS, .set = sheets_believed },
  { .name = "sheets-missing", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_missing },
  { .name = "sheets-partly", .page = JUMIN_PAGE_SHEETS, .set = sheets_partly },
  { .name = "sheets-replaced", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_replaced },
  { .name = "sheets-statement", .page = JUMIN_PAGE_SHEETS, .set = sheets_statement },
  { .name = "sheets-failed", .page = JUMIN_PAGE_SHEETS, .set = sheets_failed },
  { .name = "sheets-failed-still", .page = JUMIN_PAGE_SHEETS, .set = sheets_failed_still },
  { .name = "sheets-unknown", .page = JUMIN_PAGE_SHEETS, .worst = TRUE, .set = sheets_unknown },
  { .name = NULL },
};
