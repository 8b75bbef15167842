/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer says in IPP, and what that means. The keyword decides, whatever comes behind it
 * (-report, -warning, -error, or nothing): printers do not agree on that, and some stay "idle"
 * without paper. */
#include "devices/ipp-words.h"

#include <string.h>

const char *const jumin_ipp_printer_attributes[] = { "printer-state",
                                                     "printer-state-reasons",
                                                     "printer-is-accepting-jobs",
                                                     "queued-job-count",
                                                     "document-format-supported",
                                                     "media-supported",
                                                     "operations-supported",
                                                     "sides-supported" };
const int jumin_ipp_n_printer_attributes = G_N_ELEMENTS (jumin_ipp_printer_attributes);

/* printer-state-reasons: RFC 8011 5.4.12, PWG 5100.9, and what cupsd says. 0: of no meaning here */
static const struct
{
  const char *keyword;
  JuminPageTroubles trouble;
} reasons[] = {
  { "none", 0 },
  { "media-empty", JUMIN_PAGE_PAPER_OUT },
  { "media-needed", JUMIN_PAGE_PAPER_OUT },
  { "input-tray-missing", JUMIN_PAGE_PAPER_OUT },
  { "input-media-tray-empty", JUMIN_PAGE_PAPER_OUT },
  { "media-low", JUMIN_PAGE_PAPER_LOW },
  { "media-jam", JUMIN_PAGE_JAM },
  { "cover-open", JUMIN_PAGE_COVER_OPEN },
  { "door-open", JUMIN_PAGE_COVER_OPEN },
  { "interlock-open", JUMIN_PAGE_COVER_OPEN },
  { "toner-empty", JUMIN_PAGE_TONER_OUT },
  { "marker-supply-empty", JUMIN_PAGE_TONER_OUT },
  { "marker-supply-missing", JUMIN_PAGE_TONER_OUT },
  { "toner-low", JUMIN_PAGE_TONER_LOW },
  { "marker-supply-low", JUMIN_PAGE_TONER_LOW },
  { "output-area-full", JUMIN_PAGE_OUTPUT_FULL },
  { "output-tray-missing", JUMIN_PAGE_OUTPUT_FULL },
  { "output-area-almost-full", 0 },
  { "offline", JUMIN_PAGE_OFF_LINE },
  { "paused", JUMIN_PAGE_OFF_LINE },
  { "moving-to-paused", JUMIN_PAGE_OFF_LINE },
  { "shutdown", JUMIN_PAGE_OFF_LINE },
  { "deactivated", JUMIN_PAGE_OFF_LINE },
  { "stopping", JUMIN_PAGE_OFF_LINE },
  { "stopped-partly", JUMIN_PAGE_OFF_LINE },
  { "timed-out", JUMIN_PAGE_OFF_LINE },
  { "connecting-to-device", JUMIN_PAGE_OFF_LINE },
  { "cups-missing-filter", JUMIN_PAGE_OFF_LINE },
  { "spool-area-full", JUMIN_PAGE_REFUSING },
};

static const char *const severities[] = { "-report", "-warning", "-error" };

static int
count_values (ipp_attribute_t *attribute)
{
  return attribute != NULL ? MIN (ippGetCount (attribute), JUMIN_IPP_VALUES_MAX) : 0;
}

static gsize
keyword_length (const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_has_suffix (reason, severities[i]))
      return strlen (reason) - strlen (severities[i]);
  return strlen (reason);
}

/* A keyword is lower-case letters, digits, '-', '.' and '_' (RFC 8011 5.1.4): the rest is not
 * shown to anybody. */
static void
keep_other (JuminPageStatus *status, const char *reason)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-._";

  status->troubles |= JUMIN_PAGE_OTHER;
  if (*status->other == '\0' && strspn (reason, allowed) == strlen (reason))
    g_strlcpy (status->other, reason, sizeof status->other);
}

static void
add_reason (JuminPageStatus *status, const char *reason)
{
  gsize length = keyword_length (reason);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strlen (reasons[i].keyword) == length && strncmp (reasons[i].keyword, reason, length) == 0)
      {
        status->troubles |= reasons[i].trouble;
        return;
      }
  keep_other (status, reason);
}

