/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "virtual-kiosk.h"

G_BEGIN_DECLS

/* A virtual kiosk whose platform is a real sandbox. */
typedef VirtualKiosk Fixture;

/* Visits run a hundred times faster than in a hall. */
void set_up (Fixture *f, gconstpointer data);
/* The client of @parts is made: it speaks to the sandbox. */
void set_up_with (Fixture *f, const VirtualKioskParts *parts);
void tear_down (Fixture *f, gconstpointer data);
void await (Fixture *f, JuminPage page);
void act (Fixture *f, const char *action, const char *name, const char *value);
/* Puts a good card into the virtual reader. */
void insert (Fixture *f);
/* Home again, with no card and no visit. */
void leave (Fixture *f);
/* From home into the first open matter of this kind, up to the step after the checklist. */
void choose (Fixture *f, JuminIdentify identify);

/* Whether a record of the audit log says all this; the log is written by a thread. */
gboolean log_says (Fixture *f, const char *event, const char *trouble);

G_END_DECLS
