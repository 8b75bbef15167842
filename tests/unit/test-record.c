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

static JuminRecord *
make_record (void)
{
  JuminRecord *record = jumin_record_new ();
  JuminRecordBlock *block = jumin_record_add (record, JUMIN_BLOCK_HEADLINE);
  JuminFact *fact = jumin_fact_new (JUMIN_VALUE_MONEY);
  JuminLine *line = jumin_line_new ();
  JuminPoint *point = g_new0 (JuminPoint, 1);

  fact->number = 8651237;
  jumin_text_set (&fact->label, "账户余额", NULL);
  g_ptr_array_add (block->facts, fact);
  block->state = jumin_fact_new (JUMIN_VALUE_CODE);
  block->state->text = g_strdup ("01");
  block = jumin_record_add (record, JUMIN_BLOCK_LINES);
  line->what = jumin_fact_new (JUMIN_VALUE_CODE);
  line->reversed = TRUE;
  g_ptr_array_add (line->facts, jumin_fact_new (JUMIN_VALUE_TEXT));
  g_ptr_array_add (block->lines, line);
  *point = (JuminPoint){ 202608, { 1, 2 } };
  g_ptr_array_add (block->points, point);
  g_ptr_array_add (block->actions, jumin_record_action_new ("fund-deposit"));
  jumin_text_set (&block->source, "中心", "Centre");
  return record;
}

static void
test_a_copy_shares_nothing (void)
{
  JuminRecord *record = make_record ();
  g_autoptr (JuminRecord) copy = jumin_record_copy (record);
  const JuminRecordBlock *block;
  const JuminFact *fact;
  const JuminLine *line;

  jumin_record_free (record);
  block = jumin_record_find (copy, JUMIN_BLOCK_HEADLINE);
  fact = block->facts->pdata[0];
  g_assert_cmpint (fact->number, ==, 8651237);
  g_assert_cmpstr (fact->label.zh, ==, "账户余额");
  g_assert_null (fact->label.en);
  g_assert_cmpstr (block->state->text, ==, "01");
  block = jumin_record_find (copy, JUMIN_BLOCK_LINES);
  line = block->lines->pdata[0];
  g_assert_true (line->reversed);
  g_assert_cmpuint (line->facts->len, ==, 1);
  g_assert_cmpint (((JuminPoint *)block->points->pdata[0])->fen[1], ==, 2);
  g_assert_cmpstr (((JuminRecordAction *)block->actions->pdata[0])->id, ==, "fund-deposit");
  g_assert_cmpstr (block->source.en, ==, "Centre");
  g_assert_null (jumin_record_find (copy, JUMIN_BLOCK_NOTICE));
}

static void
test_records_are_joined_while_there_is_room (void)
{
  g_autoptr (JuminRecord) whole = jumin_record_new (), part = make_record ();
  guint before;

  while (whole->blocks->len + part->blocks->len <= JUMIN_RECORD_BLOCKS_MAX)
    {
      before = whole->blocks->len;
      g_assert_true (jumin_record_append (whole, part));
      g_assert_cmpuint (whole->blocks->len, ==, before + part->blocks->len);
    }
  before = whole->blocks->len;
  g_assert_false (jumin_record_append (whole, part));
  g_assert_cmpuint (whole->blocks->len, ==, before);
}

static void
test_entitlements_are_actions_of_a_record (void)
{
  g_autoptr (JuminEntitlements) entitlements = jumin_entitlements_new ();
  g_autoptr (JuminRecord) record = make_record ();
  JuminEntitlement *entitlement = g_new0 (JuminEntitlement, 1);
  const JuminRecordAction *action;

  entitlement->kind = g_strdup ("fund-settled");
  jumin_text_set (&entitlement->title, "结清证明", "");
  jumin_text_set (&entitlement->reason, "还清后可打印", "");
  g_ptr_array_add (entitlements->list, entitlement);
  jumin_entitlements_add_actions (entitlements, record);
  g_assert_true (jumin_entitlements_find (entitlements, "fund-settled") == entitlement);
  g_assert_null (jumin_entitlements_find (entitlements, "fund-deposit"));
  action = jumin_record_find (record, JUMIN_BLOCK_ACTIONS)->actions->pdata[0];
  g_assert_cmpstr (action->id, ==, "fund-settled");
  g_assert_cmpstr (action->reason.zh, ==, "还清后可打印");
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
  g_test_add_func ("/record/a_copy_shares_nothing", test_a_copy_shares_nothing);
  g_test_add_func ("/record/records_are_joined_while_there_is_room",
                   test_records_are_joined_while_there_is_room);
  g_test_add_func ("/record/entitlements_are_actions_of_a_record",
                   test_entitlements_are_actions_of_a_record);
  g_test_add_func ("/record/a_papers_copies_share_its_bytes", test_a_papers_copies_share_its_bytes);
  return g_test_run ();
}
