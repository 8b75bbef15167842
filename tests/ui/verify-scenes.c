/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the page that says whether a paper is genuine. */
#include "scenes.h"

#include "journey/flow.h"

static void
look (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->codes = JUMIN_CODES_ON;
  scene->verifies = scene->scan_preview = TRUE;
  scene->flow = jumin_flow_find ("verify");
  scene->scan_state = JUMIN_SCAN_LOOKING;
}

static void
opening (JuminScene *scene)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_OPENING;
}

static void
farther (JuminScene *scene)
{
  look (scene);
  scene->scan_hint = JUMIN_SCAN_HINT_FARTHER;
}

static void
dark (JuminScene *scene)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_TOO_DARK;
}

static void
serial (JuminScene *scene)
{
  look (scene);
  scene->scan_preview = FALSE;
}

static void
camera_missing (JuminScene *scene)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_MISSING;
  scene->scanner_failed = TRUE;
  scene->scanner_trouble = JUMIN_TROUBLE_CAMERA_MISSING;
}

static void
other_code (JuminScene *scene)
{
  look (scene);
  scene->code_told = TRUE;
  scene->code_trouble = JUMIN_TROUBLE_SHOWN_NO_PAPER;
}

static void
say (JuminScene *scene, const char *kind, gint64 fen)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_OFF;
  scene->verification = g_new0 (JuminVerification, 1);
  scene->verification->number = g_strdup ("GJJ-20261121-000371");
  scene->verification->kind = g_strdup (kind);
  scene->verification->owner = g_strdup ("5001************10");
  scene->verification->issued_at = JUMIN_SAMPLE_NOW;
  scene->verification->fen = fen;
}

static void
genuine (JuminScene *scene)
{
  say (scene, "fund-deposit", 8651237);
}

static void
genuine_of_unknown_kind (JuminScene *scene)
{
  say (scene, "land-register", JUMIN_FIGURE_NONE);
}

static void
unsigned_paper (JuminScene *scene)
{
  look (scene);
  scene->scan_state = JUMIN_SCAN_OFF;
  scene->unsigned_paper = TRUE;
}

static void
home_failed (JuminScene *scene)
{
  camera_missing (scene);
  scene->flow = NULL;
}

/* clang-format off */
const JuminFixture jumin_verify_states[] = {
  { "verify", JUMIN_PAGE_VERIFY, TRUE, look },
  { "verify-opening", JUMIN_PAGE_VERIFY, FALSE, opening },
  { "verify-farther", JUMIN_PAGE_VERIFY, FALSE, farther },
  { "verify-dark", JUMIN_PAGE_VERIFY, FALSE, dark },
  { "verify-serial", JUMIN_PAGE_VERIFY, FALSE, serial },
  { "verify-camera-missing", JUMIN_PAGE_VERIFY, TRUE, camera_missing },
  { "verify-other-code", JUMIN_PAGE_VERIFY, FALSE, other_code },
  { "verify-genuine", JUMIN_PAGE_VERIFY, TRUE, genuine },
  { "verify-genuine-unknown", JUMIN_PAGE_VERIFY, FALSE, genuine_of_unknown_kind },
  { "verify-unsigned", JUMIN_PAGE_VERIFY, TRUE, unsigned_paper },
  { "home-verify-failed", JUMIN_PAGE_HOME, FALSE, home_failed },
  { NULL },
};
/* clang-format on */
