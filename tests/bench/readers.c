/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoder of jumin-scan and those it is compared with. quirc is not in Debian 12: it is a
 * library that tests/bench/decode makes and names, or it is not there. */
#include "readers.h"

#include <gmodule.h>
#include <string.h>
#include <zbar.h>

#ifdef JUMIN_WITH_ZXING
#include "scan/zxing-shim.h"
#endif

enum
{
  QUIRC_BYTES_MAX = 8896 /* its own bound of a payload */
};

typedef int (*QuircRead) (const guint8 *pixels, int width, int height, guint8 *bytes,
                          int bytes_max);

static QuircRead quirc_read;

static gboolean
is_never_over (gpointer data)
{
  return FALSE;
}

static gpointer
open_ours (void)
{
  return jumin_decoder_new ();
}

static GBytes *
read_ours (gpointer self, const JuminFrame *frame)
{
  g_autoptr (GPtrArray) texts = jumin_decoder_read_frame (self, frame, is_never_over, NULL, NULL);

  return texts != NULL && texts->len > 0 ? g_bytes_ref (g_ptr_array_index (texts, 0)) : NULL;
}

static void
close_ours (gpointer self)
{
  jumin_decoder_free (self);
}

static gpointer
open_zbar (void)
{
  zbar_image_scanner_t *self = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (self, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (self, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (self, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  return self;
}

static GBytes *
read_zbar (gpointer self, const JuminFrame *frame)
{
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  GBytes *text = NULL;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, frame->pixels, jumin_frame_get_size (frame), NULL);
  zbar_scan_image (self, image);
  symbol = zbar_image_first_symbol (image);
  if (symbol != NULL)
    text = g_bytes_new (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  zbar_image_destroy (image);
  return text;
}

static void
close_zbar (gpointer self)
{
  zbar_image_scanner_destroy (self);
}

static gpointer
open_quirc (void)
{
  return quirc_read != NULL ? g_malloc (QUIRC_BYTES_MAX) : NULL;
}

static GBytes *
read_quirc (gpointer self, const JuminFrame *frame)
{
  int length
      = quirc_read (frame->pixels, (int)frame->width, (int)frame->height, self, QUIRC_BYTES_MAX);

  return length > 0 ? g_bytes_new (self, (gsize)length) : NULL;
}

static gpointer
open_zxing (void)
{
#ifdef JUMIN_WITH_ZXING
  return g_new0 (GBytes *, 1);
#else
  return NULL;
#endif
}

#ifdef JUMIN_WITH_ZXING
static void
on_found (const guint8 *bytes, gsize length, gpointer text)
{
  if (*(GBytes **)text == NULL)
    *(GBytes **)text = g_bytes_new (bytes, length);
}
#endif

static GBytes *
read_zxing (gpointer self, const JuminFrame *frame)
{
#ifdef JUMIN_WITH_ZXING
  jumin_zxing_read (frame->pixels, (int)frame->width, (int)frame->height, FALSE, on_found, self);
  return g_steal_pointer ((GBytes **)self);
#else
  return NULL;
#endif
}

const Reader readers[N_READERS] = {
  { "jumin-scan", READERS_FRAMES_MAX, open_ours, read_ours, close_ours },
  { "zbar", 1, open_zbar, read_zbar, close_zbar },
  { "quirc", 1, open_quirc, read_quirc, g_free },
  { "ZXing-C++", 1, open_zxing, read_zxing, g_free },
};

gboolean
readers_load_quirc (const char *library, GError **error)
{
  GModule *module = g_module_open_full (library, G_MODULE_BIND_LOCAL, error);
  gpointer symbol = NULL;

  if (module == NULL)
    return FALSE;
  if (g_module_symbol (module, "bench_quirc_read", &symbol))
    {
      quirc_read = (QuircRead)symbol;
      return TRUE;
    }
  g_set_error (error, G_MODULE_ERROR, G_MODULE_ERROR_FAILED, "Loading quirc failed: %s",
               g_module_error ());
  return FALSE;
}
