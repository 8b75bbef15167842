/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what to bring as dots: it grows with the papers, and stays on the paper. */
#include <string.h>

#include "printing/checklist-slip.h"

enum
{
  WIDTH = 576,
  MARGIN = 24,
  HEIGHT_MAX = 4000,
  PRINTED_AT = 1789525560
};

static const JuminTongue chinese = { .language = "zh" }, english = { .language = "en" },
                         elder = { .language = "zh", .elder = TRUE };

static JuminMatter *
matter_new (guint papers, const char *paper)
{
  JuminMatter *matter = jumin_matter_new ();

  jumin_text_set (&matter->name, "户籍·出入境", "Household and exit-entry");
  jumin_text_set (&matter->place, "一楼 A 区", "1st floor, area A");
  jumin_text_set (&matter->hours, "周一至周五 9:00–12:00、13:30–17:30", "Mon–Fri 9:00–12:00");
  for (guint i = 0; i < papers; i++)
    {
      JuminText *text = g_new0 (JuminText, 1);

      jumin_text_set (text, paper, "Household register");
      g_ptr_array_add (matter->papers, text);
    }
  return matter;
}

static JuminRaster *
draw (guint papers, const char *paper, JuminTongue tongue, guint width)
{
  g_autoptr (JuminMatter) matter = matter_new (papers, paper);
  JuminText hall = { (char *)"临江区政务服务中心", (char *)"Linjiang Government Service Center" };
  JuminText machine = { (char *)"3 号机", (char *)"Machine 3" };
  JuminChecklistSlip slip
      = { .matter = matter, .hall = &hall, .machine = &machine, .printed_at = PRINTED_AT };

  return jumin_checklist_slip_draw (&slip, tongue, width);
}

static guint
count_black (const JuminRaster *raster, guint from, guint to)
{
  const guint8 *dots = g_bytes_get_data (raster->dots, NULL);
  guint black = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = from; x < to; x++)
      black += (dots[y * (raster->width / 8) + x / 8] & (0x80 >> x % 8)) != 0;
  return black;
}

static void
test_papers (void)
{
  g_autoptr (JuminRaster) none = draw (0, "", chinese, WIDTH);
  g_autoptr (JuminRaster) two = draw (2, "户口簿", chinese, WIDTH);
  g_autoptr (JuminRaster) four = draw (4, "户口簿", chinese, WIDTH);

  g_assert_cmpuint (count_black (none, 0, WIDTH), >, 0);
  g_assert_cmpuint (two->height, >, none->height);
  g_assert_cmpuint (four->height - two->height, ==, two->height - none->height);
}

static void
test_tongues (void)
{
  g_autoptr (JuminRaster) plain = draw (3, "户口簿", chinese, WIDTH);
  g_autoptr (JuminRaster) large = draw (3, "户口簿", elder, WIDTH);
  g_autoptr (JuminRaster) other = draw (3, "户口簿", english, WIDTH);

  g_assert_cmpuint (large->height, >, plain->height);
  g_assert_false (g_bytes_equal (plain->dots, other->dots));
}

static void
test_margins (void)
{
  g_autofree char *longest = g_strnfill (JUMIN_PAPERS_MAX * 10, 'W');
  static const guint widths[] = { 384, 576, 832 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (JuminRaster) slip = draw (JUMIN_PAPERS_MAX, longest, elder, widths[i]);
      guint margin = widths[i] * MARGIN / WIDTH;

      g_assert_cmpuint (count_black (slip, 0, margin), ==, 0);
      g_assert_cmpuint (count_black (slip, widths[i] - margin, widths[i]), ==, 0);
      g_assert_cmpuint (slip->height, <=, HEIGHT_MAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checklist-slip/every_paper_has_its_line", test_papers);
  g_test_add_func ("/checklist-slip/elders_get_larger_letters", test_tongues);
  g_test_add_func ("/checklist-slip/nothing_is_outside_the_margins_of_any_paper", test_margins);
  return g_test_run ();
}
