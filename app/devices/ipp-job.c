/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kiosk does with an IPP printer, from the first question to the last sheet; in a worker
 * thread, a straight line for each copy, which is a job of its own:
 *
 *   ready? ─► let go? ─► Create-Job ─► Send-Document ─► look until it has ended ─► what came out
 *     │         │            │                            │        ▲
 *     ▼         ▼            ▼                            ▼        │
 *   FAILED    FAILED       FAILED      it waits too long, no page comes, or nobody wants it any
 *                                      more: Cancel-Job, repeated until the job has ended or
 *                                      cancel_ms are over
 *
 * The caller writes the job down while the printer is made ready, and then lets it go: before that
 * nothing of it is on the wire.
 *
 * A printer that does not answer for lost_ms, or has forgotten the job, leaves it UNKNOWN. Then the
 * target is dirty: whoever reaches the printer next cancels every unfinished job with our name
 * before a new one, so that no sheet comes out at a refill before the eyes of somebody else.
 * Core may have died over a job, so it begins dirty. */
#include "devices/ipp-job.h"

#include <string.h>

#include "devices/ipp-wait.h"
#include "devices/ipp-words.h"

#define NAME_PREFIX "jumin-"

typedef enum
{
  COPY_WHOLE,
  COPY_PARTLY,
  COPY_NOTHING,
  COPY_UNKNOWN
} CopyEnd;

typedef struct
{
  JuminIppTarget *target;
  JuminIppLink link;
  const JuminPageJob *job;
  int gate;
  GCancellable *cancellable;
  JuminIppProgressFunc progress;
  gpointer data;
  gboolean one_sided, a4; /* the printer knows these words */
  JuminPageTroubles troubles;

  /* of the copy that is printed */
  int copy, pages;
  JuminIppJob seen;
  gboolean jammed, unsure;
  gint64 heard_us, due_us;
  gint64 stopped_us, cancelled_us; /* since when; 0: not */
} Run;

typedef struct
{
  const char *prefix;
  JuminIppJob found[JUMIN_IPP_JOBS_MAX];
  guint n_found;
} Search;

static gint64
after_ms (gint64 from_us, guint ms)
{
  return from_us + (gint64)ms * G_TIME_SPAN_MILLISECOND;
}

static void
ask_for (ipp_t *request, const char *const *names, int n_names)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n_names, NULL,
                 names);
}

static gboolean
is_ok (ipp_t *reply)
{
  return reply != NULL && ippGetStatusCode (reply) <= IPP_STATUS_OK_EVENTS_COMPLETE;
}

/* Why there is no good answer. */
static JuminPageTroubles
find_trouble (ipp_t *reply, const GError *error)
{
  if (reply != NULL)
    return JUMIN_PAGE_REFUSING;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ? JUMIN_PAGE_MISSING
                                                                            : JUMIN_PAGE_SILENT;
}

/* Answers of Get-Printer-Attributes; %NULL: @troubles tells why not. */
static ipp_t *
ask_printer (JuminIppLink *link, JuminPageTroubles *troubles)
{
  ipp_t *request = jumin_ipp_link_new_request (link, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);
  g_autoptr (GError) error = NULL;
  ipp_t *reply;

  ask_for (request, jumin_ipp_printer_attributes, jumin_ipp_n_printer_attributes);
  reply = jumin_ipp_link_ask (link, request, NULL, &error);
  if (is_ok (reply))
    return reply;
  *troubles = find_trouble (reply, error);
  ippDelete (reply);
  return NULL;
}

static void
on_found (const JuminIppJob *job, gpointer data)
{
  Search *search = data;

  if (job->id > 0 && g_str_has_prefix (job->name, search->prefix)
      && search->n_found < G_N_ELEMENTS (search->found))
    search->found[search->n_found++] = *job;
}

/* Adds the jobs whose names begin with @search's prefix.
 * Returns: why they are not known; 0: they are */
static JuminPageTroubles
find_jobs (JuminIppLink *link, const char *which, Search *search)
{
  static const char *const wanted[] = { "job-id",
                                        "job-name",
                                        "job-state",
                                        "job-state-reasons",
                                        "job-impressions-completed",
                                        "job-media-sheets-completed" };
  ipp_t *request = jumin_ipp_link_new_request (link, IPP_OP_GET_JOBS, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ipp_t) reply = NULL;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", JUMIN_IPP_JOBS_MAX);
  ask_for (request, wanted, G_N_ELEMENTS (wanted));
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
  reply = jumin_ipp_link_ask (link, request, NULL, &error);
  if (!is_ok (reply))
    return find_trouble (reply, error);
  jumin_ipp_each_job (reply, on_found, search);
  return 0;
}

