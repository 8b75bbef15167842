/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers that the platform signed, and the same with one thing different. */
#include "platform/document-seal.h"

#include <string.h>

#define TERMINAL "T-0003"
#define REQUEST "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define ID_NUMBER "50010119600101001X"
#define PDF "%PDF-1.5\n1 0 obj\nendobj\n%%EOF\n"

typedef struct
{
  GPtrArray *keys;
  JuminDocument *document;
} Fixture;

static char *
sign (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *signature = jumin_sm2_sign (fixture->keys->pdata[0], text, &error);

  g_assert_no_error (error);
  return signature;
}

static char *
dup_code (Fixture *fixture, const char *number, gint64 fen)
{
  JuminVerification said = {
    .number = (char *)number,
    .kind = (char *)"fund-deposit",
    .owner = (char *)"5001************1X",
    .issued_at = 1795227960,
    .fen = fen,
  };
  g_autofree char *text = jumin_verification_dup_text (&said);
  g_autofree char *signature = sign (fixture, text);

  return g_strconcat (text, " ", signature, NULL);
}

/* As the platform signs it, with all that is in it now. */
static void
seal (Fixture *fixture)
{
  JuminDocument *document = fixture->document;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (jumin_document_add_digests (document, &error));
  text = jumin_document_dup_text (document, TERMINAL);
  g_free (document->signature);
  document->signature = sign (fixture, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  JuminDocument *document = jumin_document_new ();

  fixture->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)EVP_PKEY_free);
  g_ptr_array_add (fixture->keys, EVP_PKEY_Q_keygen (NULL, NULL, "SM2"));
  fixture->document = document;
  document->number = g_strdup ("GJJ-20261121-000371");
  document->kind = g_strdup ("fund-deposit");
  document->request = g_strdup (REQUEST);
  document->owner = jumin_document_dup_owner (REQUEST, ID_NUMBER, NULL);
  document->issued_at = 1795227960;
  document->copies = 3;
  document->pages = 1;
  document->verification = dup_code (fixture, document->number, 8651237);
  jumin_document_take_pdf (document, g_strdup (PDF), strlen (PDF));
  seal (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jumin_document_free (fixture->document);
  g_ptr_array_unref (fixture->keys);
}

static void
assert_refused (Fixture *fixture, const char *terminal)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jumin_document_verify (fixture->document, terminal, fixture->keys, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_a_good_paper_is_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jumin_document_verify (fixture->document, TERMINAL, fixture->keys, &error));
  g_assert_no_error (error);
}

static void
test_an_owner_depends_on_the_request (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other
      = jumin_document_dup_owner ("1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10", ID_NUMBER, NULL);
  g_autofree char *same = jumin_document_dup_owner (REQUEST, ID_NUMBER, NULL);

  g_assert_cmpstr (same, ==, fixture->document->owner);
  g_assert_cmpstr (other, !=, fixture->document->owner);
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* One thing after the other is not as it was signed. */
static void
test_nothing_of_it_can_be_changed (Fixture *fixture, gconstpointer data)
{
  JuminDocument *document = fixture->document;
  struct
  {
    char **field;
    const char *value;
  } changes[] = {
    { &document->number, "GJJ-20261121-000372" },
    { &document->kind, "fund-settled" },
    { &document->owner, "00" },
    { &document->request, "1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10" },
    { &document->sm3, "00" },
    { &document->sha256, "00" },
    { &document->signature, "AAAA" },
    { &document->verification, "JUMIN-DOC/1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *kept = g_strdup (*changes[i].field);

      set (changes[i].field, changes[i].value);
      assert_refused (fixture, TERMINAL);
      set (changes[i].field, kept);
    }
  document->copies++;
  assert_refused (fixture, TERMINAL);
  document->copies--;
  document->pages++;
  assert_refused (fixture, TERMINAL);
  document->pages--;
  document->issued_at++;
  assert_refused (fixture, TERMINAL);
  document->issued_at--;
  assert_refused (fixture, "T-0004");
  test_a_good_paper_is_good (fixture, NULL);
}

/* What is signed and yet no paper, or has the code of another one. */
static void
test_a_signature_alone_makes_no_paper (Fixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "", "%PDF-", "no paper %%EOF", "%PDF-1.5 cut off" };
  g_autofree char *code = dup_code (fixture, "GJJ-20200101-000001", 1);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      jumin_document_take_pdf (fixture->document, g_strdup (files[i]), strlen (files[i]));
      seal (fixture);
      assert_refused (fixture, TERMINAL);
    }
  jumin_document_take_pdf (fixture->document, g_strdup (PDF), strlen (PDF));
  seal (fixture);
  test_a_good_paper_is_good (fixture, NULL);
  set (&fixture->document->verification, code);
  assert_refused (fixture, TERMINAL);
}

static void
test_a_code_is_read_without_asking (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = dup_code (fixture, "SB-20261121-000002", JUMIN_FIGURE_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminVerification) said
      = jumin_verification_read (fixture->document->verification, fixture->keys, &error);
  g_autoptr (JuminVerification) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (said->number, ==, "GJJ-20261121-000371");
  g_assert_cmpstr (said->kind, ==, "fund-deposit");
  g_assert_cmpstr (said->owner, ==, "5001************1X");
  g_assert_cmpint (said->fen, ==, 8651237);
  other = jumin_verification_read (plain, fixture->keys, &error);
  g_assert_no_error (error);
  g_assert_cmpint (other->fen, ==, JUMIN_FIGURE_NONE);
}

static void
assert_no_code (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_verification_read (text, fixture->keys, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_a_code_that_is_none_is_refused (Fixture *fixture, gconstpointer data)
{
  const char *good = fixture->document->verification;
  g_autofree char *more = g_strconcat (good, " ", NULL);
  g_autofree char *long_one = g_strnfill (JUMIN_VERIFICATION_MAX + 1, 'x');

  assert_no_code (fixture, "");
  assert_no_code (fixture, "JUMIN-DOC/1");
  assert_no_code (fixture, "https://example.com/");
  assert_no_code (fixture, more);
  assert_no_code (fixture, long_one);
  /* Each byte of it matters. */
  for (gsize i = 0; i < strlen (good); i++)
    for (char other = ' '; other <= '~'; other++)
      {
        g_autofree char *changed = g_strdup (good);

        changed[i] = other;
        if (other != good[i])
          assert_no_code (fixture, changed);
      }
}

/* What an earlier key signed is good for as long as that key is held. */
static void
test_a_code_of_the_key_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)EVP_PKEY_free);
  g_autoptr (JuminVerification) said = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (keys, EVP_PKEY_Q_keygen (NULL, NULL, "SM2"));
  g_assert_null (jumin_verification_read (fixture->document->verification, keys, NULL));
  EVP_PKEY_up_ref (fixture->keys->pdata[0]);
  g_ptr_array_add (keys, fixture->keys->pdata[0]);
  said = jumin_verification_read (fixture->document->verification, keys, &error);
  g_assert_no_error (error);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/seal/a_good_paper_is_good", test_a_good_paper_is_good },
  { "/seal/an_owner_depends_on_the_request", test_an_owner_depends_on_the_request },
  { "/seal/nothing_of_it_can_be_changed", test_nothing_of_it_can_be_changed },
  { "/seal/a_signature_alone_makes_no_paper", test_a_signature_alone_makes_no_paper },
  { "/seal/a_code_is_read_without_asking", test_a_code_is_read_without_asking },
  { "/seal/a_code_that_is_none_is_refused", test_a_code_that_is_none_is_refused },
  { "/seal/a_code_of_the_key_before", test_a_code_of_the_key_before },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
