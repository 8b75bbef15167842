/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_NAME_BYTES_MAX = 160, /* 25 characters of four bytes, and room for long foreign names */
};

/**
 * JuminIdentity:
 *
 * Who is here: name and 公民身份号码, in locked memory that no core dump holds, wiped with the last
 * reference. Immutable. It lives in the visit and nowhere else.
 */
typedef struct _JuminIdentity JuminIdentity;

/**
 * JuminProof:
 *
 * How we know who is here. Which proof serves which need says one table, jumin_need_is_met().
 */
typedef enum
{
  JUMIN_PROOF_NONE,
  JUMIN_PROOF_CODE,     /* the platform said whose code was shown */
  JUMIN_PROOF_CARD,     /* read from the card */
  JUMIN_PROOF_PLATFORM, /* the platform knew the holder of the card identifier */
  JUMIN_PROOF_MESSAGE,  /* the number was typed, and a code came to the holder's phone */
  JUMIN_N_PROOFS
} JuminProof;

/**
 * JuminNeed:
 * @JUMIN_NEED_CODE: any proof will do
 * @JUMIN_NEED_CARD: the card itself
 * @JUMIN_NEED_CARD_PLATFORM: the card, and the platform says the same of it
 * @JUMIN_NEED_MESSAGE: the holder's phone
 *
 * What a service wants to have proved.
 */
typedef enum
{
  JUMIN_NEED_CODE,
  JUMIN_NEED_CARD,
  JUMIN_NEED_CARD_PLATFORM,
  JUMIN_NEED_MESSAGE,
  JUMIN_N_NEEDS
} JuminNeed;

gboolean jumin_need_is_met (JuminNeed need, JuminProof proof);

JuminIdentity *jumin_identity_new (JuminProof proof, const char *name, const char *number);
JuminIdentity *jumin_identity_ref (JuminIdentity *self);
void jumin_identity_unref (JuminIdentity *self);
JuminProof jumin_identity_get_proof (const JuminIdentity *self);
const char *jumin_identity_get_name (const JuminIdentity *self);
const char *jumin_identity_get_number (const JuminIdentity *self);
int jumin_identity_get_age (const JuminIdentity *self, const GDate *today);
char *jumin_identity_dup_masked_name (const JuminIdentity *self);
char *jumin_identity_dup_masked_number (const JuminIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminIdentity, jumin_identity_unref)

G_END_DECLS
