/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue, from a disk or the platform. */
#include <gio/gio.h>

#include "fuzz.h"
#include "model/catalogue.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCatalogue) catalogue
      = jumin_catalogue_parse ((const char *)data, (gssize)size, "fuzz", &error);

  g_assert ((catalogue != NULL) == (error == NULL));
  if (catalogue == NULL)
    return 0;
  for (guint i = 0; i < catalogue->services->len; i++)
    {
      const JuminService *service = catalogue->services->pdata[i];

      g_assert (jumin_catalogue_find (catalogue, service->id) == service);
    }
  return 0;
}
