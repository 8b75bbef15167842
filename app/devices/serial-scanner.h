/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/code-scanner.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminSerialSettings:
 * @device: the line, by a name that stays: /dev/serial/by-id/…
 * @speed: baud; one that jumin_serial_scanner_knows_speed()
 * @prefix: what the scanner puts before each text, which is taken away; "" for nothing
 * @gap_ms: a text without CR or LF ends when nothing has come for so long
 * @retry_ms: when a scanner that is away is looked for again
 */
typedef struct
{
  const char *device, *prefix;
  guint speed, gap_ms, retry_ms;
} JuminSerialSettings;

/**
 * JuminSerialScanner:
 *
 * A scanner of codes on a serial line, RS-232 or USB. The line is open for as long as this lives,
 * and what comes while nobody looks is thrown away: a scanner keeps what nobody has fetched, and
 * the code of one person would be the next one's.
 */
#define JUMIN_TYPE_SERIAL_SCANNER (jumin_serial_scanner_get_type ())
G_DECLARE_FINAL_TYPE (JuminSerialScanner, jumin_serial_scanner, JUMIN, SERIAL_SCANNER, GObject)

JuminCodeScanner *jumin_serial_scanner_new (const JuminSerialSettings *settings, JuminClock *clock);
gboolean jumin_serial_scanner_knows_speed (guint speed);

G_END_DECLS
