/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 公民身份号码 (GB 11643-1999): six digits of region, eight of birth date, three of sequence, one
 * check character. Of the region only the province is checked: many elders hold prefixes of
 * counties that no current table lists. */
#include "model/id-number.h"

#include <string.h>

enum
{
  REGION_LENGTH = 6
};

/**
 * jumin_id_number_get_birth:
 * @number: 18 characters
 * @birth: (out): the date of birth
 *
 * Returns: whether @number holds a real date
 */
gboolean
jumin_id_number_get_birth (const char *number, GDate *birth)
{
  int digits[8];

  if (number == NULL || strlen (number) != JUMIN_ID_NUMBER_LENGTH)
    return FALSE;
  for (int i = 0; i < 8; i++)
    if ((digits[i] = g_ascii_digit_value (number[REGION_LENGTH + i])) < 0)
      return FALSE;

  int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  int month = digits[4] * 10 + digits[5], day = digits[6] * 10 + digits[7];
  if (year == 0 || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_clear (birth, 1);
  g_date_set_dmy (birth, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

/* The provinces of GB/T 2260; 81 to 83 are residence permits, 9 is a foreigner's permanent one. */
static gboolean
has_province (const char *number)
{
  static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
                                  "50 51 52 53 54 61 62 63 64 65 71 81 82 83";
  const char province[] = { number[0], number[1], '\0' };

  return number[0] == '9' || strstr (provinces, province) != NULL;
}

/* Returns: the check character of 17 digits, or NUL when one of them is none */
static char
check_character (const char *number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (!g_ascii_isdigit (number[i]))
        return '\0';
      sum += weights[i] * g_ascii_digit_value (number[i]);
    }
  return "10X98765432"[sum % 11];
}

/**
 * jumin_id_number_check:
 * @number: 18 characters, the last one in upper or lower case
 * @today: the date in the hall
 *
 * Returns: whether @number is a number with a province, the right check character and a birth date
 * that is past
 */
gboolean
jumin_id_number_check (const char *number, const GDate *today)
{
  GDate birth;

  if (!jumin_id_number_get_birth (number, &birth) || g_date_compare (&birth, today) > 0)
    return FALSE;
  return has_province (number)
         && g_ascii_toupper (number[JUMIN_ID_NUMBER_LENGTH - 1]) == check_character (number);
}

/**
 * jumin_id_number_modernise:
 * @number: (inout): 15 digits; room for 18 characters
 *
 * Makes an old number a new one: the century 19 before the year, and the check character. Works in
 * place, so that no copy is left.
 *
 * Returns: whether @number was an old one; other texts stay as they are
 */
gboolean
jumin_id_number_modernise (char number[JUMIN_ID_NUMBER_LENGTH + 1])
{
  if (strlen (number) != JUMIN_ID_NUMBER_OLD_LENGTH
      || strspn (number, "0123456789") != JUMIN_ID_NUMBER_OLD_LENGTH)
    return FALSE;
  memmove (number + REGION_LENGTH + 2, number + REGION_LENGTH,
           JUMIN_ID_NUMBER_OLD_LENGTH - REGION_LENGTH);
  memcpy (number + REGION_LENGTH, "19", 2);
  number[JUMIN_ID_NUMBER_LENGTH - 1] = check_character (number);
  number[JUMIN_ID_NUMBER_LENGTH] = '\0';
  return TRUE;
}

/**
 * jumin_id_number_get_age:
 * @number: 18 characters
 * @today: the date in the hall
 *
 * Who was born on 29 February is a year older on 1 March of other years.
 *
 * Returns: full years, or −1 when @number holds no date
 */
int
jumin_id_number_get_age (const char *number, const GDate *today)
{
  GDate birth;

  if (!jumin_id_number_get_birth (number, &birth) || g_date_compare (&birth, today) > 0)
    return -1;

  int years = g_date_get_year (today) - g_date_get_year (&birth);
  gboolean before_birthday = g_date_get_month (today) < g_date_get_month (&birth)
                             || (g_date_get_month (today) == g_date_get_month (&birth)
                                 && g_date_get_day (today) < g_date_get_day (&birth));
  return years - (before_birthday ? 1 : 0);
}
