/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/document-source.h"

G_BEGIN_DECLS

enum
{
  FAKE_OFFICE_COPIES = 3,
  FAKE_OFFICE_PAGES = 2
};

/**
 * FakeOffice:
 *
 * A source of papers that keeps the platform's rules (data/platform-api.yaml, /documents): the same
 * request gives the same paper, what is unreported is void with the next one, an outcome is settled
 * once. Each paper says in its bytes whose it is.
 */
#define FAKE_TYPE_OFFICE (fake_office_get_type ())
G_DECLARE_FINAL_TYPE (FakeOffice, fake_office, FAKE, OFFICE, GObject)

/**
 * FakePaper:
 * @visit: what the office was told last with fake_office_set_visit() when it was asked for
 * @state: as the platform has it
 *
 * What the office has given out.
 */
typedef struct
{
  JuminDocument *document;
  char *id_number;
  guint visit;
  JuminDocumentState state;
  gboolean settled;
  JuminOutcome outcome;
  int printed;
} FakePaper;

FakeOffice *fake_office_new (void);
void fake_office_set_visit (FakeOffice *self, guint visit);
/* While held, papers wait until they are delivered, in any order, as they are or as another. */
void fake_office_hold (FakeOffice *self, gboolean held);
guint fake_office_count_waiting (FakeOffice *self);
const FakePaper *fake_office_get_waiting (FakeOffice *self, guint index);
void fake_office_deliver (FakeOffice *self, guint index, JuminDocument *document, GError *error);
/* While deaf, it hears no reports. */
void fake_office_set_deaf (FakeOffice *self, gboolean deaf);
guint fake_office_count_reports (FakeOffice *self);
/* (element-type FakePaper) (transfer none): all that were given out, oldest first */
GPtrArray *fake_office_get_papers (FakeOffice *self);

/* The bytes of a paper, and what they say. */
GBytes *fake_sheet_new (const char *id_number, const char *request, const char *kind);
gboolean fake_sheet_is (GBytes *pdf, const char *id_number, const char *request, const char *kind);

G_END_DECLS
