/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue: what it takes, and how it says no. */
#include <gio/gio.h>
#include <string.h>

#include "model/catalogue.h"

#define SERVICE(id, flow, more) PROVED (id, flow, "code", more)
#define PROVED(id, flow, proof, more) OFFERING (id, flow, proof, "", more)
#define OFFERING(id, flow, proof, papers, more)                                                    \
  "{\"id\":\"" id "\",\"flow\":\"" flow                                                            \
  "\",\"icon\":\"queue\",\"family\":\"queue\",\"proof\":\"" proof "\","                            \
  "\"title\":{\"zh\":\"取号排队\",\"en\":\"Take a queue number\"},"                            \
  "\"line\":{\"zh\":\"到窗口办事，先取号\",\"en\":\"\"},"                                 \
  "\"records\":[\"fund-account\",\"fund-lines\"],\"papers\":[" papers "]" more "}"
#define QUERY_OF_NOTHING                                                                           \
  "{\"id\":\"a\",\"flow\":\"query\",\"icon\":\"fund\",\"family\":\"fund\",\"proof\":\"code\","     \
  "\"title\":{\"zh\":\"公积金\",\"en\":\"\"},\"line\":{\"zh\":\"余额\",\"en\":\"\"},"         \
  "\"records\":[],\"papers\":[]}"
#define CATALOGUE(services) "{\"version\":3,\"services\":[" services "]}"

typedef struct
{
  const char *name, *json, *says;
} Refusal;

static const Refusal refusals[] = {
  { "/catalogue/text_that_is_not_json_is_refused", "{\"version\":", "not JSON" },
  { "/catalogue/text_after_the_end_is_refused", CATALOGUE ("") "x", "not JSON" },
  { "/catalogue/an_array_is_refused", "[]", "Catalogue 'x': not an object" },
  { "/catalogue/a_missing_version_is_refused", "{\"services\":[]}", "version: missing" },
  { "/catalogue/a_broken_version_is_refused", "{\"version\":1.5,\"services\":[]}",
    "version: not a whole number from 1 to" },
  { "/catalogue/an_unknown_key_is_refused_with_its_path",
    CATALOGUE (SERVICE ("a", "queue", "") "," SERVICE ("b", "queue", ",\"url\":\"x\"")),
    "services[1].url: unknown key" },
  { "/catalogue/a_key_that_stands_twice_is_refused",
    CATALOGUE (SERVICE ("a", "queue", ",\"id\":\"b\"")), "services[0].id: stands here twice" },
  { "/catalogue/an_unknown_flow_is_refused", CATALOGUE (SERVICE ("a", "dance", "")),
    "services[0].flow: 'dance' is not one of queue" },
  { "/catalogue/an_unknown_proof_is_refused", CATALOGUE (PROVED ("a", "queue", "x", "")),
    "services[0].proof: 'x' is not one of code, card, card-platform, message" },
  { "/catalogue/a_paper_that_is_offered_twice_is_refused",
    CATALOGUE (OFFERING ("a", "queue", "code", "\"b\",\"b\"", "")),
    "services[0].papers[1]: 'b' stands here twice" },
  { "/catalogue/a_paper_that_is_no_id_is_refused",
    CATALOGUE (OFFERING ("a", "queue", "code", "\"b\",7", "")), "services[0].papers[1]: not a" },
  { "/catalogue/a_query_without_records_is_refused", CATALOGUE (QUERY_OF_NOTHING),
    "services[0].records: nothing to look at" },
  { "/catalogue/a_repeated_id_is_refused",
    CATALOGUE (SERVICE ("a", "queue", "") "," SERVICE ("a", "queue", "")),
    "services[1].id: 'a' stands in the catalogue twice" },
  { "/catalogue/an_id_with_a_space_is_refused", CATALOGUE (SERVICE ("a b", "queue", "")),
    "services[0].id: not an id" },
  { "/catalogue/a_missing_title_is_refused", CATALOGUE ("{\"id\":\"a\",\"flow\":\"queue\"}"),
    "services[0].icon: missing" },
  { "/catalogue/a_hidden_end_of_string_is_refused", CATALOGUE (SERVICE ("a\\u0000b", "queue", "")),
    "not JSON" },
  { "/catalogue/a_byte_order_mark_is_refused", "\xef\xbb\xbf" CATALOGUE (""), "not JSON" },
  { "/catalogue/a_key_that_stands_twice_anywhere_is_refused",
    "{\"version\":3,\"services\":[],\"more\":{\"a\":1,\"a\":2}}", "more.a: stands here twice" },
  { "/catalogue/deep_nesting_is_refused", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
    "nested deeper than 16" },
};

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCatalogue) catalogue
      = jumin_catalogue_parse (CATALOGUE (SERVICE ("a", "queue", "")), -1, "x", &error);

  g_assert_no_error (error);
  g_assert_cmpint (catalogue->version, ==, 3);
  g_assert_cmpuint (catalogue->services->len, ==, 1);
  g_assert_cmpstr (jumin_catalogue_find (catalogue, "a")->title.zh, ==, "取号排队");
  g_assert_cmpstr (jumin_catalogue_find (catalogue, "a")->line.en, ==, "");
  g_assert_cmpint (jumin_catalogue_find (catalogue, "a")->need, ==, JUMIN_NEED_CODE);
  g_assert_cmpstr (jumin_catalogue_find (catalogue, "a")->records[1], ==, "fund-lines");
  g_assert_null (jumin_catalogue_find (catalogue, "a")->records[2]);
  g_assert_null (jumin_catalogue_find (catalogue, "a")->papers[0]);
  g_assert_null (jumin_catalogue_find (catalogue, "b"));
  g_assert_null (jumin_catalogue_find (catalogue, NULL));
}

