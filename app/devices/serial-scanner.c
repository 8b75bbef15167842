/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a serial line become texts: CR, LF or a gap ends one. A text is dropped whole when it is
 * too long, holds a control character (noise, another speed), or has begun while nobody looked. */
#include "devices/serial-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum
{
  READ_BYTES = 512
};

static const struct
{
  guint baud;
  speed_t constant;
} speeds[] = {
  { 1200, B1200 },   { 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
  { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

/* What opening a line fails with; else it is faulty. */
static const struct
{
  int number;
  JuminScanState state;
} refusals[] = {
  { ENOENT, JUMIN_SCAN_MISSING }, { ENXIO, JUMIN_SCAN_MISSING },  { ENODEV, JUMIN_SCAN_MISSING },
  { EIO, JUMIN_SCAN_MISSING },    { EACCES, JUMIN_SCAN_REFUSED }, { EPERM, JUMIN_SCAN_REFUSED },
  { EBUSY, JUMIN_SCAN_BUSY },     { ENOTTY, JUMIN_SCAN_FORMAT },
};

struct _JuminSerialScanner
{
  GObject parent_instance;
  JuminClock *clock;
  JuminSerialSettings settings; /* owns its strings */
  gboolean looking;
  JuminScanState state; /* while it looks */
  int line;             /* −1: closed */
  guint watch;
  gpointer retry, gap; /* timers; the gap runs while a text comes */
  gboolean dropping;   /* the text that comes */
  gsize length;
  guint8 text[JUMIN_SCAN_TEXT_BYTES_MAX];
};

static void open_line (JuminSerialScanner *self);

static void
set_state (JuminSerialScanner *self, JuminScanState state)
{
  if (self->state == state)
    return;
  self->state = state;
  if (self->looking)
    jumin_code_scanner_emit_changed (JUMIN_CODE_SCANNER (self));
}

static void
forget_text (JuminSerialScanner *self)
{
  explicit_bzero (self->text, sizeof self->text);
  self->length = 0;
}

/* The text is complete. */
static void
end_text (JuminSerialScanner *self)
{
  gsize prefix = strlen (self->settings.prefix);
  g_autoptr (GBytes) text = NULL;

  jumin_clock_cancel (self->clock, &self->gap);
  if (self->length < prefix || memcmp (self->text, self->settings.prefix, prefix) != 0)
    prefix = 0;
  if (!self->dropping && self->length > prefix)
    text = g_bytes_new (self->text + prefix, self->length - prefix);
  forget_text (self);
  self->dropping = !self->looking;
  if (text != NULL)
    jumin_code_scanner_emit_code (JUMIN_CODE_SCANNER (self), text);
}

static gboolean
on_gap (gpointer data)
{
  g_autoptr (JuminSerialScanner) self = g_object_ref (JUMIN_SERIAL_SCANNER (data));

  self->gap = NULL;
  end_text (self);
  return G_SOURCE_REMOVE;
}

static void
take_byte (JuminSerialScanner *self, guint8 byte)
{
  if (byte == '\r' || byte == '\n')
    end_text (self);
  else if (self->dropping)
    return;
  else if (g_ascii_iscntrl ((char)byte) || self->length == sizeof self->text)
    {
      self->dropping = TRUE;
      forget_text (self);
    }
  else
    self->text[self->length++] = byte;
}

static gboolean
on_retry (gpointer data)
{
  JuminSerialScanner *self = data;

  self->retry = NULL;
  open_line (self);
  return G_SOURCE_REMOVE;
}

static void
close_line (JuminSerialScanner *self)
{
  jumin_clock_cancel (self->clock, &self->gap);
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->line >= 0)
    close (self->line);
  self->line = -1;
  forget_text (self);
}

static void
retry_later (JuminSerialScanner *self, JuminScanState state)
{
  close_line (self);
  self->retry = jumin_clock_after (self->clock, self->settings.retry_ms, on_retry, self);
  set_state (self, state);
}

static gboolean
on_readable (int line, GIOCondition condition, gpointer data)
{
  g_autoptr (JuminSerialScanner) self = g_object_ref (JUMIN_SERIAL_SCANNER (data));
  guint8 bytes[READ_BYTES];
  gssize length = read (line, bytes, sizeof bytes);

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (length <= 0)
    {
      self->watch = 0;
      retry_later (self, JUMIN_SCAN_LOST);
      return G_SOURCE_REMOVE;
    }
  jumin_clock_cancel (self->clock, &self->gap);
  for (gssize i = 0; i < length; i++)
    take_byte (self, bytes[i]);
  if (bytes[length - 1] != '\r' && bytes[length - 1] != '\n')
    self->gap = jumin_clock_after (self->clock, self->settings.gap_ms, on_gap, self);
  explicit_bzero (bytes, sizeof bytes);
  return G_SOURCE_CONTINUE;
}

static speed_t
find_speed (guint baud)
{
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      return speeds[i].constant;
  return B0;
}

/* Raw, eight bits, nobody else's; what it kept for whoever was not there is gone. */
static gboolean
prepare (int line, guint baud)
{
  struct termios terminal;

  if (tcgetattr (line, &terminal) != 0)
    return FALSE;
  cfmakeraw (&terminal);
  terminal.c_cflag |= CLOCAL | CREAD;
  terminal.c_cflag &= ~(tcflag_t)(CRTSCTS | CSTOPB);
  return cfsetspeed (&terminal, find_speed (baud)) == 0 && tcsetattr (line, TCSANOW, &terminal) == 0
         && ioctl (line, TIOCEXCL) == 0 && tcflush (line, TCIFLUSH) == 0;
}

static JuminScanState
state_for (int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].number == number)
      return refusals[i].state;
  return JUMIN_SCAN_FAULTY;
}

