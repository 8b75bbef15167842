/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code on a picture of a paper, as jumin-scan reads it; of a PDF its first page, as pdftoppm of
 * poppler-utils draws it. */
#include "ctl/paper-picture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/run-program.h"
#include "model/json.h"

enum
{
  PROGRAM_MS = 30000,
  LINE_MAX_BYTES = 64 * 1024, /* a text of 2048 bytes, escaped, and the name of a file */
  HEAD_BYTES = 5
};

#define PDF_HEAD "%PDF-"
#define DRAWN_DPI "200"

static gboolean
is_pdf (const char *file)
{
  char head[HEAD_BYTES];
  int descriptor = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gssize length = descriptor >= 0 ? read (descriptor, head, sizeof head) : -1;

  if (descriptor >= 0)
    close (descriptor);
  return length == HEAD_BYTES && memcmp (head, PDF_HEAD, HEAD_BYTES) == 0;
}

/* @line: what jumin-scan says of one picture. Returns: (transfer full) (nullable): the text */
static char *
dup_text (const char *line)
{
  JuminJsonReport report = { .name = "jumin-scan" };
  cJSON *document = jumin_json_parse (line, strlen (line), &report);
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (document, "text"));
  char *copy = g_strdup (text);

  cJSON_Delete (document);
  g_clear_error (&report.error);
  return copy;
}

static char *
read_picture (const char *scan, const char *picture, GError **error)
{
  const char *const arguments[] = { scan, "--image", "--", picture, NULL };
  g_autofree char *line = g_malloc (LINE_MAX_BYTES);
  char *text;

  if (!juminctl_run_program (arguments, PROGRAM_MS, line, LINE_MAX_BYTES, error))
    return NULL;
  text = dup_text (line);
  if (text == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no code was found");
  return text;
}

static char *
read_page (const char *scan, const char *file, const char *folder, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autofree char *page = g_build_filename (folder, "page", NULL);
  g_autofree char *picture = g_strconcat (page, ".pgm", NULL);
  const char *const arguments[]
      = { "pdftoppm", "-singlefile", "-gray", "-r", DRAWN_DPI, path, page, NULL };
  char nothing[1], *text = NULL;

  if (juminctl_run_program (arguments, PROGRAM_MS, nothing, sizeof nothing, error))
    text = read_picture (scan, picture, error);
  g_unlink (picture);
  return text;
}

/**
 * juminctl_paper_picture_read:
 * @scan: the program jumin-scan
 * @file: a picture (PNG, JPEG, PGM) or a PDF
 *
 * Errors: those of juminctl_run_program(); G_IO_ERROR_NOT_FOUND: no code there. None of them says
 * what a code says.
 *
 * Returns: (transfer full): the text of the code
 */
char *
juminctl_paper_picture_read (const char *scan, const char *file, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *folder = NULL;
  char *text = NULL;

  if (!is_pdf (file))
    text = read_picture (scan, file, &failed);
  else if ((folder = g_dir_make_tmp ("juminctl-XXXXXX", &failed)) != NULL)
    {
      text = read_page (scan, file, folder, &failed);
      g_rmdir (folder);
    }
  if (text == NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&failed),
                                "Reading the code on '%s' failed: ", file);
  return text;
}
