/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/catalogue.h"
#include "model/trouble.h"

char *shipped_troubles_dup_text (void);
JuminTroubles *shipped_troubles_new (void);
JuminCatalogue *shipped_catalogue_new (void);
