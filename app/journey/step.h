/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/scene.h"

G_BEGIN_DECLS

typedef struct _JuminTerminal JuminTerminal;

enum
{
  JUMIN_STEP_ACTS_MAX = 4
};

/**
 * JuminAct:
 * @action: its name
 * @act: what it does, or @take: what it does with the drafts of the page
 * @always: also while a dialog lies over the page, or the next one is on its way
 *
 * What a person can do.
 */
typedef struct
{
  const char *action;
  void (*act) (JuminTerminal *terminal);
  void (*take) (JuminTerminal *terminal, GVariant *values);
  gboolean always;
} JuminAct;

/**
 * JuminStep:
 * @name: for the log
 * @page: the page that shows it, @also: another one that does; %JUMIN_PAGE_HOME: none
 * @asks: the person is asked something here, so that "back" can stop here
 * @needed: (nullable): whether it has anything to do; %NULL: always
 * @enter: (nullable): called when the journey arrives
 * @acts: what a person can do on its page; the last one has no name
 *
 * One step of a journey. It writes only into the scene, and knows no other step.
 */
typedef struct
{
  const char *name;
  JuminPage page, also;
  gboolean asks;
  gboolean (*needed) (const JuminScene *scene);
  void (*enter) (JuminTerminal *terminal);
  JuminAct acts[JUMIN_STEP_ACTS_MAX + 1];
} JuminStep;

extern const JuminStep jumin_choose_step, jumin_checklist_step, jumin_identify_step,
    jumin_today_step, jumin_fetch_step, jumin_print_step, jumin_record_step, jumin_review_step,
    jumin_verify_step, jumin_papers_step, jumin_paper_step, jumin_preview_step, jumin_sheets_step,
    jumin_bills_step, jumin_pay_step, jumin_receipt_step;

G_END_DECLS
