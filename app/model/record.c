/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of records. A copy shares nothing with what it was made of. */
#include "model/record.h"

/* Unlike jumin_text_copy() a missing half stays missing: it says whose words these are. */
static JuminText
dup_text (const JuminText *text)
{
  return (JuminText){ g_strdup (text->zh), g_strdup (text->en) };
}

JuminFact *
jumin_fact_new (JuminValueKind kind)
{
  JuminFact *self = g_new0 (JuminFact, 1);

  self->kind = kind;
  return self;
}

void
jumin_fact_free (JuminFact *self)
{
  jumin_text_clear (&self->label);
  jumin_text_clear (&self->words);
  g_free (self->text);
  g_free (self);
}

static gpointer
copy_fact (gconstpointer original, gpointer data)
{
  const JuminFact *fact = original;
  JuminFact *self = g_memdup2 (fact, sizeof *fact);

  self->label = dup_text (&fact->label);
  self->words = dup_text (&fact->words);
  self->text = g_strdup (fact->text);
  return self;
}

JuminLine *
jumin_line_new (void)
{
  JuminLine *self = g_new0 (JuminLine, 1);

  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_fact_free);
  return self;
}

static void
line_free (JuminLine *self)
{
  g_clear_pointer (&self->what, jumin_fact_free);
  g_ptr_array_unref (self->facts);
  g_free (self);
}

static gpointer
copy_line (gconstpointer original, gpointer data)
{
  const JuminLine *line = original;
  JuminLine *self = g_memdup2 (line, sizeof *line);

  self->what = line->what != NULL ? copy_fact (line->what, NULL) : NULL;
  self->facts = g_ptr_array_copy (line->facts, copy_fact, NULL);
  return self;
}

static gpointer
copy_point (gconstpointer original, gpointer data)
{
  return g_memdup2 (original, sizeof (JuminPoint));
}

JuminRecordAction *
jumin_record_action_new (const char *id)
{
  JuminRecordAction *self = g_new0 (JuminRecordAction, 1);

  self->id = g_strdup (id);
  return self;
}

static void
action_free (JuminRecordAction *self)
{
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->reason);
  g_free (self->id);
  g_free (self);
}

static gpointer
copy_action (gconstpointer original, gpointer data)
{
  const JuminRecordAction *action = original;
  JuminRecordAction *self = jumin_record_action_new (action->id);

  self->title = dup_text (&action->title);
  self->reason = dup_text (&action->reason);
  return self;
}

static void
block_free (JuminRecordBlock *self)
{
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->source);
  jumin_text_clear (&self->why);
  jumin_text_clear (&self->where);
  for (int i = 0; i < JUMIN_RECORD_PARTS; i++)
    jumin_text_clear (&self->legends[i]);
  g_clear_pointer (&self->state, jumin_fact_free);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->actions);
  g_free (self);
}

static gpointer
copy_block (gconstpointer original, gpointer data)
{
  const JuminRecordBlock *block = original;
  JuminRecordBlock *self = g_memdup2 (block, sizeof *block);

  self->title = dup_text (&block->title);
  self->source = dup_text (&block->source);
  self->why = dup_text (&block->why);
  self->where = dup_text (&block->where);
  for (int i = 0; i < JUMIN_RECORD_PARTS; i++)
    self->legends[i] = dup_text (&block->legends[i]);
  self->state = block->state != NULL ? copy_fact (block->state, NULL) : NULL;
  self->facts = g_ptr_array_copy (block->facts, copy_fact, NULL);
  self->lines = g_ptr_array_copy (block->lines, copy_line, NULL);
  self->points = g_ptr_array_copy (block->points, copy_point, NULL);
  self->actions = g_ptr_array_copy (block->actions, copy_action, NULL);
  return self;
}

JuminRecord *
jumin_record_new (void)
{
  JuminRecord *self = g_new0 (JuminRecord, 1);

  self->found = TRUE;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)block_free);
  return self;
}

JuminRecord *
jumin_record_copy (const JuminRecord *record)
{
  JuminRecord *self = g_new0 (JuminRecord, 1);

  self->found = record->found;
  self->blocks = g_ptr_array_copy (record->blocks, copy_block, NULL);
  return self;
}

void
jumin_record_free (JuminRecord *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/* Returns: (transfer none): a new block at the end */
JuminRecordBlock *
jumin_record_add (JuminRecord *self, JuminBlockKind kind)
{
  JuminRecordBlock *block = g_new0 (JuminRecordBlock, 1);

  g_assert (self->blocks->len < JUMIN_RECORD_BLOCKS_MAX);
  block->kind = kind;
  block->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_fact_free);
  block->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);
  block->points = g_ptr_array_new_with_free_func (g_free);
  block->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)action_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

/**
 * jumin_record_append:
 * @other: its blocks are copied behind those of @self
 *
 * Returns: whether there was room; else @self is as it was
 */
gboolean
jumin_record_append (JuminRecord *self, const JuminRecord *other)
{
  if (self->blocks->len + other->blocks->len > JUMIN_RECORD_BLOCKS_MAX)
    return FALSE;
  for (guint i = 0; i < other->blocks->len; i++)
    g_ptr_array_add (self->blocks, copy_block (other->blocks->pdata[i], NULL));
  return TRUE;
}

/* Returns: (transfer none) (nullable): the first block of this kind */
const JuminRecordBlock *
jumin_record_find (const JuminRecord *self, JuminBlockKind kind)
{
  for (guint i = 0; i < self->blocks->len; i++)
    if (((JuminRecordBlock *)self->blocks->pdata[i])->kind == kind)
      return self->blocks->pdata[i];
  return NULL;
}
