/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "model/clock.h"

G_BEGIN_DECLS

/* Answers that are taken from the HTTP server and written by hand, because they are to end in the
 * middle or to come slowly. */
typedef struct _JuminRawAnswers JuminRawAnswers;

JuminRawAnswers *jumin_raw_answers_new (JuminClock *clock);
void jumin_raw_answers_free (JuminRawAnswers *self);
/* @body_bytes: of @message's body, then the connection ends; 0: without a word
 * @byte_ms: from one byte to the next; 0: at once */
void jumin_raw_answers_send (JuminRawAnswers *self, SoupServerMessage *message, gsize body_bytes,
                             guint byte_ms);

G_END_DECLS
