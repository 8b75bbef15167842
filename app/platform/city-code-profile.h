/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CITY_CODE_FILE_BYTES_MAX = 64 * 1024,
  JUMIN_CITY_CODE_PROFILES_MAX = 16,
  JUMIN_CITY_CODE_PAIRS_MAX = 32,   /* headers, or parameters, or members of one body */
  JUMIN_CITY_CODE_RESULTS_MAX = 64, /* numbers that an answer may give */
  JUMIN_CITY_CODE_PAPERS_MAX = 8,
  JUMIN_CITY_CODE_VALUE_MAX = 128 /* characters of a template */
};

/* What is asked, in this order; a step that a profile does not have is left out. */
typedef enum
{
  JUMIN_CITY_CODE_ACTIVATE, /* this machine becomes known and gets a name */
  JUMIN_CITY_CODE_TOKEN,
  JUMIN_CITY_CODE_RESOLVE,
  JUMIN_CITY_CODE_N_STEPS
} JuminCityCodeStep;

/* What fills the slots of a template, "{token}". */
typedef enum
{
  JUMIN_CITY_CODE_SLOT_ID,      /* of the application, or of the device */
  JUMIN_CITY_CODE_SLOT_SECRET,  /* its secret */
  JUMIN_CITY_CODE_SLOT_REQUEST, /* 32 characters, new for each request */
  JUMIN_CITY_CODE_SLOT_LATITUDE,
  JUMIN_CITY_CODE_SLOT_LONGITUDE,
  JUMIN_CITY_CODE_SLOT_TERMINAL, /* the name that this machine got */
  JUMIN_CITY_CODE_SLOT_TOKEN,
  JUMIN_CITY_CODE_SLOT_TEXT,        /* of the code that was shown */
  JUMIN_CITY_CODE_SLOT_SEALED_TEXT, /* the same, sealed */
  JUMIN_CITY_CODE_N_SLOTS
} JuminCityCodeSlot;

/* What the number in an answer means. */
typedef enum
{
  JUMIN_CITY_CODE_GOOD,
  JUMIN_CITY_CODE_STALE, /* the token has to be renewed */
  JUMIN_CITY_CODE_EXPIRED,
  JUMIN_CITY_CODE_REFUSED,
  JUMIN_CITY_CODE_OUTDATED
} JuminCityCodeResult;

typedef struct
{
  char *name, *value; /* value: a template */
} JuminCityCodePair;

/**
 * JuminCityCodeQuestion:
 * @path: below the profile's base path; NULL: there is no such step
 * @query, @body: (element-type JuminCityCodePair): parameters, and members of a JSON object
 * @post: FALSE: GET, without a body
 */
typedef struct
{
  gboolean post;
  char *path;
  GPtrArray *query, *body;
} JuminCityCodeQuestion;

typedef struct
{
  char *member;
  gboolean sealed;
} JuminCityCodeField;

/**
 * JuminCityCodeProfile:
 * @base_path: "/v1/ykm/third-api"
 * @cbc, @iv: how fields are sealed; the key is the beginning of the secret
 * @headers: (element-type JuminCityCodePair): of every request; an empty one is left out
 * @results: (element-type utf8 JuminCityCodeResult): the number → what it means
 * @result, @data: the members of every answer
 * @token, @expires, @terminal: members of the data of the first steps
 * @sealed: the data of the last step is sealed as a whole
 * @name, @number, @paper: members of it
 * @papers: what @paper says of a resident's ID card; empty: it is not asked
 *
 * One shape of the platform of the codes, as data/city-code.json describes it. Immutable.
 */
typedef struct
{
  char *id, *base_path, *result, *data, *token, *expires, *terminal;
  gboolean cbc, sealed;
  guint8 iv[16];
  GPtrArray *headers;
  GHashTable *results;
  JuminCityCodeQuestion questions[JUMIN_CITY_CODE_N_STEPS];
  JuminCityCodeField name, number, paper;
  GStrv papers;
} JuminCityCodeProfile;

JuminCityCodeProfile *jumin_city_code_profile_parse (const char *json, gssize length,
                                                     const char *name, const char *id,
                                                     GError **error);
void jumin_city_code_profile_free (JuminCityCodeProfile *self);
char *jumin_city_code_template_fill (const char *text,
                                     const char *const values[JUMIN_CITY_CODE_N_SLOTS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodeProfile, jumin_city_code_profile_free)

G_END_DECLS
