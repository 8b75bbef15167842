/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list in rows and columns that never scrolls: what does not fit is on the next page, and two
 * keys turn it. Its head, which cannot be pressed, stands above it. How many fit is known only when
 * it gets its height, so the pages are counted there.
 *
 * Children are placed anew on each update: begin, place each in its order, end. Those that are not
 * placed again go. */
#include "ui/widgets/shelf.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/parts.h"

struct _JuminShelf
{
  GtkWidget parent_instance;
  JuminShelfPlan plan;
  GPtrArray *children; /* owned by the widget tree */
  GPtrArray *placed;
  GtkWidget *head;
  JuminPager *pager;
  guint on_page; /* as it was laid out last */
};

G_DEFINE_FINAL_TYPE (JuminShelf, jumin_shelf, GTK_TYPE_WIDGET)

enum
{
  PAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static const char *const id_key = "jumin-shelf-id";

static guint
count_rows (guint columns, guint children)
{
  return (children + columns - 1) / columns;
}

static int
column_width (JuminShelf *self, guint count, int width)
{
  int columns = (int)count;

  return MAX (1, (width - self->plan.gap * (columns - 1)) / columns);
}

/* What the pager takes on both sides of the list. */
static int
pager_width (JuminShelf *self)
{
  return self->plan.key_width > 0 ? 2 * (self->plan.key_width + self->plan.gap) : 0;
}

/* What the widest child needs; where its words may break, they do. */
static int
narrowest_column (JuminShelf *self)
{
  int narrowest = self->plan.column_min;

  for (guint i = 0; i < self->children->len; i++)
    {
      int minimum, natural;

      gtk_widget_measure (g_ptr_array_index (self->children, i), GTK_ORIENTATION_HORIZONTAL, -1,
                          &minimum, &natural, NULL, NULL);
      narrowest = MAX (narrowest, self->plan.unbroken ? natural : minimum);
    }
  return narrowest;
}

/* In a narrow room, or between keys that stand beside it, a list has fewer columns. */
static guint
count_columns (JuminShelf *self, gboolean paged, int width)
{
  guint columns = self->plan.columns;
  int room = paged ? width - pager_width (self) : width, narrowest = narrowest_column (self);

  while (columns > 1 && column_width (self, columns, room) < narrowest)
    columns = (columns + 1) / 2;
  return columns;
}

/* Of a page's last row, the last child may take what is left. */
static int
child_width (JuminShelf *self, guint columns, guint child, int width)
{
  guint left = columns - 1 - child % columns;

  return self->plan.filled && child + 1 == self->children->len
             ? width + (int)left * (width + self->plan.gap)
             : width;
}

static int
highest_child (JuminShelf *self, int width)
{
  int height = 0;

  for (guint i = 0; i < self->children->len; i++)
    height = MAX (height, jumin_natural_height (g_ptr_array_index (self->children, i), width));
  return height;
}

/* Height of the row that begins with child @first. */
static int
row_height (JuminShelf *self, guint columns, guint first, int width)
{
  int height = 0;

  if (self->plan.equal_rows)
    return highest_child (self, width);
  for (guint i = first; i < MIN (first + columns, self->children->len); i++)
    height = MAX (height, jumin_natural_height (g_ptr_array_index (self->children, i),
                                                child_width (self, columns, i, width)));
  return height;
}

/* What the pager takes below the list, with the gap before it. */
static int
pager_height (JuminShelf *self)
{
  return self->plan.key_width > 0 ? 0 : jumin_pager_measure_keys (self->pager) + self->plan.row_gap;
}

/* What cannot be pressed above the list: its title, and which page it is. */
static int
head_height (JuminShelf *self, gboolean paged, int width)
{
  gboolean titled = gtk_widget_get_first_child (self->head) != NULL;
  int height = titled ? jumin_natural_height (self->head, width) : 0;

  if (self->plan.key_width > 0 && (paged || self->plan.may_page))
    height = MAX (height, jumin_pager_measure_words (self->pager, GTK_ORIENTATION_VERTICAL));
  return height;
}

static int
height_of_all (JuminShelf *self, int width)
{
  guint columns = count_columns (self, FALSE, width);
  int height = 0, each = column_width (self, columns, width);

  for (guint i = 0; i < self->children->len; i += columns)
    height += row_height (self, columns, i, each) + (i > 0 ? self->plan.row_gap : 0);
  return height;
}

static int
rows_height (JuminShelf *self, guint columns, guint first, guint rows, int width)
{
  int height = 0;

  for (guint row = 0; row < rows; row++)
    {
      guint child = first + row * columns;

      if (child < self->children->len)
        height += row_height (self, columns, child, width) + (row > 0 ? self->plan.row_gap : 0);
    }
  return height;
}

/* Whether each page of @rows rows fits into @room. */
static gboolean
pages_fit (JuminShelf *self, guint columns, guint rows, int width, int room)
{
  for (guint first = 0; first < self->children->len; first += rows * columns)
    if (rows_height (self, columns, first, rows, width) > room)
      return FALSE;
  return TRUE;
}

/* How many children one page holds. */
static guint
count_on_page (JuminShelf *self, int width, int height)
{
  guint columns = count_columns (self, TRUE, width);
  int narrow = column_width (self, columns, width - pager_width (self));
  guint count = self->children->len, rows = count_rows (columns, count);
  gboolean few = self->plan.page_max == 0 || count <= self->plan.page_max;
  int all = height_of_all (self, width);
  int room = height - pager_height (self) - head_height (self, TRUE, width);

  if (few && head_height (self, FALSE, width) + all <= height)
    return MAX (count, 1);
  if (self->plan.page_max != 0)
    rows = MIN (rows, MAX (1, self->plan.page_max / columns));
  while (rows > 1 && !pages_fit (self, columns, rows, narrow, room))
    rows--;
  return rows * columns;
}

static void
jumin_shelf_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminShelf *self = JUMIN_SHELF (widget);
  guint count = self->children->len, columns;
  int width, each, pager, all;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || count == 0)
    return;
  width = for_size > 0 ? for_size : gtk_widget_get_width (widget);
  columns = count_columns (self, TRUE, width);
  each = highest_child (self, column_width (self, columns, width - pager_width (self)));
  pager = pager_height (self) + head_height (self, TRUE, width);
  all = height_of_all (self, width) + head_height (self, FALSE, width);
  *natural = all;
  *minimum = MIN (each + pager, all);
  if (self->plan.page_max != 0 && count > self->plan.page_max)
    {
      int rows = (int)count_rows (columns, self->plan.page_max);

      *natural = rows * (each + self->plan.row_gap) + pager - self->plan.row_gap;
      *minimum = each + pager;
    }
}