static void
open_line (JuminSerialScanner *self)
{
  self->line = open (self->settings.device, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (self->line < 0 || !prepare (self->line, self->settings.speed))
    {
      retry_later (self, state_for (errno));
      return;
    }
  self->dropping = !self->looking;
  /* What lies there goes before a gap that is over: it was this program that was held up. */
  self->watch = g_unix_fd_add_full (G_PRIORITY_HIGH, self->line, G_IO_IN | G_IO_HUP | G_IO_ERR,
                                    on_readable, self, NULL);
  set_state (self, JUMIN_SCAN_LOOKING);
}

static void
set_looking (JuminCodeScanner *scanner, gboolean looking)
{
  JuminSerialScanner *self = JUMIN_SERIAL_SCANNER (scanner);

  if (self->looking == looking)
    return;
  self->looking = looking;
  forget_text (self);
  self->dropping = !looking || self->gap != NULL;
  jumin_code_scanner_emit_changed (scanner);
}

static JuminScanState
get_state (JuminCodeScanner *scanner)
{
  JuminSerialScanner *self = JUMIN_SERIAL_SCANNER (scanner);

  return self->looking ? self->state : JUMIN_SCAN_OFF;
}

static JuminScanHint
get_hint (JuminCodeScanner *scanner)
{
  return JUMIN_SCAN_HINT_NONE;
}

static void
implement_scanner (JuminCodeScannerInterface *iface)
{
  iface->set_looking = set_looking;
  iface->get_state = get_state;
  iface->get_hint = get_hint;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminSerialScanner, jumin_serial_scanner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_CODE_SCANNER, implement_scanner))

static void
jumin_serial_scanner_dispose (GObject *object)
{
  JuminSerialScanner *self = JUMIN_SERIAL_SCANNER (object);

  jumin_clock_cancel (self->clock, &self->retry);
  close_line (self);
  G_OBJECT_CLASS (jumin_serial_scanner_parent_class)->dispose (object);
}

static void
jumin_serial_scanner_finalize (GObject *object)
{
  JuminSerialScanner *self = JUMIN_SERIAL_SCANNER (object);

  g_object_unref (self->clock);
  g_free ((char *)self->settings.device);
  g_free ((char *)self->settings.prefix);
  G_OBJECT_CLASS (jumin_serial_scanner_parent_class)->finalize (object);
}

static void
jumin_serial_scanner_class_init (JuminSerialScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_serial_scanner_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_serial_scanner_finalize;
}

static void
jumin_serial_scanner_init (JuminSerialScanner *self)
{
  self->line = -1;
  self->state = JUMIN_SCAN_MISSING;
}

/**
 * jumin_serial_scanner_new:
 * @settings: copied
 * @clock: for all waits
 *
 * Returns: (transfer full): a scanner that does not look yet
 */
JuminCodeScanner *
jumin_serial_scanner_new (const JuminSerialSettings *settings, JuminClock *clock)
{
  JuminSerialScanner *self = g_object_new (JUMIN_TYPE_SERIAL_SCANNER, NULL);

  g_assert (jumin_serial_scanner_knows_speed (settings->speed));
  self->clock = g_object_ref (clock);
  self->settings = *settings;
  self->settings.device = g_strdup (settings->device);
  self->settings.prefix = g_strdup (settings->prefix);
  open_line (self);
  return JUMIN_CODE_SCANNER (self);
}

gboolean
jumin_serial_scanner_knows_speed (guint speed)
{
  return find_speed (speed) != B0;
}
