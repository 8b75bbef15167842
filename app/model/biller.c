/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be paid here (data/billers.json). It is refused as a whole: an account number that is
 * asked for in a wrong form would be somebody else's. */
#include "model/biller.h"

#include <string.h>

#include "model/bill.h"
#include "model/catalogue.h"
#include "model/json.h"

enum
{
  DIGITS_MIN = 4
};

static void
biller_free (JuminBiller *self)
{
  g_free (self->id);
  g_free (self->icon);
  g_free (self->family);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->company);
  jumin_text_clear (&self->account_hint);
  g_free (self);
}

void
jumin_billers_free (JuminBillers *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

static JuminBiller *
read_biller (const JuminJson *place)
{
  JuminBiller *biller = g_new0 (JuminBiller, 1);
  JuminJson account = jumin_json_member (place, "account");

  biller->id = jumin_json_dup_id (place, "id");
  biller->icon = jumin_json_dup_match (place, "icon", "^[a-z]+$", JUMIN_ICON_MAX);
  biller->family
      = g_strdup (jumin_families[jumin_json_get_choice (place, "family", jumin_families)]);
  jumin_json_read_text (place, "title", &biller->title);
  jumin_json_read_text (place, "company", &biller->company);
  biller->account_min
      = (int)jumin_json_get_integer (&account, "min", DIGITS_MIN, JUMIN_ACCOUNT_MAX);
  biller->account_max
      = (int)jumin_json_get_integer (&account, "max", biller->account_min, JUMIN_ACCOUNT_MAX);
  jumin_json_read_text (&account, "hint", &biller->account_hint);
  jumin_json_get_string (place, "note", JUMIN_JSON_EN_MAX);
  return biller;
}

static void
read_billers (const JuminJson *root, gpointer data)
{
  JuminBillers *self = data;
  JuminJson place = jumin_json_array (root, "billers", JUMIN_BILLERS_MAX), element = { NULL };

  jumin_json_get_integer (root, "version", 1, 1);
  while (jumin_json_next (&place, &element))
    {
      JuminBiller *biller = read_biller (&element);

      if (jumin_billers_find (self, biller->id) != NULL)
        {
          JuminJson id = jumin_json_member (&element, "id");

          jumin_json_fail (&id, "'%s' stands here twice", biller->id);
        }
      g_ptr_array_add (self->list, biller);
    }
}

/**
 * jumin_billers_parse:
 * @json: the text
 * @length: its bytes, or −1 when it ends with NUL
 * @name: what to call the text in the error
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path.
 *
 * Returns: (transfer full): who can be paid
 */
JuminBillers *
jumin_billers_parse (const char *json, gssize length, const char *name, GError **error)
{
  g_autoptr (JuminBillers) self = g_new0 (JuminBillers, 1);
  JuminJsonFile file = { "Billers", name, json, length, JUMIN_BILLERS_BYTES_MAX, .quoting = TRUE };

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)biller_free);
  return jumin_json_read_file (&file, read_billers, self, error) ? g_steal_pointer (&self) : NULL;
}

/* Returns: (nullable) (transfer none): the biller @id */
const JuminBiller *
jumin_billers_find (const JuminBillers *self, const char *id)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const JuminBiller *biller = self->list->pdata[i];

      if (strcmp (biller->id, id) == 0)
        return biller;
    }
  return NULL;
}
