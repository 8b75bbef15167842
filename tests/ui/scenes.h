/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/scene.h"

G_BEGIN_DECLS

/**
 * JuminFixture:
 * @name: of the state, unique
 * @page: the page that is in this state
 * @worst: the longest and fullest state of its page: it is audited in every combination of modes
 * @set: (nullable): turns a scene at rest into this state
 * @trouble: what a notice is about
 *
 * One state of a page. The shipped view builder makes a view of it.
 */
typedef struct
{
  const char *name;
  JuminPage page;
  gboolean worst;
  void (*set) (JuminScene *scene);
  JuminTrouble trouble;
} JuminFixture;

/* The states of the *scenes.c; each ends with one without a name. */
extern const JuminFixture jumin_states[], jumin_keypad_states[], jumin_queue_states[], jumin_code_states[],
    jumin_record_states[], jumin_verify_states[], jumin_sheets_states[], jumin_paper_states[],
    jumin_bills_states[], jumin_pay_states[];
void jumin_scene_set_visit (JuminScene *scene);
void jumin_scene_set_half_slip (JuminScene *scene);
void jumin_scene_set_code_told (JuminScene *scene);
void jumin_scene_set_no_sheets (JuminScene *scene);

GPtrArray *jumin_fixtures_new (void);
const JuminFixture *jumin_fixture_find (GPtrArray *fixtures, const char *name);
JuminScene *jumin_fixture_new_scene (const JuminFixture *fixture, const JuminModes *modes);
void jumin_fixture_free_scene (JuminScene *scene);

/* The invented hall that the fixtures show (hall-sample.c). */
JuminHall *jumin_sample_hall (void);
void jumin_sample_long_names (JuminHall *hall);
JuminTicket *jumin_sample_ticket (const JuminHall *hall, const char *matter, const char *number);
JuminToday *jumin_sample_today (const JuminHall *hall, guint tickets, guint appointments);

/* 21 November 2026, 10:26 in the hall. */
#define JUMIN_SAMPLE_NOW (G_GINT64_CONSTANT (1795227960))

G_END_DECLS
