/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slips of payments as dots: what they say, that nothing leaves the paper, and that scanners
 * read the order's number from them. */
#include <string.h>
#include <zbar.h>

#include "printing/code-128.h"
#include "printing/receipt-slip.h"
#include "printing/slip-canvas.h"
#include "receipt-sample.h"

enum
{
  WIDTH = 576,
  NARROW = 384,
  MARGIN = 24,
  QUIET_ROWS = 20
};

typedef struct
{
  JuminText hall, machine, desk;
  JuminReceiptSlip slip;
  JuminPayment *payment;
} Fixture;

/* @payment: (transfer full) */
static void
set_payment (Fixture *self, JuminPayment *payment)
{
  g_clear_pointer (&self->payment, jumin_payment_free);
  self->payment = payment;
  self->slip.payment = payment;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  jumin_text_set (&self->hall, "临江区政务服务中心", "Linjiang Service Centre");
  jumin_text_set (&self->machine, "3 号机", "Machine 3");
  jumin_text_set (&self->desk, "一楼服务台", "the service desk on the ground floor");
  self->slip = (JuminReceiptSlip){ .payer = "王*明",
                                   .hall = &self->hall,
                                   .machine = &self->machine,
                                   .desk = &self->desk,
                                   .phone = "023-0000 0000",
                                   .printed_at = RECEIPT_SAMPLE_AT + 60,
                                   .tongue = { .language = "zh" },
                                   .width = WIDTH };
  set_payment (self, receipt_sample_new (JUMIN_PAYMENT_FULFILLED));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jumin_payment_free (self->payment);
  jumin_text_clear (&self->hall);
  jumin_text_clear (&self->machine);
  jumin_text_clear (&self->desk);
}

static gboolean
is_black (const JuminRaster *raster, guint x, guint y)
{
  const guint8 *dots = g_bytes_get_data (raster->dots, NULL);

  return (dots[y * (raster->width / 8) + x / 8] & (0x80 >> x % 8)) != 0;
}

/* What a scanner reads: "" where it reads nothing, or more than one code. */
static char *
scan (const JuminRaster *raster)
{
  guint height = raster->height + 2 * QUIET_ROWS;
  g_autofree guint8 *grey = g_malloc ((gsize)raster->width * height);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  char *text;

  memset (grey, 0xff, (gsize)raster->width * height);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      if (is_black (raster, x, y))
        grey[(y + QUIET_ROWS) * raster->width + x] = 0;
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, raster->width, height);
  zbar_image_set_data (image, grey, (gsize)raster->width * height, NULL);
  zbar_scan_image (scanner, image);
  symbol = zbar_image_first_symbol (image);
  text = g_strdup (
      symbol != NULL && zbar_symbol_next (symbol) == NULL ? zbar_symbol_get_data (symbol) : "");
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return text;
}

static void
assert_read (const JuminRaster *raster, const char *wanted)
{
  g_autofree char *text = scan (raster);

  g_assert_cmpstr (text, ==, wanted);
}

static JuminRaster *
draw_bars (const char *text)
{
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (WIDTH);

  g_assert_true (jumin_slip_canvas_bars (canvas, text));
  return jumin_slip_canvas_finish (canvas);
}

/* Every symbol that a number can need: letters one by one, digits in pairs and alone. */
static void
test_bars_are_read (void)
{
  static const char *const texts[] = { "A",
                                       "7",
                                       "12",
                                       "123",
                                       "1234",
                                       "12345",
                                       "A1234B",
                                       "A12345B",
                                       "JM20260916102803710003",
                                       "JM123456789012345678901234567",
                                       "!\"#$%&'()*+,-./",
                                       ":;<=>?@[\\]^_`{|}~ x" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JuminRaster) raster = draw_bars (texts[i]);

      assert_read (raster, texts[i]);
    }
  for (int i = 0; i < 100; i += 4)
    {
      g_autofree char *text = g_strdup_printf ("%02d%02d%02d%02d", i, i + 1, i + 2, i + 3);
      g_autoptr (JuminRaster) raster = draw_bars (text);

      assert_read (raster, text);
    }
  for (char c = 'A'; c <= 'Z'; c++)
    {
      char text[] = { c, g_ascii_tolower (c), '1', c, '\0' };
      g_autoptr (JuminRaster) raster = draw_bars (text);

      assert_read (raster, text);
    }
}

