/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/city.h"

G_BEGIN_DECLS

int jumin_wait_round (int seconds);
void jumin_wait_range (const JuminCityMatter *matter, int ahead, int windows, int until_s, int *min,
                       int *max);
int jumin_wait_until_served_s (const JuminCityMatter *matter, int ahead);

G_END_DECLS
