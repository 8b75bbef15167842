/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program, for as long and for as many bytes as it may take. */
#include "ctl/run-program.h"

#include "model/clock.h"

typedef struct
{
  GSubprocess *process;
  gpointer timer;
  gsize length;
  gboolean ended, late;
  GError *error;
} Run;

static gboolean
on_late (gpointer data)
{
  Run *run = data;

  run->timer = NULL;
  run->late = TRUE;
  g_subprocess_force_exit (run->process);
  return G_SOURCE_REMOVE;
}

static void
on_waited (GObject *process, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_subprocess_wait_finish (G_SUBPROCESS (process), result,
                            run->error != NULL ? NULL : &run->error);
  run->ended = TRUE;
}

/* Whoever has more to say is not listened to. */
static void
on_read (GObject *stream, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &run->length, &run->error);
  g_input_stream_close (G_INPUT_STREAM (stream), NULL, NULL);
  g_subprocess_wait_async (run->process, NULL, on_waited, run);
}

/**
 * juminctl_run_program:
 * @arguments: (array zero-terminated=1): the program and what it is given
 * @limit_ms: when it is killed
 * @output: (array length=size): room for what it writes to its standard output, ended by NUL; more
 *   is not read
 *
 * What it ends with is not looked at: whoever reads @output says whether it is good.
 *
 * Errors: G_IO_ERROR_TIMED_OUT; G_SPAWN_ERROR, when it cannot be started.
 */
gboolean
juminctl_run_program (const char *const *arguments, guint limit_ms, char *output, gsize size,
                      GError **error)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error);
  Run run = { .process = process };

  if (process == NULL)
    return FALSE;
  run.timer = jumin_clock_after (clock, limit_ms, on_late, &run);
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (process), output, size - 1,
                                 G_PRIORITY_DEFAULT, NULL, on_read, &run);
  while (!run.ended)
    g_main_context_iteration (NULL, TRUE);
  jumin_clock_cancel (clock, &run.timer);
  output[run.length] = '\0';
  if (run.late)
    {
      g_clear_error (&run.error);
      g_set_error (&run.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "'%s' did not end in %u ms",
                   arguments[0], limit_ms);
    }
  if (run.error == NULL)
    return TRUE;
  g_propagate_error (error, run.error);
  return FALSE;
}
