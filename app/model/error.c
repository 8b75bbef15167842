/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two kinds of error. */
#include "model/error.h"

G_DEFINE_QUARK (jumin - retry, jumin_retry)
G_DEFINE_QUARK (jumin - failure, jumin_failure)