static void
test_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "catalogue.json", NULL);
  g_autoptr (JuminCatalogue) catalogue = NULL;

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  catalogue = jumin_catalogue_parse (json, -1, "catalogue.json", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_catalogue_find (catalogue, "queue")->flow, ==, "queue");
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  JuminCatalogue *catalogue = jumin_catalogue_parse (refusal->json, -1, "x", &error);

  g_assert_null (catalogue);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, refusal->says));
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new ("{\"version\":1,\"services\":[0");
  g_autoptr (GError) error = NULL;
  g_autofree char *long_text = g_strnfill (JUMIN_CATALOGUE_BYTES_MAX + 1, ' ');

  for (int i = 0; i < JUMIN_SERVICES_MAX; i++)
    g_string_append (many, ",0");
  g_string_append (many, "]}");
  g_assert_null (jumin_catalogue_parse (many->str, (gssize)many->len, "x", &error));
  g_assert_cmpstr (error->message, ==, "Catalogue 'x': services: not an array of at most 1000");
  g_clear_error (&error);
  g_assert_null (jumin_catalogue_parse (long_text, -1, "x", &error));
  g_assert_cmpstr (error->message, ==, "Catalogue 'x': longer than 1048576 bytes");
}

/* A file cut anywhere is refused, never read beyond its end. */
static void
test_every_prefix (void)
{
  const char *whole = CATALOGUE (SERVICE ("a", "queue", ""));

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *prefix = g_memdup2 (whole, length);

      if (prefix == NULL)
        continue;
      g_assert_null (jumin_catalogue_parse (prefix, (gssize)length, "x", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/a_service_is_read", test_good);
  g_test_add_func ("/catalogue/the_built_in_file_is_good", test_built_in);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].name, &refusals[i], test_refusal);
  g_test_add_func ("/catalogue/too_much_is_refused", test_bounds);
  g_test_add_func ("/catalogue/every_prefix_is_refused", test_every_prefix);
  return g_test_run ();
}
