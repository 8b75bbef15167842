/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long this machine's certificate is still good: written down once a day, and said in the log
 * when it is time to renew it. */
#include "platform/own-certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

enum
{
  DAY_S = 24 * 60 * 60,
  RENEW_DAYS = 30, /* the platform gives 90 */
  UNTOLD = G_MAXINT
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

/**
 * jumin_own_certificate_load:
 * @file: PEM
 *
 * Errors: G_IO_ERROR_INVALID_DATA: no certificate there.
 */
gboolean
jumin_own_certificate_load (JuminOwnCertificate *self, const char *file, GError **error)
{
  g_autoptr (BIO) bio = BIO_new_file (file, "r");
  g_autoptr (X509) certificate = bio != NULL ? PEM_read_bio_X509 (bio, NULL, NULL, NULL) : NULL;
  struct tm ends = { 0 };

  if (certificate != NULL && ASN1_TIME_to_tm (X509_get0_notAfter (certificate), &ends) == 1)
    {
      *self = (JuminOwnCertificate){ .ends_s = timegm (&ends), .days = UNTOLD };
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Reading certificate '%s' failed: no certificate in PEM", file);
  return FALSE;
}

gboolean
jumin_own_certificate_is_over (const JuminOwnCertificate *self, JuminClock *clock)
{
  return self->ends_s != 0 && self->ends_s <= jumin_clock_get_wall (clock);
}

/**
 * jumin_own_certificate_tell:
 * @audit: (nullable): where the days left are written, when there is another number of them
 */
void
jumin_own_certificate_tell (JuminOwnCertificate *self, JuminClock *clock, JuminAudit *audit)
{
  gint64 left_s = self->ends_s - jumin_clock_get_wall (clock);
  int days = (int)CLAMP (left_s / DAY_S, -1, 9999);
  g_autofree char *number = g_strdup_printf ("%d", days);

  if (self->ends_s == 0 || days == self->days)
    return;
  self->days = days;
  if (audit != NULL)
    jumin_audit_write (audit, JUMIN_AUDIT_CERTIFICATE, "days", number, NULL);
  if (days < RENEW_DAYS)
    g_message ("The certificate of this terminal ends in %d days; renew it: juminctl provision "
               "--renew",
               days);
}
