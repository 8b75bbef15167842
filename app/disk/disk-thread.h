/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminDiskThread:
 *
 * One thread that alone has a file: calls are run in their order, and their ends are handed back to
 * the main loop. The file is opened by the first call, closed after an error, and opened anew by
 * the next call: what a disk says after it failed once is not believed.
 */
typedef struct _JuminDiskThread JuminDiskThread;

/* @owner: of the thread. Returns: (transfer full) (nullable): its file */
typedef gpointer (*JuminDiskOpen) (gpointer owner, GError **error);
/* @request: the task's data; @result: (out) (transfer full): of what reads */
typedef gboolean (*JuminDiskCall) (gpointer file, gpointer request, gpointer *result,
                                   GError **error);

/* What is better done while nobody waits. FALSE: it failed */
typedef gboolean (*JuminDiskRest) (gpointer owner, gpointer file);

/* @owner: (not owned): a GObject, which frees the thread when it is finalized; @rest: (nullable) */
JuminDiskThread *jumin_disk_thread_new (gpointer owner, JuminDiskOpen open, GDestroyNotify close,
                                        JuminDiskRest rest);
void jumin_disk_thread_free (JuminDiskThread *self);
/* Whoever rests is to end soon. */
gboolean jumin_disk_thread_is_wanted (JuminDiskThread *self);

/* @task: (transfer full): of the owner; it returns the result, or TRUE when there is none */
void jumin_disk_thread_start (JuminDiskThread *self, GTask *task, JuminDiskCall call,
                              GDestroyNotify free_result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminDiskThread, jumin_disk_thread_free)

G_END_DECLS