static void
cancel_job (JuminIppLink *link, int id)
{
  ippDelete (jumin_ipp_link_ask (link, jumin_ipp_link_new_request (link, IPP_OP_CANCEL_JOB, id),
                                 NULL, NULL));
}

/* Nobody waits for what is found here; it stays dirty until nothing is found any more.
 * Returns: why nothing may be printed before it is asked again; 0: nothing was found */
static JuminPageTroubles
cancel_left_jobs (JuminIppTarget *target, JuminIppLink *link)
{
  g_autofree Search *search = g_new0 (Search, 1);
  JuminPageTroubles unknown;

  search->prefix = NAME_PREFIX;
  unknown = find_jobs (link, "not-completed", search);
  if (unknown != 0)
    return unknown;
  for (guint i = 0; i < search->n_found; i++)
    cancel_job (link, search->found[i].id);
  g_atomic_int_set (&target->dirty, search->n_found > 0);
  return search->n_found > 0 ? JUMIN_PAGE_BUSY : 0;
}

/* Returns: (transfer full) (nullable): what the printer said of itself */
static ipp_t *
ask_status (JuminIppTarget *target, JuminIppLink *link, JuminPageStatus *status)
{
  ipp_t *reply;

  *status = (JuminPageStatus){ 0 };
  reply = ask_printer (link, &status->troubles);
  if (reply == NULL)
    return NULL;
  jumin_ipp_read_status (reply, status);
  if (g_atomic_int_get (&target->dirty) || (status->troubles & JUMIN_PAGE_BUSY))
    status->troubles |= cancel_left_jobs (target, link);
  status->ready = (status->troubles & ~JUMIN_PAGE_STILL_READY) == 0;
  return reply;
}

void
jumin_ipp_query (JuminIppTarget *target, JuminPageStatus *status)
{
  g_auto (JuminIppLink) link = { .address = &target->address };

  ippDelete (ask_status (target, &link, status));
}

/* A printer that has just put out the last document may still be about to rest. */
static gboolean
wait_until_ready (Run *run)
{
  gint64 until_us = after_ms (g_get_monotonic_time (), run->target->first_ms);

  for (;;)
    {
      JuminPageStatus status;
      g_autoptr (ipp_t) reply = ask_status (run->target, &run->link, &status);

      run->troubles = status.troubles;
      if (status.ready)
        {
          run->one_sided = jumin_ipp_has_word (reply, "sides-supported", "one-sided");
          run->a4 = jumin_ipp_has_word (reply, "media-supported", "iso_a4_210x297mm");
          return TRUE;
        }
      if ((status.troubles & ~JUMIN_PAGE_STILL_READY) != JUMIN_PAGE_BUSY
          || g_get_monotonic_time () > until_us || g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      jumin_ipp_wait (run->cancellable, run->target->look_ms);
    }
}

/* What the printer said is good until the next look would be due; then it is asked anew, on a
 * connection that it has not closed meanwhile. */
static gboolean
wait_for_turn (Run *run)
{
  gint64 due_us;

  if (!wait_until_ready (run))
    return FALSE;
  due_us = after_ms (g_get_monotonic_time (), run->target->look_ms);
  if (!jumin_ipp_wait_for_gate (run->cancellable, run->gate, run->target->first_ms))
    return FALSE;
  if (g_get_monotonic_time () < due_us)
    return TRUE;
  jumin_ipp_link_close (&run->link);
  return wait_until_ready (run);
}

static gboolean
create_job (Run *run)
{
  ipp_t *request = jumin_ipp_link_new_request (&run->link, IPP_OP_CREATE_JOB, 0);
  g_autofree char *name = g_strdup_printf (NAME_PREFIX "%s-%d", run->job->token, run->copy);
  g_autoptr (ipp_t) reply = NULL;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
  if (run->a4)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, "iso_a4_210x297mm");
  if (run->one_sided)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
  g_atomic_int_set (&run->target->dirty, TRUE);
  reply = jumin_ipp_link_ask (&run->link, request, NULL, NULL);
  if (reply == NULL)
    {
      run->troubles |= JUMIN_PAGE_SILENT;
      return FALSE;
    }
  if (is_ok (reply))
    jumin_ipp_read_job (reply, &run->seen);
  if (run->seen.id > 0)
    return TRUE;
  run->troubles
      |= ippGetStatusCode (reply) == IPP_STATUS_ERROR_BUSY ? JUMIN_PAGE_BUSY : JUMIN_PAGE_REFUSING;
  return FALSE;
}

