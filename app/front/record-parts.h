/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "front/view-parts.h"

G_BEGIN_DECLS

/* What the builders of the record page share: words for what a record holds (record-words.c), its
 * cards (record-cards.c), and what one can do with it (record-keys.c). */
enum
{
  JUMIN_RECORD_STEPS_MAX = 12 /* progress of so few parts is counted in steps, not in percent */
};

#define JUMIN_VEILED "••••"

const char *jumin_record_text (const JuminBuilder *b, const JuminText *text);
const char *jumin_record_name (const JuminBuilder *b, guint record);
const char *jumin_record_icon (const JuminBuilder *b, guint record);
char *jumin_fact_words (const JuminBuilder *b, const JuminFact *fact);
void jumin_fact_figure (const JuminBuilder *b, const JuminFact *fact, JuminItem *item);
char *jumin_notice_words (const JuminBuilder *b, const JuminRecordBlock *notice);
char *jumin_source_words (const JuminBuilder *b, const JuminRecordBlock *block);
char *jumin_steps_words (const JuminBuilder *b, const JuminRecordBlock *block);
char *jumin_date_words (const JuminBuilder *b, gint64 date);
char *jumin_money_words (const JuminBuilder *b, gint64 fen);
gboolean jumin_record_counts_steps (const JuminRecordBlock *block);

void jumin_add_headline (JuminBuilder *b, const JuminRecordBlock *block, gboolean good);
void jumin_add_series (JuminBuilder *b, const JuminRecordBlock *block);
void jumin_add_lines_card (JuminBuilder *b, const JuminRecordBlock *block);
void jumin_add_ring (JuminBuilder *b, const JuminRecord *record, const JuminRecordBlock *block);
void jumin_add_facts_card (JuminBuilder *b, const JuminRecordBlock *block);
void jumin_add_ledger (JuminBuilder *b, const JuminRecord *record, gboolean sourced);

void jumin_add_record_keys (JuminBuilder *b);
void jumin_add_section_keys (JuminBuilder *b, const JuminRecord *record);

G_END_DECLS
