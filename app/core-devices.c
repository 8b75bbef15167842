/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The devices of this machine, as its configuration has them. */
#include "core-devices.h"

#include "devices/camera-scanner.h"
#include "devices/escpos-printer.h"
#include "devices/ipp-printer.h"
#include "devices/serial-scanner.h"

static const char *
text (const JuminConfig *config, const char *group, const char *key)
{
  const char *value = jumin_config_get_string (config, group, key);

  return *value != '\0' ? value : NULL;
}

static guint
number (const JuminConfig *config, const char *group, const char *key)
{
  return (guint)jumin_config_get_int (config, group, key);
}

JuminPrinter *
jumin_core_printer_new (const JuminConfig *config, JuminClock *clock)
{
  const JuminEscposProfile *profile
      = jumin_escpos_profile_find (text (config, "printer", "profile"));
  JuminEscposProfile settings = *profile;

  settings.status_ms = number (config, "printer", "status-ms");
  settings.confirm_ms = number (config, "printer", "confirm-ms");
  settings.width = number (config, "printer", "width");
  return jumin_escpos_printer_new (jumin_config_get_string (config, "printer", "uri"), &settings,
                                   clock);
}

static JuminCodeScanner *
camera_new (const JuminConfig *config, JuminClock *clock)
{
  JuminCameraSettings settings = {
    .program = text (config, "scan", "program"),
    .socket = text (config, "scan", "socket"),
    .device = jumin_config_get_string (config, "scan", "device"),
    .open_ms = number (config, "scan", "open-ms"),
    .frame_ms = number (config, "scan", "frame-ms"),
    .stall_ms = number (config, "scan", "stall-ms"),
    .retry_ms = number (config, "scan", "retry-ms"),
    .deaths_max = number (config, "scan", "deaths-max"),
    .faulty_ms = number (config, "scan", "faulty-ms"),
    .mirror = g_str_equal (text (config, "scan", "mirror"), "yes"),
  };

  return jumin_camera_scanner_new (&settings, clock);
}

static JuminCodeScanner *
serial_new (const JuminConfig *config, JuminClock *clock)
{
  JuminSerialSettings settings = {
    .device = jumin_config_get_string (config, "scan", "device"),
    .prefix = jumin_config_get_string (config, "scan", "serial-prefix"),
    .speed = (guint)g_ascii_strtoull (text (config, "scan", "serial-speed"), NULL, 10),
    .gap_ms = number (config, "scan", "serial-gap-ms"),
    .retry_ms = number (config, "scan", "retry-ms"),
  };

  return jumin_serial_scanner_new (&settings, clock);
}

JuminCodeScanner *
jumin_core_scanner_new (const JuminConfig *config, JuminClock *clock)
{
  const char *kind = text (config, "scan", "kind");

  if (g_str_equal (kind, "camera"))
    return camera_new (config, clock);
  return g_str_equal (kind, "serial") ? serial_new (config, clock) : NULL;
}

JuminPagePrinter *
jumin_core_sheet_printer_new (const JuminConfig *config, JuminClock *clock, GError **error)
{
  JuminIppProfile profile = {
    .fingerprint = text (config, "sheets", "fingerprint"),
    .open_ms = number (config, "sheets", "open-ms"),
    .answer_ms = number (config, "sheets", "answer-ms"),
    .look_ms = number (config, "sheets", "look-ms"),
    .lost_ms = number (config, "sheets", "lost-ms"),
    .first_ms = number (config, "sheets", "first-ms"),
    .page_ms = number (config, "sheets", "page-ms"),
    .cancel_ms = number (config, "sheets", "cancel-ms"),
    .counts_pages = g_str_equal (text (config, "sheets", "counts-pages"), "yes"),
  };
  const char *uri = text (config, "sheets", "uri");

  return uri != NULL ? jumin_ipp_printer_new (uri, &profile, clock, error) : NULL;
}
