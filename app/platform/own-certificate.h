/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminOwnCertificate:
 * @ends_s: Unix seconds; 0: there is none
 * @days: how many whole days were left when it was last told
 *
 * This machine's certificate, and for how long it is good.
 */
typedef struct
{
  gint64 ends_s;
  int days;
} JuminOwnCertificate;

gboolean jumin_own_certificate_load (JuminOwnCertificate *self, const char *file, GError **error);
gboolean jumin_own_certificate_is_over (const JuminOwnCertificate *self, JuminClock *clock);
void jumin_own_certificate_tell (JuminOwnCertificate *self, JuminClock *clock, JuminAudit *audit);

G_END_DECLS
