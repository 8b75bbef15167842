/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: which services there are, in the order of their tiles. It is refused as a whole:
 * a service that is half understood would lead a resident nowhere. */
#include "model/catalogue.h"

#include <string.h>

#include "model/json.h"

enum
{
  VERSION_MAX = G_MAXINT
};

static const char *const flows[] = { "queue", "query", "certificate", "verify", "payment", NULL };
static const char *const proofs[] = { [JUMIN_NEED_CODE] = "code",
                                      [JUMIN_NEED_CARD] = "card",
                                      [JUMIN_NEED_CARD_PLATFORM] = "card-platform",
                                      [JUMIN_NEED_MESSAGE] = "message",
                                      NULL };

const char *const jumin_families[]
    = { "queue", "fund", "bill", "cert", "water", "power", "gas", NULL };

static void
service_free (JuminService *self)
{
  g_free (self->id);
  g_free (self->flow);
  g_free (self->icon);
  g_free (self->family);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->line);
  g_strfreev (self->records);
  g_strfreev (self->papers);
  g_free (self);
}

/* (transfer full): ids, each once */
static char **
dup_ids (const JuminJson *object, const char *key, int length_max)
{
  JuminJson place = jumin_json_array (object, key, length_max), element = { NULL };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  while (jumin_json_next (&place, &element))
    {
      char *id = jumin_json_read_id (&element);

      if (g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        jumin_json_fail (&element, "'%s' stands here twice", id);
      g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (ids, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

static JuminService *
read_service (const JuminJson *place)
{
  JuminService *service = g_new0 (JuminService, 1);

  service->id = jumin_json_dup_id (place, "id");
  service->flow = g_strdup (flows[jumin_json_get_choice (place, "flow", flows)]);
  service->icon = jumin_json_dup_match (place, "icon", "^[a-z]+$", JUMIN_ICON_MAX);
  service->family
      = g_strdup (jumin_families[jumin_json_get_choice (place, "family", jumin_families)]);
  service->need = (JuminNeed)jumin_json_get_choice (place, "proof", proofs);
  jumin_json_read_text (place, "title", &service->title);
  jumin_json_read_text (place, "line", &service->line);
  service->records = dup_ids (place, "records", JUMIN_SERVICE_RECORDS_MAX);
  service->papers = dup_ids (place, "papers", JUMIN_SERVICE_PAPERS_MAX);
  if (g_str_equal (service->flow, "query") && *service->records == NULL)
    {
      JuminJson records = jumin_json_member (place, "records");

      jumin_json_fail (&records, "nothing to look at");
    }
  return service;
}

static void
read_services (const JuminJson *root, GPtrArray *services)
{
  JuminJson place = jumin_json_array (root, "services", JUMIN_SERVICES_MAX), element = { NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  while (jumin_json_next (&place, &element))
    {
      JuminService *service = read_service (&element);

      g_ptr_array_add (services, service);
      if (!g_hash_table_add (ids, service->id))
        {
          JuminJson id = jumin_json_member (&element, "id");

          jumin_json_fail (&id, "'%s' stands in the catalogue twice", service->id);
        }
    }
}

static void
read_catalogue (const JuminJson *root, gpointer data)
{
  JuminCatalogue *self = data;

  self->version = (int)jumin_json_get_integer (root, "version", 1, VERSION_MAX);
  read_services (root, self->services);
}

/**
 * jumin_catalogue_parse:
 * @json: the text
 * @length: its bytes, or −1 when it ends with NUL
 * @name: what to call the text in the error
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path.
 *
 * Returns: (transfer full): the catalogue
 */
JuminCatalogue *
jumin_catalogue_parse (const char *json, gssize length, const char *name, GError **error)
{
  g_autoptr (JuminCatalogue) self = g_new0 (JuminCatalogue, 1);
  JuminJsonFile file
      = { "Catalogue", name, json, length, JUMIN_CATALOGUE_BYTES_MAX, .quoting = TRUE };

  self->services = g_ptr_array_new_with_free_func ((GDestroyNotify)service_free);
  return jumin_json_read_file (&file, read_catalogue, self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jumin_catalogue_find:
 * @id: (nullable): a service's id
 *
 * Returns: (nullable) (transfer none): the service
 */
const JuminService *
jumin_catalogue_find (const JuminCatalogue *self, const char *id)
{
  for (guint i = 0; i < self->services->len; i++)
    {
      const JuminService *service = self->services->pdata[i];

      if (g_strcmp0 (service->id, id) == 0)
        return service;
    }
  return NULL;
}

void
jumin_catalogue_free (JuminCatalogue *self)
{
  g_ptr_array_unref (self->services);
  g_free (self);
}
