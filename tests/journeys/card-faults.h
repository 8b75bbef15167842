/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CardFault:
 * @name: how it was caused, for people
 * @resident: whose card is put in
 * @fault: (nullable): what the card peer is told before, see tests/peers/README.md
 * @slow_ms: how long each answer takes
 * @at: when the card has had so many commands …
 * @reader: (nullable): … the reader's peer is told this
 * @card: (nullable): … and the card's
 * @platform: (nullable): what the sandbox is told before
 *
 * One way in which a visit with a card goes wrong.
 */
typedef struct
{
  const char *name, *resident, *fault;
  guint slow_ms, at;
  const char *reader, *card, *platform;
} CardFault;

extern const CardFault card_faults[];
extern const gsize n_card_faults;

enum
{
  CARD_FAULT_TEXT_MAX = 64
};

/* Whose good card to spoil, and how: at one of the @n_commands that a visit with it takes. */
const char *card_resident_by_chance (void);
CardFault card_fault_by_chance (const char *resident, guint n_commands,
                                char text[CARD_FAULT_TEXT_MAX]);

G_END_DECLS
