/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data that is shipped, for every test that has a terminal or a scene. */
#include "shipped-data.h"

#include "audit/events.h"

/* Returns: (transfer full): data/troubles.json as it stands */
char *
shipped_troubles_dup_text (void)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (JUMIN_DATA "/troubles.json", &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Returns: (transfer full): it, read */
JuminTroubles *
shipped_troubles_new (void)
{
  g_autofree char *text = shipped_troubles_dup_text ();
  g_autoptr (GError) error = NULL;
  JuminTroubles *troubles
      = jumin_troubles_parse (text, -1, "troubles.json", jumin_audit_event_tells_trouble, &error);

  g_assert_no_error (error);
  return troubles;
}

/* Returns: (transfer full): data/catalogue.json as it stands */
JuminCatalogue *
shipped_catalogue_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JuminCatalogue *catalogue;

  g_file_get_contents (JUMIN_DATA "/catalogue.json", &text, NULL, &error);
  g_assert_no_error (error);
  catalogue = jumin_catalogue_parse (text, -1, "catalogue.json", &error);
  g_assert_no_error (error);
  return catalogue;
}

/* Returns: (transfer full): data/code-kinds.json as it stands */
JuminCodeKinds *
shipped_code_kinds_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JuminCodeKinds *kinds;

  g_file_get_contents (JUMIN_DATA "/code-kinds.json", &text, NULL, &error);
  g_assert_no_error (error);
  kinds = jumin_code_kinds_parse (text, -1, "code-kinds.json", &error);
  g_assert_no_error (error);
  return kinds;
}

/* Returns: (transfer full): data/billers.json as it stands */
JuminBillers *
shipped_billers_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JuminBillers *billers;

  g_file_get_contents (JUMIN_DATA "/billers.json", &text, NULL, &error);
  g_assert_no_error (error);
  billers = jumin_billers_parse (text, -1, "billers.json", &error);
  g_assert_no_error (error);
  return billers;
}
