/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the pages with the keypad, and of what leads to them. */
#include "scenes.h"

#include "journey/flow.h"

enum
{
  IDENTIFY = 2, /* step of the flow "queue" */
  VALID_S = 300,
  RESEND_S = 48
};

static void
come_by_number (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->flow = jumin_flow_find ("queue");
  scene->step = IDENTIFY;
  scene->matter = g_strdup ("general");
  scene->by_number = TRUE;
}

static void
type (JuminScene *scene, const char *typed)
{
  come_by_number (scene);
  scene->typed = jumin_secret_new ();
  for (const char *key = typed; *key != '\0'; key++)
    jumin_secret_add (scene->typed, *key);
}

static void
number_empty (JuminScene *scene)
{
  type (scene, "");
}

static void
number_half (JuminScene *scene)
{
  type (scene, "50010219900");
}

static void
number_old (JuminScene *scene)
{
  type (scene, "500102900307001");
}

static void
number_before_x (JuminScene *scene)
{
  type (scene, "50010319920815322");
}

static void
number_whole (JuminScene *scene)
{
  type (scene, "50010319920815322X");
}

static void
number_unlikely (JuminScene *scene)
{
  type (scene, "500103199208153221");
  scene->typed_is = JUMIN_TYPED_UNLIKELY;
}

static void
send_code (JuminScene *scene, const char *typed, int tries_left)
{
  type (scene, typed);
  scene->masked_number = g_strdup ("5001************23");
  scene->login = jumin_login_new (JUMIN_LOGIN_SENT);
  scene->login->phone = g_strdup ("138****5566");
  scene->login->valid_s = VALID_S;
  scene->login->tries_left = scene->trouble_tries = tries_left;
}

static void
code_sent (JuminScene *scene)
{
  send_code (scene, "1357", 3);
  scene->resend_at = g_get_monotonic_time () + RESEND_S * G_USEC_PER_SEC;
}

static void
code_whole (JuminScene *scene)
{
  send_code (scene, "135790", 3);
}

static void
code_wrong (JuminScene *scene)
{
  send_code (scene, "", 1);
  scene->typed_is = JUMIN_TYPED_WRONG;
}

static void
code_expired (JuminScene *scene)
{
  send_code (scene, "", 2);
  scene->typed_is = JUMIN_TYPED_EXPIRED;
  scene->resend_at = g_get_monotonic_time () + RESEND_S * G_USEC_PER_SEC;
}

static void
wait_message (JuminScene *scene)
{
  come_by_number (scene);
  scene->busy = JUMIN_BUSY_MESSAGE;
}

static void
wait_code (JuminScene *scene)
{
  come_by_number (scene);
  scene->busy = JUMIN_BUSY_CODE;
}

static void
sign_in_by_number (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_MESSAGE, "王小明", "500101199003071235");
}

/* clang-format off */
const JuminFixture jumin_keypad_states[] = {
  { "home-by-number", JUMIN_PAGE_HOME, FALSE, sign_in_by_number },
  { "consent-number", JUMIN_PAGE_CONSENT, FALSE, come_by_number },
  { "number-empty", JUMIN_PAGE_NUMBER, FALSE, number_empty },
  { "number-half", JUMIN_PAGE_NUMBER, FALSE, number_half },
  { "number-old", JUMIN_PAGE_NUMBER, FALSE, number_old },
  { "number-before-x", JUMIN_PAGE_NUMBER, FALSE, number_before_x },
  { "number-whole", JUMIN_PAGE_NUMBER, FALSE, number_whole },
  { "number-unlikely", JUMIN_PAGE_NUMBER, TRUE, number_unlikely },
  { "code-sent", JUMIN_PAGE_CODE, TRUE, code_sent },
  { "code-whole", JUMIN_PAGE_CODE, FALSE, code_whole },
  { "code-wrong", JUMIN_PAGE_CODE, FALSE, code_wrong },
  { "code-expired", JUMIN_PAGE_CODE, TRUE, code_expired },
  { "wait-message", JUMIN_PAGE_WAIT, FALSE, wait_message },
  { "wait-code", JUMIN_PAGE_WAIT, FALSE, wait_code },
  { NULL },
};
/* clang-format on */
