/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page-engine.h"

G_BEGIN_DECLS

/**
 * JuminIppService:
 * @uri: of the printer
 * @refusing: takes no jobs, @busy: says so to Create-Job, @no_pdf: knows raster only
 * @reasons: more printer-state-reasons, as they are
 * @n_asked: how often it was asked about itself
 *
 * The part of a page printer that talks: IPP 2.0 (RFC 8011), as far as a client of PDF needs it.
 */
typedef struct
{
  char *uri;
  JuminEngine engine;
  gboolean refusing, busy, no_pdf;
  GPtrArray *reasons;
  guint n_asked;
} JuminIppService;

void jumin_ipp_service_init (JuminIppService *self, const char *dir, guint page_ms);
void jumin_ipp_service_finish (JuminIppService *self);
/* @change: "+WORD" or "-WORD" */
gboolean jumin_ipp_service_set_reason (JuminIppService *self, const char *change);
/* @operation: (out): what was asked for. Returns: (nullable): not IPP */
GBytes *jumin_ipp_service_answer (JuminIppService *self, const char *bytes, gsize length,
                                  ipp_op_t *operation);

G_END_DECLS
