/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All fixtures: the states of the *scenes.c, and a page for each trouble that has
 * one. */
#include "scenes.h"
#include "shipped-data.h"

enum
{
  LATER_S = 45 * 60
};

/* The trouble with the most to say. */
#define WORST JUMIN_TROUBLE_TICKET_UNKNOWN

static void
add_fixture (GPtrArray *fixtures, const char *prefix, JuminPage page, JuminTrouble trouble)
{
  g_autofree char *name = g_strconcat (prefix, jumin_trouble_get_id (trouble), NULL);
  JuminFixture fixture = { .name = g_intern_string (name),
                           .page = page,
                           .worst = trouble == WORST,
                           .set = page == JUMIN_PAGE_TICKET      ? jumin_scene_set_half_slip
                                  : page == JUMIN_PAGE_IDENTIFY  ? jumin_scene_set_code_told
                                  : page == JUMIN_PAGE_NO_SHEETS ? jumin_scene_set_no_sheets
                                                                 : NULL,
                           .trouble = trouble };

  g_ptr_array_add (fixtures, g_memdup2 (&fixture, sizeof fixture));
}

static void
add_states (GPtrArray *fixtures, const JuminFixture *states)
{
  for (const JuminFixture *state = states; state->name != NULL; state++)
    g_ptr_array_add (fixtures, g_memdup2 (state, sizeof *state));
}

/**
 * jumin_fixtures_new:
 *
 * Returns: (transfer full) (element-type JuminFixture): every state
 */
GPtrArray *
jumin_fixtures_new (void)
{
  GPtrArray *fixtures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JuminTroubles) troubles = shipped_troubles_new ();

  add_states (fixtures, jumin_states);
  add_states (fixtures, jumin_keypad_states);
  add_states (fixtures, jumin_queue_states);
  add_states (fixtures, jumin_code_states);
  add_states (fixtures, jumin_record_states);
  add_states (fixtures, jumin_verify_states);
  add_states (fixtures, jumin_sheets_states);
  add_states (fixtures, jumin_paper_states);
  add_states (fixtures, jumin_bills_states);
  add_states (fixtures, jumin_pay_states);
  for (guint trouble = 0; trouble < JUMIN_N_TROUBLES; trouble++)
    {
      const JuminTroubleRow *row = jumin_troubles_get (troubles, trouble);

      if (row->ways != 0)
        add_fixture (fixtures, "notice-", JUMIN_PAGE_NOTICE, trouble);
      else if (row->about == JUMIN_ABOUT_PRINTER && row->kind == JUMIN_TROUBLE_FAILURE
               && trouble != JUMIN_TROUBLE_PAPER_LOW)
        add_fixture (fixtures, "ticket-", JUMIN_PAGE_TICKET, trouble);
      else if (row->about == JUMIN_ABOUT_SHEETS && row->safe.standard.zh != NULL)
        add_fixture (fixtures, "no-sheets-", JUMIN_PAGE_NO_SHEETS, trouble);
      else if (row->about == JUMIN_ABOUT_CODE)
        add_fixture (fixtures, "identify-", JUMIN_PAGE_IDENTIFY, trouble);
    }
  return fixtures;
}

/**
 * jumin_fixture_find:
 * @fixtures: every state
 *
 * Returns: (nullable) (transfer none): the one of this name
 */
const JuminFixture *
jumin_fixture_find (GPtrArray *fixtures, const char *name)
{
  for (guint i = 0; i < fixtures->len; i++)
    if (g_strcmp0 (((const JuminFixture *)fixtures->pdata[i])->name, name) == 0)
      return fixtures->pdata[i];
  return NULL;
}

static void
tell (JuminScene *scene, JuminTrouble trouble)
{
  jumin_scene_set_visit (scene);
  scene->trouble = trouble;
  scene->trouble_when = JUMIN_SAMPLE_NOW + LATER_S;
  scene->trouble_tries = 2;
  scene->card_in = jumin_troubles_get (scene->troubles, trouble)->kind != JUMIN_TROUBLE_END;
}

/* As it is told where a code is shown. */
static void
tell_code (JuminScene *scene, JuminTrouble trouble)
{
  if (trouble >= JUMIN_TROUBLE_CAMERA_STALLED)
    {
      scene->scanner_failed = TRUE;
      scene->scanner_trouble = trouble;
    }
  else
    {
      scene->code_told = TRUE;
      scene->code_trouble = trouble;
    }
}

/**
 * jumin_fixture_new_scene:
 * @modes: how this resident sees and reaches
 *
 * Returns: (transfer full): the scene of this state; free it with jumin_fixture_free_scene()
 */
JuminScene *
jumin_fixture_new_scene (const JuminFixture *fixture, const JuminModes *modes)
{
  JuminScene *scene = g_new0 (JuminScene, 1);

  jumin_text_set (&scene->hall_name, "临江区政务服务中心", "Linjiang Government Service Center");
  jumin_text_set (&scene->machine, "3 号机", "Machine 3");
  jumin_text_set (&scene->reader_place, "屏幕右下方", "below the screen, on the right");
  jumin_text_set (&scene->scanner_place, "屏幕上方", "above the screen");
  jumin_text_set (&scene->slip_place, "出票口在屏幕正下方", "The slip comes out below the screen");
  jumin_text_set (&scene->sheet_place, "出纸口在屏幕左下方",
                  "Paper comes out below the screen, on the left");
  scene->section = -1;
  scene->copies = 1;
  scene->now = JUMIN_SAMPLE_NOW;
  scene->catalogue = shipped_catalogue_new ();
  scene->troubles = shipped_troubles_new ();
  jumin_text_set (&scene->desk_place, "一楼东门服务台", "the service desk by the east gate");
  scene->desk_phone = g_strdup ("023-0000-0000");
  scene->hall = jumin_sample_hall ();
  scene->printer_ready = scene->provisioned = TRUE;
  scene->sheet_printer = scene->sheets_ready = TRUE;
  if (fixture->page == JUMIN_PAGE_NOTICE)
    tell (scene, fixture->trouble);
  if (fixture->set != NULL)
    fixture->set (scene);
  if (fixture->set == jumin_scene_set_half_slip)
    scene->printer_trouble = fixture->trouble;
  if (fixture->set == jumin_scene_set_no_sheets)
    scene->sheets_trouble = fixture->trouble;
  if (fixture->set == jumin_scene_set_code_told)
    tell_code (scene, fixture->trouble);
  scene->page = fixture->page;
  scene->modes = *modes;
  return scene;
}

void
jumin_fixture_free_scene (JuminScene *scene)
{
  g_autoptr (JuminCatalogue) catalogue = (JuminCatalogue *)scene->catalogue;
  g_autoptr (JuminTroubles) troubles = (JuminTroubles *)scene->troubles;

  jumin_scene_clear (scene);
  g_free (scene);
}
