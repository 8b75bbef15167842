/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CONFIG_INTS_MAX = 8 /* numbers in a list */
};

typedef enum
{
  JUMIN_CONFIG_STRING,      /* any text of one line */
  JUMIN_CONFIG_INT,         /* whole number between min and max */
  JUMIN_CONFIG_INTS,        /* one or more of them, parted by spaces */
  JUMIN_CONFIG_TIME,        /* of the day: 02:00 */
  JUMIN_CONFIG_CHOICE,      /* one of the words in choices */
  JUMIN_CONFIG_PATH,        /* absolute file name, or empty for none */
  JUMIN_CONFIG_URL,         /* https://host:port/path without a slash at the end, or empty */
  JUMIN_CONFIG_PRINTER,     /* device file or socket://host:port, or empty for none */
  JUMIN_CONFIG_IPP,         /* ipp://host[:port]/path, or ipps, or empty for none */
  JUMIN_CONFIG_FINGERPRINT, /* SHA-256 in lower-case hexadecimal digits, or empty for none */
  JUMIN_CONFIG_ZONE         /* a time zone that this system knows: Asia/Shanghai */
} JuminConfigType;

/**
 * JuminConfigKey:
 * @group, @key: where it stands in the file
 * @type: what its value must be
 * @fallback: the value when no file names it, written as in the file
 * @min, @max: bounds of an int, and of each in a list
 * @choices: words of a choice, parted by spaces
 * @doc: one sentence for the operator
 *
 * One known key. A new key is a new row, and a line in data/jumin.conf.
 */
typedef struct
{
  const char *group, *key;
  JuminConfigType type;
  const char *fallback;
  int min, max;
  const char *choices;
  const char *doc;
} JuminConfigKey;

/* Ends with a row whose group is NULL. */
extern const JuminConfigKey jumin_config_keys[];

const JuminConfigKey *jumin_config_keys_find (const char *group, const char *key);
gboolean jumin_config_keys_has_group (const char *group);
gboolean jumin_config_key_check (const JuminConfigKey *key, const char *value, GError **error);

G_END_DECLS
