/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl: the operator's command line. One file per command; this one finds it. */
#include "ctl/command.h"

#include <locale.h>
#include <stdio.h>

static const JuminctlCommand commands[] = {
  { "audit verify", "[--anchors FILE] [--key FILE] [DIRECTORY]",
    "Check the audit log against its hash chain and the platform's receipts",
    juminctl_audit_verify },
  { "card", "[--json] [--reader NAME]", "Say what the card reader sees, masked", juminctl_card },
  { "config check", "[--config FILE] [--config-dir DIR]", "Check the configuration",
    juminctl_config_check },
  { "document verify", "[--keys FILE] TEXT | - | --image FILE…",
    "Check the code on a paper against the platform's public keys", juminctl_document_verify },
  { "papers unlock", "[--ledger FILE]", "Let papers go out again, when staff have looked",
    juminctl_papers_unlock },
  { "papers", "[--ledger FILE]", "Say whether papers are locked, and which ones are not settled",
    juminctl_papers },
  { "payments create", "[--journal FILE] [--user NAME]",
    "Make the file that payments are kept in, where there is none", juminctl_payments_create },
  { "payments reconcile", "[--socket FILE] [DAY]",
    "Compare a day's payments with the platform's list of them", juminctl_payments_reconcile },
  { "payments", "[--socket FILE]",
    "Say what became of payments; ends with 1 while nobody knows it of one", juminctl_payments },
  { "provision", "--platform URL --token FILE [--renew]", "Make this machine a terminal",
    juminctl_provision },
};

/* How many words of @words the name of @command takes; 0: it is another one. */
static guint
match (const JuminctlCommand *command, char **words)
{
  g_auto (GStrv) name = g_strsplit (command->name, " ", -1);
  guint i;

  for (i = 0; name[i] != NULL; i++)
    if (g_strcmp0 (name[i], words[i]) != 0)
      return 0;
  return i;
}

static void
print_usage (FILE *to)
{
  fputs ("Usage: juminctl COMMAND [ARGUMENT…]\n\n", to);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (to, "  juminctl %s %s\n      %s\n", commands[i].name, commands[i].usage,
             commands[i].doc);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 2 && g_str_equal (argv[1], "--help"))
    {
      print_usage (stdout);
      return JUMINCTL_GOOD;
    }
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    {
      guint words = match (&commands[i], argv + 1);

      if (words > 0)
        {
          g_autofree char *name = g_strconcat ("juminctl ", commands[i].name, NULL);

          g_set_prgname (name);
          return commands[i].run (argv + words);
        }
    }
  print_usage (stderr);
  return JUMINCTL_USAGE;
}
