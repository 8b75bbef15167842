/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "model/code-kind.h"
#include "sandbox/city.h"

G_BEGIN_DECLS

/**
 * JuminCityCodeState:
 * @JUMIN_CODE_UNKNOWN: nobody was ever shown this
 * @JUMIN_CODE_OLD: shown too long ago
 */
typedef enum
{
  JUMIN_CODE_UNKNOWN,
  JUMIN_CODE_OLD,
  JUMIN_CODE_GOOD
} JuminCityCodeState;

/**
 * JuminCityCodes:
 *
 * The codes that the phones of the invented people show. A code says itself whose it is and since
 * when it is shown, sealed with the city's seed, so that nothing of them is kept.
 */
typedef struct _JuminCityCodes JuminCityCodes;

JuminCityCodes *jumin_city_codes_new (const char *directory, const JuminCity *city,
                                      JuminClock *clock, GError **error);
void jumin_city_codes_free (JuminCityCodes *self);
const char *jumin_city_codes_get_id (const JuminCityCodes *self);
const char *jumin_city_codes_get_secret (const JuminCityCodes *self);
char *jumin_city_codes_show (const JuminCityCodes *self, const char *resident, JuminCodeKind kind);
JuminCityCodeState jumin_city_codes_find (const JuminCityCodes *self, const char *text,
                                          const JuminCityResident **holder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodes, jumin_city_codes_free)

G_END_DECLS
