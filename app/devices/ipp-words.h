/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cups/cups.h>

#include "devices/page-printer.h"

G_BEGIN_DECLS

enum
{
  JUMIN_IPP_VALUES_MAX = 64, /* of one attribute that are looked at */
  JUMIN_IPP_JOBS_MAX = 128,  /* of one list */
  JUMIN_IPP_NAME_BYTES = 64
};

/**
 * JuminIppJob:
 * @id: 0: there is none
 * @pages: that the printer counts as out
 * @ended: nothing more will come out of it
 * @spoilt: completed, and the printer itself says that it went wrong
 */
typedef struct
{
  int id, pages;
  ipp_jstate_t state;
  gboolean ended, spoilt;
  char name[JUMIN_IPP_NAME_BYTES];
} JuminIppJob;

typedef void (*JuminIppJobFunc) (const JuminIppJob *job, gpointer data);

void jumin_ipp_read_status (ipp_t *reply, JuminPageStatus *status);
gboolean jumin_ipp_has_word (ipp_t *reply, const char *attribute, const char *word);
void jumin_ipp_read_job (ipp_t *reply, JuminIppJob *job);
void jumin_ipp_each_job (ipp_t *reply, JuminIppJobFunc func, gpointer data);
GError *jumin_ipp_make_error (const char *uri, const JuminPageReport *report,
                              GCancellable *cancellable);
extern const char *const jumin_ipp_printer_attributes[];
extern const int jumin_ipp_n_printer_attributes;

G_END_DECLS
