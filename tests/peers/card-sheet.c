/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards as data: profiles (how a card behaves) and holders (what it holds) from JSON files, turned
 * into the bytes that the chip gives. README.md tells every key; an unknown one refuses the file.
 *
 * Layout after the public readers of the social-security card: EF05 what the issuer says of the
 * card, EF06 the holder. A record is tag, length, value. */
#include "card-sheet.h"

#include <cjson/cJSON.h>
#include <gio/gio.h>
#include <string.h>

typedef enum
{
  CODING_TEXT,     /* ASCII, padded at the right */
  CODING_DIGITS,   /* two digits a byte, padded with F at the right */
  CODING_NAME,     /* GB18030, the first 30 bytes */
  CODING_EXTENSION /* GB18030, what of the name did not fit */
} Coding;

enum
{
  TAG_EXTENSION = 0x4E,
  NAME_BYTES_MAX = 50,
  LOCKED_MAX = 16,
  HISTORY_LENGTH = 13,
  SERIAL_OFFSET = 8, /* in the card identifier, after three bytes of region and five of issuer */
  SERIAL_LENGTH = 4
};

/* Record numbers follow the order of the rows. */
static const struct
{
  guint16 file;
  guint8 tag, length;
  Coding coding;
  const char *key;
} layout[] = {
  { 0xEF05, 0x01, 16, CODING_DIGITS, "identifier" },
  { 0xEF05, 0x02, 1, CODING_TEXT, "category" },
  { 0xEF05, 0x03, 4, CODING_TEXT, "version" },
  { 0xEF05, 0x04, 12, CODING_DIGITS, "issuer" },
  { 0xEF05, 0x05, 4, CODING_DIGITS, "issued" },
  { 0xEF05, 0x06, 4, CODING_DIGITS, "valid_until" },
  { 0xEF05, 0x07, 9, CODING_TEXT, "number" },
  { 0xEF06, 0x08, 18, CODING_TEXT, "id_number" },
  { 0xEF06, 0x09, 30, CODING_NAME, "name" },
  { 0xEF06, TAG_EXTENSION, 20, CODING_EXTENSION, "name" },
  { 0xEF06, 0x0A, 1, CODING_TEXT, "sex" },
  { 0xEF06, 0x0B, 1, CODING_DIGITS, "ethnic_group" },
  { 0xEF06, 0x0C, 3, CODING_DIGITS, "birthplace" },
  { 0xEF06, 0x0D, 4, CODING_DIGITS, "birth" },
};

static const char *const profile_keys[] = { "note",
                                            "protocol",
                                            "applications",
                                            "select_root_first",
                                            "select_file",
                                            "records",
                                            "get_response",
                                            "exact_length",
                                            "padding",
                                            "file_information",
                                            "extension_record",
                                            "locked",
                                            "fault",
                                            NULL };
static const char *const card_keys[]
    = { "profile",      "identifier",  "category", "version", "issuer",
        "issued",       "valid_until", "number",   "sex",     "region",
        "ethnic_group", "birthplace",  "name_hex", NULL };
static const char *const file_keys[] = { "profiles", "cards", NULL };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

static gboolean
refuse (GError **error, const char *where, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", where, what);
  return FALSE;
}

static gboolean
check_keys (const cJSON *object, const char *const *keys, const char *where, GError **error)
{
  const cJSON *member;

  if (!cJSON_IsObject (object))
    return refuse (error, where, "is not an object");
  cJSON_ArrayForEach (member, object) if (!g_strv_contains (keys, member->string))
  {
    g_autofree char *path = g_strconcat (where, ".", member->string, NULL);
    return refuse (error, path, "unknown key");
  }
  return TRUE;
}

static const char *
get_text (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

static gboolean
is_true (const cJSON *object, const char *key)
{
  return cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (object, key));
}

