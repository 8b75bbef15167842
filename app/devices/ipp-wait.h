/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For workers of the A4 printer; real milliseconds. */

/* Until the next look; shorter when the caller gives up. */
void jumin_ipp_wait (GCancellable *cancellable, guint ms);
/* Until @gate can be read, the caller gives up, or @ms are over. Returns: whether it can be read */
gboolean jumin_ipp_wait_for_gate (GCancellable *cancellable, int gate, guint ms);

G_END_DECLS
