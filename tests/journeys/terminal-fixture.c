/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A virtual kiosk with a real sandbox. */
#include "terminal-fixture.h"

#include <string.h>

#define SPEED 100

static const JuminCard card
    = { .version = "2.00", .identifier = "500000D156000005000012340000000A" };

enum
{
  SECOND_MS = 1000
};

void
await (Fixture *f, JuminPage page)
{
  virtual_kiosk_await (f, page);
}

void
act (Fixture *f, const char *action, const char *name, const char *value)
{
  virtual_kiosk_act (f, action, name, value);
}

void
set_up_with (Fixture *f, const VirtualKioskParts *parts)
{
  VirtualKioskParts all = *parts;
  /* The platform answers in real time. */
  guint patience = SECOND_MS / jumin_clock_get_real_ms (parts->clock, SECOND_MS);

  f->sandbox = sandbox_process_new ();
  all.client
      = sandbox_client_new (sandbox_process_get_settings (f->sandbox), parts->clock, patience);
  virtual_kiosk_init (f, &all);
  g_object_unref (all.client);
  await (f, JUMIN_PAGE_HOME);
}

void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (SPEED);

  set_up_with (f, &(VirtualKioskParts){ .clock = clock });
}

void
tear_down (Fixture *f, gconstpointer data)
{
  virtual_kiosk_finish (f);
  sandbox_process_free (f->sandbox);
}

void
insert (Fixture *f)
{
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, "测试甲", "500103195506150029");

  jumin_virtual_card_reader_insert (f->reader, &card, holder);
}

void
leave (Fixture *f)
{
  jumin_virtual_card_reader_pull (f->reader);
  if (f->scene->in_visit)
    act (f, "exit", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
}

void
choose (Fixture *f, JuminIdentify identify)
{
  const JuminMatter *matter = NULL;

  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  for (guint i = 0; i < f->scene->hall->matters->len && matter == NULL; i++)
    {
      const JuminMatter *each = f->scene->hall->matters->pdata[i];

      if (each->open && each->identify == identify)
        matter = each;
    }
  g_assert_nonnull (matter);
  act (f, "choose", "matter", matter->id);
  if (f->scene->page == JUMIN_PAGE_CHECKLIST)
    act (f, "next", NULL, NULL);
}

gboolean
log_says (Fixture *f, const char *event, const char *trouble)
{
  return virtual_kiosk_log_says (f, event, trouble);
}