static void
test_what_is_no_bar_code_is_none (void)
{
  g_autofree char *longest = g_strnfill (JUMIN_CODE_128_MAX + 1, '1');
  g_autoptr (JuminSlipCanvas) canvas = jumin_slip_canvas_new (NARROW);
  g_autoptr (JuminRaster) raster = NULL;

  g_assert_null (jumin_code_128_dup_widths (""));
  g_assert_null (jumin_code_128_dup_widths ("号"));
  g_assert_null (jumin_code_128_dup_widths ("A\n"));
  g_assert_null (jumin_code_128_dup_widths (longest));
  g_assert_false (jumin_slip_canvas_bars (canvas, "JM20260916102803710003"));
  raster = jumin_slip_canvas_finish (canvas);
  g_assert_cmpuint (raster->height, ==, 1);
}

static void
assert_within_margins (const JuminRaster *raster)
{
  guint margin = MARGIN * raster->width / WIDTH;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < margin; x++)
      g_assert_true (!is_black (raster, x, y) && !is_black (raster, raster->width - 1 - x, y));
  g_assert_cmpuint (raster->height, <, JUMIN_RASTER_HEIGHT_MAX);
  for (guint x = 0; x < raster->width; x++)
    g_assert_false (is_black (raster, x, raster->height - 1));
}

/* All that there can be, on any paper: the number is still read, and the paper ends white. */
static void
test_every_slip_fits_and_is_read (Fixture *f, gconstpointer data)
{
  static const guint widths[] = { NARROW, WIDTH, 832 };
  static const JuminTongue tongues[] = { { "zh", FALSE }, { "zh", TRUE }, { "en", FALSE } };
  static const JuminPaymentState states[]
      = { JUMIN_PAYMENT_PAID, JUMIN_PAYMENT_REFUNDED, JUMIN_PAYMENT_UNKNOWN };

  for (gsize i = 0; i < G_N_ELEMENTS (widths) * G_N_ELEMENTS (tongues); i++)
    for (gsize state = 0; state < 2 * G_N_ELEMENTS (states); state++)
      {
        g_autoptr (JuminRaster) raster = NULL;

        set_payment (f, state % 2 == 0 ? receipt_sample_new (states[state / 2])
                                       : receipt_sample_new_longest (states[state / 2]));
        f->slip.width = widths[i / G_N_ELEMENTS (tongues)];
        f->slip.tongue = tongues[i % G_N_ELEMENTS (tongues)];
        f->slip.reprints = 9;
        raster = jumin_receipt_slip_draw (&f->slip);
        g_assert_cmpuint (raster->width, ==, f->slip.width);
        assert_within_margins (raster);
        assert_read (raster, f->payment->number);
      }
}

static guint
count_black (const JuminRaster *raster)
{
  guint black = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      black += is_black (raster, x, y);
  return black;
}

static gboolean
equal (const JuminRaster *a, const JuminRaster *b)
{
  return a->height == b->height && g_bytes_equal (a->dots, b->dots);
}

/* Nothing but what is on the disk and paid says so: every other state looks the same as unknown. */
static void
test_success_is_said_of_what_is_paid_alone (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminRaster) paid = jumin_receipt_slip_draw (&f->slip), unknown = NULL;

  set_payment (f, receipt_sample_new (JUMIN_PAYMENT_UNKNOWN));
  unknown = jumin_receipt_slip_draw (&f->slip);
  g_assert_false (equal (paid, unknown));
  for (int state = 0; state < JUMIN_N_PAYMENT_STATES; state++)
    {
      g_autoptr (JuminRaster) raster = NULL;
      gboolean final = state == JUMIN_PAYMENT_PAID || state == JUMIN_PAYMENT_FULFILLED
                       || state == JUMIN_PAYMENT_REFUNDED;

      set_payment (f, receipt_sample_new ((JuminPaymentState)state));
      raster = jumin_receipt_slip_draw (&f->slip);
      g_assert_cmpint (equal (raster, unknown), ==, !final);
      f->slip.pending = TRUE;
      g_clear_pointer (&raster, jumin_raster_free);
      g_clear_pointer (&f->payment->channel, g_free);
      f->payment->channel = g_strdup ("");
      g_clear_pointer (&f->payment->transaction, g_free);
      f->payment->transaction = g_strdup ("");
      raster = jumin_receipt_slip_draw (&f->slip);
      g_assert_true (equal (raster, unknown));
      f->slip.pending = FALSE;
    }
  set_payment (f, receipt_sample_new (JUMIN_PAYMENT_FULFILLED));
  f->payment->durable = JUMIN_PAYMENT_PENDING;
  g_free (f->payment->channel);
  f->payment->channel = g_strdup ("");
  g_free (f->payment->transaction);
  f->payment->transaction = g_strdup ("");
  g_clear_pointer (&paid, jumin_raster_free);
  paid = jumin_receipt_slip_draw (&f->slip);
  g_assert_true (equal (paid, unknown));
}

