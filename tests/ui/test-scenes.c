/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing that the screen can show is missing from the fixtures of its audit. */
#include "scenes.h"

#include "front/view-builder.h"

typedef gboolean (*SceneTest) (const JuminScene *scene, int value);

/* @scenes: of all fixtures */
static void
expect_all (const GPtrArray *scenes, SceneTest test, int from, int to, const char *what)
{
  for (int value = from; value < to; value++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < scenes->len && !found; i++)
        found = test (scenes->pdata[i], value);
      if (!found)
        {
          g_test_message ("%s %d is in no fixture", what, value);
          g_test_fail ();
        }
    }
}

static gboolean
is_page (const JuminScene *scene, int page)
{
  return (int)scene->page == page;
}

/* What is told beside the keypad. */
static JuminTyped
typed_of (int trouble)
{
  switch (trouble)
    {
    case JUMIN_TROUBLE_NUMBER_UNLIKELY:
      return JUMIN_TYPED_UNLIKELY;
    case JUMIN_TROUBLE_CODE_WRONG:
      return JUMIN_TYPED_WRONG;
    case JUMIN_TROUBLE_CODE_EXPIRED:
      return JUMIN_TYPED_EXPIRED;
    default:
      return JUMIN_TYPED_FINE;
    }
}

static gboolean
is_trouble (const JuminScene *scene, int trouble)
{
  JuminTrouble told;

  if (typed_of (trouble) != JUMIN_TYPED_FINE)
    return scene->typed_is == typed_of (trouble);
  if (jumin_troubles_get (scene->troubles, (JuminTrouble)trouble)->about == JUMIN_ABOUT_HELP)
    return scene->dialog == JUMIN_DIALOG_HELP
           && (int)scene->help == trouble - JUMIN_TROUBLE_HELP_NOBODY + JUMIN_HELP_NOBODY;
  if (jumin_troubles_get (scene->troubles, (JuminTrouble)trouble)->about == JUMIN_ABOUT_CODE)
    return scene->page == JUMIN_PAGE_IDENTIFY && jumin_look_find_trouble (scene, &told)
           && (int)told == trouble;
  if (trouble == JUMIN_TROUBLE_TONER_LOW)
    return TRUE; /* staff alone are told */
  if (trouble == JUMIN_TROUBLE_SHEETS_LOW)
    return scene->page == JUMIN_PAGE_HOME && scene->sheets_low;
  if (jumin_troubles_get (scene->troubles, (JuminTrouble)trouble)->about == JUMIN_ABOUT_SHEETS)
    return scene->page == JUMIN_PAGE_NO_SHEETS && (int)scene->sheets_trouble == trouble;
  if (trouble == JUMIN_TROUBLE_PAPER_UNSIGNED)
    return scene->page == JUMIN_PAGE_VERIFY && scene->unsigned_paper;
  if (trouble == JUMIN_TROUBLE_SHOWN_NO_PAPER)
    return scene->page == JUMIN_PAGE_VERIFY && jumin_look_find_trouble (scene, &told)
           && (int)told == trouble;
  if (trouble == JUMIN_TROUBLE_PAPER_LOW)
    return scene->page == JUMIN_PAGE_HOME && scene->paper_low;
  if (scene->page == JUMIN_PAGE_TICKET && scene->slip >= JUMIN_SLIP_FAILED)
    return (int)jumin_scene_get_slip_trouble (scene, scene->slip) == trouble;
  if (trouble == JUMIN_TROUBLE_CLOCK_APART || trouble == JUMIN_TROUBLE_CERTIFICATE_OVER)
    return scene->page == JUMIN_PAGE_OUT_OF_SERVICE && (int)scene->platform_trouble == trouble;
  return scene->page == JUMIN_PAGE_NOTICE && (int)scene->trouble == trouble;
}

static gboolean
is_hint (const JuminScene *scene, int hint)
{
  return scene->page == JUMIN_PAGE_IDENTIFY && scene->scan_state == JUMIN_SCAN_LOOKING
         && (int)scene->scan_hint == hint;
}

static gboolean
is_need (const JuminScene *scene, int need)
{
  return scene->page == JUMIN_PAGE_IDENTIFY && (int)scene->need == need;
}

static gboolean
is_dialog (const JuminScene *scene, int dialog)
{
  return (int)scene->dialog == dialog;
}

static gboolean
is_help (const JuminScene *scene, int help)
{
  return scene->dialog == JUMIN_DIALOG_HELP && (int)scene->help == help;
}

static gboolean
is_slip (const JuminScene *scene, int slip)
{
  return scene->page == JUMIN_PAGE_TICKET && (int)scene->slip == slip;
}

static gboolean
is_busy (const JuminScene *scene, int busy)
{
  return scene->page == JUMIN_PAGE_WAIT && (int)scene->busy == busy;
}

