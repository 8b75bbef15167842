/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view on the border: what is written is read back; what exceeds a bound is refused. */
#include "ipc/view.h"

static JuminView *
sample_new (void)
{
  JuminView *view = jumin_view_new ("choose");
  JuminBlock *block = jumin_view_add_block (view, "choices", "matter");
  JuminItem *item = jumin_block_add (block, "fund");

  view->page = G_MAXUINT64;
  view->revision = 7;
  view->deadline = 123456789;
  view->elder = TRUE;
  view->title = g_strdup ("您要到窗口办什么？");
  item->title = g_strdup ("公积金");
  item->level = 33;
  jumin_items_add (view->nav, "back");
  return view;
}

static void
test_a_view_comes_back_as_it_was (void)
{
  g_autoptr (JuminView) view = sample_new ();
  g_autoptr (GVariant) sent = g_variant_ref_sink (jumin_view_to_variant (view));
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminView) read = jumin_view_from_variant (sent, &error);
  g_autoptr (GVariant) again = NULL;

  g_assert_no_error (error);
  again = g_variant_ref_sink (jumin_view_to_variant (read));
  g_assert_true (g_variant_equal (sent, again));
  g_assert_cmpuint (read->page, ==, G_MAXUINT64);
  g_assert_true (read->elder);
  g_assert_false (read->reach);
  g_assert_cmpstr (((JuminBlock *)read->blocks->pdata[0])->kind, ==, "choices");
  g_assert_nonnull (jumin_items_find (read->nav, "back"));
  g_assert_null (jumin_items_find (read->nav, "home"));
}

static void
refuse (const char *name, GVariant *value)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_dict_insert (&dict, "kind", "s", "home");
  g_variant_dict_insert_value (&dict, name, value);
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_null (jumin_view_from_variant (variant, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_a_view_without_a_kind_is_refused (void)
{
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_view_from_variant (empty, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  refuse ("kind", g_variant_new_string (""));
}

static void
test_bounds_and_types_are_kept (void)
{
  g_autofree char *text = g_strnfill (JUMIN_VIEW_TEXT_MAX + 1, 'a');
  GVariantBuilder many = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (int i = 0; i <= JUMIN_VIEW_ITEMS_MAX; i++)
    g_variant_builder_add (&many, "a{sv}", NULL);
  refuse ("title", g_variant_new_string (text));
  refuse ("nav", g_variant_builder_end (&many));
  refuse ("page", g_variant_new_string ("1"));
  refuse ("elder", g_variant_new_int64 (1));
}

static void
test_the_clock_goes_on (void)
{
  static const struct
  {
    const char *said, *shown;
    gint64 end_s, now_s;
  } rows[] = {
    { "10:26", "10:26", 0, 1000 },
    { "10:26", "10:26", 100, 99 },
    { "10:26", "10:27", 100, 100 },
    { "10:26", "10:27", 100, 159 },
    { "10:26", "10:28", 100, 160 },
    { "09:59", "10:00", 100, 101 },
    { "23:58", "00:01", 100, 221 },
    { "soon", "soon", 100, 221 },
    { "10:26", "10:26", -100, 1000 },
    { NULL, NULL, 100, 221 },
    { "10:26", "15:27", 100, 5 * 3600 + 100 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JuminView) view = jumin_view_new ("home");
      g_autofree char *shown = NULL;

      view->clock = g_strdup (rows[i].said);
      view->minute_end = rows[i].end_s * G_USEC_PER_SEC;
      shown = jumin_view_dup_clock (view, rows[i].now_s * G_USEC_PER_SEC);
      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/comes_back_as_it_was", test_a_view_comes_back_as_it_was);
  g_test_add_func ("/view/without_a_kind_is_refused", test_a_view_without_a_kind_is_refused);
  g_test_add_func ("/view/bounds_and_types_are_kept", test_bounds_and_types_are_kept);
  g_test_add_func ("/view/the_clock_goes_on_by_minutes", test_the_clock_goes_on);
  return g_test_run ();
}
