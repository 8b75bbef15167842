/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-keys.h"

G_BEGIN_DECLS

/* What a certificate has that a good one has not, beside the good ones of TestKeys:
 *   expired, early           not valid any more, not valid yet
 *   foreign                  127.0.0.1, but by stranger-ca
 *   alone                    127.0.0.1, by itself
 *   revoked                  127.0.0.1, on the list of ca
 *   short, sha1              an RSA key of 1024 bits; signed with SHA-1
 *   expired-terminal         a terminal's, not valid any more
 *   other-terminal           another terminal's
 *   ca.crl, old.crl          what ca has revoked, as of today; and a list that is out of date */
void bad_certificates_add (const TestKeys *keys);

G_END_DECLS