static gboolean
is_list (const JuminScene *scene, int list)
{
  return scene->page == JUMIN_PAGE_CHECKLIST && (int)scene->list == list;
}

static gboolean
is_sheets (const JuminScene *scene, int sheets)
{
  return scene->page == JUMIN_PAGE_SHEETS && (int)scene->sheets == sheets;
}

static gboolean
is_got (const JuminScene *scene, int got)
{
  return scene->page == JUMIN_PAGE_SHEETS && scene->sheets == JUMIN_SHEETS_PRINTED
         && (int)scene->got == got;
}

static gboolean
is_till (const JuminScene *scene, int till)
{
  return scene->page == JUMIN_PAGE_HOME && scene->till_there && (int)scene->till == till;
}

static gboolean
is_bill (const JuminScene *scene, int state)
{
  for (guint i = 0; scene->page == JUMIN_PAGE_BILLS && i < scene->bills->homes->len; i++)
    for (guint j = 0; j < ((JuminHome *)scene->bills->homes->pdata[i])->bills->len; j++)
      if ((int)((JuminBill *)((JuminHome *)scene->bills->homes->pdata[i])->bills->pdata[j])->state
          == state)
        return TRUE;
  return FALSE;
}

static gboolean
is_way (const JuminScene *scene, int way)
{
  return scene->page == JUMIN_PAGE_PAY && (int)scene->way == way;
}

static gboolean
is_pay_check (const JuminScene *scene, int check)
{
  return scene->page == JUMIN_PAGE_PAY && scene->payment != NULL && (int)scene->pay_check == check;
}

static gboolean
is_said (const JuminScene *scene, int say)
{
  return scene->payment != NULL && (int)jumin_payment_get_say (scene->payment) == say;
}

static gboolean
is_missed (const JuminScene *scene, int missed)
{
  return scene->page == JUMIN_PAGE_TICKET && scene->ticket->state == JUMIN_TICKET_MISSED
         && (int)scene->ticket->if_missed == missed;
}

static gboolean
is_standing (const JuminScene *scene, int standing)
{
  return scene->page == JUMIN_PAGE_HOME && scene->today != NULL
         && scene->today->appointments->len > 0
         && (int)jumin_appointment_get_standing (scene->today->appointments->pdata[0],
                                                 scene->hall->as_of)
                == standing;
}

static void
test_states (void)
{
  g_autoptr (GPtrArray) fixtures = jumin_fixtures_new ();
  g_autoptr (GPtrArray) scenes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_fixture_free_scene);

  for (guint i = 0; i < fixtures->len; i++)
    g_ptr_array_add (
        scenes, jumin_fixture_new_scene (fixtures->pdata[i], &(JuminModes){ .language = "zh" }));
  expect_all (scenes, is_page, 0, JUMIN_N_PAGES, "page");
  expect_all (scenes, is_trouble, 0, JUMIN_N_TROUBLES, "trouble");
  expect_all (scenes, is_hint, 0, JUMIN_N_SCAN_HINTS, "hint");
  expect_all (scenes, is_need, 0, JUMIN_N_NEEDS, "need");
  expect_all (scenes, is_dialog, JUMIN_DIALOG_ENDING, JUMIN_DIALOG_HELP + 1, "dialog");
  expect_all (scenes, is_help, JUMIN_HELP_CALLING, JUMIN_HELP_FAILED + 1, "call for help");
  expect_all (scenes, is_slip, JUMIN_SLIP_NONE, JUMIN_SLIP_UNKNOWN + 1, "slip");
  expect_all (scenes, is_list, JUMIN_LIST_NONE, JUMIN_LIST_FAILED + 1, "list");
  expect_all (scenes, is_sheets, JUMIN_SHEETS_PRINTING, JUMIN_SHEETS_UNKNOWN + 1, "sheets");
  expect_all (scenes, is_got, JUMIN_GOT_UNASKED, JUMIN_GOT_LESS + 1, "answer to the sheets");
  expect_all (scenes, is_missed, JUMIN_MISSED_WINDOW, JUMIN_MISSED_AGAIN + 1, "missed call");
  expect_all (scenes, is_standing, JUMIN_STANDING_EARLY, JUMIN_STANDING_LATE + 1, "appointment");
  expect_all (scenes, is_till, JUMIN_TILL_OPEN, JUMIN_TILL_JOURNAL + 1, "till");
  expect_all (scenes, is_bill, JUMIN_BILL_DUE, JUMIN_BILL_CLOSED + 1, "bill");
  expect_all (scenes, is_way, 0, JUMIN_N_PAY_WAYS, "way to pay");
  expect_all (scenes, is_pay_check, JUMIN_PAY_CHECK_NONE, JUMIN_PAY_CHECK_SILENT + 1,
              "asked about money");
  expect_all (scenes, is_said, JUMIN_SAY_PREPARING, JUMIN_SAY_NOT_PAID + 1,
              "what is said of a payment");
  expect_all (scenes, is_busy, JUMIN_BUSY_CARD, JUMIN_BUSY_CONFIRMING + 1, "wait");
}

