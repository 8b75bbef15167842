/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a person, as they are looked at. */
#include "record-sample.h"
#include "scenes.h"

#include "journey/flow.h"

/* Steps of the flow "query". */
enum
{
  IDENTIFY,
  RECORD,
  REVIEW
};

/* Records of the service "fund". */
enum
{
  ACCOUNT,
  LINES,
  LOAN,
  WITHDRAWALS
};

static void
look_up (JuminScene *scene, const char *service, guint step)
{
  jumin_scene_set_visit (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_MESSAGE, "王小明", "500101199003071235");
  scene->service = jumin_catalogue_find (scene->catalogue, service);
  scene->flow = jumin_flow_find (scene->service->flow);
  scene->step = step;
}

static void
look_up_account (JuminScene *scene, const char *state, JuminNotice notice, int gaps)
{
  look_up (scene, "fund", REVIEW);
  scene->sheet_printer = scene->sheets_ready = scene->revealed = TRUE;
  scene->entitlements = jumin_sample_entitlements ("fund-deposit", "fund-settled");
  scene->records[ACCOUNT] = jumin_sample_account (
      &(JuminSampleAccount){ .state = state, .notice = notice, .gaps = gaps });
  scene->records[LINES] = jumin_sample_lines (1, 8, 20, FALSE);
  scene->records[LOAN] = jumin_sample_none ();
  scene->records[WITHDRAWALS] = jumin_sample_withdrawals (0, FALSE);
}

static void
wait_record (JuminScene *scene)
{
  look_up (scene, "fund", RECORD);
  scene->busy = JUMIN_BUSY_RECORD;
}

/* The one of the design. */
static void
loan (JuminScene *scene)
{
  look_up_account (scene, "正常", JUMIN_NOTICE_STEADY, 0);
  jumin_record_unref (scene->records[LOAN]);
  scene->records[LOAN] = jumin_sample_loan (JUMIN_SAMPLE_DUE);
}

static void
veiled (JuminScene *scene)
{
  loan (scene);
  scene->revealed = FALSE;
}

static void
no_loan (JuminScene *scene)
{
  look_up_account (scene, "正常", JUMIN_NOTICE_STEADY, 0);
}

static void
account_sealed (JuminScene *scene)
{
  look_up_account (scene, "封存", JUMIN_NOTICE_SEALED, 0);
}

static void
account_closed (JuminScene *scene)
{
  look_up_account (scene, "外部转出销户", JUMIN_NOTICE_CLOSED, 0);
}

static void
account_frozen (JuminScene *scene)
{
  look_up_account (scene, "冻结", JUMIN_NOTICE_FROZEN, 0);
}

static void
gaps (JuminScene *scene)
{
  look_up_account (scene, "正常", JUMIN_NOTICE_GAPS, 2);
}

/* All at once: overdue, a line taken back, an application that failed. */
static void
overdue (JuminScene *scene)
{
  loan (scene);
  jumin_record_unref (scene->records[LOAN]);
  jumin_record_unref (scene->records[LINES]);
  jumin_record_unref (scene->records[WITHDRAWALS]);
  scene->records[LOAN] = jumin_sample_loan (JUMIN_SAMPLE_OVERDUE);
  scene->records[LINES] = jumin_sample_lines (1, 8, 19, TRUE);
  scene->records[WITHDRAWALS] = jumin_sample_withdrawals (3, FALSE);
}

static void
settled (JuminScene *scene)
{
  loan (scene);
  jumin_record_unref (scene->records[LOAN]);
  scene->records[LOAN] = jumin_sample_loan (JUMIN_SAMPLE_SETTLED);
}

static void
section_down (JuminScene *scene)
{
  loan (scene);
  g_clear_pointer (&scene->records[LINES], jumin_record_unref);
  g_clear_pointer (&scene->entitlements, jumin_entitlements_free);
}

static void
strange (JuminScene *scene)
{
  look_up_account (scene, NULL, JUMIN_NOTICE_UNKNOWN_STANDING, 0);
  jumin_record_unref (scene->records[LINES]);
  jumin_record_unref (scene->records[WITHDRAWALS]);
  scene->records[LINES] = jumin_sample_lines (1, 1, 3, TRUE);
  scene->records[WITHDRAWALS] = jumin_sample_withdrawals (1, TRUE);
}

static void
no_sheets (JuminScene *scene)
{
  settled (scene);
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OUT;
}

