/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terminals that print papers, before a platform of their own. */
#include "paper-hall.h"

#include "sandbox/keys.h"

enum
{
  STOPPED_MS = 120000,
  REPORT_MS = 1000,
  KEEP_DAYS = 30
};

static JuminDocumentsClient *
documents_new (PaperHall *self, JuminHallClient *client)
{
  const VirtualPlatform *platform = self->hall->platform;
  g_autofree char *file = g_build_filename (platform->state, JUMIN_SANDBOX_CONFIG, NULL);
  g_autofree char *key = NULL;
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  JuminDocumentsClient *documents;

  g_key_file_load_from_file (written, file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  key = g_key_file_get_string (written, "platform", "reply-key-file", &error);
  g_assert_no_error (error);
  documents = jumin_documents_client_new (client, platform->city->terminal, key, &error);
  g_assert_no_error (error);
  return documents;
}

static void
add_kiosk (PaperHall *self, const PaperHallWish *wish)
{
  PaperKiosk *paper = &self->kiosks[self->n_kiosks];
  g_autofree char *name
      = g_strdup_printf (wish->no_ledger ? "none/%u.db" : "papers-%u.db", self->n_kiosks);
  g_autofree char *path = g_build_filename (self->hall->platform->state, name, NULL);
  g_autoptr (JuminHallClient) client = virtual_platform_client_new (self->hall->platform);
  JuminPaperDeskTools tools
      = { .clock = self->hall->clock, .stopped_ms = STOPPED_MS, .report_ms = REPORT_MS };
  VirtualKioskParts parts
      = { .clock = self->hall->clock, .client = client, .ask_got = wish->ask_got };

  self->n_kiosks++;
  paper->printer = jumin_virtual_page_printer_new ();
  paper->documents = documents_new (self, client);
  paper->ledger = jumin_print_ledger_new (path, KEEP_DAYS, self->hall->clock);
  tools.printer = parts.sheet_printer = JUMIN_PAGE_PRINTER (paper->printer);
  tools.ledger = paper->ledger;
  tools.source = JUMIN_DOCUMENT_SOURCE (paper->documents);
  parts.documents = paper->documents;
  parts.desk = paper->desk = jumin_paper_desk_new (&tools);
  virtual_kiosk_init (&paper->kiosk, &parts);
  virtual_kiosk_await (&paper->kiosk, JUMIN_PAGE_HOME);
  AWAIT (paper->kiosk.scene->sheets_ready
         && jumin_paper_desk_get_closed (paper->desk)
                == (wish->no_ledger ? JUMIN_PAPER_LEDGER : JUMIN_PAPER_OPEN));
}

void
paper_hall_open (PaperHall *self, gconstpointer data)
{
  static const PaperHallWish plain = { 0 };
  const PaperHallWish *wish = data != NULL ? data : &plain;

  self->hall = hall_open (10, 26, 0);
  for (guint i = 0; i <= wish->more_kiosks; i++)
    add_kiosk (self, wish);
  self->scene = self->kiosks[0].kiosk.scene;
}

void
paper_hall_close (PaperHall *self, gconstpointer data)
{
  for (guint i = 0; i < self->n_kiosks; i++)
    {
      PaperKiosk *paper = &self->kiosks[i];

      jumin_virtual_page_printer_hold (paper->printer, FALSE);
      virtual_kiosk_finish (&paper->kiosk);
      g_object_run_dispose (G_OBJECT (paper->desk));
      g_object_unref (paper->desk);
      g_object_unref (paper->ledger);
      g_object_unref (paper->documents);
      g_object_unref (paper->printer);
    }
  hall_close (self->hall);
}

void
paper_hall_fault (PaperHall *self, const char *order)
{
  g_autoptr (GError) error = NULL;

  jumin_faults_set (jumin_server_get_faults (self->hall->platform->server), order, &error);
  g_assert_no_error (error);
}

void
paper_hall_sign_in (PaperHall *self, const char *resident)
{
  hall_sign_in (self->hall, &self->kiosks[0].kiosk, resident);
}

void
paper_hall_act (PaperHall *self, const char *action, const char *name, const char *value)
{
  virtual_kiosk_act (&self->kiosks[0].kiosk, action, name, value);
}

void
paper_hall_preview (PaperHall *self, const char *kind)
{
  paper_hall_act (self, "start", "id", "papers");
  virtual_kiosk_await (&self->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  paper_hall_act (self, "paper", "value", kind);
  virtual_kiosk_await (&self->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
}

void
paper_hall_print (PaperHall *self, const char *kind, const char *copies)
{
  paper_hall_preview (self, kind);
  paper_hall_act (self, "print", "copies", copies);
  virtual_kiosk_await (&self->kiosks[0].kiosk, JUMIN_PAGE_SHEETS);
}

void
paper_hall_await_trouble (PaperHall *self, JuminTrouble trouble)
{
  virtual_kiosk_await (&self->kiosks[0].kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpstr (jumin_trouble_get_id (self->scene->trouble), ==, jumin_trouble_get_id (trouble));
}

void
paper_hall_leave (PaperHall *self)
{
  kiosk_leave (&self->kiosks[0].kiosk);
}

guint
paper_hall_count_jobs (PaperHall *self)
{
  return jumin_virtual_page_printer_get_documents (self->kiosks[0].printer)->len;
}

void
paper_hall_expect_nothing_left (PaperHall *self)
{
  g_assert_null (self->scene->paper);
  g_assert_null (self->scene->document);
  g_assert_null (self->scene->entitlements);
  g_assert_false (self->scene->document_shown);
  g_assert_cmpint (self->scene->sheets, ==, JUMIN_SHEETS_NONE);
  g_assert_cmpint (self->scene->sheet_page, ==, 0);
  g_assert_false (self->scene->replacement);
}
