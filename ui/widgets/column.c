/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zones of a page. Children stand one below the other:
 *
 *   look    what informs; begins at the top
 *   touch   from the first pressable child on; begins at the touch line or lower
 *   last    what is marked so, and all after it; ends at the bottom
 *
 * Room that is left makes a child grow that may, and goes before "last". When there is too little,
 * spare children are left out, then children are drawn as small as they can be (a shelf turns
 * pages, a picture shrinks). Too little even so is told to the page by a signal. */
#include "ui/widgets/column.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"

enum
{
  FAR_GAPS = 4,
  GROWN_HEIGHTS_MAX = 2,
  STRETCHED_PART = 3 /* of its height: one third */
};

typedef struct
{
  GtkWidget *widget;
  guint place;
  gboolean shown;
  int minimum, natural, height, y;
  int head; /* at its upper end, and not pressable */
} Child;

struct _JuminColumn
{
  GtkWidget parent_instance;
  JuminColumnPlan plan;
  GArray *children, *placed;
  int touch;
};

G_DEFINE_FINAL_TYPE (JuminColumn, jumin_column, GTK_TYPE_WIDGET)

enum
{
  OVERFLOW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static Child *
nth (JuminColumn *self, guint n)
{
  return &g_array_index (self->children, Child, n);
}

static int
gap_before (JuminColumn *self, guint n)
{
  for (guint i = n; i > 0; i--)
    if (nth (self, i - 1)->shown)
      return nth (self, n)->place & JUMIN_PLACE_FAR ? self->plan.gap * FAR_GAPS : self->plan.gap;
  return 0;
}

static int
sum (JuminColumn *self, guint from, guint to, gboolean smallest)
{
  int height = 0;

  for (guint i = from; i < to; i++)
    if (nth (self, i)->shown)
      height += gap_before (self, i) + (smallest ? nth (self, i)->minimum : nth (self, i)->height);
  return height;
}

static guint
first_with (JuminColumn *self, guint place)
{
  for (guint i = 0; i < self->children->len; i++)
    if (nth (self, i)->shown && nth (self, i)->place & place)
      return i;
  return self->children->len;
}

static void
measure_children (JuminColumn *self, int width)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = nth (self, i);

      gtk_widget_measure (child->widget, GTK_ORIENTATION_VERTICAL, width, &child->minimum,
                          &child->natural, NULL, NULL);
      child->height = child->natural;
      child->head = child->place & JUMIN_PLACE_PRESSABLE && self->plan.measure_head != NULL
                        ? self->plan.measure_head (child->widget, width)
                        : 0;
      child->shown = child->natural > 0;
    }
}

/* What cannot be pressed of it stands above the touch line. */
static int
upper_limit (JuminColumn *self, guint first)
{
  return self->plan.touch_top - (first < self->children->len ? nth (self, first)->head : 0);
}

/* Where what informs ends, with the gap after it. */
static int
look_end (JuminColumn *self, guint first)
{
  int look = self->plan.top + sum (self, 0, first, FALSE);

  return first < self->children->len && first > 0 ? look + gap_before (self, first) : look;
}

/* Where the touch zone begins, with what is shown now. */
static int
touch_begin (JuminColumn *self, guint first)
{
  return MAX (look_end (self, first), upper_limit (self, first));
}

static gboolean
fits (JuminColumn *self, int height)
{
  guint first = first_with (self, JUMIN_PLACE_PRESSABLE);
  int begin = touch_begin (self, first), rest = sum (self, first, self->children->len, FALSE);

  if (first < self->children->len)
    rest -= gap_before (self, first);
  return begin + rest <= height - self->plan.bottom;
}

/* Whether the keys can begin at the touch line: what must be shown above them leaves room. */
static gboolean
reaches_line (JuminColumn *self, guint first)
{
  int look = self->plan.top;

  for (guint i = 0; i < first; i++)
    if (nth (self, i)->shown && !(nth (self, i)->place & JUMIN_PLACE_SPARE))
      look += nth (self, i)->height + self->plan.gap;
  return look <= upper_limit (self, first);
}