static void
no_sheet_printer (JuminScene *scene)
{
  loan (scene);
  scene->sheet_printer = FALSE;
}

static void
none (JuminScene *scene)
{
  look_up_account (scene, "正常", JUMIN_NOTICE_STEADY, 0);
  for (guint i = ACCOUNT; i < WITHDRAWALS; i++)
    {
      g_clear_pointer (&scene->records[i], jumin_record_unref);
      scene->records[i] = jumin_sample_none ();
    }
  g_clear_pointer (&scene->records[WITHDRAWALS], jumin_record_unref);
}

static void
social (JuminScene *scene)
{
  look_up (scene, "social", REVIEW);
  scene->sheet_printer = scene->sheets_ready = scene->revealed = TRUE;
  scene->entitlements = jumin_sample_entitlements ("social-insured", NULL);
  scene->records[0] = jumin_sample_social (TRUE);
  scene->records[1] = jumin_sample_social (FALSE);
}

/* ---- one record closely ---------------------------------------------------------------------- */

static void
section_account (JuminScene *scene)
{
  loan (scene);
  scene->section = ACCOUNT;
}

static void
section_lines (JuminScene *scene)
{
  overdue (scene);
  scene->section = LINES;
}

static void
section_lines_further (JuminScene *scene)
{
  section_lines (scene);
  scene->section_page = jumin_sample_lines (2, 8, 20, FALSE);
  scene->page_failed = TRUE;
}

static void
section_lines_asked (JuminScene *scene)
{
  section_lines (scene);
  scene->asked_page = 2;
  scene->revealed = FALSE;
}

static void
section_loan (JuminScene *scene)
{
  loan (scene);
  scene->section = LOAN;
}

static void
section_withdrawals (JuminScene *scene)
{
  overdue (scene);
  scene->section = WITHDRAWALS;
}

static void
section_no_withdrawals (JuminScene *scene)
{
  loan (scene);
  scene->section = WITHDRAWALS;
}

static void
section_social (JuminScene *scene)
{
  social (scene);
  scene->section = 0;
}

/* clang-format off */
const JuminFixture jumin_record_states[] = {
  { "wait-record", JUMIN_PAGE_WAIT, FALSE, wait_record },
  { "record-loan", JUMIN_PAGE_RECORD, TRUE, loan },
  { "record-veiled", JUMIN_PAGE_RECORD, FALSE, veiled },
  { "record-no-loan", JUMIN_PAGE_RECORD, FALSE, no_loan },
  { "record-sealed", JUMIN_PAGE_RECORD, FALSE, account_sealed },
  { "record-closed", JUMIN_PAGE_RECORD, FALSE, account_closed },
  { "record-frozen", JUMIN_PAGE_RECORD, FALSE, account_frozen },
  { "record-gaps", JUMIN_PAGE_RECORD, FALSE, gaps },
  { "record-overdue", JUMIN_PAGE_RECORD, TRUE, overdue },
  { "record-settled", JUMIN_PAGE_RECORD, FALSE, settled },
  { "record-section-down", JUMIN_PAGE_RECORD, FALSE, section_down },
  { "record-strange", JUMIN_PAGE_RECORD, FALSE, strange },
  { "record-no-sheets", JUMIN_PAGE_RECORD, FALSE, no_sheets },
  { "record-no-sheet-printer", JUMIN_PAGE_RECORD, FALSE, no_sheet_printer },
  { "record-none", JUMIN_PAGE_RECORD, TRUE, none },
  { "record-social", JUMIN_PAGE_RECORD, FALSE, social },
  { "section-account", JUMIN_PAGE_RECORD, FALSE, section_account },
  { "section-lines", JUMIN_PAGE_RECORD, TRUE, section_lines },
  { "section-lines-further", JUMIN_PAGE_RECORD, FALSE, section_lines_further },
  { "section-lines-asked", JUMIN_PAGE_RECORD, FALSE, section_lines_asked },
  { "section-loan", JUMIN_PAGE_RECORD, TRUE, section_loan },
  { "section-withdrawals", JUMIN_PAGE_RECORD, FALSE, section_withdrawals },
  { "section-no-withdrawals", JUMIN_PAGE_RECORD, FALSE, section_no_withdrawals },
  { "section-social", JUMIN_PAGE_RECORD, FALSE, section_social },
  { NULL },
};
/* clang-format on */
