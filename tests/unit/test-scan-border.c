/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What core, jumin-scan and jumin-ui hand to each other: messages, and pictures in shared memory.
 */
#include "ipc/preview.h"
#include "model/scan-message.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
check_same (const JuminScanMessage *message, gsize expected_length)
{
  guint8 bytes[JUMIN_SCAN_MESSAGE_BYTES_MAX];
  g_autoptr (GError) error = NULL;
  JuminScanMessage back = { 0 };
  gsize length = jumin_scan_message_pack (message, bytes);

  g_assert_cmpuint (length, ==, expected_length);
  g_assert_true (jumin_scan_message_parse (bytes, length, &back, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (&back, sizeof back, message, sizeof *message);
}

static void
test_messages_come_back (void)
{
  JuminScanMessage code
      = { .kind = JUMIN_SCAN_MESSAGE_CODE, .text_length = JUMIN_SCAN_TEXT_BYTES_MAX };

  memset (code.text, 0xe6, sizeof code.text);
  check_same (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_START,
                                   .start = { "046d:0825", 300, 10000, TRUE } },
              15);
  check_same (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_START, .start = { "", 1, 1, FALSE } },
              6);
  check_same (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_PREVIEW, .preview = TRUE }, 2);
  check_same (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_OPENED }, 1);
  check_same (&(JuminScanMessage){ .kind = JUMIN_SCAN_MESSAGE_STATE,
                                   .state = JUMIN_SCAN_LOOKING,
                                   .hint = JUMIN_SCAN_HINT_STEADY },
              3);
  check_same (&code, JUMIN_SCAN_MESSAGE_BYTES_MAX);
}

static void
test_other_bytes_are_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } wrong[] = {
    { "", 0 },
    { "X", 1 },
    { "S", 1 },
    { "S\0\0\1\0\0", 6 },     /* no time for a frame */
    { "S\1\0\1\0\2", 6 },     /* a flag of 2 */
    { "S\1\0\1\0\0a\0b", 9 }, /* a device with a NUL */
    { "S\21\47\1\0\0", 6 },   /* 10001 ms */
    { "P", 1 },
    { "P\2", 2 },
    { "P\1\1", 3 },
    { "OO", 2 },
    { "T\15\0", 3 }, /* a state too many */
    { "T\0\6", 3 },  /* a hint too many */
    { "T\0", 2 },
    { "C", 1 },
  };
  g_autofree guint8 *long_code = g_malloc0 (JUMIN_SCAN_MESSAGE_BYTES_MAX + 1);
  JuminScanMessage message;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (jumin_scan_message_parse ((const guint8 *)wrong[i].bytes, wrong[i].length,
                                                &message, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  long_code[0] = 'C';
  g_assert_false (
      jumin_scan_message_parse (long_code, JUMIN_SCAN_MESSAGE_BYTES_MAX + 1, &message, NULL));
}

static void
write_picture (JuminPreviewWriter *writer, guint width, guint height, guint8 shade)
{
  guint8 *pixels = jumin_preview_writer_begin (writer, width, height);

  memset (pixels, shade, (gsize)width * height * JUMIN_PREVIEW_PIXEL_BYTES);
  jumin_preview_writer_commit (writer);
}

static void
test_newest_picture_is_taken_once (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminPreviewWriter) writer = jumin_preview_writer_new (&error);
  g_autoptr (JuminPreviewReader) reader
      = jumin_preview_reader_new (jumin_preview_writer_steal_descriptor (writer), &error);
  guint width, height;

  g_assert_no_error (error);
  g_assert_null (jumin_preview_reader_take (reader, &width, &height));
  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      write_picture (writer, 640, 360, 200);
      write_picture (writer, 320, 240 + i, (guint8)i);
      bytes = jumin_preview_reader_take (reader, &width, &height);
      g_assert_cmpuint (width, ==, 320);
      g_assert_cmpuint (height, ==, 240 + i);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 320 * (240 + i) * 4);
      g_assert_cmpuint (((const guint8 *)g_bytes_get_data (bytes, NULL))[1000], ==, i);
      g_assert_null (jumin_preview_reader_take (reader, &width, &height));
    }
}

static void
test_picture_under_way_is_not_taken (void)
{
  g_autoptr (JuminPreviewWriter) writer = jumin_preview_writer_new (NULL);
  g_autoptr (JuminPreviewReader) reader
      = jumin_preview_reader_new (jumin_preview_writer_steal_descriptor (writer), NULL);
  g_autoptr (GBytes) bytes = NULL;
  guint width, height;

  jumin_preview_writer_begin (writer, 100, 100);
  g_assert_null (jumin_preview_reader_take (reader, &width, &height));
  jumin_preview_writer_commit (writer);
  bytes = jumin_preview_reader_take (reader, &width, &height);
  g_assert_nonnull (bytes);
}

static void
test_other_memory_is_refused (void)
{
  g_autoptr (JuminPreviewWriter) writer = jumin_preview_writer_new (NULL);
  g_autoptr (GError) error = NULL;
  int descriptor = jumin_preview_writer_steal_descriptor (writer);
  int unsealed = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (ftruncate (descriptor, 100), ==, -1);
  g_assert_true (mmap (NULL, 100, PROT_WRITE, MAP_SHARED, descriptor, 0) == MAP_FAILED);
  g_assert_cmpint (ftruncate (unsealed, lseek (descriptor, 0, SEEK_END)), ==, 0);
  g_assert_null (jumin_preview_reader_new (unsealed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  close (descriptor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-border/messages-come-back", test_messages_come_back);
  g_test_add_func ("/scan-border/other-bytes-are-refused", test_other_bytes_are_refused);
  g_test_add_func ("/scan-border/the-newest-picture-is-taken-once",
                   test_newest_picture_is_taken_once);
  g_test_add_func ("/scan-border/a-picture-under-way-is-not-taken",
                   test_picture_under_way_is_not_taken);
  g_test_add_func ("/scan-border/other-memory-is-refused", test_other_memory_is_refused);
  return g_test_run ();
}
