/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/scan-message.h"

G_BEGIN_DECLS

gboolean jumin_core_link_check (int core, GError **error);
gboolean jumin_core_link_receive (int core, JuminScanMessage *message, gboolean *gone,
                                  GError **error);
void jumin_core_link_send (int core, const JuminScanMessage *message);
gboolean jumin_core_link_send_opened (int core, int memory);

G_END_DECLS