static gboolean
lists (const cJSON *object, const char *key, const char *word)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive (object, key))
  {
    const char *text = cJSON_GetStringValue (item);
    if (text != NULL && g_ascii_strcasecmp (text, word) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Odd and missing digits become F. Returns the number of bytes, at most @length. */
static guint
pack_digits (const char *digits, guint8 *bytes, guint length)
{
  guint n_digits = (guint)strlen (digits);

  for (guint i = 0; i < length; i++)
    {
      int high = 2 * i < n_digits ? g_ascii_xdigit_value (digits[2 * i]) : 0xF;
      int low = 2 * i + 1 < n_digits ? g_ascii_xdigit_value (digits[2 * i + 1]) : 0xF;
      bytes[i] = (guint8)((high & 0xF) << 4 | (low & 0xF));
    }
  return MIN ((n_digits + 1) / 2, length);
}

/* As much of @name as fits into 30 bytes without cutting a character; @extension: the rest. */
static gboolean
pack_name (const char *name, gboolean extension, JuminSheetRecord *record)
{
  const char *rest = name;
  gsize used = 0, skip = 0;

  while (*rest != '\0')
    {
      gsize length = 0;
      const char *next = g_utf8_next_char (rest);
      g_autofree char *bytes
          = g_convert (rest, next - rest, "GB18030", "UTF-8", NULL, &length, NULL);
      if (bytes == NULL)
        return FALSE;
      if (skip + length > JUMIN_SHEET_VALUE_MAX || used > 0)
        {
          if (!extension)
            return TRUE;
          if (used + length > record->length)
            return FALSE;
          memcpy (record->value + used, bytes, length);
          used += length;
        }
      else
        {
          if (!extension)
            memcpy (record->value + skip, bytes, length);
          skip += length;
        }
      rest = next;
    }
  return TRUE;
}

/* What a holder's file may leave out follows from what it says. */
static char *
dup_value (const cJSON *holder, const cJSON *card, const char *key)
{
  const char *value = get_text (card, key), *number = get_text (holder, "id_number");
  const char *version = get_text (card, "version");

  if (value == NULL)
    value = get_text (holder, key);
  if (value != NULL)
    return g_strdup (value);
  if (strcmp (key, "category") == 0 && version != NULL)
    return g_strndup (version, 1);
  if (strcmp (key, "birthplace") == 0 && number != NULL)
    return g_strndup (number, 6);
  if (strcmp (key, "birth") == 0 && number != NULL && strlen (number) == 18)
    return g_strndup (number + 6, 8);
  if (strcmp (key, "issuer") == 0)
    return g_strdup ("915600000000000000500000");
  return g_strdup ("");
}

static gboolean
fill_record (JuminSheetRecord *record, gsize row, const cJSON *holder, const cJSON *card,
             guint8 padding, GError **error)
{
  g_autofree char *value = dup_value (holder, card, layout[row].key);
  const char *name_hex = get_text (card, "name_hex");

  record->file = layout[row].file;
  record->tag = layout[row].tag;
  record->length = layout[row].length;
  memset (record->value, padding, record->length);
  switch (layout[row].coding)
    {
    case CODING_TEXT:
      if (strlen (value) > record->length)
        return refuse (error, layout[row].key, "is too long for its record");
      memcpy (record->value, value, strlen (value));
      return TRUE;
    case CODING_DIGITS:
      pack_digits (value, record->value, record->length);
      return TRUE;
    case CODING_NAME:
    case CODING_EXTENSION:
      if (name_hex != NULL)
        {
          if (layout[row].coding == CODING_NAME)
            pack_digits (name_hex, record->value,
                         MIN (record->length, (guint)strlen (name_hex) / 2));
          return TRUE;
        }
      return pack_name (value, layout[row].coding == CODING_EXTENSION, record)
             || refuse (error, "name", "does not fit into 30 and 20 bytes of GB18030");
    default:
      g_assert_not_reached ();
    }
}

/* 3B, then 13 historical bytes 00 | chip (4) | 86 | vendor | region (2) | card serial (4). With T=1
 * the interface byte TD1 and the check byte TCK are there, too. ATRs do not tell cards apart: a
 * bank card's looks the same. */
static void
make_atr (JuminSheet *self, gboolean t1, const guint8 *serial)
{
  guint8 history[HISTORY_LENGTH] = { 0x00, 0x81, 0x00, 0x88, 0x43, 0x86, 0x65, 0x33, 0x01 };
  guint8 check = 0;

  memcpy (history + HISTORY_LENGTH - SERIAL_LENGTH, serial, SERIAL_LENGTH);
  if (t1)
    memcpy (self->atr, (guint8[]){ 0x3B, 0x80 | HISTORY_LENGTH, 0x01 }, self->atr_length = 3);
  else
    memcpy (self->atr, (guint8[]){ 0x3B, 0x60 | HISTORY_LENGTH, 0x00, 0x00 }, self->atr_length = 4);
  memcpy (self->atr + self->atr_length, history, HISTORY_LENGTH);
  self->atr_length += HISTORY_LENGTH;
  if (!t1)
    return;
  for (guint i = 1; i < self->atr_length; i++)
    check ^= self->atr[i];
  self->atr[self->atr_length++] = check;
}

static void
read_profile (JuminSheet *self, const cJSON *profile)
{
  self->social_security = lists (profile, "applications", "social-security");
  self->bank = lists (profile, "applications", "bank");
  self->root_first = is_true (profile, "select_root_first");
  self->select_00 = lists (profile, "select_file", "00");
  self->select_02 = lists (profile, "select_file", "02");
  self->by_tag = lists (profile, "records", "tag");
  self->by_number = lists (profile, "records", "number");
  self->get_response = is_true (profile, "get_response");
  self->exact_length = is_true (profile, "exact_length");
  self->file_information = is_true (profile, "file_information");
}

static JuminSheet *
make_sheet (const cJSON *holder, const cJSON *profile, GError **error)
{
  g_autoptr (JuminSheet) self = g_new0 (JuminSheet, 1);
  const cJSON *card = cJSON_GetObjectItemCaseSensitive (holder, "card");
  const char *padding = get_text (profile, "padding"), *fault = get_text (profile, "fault");
  const char *identifier = get_text (card, "identifier"), *id = get_text (holder, "id");
  guint8 serial[SERIAL_LENGTH] = { 0 };

  self->id = g_strdup (id);
  read_profile (self, profile);
  if (fault != NULL && !jumin_fault_parse (fault, &self->fault))
    {
      refuse (error, "fault", "is not one of those in README.md");
      return NULL;
    }
  if (identifier != NULL && strlen (identifier) >= 2 * (SERIAL_OFFSET + SERIAL_LENGTH))
    pack_digits (identifier + 2 * SERIAL_OFFSET, serial, SERIAL_LENGTH);
  make_atr (self, g_strcmp0 (get_text (profile, "protocol"), "T=1") == 0, serial);

  for (gsize row = 0; self->social_security && row < G_N_ELEMENTS (layout); row++)
    {
      JuminSheetRecord *record = &self->records[self->n_records];
      char tag[3];
      if (layout[row].tag == TAG_EXTENSION && !is_true (profile, "extension_record"))
        continue;
      if (!fill_record (record, row, holder, card, g_strcmp0 (padding, "20") == 0 ? 0x20 : 0x00,
                        error))
        return NULL;
      g_snprintf (tag, sizeof tag, "%02X", record->tag);
      record->locked = lists (profile, "locked", tag);
      self->n_records++;
    }
  return g_steal_pointer (&self);
}

static cJSON *
parse_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  cJSON *json = length > JUMIN_SHEET_FILE_BYTES_MAX ? NULL : cJSON_ParseWithLength (text, length);
  if (json == NULL)
    refuse (error, path, "is not JSON, or too long");
  return json;
}

static gboolean
add_sheets (GPtrArray *sheets, const cJSON *profiles, const cJSON *holders, const char *path,
            GError **error)
{
  const cJSON *holder;
  guint index = 0;

  cJSON_ArrayForEach (holder, holders)
  {
    g_autofree char *where = g_strdup_printf ("%s: card %u", path, index++);
    const cJSON *card = cJSON_GetObjectItemCaseSensitive (holder, "card");
    const char *name = get_text (card, "profile");
    const cJSON *profile = name ? cJSON_GetObjectItemCaseSensitive (profiles, name) : NULL;
    if (get_text (holder, "id") == NULL || profile == NULL)
      return refuse (error, where, "has no id, or its card no known profile");
    if (!check_keys (card, card_keys, where, error))
      return FALSE;
    JuminSheet *sheet = make_sheet (holder, profile, error);
    if (sheet == NULL)
      {
        g_prefix_error (error, "%s: ", where);
        return FALSE;
      }
    g_ptr_array_add (sheets, sheet);
    if (sheets->len > JUMIN_SHEETS_MAX)
      return refuse (error, path, "has too many cards");
  }
  return TRUE;
}

/**
 * jumin_sheets_load:
 * @cards_path: file of profiles and, perhaps, of cards of its own
 * @residents_path: (nullable): file of residents with their cards
 *
 * Returns: (transfer full) (element-type JuminSheet) (nullable): all cards
 */
GPtrArray *
jumin_sheets_load (const char *cards_path, const char *residents_path, GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_sheet_free);
  g_autoptr (cJSON) file = parse_file (cards_path, error);
  const cJSON *profile;

  if (file == NULL || !check_keys (file, file_keys, cards_path, error))
    return NULL;
  const cJSON *profiles = cJSON_GetObjectItemCaseSensitive (file, "profiles");
  cJSON_ArrayForEach (profile, profiles)
  {
    g_autofree char *where = g_strdup_printf ("%s: profiles.%s", cards_path, profile->string);
    if (!check_keys (profile, profile_keys, where, error))
      return NULL;
  }
  if (!add_sheets (sheets, profiles, cJSON_GetObjectItemCaseSensitive (file, "cards"), cards_path,
                   error))
    return NULL;
  if (residents_path == NULL)
    return g_steal_pointer (&sheets);

  g_autoptr (cJSON) residents = parse_file (residents_path, error);
  if (residents == NULL || !add_sheets (sheets, profiles, residents, residents_path, error))
    return NULL;
  return g_steal_pointer (&sheets);
}

