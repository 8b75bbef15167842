/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/bill.h"
#include "sandbox/till-ledger.h"

G_BEGIN_DECLS

enum
{
  JUMIN_BILL_BOOK_BYTES_MAX = 256 * 1024,
  JUMIN_BILL_BOOK_BILLERS_MAX = 12,
  JUMIN_BILL_BOOK_HOMES_MAX = 64,
  JUMIN_BILL_BOOK_RESIDENTS_MAX = 8, /* of one home */
  JUMIN_BILL_BOOK_ACCOUNTS_MAX = 6,  /* of one home */
  JUMIN_BILL_BOOK_BILLS_MAX = 6,     /* of one account */
  JUMIN_BILL_BOOK_AGREEMENTS_MAX = 64
};

/* Whether a biller takes payments: as its hours say, or as somebody told the sandbox. */
typedef enum
{
  JUMIN_BILLER_BY_HOURS,
  JUMIN_BILLER_OPEN,
  JUMIN_BILLER_CLOSED,
  JUMIN_N_BILLER_MOODS
} JuminBillerMood;

/**
 * JuminBillCompany:
 * @used: 用电
 * @opens_min, @closes_min: minutes after midnight
 */
typedef struct
{
  char *id;
  JuminText title, company, unit, used;
  int opens_min, closes_min;
  JuminBillerMood mood;
} JuminBillCompany;

/**
 * JuminBookedBill:
 * @fen: without a late fee
 * @months_ago: its month; @due_in: days from today, negative: overdue
 * @state: how it begins: due, held or paid @days_ago
 */
typedef struct
{
  gint64 fen, usage;
  int months_ago, due_in, days_ago;
  JuminBillState state;
} JuminBookedBill;

/**
 * JuminBillAccount:
 * @number: in full; only the sandbox knows it
 * @usage: by month, the last one a month ago
 * @rejects: its company does not take what is paid for it
 * @bills: (element-type JuminBookedBill)
 */
typedef struct
{
  JuminBillCompany *company;
  char *number;
  gint64 usage[JUMIN_USAGE_MONTHS_MAX];
  int n_usage;
  gboolean rejects;
  GPtrArray *bills;
} JuminBillAccount;

/**
 * JuminBillHome:
 * @owner, @address: masked
 * @residents: (element-type utf8): ids of those who see it as theirs
 * @accounts: (element-type JuminBillAccount)
 */
typedef struct
{
  char *id, *owner, *address;
  GPtrArray *residents, *accounts;
} JuminBillHome;

/**
 * JuminAgreement:
 * @account: the last four digits
 * @limit_fen: of one payment
 */
typedef struct
{
  char *resident, *account;
  gint64 balance_fen, limit_fen;
} JuminAgreement;

/**
 * JuminBillBook:
 * @late_per_myriad: late fee of a day, in ten thousandths
 *
 * Households and what they owe, as data/sandbox/bills.json describes them, always as of today.
 */
typedef struct
{
  char *payee;
  JuminText payee_name;
  JuminTillRules rules;
  int late_per_myriad, today;
  GPtrArray *companies, *homes, *agreements;
} JuminBillBook;

/* Errors: G_FILE_ERROR; G_IO_ERROR_INVALID_DATA with the place in the file. */
JuminBillBook *jumin_bill_book_load (const char *file, int utc_offset_min, GError **error);
void jumin_bill_book_free (JuminBillBook *self);
/* When another day has begun, the ledger hears of its bills. */
void jumin_bill_book_open_day (JuminBillBook *self, JuminTillLedger *ledger, gint64 now);

JuminBillCompany *jumin_bill_book_find_company (const JuminBillBook *self, const char *id);
const JuminAgreement *jumin_bill_book_find_agreement (const JuminBillBook *self,
                                                      const char *resident);
/* @until: (out): when it opens, 0: not known */
gboolean jumin_bill_book_is_open (const JuminBillBook *self, const JuminBillCompany *company,
                                  gint64 now, gint64 *until);

/* As of today: days and months as 20260920 and 202608. */
char *jumin_bill_book_dup_claim (const JuminBillBook *self, const JuminBillHome *home,
                                 const JuminBillAccount *account, const JuminBookedBill *bill);
int jumin_bill_book_get_month (const JuminBillBook *self, int months_ago);
int jumin_bill_book_get_day (const JuminBillBook *self, int days);
char *jumin_bill_account_dup_masked (const JuminBillAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminBillBook, jumin_bill_book_free)

G_END_DECLS
