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

enum
{
  LIES = 200,
  LIES_S = 20
};

typedef struct
{
  guint32 *head;   /* number, width, height: what stands before the pixels */
  guint32 *newest; /* the first word of the memory */
  gint stop;       /* atomic */
} Liar;

/* A jumin-scan that somebody else runs: everything that it may write changes all the time. */
static gpointer
lie (gpointer data)
{
  static const guint32 sizes[]
      = { 0, 1, 320, 640, 641, 65536, 0x40000001, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF };
  Liar *liar = data;

  for (guint32 i = 0; !g_atomic_int_get (&liar->stop); i++)
    {
      __atomic_store_n (&liar->head[1], sizes[i % G_N_ELEMENTS (sizes)], __ATOMIC_RELAXED);
      __atomic_store_n (&liar->head[2], sizes[i / 3 % G_N_ELEMENTS (sizes)], __ATOMIC_RELAXED);
      /* Long enough for whole copies in between. */
      if (i % (1U << 20) == 0)
        __atomic_store_n (&liar->head[0], i >> 20 << 1, __ATOMIC_RELAXED);
      /* Always the same of the three pictures. */
      __atomic_store_n (liar->newest, i * 3 + 1, __ATOMIC_RELEASE);
    }
  return NULL;
}

static void
test_memory_that_lies_is_not_believed (void)
{
  g_autoptr (JuminPreviewWriter) writer = jumin_preview_writer_new (NULL);
  g_autoptr (JuminPreviewReader) reader
      = jumin_preview_reader_new (jumin_preview_writer_steal_descriptor (writer), NULL);
  guint8 *pixels = jumin_preview_writer_begin (writer, 1, 1);
  Liar liar = { .head = (guint32 *)(gpointer)(pixels - 12),
                .newest = (guint32 *)(gpointer)(pixels - 16) };
  GThread *thread = g_thread_new ("liar", lie, &liar);
  gint64 end_us = g_get_monotonic_time () + LIES_S * G_TIME_SPAN_SECOND;
  guint taken = 0;

  while (taken < LIES && g_get_monotonic_time () < end_us)
    {
      guint width = 0, height = 0;
      g_autoptr (GBytes) bytes = jumin_preview_reader_take (reader, &width, &height);

      if (bytes == NULL)
        continue;
      taken++;
      g_assert_cmpuint (width, <=, JUMIN_PREVIEW_WIDTH_MAX);
      g_assert_cmpuint (height, <=, JUMIN_PREVIEW_HEIGHT_MAX);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, width * height * JUMIN_PREVIEW_PIXEL_BYTES);
    }
  g_atomic_int_set (&liar.stop, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (taken, ==, LIES);
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
  g_test_add_func ("/scan-border/memory-that-lies-is-not-believed",
                   test_memory_that_lies_is_not_believed);
  return g_test_run ();
}
