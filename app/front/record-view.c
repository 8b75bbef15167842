/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform knows of the person. */
#include "front/view-parts.h"

static void
add_record (JuminBuilder *b, const JuminRecord *record)
{
  const JuminRecordBlock *none
      = record != NULL ? jumin_record_find (record, JUMIN_BLOCK_NOTICE) : NULL;

  if (record == NULL)
    jumin_add_banner (b, "warn", "info", _ ("有一项现在查不到，请过一会儿再试"), NULL);
  else if (!record->found && none != NULL)
    jumin_add_banner (b, "info", "info", jumin_outside (b, &none->why),
                      jumin_outside (b, &none->where));
}

void
jumin_build_record (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  JuminItem *reveal;

  if (scene->service == NULL)
    return;
  jumin_set (&b->view->title, jumin_outside (b, &scene->service->title));
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    add_record (b, scene->records[i]);
  reveal = jumin_add_action (b, "reveal", scene->revealed ? _ ("隐藏金额") : _ ("显示金额"),
                             "eyeoff", "plain");
  jumin_set (&reveal->value, scene->revealed ? "off" : "on");
}