/* Whether one of the values of @attribute is @word. */
gboolean
jumin_ipp_has_word (ipp_t *reply, const char *attribute, const char *word)
{
  ipp_attribute_t *found = ippFindAttribute (reply, attribute, IPP_TAG_ZERO);

  for (int i = 0; i < count_values (found); i++)
    if (g_strcmp0 (ippGetString (found, i, NULL), word) == 0)
      return TRUE;
  return FALSE;
}

static int
read_number (ipp_t *reply, const char *name, ipp_tag_t tag, int otherwise)
{
  ipp_attribute_t *found = ippFindAttribute (reply, name, tag);

  return found != NULL ? ippGetInteger (found, 0) : otherwise;
}

/**
 * jumin_ipp_read_status:
 * @reply: to Get-Printer-Attributes
 * @status: (out): what it says
 */
void
jumin_ipp_read_status (ipp_t *reply, JuminPageStatus *status)
{
  ipp_attribute_t *said = ippFindAttribute (reply, "printer-state-reasons", IPP_TAG_ZERO);
  ipp_attribute_t *accepting
      = ippFindAttribute (reply, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  int state = read_number (reply, "printer-state", IPP_TAG_ENUM, 0);

  *status = (JuminPageStatus){ 0 };
  for (int i = 0; i < count_values (said); i++)
    {
      const char *reason = ippGetString (said, i, NULL);

      if (reason != NULL)
        add_reason (status, reason);
    }
  if (accepting != NULL && !ippGetBoolean (accepting, 0))
    status->troubles |= JUMIN_PAGE_REFUSING;
  if (state == IPP_PSTATE_PROCESSING
      || read_number (reply, "queued-job-count", IPP_TAG_INTEGER, 0) > 0)
    status->troubles |= JUMIN_PAGE_BUSY;
  if (!jumin_ipp_has_word (reply, "document-format-supported", "application/pdf"))
    status->troubles |= JUMIN_PAGE_NO_PDF;
  if (state != IPP_PSTATE_IDLE && state != IPP_PSTATE_PROCESSING
      && (status->troubles & ~JUMIN_PAGE_STILL_READY) == 0)
    status->troubles |= JUMIN_PAGE_OFF_LINE;
  status->ready = (status->troubles & ~JUMIN_PAGE_STILL_READY) == 0;
}

static void
add_to_job (JuminIppJob *job, ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (strcmp (name, "job-id") == 0)
    job->id = ippGetInteger (attribute, 0);
  else if (strcmp (name, "job-state") == 0)
    job->state = (ipp_jstate_t)ippGetInteger (attribute, 0);
  else if (strcmp (name, "job-name") == 0)
    g_strlcpy (job->name, ippGetString (attribute, 0, NULL) ?: "", sizeof job->name);
  /* Of two counts the larger: a sheet too many is destroyed, one too few is somebody's. */
  else if (strcmp (name, "job-impressions-completed") == 0
           || strcmp (name, "job-media-sheets-completed") == 0)
    job->pages = MAX (job->pages, ippGetInteger (attribute, 0));
  else if (strcmp (name, "job-state-reasons") == 0)
    for (int i = 0; i < count_values (attribute); i++)
      {
        const char *reason = ippGetString (attribute, i, NULL);

        job->spoilt |= g_strcmp0 (reason, "job-completed-with-errors") == 0;
        /* Canceled, and the sheet that is on its way still comes. */
        if (g_strcmp0 (reason, "processing-to-stop-point") == 0)
          job->ended = FALSE;
      }
}

static void
read_group (ipp_t *reply, ipp_attribute_t **next, JuminIppJob *job)
{
  *job = (JuminIppJob){ .ended = TRUE };
  for (; *next != NULL && ippGetGroupTag (*next) == IPP_TAG_JOB && ippGetName (*next) != NULL;
       *next = ippNextAttribute (reply))
    add_to_job (job, *next);
  /* cupsd 2.4 leaves the word on jobs that are completed, for good. */
  job->ended
      = job->state == IPP_JSTATE_COMPLETED || (job->ended && job->state >= IPP_JSTATE_CANCELED);
}

/**
 * jumin_ipp_each_job:
 * @reply: to Get-Jobs, Get-Job-Attributes or Create-Job
 * @func: called for each job in it, at most %JUMIN_IPP_JOBS_MAX
 */
void
jumin_ipp_each_job (ipp_t *reply, JuminIppJobFunc func, gpointer data)
{
  ipp_attribute_t *next = ippFirstAttribute (reply);
  int n_jobs = 0;

  while (next != NULL && n_jobs < JUMIN_IPP_JOBS_MAX)
    {
      JuminIppJob job;

      if (ippGetGroupTag (next) != IPP_TAG_JOB || ippGetName (next) == NULL)
        {
          next = ippNextAttribute (reply);
          continue;
        }
      read_group (reply, &next, &job);
      func (&job, data);
      n_jobs++;
    }
}

static void
take_job (const JuminIppJob *job, gpointer data)
{
  *(JuminIppJob *)data = *job;
}

/* The one job of @reply; its id is 0 when there is none. */
void
jumin_ipp_read_job (ipp_t *reply, JuminIppJob *job)
{
  *job = (JuminIppJob){ 0 };
  jumin_ipp_each_job (reply, take_job, job);
}

static const struct
{
  JuminPageTroubles trouble;
  int code; /* of JUMIN_FAILURE */
  const char *words;
} causes[] = {
  { JUMIN_PAGE_MISSING, JUMIN_FAILURE_PRINTER_MISSING, "it cannot be reached" },
  { JUMIN_PAGE_SILENT, JUMIN_FAILURE_PRINTER_MISSING, "it does not answer" },
  { JUMIN_PAGE_PAPER_OUT, JUMIN_FAILURE_PRINTER_PAPER, "no paper" },
  { JUMIN_PAGE_JAM, JUMIN_FAILURE_PRINTER_NOT_READY, "paper jam" },
  { JUMIN_PAGE_COVER_OPEN, JUMIN_FAILURE_PRINTER_NOT_READY, "cover is open" },
  { JUMIN_PAGE_TONER_OUT, JUMIN_FAILURE_PRINTER_NOT_READY, "no toner" },
  { JUMIN_PAGE_OUTPUT_FULL, JUMIN_FAILURE_PRINTER_NOT_READY, "its output tray is full" },
  { JUMIN_PAGE_OFF_LINE, JUMIN_FAILURE_PRINTER_NOT_READY, "it is off-line" },
  { JUMIN_PAGE_REFUSING, JUMIN_FAILURE_PRINTER_NOT_READY, "it takes no jobs" },
  { JUMIN_PAGE_BUSY, JUMIN_FAILURE_PRINTER_NOT_READY, "it has another job" },
  { 0, JUMIN_FAILURE_PRINTER_NOT_READY, "the job was given up" },
};

/**
 * jumin_ipp_make_error:
 * @uri: of the printer
 *
 * Returns: (transfer full) (nullable): why it is not %JUMIN_OUTCOME_PRINTED
 */
GError *
jumin_ipp_make_error (const char *uri, const JuminPageReport *report, GCancellable *cancellable)
{
  gsize i = 0;

  if (report->outcome == JUMIN_OUTCOME_PRINTED)
    return NULL;
  if (report->outcome == JUMIN_OUTCOME_UNKNOWN)
    return g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN,
                        "What '%s' printed is not known: %d copies, %d pages were seen", uri,
                        report->copies, report->pages);
  if (g_cancellable_is_cancelled (cancellable))
    return g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Printing on '%s' was cancelled", uri);
  if (report->troubles & JUMIN_PAGE_NO_PDF)
    return g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "Printing on '%s' failed: it prints no PDF", uri);
  while (causes[i].trouble != 0 && (report->troubles & causes[i].trouble) == 0)
    i++;
  return g_error_new (JUMIN_FAILURE, causes[i].code, "Printing on '%s' failed: %s", uri,
                      causes[i].words);
}
