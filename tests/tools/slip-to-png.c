/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip-to-png FILE: draws the ticket or the receipt of an invented resident into a PNG, for
 * comparison with the mock-ups. See --help. */
#include "model/words.h"
#include "printing/receipt-slip.h"
#include "printing/ticket-slip.h"
#include "receipt-sample.h"

#include <cairo.h>

enum
{
  WIDTH_DEFAULT = 576,
  ISSUED_AT = 1789525560 /* 2026-09-16 10:26 in China */
};

static JuminTicket *
make_ticket (gboolean with_priority)
{
  JuminTicket *ticket = jumin_ticket_new ();

  ticket->number = g_strdup ("A023");
  ticket->flow = g_strdup ("A023-0412");
  ticket->matter = g_strdup ("general");
  ticket->counters = g_strdup ("5–8");
  ticket->progress_url = g_strdup ("https://hall.example/q/7f3a9c2e");
  ticket->masked_number = g_strdup ("5001************23");
  jumin_text_set (&ticket->name, "综合受理", "General services");
  jumin_text_set (&ticket->place, "一楼 B 区", "Ground floor, area B");
  ticket->ahead = 3;
  ticket->wait_min = with_priority ? 8 : 10;
  ticket->wait_max = with_priority ? 8 : 15;
  ticket->as_of = ticket->issued_at = ISSUED_AT;
  ticket->priority = with_priority;
  return ticket;
}

typedef struct
{
  gboolean elder, reprint, priority;
  gboolean paid, pending, longest; /* a receipt instead of a ticket */
  JuminTongue tongue;
  guint width;
} Wish;

static JuminText hall = { .zh = (char *)"临江区政务服务中心",
                          .en = (char *)"Linjiang District Government Service Centre" };
static JuminText machine = { .zh = (char *)"3 号机", .en = (char *)"Machine 3" };

static JuminRaster *
draw_ticket (const Wish *wish)
{
  g_autoptr (JuminTicket) ticket = make_ticket (wish->priority);

  return jumin_ticket_slip_draw (&(JuminTicketSlip){ .ticket = ticket,
                                                     .hall = &hall,
                                                     .machine = &machine,
                                                     .printed_at = ISSUED_AT + 14 * 60,
                                                     .reprint = wish->reprint },
                                 wish->tongue, wish->width);
}

static JuminRaster *
draw_receipt (const Wish *wish)
{
  JuminPaymentState state = wish->paid ? JUMIN_PAYMENT_FULFILLED : JUMIN_PAYMENT_UNKNOWN;
  g_autoptr (JuminPayment) payment
      = wish->longest ? receipt_sample_new_longest (state) : receipt_sample_new (state);
  JuminText desk
      = { .zh = (char *)"一楼服务台", .en = (char *)"the service desk on the ground floor" };

  return jumin_receipt_slip_draw (&(JuminReceiptSlip){ .payment = payment,
                                                       .payer = "王*明",
                                                       .hall = &hall,
                                                       .machine = &machine,
                                                       .desk = &desk,
                                                       .phone = "023-0000 0000",
                                                       .printed_at = RECEIPT_SAMPLE_AT + 60,
                                                       .reprints = wish->reprint ? 1 : 0,
                                                       .pending = !wish->paid,
                                                       .tongue = wish->tongue,
                                                       .width = wish->width });
}

static gboolean
write_png (const JuminRaster *raster, const char *path)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)raster->width, (int)raster->height);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  const guint8 *dots = g_bytes_get_data (raster->dots, NULL);
  gboolean written;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      {
        gboolean black = dots[y * (raster->width / 8) + x / 8] & (0x80 >> x % 8);

        *(guint32 *)(void *)(pixels + y * stride + x * sizeof (guint32)) = black ? 0 : 0xffffff;
      }
  cairo_surface_mark_dirty (surface);
  written = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return written;
}

int
main (int argc, char **argv)
{
  Wish wish = { .tongue.language = "zh" };
  gboolean english = FALSE;
  int width = WIDTH_DEFAULT;
  g_autofree char *localedir = NULL;
  const GOptionEntry entries[]
      = { { "english", 'e', 0, G_OPTION_ARG_NONE, &english, "in English", NULL },
          { "elder", 'l', 0, G_OPTION_ARG_NONE, &wish.elder, "in large letters", NULL },
          { "reprint", 'r', 0, G_OPTION_ARG_NONE, &wish.reprint, "printed once more", NULL },
          { "priority", 'p', 0, G_OPTION_ARG_NONE, &wish.priority, "a priority number", NULL },
          { "paid", 0, 0, G_OPTION_ARG_NONE, &wish.paid, "a receipt", NULL },
          { "pending", 0, 0, G_OPTION_ARG_NONE, &wish.pending,
            "the slip of one that nobody knows of yet", NULL },
          { "longest", 0, 0, G_OPTION_ARG_NONE, &wish.longest, "a receipt of all it can", NULL },
          { "width", 'w', 0, G_OPTION_ARG_INT, &width, "dots of the printer (576)", "DOTS" },
          { "localedir", 'd', 0, G_OPTION_ARG_FILENAME, &localedir, "translations", "DIR" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminRaster) raster = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("slip-to-png: %s\n", error != NULL ? error->message : "one FILE is needed");
      return 2;
    }
  if (localedir != NULL)
    jumin_words_init (localedir);
  wish.tongue = (JuminTongue){ .language = english ? "en" : "zh", .elder = wish.elder };
  wish.width = (guint)CLAMP (width, 384, JUMIN_RASTER_WIDTH_MAX) / 8 * 8;
  raster = wish.paid || wish.pending ? draw_receipt (&wish) : draw_ticket (&wish);
  return write_png (raster, argv[1]) ? 0 : 1;
}
