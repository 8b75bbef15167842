/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the A4 printer is: what it says reaches the scene, the log and the staff, once. */
#include "devices/virtual-page-printer.h"
#include "terminal-fixture.h"

enum
{
  BEGINS_AT = 1789525560, /* 16 September 2026, 10:26 in the hall */
  CHECK_MS = 5000,
  HEAL_MS = 2000,
  HALL_SPEED = 20
};

typedef struct
{
  VirtualKiosk kiosk;
  JuminVirtualPagePrinter *printer;
  JuminClock *clock;
} SheetsFixture;

static void
set_up_sheets (SheetsFixture *f, gconstpointer data)
{
  f->clock = jumin_clock_new_manual (BEGINS_AT);
  f->printer = jumin_virtual_page_printer_new ();
  virtual_kiosk_init (
      &f->kiosk,
      &(VirtualKioskParts){ .clock = f->clock, .sheet_printer = JUMIN_PAGE_PRINTER (f->printer) });
  g_assert_true (f->kiosk.scene->sheet_printer);
}

static void
tear_down_sheets (SheetsFixture *f, gconstpointer data)
{
  virtual_kiosk_finish (&f->kiosk);
  g_clear_object (&f->clock);
  g_assert_finalize_object (f->printer);
}

static void
say (SheetsFixture *f, JuminPageTroubles troubles)
{
  JuminPageStatus status
      = { .troubles = troubles, .ready = (troubles & ~JUMIN_PAGE_STILL_READY) == 0 };

  jumin_virtual_page_printer_set_status (f->printer, &status);
}

