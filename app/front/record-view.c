/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform knows of a person: all records of the service at a glance, or one of them
 * closely. The page knows blocks, not services: which cards stand on it follows from what the
 * records hold. */
#include "front/record-parts.h"

enum
{
  GROUPS_SHOWN = 2
};

/* What has been told above already. */
typedef struct
{
  const JuminRecordBlock *lead;
  gboolean headline, lines, ring, drawn;
  guint groups;
} Told;

static const JuminFact *
find_tail (const JuminScene *scene)
{
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    for (guint j = 0; scene->records[i] != NULL && j < scene->records[i]->blocks->len; j++)
      {
        const JuminRecordBlock *block = scene->records[i]->blocks->pdata[j];

        for (guint k = 0; k < block->facts->len; k++)
          if (((JuminFact *)block->facts->pdata[k])->kind == JUMIN_VALUE_TAIL)
            return block->facts->pdata[k];
      }
  return NULL;
}

/* Whose record it is, so that nobody reads somebody else's. */
static void
add_owner (JuminBuilder *b)
{
  const JuminFact *tail = find_tail (b->scene);
  JuminBlock *owner;
  g_autofree char *name = NULL;

  if (b->scene->identity == NULL)
    return;
  owner = jumin_view_add_block (b->view, "owner", NULL);
  name = jumin_identity_dup_masked_name (b->scene->identity);
  jumin_set (&owner->icon, "user");
  if (tail != NULL && b->scene->revealed && !b->tongue.elder)
    jumin_take (&owner->title, say ("%1$s · 账号 尾号 %2$s", name, tail->text));
  else
    jumin_set (&owner->title, name);
}

static gboolean
is_unfinished (const JuminRecordBlock *block)
{
  return block->kind == JUMIN_BLOCK_PROGRESS && jumin_record_counts_steps (block)
         && (block->failed || block->whole == 0 || block->done < block->whole);
}

static void
add_card (JuminBuilder *b, const JuminRecord *record, const JuminRecordBlock *block, Told *told)
{
  gboolean good = told->lead == NULL || told->lead->notice == JUMIN_NOTICE_STEADY
                  || told->lead->notice == JUMIN_NOTICE_GAPS;

  switch (block->kind)
    {
    case JUMIN_BLOCK_HEADLINE:
      if (told->headline)
        jumin_add_facts_card (b, block);
      else
        jumin_add_headline (b, block, good);
      told->headline = TRUE;
      break;
    case JUMIN_BLOCK_SERIES:
      jumin_add_series (b, block);
      break;
    case JUMIN_BLOCK_LINES:
      if (!told->lines)
        jumin_add_lines_card (b, block);
      told->lines = TRUE;
      break;
    case JUMIN_BLOCK_PROGRESS:
      if (!told->ring && !jumin_record_counts_steps (block))
        {
          jumin_add_ring (b, record, block);
          told->ring = TRUE;
        }
      break;
    case JUMIN_BLOCK_FACTS:
      if (!told->drawn && told->groups++ < GROUPS_SHOWN)
        jumin_add_facts_card (b, block);
      break;
    case JUMIN_BLOCK_NOTICE:
    default:
      break;
    }
}

/* What goes with a notice. */
static const struct
{
  const char *tone, *icon;
} banners[] = {
  [JUMIN_NOTICE_DUE] = { "info", "clock" },
  [JUMIN_NOTICE_OVERDUE] = { "warn", "warn" },
  [JUMIN_NOTICE_SETTLED] = { "good", "check" },
};

static void
add_notice (JuminBuilder *b, const JuminRecordBlock *notice)
{
  JuminBlock *banner;

  if (notice->notice >= G_N_ELEMENTS (banners) || banners[notice->notice].tone == NULL)
    return;
  banner = jumin_add_banner (b, banners[notice->notice].tone, banners[notice->notice].icon, NULL,
                             NULL);
  jumin_take (&banner->title, jumin_notice_words (b, notice));
}

static void
add_unfinished (JuminBuilder *b, const JuminRecordBlock *block)
{
  JuminBlock *banner = jumin_add_banner (b, block->failed ? "warn" : "info", "clock", NULL, NULL);
  g_autofree char *state = block->state != NULL ? jumin_fact_words (b, block->state) : NULL;
  g_autofree char *steps = jumin_steps_words (b, block);

  jumin_take (&banner->title, say ("%1$s：%2$s", jumin_record_text (b, &block->title),
                                   state != NULL ? state : steps));
  if (state != NULL && !b->tongue.elder)
    jumin_set (&banner->text, steps);
}

static void
add_banners (JuminBuilder *b, guint record, Told *told)
{
  const JuminRecord *own = b->scene->records[record];
  gboolean told_one = FALSE;

  if (own == NULL)
    jumin_take (&jumin_add_banner (b, "warn", "warn", NULL, NULL)->title,
                say ("“%s”现在查不到，请过一会儿再看", jumin_record_name (b, record)));
  for (guint i = 0; own != NULL && own->found && i < own->blocks->len; i++)
    {
      const JuminRecordBlock *block = own->blocks->pdata[i];

      if (block->kind == JUMIN_BLOCK_NOTICE && block != told->lead)
        add_notice (b, block);
      else if (!told_one && is_unfinished (block))
        {
          add_unfinished (b, block);
          told_one = TRUE;
        }
    }
}

