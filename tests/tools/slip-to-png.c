/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip-to-png FILE: draws the ticket of an invented resident into a PNG, for comparison with the
 * mock-up. See --help. */
#include "model/words.h"
#include "printing/ticket-slip.h"

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
  gboolean english = FALSE, elder = FALSE, reprint = FALSE, priority = FALSE;
  int width = WIDTH_DEFAULT;
  g_autofree char *localedir = NULL;
  const GOptionEntry entries[]
      = { { "english", 'e', 0, G_OPTION_ARG_NONE, &english, "in English", NULL },
          { "elder", 'l', 0, G_OPTION_ARG_NONE, &elder, "in large letters", NULL },
          { "reprint", 'r', 0, G_OPTION_ARG_NONE, &reprint, "printed once more", NULL },
          { "priority", 'p', 0, G_OPTION_ARG_NONE, &priority, "a priority number", NULL },
          { "width", 'w', 0, G_OPTION_ARG_INT, &width, "dots of the printer (576)", "DOTS" },
          { "localedir", 'd', 0, G_OPTION_ARG_FILENAME, &localedir, "translations", "DIR" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;
  g_autoptr (JuminRaster) raster = NULL;
  JuminText hall = { .zh = (char *)"临江区政务服务中心",
                     .en = (char *)"Linjiang District Government Service Centre" };
  JuminText machine = { .zh = (char *)"3 号机", .en = (char *)"Machine 3" };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("slip-to-png: %s\n", error != NULL ? error->message : "one FILE is needed");
      return 2;
    }
  if (localedir != NULL)
    jumin_words_init (localedir);
  ticket = make_ticket (priority);
  raster
      = jumin_ticket_slip_draw (&(JuminTicketSlip){ .ticket = ticket,
                                                    .hall = &hall,
                                                    .machine = &machine,
                                                    .printed_at = ISSUED_AT + 14 * 60,
                                                    .reprint = reprint },
                                (JuminTongue){ .language = english ? "en" : "zh", .elder = elder },
                                (guint)CLAMP (width, 384, JUMIN_RASTER_WIDTH_MAX) / 8 * 8);
  return write_png (raster, argv[1]) ? 0 : 1;
}
