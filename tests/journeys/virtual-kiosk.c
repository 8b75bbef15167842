/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds a terminal around a client, and lets a test stand in front of it. */
#include "virtual-kiosk.h"

#include <string.h>

#include "front/view-builder.h"
#include "scratch-folder.h"
#include "shipped-data.h"

enum
{
  AUDIT_RETRY_MS = 50
};

static JuminTerminalSettings
settings_new (void)
{
  JuminTerminalSettings settings = { .idle_ms = 90000,
                                     .idle_home_ms = 60000,
                                     .elder_factor = 2,
                                     .warn_ms = 30000,
                                     .ticket_ms = 30000,
                                     .notice_ms = 60000,
                                     .take_card_ms = 60000,
                                     .grace_ms = 5000,
                                     .goodbye_ms = 6000,
                                     .code_repeat_ms = 3000,
                                     .code_tell_ms = 8000,
                                     .slow_ms = 300,
                                     .hall_refresh_ms = 15000,
                                     .printer_check_ms = 15000,
                                     .printer_heal_ms = 1000,
                                     .sheets_check_ms = 5000,
                                     .sheets_heal_ms = 2000,
                                     .veil_ms = 30000,
                                     .preview_ms = 120000,
                                     .sheets_ms = 60000,
                                     .pay_ms = 180000,
                                     .paid_ms = 60000,
                                     .unknown_ms = 120000,
                                     .confirm_ms = 20000,
                                     .reprints_max = 2,
                                     .help_poll_ms = 2000,
                                     .help_ack_ms = 30000,
                                     .help_escalate_ms = 60000,
                                     .slip_width = 576 };

  jumin_text_set (&settings.hall_name, "大厅", "Hall");
  jumin_text_set (&settings.machine, "3 号机", "Machine 3");
  jumin_text_set (&settings.reader_place, "右下方", "right");
  jumin_text_set (&settings.slip_place, "下方", "below");
  jumin_text_set (&settings.scanner_place, "上方", "above");
  jumin_text_set (&settings.sheet_place, "屏幕左下方", "below the screen, on the left");
  jumin_text_set (&settings.desk_place, "东门服务台", "the desk at the east gate");
  return settings;
}

static void
settings_clear (JuminTerminalSettings *settings)
{
  jumin_text_clear (&settings->hall_name);
  jumin_text_clear (&settings->machine);
  jumin_text_clear (&settings->reader_place);
  jumin_text_clear (&settings->slip_place);
  jumin_text_clear (&settings->scanner_place);
  jumin_text_clear (&settings->sheet_place);
  jumin_text_clear (&settings->desk_place);
}

static void
open_log (VirtualKiosk *self)
{
  JuminAuditSettings settings = { .retry_ms = AUDIT_RETRY_MS };
  g_autoptr (GError) error = NULL;

  self->audit_dir = g_dir_make_tmp ("jumin-audit-XXXXXX", &error);
  g_assert_no_error (error);
  settings.directory = self->audit_dir;
  self->audit = jumin_audit_new (&settings, self->clock, &error);
  g_assert_no_error (error);
}

void
virtual_kiosk_init (VirtualKiosk *self, const VirtualKioskParts *parts)
{
  JuminTerminalSettings settings = settings_new ();
  JuminTerminalTools tools = { .clock = parts->clock,
                               .reader = parts->reader,
                               .printer = parts->printer,
                               .sheet_printer = parts->sheet_printer,
                               .client = parts->client,
                               .documents = parts->documents,
                               .desk = parts->desk,
                               .scanner = parts->scanner,
                               .codes = parts->codes,
                               .kinds = parts->kinds,
                               .keys = parts->keys,
                               .payments = parts->payments,
                               .till = parts->till,
                               .billers = parts->billers,
                               .catalogue = shipped_catalogue_new (),
                               .troubles = shipped_troubles_new () };

  settings.ask_got = parts->ask_got;
  self->clock = g_object_ref (parts->clock);
  open_log (self);
  tools.audit = self->audit;
  if (tools.reader == NULL)
    {
      self->reader = jumin_virtual_card_reader_new ();
      tools.reader = JUMIN_CARD_READER (self->reader);
    }
  if (tools.printer == NULL)
    {
      self->printer = jumin_virtual_printer_new ();
      tools.printer = JUMIN_PRINTER (self->printer);
    }
  self->terminal = jumin_terminal_new (&tools, &settings);
  settings_clear (&settings);
  self->scene = jumin_terminal_get_scene (self->terminal);
  jumin_terminal_start (self->terminal);
}

gboolean
virtual_kiosk_look_again (gpointer nothing)
{
  return G_SOURCE_CONTINUE;
}

void
virtual_kiosk_finish (VirtualKiosk *self)
{
  gpointer audit = self->audit;

  /* A call to the platform holds the terminal, and that the log, until it is answered; so does a
   * thread that has drawn a slip, which wakes nobody. */
  g_object_add_weak_pointer (G_OBJECT (self->audit), &audit);
  g_object_run_dispose (G_OBJECT (self->terminal));
  g_clear_object (&self->terminal);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_object (&self->reader);
  g_clear_object (&self->printer);
  g_clear_object (&self->audit);
  AWAIT (g_atomic_pointer_get (&audit) == NULL);
  g_clear_object (&self->clock);
  scratch_folder_remove (self->audit_dir);
  g_clear_pointer (&self->audit_dir, g_free);
}

void
virtual_kiosk_await (VirtualKiosk *self, JuminPage page)
{
  RUN_UNTIL (self->scene->page == page);
  g_assert_cmpstr (jumin_page_get_name (self->scene->page), ==, jumin_page_get_name (page));
}

void
virtual_kiosk_act (VirtualKiosk *self, const char *action, const char *name, const char *value)
{
  GVariantDict values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  if (name != NULL)
    g_variant_dict_insert (&values, name, "s", value);
  variant = g_variant_ref_sink (g_variant_dict_end (&values));
  g_assert_true (jumin_terminal_act (self->terminal, action, self->scene->page_number, variant));
}

void
virtual_kiosk_set_mode (VirtualKiosk *self, const char *mode, const char *value)
{
  GVariantDict values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  g_variant_dict_insert (&values, "id", "s", mode);
  g_variant_dict_insert (&values, "value", "s", value);
  variant = g_variant_ref_sink (g_variant_dict_end (&values));
  g_assert_true (jumin_terminal_act (self->terminal, "set", self->scene->page_number, variant));
}

char *
virtual_kiosk_dup_screen (VirtualKiosk *self)
{
  g_autoptr (JuminView) view = jumin_view_build (self->scene);
  g_autoptr (GVariant) variant = g_variant_ref_sink (jumin_view_to_variant (view));

  return g_variant_print (variant, FALSE);
}

gboolean
virtual_kiosk_log_says (VirtualKiosk *self, const char *event, const char *what)
{
  g_autofree char *path = g_build_filename (self->audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL, *first = g_strdup_printf ("\"%s\"", event),
                  *second = g_strdup_printf (":\"%s\"", what);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], first) != NULL && strstr (lines[i], second) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
virtual_kiosk_says (VirtualKiosk *self, const char *words)
{
  g_autofree char *screen = virtual_kiosk_dup_screen (self);

  return strstr (screen, words) != NULL;
}
