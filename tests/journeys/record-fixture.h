/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "virtual-hall.h"

G_BEGIN_DECLS

/* Records of the service "fund". */
enum
{
  ACCOUNT,
  LINES,
  LOAN,
  WITHDRAWALS
};

/* One terminal, whose person is signed in by card. */
typedef struct
{
  Hall *hall;
  VirtualKiosk *kiosk;
  const JuminScene *scene;
} Visit;

/* @resident: id of who is signed in by card. */
void visit_set_up (Visit *v, gconstpointer resident);
void visit_tear_down (Visit *v, gconstpointer resident);
void visit_act (Visit *v, const char *action, const char *name, const char *value);
/* From home to the page with the records. */
void visit_look_up (Visit *v, const char *service);
/* An order as the sandbox takes it: "drop-before fund/loan 1". */
void visit_set_fault (Visit *v, const char *order);
/* From now on answers wait until the clock has moved. */
void visit_hold_answers (Visit *v);
/* What was held is answered; whoever still listens has heard it. */
void visit_release_answers (Visit *v);
void visit_expect_nothing_left (Visit *v);
/* Whether the log says @event of @what; it is written by a thread. */
gboolean visit_log_says (Visit *v, const char *event, const char *what);

G_END_DECLS
