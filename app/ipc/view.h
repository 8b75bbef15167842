/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A view is everything that the screen shows at one moment, in the visit's language. Core builds
 * it, the ui draws it, and neither keeps anything else about a page. Names below (kinds, tones,
 * states, icons) are plain words, so that a view can be read in a log of fixtures as it is.
 *
 * Bounds: a text of at most JUMIN_VIEW_TEXT_MAX bytes, a list of at most JUMIN_VIEW_ITEMS_MAX. */
enum
{
  JUMIN_VIEW_TEXT_MAX = 1024,
  JUMIN_VIEW_ITEMS_MAX = 128
};

/**
 * JuminItem:
 * @id: stable name, sent with the act; never an index
 * @act: what pressing it sends; empty: it cannot be pressed. A choice has none: pressing it
 *   changes the page's draft
 * @value: sent with the act: the state that is wanted ("on", "en", …), never a toggle. Of a code:
 *   what it says
 * @icon: name of an icon; of a way: card, code, or camera: what the camera sees, as Open ("camera")
 *   gives it
 * @family: hue of the icon plate: queue fund bill cert water power gas
 * @title: first line
 * @text: second line
 * @note: chip beside the title
 * @note_tone: tone of the chip: wait fail info mute now good
 * @label: the word of the act at the end of a row (查看), or the name of a figure (现在等候)
 * @figure: a figure, digits only or a ticket number
 * @unit: unit of the figure
 * @primary: what the page's primary action says while this choice is chosen
 * @tone: primary, plain, leave; of a fact, line or paper: good, wait, fail; of a row of a ledger:
 *   heading, source; of a legend: lower, upper
 * @state: on, off, done, now, reversed or empty. An off item says why in @text or @reason
 * @reason: why it is off
 * @speech: accessible name, where title and text do not say it all
 * @level: 1 to 100 for a track, a ring or a bar, 0 for none
 * @share: of a bar: how much of it is its lower part, 0 to 100
 * @until: of an off item: when it is no longer off, CLOCK_MONOTONIC microseconds; {seconds} in its
 *   title is counted down to it. 0: nobody knows. Of a code or a line of a timeline: when it ends,
 *   {seconds} in its text is counted down to it
 * @amount: fen, of a row of a basket: what it adds to the sum
 */
typedef struct
{
  char *id, *act, *value, *icon, *family, *title, *text, *note, *note_tone, *label, *figure, *unit,
      *primary, *tone, *state, *reason, *speech;
  gint64 level, share, until, amount;
} JuminItem;

/**
 * JuminBlock:
 * @kind: tiles, choices, options, rows, keypad, cells, facts, number, place, holder, slip, ways,
 * papers, calls, banner, picture, note, code, document, about, stepper, outlet, job, dialog; of a
 * record: owner, headline, series, lines, ring, figures, ledger, keys; of a payment: household,
 * basket, sum, order, methods, result, assurance, timeline, reference
 * @id: name of the draft that choices and options fill in
 * @tone: of tiles: low: beside other lists; large: alone on their page
 * @picture: name of a drawing: card, code, slip, sheet, door, paper, staff, wait
 * @items: (element-type JuminItem): in the order of reading
 *
 * A document is what Open ("document") gives; @tone veiled: it is covered, and @title says how to
 * see it; @text: that it cannot be shown. Its items are keys: those without an act are the ui's
 * own. A stepper is choices of which one is seen, with a key for fewer and one for more. An outlet
 * is where paper comes out; a job is on its way there, with a track.
 *
 * After what a household used (@text: more or less than before) comes a bar a month. A basket is
 * rows to tick, with headings between them; its @title says how many make the sum ({count}), @note
 * its unit, @text that no more can be ticked. While none is ticked, the primary action is off and
 * says its reason. A row with an act is no bill. The draft of a basket is a list. An order is the
 * code that a telephone scans, with steps; methods are the ways to pay; a timeline is what was
 * done, what is, and what comes.
 *
 * A code is a key that has on it what a telephone scans (@value of its item) and shows it large: then
 * it is the item of the dialog that has no act.
 *
 * A block is one part of the look or touch zone. The ui knows blocks, not services.
 */
typedef struct
{
  char *kind, *id, *title, *text, *note, *note_tone, *tone, *icon, *picture;
  GPtrArray *items;
} JuminBlock;

/**
 * JuminView:
 * @kind: page kind: home, services, consent, choose, checklist, identify, id-number, sms, wait,
 * ticket, record, verify, no-sheets, papers, preview, sheets, bills, account, pay, paid,
 * pay-unknown, notice, take-card, out-of-service
 * @page: changes only when the person is somewhere else or the meaning of an action changes
 * @revision: anything drawn differently; the same page is updated in place
 * @language: "zh" or "en", for fonts and speech
 * @elder, @contrast, @reach: the modes of the visit
 * @personal: it shows what is known of a person, masked or not
 * @hall, @machine, @clock, @date: the band at the top
 * @minute_end: when that of @clock is over, CLOCK_MONOTONIC microseconds: nobody uses the machine,
 *   and the screen counts on by itself. 0: the next view says the next minute
 * @title, @lead: the question or the result, and one sentence below it
 * @countdown: words after the ring; empty: no ring. Without a @deadline: why the visit cannot end
 *   by itself, after a lock
 * @pager_previous, @pager_next: words of the paging keys
 * @pager_place: "第 {page} 页 / 共 {pages} 页"
 * @deadline: end of the visit, CLOCK_MONOTONIC microseconds; 0: none
 * @deadline_total: the whole time that @deadline began with, microseconds
 * @steps: the line of steps: title and state (done, now or empty)
 * @blocks: (element-type JuminBlock): the content, from top to bottom
 * @actions: the page's keys, the primary one last
 * @nav: back, home, exit: always in this place; off when useless now
 * @keys: the six accessibility keys
 * @dialog: (element-type JuminBlock): none or one, over the page
 */
typedef struct
{
  char *kind, *language, *hall, *machine, *clock, *date, *title, *lead, *countdown, *pager_previous,
      *pager_next, *pager_place;
  guint64 page, revision;
  gint64 minute_end, deadline, deadline_total;
  gboolean elder, contrast, reach, personal;
  GPtrArray *steps, *blocks, *actions, *nav, *keys, *dialog;
} JuminView;

JuminItem *jumin_item_new (const char *id);
JuminBlock *jumin_block_new (const char *kind, const char *id);
JuminView *jumin_view_new (const char *kind);
void jumin_item_free (JuminItem *item);
void jumin_block_free (JuminBlock *block);
void jumin_view_free (JuminView *view);

JuminItem *jumin_block_add (JuminBlock *block, const char *id);
JuminBlock *jumin_view_add_block (JuminView *view, const char *kind, const char *id);
JuminItem *jumin_items_add (GPtrArray *items, const char *id);
const JuminItem *jumin_items_find (GPtrArray *items, const char *id);
const JuminItem *jumin_block_get (const JuminBlock *block, guint index);
gboolean jumin_block_is (const JuminBlock *block, const char *kind);
const JuminBlock *jumin_view_find (const JuminView *view, const char *kind);
char *jumin_view_dup_clock (const JuminView *view, gint64 now_us);

gboolean jumin_block_equal (const JuminBlock *a, const JuminBlock *b);
gboolean jumin_view_equal (const JuminView *view, const JuminView *before,
                           ...) G_GNUC_NULL_TERMINATED;
GVariant *jumin_view_to_variant (const JuminView *view);
JuminView *jumin_view_from_variant (GVariant *variant, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminItem, jumin_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminBlock, jumin_block_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminView, jumin_view_free)

G_END_DECLS
