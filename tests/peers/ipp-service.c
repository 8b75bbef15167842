/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPP requests and answers, with the codec of libcups. */
#include "ipp-service.h"

#include <string.h>

typedef struct
{
  const char *bytes;
  gsize length, at;
} Input;

static ssize_t
on_read (void *source, ipp_uchar_t *bytes, size_t length)
{
  Input *input = source;
  gsize n = MIN (length, input->length - input->at);

  memcpy (bytes, input->bytes + input->at, n);
  input->at += n;
  return (ssize_t)n;
}

static ssize_t
on_write (void *target, ipp_uchar_t *bytes, size_t length)
{
  g_byte_array_append (target, bytes, (guint)length);
  return (ssize_t)length;
}

static void
add_word (ipp_t *reply, ipp_tag_t group, ipp_tag_t type, const char *name, const char *word)
{
  ippAddString (reply, group, type, name, NULL, word);
}

static void
add_job (const JuminIppService *self, ipp_t *reply, const JuminEngineJob *job)
{
  int done = self->engine.uncounted ? 0 : job->done;

  ippAddInteger (reply, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job->id);
  ippAddStringf (reply, IPP_TAG_JOB, IPP_TAG_URI, "job-uri", NULL, "%s/%d", self->uri, job->id);
  ippAddInteger (reply, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int)job->state);
  add_word (reply, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", job->reason);
  add_word (reply, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", job->name);
  ippAddInteger (reply, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions", job->total);
  ippAddInteger (reply, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", done);
  ippAddInteger (reply, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-media-sheets-completed", done);
}

static void
add_reasons (const JuminIppService *self, ipp_t *reply)
{
  const JuminEngine *engine = &self->engine;
  const struct
  {
    gboolean is;
    const char *reason;
  } rows[] = {
    { engine->paper_out, "media-empty-error" },
    { engine->paper_low, "media-low-report" },
    { engine->jammed, "media-jam-error" },
    { engine->cover_open, "cover-open-report" },
    { engine->toner_out, "toner-empty-error" },
    { engine->toner_low, "toner-low-warning" },
    { engine->off_line, "paused" },
  };
  const char *words[G_N_ELEMENTS (rows) + JUMIN_ENGINE_REASONS_MAX];
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].is)
      words[n++] = rows[i].reason;
  for (guint i = 0; i < self->reasons->len; i++)
    words[n++] = g_ptr_array_index (self->reasons, i);
  if (n == 0)
    words[n++] = "none";
  ippAddStrings (reply, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", n, NULL, words);
}

/* With paper out it stays "idle", as some do: only the keyword tells. */
static void
add_printer (JuminIppService *self, ipp_t *reply)
{
  static const int operations[] = { IPP_OP_VALIDATE_JOB,          IPP_OP_CREATE_JOB,
                                    IPP_OP_SEND_DOCUMENT,         IPP_OP_CANCEL_JOB,
                                    IPP_OP_GET_JOB_ATTRIBUTES,    IPP_OP_GET_JOBS,
                                    IPP_OP_GET_PRINTER_ATTRIBUTES };
  static const char *const formats[] = { "image/pwg-raster", "application/pdf" };
  const JuminEngineJob *job = jumin_engine_get_current (&self->engine);
  gboolean printing = job != NULL && job->state == IPP_JSTATE_PROCESSING;

  add_word (reply, IPP_TAG_PRINTER, IPP_TAG_URI, "printer-uri-supported", self->uri);
  add_word (reply, IPP_TAG_PRINTER, IPP_TAG_NAME, "printer-name", "jumin-peer");
  ippAddInteger (reply, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state",
                 printing ? IPP_PSTATE_PROCESSING : IPP_PSTATE_IDLE);
  add_reasons (self, reply);
  ippAddBoolean (reply, IPP_TAG_PRINTER, "printer-is-accepting-jobs", !self->refusing);
  ippAddInteger (reply, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "queued-job-count", job != NULL);
  ippAddStrings (reply, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported",
                 self->no_pdf ? 1 : 2, NULL, formats);
  ippAddIntegers (reply, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported",
                  G_N_ELEMENTS (operations), operations);
  add_word (reply, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-supported", "iso_a4_210x297mm");
  add_word (reply, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "sides-supported", "one-sided");
}

static const char *
get_string (ipp_t *request, const char *name, const char *otherwise)
{
  ipp_attribute_t *found = ippFindAttribute (request, name, IPP_TAG_ZERO);
  const char *value = found != NULL ? ippGetString (found, 0, NULL) : NULL;

  return value != NULL ? value : otherwise;
}

static void
create_job (JuminIppService *self, ipp_t *request, ipp_t *reply)
{
  if (self->refusing)
    ippSetStatusCode (reply, IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS);
  else if (self->busy)
    ippSetStatusCode (reply, IPP_STATUS_ERROR_BUSY);
  else if (ippGetOperation (request) == IPP_OP_CREATE_JOB)
    add_job (self, reply,
             jumin_engine_add_job (&self->engine, get_string (request, "job-name", "untitled")));
}

static void
list_jobs (JuminIppService *self, ipp_t *request, ipp_t *reply)
{
  gboolean ended = strcmp (get_string (request, "which-jobs", "not-completed"), "completed") == 0;
  gboolean first = TRUE;

  for (guint i = 0; i < self->engine.jobs->len; i++)
    {
      const JuminEngineJob *job = g_ptr_array_index (self->engine.jobs, i);

      if ((job->state >= IPP_JSTATE_CANCELED) != ended)
        continue;
      if (!first)
        ippAddSeparator (reply);
      add_job (self, reply, job);
      first = FALSE;
    }
}

static void
answer_about_job (JuminIppService *self, ipp_t *request, ipp_t *reply, const Input *rest)
{
  ipp_attribute_t *id = ippFindAttribute (request, "job-id", IPP_TAG_INTEGER);
  JuminEngineJob *job
      = id != NULL ? jumin_engine_find_job (&self->engine, ippGetInteger (id, 0)) : NULL;
  ipp_op_t operation = ippGetOperation (request);

  if (job == NULL)
    ippSetStatusCode (reply, IPP_STATUS_ERROR_NOT_FOUND);
  else if (operation == IPP_OP_CANCEL_JOB)
    {
      if (!jumin_engine_cancel_job (&self->engine, job))
        ippSetStatusCode (reply, IPP_STATUS_ERROR_NOT_POSSIBLE);
    }
  else
    {
      if (operation == IPP_OP_SEND_DOCUMENT)
        jumin_engine_take_document (&self->engine, job, rest->bytes + rest->at,
                                    rest->length - rest->at);
      add_job (self, reply, job);
    }
}

static void
answer (JuminIppService *self, ipp_t *request, ipp_t *reply, const Input *rest)
{
  switch ((int)ippGetOperation (request))
    {
    case IPP_OP_GET_PRINTER_ATTRIBUTES:
      self->n_asked++;
      add_printer (self, reply);
      break;
    case IPP_OP_VALIDATE_JOB:
    case IPP_OP_CREATE_JOB:
      create_job (self, request, reply);
      break;
    case IPP_OP_GET_JOBS:
      list_jobs (self, request, reply);
      break;
    case IPP_OP_SEND_DOCUMENT:
    case IPP_OP_GET_JOB_ATTRIBUTES:
    case IPP_OP_CANCEL_JOB:
      answer_about_job (self, request, reply, rest);
      break;
    default:
      ippSetStatusCode (reply, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    }
}

GBytes *
jumin_ipp_service_answer (JuminIppService *self, const char *bytes, gsize length,
                          ipp_op_t *operation)
{
  Input input = { .bytes = bytes, .length = length };
  GByteArray *output = g_byte_array_new ();
  ipp_t *request = ippNew (), *reply;
  ipp_state_t state = IPP_STATE_IDLE;

  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO (&input, on_read, 1, NULL, request);
  if (state == IPP_STATE_ERROR)
    {
      ippDelete (request);
      g_byte_array_unref (output);
      return NULL;
    }
  *operation = ippGetOperation (request);
  reply = ippNewResponse (request);
  answer (self, request, reply, &input);
  jumin_engine_run (&self->engine);
  ippSetState (reply, IPP_STATE_IDLE);
  for (state = IPP_STATE_IDLE; state != IPP_STATE_DATA && state != IPP_STATE_ERROR;)
    state = ippWriteIO (output, on_write, 1, NULL, reply);
  ippDelete (request);
  ippDelete (reply);
  return g_byte_array_free_to_bytes (output);
}

void
jumin_ipp_service_init (JuminIppService *self, const char *dir, guint page_ms)
{
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  jumin_engine_init (&self->engine, dir, page_ms);
}

void
jumin_ipp_service_finish (JuminIppService *self)
{
  jumin_engine_finish (&self->engine);
  g_ptr_array_unref (self->reasons);
  g_free (self->uri);
}

gboolean
jumin_ipp_service_set_reason (JuminIppService *self, const char *change)
{
  guint i;

  if (*change == '+' && self->reasons->len < JUMIN_ENGINE_REASONS_MAX)
    g_ptr_array_add (self->reasons, g_strdup (change + 1));
  else if (*change == '-'
           && g_ptr_array_find_with_equal_func (self->reasons, change + 1, g_str_equal, &i))
    g_ptr_array_remove_index (self->reasons, i);
  else
    return FALSE;
  return TRUE;
}
