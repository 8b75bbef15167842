/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-office.h"

G_BEGIN_DECLS

/* What can happen to a paper on its way from the office to the desk, and on the screen. */
JuminDocument *sim_trick_on_way (GRand *random, FakeOffice *office, const FakePaper *paper);
JuminDocument *sim_trick_on_screen (GRand *random, const JuminDocument *document,
                                    const GPtrArray *keepsakes);

G_END_DECLS
