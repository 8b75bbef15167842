/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket as dots: what is on it, and that nothing leaves the paper. */
#include "printing/slip-canvas.h"
#include "printing/ticket-slip.h"

#include <string.h>

enum
{
  WIDTH = 576,
  MARGIN = 24,
  HEIGHT_MAX = 2400, /* 30 cm, with every text as long as it may be */
  ISSUED_AT = 1789525560
};

static const JuminTongue chinese = { .language = "zh" }, english = { .language = "en" },
                         chinese_elder = { .language = "zh", .elder = TRUE };

typedef struct
{
  JuminTicket *ticket;
  JuminText hall, machine;
  gboolean reprint;
} Fixture;

static void
fixture_init (Fixture *self)
{
  JuminTicket *ticket = jumin_ticket_new ();

  *self = (Fixture){ .ticket = ticket };
  jumin_text_set (&self->hall, "临江区政务服务中心", "Linjiang District Service Centre");
  jumin_text_set (&self->machine, "3 号机", "Machine 3");
  ticket->number = g_strdup ("A023");
  ticket->flow = g_strdup ("A023-0412");
  ticket->counters = g_strdup ("5–8");
  ticket->progress_url = g_strdup ("https://hall.example/q/7f3a9c2e");
  ticket->masked_number = g_strdup ("5001************23");
  jumin_text_set (&ticket->name, "综合受理", "General services");
  jumin_text_set (&ticket->place, "一楼 B 区", "Ground floor, area B");
  ticket->ahead = 3;
  ticket->wait_min = 10;
  ticket->wait_max = 15;
  ticket->as_of = ticket->issued_at = ISSUED_AT;
}

static void
fixture_finish (Fixture *self)
{
  jumin_text_clear (&self->hall);
  jumin_text_clear (&self->machine);
  jumin_ticket_free (self->ticket);
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static JuminRaster *
draw (const Fixture *self, JuminTongue tongue, guint width)
{
  const JuminTicketSlip slip = { .ticket = self->ticket,
                                 .hall = &self->hall,
                                 .machine = &self->machine,
                                 .printed_at = ISSUED_AT + 60,
                                 .reprint = self->reprint };

  return jumin_ticket_slip_draw (&slip, tongue, width);
}

static gboolean
is_black (const JuminRaster *raster, guint x, guint y)
{
  const guint8 *dots = g_bytes_get_data (raster->dots, NULL);

  return (dots[y * (raster->width / 8) + x / 8] & (0x80 >> x % 8)) != 0;
}

static guint
count_black_between (const JuminRaster *raster, guint from, guint to)
{
  guint black = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = from; x < to; x++)
      black += is_black (raster, x, y);
  return black;
}

static guint
count_black (const JuminRaster *raster)
{
  return count_black_between (raster, 0, raster->width);
}

/* Rows that are black from margin to margin: rules and bars. */
static guint
count_full_rows (const JuminRaster *raster)
{
  guint rows = 0, margin = raster->width * MARGIN / WIDTH;

  for (guint y = 0; y < raster->height; y++)
    {
      guint x = margin;

      while (x < raster->width - margin && is_black (raster, x, y))
        x++;
      rows += x == raster->width - margin;
    }
  return rows;
}

static void
assert_within_margins (const JuminRaster *raster)
{
  guint margin = MARGIN * raster->width / WIDTH;

  g_assert_cmpuint (count_black_between (raster, 0, margin), ==, 0);
  g_assert_cmpuint (count_black_between (raster, raster->width - margin, raster->width), ==, 0);
  g_assert_cmpuint (raster->height, <=, HEIGHT_MAX);
}

static void
test_number (void)
{
  Fixture f;
  g_autoptr (JuminRaster) first = NULL, second = NULL;
  guint top = 0, bottom = 0;

  fixture_init (&f);
  first = draw (&f, chinese, WIDTH);
  replace (&f.ticket->number, "A028");
  second = draw (&f, chinese, WIDTH);
  g_assert_cmpuint (first->height, ==, second->height);
  for (guint y = 0; y < first->height; y++)
    for (guint x = 0; x < first->width; x++)
      if (is_black (first, x, y) != is_black (second, x, y))
        {
          top = top == 0 ? y : top;
          bottom = y;
        }
  /* Only the last digit differs, and it is as high as a hand is wide: 17 mm. */
  g_assert_cmpuint (bottom - top, >, 120);
  g_assert_cmpuint (bottom - top, <, 188);
  fixture_finish (&f);
}

static void
test_margins (void)
{
  static const guint widths[] = { 512, WIDTH, 640, 384 };
  static const JuminTongue tongues[] = { { "zh", FALSE }, { "zh", TRUE }, { "en", FALSE } };
  Fixture f;

  fixture_init (&f);
  f.ticket->priority = f.reprint = TRUE;
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint t = 0; t < G_N_ELEMENTS (tongues); t++)
      {
        g_autoptr (JuminRaster) raster = draw (&f, tongues[t], widths[w]);

        g_assert_cmpuint (raster->width, ==, widths[w]);
        assert_within_margins (raster);
      }
  fixture_finish (&f);
}

