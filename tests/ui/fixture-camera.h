/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FixtureCamera:
 *
 * Stands in for jumin-scan: memory of a preview, and one picture that comes again 30 times a
 * second.
 */
typedef struct _FixtureCamera FixtureCamera;

FixtureCamera *fixture_camera_new (void);
void fixture_camera_free (FixtureCamera *self);
gboolean fixture_camera_show (FixtureCamera *self, const char *file, guint width, guint height);
void fixture_camera_stop (FixtureCamera *self);
void fixture_camera_forget (FixtureCamera *self);
int fixture_camera_open (FixtureCamera *self);
guint fixture_camera_count_opened (FixtureCamera *self);

G_END_DECLS
