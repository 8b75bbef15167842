/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int fixture_paper_open (void);
int fixture_paper_open_file (const char *path);

G_END_DECLS