/* What the words of the pager take beside the title. */
static int
place_width (JuminShelf *self)
{
  if (self->plan.key_width == 0 || jumin_pager_get_pages (self->pager) == 1)
    return 0;
  return jumin_pager_measure_words (self->pager, GTK_ORIENTATION_HORIZONTAL) + self->plan.gap;
}

/* What each row of the fullest page may have besides; all pages have rows of the same height. */
static int
spare_for_row (JuminShelf *self, guint columns, guint pages, int width, int height)
{
  guint on_page = MIN (self->on_page, self->children->len);
  int rows = (int)count_rows (columns, on_page), highest = 0;

  if (pages > 1)
    height -= pager_height (self);
  for (guint first = 0; first < self->children->len; first += on_page)
    highest
        = MAX (highest, rows_height (self, columns, first, count_rows (columns, on_page), width));
  return rows > 0 ? MAX (0, height - highest) / rows : 0;
}

static void
jumin_shelf_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminShelf *self = JUMIN_SHELF (widget);
  guint on_page = self->on_page = count_on_page (self, width, height);
  guint pages = MAX (1, (self->children->len + on_page - 1) / on_page);
  guint columns = count_columns (self, pages > 1, width), first;
  int head = head_height (self, pages > 1, width), y = head, row = 0;
  int left = pages > 1 ? pager_width (self) / 2 : 0;
  int each = column_width (self, columns, width - 2 * left);
  int more = spare_for_row (self, columns, pages, each, height - head);

  jumin_pager_set_pages (self->pager, pages);
  first = jumin_pager_get_page (self->pager) * on_page;
  for (guint i = 0; i < self->children->len; i++)
    {
      GtkWidget *child = g_ptr_array_index (self->children, i);
      gboolean shown = i >= first && i < first + on_page;
      guint column = (i - first) % columns;

      gtk_widget_set_child_visible (child, shown);
      if (!shown)
        continue;
      if (column == 0 && i > first)
        y += row + self->plan.row_gap;
      if (column == 0)
        row = row_height (self, columns, i, each) + more;
      jumin_allocate (child, left + (int)column * (each + self->plan.gap), y,
                      child_width (self, columns, i, each), row);
    }
  gtk_widget_set_child_visible (self->head, gtk_widget_get_first_child (self->head) != NULL);
  jumin_allocate (self->head, 0, 0, width - place_width (self), head);
  if (pages > 1 && self->plan.key_width > 0)
    jumin_pager_allocate_beside (self->pager, width, self->plan.key_width, head, y + row - head);
  else if (pages > 1)
    jumin_pager_allocate_below (self->pager, width, height - jumin_pager_measure_keys (self->pager),
                                jumin_pager_measure_keys (self->pager));
}

