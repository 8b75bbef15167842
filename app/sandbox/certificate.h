/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CERTIFICATE_ROWS_MAX = 400
};

/**
 * JuminCertificate:
 * @rows: (element-type GStrv): label and value, or as many cells as the first row has
 * @sentence: what is certified
 * @verification: for the code
 * @date: "2026 年 11 月 21 日"
 */
typedef struct
{
  const char *title, *number, *sentence, *office, *date, *verification;
  gint64 issued_at;
  GPtrArray *rows;
} JuminCertificate;

int jumin_certificate_count_pages (guint rows);
GBytes *jumin_certificate_draw (const JuminCertificate *certificate, int *pages);

G_END_DECLS
