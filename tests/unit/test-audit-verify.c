/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every change of an audit log shows: ten thousand random ones, and those that a thief would make.
 *
 * The seed is printed; JUMIN_SEED repeats it. */
#include "audit-sample.h"

#include <stdlib.h>
#include <string.h>

enum
{
  CHANGES = 10000,
  VISITS = 16,
  FILE_BYTES = 2048,
  UNANCHORED = 6,
  INSERTED_MAX = 16,
  FILES_MAX = 16
};

typedef struct
{
  JuminAuditSample sample;
  GRand *random;
  guint seed;
  GPtrArray *names; /* of the log's files */
  GPtrArray *texts; /* GString: what they hold */
  gboolean dirty[FILES_MAX];
  gint64 last, anchored;
} Fixture;

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *wanted = g_getenv ("JUMIN_SEED");
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GArray) files = NULL;

  jumin_audit_sample_set_up (&fixture->sample, data);
  jumin_audit_sample_write_visits (&fixture->sample, FILE_BYTES, VISITS);
  files = jumin_log_directory_list (fixture->sample.directory, NULL);
  g_assert_cmpuint (files->len, <=, FILES_MAX);
  fixture->names = g_ptr_array_new_with_free_func (g_free);
  fixture->texts = g_ptr_array_new_with_free_func (free_text);
  for (guint i = 0; i < files->len; i++)
    {
      char *name = jumin_log_directory_dup_name (g_array_index (files, gint64, i));
      g_autofree char *text = jumin_audit_sample_read (&fixture->sample, name);

      g_ptr_array_add (fixture->names, name);
      g_ptr_array_add (fixture->texts, g_string_new (text));
    }
  g_assert_true (jumin_audit_sample_verify (&fixture->sample, &summary, NULL));
  fixture->last = summary.last;
  fixture->anchored = fixture->last - UNANCHORED;
  for (gint64 sequence = fixture->anchored % 11 + 1; sequence < fixture->anchored; sequence += 11)
    jumin_audit_sample_add_receipt (&fixture->sample, sequence);
  jumin_audit_sample_add_receipt (&fixture->sample, fixture->anchored);
  fixture->seed
      = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : (guint)g_random_int ();
  fixture->random = g_rand_new_with_seed (fixture->seed);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_rand_free (fixture->random);
  g_ptr_array_unref (fixture->names);
  g_ptr_array_unref (fixture->texts);
  jumin_audit_sample_tear_down (&fixture->sample, data);
}

static guint
pick (Fixture *fixture, gsize below)
{
  return (guint)g_rand_int_range (fixture->random, 0, (gint32)MAX (below, 1));
}

/* All changes work on the whole log as one text; where files part is as in the original. */
typedef void (*Change) (Fixture *fixture, GString *text);

static void
flip_byte (Fixture *fixture, GString *text)
{
  text->str[pick (fixture, text->len)] ^= (char)(1 + pick (fixture, 255));
}

static void
swap_bytes (Fixture *fixture, GString *text)
{
  guint a = pick (fixture, text->len), b = pick (fixture, text->len);
  char kept = text->str[a];

  text->str[a] = text->str[b];
  text->str[b] = kept;
}

static void
cut_end (Fixture *fixture, GString *text)
{
  g_string_truncate (text, pick (fixture, text->len));
}

static void
remove_bytes (Fixture *fixture, GString *text)
{
  guint at = pick (fixture, text->len);

  g_string_erase (text, at, 1 + (gssize)pick (fixture, MIN (text->len - at, 400)));
}

static void
insert_bytes (Fixture *fixture, GString *text)
{
  guint at = pick (fixture, text->len + 1);

  for (guint i = pick (fixture, INSERTED_MAX) + 1; i > 0; i--)
    g_string_insert_c (text, at, (char)pick (fixture, 256));
}

/* Lines @first and on, @count of them: where they are in @text. */
static void
find_lines (const GString *text, guint first, guint count, gsize *begin, gsize *length)
{
  const char *line = text->str, *end;

  for (; first > 0; first--)
    line = strchr (line, '\n') + 1;
  end = line;
  for (; count > 0; count--)
    end = strchr (end, '\n') + 1;
  *begin = (gsize)(line - text->str);
  *length = (gsize)(end - line);
}

static guint
count_lines (const GString *text)
{
  guint lines = 0;

  for (gsize i = 0; i < text->len; i++)
    lines += text->str[i] == '\n' ? 1 : 0;
  return lines;
}

static void
remove_records (Fixture *fixture, GString *text)
{
  guint lines = count_lines (text), first = pick (fixture, lines);
  guint count = 1 + pick (fixture, MIN (lines - first, 5));
  gsize begin, length;

  find_lines (text, first, count, &begin, &length);
  g_string_erase (text, (gssize)begin, (gssize)length);
}

