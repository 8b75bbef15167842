/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border, from core to ui: a view as it arrives. */
#include <gio/gio.h>

#include "fuzz.h"
#include "ipc/view.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) raw
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a{sv}"), bytes, FALSE));
  /* As D-Bus gives it: whatever came, its form is a good one. */
  g_autoptr (GVariant) variant = g_variant_get_normal_form (raw);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminView) view = jumin_view_from_variant (variant, &error);

  g_assert ((view != NULL) == (error == NULL));
  if (view != NULL)
    {
      g_autoptr (GVariant) again = g_variant_ref_sink (jumin_view_to_variant (view));
      g_autoptr (JuminView) same = jumin_view_from_variant (again, NULL);
      g_autoptr (JuminView) twin = jumin_view_from_variant (again, NULL);

      g_assert (same != NULL && twin != NULL);
      g_assert (
          jumin_view_equal (same, twin, "title", "deadline", "elder", "steps", "blocks", NULL));
    }
  return 0;
}
