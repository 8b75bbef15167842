/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ID numbers and names as people and platforms write them: checked, made new, masked. */
#include <string.h>

#include "fuzz.h"
#include "model/id-number.h"
#include "model/mask.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  g_autofree char *text = feed_dup (&feed, 64), *name = NULL;
  g_autoptr (GDate) today = g_date_new_dmy (21, G_DATE_NOVEMBER, 2026);
  char number[JUMIN_ID_NUMBER_LENGTH + 1] = "";
  gboolean good = jumin_id_number_check (text, today);
  int age = jumin_id_number_get_age (text, today);

  g_assert (age >= -1);
  g_assert (!good || (strlen (text) == JUMIN_ID_NUMBER_LENGTH && age >= 0));
  g_strlcpy (number, text, sizeof number);
  if (jumin_id_number_modernise (number))
    g_assert (strlen (number) == JUMIN_ID_NUMBER_LENGTH);
  if (g_str_is_ascii (text))
    {
      g_autofree char *masked = jumin_mask_number (text);

      g_assert (strlen (masked) == strlen (text));
    }
  name = jumin_mask_name (text);
  g_assert (g_utf8_validate (name, -1, NULL));
  return 0;
}
