/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cups/cups.h>
#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_ENGINE_JOBS_MAX = 64, /* that are remembered */
  JUMIN_ENGINE_REASONS_MAX = 16
};

/**
 * JuminEngineJob:
 * @done: pages that it counts as out
 * @stopping: cancelled, and the page on its way still comes
 */
typedef struct
{
  int id, total, done;
  ipp_jstate_t state;
  const char *reason;
  char *name;
  gboolean stopping;
} JuminEngineJob;

/**
 * JuminEngine:
 *
 * The part of a page printer that moves paper: one page in @page_ms, out of the oldest job.
 */
typedef struct
{
  char *dir;
  guint page_ms;
  GPtrArray *jobs; /* JuminEngineJob, oldest first */
  int next_id;
  gboolean paper_out, paper_low, jammed, cover_open, toner_out, toner_low, off_line;
  gboolean lying;     /* counts, and nothing comes out */
  gboolean uncounted; /* says 0 pages, whatever comes out */
  guint n_sheets, n_halves;
  guint64 n_ticks;
  guint source;
  void (*on_tick) (gpointer data); /* called after each step, also when there was nothing to do */
  gpointer data;
} JuminEngine;

void jumin_engine_init (JuminEngine *self, const char *dir, guint page_ms);
void jumin_engine_finish (JuminEngine *self);
void jumin_engine_run (JuminEngine *self);
JuminEngineJob *jumin_engine_add_job (JuminEngine *self, const char *name);
void jumin_engine_take_document (JuminEngine *self, JuminEngineJob *job, const char *bytes,
                                 gsize length);
JuminEngineJob *jumin_engine_find_job (JuminEngine *self, int id);
gboolean jumin_engine_cancel_job (JuminEngine *self, JuminEngineJob *job);
JuminEngineJob *jumin_engine_get_current (JuminEngine *self);
void jumin_engine_jam (JuminEngine *self);
void jumin_engine_power_off (JuminEngine *self);
gboolean jumin_engine_is_stopped (const JuminEngine *self);

G_END_DECLS