/* Spare children are left out where they would push the keys down from the touch line; above it
 * they take nothing from the keys. Everywhere else they are left out where there is no room. */
static void
leave_out_spare (JuminColumn *self, int height)
{
  for (guint i = self->children->len; i > 0; i--)
    {
      Child *child = nth (self, i - 1);
      guint first = first_with (self, JUMIN_PLACE_PRESSABLE);
      gboolean keys = first < self->children->len && !(nth (self, first)->place & JUMIN_PLACE_LAST);
      gboolean above = keys && i - 1 < first && reaches_line (self, first);
      gboolean pushes = touch_begin (self, first) > upper_limit (self, first);

      if (child->shown && child->place & JUMIN_PLACE_SPARE
          && (above ? pushes : !fits (self, height)))
        child->shown = FALSE;
    }
}

static void
shrink (JuminColumn *self, guint from, guint to, int *over)
{
  for (guint i = to; i > from && *over > 0; i--)
    {
      Child *child = nth (self, i - 1);
      int less = MIN (*over, child->height - child->minimum);

      if (!child->shown || less <= 0)
        continue;
      child->height -= less;
      *over -= less;
    }
}

static int
count_over (JuminColumn *self, int height)
{
  guint first = first_with (self, JUMIN_PLACE_PRESSABLE), count = self->children->len;
  int rest = sum (self, first, count, FALSE);

  if (first < count)
    rest -= gap_before (self, first);
  return touch_begin (self, first) + rest - (height - self->plan.bottom);
}

static void
make_room (JuminColumn *self, int height)
{
  guint first = first_with (self, JUMIN_PLACE_PRESSABLE), count = self->children->len;
  int over = count_over (self, height);
  int look_over = touch_begin (self, first) - upper_limit (self, first);

  if (over <= 0)
    return;
  look_over = MIN (over, look_over);
  shrink (self, 0, first, &look_over);
  over = count_over (self, height);
  shrink (self, first, count, &over);
  if (over > 0)
    g_signal_emit (self, signals[OVERFLOW], 0, (guint)over);
}

static void
stretch (JuminColumn *self, guint from, guint to, int room)
{
  int all = 0;

  for (guint i = from; i < to; i++)
    if (nth (self, i)->shown && nth (self, i)->place & JUMIN_PLACE_STRETCH)
      all += nth (self, i)->natural;
  for (guint i = from; i < to && all > 0 && room > 0; i++)
    if (nth (self, i)->shown && nth (self, i)->place & JUMIN_PLACE_STRETCH)
      nth (self, i)->height += MIN (room, all / STRETCHED_PART) * nth (self, i)->natural / all;
}

/* Room that is free is given to what may grow, before it stays empty. */
static void
use_room (JuminColumn *self, int height)
{
  guint growing = first_with (self, JUMIN_PLACE_GROW), count = self->children->len;
  guint first = first_with (self, JUMIN_PLACE_PRESSABLE);
  gboolean keys = first < count && !(nth (self, first)->place & JUMIN_PLACE_LAST);
  int above = touch_begin (self, first) - look_end (self, first);
  int below = -count_over (self, height);
  Child *child = growing < count ? nth (self, growing) : NULL;

  if (child != NULL)
    {
      int spare = growing < first ? above + below : below;

      if (spare > 0)
        child->height = MIN (child->height + spare, child->natural * GROWN_HEIGHTS_MAX);
      above = touch_begin (self, first) - look_end (self, first);
      below = -count_over (self, height);
    }
  below -= self->plan.gap; /* the last keys stand clear */
  stretch (self, 0, first, keys ? above : above + below);
  stretch (self, first, count, below);
}

static void
place_children (JuminColumn *self, int height)
{
  guint count = self->children->len, first = first_with (self, JUMIN_PLACE_PRESSABLE),
        last = first_with (self, JUMIN_PLACE_LAST), middle = first_with (self, JUMIN_PLACE_MIDDLE);
  int y = self->plan.top, spare;

  self->touch = touch_begin (self, first);
  for (guint i = 0; i < count; i++)
    {
      Child *child = nth (self, i);

      if (!child->shown)
        continue;
      y += gap_before (self, i);
      if (i == first)
        y = MAX (y, upper_limit (self, first));
      child->y = y;
      y += child->height;
    }
  spare = MAX (0, height - self->plan.bottom - y);
  for (guint i = MIN (middle, last); i < count; i++)
    nth (self, i)->y += middle < last && i < last ? spare / 2 : spare;
  if (first < count)
    self->touch = nth (self, first)->y;
}