static void
repeat_record (Fixture *fixture, GString *text)
{
  guint lines = count_lines (text);
  gsize from, length, to, ignored;
  g_autofree char *record = NULL;

  find_lines (text, pick (fixture, lines), 1, &from, &length);
  record = g_strndup (text->str + from, length);
  find_lines (text, pick (fixture, lines + 1), 0, &to, &ignored);
  g_string_insert (text, (gssize)to, record);
}

static void
swap_records (Fixture *fixture, GString *text)
{
  guint lines = count_lines (text), a = pick (fixture, lines), b = pick (fixture, lines);
  gsize first, first_length, second, second_length;
  g_autofree char *early = NULL, *late = NULL;

  find_lines (text, MIN (a, b), 1, &first, &first_length);
  find_lines (text, MAX (a, b), 1, &second, &second_length);
  early = g_strndup (text->str + first, first_length);
  late = g_strndup (text->str + second, second_length);
  g_string_erase (text, (gssize)second, (gssize)second_length);
  g_string_insert (text, (gssize)second, early);
  g_string_erase (text, (gssize)first, (gssize)first_length);
  g_string_insert (text, (gssize)first, late);
}

/* As a thief who knows the chain: changes one record and makes all hashes after it anew. */
static void
forge_record (Fixture *fixture, GString *text)
{
  guint lines = count_lines (text), from = pick (fixture, lines);
  g_auto (GStrv) records = g_strsplit (text->str, "\n", -1);
  JuminAuditLink link;

  jumin_audit_link_begin (&link);
  g_string_truncate (text, 0);
  for (guint i = 0; i < lines; i++)
    {
      char *body = strchr (records[i], ',') + 1, *mono = strstr (records[i], "\"mono\":");
      g_autofree char *line = NULL;

      *strstr (records[i], ",\"hash\":\"") = '\0';
      if (i == from)
        mono[strlen ("\"mono\":")] ^= 1;
      line = jumin_audit_link_append (&link, body);
      g_string_append (text, line);
    }
}

static const struct
{
  const char *name;
  Change change;
} changes[] = {
  { "byte flipped", flip_byte },
  { "bytes swapped", swap_bytes },
  { "end cut off", cut_end },
  { "bytes removed", remove_bytes },
  { "bytes put in", insert_bytes },
  { "records removed", remove_records },
  { "record repeated", repeat_record },
  { "records swapped", swap_records },
  { "chain forged anew", forge_record },
};

static GString *
join_texts (const Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fixture->texts->len; i++)
    {
      const GString *part = fixture->texts->pdata[i];

      g_string_append_len (text, part->str, (gssize)part->len);
    }
  return text;
}

/* The bytes of the first records up to what the platform knows. */
static gsize
count_anchored_bytes (const Fixture *fixture, const GString *text)
{
  gsize begin, length;

  find_lines (text, 0, (guint)fixture->anchored, &begin, &length);
  return length;
}

/* Writes what is not there already. */
static void
write_files (Fixture *fixture, const GString *changed)
{
  gsize at = 0;

  for (guint i = 0; i < fixture->names->len; i++)
    {
      const GString *part = fixture->texts->pdata[i];
      gboolean is_last = i + 1 == fixture->names->len;
      gsize begin = MIN (at, changed->len), rest = changed->len - begin;
      gsize length = is_last ? rest : MIN (part->len, rest);
      gboolean same = length == part->len && memcmp (changed->str + begin, part->str, length) == 0;

      if (!same || fixture->dirty[i])
        jumin_audit_sample_replace (&fixture->sample, fixture->names->pdata[i],
                                    changed->str + begin, (gssize)length);
      fixture->dirty[i] = !same;
      at += length;
    }
}

/* Whether verify takes the changed log, and how many records it has then. */
static gboolean
is_taken (Fixture *fixture, const GString *changed, gint64 *tail)
{
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean taken;

  write_files (fixture, changed);
  taken = jumin_audit_sample_verify (&fixture->sample, &summary, &error);
  if (!taken)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (summary.bad_file);
    }
  *tail = summary.last - summary.anchored;
  return taken;
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) original = join_texts (fixture);
  gsize anchored_bytes = count_anchored_bytes (fixture, original);
  guint found[G_N_ELEMENTS (changes)] = { 0 }, beyond = 0;

  g_test_message ("seed %u: %" G_GINT64_FORMAT
                  " records in %u files, anchored up to %" G_GINT64_FORMAT,
                  fixture->seed, fixture->last, fixture->names->len, fixture->anchored);
  for (guint done = 0; done < CHANGES;)
    {
      guint kind = pick (fixture, G_N_ELEMENTS (changes));
      g_autoptr (GString) changed = g_string_new_len (original->str, (gssize)original->len);
      gint64 tail;

      changes[kind].change (fixture, changed);
      if (g_string_equal (changed, original))
        continue;
      if (!is_taken (fixture, changed, &tail))
        {
          found[kind]++;
          done++;
          continue;
        }
      /* Only behind the last anchor can anything stay hidden, and verify says how far that is. */
      g_assert_cmpuint (changed->len, >=, anchored_bytes);
      g_assert_cmpmem (changed->str, anchored_bytes, original->str, anchored_bytes);
      g_assert_true (changes[kind].change == cut_end || changes[kind].change == remove_bytes
                     || changes[kind].change == remove_records
                     || changes[kind].change == forge_record);
      g_assert_cmpint (tail, <=, UNANCHORED);
      beyond++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_test_message ("%-18s %5u found", changes[i].name, found[i]);
  g_test_message ("%u of %u found; %u more were whole records after the last anchor", CHANGES,
                  CHANGES, beyond);
}

