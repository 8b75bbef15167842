/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states that codes make: what the scanner says, what was shown, and what a service needs. */
#include "scenes.h"

#include "journey/flow.h"

enum
{
  IDENTIFY = 2 /* step of the flow "queue" */
};

static void
read_codes (JuminScene *scene)
{
  scene->codes = JUMIN_CODES_ON;
  scene->scan_preview = scene->verifies = TRUE;
}

static void
look (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  read_codes (scene);
  scene->flow = jumin_flow_find ("queue");
  scene->step = IDENTIFY;
  scene->matter = g_strdup ("general");
  scene->scan_state = JUMIN_SCAN_LOOKING;
}

/* Beside it stands what fixtures.c puts there. */
void
jumin_scene_set_code_told (JuminScene *scene)
{
  look (scene);
}

#define HINT(name, hint)                                                                           \
  static void name (JuminScene *scene)                                                             \
  {                                                                                                \
    look (scene);                                                                                  \
    scene->scan_hint = hint;                                                                       \
  }

HINT (closer, JUMIN_SCAN_HINT_CLOSER)
HINT (farther, JUMIN_SCAN_HINT_FARTHER)
HINT (brighter, JUMIN_SCAN_HINT_BRIGHTER)
HINT (glare, JUMIN_SCAN_HINT_GLARE)
HINT (steady, JUMIN_SCAN_HINT_STEADY)

static void
opening (JuminScene *scene)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_OPENING;
}

static void
checking (JuminScene *scene)
{
  look (scene);
  scene->code_checking = TRUE;
}

static void
serial (JuminScene *scene)
{
  look (scene);
  scene->scan_preview = FALSE;
}

static void
codes_off (JuminScene *scene)
{
  look (scene);
  scene->codes = JUMIN_CODES_OFF;
  scene->scan_state = JUMIN_SCAN_OFF;
}

static void
no_reader (JuminScene *scene)
{
  look (scene);
  scene->reader_missing = TRUE;
  scene->reader_trouble = JUMIN_TROUBLE_READER_MISSING;
}

static void
want (JuminScene *scene, JuminNeed need)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_OFF;
  scene->identity = jumin_identity_new (JUMIN_PROOF_CODE, "王小明", "500101199003071235");
  scene->need = need;
}

static void
want_card (JuminScene *scene)
{
  want (scene, JUMIN_NEED_CARD);
}

static void
want_confirmed_card (JuminScene *scene)
{
  want (scene, JUMIN_NEED_CARD_PLATFORM);
}

static void
want_message (JuminScene *scene)
{
  want (scene, JUMIN_NEED_MESSAGE);
}

static void
home_scanner_failed (JuminScene *scene)
{
  read_codes (scene);
  scene->scanner_failed = TRUE;
  scene->scanner_trouble = JUMIN_TROUBLE_CAMERA_FORMAT;
}

static void
home_all_wrong (JuminScene *scene)
{
  read_codes (scene);
  jumin_scene_set_visit (scene);
  jumin_sample_long_names (scene->hall);
  scene->reader_missing = TRUE;
  scene->reader_trouble = JUMIN_TROUBLE_READER_MISSING;
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
home_by_code (JuminScene *scene)
{
  read_codes (scene);
  jumin_scene_set_visit (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_CODE, "王小明", "500101199003071235");
  scene->today = jumin_sample_today (scene->hall, 1, 0);
}

/* clang-format off */
const JuminFixture jumin_code_states[] = {
  { "home-code", JUMIN_PAGE_HOME, TRUE, read_codes },
  { "home-code-failed", JUMIN_PAGE_HOME, FALSE, home_scanner_failed },
  { "home-code-all-wrong", JUMIN_PAGE_HOME, TRUE, home_all_wrong },
  { "home-by-code", JUMIN_PAGE_HOME, FALSE, home_by_code },
  { "identify-code", JUMIN_PAGE_IDENTIFY, TRUE, look },
  { "identify-code-opening", JUMIN_PAGE_IDENTIFY, FALSE, opening },
  { "identify-code-closer", JUMIN_PAGE_IDENTIFY, FALSE, closer },
  { "identify-code-farther", JUMIN_PAGE_IDENTIFY, FALSE, farther },
  { "identify-code-brighter", JUMIN_PAGE_IDENTIFY, FALSE, brighter },
  { "identify-code-glare", JUMIN_PAGE_IDENTIFY, FALSE, glare },
  { "identify-code-steady", JUMIN_PAGE_IDENTIFY, FALSE, steady },
  { "identify-code-checking", JUMIN_PAGE_IDENTIFY, FALSE, checking },
  { "identify-code-serial", JUMIN_PAGE_IDENTIFY, FALSE, serial },
  { "identify-code-off", JUMIN_PAGE_IDENTIFY, FALSE, codes_off },
  { "identify-code-no-reader", JUMIN_PAGE_IDENTIFY, FALSE, no_reader },
  { "identify-want-card", JUMIN_PAGE_IDENTIFY, FALSE, want_card },
  { "identify-want-confirmed-card", JUMIN_PAGE_IDENTIFY, FALSE, want_confirmed_card },
  { "identify-want-message", JUMIN_PAGE_IDENTIFY, FALSE, want_message },
  { NULL },
};
/* clang-format on */
