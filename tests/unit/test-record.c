/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of records and papers: amounts, blocks, entitlements. */
#include "model/document.h"
#include "model/money.h"

#include <string.h>

static void
test_amounts_are_read (void)
{
  static const char *const bad[] = { "",      "00",
                                     "01",    "-1",
                                     "+1",    "1.0",
                                     " 1",    "1 ",
                                     "1,000", "12345678901234",
                                     "0x1",   "１",
                                     "e9",    "99999999999999999999" };
  gint64 fen = -7;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (jumin_fen_parse (bad[i], &fen));
  g_assert_cmpint (fen, ==, -7);
  g_assert_true (jumin_fen_parse ("0", &fen));
  g_assert_cmpint (fen, ==, 0);
  g_assert_true (jumin_fen_parse ("9999999999999", &fen));
  g_assert_cmpint (fen, ==, JUMIN_FEN_MAX);
}

static void
test_amounts_are_written (void)
{
  static const struct
  {
    gint64 fen;
    const char *plain, *with_sign;
  } rows[] = {
    { 0, "0.00", "0.00" },
    { 5, "0.05", "+0.05" },
    { 99999, "999.99", "+999.99" },
    { 100000, "1,000.00", "+1,000.00" },
    { 8651237, "86,512.37", "+86,512.37" },
    { -256698, "−2,566.98", "−2,566.98" },
    { JUMIN_FEN_MAX, "99,999,999,999.99", "+99,999,999,999.99" },
    { G_MININT64, "−92,233,720,368,547,758.08", "−92,233,720,368,547,758.08" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *plain = jumin_fen_format (rows[i].fen);
      g_autofree char *with_sign = jumin_fen_format_signed (rows[i].fen);

      g_assert_cmpstr (plain, ==, rows[i].plain);
      g_assert_cmpstr (with_sign, ==, rows[i].with_sign);
    }
}

static void
test_sums_do_not_overflow (void)
{
  gint64 sum = G_MAXINT64 - 1;

  g_assert_true (jumin_fen_add (&sum, 1));
  g_assert_false (jumin_fen_add (&sum, 1));
  g_assert_cmpint (sum, ==, G_MAXINT64);
  sum = G_MININT64;
  g_assert_false (jumin_fen_add (&sum, -1));
  g_assert_cmpint (sum, ==, G_MININT64);
}

static void
test_a_papers_copies_share_its_bytes (void)
{
  JuminDocument *document = jumin_document_new ();
  g_autoptr (JuminDocument) copy = NULL;

  document->number = g_strdup ("GJJ-20261121-000371");
  jumin_document_take_pdf (document, g_strdup ("%PDF-"), 5);
  copy = jumin_document_copy (document);
  g_assert_true (copy->pdf == document->pdf);
  jumin_document_free (document);
  g_assert_cmpstr (copy->number, ==, "GJJ-20261121-000371");
  g_assert_cmpmem (g_bytes_get_data (copy->pdf, NULL), g_bytes_get_size (copy->pdf), "%PDF-", 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/amounts_are_read", test_amounts_are_read);
  g_test_add_func ("/record/amounts_are_written", test_amounts_are_written);
  g_test_add_func ("/record/sums_do_not_overflow", test_sums_do_not_overflow);
  g_test_add_func ("/record/a_papers_copies_share_its_bytes", test_a_papers_copies_share_its_bytes);
  return g_test_run ();
}
