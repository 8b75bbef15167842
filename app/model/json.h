/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <gio/gio.h>

#include "model/text.h"

G_BEGIN_DECLS

enum
{
  JUMIN_JSON_ID_MAX = 32, /* characters, as all these lengths */
  JUMIN_JSON_ZH_MAX = 120,
  JUMIN_JSON_EN_MAX = 240,
  JUMIN_JSON_PATH_BYTES_MAX = 256,
  JUMIN_JSON_DEPTH_MAX = 16,
  JUMIN_JSON_MEMBERS_MAX = 256 /* of one object */
};

#define JUMIN_JSON_TIME_MAX_S G_GINT64_CONSTANT (99999999999)

/* Patterns that several documents have. */
#define JUMIN_PATTERN_UUID "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
#define JUMIN_PATTERN_ID_NUMBER "^[0-9]{17}[0-9X]$"
#define JUMIN_PATTERN_TERMINAL "^[A-Z]-[0-9]{4}$"
#define JUMIN_PATTERN_DIGEST "^[0-9a-f]{64}$" /* SM3, SHA-256 */
#define JUMIN_PATTERN_SIGNATURE "^[A-Za-z0-9+/]{80,100}={0,2}$"

/**
 * JuminJsonReport:
 * @name: what is read, the beginning of every error: "Catalogue 'catalogue.json'"
 * @quoting: whether an error may quote the text; %FALSE where it may be about a person
 * @error: the first thing wrong, %NULL while all is well
 *
 * What became of reading one document. Readers go on after an error and return harmless values, so
 * that only the end of a parser looks at @error.
 */
typedef struct
{
  const char *name;
  gboolean quoting;
  GError *error;
} JuminJsonReport;

/**
 * JuminJson:
 * @value: (nullable): what stands there; %NULL: nothing
 *
 * A place in a document, with the way to it. Lives on the stack, not longer than its parent.
 */
typedef struct _JuminJson JuminJson;
struct _JuminJson
{
  const cJSON *value;
  const JuminJson *parent;
  const char *key; /* in an object */
  int index;       /* in an array */
  JuminJsonReport *report;
};

/**
 * JuminJsonFile:
 * @what: what it is: "Catalogue", and @name: which one
 * @json: its text, @length: bytes of that, or −1 when it ends with NUL
 * @bytes_max: most that are taken
 * @quoting: as of #JuminJsonReport
 * @tolerant: members that nobody reads may stand in it
 */
typedef struct
{
  const char *what, *name, *json;
  gssize length;
  gsize bytes_max;
  gboolean quoting, tolerant;
} JuminJsonFile;

cJSON *jumin_json_parse (const char *json, gsize length, JuminJsonReport *report);
void jumin_json_free_wiped (cJSON *document);
gboolean jumin_json_read_file (const JuminJsonFile *file,
                               void (*read) (const JuminJson *root, gpointer data), gpointer data,
                               GError **error);

JuminJson jumin_json_root (const cJSON *document, JuminJsonReport *report);
JuminJson jumin_json_member (const JuminJson *object, const char *key);
JuminJson jumin_json_array (const JuminJson *object, const char *key, int length_max);
gboolean jumin_json_next (const JuminJson *array, JuminJson *element);
void jumin_json_read_list (const JuminJson *object, const char *key, int length_max,
                           GPtrArray *values, gpointer (*read) (const JuminJson *element));
gboolean jumin_json_is_null (const JuminJson *place);
gboolean jumin_json_member_is_null (const JuminJson *object, const char *key);
gboolean jumin_json_check_array (const JuminJson *place, int length_max);
gboolean jumin_json_check_all_seen (const JuminJson *place);
void jumin_json_fail (const JuminJson *place, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean jumin_json_get_boolean (const JuminJson *object, const char *key);
gint64 jumin_json_get_integer (const JuminJson *object, const char *key, gint64 min, gint64 max);
gint64 jumin_json_get_time (const JuminJson *object, const char *key);
int jumin_json_get_day (const JuminJson *object, const char *key);
int jumin_json_get_month (const JuminJson *object, const char *key);
guint jumin_json_get_choice (const JuminJson *object, const char *key, const char *const *choices);
char *jumin_json_read_id (const JuminJson *place);
char *jumin_json_dup_id (const JuminJson *object, const char *key);
const char *jumin_json_get_string (const JuminJson *object, const char *key, gsize length_max);
const char *jumin_json_get_match (const JuminJson *object, const char *key, const char *pattern,
                                  gsize length_max);
const char *jumin_json_get_match_or (const JuminJson *object, const char *key, const char *pattern,
                                     gsize length_max, const char *none);
char *jumin_json_dup_match (const JuminJson *object, const char *key, const char *pattern,
                            gsize length_max);
void jumin_json_read_text (const JuminJson *object, const char *key, JuminText *text);

/* @text: (nullable): null in the document */
void jumin_json_add_nullable (cJSON *object, const char *key, const char *text);

G_END_DECLS
