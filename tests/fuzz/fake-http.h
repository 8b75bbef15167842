/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/http-client.h"

G_BEGIN_DECLS

/**
 * FakeHttpAnswer:
 *
 * Returns: (transfer full) (nullable): what the platform answers to @request; %NULL: nothing
 */
typedef JuminHttpAnswer *(*FakeHttpAnswer) (const JuminHttpRequest *request, gpointer data);

/* In the place of app/platform/http-client.c: no network, an answer in the next turn of the main
 * loop. The linker takes this JuminHttpClient, because it comes before the library. */
JuminHttpClient *fake_http_client_new (FakeHttpAnswer answer, gpointer data);
/* @body: (transfer full) */
JuminHttpAnswer *fake_http_answer_new (guint status, char *body, gsize length);

G_END_DECLS
