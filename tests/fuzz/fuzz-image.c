/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture file that somebody hands to jumin-scan --image. */
#include "fuzz.h"
#include "scan/image-file.h"

#include <sys/mman.h>
#include <unistd.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int file = memfd_create ("picture", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GError) error = NULL;
  JuminFrame frame;

  g_assert_cmpint (write (file, data, size), ==, (gssize)size);
  if (jumin_image_file_read (path, &frame, &pixels, &error))
    {
      g_assert_no_error (error);
      g_assert_true (jumin_frame_check (&frame, NULL));
      g_assert_true (frame.pixels == pixels);
      g_assert_cmpuint (pixels[jumin_frame_get_size (&frame) - 1], <=, 0xff);
    }
  else
    g_assert_true (error != NULL && pixels == NULL);
  close (file);
  return 0;
}
