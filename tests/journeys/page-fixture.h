/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/ipp-printer.h"

#include "peer-runner.h"

G_BEGIN_DECLS

#define PAGE_TOKEN "7d1f2c3e-4b5a-4c6d-8e9f-0a1b2c3d4e5f"

enum
{
  PAGES = 3,
  PAGE_MS = 30, /* of the peer, real */
  SPEED = 10    /* of the clock */
};

/* The A4 printer's driver, and the IPP printer peer that it prints on. */
typedef struct _PageFixture PageFixture;
struct _PageFixture
{
  char *dir;
  JuminPeerRun *peer;
  JuminClock *clock;
  JuminPagePrinter *printer;
  GBytes *pdf;
  GAsyncResult *result;
  int progress_pages, n_progress;      /* the last one told */
  guint progress_troubles;             /* all that were told */
  void (*on_held) (PageFixture *self); /* (nullable): before a job is let go */
};

extern const JuminIppProfile page_fixture_profile;

void page_fixture_set_up (PageFixture *self, gconstpointer data);
void page_fixture_tear_down (PageFixture *self, gconstpointer data);
void page_fixture_make_printer (PageFixture *self, const JuminIppProfile *with);
/* A command for the peer, which must take it. */
void page_fixture_tell (PageFixture *self, const char *command);
/* @name: "sheets=", of the peer's status */
int page_fixture_count (PageFixture *self, const char *name);
void page_fixture_query (PageFixture *self, JuminPageStatus *status);
JuminPageReport page_fixture_print (PageFixture *self, int copies, guint stopped_ms,
                                    GCancellable *cancellable, GError **error);
JuminPageReport page_fixture_settle (PageFixture *self, const char *token, int copies);

G_END_DECLS
