/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal with a real sandbox and virtual devices. */
#include "terminal-fixture.h"

#include <string.h>

#include "front/view-builder.h"
#include "scratch-folder.h"
#include "shipped-troubles.h"

#define SPEED 100

static const JuminCard card = { .kind = JUMIN_CARD_SOCIAL_SECURITY,
                                .version = "2.00",
                                .identifier = "500000D156000005000012340000000A" };

enum
{
  SECOND_MS = 1000
};

gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @page is shown. */
void
await (Fixture *f, JuminPage page)
{
  gboolean lost = FALSE;
  guint timer = g_timeout_add_seconds (PATIENCE_S, on_patience_lost, &lost);

  while (f->scene->page != page && !lost)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_cmpstr (jumin_view_kind (f->scene->page), ==, jumin_view_kind (page));
}

void
act (Fixture *f, const char *action, const char *name, const char *value)
{
  GVariantDict values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  if (name != NULL)
    g_variant_dict_insert (&values, name, "s", value);
  variant = g_variant_ref_sink (g_variant_dict_end (&values));
  g_assert_true (jumin_terminal_act (f->terminal, action, f->scene->page_number, variant));
}

void
set_up_with (Fixture *f, JuminClock *clock, JuminCardReader *reader)
{
  JuminTerminalTools tools;
  JuminTerminalSettings settings = { .idle_ms = 90000,
                                     .idle_home_ms = 60000,
                                     .elder_factor = 2,
                                     .warn_ms = 30000,
                                     .ticket_ms = 30000,
                                     .notice_ms = 60000,
                                     .take_card_ms = 60000,
                                     .grace_ms = 5000,
                                     .goodbye_ms = 6000,
                                     .slow_ms = 300,
                                     .hall_refresh_ms = 15000,
                                     .printer_check_ms = 15000,
                                     .printer_heal_ms = 1000,
                                     .reprints_max = 2,
                                     .help_poll_ms = 2000,
                                     .help_ack_ms = 30000,
                                     .help_escalate_ms = 60000,
                                     .slip_width = 576 };
  g_autoptr (JuminHallClient) client = NULL;
  g_autoptr (GError) error = NULL;

  f->sandbox = sandbox_process_new ();
  f->clock = g_object_ref (clock);
  f->audit_dir = g_dir_make_tmp ("jumin-audit-XXXXXX", &error);
  g_assert_no_error (error);
  f->audit = jumin_audit_new (&(JuminAuditSettings){ .directory = f->audit_dir, .retry_ms = 50 },
                              f->clock, &error);
  g_assert_no_error (error);
  f->printer = jumin_virtual_printer_new ();
  /* The platform answers in real time. */
  client = sandbox_client_new (sandbox_process_get_settings (f->sandbox), f->clock,
                               SECOND_MS / jumin_clock_get_real_ms (f->clock, SECOND_MS));
  tools = (JuminTerminalTools){ .clock = f->clock,
                                .reader = reader,
                                .printer = f->real_printer != NULL ? f->real_printer
                                                                   : JUMIN_PRINTER (f->printer),
                                .client = client,
                                .audit = f->audit };
  tools.catalogue = jumin_catalogue_parse (
      "{\"version\":1,\"services\":[{\"id\":\"queue\",\"flow\":\"queue\",\"icon\":\"queue\","
      "\"family\":\"queue\",\"title\":{\"zh\":\"取号\",\"en\":\"Number\"},"
      "\"line\":{\"zh\":\"取号\",\"en\":\"Number\"}}]}",
      -1, "test", &error);
  g_assert_no_error (error);
  tools.troubles = shipped_troubles_new ();
  jumin_text_set (&settings.hall_name, "大厅", "Hall");
  jumin_text_set (&settings.machine, "3 号机", "Machine 3");
  jumin_text_set (&settings.reader_place, "右下方", "right");
  jumin_text_set (&settings.slip_place, "下方", "below");
  jumin_text_set (&settings.desk_place, "东门服务台", "the desk at the east gate");
  f->terminal = jumin_terminal_new (&tools, &settings);
  jumin_text_clear (&settings.hall_name);
  jumin_text_clear (&settings.machine);
  jumin_text_clear (&settings.reader_place);
  jumin_text_clear (&settings.slip_place);
  jumin_text_clear (&settings.desk_place);
  f->scene = jumin_terminal_get_scene (f->terminal);
  jumin_terminal_start (f->terminal);
  await (f, JUMIN_PAGE_HOME);
}

void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (SPEED);

  f->reader = jumin_virtual_card_reader_new ();
  set_up_with (f, clock, JUMIN_CARD_READER (f->reader));
}

void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (f->terminal));
  g_clear_object (&f->terminal);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->reader);
  g_clear_object (&f->printer);
  g_clear_object (&f->real_printer);
  g_clear_object (&f->audit);
  g_clear_object (&f->clock);
  sandbox_process_free (f->sandbox);
  scratch_folder_remove (f->audit_dir);
  g_free (f->audit_dir);
}

void
insert (Fixture *f)
{
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, "测试甲", "500103195506150029");

  jumin_virtual_card_reader_insert (f->reader, &card, holder);
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
  g_autofree char *path = g_build_filename (f->audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL, *first = g_strdup_printf ("\"%s\"", event),
                  *second = g_strdup_printf ("\"trouble\":\"%s\"", trouble);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], first) != NULL && strstr (lines[i], second) != NULL)
      return TRUE;
  return FALSE;
}
