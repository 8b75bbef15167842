/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When codes are looked for, and what the scanner says meanwhile.
 *
 * Invariant: the scanner looks exactly while a page that waits for a code is shown, and nothing
 * lies over it or has taken over: no dialog, no card that is read, no call to the platform. So
 * every change of the scene asks jumin_look_follow(). */
#include "journey/terminal-private.h"

/* What is told of each state. A failure needs people: it is reported once when it begins, and once
 * when the scanner works again; that it works is known only while it looks. */
static const struct
{
  JuminTrouble trouble;
  gboolean told, failure;
} states[JUMIN_N_SCAN_STATES] = {
  [JUMIN_SCAN_COVERED] = { JUMIN_TROUBLE_CAMERA_COVERED, TRUE, FALSE },
  [JUMIN_SCAN_TOO_DARK] = { JUMIN_TROUBLE_CAMERA_DARK, TRUE, FALSE },
  [JUMIN_SCAN_TOO_BRIGHT] = { JUMIN_TROUBLE_CAMERA_BRIGHT, TRUE, FALSE },
  [JUMIN_SCAN_STALLED] = { JUMIN_TROUBLE_CAMERA_STALLED, TRUE, TRUE },
  [JUMIN_SCAN_MISSING] = { JUMIN_TROUBLE_CAMERA_MISSING, TRUE, TRUE },
  [JUMIN_SCAN_BUSY] = { JUMIN_TROUBLE_CAMERA_BUSY, TRUE, TRUE },
  [JUMIN_SCAN_REFUSED] = { JUMIN_TROUBLE_CAMERA_REFUSED, TRUE, TRUE },
  [JUMIN_SCAN_FORMAT] = { JUMIN_TROUBLE_CAMERA_FORMAT, TRUE, TRUE },
  [JUMIN_SCAN_LOST] = { JUMIN_TROUBLE_CAMERA_LOST, TRUE, TRUE },
  [JUMIN_SCAN_FAULTY] = { JUMIN_TROUBLE_CAMERA_FAULTY, TRUE, TRUE },
};

/**
 * jumin_look_find_trouble:
 * @trouble: (out): what it is
 *
 * Returns: whether anything is to be told where a code is shown: a scanner that does not work, a
 *   code that was not good, or else what the camera sees
 */
gboolean
jumin_look_find_trouble (const JuminScene *scene, JuminTrouble *trouble)
{
  *trouble = scene->scanner_failed ? scene->scanner_trouble
             : scene->code_told    ? scene->code_trouble
                                   : states[scene->scan_state].trouble;
  return scene->scanner_failed || scene->code_told || states[scene->scan_state].told;
}

static void
set_failed (JuminTerminal *self, gboolean failed, JuminTrouble trouble)
{
  JuminScene *scene = &self->scene;

  if (scene->scanner_failed == failed && (!failed || scene->scanner_trouble == trouble))
    return;
  if (scene->scanner_failed)
    jumin_terminal_set_failure (self, scene->scanner_trouble, FALSE);
  if (failed)
    jumin_terminal_set_failure (self, trouble, TRUE);
  scene->scanner_failed = failed;
  scene->scanner_trouble = trouble;
}

/* Written down once a look, however often it comes and goes. */
static void
note_state (JuminTerminal *self, JuminScanState state)
{
  guint flag = 1U << state;

  if ((self->scan_noted & flag) == 0)
    jumin_terminal_note_trouble (self, states[state].trouble);
  self->scan_noted |= flag;
}

static void
take_state (JuminTerminal *self, JuminScanState state)
{
  self->scene.scan_state = state;
  if (states[state].failure)
    set_failed (self, TRUE, states[state].trouble);
  else if (state != JUMIN_SCAN_OFF && state != JUMIN_SCAN_OPENING)
    {
      set_failed (self, FALSE, 0);
      if (states[state].told)
        note_state (self, state);
    }
}

static void
on_scanner_changed (JuminCodeScanner *scanner, JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminScanState state = jumin_code_scanner_get_state (scanner);
  JuminScanHint hint = jumin_code_scanner_get_hint (scanner);

  if (self->ended || (scene->scan_state == state && scene->scan_hint == hint))
    return;
  scene->scan_hint = hint;
  take_state (self, state);
  /* Who looks no more is about to show another page, or something over this one. */
  if (self->looking)
    jumin_terminal_redraw (self);
}

static void
on_scanner_code (JuminCodeScanner *scanner, GBytes *text, JuminTerminal *self)
{
  if (self->looking)
    jumin_code_take (self, text);
}

/* Somebody's own, or, where papers are verified, the next one's; or one to pay with. */
static gboolean
page_waits (const JuminScene *scene)
{
  if (scene->page == JUMIN_PAGE_VERIFY)
    return scene->verifies && scene->verification == NULL && !scene->unsigned_paper;
  if (scene->page == JUMIN_PAGE_PAY)
    return scene->way == JUMIN_PAY_SHOW && scene->payment == NULL;
  return scene->page == JUMIN_PAGE_IDENTIFY && scene->codes == JUMIN_CODES_ON
         && jumin_line_takes (scene, JUMIN_PROOF_CODE);
}

static gboolean
waits_for_code (const JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  return !self->ended && scene->dialog == JUMIN_DIALOG_NONE && self->slow_timer == NULL
         && self->tools.kinds != NULL && page_waits (scene);
}

/**
 * jumin_look_follow:
 *
 * The scene may be another one: looks, or looks no more. What is on its way for a code is given up
 * with the look.
 */
void
jumin_look_follow (JuminTerminal *self)
{
  gboolean looking = waits_for_code (self);

  if (self->looking == looking)
    return;
  self->looking = looking;
  self->scan_noted = 0;
  if (!looking)
    jumin_code_stop (self);
  jumin_code_scanner_set_looking (self->tools.scanner, looking);
}

void
jumin_look_start (JuminTerminal *self)
{
  JuminCodeScanner *scanner = self->tools.scanner;
  JuminScene *scene = &self->scene;

  if (scanner == NULL)
    return;
  scene->codes
      = self->tools.codes != NULL && self->tools.kinds != NULL ? JUMIN_CODES_ON : JUMIN_CODES_OFF;
  scene->verifies = self->tools.keys != NULL && self->tools.kinds != NULL;
  scene->scan_preview = jumin_code_scanner_has_preview (scanner);
  g_signal_connect_object (scanner, "changed", G_CALLBACK (on_scanner_changed), self, 0);
  g_signal_connect_object (scanner, "code", G_CALLBACK (on_scanner_code), self, 0);
}

/**
 * jumin_terminal_open_preview:
 *
 * Returns: a new descriptor of what the camera sees, while the page that is shown looks for a code;
 *   else −1
 */
int
jumin_terminal_open_preview (JuminTerminal *self)
{
  return self->looking ? jumin_code_scanner_open_preview (self->tools.scanner) : -1;
}
