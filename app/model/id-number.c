/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 公民身份号码 (GB 11643-1999): six digits of region, eight of birth date, three of sequence, one
 * check character. The region is not checked: many elders hold prefixes that no current table
 * lists. */
#include "model/id-number.h"

#include <string.h>

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
    if ((digits[i] = g_ascii_digit_value (number[6 + i])) < 0)
      return FALSE;

  int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  int month = digits[4] * 10 + digits[5], day = digits[6] * 10 + digits[7];
  if (year == 0 || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_clear (birth, 1);
  g_date_set_dmy (birth, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

/**
 * jumin_id_number_check:
 * @number: 18 characters, the last one in upper or lower case
 * @today: the date in the hall
 *
 * Returns: whether @number is a number with the right check character and a birth date that is past
 */
gboolean
jumin_id_number_check (const char *number, const GDate *today)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  GDate birth;
  int sum = 0;

  if (!jumin_id_number_get_birth (number, &birth) || g_date_compare (&birth, today) > 0)
    return FALSE;
  for (int i = 0; i < 17; i++)
    {
      if (!g_ascii_isdigit (number[i]))
        return FALSE;
      sum += weights[i] * g_ascii_digit_value (number[i]);
    }
  return "10X98765432"[sum % 11] == g_ascii_toupper (number[17]);
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