/* The one sentence above the figures. */
static void
tell_lead (JuminBuilder *b, Told *told)
{
  const JuminScene *scene = b->scene;

  for (guint i = 0; scene->service->records[i] != NULL && told->lead == NULL; i++)
    if (scene->records[i] != NULL && scene->records[i]->found)
      told->lead = jumin_record_find (scene->records[i], JUMIN_BLOCK_NOTICE);
  if (told->lead != NULL)
    jumin_take (&b->view->lead, jumin_notice_words (b, told->lead));
}

/* That all is well is said where it is seen: it is what the chart shows. */
static void
tell_on_chart (JuminBuilder *b, const Told *told)
{
  if (told->lead == NULL || told->lead->notice != JUMIN_NOTICE_STEADY || b->tongue.elder)
    return;
  for (guint i = 0; i < b->view->blocks->len; i++)
    {
      JuminBlock *block = b->view->blocks->pdata[i];

      if (g_str_equal (block->kind, "series") && b->view->lead != NULL)
        jumin_take (&block->title, g_steal_pointer (&b->view->lead));
    }
}

/* Text that repeats what the card above says, word for word, is said once. */
static void
drop_repeated_sources (JuminBuilder *b)
{
  const char *said = NULL;

  for (guint i = 0; i < b->view->blocks->len; i++)
    {
      JuminBlock *block = b->view->blocks->pdata[i];

      if (g_str_equal (block->kind, "banner"))
        continue;
      if (said != NULL && g_strcmp0 (said, block->text) == 0)
        jumin_set (&block->text, NULL);
      else if (block->text != NULL)
        said = block->text;
    }
}

static void
build_overview (JuminBuilder *b)
{
  const JuminScene *scene = b->scene;
  Told told = { 0 };

  jumin_take (&b->view->title, say ("我的%s", jumin_outside (b, &scene->service->title)));
  tell_lead (b, &told);
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    if (scene->records[i] != NULL && scene->records[i]->found)
      told.drawn |= jumin_record_find (scene->records[i], JUMIN_BLOCK_SERIES) != NULL
                    || jumin_record_find (scene->records[i], JUMIN_BLOCK_LINES) != NULL;
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    for (guint j = 0; scene->records[i] != NULL && scene->records[i]->found
                      && j < scene->records[i]->blocks->len;
         j++)
      add_card (b, scene->records[i], scene->records[i]->blocks->pdata[j], &told);
  drop_repeated_sources (b);
  tell_on_chart (b, &told);
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    add_banners (b, i, &told);
  jumin_add_record_keys (b);
}

static void
build_section (JuminBuilder *b, const JuminRecord *record)
{
  const JuminRecordBlock *notice = jumin_record_find (record, JUMIN_BLOCK_NOTICE);
  const JuminRecordBlock *lines = jumin_record_find (record, JUMIN_BLOCK_LINES);
  gboolean sourced = FALSE;

  jumin_set (&b->view->title, jumin_record_name (b, (guint)b->scene->section));
  if (notice != NULL)
    jumin_take (&b->view->lead, jumin_notice_words (b, notice));
  else if (lines != NULL && lines->pages > 1)
    jumin_take (&b->view->lead,
                say ("这是第 %1$d 批，共 %2$d 批，新的在前", lines->page, lines->pages));
  for (guint i = 0; i < record->blocks->len; i++)
    {
      const JuminRecordBlock *block = record->blocks->pdata[i];

      if (block->kind == JUMIN_BLOCK_PROGRESS && !jumin_record_counts_steps (block))
        {
          jumin_add_ring (b, record, block);
          sourced = TRUE;
        }
    }
  jumin_add_ledger (b, record, sourced);
  if (b->scene->page_failed)
    jumin_add_banner (b, "warn", "warn", _ ("这一批没有查到，请再按一次"), NULL);
  jumin_add_section_keys (b, record);
}

/* Why there is nothing, and where to go instead. */
static void
build_none (JuminBuilder *b, const JuminRecordBlock *notice)
{
  JuminBlock *place, *rows;
  JuminItem *row;

  jumin_take (&b->view->title,
              say ("没有查到您的%s", jumin_outside (b, &b->scene->service->title)));
  jumin_take (&b->view->lead, jumin_notice_words (b, notice));
  if (notice->where.zh != NULL)
    {
      place = jumin_view_add_block (b->view, "place", NULL);
      jumin_set (&place->icon, "pin");
      jumin_set (&place->title, jumin_record_text (b, &notice->where));
      jumin_take (&place->text, jumin_source_words (b, notice));
    }
  for (guint i = 0; b->scene->service->records[i] != NULL; i++)
    add_banners (b, i, &(Told){ .lead = notice });
  rows = jumin_view_add_block (b->view, "rows", "ways");
  row = jumin_add_row (rows, "queue", "home", "queue", "queue", _ ("回首页取号"));
  if (!b->tongue.elder)
    jumin_set (&row->text, _ ("拿着号到窗口问，不用站着排队"));
  jumin_add_help_row (b, rows, _ ("请人帮忙"));
}

static const JuminRecordBlock *
find_none (const JuminScene *scene)
{
  const JuminRecordBlock *notice = NULL;

  for (guint i = 0; scene->service->records[i] != NULL; i++)
    {
      if (scene->records[i] == NULL)
        continue;
      if (scene->records[i]->found)
        return NULL;
      if (notice == NULL)
        notice = jumin_record_find (scene->records[i], JUMIN_BLOCK_NOTICE);
    }
  return notice;
}

void
jumin_build_record (JuminBuilder *b)
{
  const JuminRecord *section = jumin_scene_get_section (b->scene);
  const JuminRecordBlock *none = find_none (b->scene);

  add_owner (b);
  if (none != NULL)
    build_none (b, none);
  else if (section != NULL)
    build_section (b, section);
  else
    build_overview (b);
}
