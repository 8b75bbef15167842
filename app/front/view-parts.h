/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "front/view-builder.h"
#include "model/words.h"

G_BEGIN_DECLS

/* What the builders of the pages share. _() is a sentence of the house, say() one with arguments;
 * both in the visit's tongue. */
typedef struct
{
  const JuminScene *scene;
  JuminTongue tongue;
  JuminView *view;
} JuminBuilder;

#define _(id) jumin_words (b->tongue, id)
#define say(...) jumin_words_dup (b->tongue, __VA_ARGS__)
#define N_(id) (id)

void jumin_set (char **field, const char *text);
void jumin_take (char **field, char *text);
const char *jumin_outside (const JuminBuilder *b, const JuminText *text);
JuminItem *jumin_add_action (const JuminBuilder *b, const char *act, const char *title,
                             const char *icon, const char *tone);
JuminItem *jumin_add_row (JuminBlock *rows, const char *id, const char *act, const char *icon,
                          const char *family, const char *title);
void jumin_turn_off (JuminItem *item, const char *reason);
JuminItem *jumin_add_help_row (const JuminBuilder *b, JuminBlock *rows, const char *title);
JuminItem *jumin_add_number_row (const JuminBuilder *b, JuminBlock *rows, const char *title,
                                 const char *text);
JuminBlock *jumin_add_banner (const JuminBuilder *b, const char *tone, const char *icon,
                              const char *title, const char *text);
const JuminTroubleRow *jumin_get_trouble (const JuminBuilder *b, JuminTrouble trouble);
char *jumin_say_trouble (const JuminBuilder *b, const JuminTroubleWords *words);
char *jumin_trouble_title (const JuminBuilder *b, JuminTrouble trouble);
void jumin_add_trouble (const JuminBuilder *b, JuminTrouble trouble, const char *tone,
                        const char *icon);
void jumin_add_printer_trouble (const JuminBuilder *b);
void jumin_add_calls (const JuminBuilder *b);
char *jumin_wait_words (const JuminBuilder *b, int min, int max);
void jumin_wait_figure (const JuminBuilder *b, JuminItem *item, int min, int max);
char *jumin_closed_words (const JuminBuilder *b, const JuminMatter *matter);
int jumin_get_age (const JuminBuilder *b);
const char *jumin_missed_words (const JuminBuilder *b, JuminMissed missed);
gboolean jumin_sees (const JuminScene *scene);
void jumin_add_scan_hint (const JuminBuilder *b, JuminItem *item);
gboolean jumin_add_look_trouble (const JuminBuilder *b, JuminItem *item);
JuminBlock *jumin_add_typing_note (JuminBuilder *b, const char *text);
void jumin_add_reprint (const JuminBuilder *b, const char *title, const char *printing);
gboolean jumin_add_today (JuminBuilder *b);
void jumin_add_phone_code (JuminBuilder *b);
void jumin_fill_phone_code (JuminBuilder *b, JuminBlock *dialog);
void jumin_add_document (JuminBuilder *b, gboolean keys);
void jumin_add_printing (JuminBuilder *b);
char *jumin_no_sheets_reason (const JuminBuilder *b);
GPtrArray *jumin_list_services (const JuminScene *scene);
void jumin_add_service (JuminBuilder *b, JuminBlock *tiles, const JuminService *service);
void jumin_add_all_services (JuminBuilder *b, JuminBlock *tiles, guint count);
const JuminMatter *jumin_find_closed (const JuminHall *hall);
char *jumin_day_words (const JuminBuilder *b, GDateTime *day);
const char *jumin_month_words (const JuminBuilder *b, int month);
char *jumin_when_words (const JuminBuilder *b, gint64 when);
char *jumin_time_words (gint64 when);
void jumin_add_cells (JuminBuilder *b, guint count, const char *shown);
JuminBlock *jumin_add_keypad (JuminBuilder *b);
char *jumin_windows_words (const JuminBuilder *b, const char *counters);

/* Builds a page, or what lies over one. */
typedef void JuminPageBuild (JuminBuilder *b);
JuminPageBuild jumin_build_home, jumin_build_services, jumin_build_consent, jumin_build_choose,
    jumin_build_checklist, jumin_build_identify, jumin_build_number, jumin_build_code,
    jumin_build_wait, jumin_build_ticket, jumin_build_record, jumin_build_verify,
    jumin_build_no_sheets, jumin_build_papers, jumin_build_preview, jumin_build_sheets,
    jumin_build_bills, jumin_build_account, jumin_build_pay, jumin_build_paid, jumin_build_unknown,
    jumin_build_notice, jumin_build_take_card, jumin_build_out_of_service, jumin_build_dialog;

G_END_DECLS
