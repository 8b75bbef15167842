/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-tricks.h"

#include <string.h>

#include "platform/document-seal.h"

enum
{
  GOOD_OF_TEN = 6,
  COPIES_MANY = 9,
  OTHERS_TRIED = 8
};

typedef struct
{
  GRand *random;
  JuminDocument *document; /* a copy with bytes of its own, to be spoilt */
  const FakePaper *paper;  /* what was asked for; %NULL on the screen */
  const JuminDocument *other;
  const char *other_owner; /* ID number */
} Trick;

static int
pick (GRand *random, gsize n)
{
  return g_rand_int_range (random, 0, (gint32)n);
}

/* One bit, which leaves it a text. */
static void
flip_text (Trick *trick, char *text)
{
  if (*text != '\0')
    text[pick (trick->random, strlen (text))] ^= 1;
}

static void
replace_pdf (Trick *trick, GBytes *pdf)
{
  g_bytes_unref (trick->document->pdf);
  trick->document->pdf = pdf;
}

static void
flip_pdf (Trick *trick)
{
  gsize length;
  guchar *bytes = g_bytes_unref_to_data (g_steal_pointer (&trick->document->pdf), &length);

  bytes[pick (trick->random, length)] ^= (guchar)(1 << pick (trick->random, 8));
  trick->document->pdf = g_bytes_new_take (bytes, length);
}

static void
flip_owner (Trick *trick)
{
  flip_text (trick, trick->document->owner);
}

static void
flip_request (Trick *trick)
{
  flip_text (trick, trick->document->request);
}

static void
flip_kind (Trick *trick)
{
  flip_text (trick, trick->document->kind);
}

static void
flip_sm3 (Trick *trick)
{
  flip_text (trick, trick->document->sm3);
}

static void
flip_sha256 (Trick *trick)
{
  flip_text (trick, trick->document->sha256);
}

static void
flip_number (Trick *trick)
{
  flip_text (trick, trick->document->number);
}

/* Another whole paper in the place of this one. */
static void
swap (Trick *trick)
{
  jumin_document_free (trick->document);
  trick->document = jumin_document_copy (trick->other);
}

/* The other's bytes with this one's everything else, and digests that fit. */
static void
swap_bytes (Trick *trick)
{
  replace_pdf (trick, g_bytes_ref (trick->other->pdf));
  jumin_document_add_digests (trick->document, NULL);
}

/* The platform takes the other person for this one, and signs that. */
static void
mistake_person (Trick *trick)
{
  if (g_str_equal (trick->other_owner, trick->paper->id_number))
    return;
  swap_bytes (trick);
  g_free (trick->document->owner);
  trick->document->owner
      = jumin_document_dup_owner (trick->document->request, trick->other_owner, NULL);
}

/* The platform makes another kind than it was asked for, and signs that. */
static void
mistake_kind (Trick *trick)
{
  const char *kind = "another-kind";

  g_free (trick->document->kind);
  trick->document->kind = g_strdup (kind);
  replace_pdf (trick, fake_sheet_new (trick->paper->id_number, trick->document->request, kind));
  jumin_document_add_digests (trick->document, NULL);
}

static void
grow_copies (Trick *trick)
{
  trick->document->copies = COPIES_MANY;
}

typedef void (*Act) (Trick *trick);

/* What stands twice is twice as likely. */
static const Act on_way[]
    = { flip_pdf, flip_owner, flip_request,   flip_kind,      flip_sm3,     flip_sha256,
        swap,     swap,       mistake_person, mistake_person, mistake_kind, mistake_kind };
static const Act on_screen[]
    = { flip_pdf, flip_owner, flip_request, flip_kind,   flip_sm3,    flip_sha256,
        swap,     swap_bytes, flip_number,  grow_copies, grow_copies, grow_copies };

static JuminDocument *
copy_deeply (const JuminDocument *document)
{
  JuminDocument *copy = jumin_document_copy (document);

  g_bytes_unref (copy->pdf);
  copy->pdf
      = g_bytes_new (g_bytes_get_data (document->pdf, NULL), g_bytes_get_size (document->pdf));
  return copy;
}

static JuminDocument *
play (Trick *trick, const Act *acts, gsize n)
{
  if (pick (trick->random, 10) >= GOOD_OF_TEN && trick->other != NULL)
    acts[pick (trick->random, n)](trick);
  return trick->document;
}

/* Any paper; rather one of somebody else. */
static const FakePaper *
pick_other (GRand *random, GPtrArray *papers, const FakePaper *paper)
{
  const FakePaper *other = NULL;

  for (int i = 0;
       i < OTHERS_TRIED && (other == NULL || g_str_equal (other->id_number, paper->id_number)); i++)
    other = papers->pdata[pick (random, papers->len)];
  return other;
}

JuminDocument *
sim_trick_on_way (GRand *random, FakeOffice *office, const FakePaper *paper)
{
  GPtrArray *papers = fake_office_get_papers (office);
  const FakePaper *other = pick_other (random, papers, paper);
  Trick trick = { .random = random,
                  .document = copy_deeply (paper->document),
                  .paper = paper,
                  .other = other->document,
                  .other_owner = other->id_number };

  return play (&trick, on_way, G_N_ELEMENTS (on_way));
}

JuminDocument *
sim_trick_on_screen (GRand *random, const JuminDocument *document, const GPtrArray *keepsakes)
{
  Trick trick = { .random = random, .document = copy_deeply (document) };

  if (keepsakes->len > 0)
    trick.other = keepsakes->pdata[pick (random, keepsakes->len)];
  return play (&trick, on_screen, G_N_ELEMENTS (on_screen));
}
