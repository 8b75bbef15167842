/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds a terminal around a client, and lets a test stand in front of it. */
#include "virtual-kiosk.h"

#include "front/view-builder.h"
#include "scratch-folder.h"
#include "shipped-troubles.h"

enum
{
  WAKE_MS = 10
};

#define BEGIN_S G_GINT64_CONSTANT (1795227960) /* 21 November 2026, 10:26 in the hall */

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

  jumin_text_set (&settings.hall_name, "大厅", "Hall");
  jumin_text_set (&settings.machine, "3 号机", "Machine 3");
  jumin_text_set (&settings.reader_place, "右下方", "right");
  jumin_text_set (&settings.slip_place, "下方", "below");
  return settings;
}

static JuminCatalogue *
catalogue_new (void)
{
  g_autoptr (GError) error = NULL;
  JuminCatalogue *catalogue = jumin_catalogue_parse (
      "{\"version\":1,\"services\":[{\"id\":\"queue\",\"flow\":\"queue\",\"icon\":\"queue\","
      "\"family\":\"queue\",\"title\":{\"zh\":\"取号\",\"en\":\"Number\"},"
      "\"line\":{\"zh\":\"取号\",\"en\":\"Number\"}}]}",
      -1, "test", &error);

  g_assert_no_error (error);
  return catalogue;
}

VirtualKiosk *
virtual_kiosk_new (JuminHallClient *client, double speed)
{
  g_autoptr (JuminClock) clock
      = speed > 0 ? jumin_clock_new (speed) : jumin_clock_new_manual (BEGIN_S);

  return virtual_kiosk_new_with_clock (client, clock);
}

VirtualKiosk *
virtual_kiosk_new_with_clock (JuminHallClient *client, JuminClock *clock)
{
  VirtualKiosk *self = g_new0 (VirtualKiosk, 1);
  JuminTerminalSettings settings = settings_new ();
  JuminTerminalTools tools;
  g_autoptr (GError) error = NULL;

  self->clock = g_object_ref (clock);
  self->audit_dir = g_dir_make_tmp ("jumin-audit-XXXXXX", &error);
  g_assert_no_error (error);
  self->audit = jumin_audit_new (&(JuminAuditSettings){ .directory = self->audit_dir }, self->clock,
                                 &error);
  g_assert_no_error (error);
  self->reader = jumin_virtual_card_reader_new ();
  self->printer = jumin_virtual_printer_new ();
  tools = (JuminTerminalTools){ .clock = self->clock,
                                .reader = JUMIN_CARD_READER (self->reader),
                                .printer = JUMIN_PRINTER (self->printer),
                                .client = client,
                                .audit = self->audit,
                                .catalogue = catalogue_new (),
                                .troubles = shipped_troubles_new () };
  self->terminal = jumin_terminal_new (&tools, &settings);
  jumin_text_clear (&settings.hall_name);
  jumin_text_clear (&settings.machine);
  jumin_text_clear (&settings.reader_place);
  jumin_text_clear (&settings.slip_place);
  self->scene = jumin_terminal_get_scene (self->terminal);
  jumin_terminal_start (self->terminal);
  return self;
}

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Takes the reference to @object. The last one may go in a thread that has drawn a slip, which
 * wakes nobody. */
static void
await_gone (GObject *object)
{
  gpointer weak = object;
  guint wake = g_timeout_add (WAKE_MS, on_wake, NULL);

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  while (g_atomic_pointer_get (&weak) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

void
virtual_kiosk_free (VirtualKiosk *self)
{
  g_object_run_dispose (G_OBJECT (self->terminal));
  g_object_unref (self->terminal);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (self->reader);
  g_object_unref (self->printer);
  await_gone (G_OBJECT (self->audit));
  g_object_unref (self->clock);
  scratch_folder_remove (self->audit_dir);
  g_free (self->audit_dir);
  g_free (self);
}

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

gboolean
virtual_kiosk_patient (VirtualKioskTest test, VirtualKiosk *self, gconstpointer data)
{
  gboolean lost = FALSE, met;
  guint timer = g_timeout_add_seconds (VIRTUAL_KIOSK_PATIENCE_S, on_patience_lost, &lost);

  while (!(met = test (self, data)) && !lost)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return met;
}

static gboolean
shows (VirtualKiosk *self, gconstpointer page)
{
  return self->scene->page == *(const JuminPage *)page;
}

void
virtual_kiosk_await (VirtualKiosk *self, JuminPage page)
{
  if (!virtual_kiosk_patient (shows, self, &page))
    g_assert_cmpstr (jumin_view_kind (self->scene->page), ==, jumin_view_kind (page));
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

char *
virtual_kiosk_dup_screen (VirtualKiosk *self)
{
  JuminView *view = jumin_view_build (self->scene);
  g_autoptr (GVariant) variant = g_variant_ref_sink (jumin_view_to_variant (view));

  jumin_view_free (view);
  return g_variant_print (variant, FALSE);
}