static void
test_long_texts (void)
{
  g_autofree char *endless = g_strnfill (4000, 'W');
  Fixture f;
  g_autoptr (JuminRaster) raster = NULL;

  fixture_init (&f);
  f.ticket->priority = f.reprint = TRUE;
  jumin_text_set (&f.hall, endless, NULL);
  jumin_text_set (&f.machine, endless, endless);
  jumin_text_set (&f.ticket->name, endless, "many\nlines\nof\na\nmatter");
  jumin_text_set (&f.ticket->place, "\xff\xfe not UTF-8", endless);
  replace (&f.ticket->number, endless);
  replace (&f.ticket->flow, endless);
  replace (&f.ticket->masked_number, endless);
  replace (&f.ticket->counters, endless);
  f.ticket->ahead = f.ticket->wait_min = f.ticket->wait_max = G_MAXINT;
  raster = draw (&f, (JuminTongue){ "en", TRUE }, WIDTH);
  assert_within_margins (raster);
  fixture_finish (&f);
}

static void
test_glyphs (void)
{
  static const JuminSlipType type = { .size = 26, .leading = 140, .lines = 3 };
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (WIDTH);

  jumin_slip_canvas_text (canvas, &type,
                          "䶮 𬱖 㛃 𠅤 喆 堃 犇 翀 镕 · 5–8 号 A–Z");
  g_assert_cmpuint (jumin_slip_canvas_get_unknown_glyphs (canvas), ==, 0);
  jumin_slip_canvas_text (canvas, &type, "\xf3\xb0\x80\x80");
  g_assert_cmpuint (jumin_slip_canvas_get_unknown_glyphs (canvas), ==, 1);
}

static void
test_tongues (void)
{
  Fixture f;
  g_autoptr (JuminRaster) standard = NULL, elder = NULL, both = NULL;

  fixture_init (&f);
  standard = draw (&f, chinese, WIDTH);
  elder = draw (&f, chinese_elder, WIDTH);
  both = draw (&f, english, WIDTH);
  g_assert_cmpuint (elder->height, >, standard->height);
  g_assert_cmpuint (count_black (elder), >, count_black (standard) * 5 / 4);
  g_assert_cmpuint (both->height, >, standard->height);
  fixture_finish (&f);
}

static void
test_bars (void)
{
  Fixture f;
  g_autoptr (JuminRaster) plain = NULL, priority = NULL, reprint = NULL;

  fixture_init (&f);
  plain = draw (&f, chinese, WIDTH);
  f.ticket->priority = TRUE;
  priority = draw (&f, chinese, WIDTH);
  f.reprint = TRUE;
  reprint = draw (&f, chinese, WIDTH);
  g_assert_cmpuint (count_full_rows (plain), ==, 5);
  g_assert_cmpuint (count_full_rows (priority), >, count_full_rows (plain));
  g_assert_cmpuint (count_full_rows (reprint), >, count_full_rows (priority));
  fixture_finish (&f);
}

static void
test_code (void)
{
  g_autofree char *path = g_strnfill (399, 'q');
  Fixture f;
  g_autoptr (JuminRaster) with = NULL, wide = NULL, without = NULL;

  fixture_init (&f);
  with = draw (&f, chinese, WIDTH);
  replace (&f.ticket->progress_url, path);
  wide = draw (&f, chinese, WIDTH);
  replace (&f.ticket->progress_url, "");
  without = draw (&f, chinese, WIDTH);
  g_assert_cmpuint (with->height, >, without->height + 29 * 6);
  g_assert_cmpuint (wide->height, >, with->height + 29 * 6);
  assert_within_margins (wide);
  fixture_finish (&f);
}

static void
test_unknown_wait (void)
{
  Fixture f;
  g_autoptr (JuminRaster) known = NULL, unknown = NULL, nothing = NULL;

  fixture_init (&f);
  known = draw (&f, chinese, WIDTH);
  f.ticket->wait_min = f.ticket->wait_max = JUMIN_MINUTES_UNKNOWN;
  unknown = draw (&f, chinese, WIDTH);
  f.ticket->ahead = -1;
  nothing = draw (&f, chinese, WIDTH);
  g_assert_cmpuint (count_black (unknown), <, count_black (known));
  g_assert_cmpuint (nothing->height, <, unknown->height);
  fixture_finish (&f);
}

static void
test_bare (void)
{
  g_autoptr (JuminTicket) ticket = jumin_ticket_new ();
  JuminText empty = { 0 };
  const JuminTicketSlip slip = { .ticket = ticket, .hall = &empty, .machine = &empty };
  g_autoptr (JuminRaster) raster = jumin_ticket_slip_draw (&slip, chinese, WIDTH);

  assert_within_margins (raster);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket-slip/the_number_is_huge_and_changes_alone", test_number);
  g_test_add_func ("/ticket-slip/nothing_is_outside_the_margins_of_any_paper", test_margins);
  g_test_add_func ("/ticket-slip/endless_texts_make_no_endless_paper", test_long_texts);
  g_test_add_func ("/ticket-slip/rare_characters_have_glyphs", test_glyphs);
  g_test_add_func ("/ticket-slip/elders_get_larger_letters_and_english_both_names", test_tongues);
  g_test_add_func ("/ticket-slip/priority_and_reprint_stand_in_a_bar", test_bars);
  g_test_add_func ("/ticket-slip/the_code_is_there_when_there_is_an_address", test_code);
  g_test_add_func ("/ticket-slip/an_unknown_wait_is_not_guessed", test_unknown_wait);
  g_test_add_func ("/ticket-slip/a_bare_ticket_can_be_drawn", test_bare);
  return g_test_run ();
}
