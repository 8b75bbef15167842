/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "model/clock.h"
#include "sandbox/money-faults.h"
#include "sandbox/paper.h"

G_BEGIN_DECLS

enum
{
  JUMIN_FAULT_COUNT_MAX = 10000
};

/**
 * JuminFaults:
 *
 * What the sandbox does wrong, for tests and demonstrations: one row of a table at a time, at one
 * operation or at all, so many times or until it is told otherwise.
 */
typedef struct _JuminFaults JuminFaults;

/**
 * JuminFault:
 * @undone: strikes instead of the operation, which is not done
 * @hold_ms: the answer is held back so long
 * @paper: what is wrong with a paper that the operation makes
 * @money: what is wrong with what it says about money; strikes at payments alone
 * @spoil_text: (nullable): makes of a good body the one that is signed and sent
 * @spoil_answer: (nullable): does something to the answer when it is ready and signed
 *
 * One row of the table.
 */
typedef struct
{
  const char *name;
  gboolean undone;
  guint hold_ms;
  JuminPaperFault paper;
  JuminMoneyFault money;
  char *(*spoil_text) (const char *text);
  void (*spoil_answer) (JuminFaults *faults, SoupServerMessage *message);
} JuminFault;

JuminFaults *jumin_faults_new (JuminClock *clock);
void jumin_faults_free (JuminFaults *self);
gboolean jumin_faults_set (JuminFaults *self, const char *order, GError **error);
const JuminFault *jumin_faults_strike (JuminFaults *self, const char *path);
void jumin_faults_remember (JuminFaults *self, SoupServerMessage *message);

G_END_DECLS
