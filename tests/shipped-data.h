/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/biller.h"
#include "model/catalogue.h"
#include "model/code-kind.h"
#include "model/trouble.h"

char *shipped_troubles_dup_text (void);
JuminTroubles *shipped_troubles_new (void);
JuminCatalogue *shipped_catalogue_new (void);
JuminCodeKinds *shipped_code_kinds_new (void);
JuminBillers *shipped_billers_new (void);
