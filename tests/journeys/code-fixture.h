/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-code-scanner.h"
#include "terminal-fixture.h"
#include "tls-peer.h"

G_BEGIN_DECLS

/* Whom the platform of the codes names, unless it is told otherwise: the holder of insert()'s card
 * at the sandbox. */
#define HOLDER "500102199003070010"
#define SOMEBODY_ELSE "500102198506121217"
#define PAYMENT "134567890123456789"
#define CODE(n) "600000000000000" n ".YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

typedef struct _CodeFixture CodeFixture;

/**
 * CodeFixture:
 * @result: the number of the next answers; 200: @holder and @paper are good; 0: it is
 *   not the platform that answers
 * @meanwhile: (nullable): called while a code is being asked for, before the answer goes
 * @asked: how often it was asked
 * @office: with what the platform signs papers
 *
 * A terminal with a scanner; the hall's platform is a real sandbox, that of the codes is the
 * test's.
 */
struct _CodeFixture
{
  Fixture kiosk;
  JuminVirtualCodeScanner *scanner;
  TestKeys *keys;
  TlsPeer *peer;
  char *secrets, *data;
  const char *holder, *paper;
  int result;
  void (*meanwhile) (CodeFixture *f);
  guint asked;
  EVP_PKEY *office;
};

/* @proof: (nullable): what one more service, "strict", wants, as the catalogue says it */
void code_set_up (CodeFixture *f, gconstpointer proof);
void code_tear_down (CodeFixture *f, gconstpointer proof);
/* From home to the page that waits for a card, a code or a number. */
void code_begin (CodeFixture *f);
/* Holds this code before the scanner, for one look; somebody has to look. */
void code_show (CodeFixture *f, const char *text);
/* What the way of the code says on the page: chip and text. */
char *code_dup_way (CodeFixture *f);
/* The way of the code says @trouble, and what to do; or just has these words. */
void code_expect_trouble (CodeFixture *f, JuminTrouble trouble);
void code_expect_words (CodeFixture *f, const char *words);
/* How often these words are in the audit log. */
guint code_count_in_log (CodeFixture *f, const char *words);
void code_insert_card_of (CodeFixture *f, const char *number);

G_END_DECLS