static void
on_paged (JuminPager *pager, JuminShelf *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[PAGED], 0, jumin_pager_get_page (pager));
}

/**
 * jumin_shelf_set_words:
 * @place: holds {page} and {pages}
 */
void
jumin_shelf_set_words (JuminShelf *self, const char *previous, const char *next, const char *place)
{
  jumin_pager_set_words (self->pager, previous, next, place, self->plan.key_width > 0);
}

void
jumin_shelf_set_plan (JuminShelf *self, const JuminShelfPlan *plan)
{
  g_return_if_fail (plan->columns > 0);
  self->plan = *plan;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
jumin_shelf_set_page (JuminShelf *self, guint page)
{
  jumin_pager_set_page (self->pager, page);
}

/**
 * jumin_shelf_find:
 *
 * Returns: (nullable) (transfer none): the child that was placed as @id
 */
GtkWidget *
jumin_shelf_find (JuminShelf *self, const char *id)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      GtkWidget *child = g_ptr_array_index (self->children, i);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (child), id_key), id) == 0)
        return child;
    }
  return NULL;
}

/**
 * jumin_shelf_get_head:
 *
 * Returns: (transfer none): the box for the list's title
 */
GtkWidget *
jumin_shelf_get_head (JuminShelf *self)
{
  return self->head;
}

/**
 * jumin_shelf_measure_head:
 *
 * Returns: height of what cannot be pressed above the list, pixels
 */
int
jumin_shelf_measure_head (JuminShelf *self, int width)
{
  return self->children->len > 0 ? head_height (self, FALSE, width) : 0;
}

/**
 * jumin_shelf_count_shown:
 * @count: (out): all of its children
 *
 * Returns: how many of them one page held when it was laid out last
 */
guint
jumin_shelf_count_shown (JuminShelf *self, guint *count)
{
  *count = self->children->len;
  return MIN (self->on_page, self->children->len);
}

void
jumin_shelf_begin (JuminShelf *self)
{
  g_ptr_array_set_size (self->placed, 0);
}

void
jumin_shelf_place (JuminShelf *self, GtkWidget *child, const char *id)
{
  if (gtk_widget_get_parent (child) == NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_set_data_full (G_OBJECT (child), id_key, g_strdup (id), g_free);
  g_ptr_array_add (self->placed, child);
}

void
jumin_shelf_end (JuminShelf *self)
{
  GPtrArray *old = self->children;

  self->children = self->placed;
  self->placed = old;
  for (guint i = 0; i < old->len; i++)
    if (!g_ptr_array_find (self->children, g_ptr_array_index (old, i), NULL))
      gtk_widget_unparent (g_ptr_array_index (old, i));
  g_ptr_array_set_size (old, 0);
  gtk_widget_insert_after (self->head, GTK_WIDGET (self), NULL);
  jumin_pager_raise (self->pager);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
jumin_shelf_dispose (GObject *object)
{
  JuminShelf *self = JUMIN_SHELF (object);

  if (self->pager != NULL)
    g_object_run_dispose (G_OBJECT (self->pager));
  g_clear_object (&self->pager);
  g_ptr_array_set_size (self->children, 0);
  jumin_clear (GTK_WIDGET (self));
  G_OBJECT_CLASS (jumin_shelf_parent_class)->dispose (object);
}

static void
jumin_shelf_finalize (GObject *object)
{
  JuminShelf *self = JUMIN_SHELF (object);

  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->placed);
  G_OBJECT_CLASS (jumin_shelf_parent_class)->finalize (object);
}

static void
jumin_shelf_class_init (JuminShelfClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_shelf_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_shelf_finalize;
  widget_class->measure = jumin_shelf_measure;
  widget_class->size_allocate = jumin_shelf_size_allocate;
  widget_class->get_request_mode = jumin_height_for_width;
  signals[PAGED] = g_signal_new ("paged", JUMIN_TYPE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
jumin_shelf_init (JuminShelf *self)
{
  self->plan = (JuminShelfPlan){ .columns = 1 };
  self->children = g_ptr_array_new ();
  self->placed = g_ptr_array_new ();
  self->head = jumin_across ("s16 heading");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
  self->pager = jumin_pager_new (GTK_WIDGET (self));
  g_signal_connect_object (self->pager, "paged", G_CALLBACK (on_paged), self, 0);
}

GtkWidget *
jumin_shelf_new (void)
{
  return g_object_new (JUMIN_TYPE_SHELF, NULL);
}