const JuminSheet *
jumin_sheets_find (GPtrArray *sheets, const char *id)
{
  for (guint i = 0; i < sheets->len; i++)
    {
      const JuminSheet *sheet = sheets->pdata[i];
      if (strcmp (sheet->id, id) == 0)
        return sheet;
    }
  return NULL;
}

void
jumin_sheet_free (JuminSheet *self)
{
  g_free (self->id);
  g_free (self);
}

/* What a fault is called, and what number it takes. */
static const struct
{
  const char *word;
  JuminFaultKind kind;
  guint base; /* of its number; 0: takes none */
  gboolean needed;
  guint max;
} fault_words[] = {
  { "none", JUMIN_FAULT_NONE },
  { "mute", JUMIN_FAULT_MUTE },
  { "hang", JUMIN_FAULT_HANG },
  { "no-atr", JUMIN_FAULT_NO_ATR, 10, FALSE, JUMIN_FAULT_COMMANDS_MAX },
  { "garbage-atr", JUMIN_FAULT_GARBAGE_ATR },
  { "short", JUMIN_FAULT_SHORT },
  { "empty", JUMIN_FAULT_EMPTY },
  { "garbage", JUMIN_FAULT_GARBAGE, 10, FALSE, G_MAXUINT },
  { "endless", JUMIN_FAULT_ENDLESS },
  { "wrong-le", JUMIN_FAULT_WRONG_LE },
  { "unknown", JUMIN_FAULT_UNKNOWN },
  { "status", JUMIN_FAULT_STATUS, 16, TRUE, 0xFFFF },
  { "pull", JUMIN_FAULT_PULL, 10, TRUE, JUMIN_FAULT_COMMANDS_MAX },
  { "truncated", JUMIN_FAULT_TRUNCATED, 16, FALSE, 0xFF },
  { "surplus", JUMIN_FAULT_SURPLUS, 16, FALSE, 0xFF },
  { "long", JUMIN_FAULT_LONG, 16, FALSE, 0xFF },
  { "wrong-tag", JUMIN_FAULT_WRONG_TAG, 16, FALSE, 0xFF },
};

