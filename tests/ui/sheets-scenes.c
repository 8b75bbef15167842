/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer on the home page, and the page that says where else to go. */
#include "scenes.h"

void
jumin_scene_set_no_sheets (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OUT;
}

static void
home_no_sheet_printer (JuminScene *scene)
{
  scene->sheet_printer = scene->sheets_ready = FALSE;
}

static void
home_sheets_low (JuminScene *scene)
{
  scene->sheets_low = TRUE;
}

static void
home_sheets_out (JuminScene *scene)
{
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OUT;
}

static void
home_sheets_open (JuminScene *scene)
{
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OPEN;
}

/* A paper was not its visit's: until staff have looked. */
static void
home_papers_locked (JuminScene *scene)
{
  scene->papers_locked = TRUE;
}

/* More services than there are large tiles. */
static void
home_all (JuminScene *scene)
{
  scene->verifies = TRUE;
  scene->codes = JUMIN_CODES_ON;
  scene->till_there = TRUE;
}

/* The longest words, and a card in the slot. */
static void
full (JuminScene *scene)
{
  jumin_scene_set_no_sheets (scene);
  jumin_sample_long_names (scene->hall);
  scene->card_in = TRUE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OPEN;
}

static void
nowhere (JuminScene *scene)
{
  jumin_scene_set_no_sheets (scene);
  for (guint i = 0; i < scene->hall->machines->len; i++)
    ((JuminMachine *)scene->hall->machines->pdata[i])->sheets = JUMIN_MACHINE_SHEETS_OUT;
}

static void
one_machine (JuminScene *scene)
{
  jumin_scene_set_no_sheets (scene);
  ((JuminMachine *)scene->hall->machines->pdata[0])->sheets = JUMIN_MACHINE_SHEETS_UNKNOWN;
}

const JuminFixture jumin_sheets_states[] = {
  { "home-no-sheet-printer", JUMIN_PAGE_HOME, FALSE, home_no_sheet_printer },
  { "home-sheets-low", JUMIN_PAGE_HOME, FALSE, home_sheets_low },
  { "home-sheets-out", JUMIN_PAGE_HOME, FALSE, home_sheets_out },
  { "home-sheets-open", JUMIN_PAGE_HOME, FALSE, home_sheets_open },
  { "home-papers-locked", JUMIN_PAGE_HOME, FALSE, home_papers_locked },
  { "home-all", JUMIN_PAGE_HOME, TRUE, home_all },
  { "no-sheets-full", JUMIN_PAGE_NO_SHEETS, TRUE, full },
  { "no-sheets-nowhere", JUMIN_PAGE_NO_SHEETS, FALSE, nowhere },
  { "no-sheets-one-machine", JUMIN_PAGE_NO_SHEETS, FALSE, one_machine },
  { NULL },
};