/* Until the printer has been asked again, and what it said is taken. */
static void
run (SheetsFixture *f, guint ms)
{
  jumin_clock_advance (f->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_nothing_is_promised_before_it_has_answered (SheetsFixture *f, gconstpointer data)
{
  g_assert_false (f->kiosk.scene->sheets_ready);
  run (f, 0);
  g_assert_true (f->kiosk.scene->sheets_ready);
  g_assert_false (log_says (&f->kiosk, "trouble-began", "sheets-silent"));
}

static const struct
{
  JuminPageTroubles said;
  JuminTrouble trouble;
} troubles[] = {
  { JUMIN_PAGE_PAPER_OUT, JUMIN_TROUBLE_SHEETS_OUT },
  { JUMIN_PAGE_JAM | JUMIN_PAGE_PAPER_OUT, JUMIN_TROUBLE_SHEETS_JAM },
  { JUMIN_PAGE_COVER_OPEN | JUMIN_PAGE_PAPER_OUT | JUMIN_PAGE_OFF_LINE, JUMIN_TROUBLE_SHEETS_OPEN },
  { JUMIN_PAGE_TONER_OUT, JUMIN_TROUBLE_TONER_OUT },
  { JUMIN_PAGE_OUTPUT_FULL, JUMIN_TROUBLE_TRAY_FULL },
  { JUMIN_PAGE_OFF_LINE | JUMIN_PAGE_OTHER, JUMIN_TROUBLE_SHEETS_STOPPED },
  { JUMIN_PAGE_BUSY, JUMIN_TROUBLE_SHEETS_REFUSING },
  { JUMIN_PAGE_REFUSING, JUMIN_TROUBLE_SHEETS_REFUSING },
  { JUMIN_PAGE_NO_PDF, JUMIN_TROUBLE_SHEETS_NO_PDF },
  { JUMIN_PAGE_MISSING, JUMIN_TROUBLE_SHEETS_MISSING },
  { JUMIN_PAGE_SILENT, JUMIN_TROUBLE_SHEETS_SILENT },
};

static void
test_each_trouble_begins_and_ends (SheetsFixture *f, gconstpointer data)
{
  run (f, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      const char *id = jumin_trouble_get_id (troubles[i].trouble);

      say (f, troubles[i].said);
      run (f, CHECK_MS);
      g_assert_false (f->kiosk.scene->sheets_ready);
      g_assert_cmpstr (jumin_trouble_get_id (f->kiosk.scene->sheets_trouble), ==, id);
      AWAIT (log_says (&f->kiosk, "trouble-began", id));
      say (f, 0);
      run (f, HEAL_MS);
      g_assert_true (f->kiosk.scene->sheets_ready);
      AWAIT (log_says (&f->kiosk, "trouble-ended", id));
    }
}

static void
test_what_runs_low_still_prints (SheetsFixture *f, gconstpointer data)
{
  run (f, 0);
  say (f, JUMIN_PAGE_PAPER_LOW | JUMIN_PAGE_TONER_LOW);
  run (f, CHECK_MS);
  g_assert_true (f->kiosk.scene->sheets_ready);
  g_assert_true (f->kiosk.scene->sheets_low);
  AWAIT (log_says (&f->kiosk, "trouble-began", jumin_trouble_get_id (JUMIN_TROUBLE_SHEETS_LOW)));
  AWAIT (log_says (&f->kiosk, "trouble-began", jumin_trouble_get_id (JUMIN_TROUBLE_TONER_LOW)));
  say (f, JUMIN_PAGE_PAPER_OUT | JUMIN_PAGE_TONER_LOW);
  run (f, CHECK_MS);
  g_assert_false (f->kiosk.scene->sheets_low);
  AWAIT (log_says (&f->kiosk, "trouble-ended", "sheets-low"));
  AWAIT (log_says (&f->kiosk, "trouble-began", "sheets-out"));
}

/* What a paper that is under way waits for is told without asking; and nobody asks meanwhile. */
static void
test_a_job_tells_by_itself (SheetsFixture *f, gconstpointer data)
{
  JuminScene *scene = (JuminScene *)f->kiosk.scene; /* as the step that prints has it */

  run (f, 0);
  scene->sheets = JUMIN_SHEETS_PRINTING;
  say (f, JUMIN_PAGE_BUSY);
  run (f, CHECK_MS);
  g_assert_true (scene->sheets_ready);
  jumin_page_printer_tell_progress (JUMIN_PAGE_PRINTER (f->printer), 1, 0, JUMIN_PAGE_BUSY);
  g_assert_true (scene->sheets_ready);
  jumin_page_printer_tell_progress (JUMIN_PAGE_PRINTER (f->printer), 1, 1, JUMIN_PAGE_PAPER_OUT);
  g_assert_false (scene->sheets_ready);
  AWAIT (log_says (&f->kiosk, "trouble-began", "sheets-out"));
  scene->sheets = JUMIN_SHEETS_PRINTED;
  say (f, 0);
  run (f, CHECK_MS);
  g_assert_true (scene->sheets_ready);
}

typedef struct
{
  Fixture kiosk;
  JuminVirtualPagePrinter *printer;
} HallFixture;

static void
set_up_hall (HallFixture *f, gconstpointer has_printer)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (HALL_SPEED);
  JuminPageStatus out = { .troubles = JUMIN_PAGE_PAPER_OUT };

  f->printer = jumin_virtual_page_printer_new ();
  jumin_virtual_page_printer_set_status (f->printer, &out);
  set_up_with (&f->kiosk,
               &(VirtualKioskParts){
                   .clock = clock,
                   .sheet_printer = has_printer != NULL ? JUMIN_PAGE_PRINTER (f->printer) : NULL });
}

static void
tear_down_hall (HallFixture *f, gconstpointer has_printer)
{
  tear_down (&f->kiosk, NULL);
  g_assert_finalize_object (f->printer);
}

/* Before anybody starts it is said why not, and where else; it goes on by itself. */
static void
test_nobody_begins_what_cannot_be_printed (HallFixture *f, gconstpointer data)
{
  JuminPageStatus ready = { .ready = TRUE };

  AWAIT (f->kiosk.scene->sheets_trouble == JUMIN_TROUBLE_SHEETS_OUT);
  AWAIT (virtual_kiosk_says (&f->kiosk, "本机的 A4 纸用完了"));
  g_assert_true (virtual_kiosk_says (&f->kiosk, "缺纸"));
  act (&f->kiosk, "start", "id", "papers");
  await (&f->kiosk, JUMIN_PAGE_NO_SHEETS);
  g_assert_true (virtual_kiosk_says (&f->kiosk, "去 2 号机，约 20 米，有纸"));
  g_assert_true (virtual_kiosk_says (&f->kiosk, "也可以去 5 号机"));
  g_assert_false (virtual_kiosk_says (&f->kiosk, "7 号机"));
  g_assert_true (virtual_kiosk_says (&f->kiosk, "'queue'"));
  g_assert_false (virtual_kiosk_says (&f->kiosk, "'verify'")); /* nothing here reads codes */
  AWAIT (log_says (&f->kiosk, "trouble-told", "sheets-out"));
  act (&f->kiosk, "back", NULL, NULL);
  await (&f->kiosk, JUMIN_PAGE_HOME);
  act (&f->kiosk, "start", "id", "papers");
  await (&f->kiosk, JUMIN_PAGE_NO_SHEETS);
  jumin_virtual_page_printer_set_status (f->printer, &ready);
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
  leave (&f->kiosk);
  g_assert_true (virtual_kiosk_says (&f->kiosk, "纸张充足"));
}

/* Nothing leads nowhere. */
static void
test_without_a_printer_nothing_is_offered (HallFixture *f, gconstpointer data)
{
  guint64 page = f->kiosk.scene->page_number;

  g_assert_false (virtual_kiosk_says (&f->kiosk, "证明打印"));
  g_assert_true (virtual_kiosk_says (&f->kiosk, "取号排队"));
  act (&f->kiosk, "start", "id", "papers");
  g_assert_cmpuint (f->kiosk.scene->page_number, ==, page);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, SheetsFixture, NULL, set_up_sheets, function, tear_down_sheets)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sheets-watch/nothing_is_promised_before_it_has_answered",
       test_nothing_is_promised_before_it_has_answered);
  ADD ("/sheets-watch/each_trouble_begins_and_ends", test_each_trouble_begins_and_ends);
  ADD ("/sheets-watch/what_runs_low_still_prints", test_what_runs_low_still_prints);
  ADD ("/sheets-watch/a_job_tells_by_itself", test_a_job_tells_by_itself);
  g_test_add ("/sheets-watch/nobody_begins_what_cannot_be_printed", HallFixture, "printer",
              set_up_hall, test_nobody_begins_what_cannot_be_printed, tear_down_hall);
  g_test_add ("/sheets-watch/without_a_printer_nothing_is_offered", HallFixture, NULL, set_up_hall,
              test_without_a_printer_nothing_is_offered, tear_down_hall);
  return g_test_run ();
}
