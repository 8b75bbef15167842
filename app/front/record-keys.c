/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a record: look closer, show or hide the figures, have it on paper. */
#include "front/record-parts.h"

#include "journey/flow.h"

/* What a paper is called on a key: shorter than its title. */
static const struct
{
  const char *kind, *name;
} papers[] = {
  { "fund-deposit", N_ ("打印缴存证明") },
  { "fund-settled", N_ ("打印结清证明") },
  { "social-insured", N_ ("打印参保证明") },
  { "social-rights", N_ ("打印权益记录单") },
};

static JuminItem *
add_key (JuminBlock *keys, const char *act, const char *id, const char *title, const char *icon)
{
  JuminItem *key = jumin_block_add (keys, id);

  jumin_set (&key->act, act);
  jumin_set (&key->title, title);
  jumin_set (&key->icon, icon);
  return key;
}

/* Its second line says why. */
static void
switch_off (JuminItem *key, const char *reason)
{
  jumin_set (&key->state, "off");
  jumin_set (&key->text, reason);
  jumin_set (&key->icon, NULL);
}

static void
add_reveal (JuminBuilder *b, JuminBlock *keys)
{
  gboolean on = b->scene->revealed;
  JuminItem *key = add_key (keys, "reveal", "reveal", on ? _ ("隐藏金额") : _ ("显示金额"),
                            on ? "eyeoff" : "eye");

  jumin_set (&key->value, on ? "off" : "on");
}

static void
add_sections (JuminBuilder *b, JuminBlock *keys)
{
  const JuminScene *scene = b->scene;

  for (guint i = 0; scene->service->records[i] != NULL; i++)
    {
      const JuminRecord *record = scene->records[i];
      JuminItem *key
          = add_key (keys, "section", scene->service->records[i], jumin_record_name (b, i),
                     record != NULL ? jumin_record_icon (b, i) : "refresh");

      if (record == NULL)
        jumin_set (&key->text, _ ("没查到，再查一次"));
      else if (!record->found)
        switch_off (key, _ ("没有记录"));
    }
}

static char *
paper_words (const JuminBuilder *b, const JuminEntitlement *entitlement)
{
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_str_equal (papers[i].kind, entitlement->kind))
      return g_strdup (_ (papers[i].name));
  return say ("打印%s", jumin_outside (b, &entitlement->title));
}

/* A record and a paper may have the same id. */
static void
name_paper (JuminItem *key, const char *paper)
{
  jumin_take (&key->id, g_strconcat ("paper-", paper, NULL));
  jumin_set (&key->value, paper);
}

/* @key: gets its words; Off, it says why: what the person lacks first, then the machine. */
static void
fill_paper (const JuminBuilder *b, JuminItem *key, const JuminEntitlement *entitlement)
{
  g_autofree char *reason = jumin_no_sheets_reason (b);

  name_paper (key, entitlement->kind);
  jumin_take (&key->title, paper_words (b, entitlement));
  if (entitlement->copies == 0)
    switch_off (key, jumin_outside (b, &entitlement->reason));
  else if (reason != NULL)
    switch_off (key, reason);
}

static void
add_statement (JuminBuilder *b, JuminBlock *keys)
{
  g_autofree char *reason = jumin_no_sheets_reason (b);
  JuminItem *key = add_key (keys, "paper", NULL, _ ("打印明细"), "printer");

  name_paper (key, JUMIN_PAPER_STATEMENT);
  jumin_set (&key->text, _ ("不盖章"));
  if (reason != NULL)
    switch_off (key, reason);
}

static void
add_primary (JuminBuilder *b, const JuminEntitlement *entitlement)
{
  JuminItem *action = jumin_add_action (b, "paper", NULL, "printer", "primary");

  if (entitlement != NULL)
    {
      fill_paper (b, action, entitlement);
      return;
    }
  jumin_set (&action->title, _ ("打印证明"));
  switch_off (action, _ ("现在查不到能打的证明"));
}

/* The first paper of the service is the page's primary action; the others are plain keys. */
static void
add_papers (JuminBuilder *b, JuminBlock *keys)
{
  const JuminEntitlements *entitlements = b->scene->entitlements;
  const JuminEntitlement *first = NULL;
  char **kinds = b->scene->service->papers;

  for (guint i = 0; kinds[i] != NULL && entitlements != NULL; i++)
    {
      const JuminEntitlement *entitlement = jumin_entitlements_find (entitlements, kinds[i]);

      if (entitlement == NULL)
        continue;
      if (first == NULL)
        first = entitlement;
      else
        fill_paper (b, add_key (keys, "paper", NULL, NULL, "cert"), entitlement);
    }
  if (kinds[0] != NULL)
    add_primary (b, first);
}

/* A machine without an A4 printer offers no paper, and neither does a flow that ends here. */
void
jumin_add_record_keys (JuminBuilder *b)
{
  JuminBlock *keys = jumin_view_add_block (b->view, "keys", "keys");

  add_reveal (b, keys);
  add_sections (b, keys);
  if (!b->scene->sheet_printer || !jumin_line_goes_on (b->scene))
    return;
  add_statement (b, keys);
  add_papers (b, keys);
}

static void
add_turn (JuminBuilder *b, JuminBlock *keys, const char *id, const char *title, const char *icon,
          int page)
{
  JuminItem *key = add_key (keys, "page", id, title, icon);

  jumin_take (&key->value, g_strdup_printf ("%d", page));
  if (b->scene->asked_page != 0)
    switch_off (key, _ ("正在查，请稍等"));
}

void
jumin_add_section_keys (JuminBuilder *b, const JuminRecord *record)
{
  const JuminRecordBlock *lines = jumin_record_find (record, JUMIN_BLOCK_LINES);
  JuminBlock *keys = jumin_view_add_block (b->view, "keys", "section-keys");

  add_reveal (b, keys);
  if (lines == NULL)
    return;
  if (lines->page > 1)
    add_turn (b, keys, "page-newer", _ ("更近的明细"), "back", lines->page - 1);
  if (lines->page < lines->pages)
    add_turn (b, keys, "page-older", _ ("更早的明细"), "go", lines->page + 1);
}
