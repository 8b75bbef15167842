/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

GBytes *picture_file_make_png (const JuminFrame *frame, gboolean transparent);
GBytes *picture_file_make_jpeg (const JuminFrame *frame, gboolean progressive);
GBytes *picture_file_make_pgm (const JuminFrame *frame);
