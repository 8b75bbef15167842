/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminCurlDone:
 * @easy: the transfer that is over; take it out of the multi handle
 * @result: how it ended
 */
typedef void (*JuminCurlDone) (CURL *easy, CURLcode result, gpointer data);

GSource *jumin_curl_source_new (JuminCurlDone done, gpointer data);
CURLM *jumin_curl_source_get_multi (GSource *source);

G_END_DECLS
