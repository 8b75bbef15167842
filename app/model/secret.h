/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_SECRET_MAX = 24 /* the longest: a payment code; 公民身份号码 has 18 */
};

/**
 * JuminSecret:
 *
 * What a person types on the keypad, or shows to pay with: at most %JUMIN_SECRET_MAX characters in
 * one place of locked memory. What is taken back is wiped at once, the rest when it is freed.
 */
typedef struct _JuminSecret JuminSecret;

JuminSecret *jumin_secret_new (void);
void jumin_secret_free (JuminSecret *self);
void jumin_secret_add (JuminSecret *self, char character);
void jumin_secret_take_back (JuminSecret *self);
void jumin_secret_clear (JuminSecret *self);
void jumin_secret_modernise (JuminSecret *self);
guint jumin_secret_get_length (const JuminSecret *self);
const char *jumin_secret_get (const JuminSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSecret, jumin_secret_free)

G_END_DECLS