static void
jumin_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminColumn *self = JUMIN_COLUMN (widget);
  int inner = MAX (1, width - 2 * self->plan.side);

  measure_children (self, inner);
  leave_out_spare (self, height);
  make_room (self, height);
  use_room (self, height);
  place_children (self, height);
  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = nth (self, i);

      gtk_widget_set_child_visible (child->widget, child->shown);
      if (child->shown)
        jumin_allocate (child->widget, self->plan.side, child->y, inner, child->height);
    }
}

void
jumin_column_set_plan (JuminColumn *self, const JuminColumnPlan *plan)
{
  self->plan = *plan;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
jumin_column_begin (JuminColumn *self)
{
  g_array_set_size (self->placed, 0);
}

void
jumin_column_place (JuminColumn *self, GtkWidget *child, guint place)
{
  const Child entry = { .widget = child, .place = place };

  if (gtk_widget_get_parent (child) == NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_array_append_val (self->placed, entry);
}

static gboolean
holds (GArray *children, GtkWidget *widget)
{
  for (guint i = 0; i < children->len; i++)
    if (g_array_index (children, Child, i).widget == widget)
      return TRUE;
  return FALSE;
}

void
jumin_column_end (JuminColumn *self)
{
  GArray *old = self->children;

  self->children = self->placed;
  self->placed = old;
  for (guint i = 0; i < old->len; i++)
    if (!holds (self->children, g_array_index (old, Child, i).widget))
      gtk_widget_unparent (g_array_index (old, Child, i).widget);
  g_array_set_size (old, 0);
  for (guint i = 0; i < self->children->len; i++)
    {
      GtkWidget *child = nth (self, i)->widget, *before = i > 0 ? nth (self, i - 1)->widget : NULL;

      if (gtk_widget_get_prev_sibling (child) != before)
        gtk_widget_insert_after (child, GTK_WIDGET (self), before);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * jumin_column_get_touch:
 *
 * Returns: where the touch zone began when the column was laid out last, pixels
 */
int
jumin_column_get_touch (JuminColumn *self)
{
  return self->touch;
}

/**
 * jumin_column_get_end:
 *
 * Returns: the lower edge of @child when the column was laid out last, pixels; 0 if it is not there
 */
int
jumin_column_get_end (JuminColumn *self, GtkWidget *child)
{
  for (guint i = 0; i < self->children->len; i++)
    if (nth (self, i)->widget == child)
      return nth (self, i)->y + nth (self, i)->height;
  return 0;
}

static void
jumin_column_dispose (GObject *object)
{
  JuminColumn *self = JUMIN_COLUMN (object);

  g_array_set_size (self->children, 0);
  jumin_clear (GTK_WIDGET (self));
  G_OBJECT_CLASS (jumin_column_parent_class)->dispose (object);
}

static void
jumin_column_finalize (GObject *object)
{
  JuminColumn *self = JUMIN_COLUMN (object);

  g_array_unref (self->children);
  g_array_unref (self->placed);
  G_OBJECT_CLASS (jumin_column_parent_class)->finalize (object);
}

static void
jumin_column_class_init (JuminColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_column_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_column_finalize;
  widget_class->measure = jumin_measure_pixel;
  widget_class->size_allocate = jumin_column_size_allocate;
  signals[OVERFLOW] = g_signal_new ("overflow", JUMIN_TYPE_COLUMN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
jumin_column_init (JuminColumn *self)
{
  self->children = g_array_new (FALSE, TRUE, sizeof (Child));
  self->placed = g_array_new (FALSE, TRUE, sizeof (Child));
}

GtkWidget *
jumin_column_new (void)
{
  return g_object_new (JUMIN_TYPE_COLUMN, NULL);
}