/* Takes "from N" off the end of @words. */
static gboolean
parse_from (char **words, guint *from)
{
  guint n = g_strv_length (words);
  guint64 value;

  if (n < 3 || strcmp (words[n - 2], "from") != 0)
    return TRUE;
  if (!g_ascii_string_to_unsigned (words[n - 1], 10, 0, JUMIN_FAULT_COMMANDS_MAX, &value, NULL))
    return FALSE;
  *from = (guint)value;
  g_clear_pointer (&words[n - 1], g_free);
  g_clear_pointer (&words[n - 2], g_free);
  return TRUE;
}

/**
 * jumin_fault_parse:
 * @text: a word of those above, its number, "from N": as README.md has them
 *
 * Returns: whether @text is a fault
 */
gboolean
jumin_fault_parse (const char *text, JuminFault *fault)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 4);
  guint64 value = 0;
  guint from = 0;

  if (words[0] == NULL || !parse_from (words, &from))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fault_words); i++)
    {
      if (strcmp (words[0], fault_words[i].word) != 0)
        continue;
      if (words[1] == NULL ? fault_words[i].needed
                           : fault_words[i].base == 0 || words[2] != NULL
                                 || !g_ascii_string_to_unsigned (words[1], fault_words[i].base, 0,
                                                                 fault_words[i].max, &value, NULL))
        return FALSE;
      *fault = (JuminFault){ fault_words[i].kind, (guint)value, from };
      return TRUE;
    }
  return FALSE;
}
