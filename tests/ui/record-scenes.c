/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a person, as they are looked at. */
#include "scenes.h"

#include "journey/flow.h"

/* Steps of the flow "query". */
enum
{
  IDENTIFY,
  RECORD,
  REVIEW
};

static void
look_up (JuminScene *scene, const char *service, guint step)
{
  jumin_scene_set_visit (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_MESSAGE, "王小明", "500101199003071235");
  scene->service = jumin_catalogue_find (scene->catalogue, service);
  scene->flow = jumin_flow_find (scene->service->flow);
  scene->step = step;
}

static void
wait_record (JuminScene *scene)
{
  look_up (scene, "fund", RECORD);
  scene->busy = JUMIN_BUSY_RECORD;
}

/* Of two offices one knows of nothing, the other does not answer. */
static void
no_record (JuminScene *scene)
{
  JuminRecordBlock *none;

  look_up (scene, "social", REVIEW);
  scene->records[0] = jumin_record_new ();
  scene->records[0]->found = FALSE;
  none = jumin_record_add (scene->records[0], JUMIN_BLOCK_NOTICE);
  none->notice = JUMIN_NOTICE_NO_RECORD;
  jumin_text_set (&none->why, "没有查到您在本市的参保记录", "No insurance record in this city");
  jumin_text_set (&none->where, "请到一楼 C 区问社保窗口", "Ask at area C on the 1st floor");
}

/* clang-format off */
const JuminFixture jumin_record_states[] = {
  { "wait-record", JUMIN_PAGE_WAIT, FALSE, wait_record },
  { "record-none", JUMIN_PAGE_RECORD, TRUE, no_record },
  { NULL },
};
/* clang-format on */
