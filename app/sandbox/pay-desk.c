/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands at the sandbox's money: a phone that pays or declines, a company that closes. */
#include "sandbox/pay-desk.h"

#include <string.h>

enum
{
  DECIMAL = 10
};

/* What each channel's codes begin with and how long they are here. */
static const struct
{
  const char *channel, *prefix;
  int digits;
} codes[] = {
  { "wechat", "13", 18 },
  { "alipay", "28", 18 },
  { "unionpay", "62", 19 },
  { "ecny", "01", 19 },
};

char *
jumin_pay_desk_show_code (const char *channel)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      GString *code;

      if (*channel != '\0' && strcmp (channel, codes[i].channel) != 0)
        continue;
      code = g_string_new (codes[i].prefix);
      while ((int)code->len < codes[i].digits)
        g_string_append_c (code, (char)('0' + g_random_int_range (0, DECIMAL)));
      return g_string_free (code, FALSE);
    }
  return NULL;
}

/* "scan [CHANNEL]", "scan-late", "decline": the newest order. */
gboolean
jumin_pay_desk_use_phone (JuminPayDesk *self, const char *order, gint64 now)
{
  g_auto (GStrv) words = g_strsplit (order, " ", 2);
  g_autofree char *known
      = words[0] != NULL && words[1] != NULL ? jumin_pay_desk_show_code (words[1]) : g_strdup ("");

  if (words[0] == NULL || known == NULL)
    return FALSE;
  if (strcmp (words[0], "scan") == 0)
    return jumin_till_ledger_phone_pay (self->ledger, NULL, words[1], now);
  if (strcmp (order, "scan-late") == 0)
    return jumin_till_ledger_phone_pay_late (self->ledger, NULL, now);
  return strcmp (order, "decline") == 0
         && jumin_till_ledger_phone_decline (self->ledger, NULL, now);
}

/* "ID open|closed|hours|rejects": of which the last one takes what is paid, and sends it back. */
gboolean
jumin_pay_desk_tell_biller (JuminPayDesk *self, const char *order)
{
  static const struct
  {
    const char *word;
    JuminBillerMood mood;
    gboolean rejects;
  } moods[] = {
    { "open", JUMIN_BILLER_OPEN, FALSE },
    { "closed", JUMIN_BILLER_CLOSED, FALSE },
    { "hours", JUMIN_BILLER_BY_HOURS, FALSE },
    { "rejects", JUMIN_BILLER_OPEN, TRUE },
  };
  g_auto (GStrv) words = g_strsplit (order, " ", 2);
  JuminBillCompany *company
      = g_strv_length (words) == 2 ? jumin_bill_book_find_company (self->book, words[0]) : NULL;

  for (gsize i = 0; company != NULL && i < G_N_ELEMENTS (moods); i++)
    if (strcmp (moods[i].word, words[1]) == 0)
      {
        company->mood = moods[i].mood;
        jumin_till_ledger_set_rejects (self->ledger, company->id, moods[i].rejects);
        return TRUE;
      }
  return FALSE;
}

static void
open_accounts (JuminPayDesk *self)
{
  for (guint i = 0; i < self->book->agreements->len; i++)
    {
      const JuminAgreement *agreement = self->book->agreements->pdata[i];
      g_autofree char *name = g_strconcat ("card:", agreement->resident, NULL);

      jumin_till_ledger_open_account (self->ledger, name, agreement->balance_fen);
    }
}

JuminPayDesk *
jumin_pay_desk_new (const char *file, int utc_offset_min, JuminStore *store, GError **error)
{
  g_autoptr (JuminPayDesk) self = g_new0 (JuminPayDesk, 1);

  self->book = jumin_bill_book_load (file, utc_offset_min, error);
  if (self->book == NULL)
    return NULL;
  self->ledger = jumin_till_ledger_new (store, &self->book->rules, g_random_int ());
  if (self->ledger == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "The store does not take the tables of the till");
      return NULL;
    }
  open_accounts (self);
  return g_steal_pointer (&self);
}

void
jumin_pay_desk_free (JuminPayDesk *self)
{
  g_clear_pointer (&self->ledger, jumin_till_ledger_free);
  g_clear_pointer (&self->book, jumin_bill_book_free);
  g_free (self->told);
  g_free (self);
}
