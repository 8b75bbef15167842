/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper before it is printed: covered until the person asks to see it. How many copies is the
 * page's draft until "print" sends it. */
#include "journey/terminal-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

static gboolean
needed (const JuminScene *scene)
{
  return scene->paper != NULL;
}

static gboolean
read_switch (GVariant *values, gboolean *on)
{
  g_autofree char *value = jumin_terminal_dup_value (values, "value");

  *on = g_strcmp0 (value, "on") == 0;
  return *on || g_strcmp0 (value, "off") == 0;
}

static void
act_show (JuminTerminal *self, GVariant *values)
{
  gboolean on;

  if (!read_switch (values, &on))
    return;
  self->scene.document_shown = on;
  jumin_veil_follow (self);
  jumin_terminal_redraw (self);
}

/* Another edition is another paper. */
static void
act_large (JuminTerminal *self, GVariant *values)
{
  JuminScene *scene = &self->scene;
  gboolean on;

  if (!read_switch (values, &on) || on == scene->large_print
      || g_strcmp0 (scene->paper, JUMIN_PAPER_STATEMENT) != 0)
    return;
  scene->large_print = on;
  jumin_line_return_to (self, &jumin_paper_step);
}

static void
act_print (JuminTerminal *self, GVariant *values)
{
  JuminScene *scene = &self->scene;
  g_autofree char *copies = jumin_terminal_dup_value (values, "copies");
  gint64 wanted = 1;

  if (copies != NULL
      && !g_ascii_string_to_signed (copies, 10, 1, scene->document->copies, &wanted, NULL))
    return;
  if (!scene->sheets_ready)
    return; /* the page says so already */
  scene->copies = (int)wanted;
  jumin_line_advance (self);
}

const JuminStep jumin_preview_step = { .name = "preview",
                                       .page = JUMIN_PAGE_PREVIEW,
                                       .asks = TRUE,
                                       .needed = needed,
                                       .acts = { { "show", .take = act_show },
                                                 { "large", .take = act_large },
                                                 { "print", .take = act_print } } };

static gboolean
write_all (int descriptor, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gssize written = 1; length > 0 && written > 0; data += written, length -= (gsize)written)
    written = write (descriptor, data, length);
  return length == 0;
}

/**
 * jumin_terminal_open_document:
 *
 * Returns: a new descriptor of sealed memory with the paper as it will be printed, while a page
 *   shows it that the person asked to see; else −1
 */
int
jumin_terminal_open_document (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;
  gboolean is_shown = (scene->page == JUMIN_PAGE_PREVIEW || scene->page == JUMIN_PAGE_SHEETS)
                      && scene->document != NULL && scene->document_shown
                      && scene->dialog == JUMIN_DIALOG_NONE;
  int descriptor = is_shown ? memfd_create ("jumin-document", MFD_CLOEXEC | MFD_ALLOW_SEALING) : -1;

  if (descriptor < 0)
    return -1;
  if (write_all (descriptor, scene->document->pdf)
      && fcntl (descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)
             == 0)
    return descriptor;
  g_message ("Sealing the memory of a paper failed: %s", g_strerror (errno));
  close (descriptor);
  return -1;
}
