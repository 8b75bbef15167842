/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flows: what follows what. */
#include "journey/flow.h"

#include "model/words.h"

/* Marks the words for the translators; the view builder translates them. */
#define N_(id) (id)

static const JuminFlow flows[] = {
  {
      .name = "queue",
      .steps = { &jumin_choose_step, &jumin_checklist_step, &jumin_identify_step, &jumin_today_step,
                 &jumin_fetch_step, &jumin_print_step },
      .words = { N_ ("选业务"), N_ ("验身份"), N_ ("取小票") },
      .mark = { 0, 0, 1, 1, 2, 3 }, /* 3: all done */
  },
  {
      .name = "query",
      .steps = { &jumin_identify_step, &jumin_record_step, &jumin_review_step, &jumin_paper_step,
                 &jumin_preview_step, &jumin_sheets_step },
      .words = { N_ ("选服务"), N_ ("验身份"), N_ ("查看"), N_ ("打印") },
      .mark = { 1, 2, 2, 3, 3, 3 },
  },
  {
      .name = "certificate",
      .sheets = TRUE,
      .steps = { &jumin_identify_step, &jumin_papers_step, &jumin_paper_step, &jumin_preview_step,
                 &jumin_sheets_step },
      .words = { N_ ("选服务"), N_ ("验身份"), N_ ("核对"), N_ ("打印") },
      .mark = { 1, 2, 2, 2, 3 },
  },
  {
      .name = "payment",
      .till = TRUE,
      .steps = { &jumin_identify_step, &jumin_bills_step, &jumin_pay_step, &jumin_receipt_step },
      .words = { N_ ("查账单"), N_ ("选项目"), N_ ("付款"), N_ ("取凭条") },
      .mark = { 0, 1, 2, 3 },
  },
  { .name = "verify", .steps = { &jumin_verify_step } },
};

/**
 * jumin_flow_find:
 * @name: a flow of the catalogue
 *
 * Returns: (nullable): the flow
 */
const JuminFlow *
jumin_flow_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flows); i++)
    if (g_strcmp0 (flows[i].name, name) == 0)
      return &flows[i];
  return NULL;
}