/* An answer that is lost leaves it to the looks whether the document arrived. */
static void
send_document (Run *run)
{
  ipp_t *request = jumin_ipp_link_new_request (&run->link, IPP_OP_SEND_DOCUMENT, run->seen.id);
  g_autoptr (ipp_t) reply = NULL;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                "application/pdf");
  ippAddBoolean (request, IPP_TAG_OPERATION, "last-document", 1);
  reply = jumin_ipp_link_ask (&run->link, request, run->job->pdf, NULL);
  run->heard_us = g_get_monotonic_time ();
  run->due_us = after_ms (run->heard_us, run->target->first_ms);
  run->unsure = !is_ok (reply);
}

/* Returns: FALSE: it has forgotten the job */
static gboolean
look_at_job (Run *run)
{
  JuminIppJob now;
  g_autoptr (ipp_t) reply = jumin_ipp_link_ask (
      &run->link, jumin_ipp_link_new_request (&run->link, IPP_OP_GET_JOB_ATTRIBUTES, run->seen.id),
      NULL, NULL);

  if (reply == NULL)
    return TRUE;
  if (ippGetStatusCode (reply) == IPP_STATUS_ERROR_NOT_FOUND)
    return FALSE;
  if (!is_ok (reply))
    return TRUE;
  jumin_ipp_read_job (reply, &now);
  if (now.id != run->seen.id)
    return TRUE;
  run->heard_us = g_get_monotonic_time ();
  if (now.pages > run->seen.pages)
    run->due_us = after_ms (run->heard_us, run->target->page_ms);
  run->seen = now;
  run->pages = MAX (run->pages, MIN (now.pages, run->job->pages));
  return TRUE;
}

/* Whether somebody must do something before it goes on. The printer is asked, too: many leave the
 * job "processing" while they wait for paper. */
static void
look_at_printer (Run *run)
{
  JuminPageStatus status;
  g_autoptr (ipp_t) reply = ask_printer (&run->link, &status.troubles);
  gboolean stopped = run->seen.state == IPP_JSTATE_STOPPED || run->seen.state == IPP_JSTATE_HELD;

  if (reply != NULL)
    {
      jumin_ipp_read_status (reply, &status);
      run->troubles = status.troubles & ~(JuminPageTroubles)JUMIN_PAGE_BUSY;
      run->jammed |= (status.troubles & JUMIN_PAGE_JAM) != 0;
      stopped |= (run->troubles & ~JUMIN_PAGE_STILL_READY & ~JUMIN_PAGE_REFUSING) != 0;
    }
  if (!stopped)
    {
      if (run->stopped_us != 0)
        run->due_us = after_ms (run->heard_us, run->target->page_ms);
      run->stopped_us = 0;
    }
  else if (run->stopped_us == 0)
    run->stopped_us = run->heard_us;
}

static gboolean
should_cancel (const Run *run, gint64 now_us)
{
  if (g_cancellable_is_cancelled (run->cancellable))
    return TRUE;
  if (run->unsure && run->seen.state == IPP_JSTATE_HELD)
    return TRUE;
  if (run->stopped_us != 0)
    return now_us >= after_ms (run->stopped_us, run->job->stopped_ms);
  return now_us >= run->due_us;
}

/* Until it has ended. Returns: FALSE: nobody knows */
static gboolean
follow (Run *run)
{
  for (;;)
    {
      gint64 now_us;

      if (!look_at_job (run))
        return FALSE;
      if (run->seen.ended)
        {
          g_atomic_int_set (&run->target->dirty, FALSE);
          return TRUE;
        }
      look_at_printer (run);
      if (run->progress != NULL)
        run->progress (run->copy, run->pages, run->troubles, run->data);
      now_us = g_get_monotonic_time ();
      if (now_us >= after_ms (run->heard_us, run->target->lost_ms))
        {
          run->troubles |= JUMIN_PAGE_SILENT;
          return FALSE;
        }
      if (run->cancelled_us == 0 && should_cancel (run, now_us))
        run->cancelled_us = now_us;
      if (run->cancelled_us != 0)
        {
          if (now_us >= after_ms (run->cancelled_us, run->target->cancel_ms))
            return FALSE;
          cancel_job (&run->link, run->seen.id);
        }
      jumin_ipp_wait (run->cancellable, run->target->look_ms);
    }
}

