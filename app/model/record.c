/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of records. */
#include "model/record.h"

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
  g_free (self);
}

JuminRecord *
jumin_record_new (void)
{
  JuminRecord *self = g_atomic_rc_box_new0 (JuminRecord);

  self->found = TRUE;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)block_free);
  return self;
}

JuminRecord *
jumin_record_ref (JuminRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_ptr_array_unref (((JuminRecord *)data)->blocks);
}

void
jumin_record_unref (JuminRecord *self)
{
  g_atomic_rc_box_release_full (self, clear);
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
  g_ptr_array_add (self->blocks, block);
  return block;
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