static void
test_worst (void)
{
  g_autoptr (GPtrArray) fixtures = jumin_fixtures_new ();

  for (int page = 0; page < JUMIN_N_PAGES; page++)
    {
      guint worst = 0;

      for (guint i = 0; i < fixtures->len; i++)
        {
          const JuminFixture *fixture = fixtures->pdata[i];

          worst += (int)fixture->page == page && fixture->worst;
        }
      g_assert_cmpuint (worst, >=, 1);
    }
}

static void
test_views (void)
{
  static const char *const languages[] = { "zh", "en" };
  g_autoptr (GPtrArray) fixtures = jumin_fixtures_new ();

  for (guint f = 0; f < fixtures->len; f++)
    for (guint i = 0; i < 2 * G_N_ELEMENTS (languages); i++)
      {
        const JuminFixture *fixture = fixtures->pdata[f];
        JuminModes modes = { .language = languages[i % 2], .elder = i >= 2 };
        JuminScene *scene = jumin_fixture_new_scene (fixture, &modes);
        g_autoptr (JuminView) view = jumin_view_build (scene);
        g_autoptr (GVariant) variant = g_variant_ref_sink (jumin_view_to_variant (view));
        g_autoptr (JuminView) read = jumin_view_from_variant (variant, NULL);

        g_assert_nonnull (read);
        g_assert_cmpstr (read->kind, ==, jumin_page_get_name (fixture->page));
        g_assert_cmpstr (read->language, ==, modes.language);
        g_assert_nonnull (read->title);
        jumin_fixture_free_scene (scene);
      }
}

/* (transfer none): the tiles of the list that was filled last */
static GPtrArray *
get_tiles (const JuminView *view)
{
  for (guint i = view->blocks->len; i > 0; i--)
    if (g_str_equal (((JuminBlock *)view->blocks->pdata[i - 1])->kind, "tiles"))
      return ((JuminBlock *)view->blocks->pdata[i - 1])->items;
  g_assert_not_reached ();
}

static JuminScene *
new_scene (const char *name)
{
  g_autoptr (GPtrArray) fixtures = jumin_fixtures_new ();

  return jumin_fixture_new_scene (jumin_fixture_find (fixtures, name),
                                  &(JuminModes){ .language = "zh" });
}

static void
test_all_services (gconstpointer name)
{
  JuminScene *scene = new_scene (name);
  g_autoptr (JuminView) families = jumin_view_build (scene);
  GPtrArray *tiles = get_tiles (families);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < tiles->len; i++)
    {
      const JuminItem *tile = tiles->pdata[i];
      g_autoptr (JuminView) shelf = NULL;

      g_assert_cmpstr (tile->act, ==, "services");
      g_free (scene->shelf);
      scene->shelf = g_strdup (tile->value);
      shelf = jumin_view_build (scene);
      for (guint j = 0; j < get_tiles (shelf)->len; j++)
        {
          const JuminItem *service = get_tiles (shelf)->pdata[j];

          g_assert_cmpstr (service->act, ==, "start");
          g_assert_cmpstr (service->family, ==, tile->family);
          g_assert_true (g_hash_table_add (found, g_strdup (service->id)));
        }
    }
  g_assert_cmpuint (g_hash_table_size (found), ==, scene->catalogue->services->len);
  jumin_fixture_free_scene (scene);
}

static void
test_way_to_all (void)
{
  JuminScene *scene = new_scene ("home-many");
  g_autoptr (JuminView) view = jumin_view_build (scene);
  GPtrArray *tiles = get_tiles (view);
  const JuminItem *last = tiles->pdata[tiles->len - 1];

  g_assert_cmpstr (last->act, ==, "services");
  g_assert_cmpstr (last->title, ==, "全部 42 项");
  jumin_fixture_free_scene (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fixtures/every_state_of_every_page_is_in_the_audit", test_states);
  g_test_add_func ("/fixtures/every_page_has_a_worst_state", test_worst);
  g_test_add_func ("/fixtures/each_makes_a_view_that_the_screen_can_read", test_views);
  g_test_add_func ("/services/the_last_tile_of_home_leads_to_all", test_way_to_all);
  g_test_add_data_func ("/services/each_is_found_once", "services", test_all_services);
  g_test_add_data_func ("/services/a_thousand_of_one_family_too", "services-most",
                        test_all_services);
  return g_test_run ();
}