static void
assert_fault (Fixture *fixture, const char *file, gint64 line, gint64 sequence)
{
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (jumin_audit_sample_verify (&fixture->sample, &summary, &error));
  g_test_message ("%s", error->message);
  g_assert_cmpstr (summary.bad_file, ==, file);
  g_assert_cmpint (summary.bad_line, ==, line);
  g_assert_cmpint (summary.bad_sequence, ==, sequence);
}

static void
test_first_bad_record (Fixture *fixture, gconstpointer data)
{
  const char *name = fixture->names->pdata[1];
  g_autoptr (GString) text = g_string_new (((GString *)fixture->texts->pdata[1])->str);
  gint64 first = g_ascii_strtoll (name + strlen ("audit-"), NULL, 10);

  memcpy (strstr (text->str, "A032"), "A033", 4);
  jumin_audit_sample_replace (&fixture->sample, name, text->str, -1);
  for (guint line = 1;; line++)
    {
      gsize begin, length;

      find_lines (text, line - 1, 1, &begin, &length);
      if (g_strstr_len (text->str + begin, (gssize)length, "A033") == NULL)
        continue;
      assert_fault (fixture, name, line, first + line - 1);
      return;
    }
}

static void
test_missing_files (Fixture *fixture, gconstpointer data)
{
  const char *first = fixture->names->pdata[0], *second = fixture->names->pdata[1];
  const char *third = fixture->names->pdata[2];
  const char *last = fixture->names->pdata[fixture->names->len - 1];
  gint64 gap = g_ascii_strtoll (second + strlen ("audit-"), NULL, 10);
  gint64 end = g_ascii_strtoll (last + strlen ("audit-"), NULL, 10);

  jumin_audit_sample_replace (&fixture->sample, last, NULL, 0);
  assert_fault (fixture, fixture->sample.directory, 0, end);
  jumin_audit_sample_replace (&fixture->sample, second, NULL, 0);
  assert_fault (fixture, third, 0, gap);
  jumin_audit_sample_replace (&fixture->sample, first, NULL, 0);
  jumin_audit_sample_replace (&fixture->sample, last,
                              ((GString *)fixture->texts->pdata[fixture->names->len - 1])->str, -1);
  assert_fault (fixture, fixture->sample.directory, 0, 1);
}

/* A thief also changes the receipts: a changed one shows, and one that is gone leaves a tail. */
static void
test_receipts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = jumin_audit_sample_read (&fixture->sample, JUMIN_RECEIPTS_FILE);
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GString) changed = g_string_new (NULL);

  for (int i = 0; i < CHANGES / 100; i++)
    {
      g_string_assign (changed, text);
      flip_byte (fixture, changed);
      jumin_audit_sample_replace (&fixture->sample, JUMIN_RECEIPTS_FILE, changed->str,
                                  (gssize)changed->len);
      g_assert_false (strcmp (changed->str, text) == 0);
      if (!jumin_audit_sample_verify (&fixture->sample, &summary, NULL))
        {
          jumin_audit_summary_clear (&summary);
          summary = (JuminAuditSummary){ 0 };
          continue;
        }
      /* Without the platform's key a signature, a time and a name cannot be told from good ones. */
      g_assert_cmpint (summary.anchored, ==, fixture->anchored);
    }
  jumin_audit_sample_replace (&fixture->sample, JUMIN_RECEIPTS_FILE, NULL, 0);
  g_assert_true (jumin_audit_sample_verify (&fixture->sample, &summary, NULL));
  g_assert_cmpint (summary.anchored, ==, 0);
  g_assert_cmpint (summary.last, ==, fixture->last);
}

static void
test_no_log (Fixture *fixture, gconstpointer data)
{
  g_auto (JuminAuditSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < fixture->names->len; i++)
    jumin_audit_sample_replace (&fixture->sample, fixture->names->pdata[i], NULL, 0);
  assert_fault (fixture, fixture->sample.directory, 0, 1);
  jumin_audit_sample_replace (&fixture->sample, JUMIN_RECEIPTS_FILE, NULL, 0);
  g_assert_false (jumin_audit_sample_verify (&fixture->sample, &summary, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/audit/ten_thousand_changes_are_found", test_changes);
  ADD ("/audit/verify_names_file_line_and_record", test_first_bad_record);
  ADD ("/audit/a_file_that_is_missing_is_found", test_missing_files);
  ADD ("/audit/changed_receipts_are_found_and_missing_ones_are_a_tail", test_receipts);
  ADD ("/audit/no_log_is_no_good_log", test_no_log);
  return g_test_run ();
}