static void
test_each_tongue_has_a_slip_of_its_own (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminRaster) chinese = jumin_receipt_slip_draw (&f->slip), english = NULL;
  g_autoptr (JuminRaster) elder = NULL;

  f->slip.tongue.elder = TRUE;
  elder = jumin_receipt_slip_draw (&f->slip);
  f->slip.tongue = (JuminTongue){ .language = "en" };
  g_assert_cmpstr (jumin_words (f->slip.tongue, "缴费成功"), ==, "Paid");
  english = jumin_receipt_slip_draw (&f->slip);
  g_assert_false (equal (chinese, english));
  g_assert_cmpuint (count_black (elder), >, count_black (chinese) * 5 / 4);
}

static void
test_each_bill_says_what_became_of_it (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminRaster) plain = jumin_receipt_slip_draw (&f->slip);
  JuminPayItem *item = f->payment->items->pdata[1];

  for (int credit = 0; credit < JUMIN_N_CREDITS; credit++)
    {
      g_autoptr (JuminRaster) raster = NULL;

      item->credit = (JuminCredit)credit;
      raster = jumin_receipt_slip_draw (&f->slip);
      if (item->credit == JUMIN_CREDIT_DONE)
        g_assert_true (equal (raster, plain));
      else
        g_assert_cmpuint (raster->height, >, plain->height);
    }
}

static void
test_a_reprint_is_marked_with_its_number (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminRaster) first = jumin_receipt_slip_draw (&f->slip), again = NULL, third = NULL;

  f->slip.reprints = 1;
  again = jumin_receipt_slip_draw (&f->slip);
  f->slip.reprints = 2;
  third = jumin_receipt_slip_draw (&f->slip);
  g_assert_cmpuint (again->height, >, first->height);
  g_assert_false (equal (again, third));
}

/* Whoever is not known, and what is not configured, takes no line. */
static void
test_what_is_not_known_is_not_said (Fixture *f, gconstpointer data)
{
  g_autoptr (JuminRaster) whole = jumin_receipt_slip_draw (&f->slip), bare = NULL;

  f->slip.payer = "";
  f->slip.phone = "";
  bare = jumin_receipt_slip_draw (&f->slip);
  g_assert_cmpuint (bare->height, <, whole->height);
  g_assert_cmpuint (count_black (bare), <, count_black (whole));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/receipt-slip/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  g_test_add_func ("/receipt-slip/bars_are_read", test_bars_are_read);
  g_test_add_func ("/receipt-slip/what_is_no_bar_code_is_none", test_what_is_no_bar_code_is_none);
  ADD ("every_slip_fits_and_is_read", test_every_slip_fits_and_is_read);
  ADD ("success_is_said_of_what_is_paid_alone", test_success_is_said_of_what_is_paid_alone);
  ADD ("each_tongue_has_a_slip_of_its_own", test_each_tongue_has_a_slip_of_its_own);
  ADD ("each_bill_says_what_became_of_it", test_each_bill_says_what_became_of_it);
  ADD ("a_reprint_is_marked_with_its_number", test_a_reprint_is_marked_with_its_number);
  ADD ("what_is_not_known_is_not_said", test_what_is_not_known_is_not_said);
  return g_test_run ();
}
