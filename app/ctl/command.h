/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What juminctl ends with. */
enum
{
  JUMINCTL_GOOD = 0,
  JUMINCTL_BAD = 1,  /* it was looked at, and it is not good */
  JUMINCTL_USAGE = 2 /* the command line is wrong */
};

/**
 * JuminctlCommand:
 * @name: the words after juminctl: "audit verify"
 * @usage: its arguments, for people
 * @doc: what it does, one line
 * @run: gets its name and the arguments after it, as a program does; returns what juminctl ends
 * with
 */
typedef struct
{
  const char *name, *usage, *doc;
  int (*run) (char **arguments);
} JuminctlCommand;

int juminctl_audit_verify (char **arguments);
int juminctl_card (char **arguments);
int juminctl_config_check (char **arguments);
int juminctl_document_verify (char **arguments);
int juminctl_papers (char **arguments);
int juminctl_papers_unlock (char **arguments);
int juminctl_payments_create (char **arguments);
int juminctl_payments (char **arguments);
int juminctl_payments_reconcile (char **arguments);
int juminctl_provision (char **arguments);

G_END_DECLS
