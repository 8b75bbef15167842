/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interlock: each check finds what it is for, and that alone. */
#include "journey/interlock.h"
#include "platform/document-seal.h"

#define ZHANG "11010519491231002X"
#define LI "440524188001010014"

typedef struct
{
  JuminIdentity *zhang, *li;
  JuminPaperTurn turn;
  JuminDocument *document;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char sheet[] = "a paper of Zhang's";

  self->zhang = jumin_identity_new (JUMIN_PROOF_CARD, "张三", ZHANG);
  self->li = jumin_identity_new (JUMIN_PROOF_CARD, "李四", LI);
  self->document = jumin_document_new ();
  self->document->request = g_uuid_string_random ();
  self->document->owner = jumin_document_dup_owner (self->document->request, ZHANG, NULL);
  self->document->kind = g_strdup ("fund-deposit");
  self->document->number = g_strdup ("GJJ-20261121-000371");
  self->document->copies = self->document->pages = 1;
  self->document->pdf = g_bytes_new (sheet, sizeof sheet);
  g_assert_true (jumin_document_add_digests (self->document, NULL));
  self->turn = (JuminPaperTurn){ .holder = self->zhang,
                                 .request = g_strdup (self->document->request),
                                 .kind = g_strdup (self->document->kind),
                                 .number = g_strdup (self->document->number),
                                 .sm3 = g_strdup (self->document->sm3),
                                 .copies = 1,
                                 .pages = 1 };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->turn.request);
  g_free (self->turn.kind);
  g_free (self->turn.number);
  g_free (self->turn.sm3);
  jumin_document_free (self->document);
  jumin_identity_unref (self->zhang);
  jumin_identity_unref (self->li);
}

/* The early look finds the same, but for the bytes. */
static JuminInterlockFaults
find (Fixture *self, JuminIdentity *holder)
{
  JuminInterlockFaults faults
      = jumin_interlock_find_faults (&self->turn, holder, self->document, self->document->pdf);

  g_assert_cmpint (jumin_interlock_find_early_faults (&self->turn, holder, self->document), ==,
                   faults & ~JUMIN_INTERLOCK_OF_BYTES);
  return faults;
}

static void
test_own (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (find (self, self->zhang), ==, 0);
  g_assert_cmpstr (jumin_interlock_get_word (0), ==, "none");
}

static void
test_holder (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (find (self, self->li), ==, JUMIN_INTERLOCK_HOLDER);
}

/* Each text of the paper, wrong in one letter or missing. */
static void
test_texts (Fixture *self, gconstpointer data)
{
  const struct
  {
    char **text;
    JuminInterlockFaults fault;
    const char *word;
  } texts[] = {
    { &self->document->request, JUMIN_INTERLOCK_REQUEST, "request" },
    { &self->document->owner, JUMIN_INTERLOCK_OWNER, "owner" },
    { &self->document->kind, JUMIN_INTERLOCK_KIND, "kind" },
    { &self->document->number, JUMIN_INTERLOCK_NUMBER, "number" },
    { &self->document->sm3, JUMIN_INTERLOCK_DIGEST, "digest" },
    { &self->document->sha256, JUMIN_INTERLOCK_DIGEST, "digest" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *good = *texts[i].text;

      **texts[i].text ^= 1;
      g_assert_cmpint (find (self, self->zhang), ==, texts[i].fault);
      g_assert_cmpstr (jumin_interlock_get_word (texts[i].fault), ==, texts[i].word);
      **texts[i].text ^= 1;
      *texts[i].text = NULL;
      g_assert_cmpint (find (self, self->zhang), ==, texts[i].fault);
      *texts[i].text = good;
    }
  g_assert_cmpint (find (self, self->zhang), ==, 0);
}

static void
test_numbers (Fixture *self, gconstpointer data)
{
  self->document->copies = 2;
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_NUMBER);
  self->document->copies = 1;
  self->document->pages = 2;
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_NUMBER);
  self->document->pages = 1;
  self->document->replaces = g_strdup ("GJJ-20261121-000001");
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_KIND);
}

/* Bytes that are not those of the digests; and other bytes with digests of their own. */
static void
test_bytes (Fixture *self, gconstpointer data)
{
  g_bytes_unref (self->document->pdf);
  self->document->pdf = g_bytes_new ("another", 7);
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_DIGEST | JUMIN_INTERLOCK_BYTES);
  g_assert_true (jumin_document_add_digests (self->document, NULL));
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_BYTES);
}

/* Nothing has come for this turn. */
static void
test_nothing_came (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->turn.number, g_free);
  g_clear_pointer (&self->turn.sm3, g_free);
  g_assert_cmpint (find (self, self->zhang), ==, JUMIN_INTERLOCK_NUMBER | JUMIN_INTERLOCK_BYTES);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/interlock/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("ones_own_paper_goes_out", test_own);
  ADD ("somebody_else_does_not_get_it", test_holder);
  ADD ("one_wrong_letter_is_found", test_texts);
  ADD ("other_copies_pages_or_replaced_numbers_are_found", test_numbers);
  ADD ("other_bytes_are_found", test_bytes);
  ADD ("nothing_goes_out_before_it_came", test_nothing_came);
  return g_test_run ();
}
