/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "model/biller.h"
#include "model/catalogue.h"
#include "model/code-kind.h"
#include "model/trouble.h"
#include "platform/city-code-profile.h"

G_BEGIN_DECLS

JuminCatalogue *jumin_data_load_catalogue (const JuminConfig *config, GError **error);
JuminTroubles *jumin_data_load_troubles (const JuminConfig *config, GError **error);
JuminCityCodeProfile *jumin_data_load_city_code (const JuminConfig *config, GError **error);
JuminCodeKinds *jumin_data_load_code_kinds (const JuminConfig *config, GError **error);
JuminBillers *jumin_data_load_billers (const JuminConfig *config, GError **error);

G_END_DECLS