/* A count of 0 is worth something only from a printer that is known to count; half a page that
 * jammed is not counted by any. */
static CopyEnd
judge (const Run *run)
{
  gboolean counts = run->target->counts_pages;

  if (run->seen.state == IPP_JSTATE_COMPLETED)
    return run->seen.spoilt || (counts && run->pages < run->job->pages) ? COPY_UNKNOWN : COPY_WHOLE;
  if (run->pages >= run->job->pages)
    return counts ? COPY_WHOLE : COPY_UNKNOWN;
  if (run->pages > 0 || run->jammed)
    return COPY_PARTLY;
  return counts ? COPY_NOTHING : COPY_UNKNOWN;
}

static CopyEnd
print_copy (Run *run)
{
  run->pages = 0;
  run->seen = (JuminIppJob){ 0 };
  run->jammed = run->unsure = FALSE;
  run->stopped_us = run->cancelled_us = 0;
  if (!create_job (run))
    return COPY_NOTHING;
  send_document (run);
  return follow (run) ? judge (run) : COPY_UNKNOWN;
}

/* Returns: whether the next copy's turn has come */
static gboolean
add_copy (JuminPageReport *report, const Run *run, CopyEnd end)
{
  report->troubles = run->troubles;
  report->pages = end == COPY_WHOLE ? 0 : run->pages;
  if (end == COPY_WHOLE)
    report->copies++;
  if (end == COPY_UNKNOWN)
    report->outcome = JUMIN_OUTCOME_UNKNOWN;
  else if (report->copies == run->job->copies)
    report->outcome = JUMIN_OUTCOME_PRINTED;
  else if (end == COPY_PARTLY || report->copies > 0)
    report->outcome = JUMIN_OUTCOME_PARTLY;
  else
    report->outcome = JUMIN_OUTCOME_FAILED;
  return end == COPY_WHOLE && report->copies < run->job->copies;
}

/* Returns: (transfer full) (nullable): why it is not %JUMIN_OUTCOME_PRINTED */
GError *
jumin_ipp_print (JuminIppTarget *target, const JuminPageJob *job, int gate,
                 GCancellable *cancellable, JuminIppProgressFunc progress, gpointer data,
                 JuminPageReport *report)
{
  Run run = { .target = target,
              .link.address = &target->address,
              .job = job,
              .gate = gate,
              .cancellable = cancellable,
              .progress = progress,
              .data = data };

  *report = (JuminPageReport){ .outcome = JUMIN_OUTCOME_FAILED };
  if (wait_for_turn (&run) && !g_cancellable_is_cancelled (cancellable))
    do
      run.copy = report->copies + 1;
    while (add_copy (report, &run, print_copy (&run)));
  report->troubles = run.troubles;
  jumin_ipp_link_close (&run.link);
  return jumin_ipp_make_error (target->address.uri, report, cancellable);
}

/* What became of one copy of an earlier life. */
static CopyEnd
settle_copy (Run *run)
{
  g_autofree Search *search = g_new0 (Search, 1);
  g_autofree char *name = g_strdup_printf (NAME_PREFIX "%s-%d", run->job->token, run->copy);

  search->prefix = name;
  run->troubles = find_jobs (&run->link, "not-completed", search);
  if (run->troubles == 0 && search->n_found == 0)
    run->troubles = find_jobs (&run->link, "completed", search);
  if (run->troubles != 0)
    return COPY_UNKNOWN;
  /* It forgets the oldest first: a copy behind one that it knows was never begun. */
  if (search->n_found == 0)
    return run->copy > 1 ? COPY_NOTHING : COPY_UNKNOWN;
  run->pages = 0;
  run->seen = search->found[0];
  run->jammed = FALSE;
  run->heard_us = run->cancelled_us = g_get_monotonic_time ();
  if (!run->seen.ended)
    cancel_job (&run->link, run->seen.id);
  return follow (run) ? judge (run) : COPY_UNKNOWN;
}

/* Returns: (transfer full) (nullable): as jumin_ipp_print() */
GError *
jumin_ipp_settle (JuminIppTarget *target, const JuminPageJob *job, JuminPageReport *report)
{
  Run run = { .target = target, .link.address = &target->address, .job = job };

  *report = (JuminPageReport){ .outcome = JUMIN_OUTCOME_UNKNOWN };
  do
    run.copy = report->copies + 1;
  while (add_copy (report, &run, settle_copy (&run)));
  jumin_ipp_link_close (&run.link);
  return jumin_ipp_make_error (target->address.uri, report, NULL);
}
