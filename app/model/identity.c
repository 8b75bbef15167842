/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here. One page of locked memory a person, wiped at the end. */
#include "model/identity.h"

#include <string.h>

#include "model/id-number.h"
#include "model/locked.h"
#include "model/mask.h"

struct _JuminIdentity
{
  gatomicrefcount references;
  JuminProof proof;
  char name[JUMIN_NAME_BYTES_MAX + 1];
  char number[JUMIN_ID_NUMBER_LENGTH + 1];
};

static const gboolean met[JUMIN_N_NEEDS][JUMIN_N_PROOFS] = {
  [JUMIN_NEED_CODE] = { [JUMIN_PROOF_CODE] = TRUE,
                        [JUMIN_PROOF_CARD] = TRUE,
                        [JUMIN_PROOF_PLATFORM] = TRUE,
                        [JUMIN_PROOF_MESSAGE] = TRUE },
  [JUMIN_NEED_CARD] = { [JUMIN_PROOF_CARD] = TRUE, [JUMIN_PROOF_PLATFORM] = TRUE },
  [JUMIN_NEED_CARD_PLATFORM] = { [JUMIN_PROOF_PLATFORM] = TRUE },
  [JUMIN_NEED_MESSAGE] = { [JUMIN_PROOF_MESSAGE] = TRUE },
};

/**
 * jumin_need_is_met:
 * @need: of a service
 * @proof: of who is here
 *
 * Returns: whether @proof is good enough
 */
gboolean
jumin_need_is_met (JuminNeed need, JuminProof proof)
{
  return met[need][proof];
}

/**
 * jumin_identity_new:
 * @proof: how we know
 * @name: UTF-8, at most %JUMIN_NAME_BYTES_MAX bytes; a longer one is cut at a character
 * @number: 18 characters; others are not kept
 *
 * Returns: (transfer full): an identity with one reference
 */
JuminIdentity *
jumin_identity_new (JuminProof proof, const char *name, const char *number)
{
  JuminIdentity *self = jumin_locked_new (sizeof *self);

  g_atomic_ref_count_init (&self->references);
  self->proof = proof;
  if (g_utf8_validate (name, -1, NULL))
    {
      const char *end = name + strlen (name);

      while (end - name > JUMIN_NAME_BYTES_MAX)
        end = g_utf8_prev_char (end);
      memcpy (self->name, name, (gsize)(end - name));
    }
  if (strlen (number) == JUMIN_ID_NUMBER_LENGTH)
    memcpy (self->number, number, JUMIN_ID_NUMBER_LENGTH);
  return self;
}

JuminIdentity *
jumin_identity_ref (JuminIdentity *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
jumin_identity_unref (JuminIdentity *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  jumin_locked_free (self, sizeof *self);
}

JuminProof
jumin_identity_get_proof (const JuminIdentity *self)
{
  return self->proof;
}

const char *
jumin_identity_get_name (const JuminIdentity *self)
{
  return self->name;
}

const char *
jumin_identity_get_number (const JuminIdentity *self)
{
  return self->number;
}

/**
 * jumin_identity_get_age:
 * @self: an identity
 * @today: the date in the hall
 *
 * Returns: full years, or −1 when the number holds no date
 */
int
jumin_identity_get_age (const JuminIdentity *self, const GDate *today)
{
  return jumin_id_number_get_age (self->number, today);
}

char *
jumin_identity_dup_masked_name (const JuminIdentity *self)
{
  return jumin_mask_name (self->name);
}

char *
jumin_identity_dup_masked_number (const JuminIdentity *self)
{
  return jumin_mask_number (self->number);
}
