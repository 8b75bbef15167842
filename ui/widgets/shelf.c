/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list in rows and columns that never scrolls: what does not fit is on the next page, and two
 * keys turn it. How many fit is known only when it gets its height, so the pages are counted there,
 * and the words of the pager follow in the next turn of the main loop.
 *
 * Children are placed anew on each update: begin, place each in its order, end. Those that are not
 * placed again go. */
#include "ui/widgets/shelf.h"

#include "ui/widgets/parts.h"

struct _JuminShelf
{
  GtkWidget parent_instance;
  JuminShelfPlan plan;
  GPtrArray *children; /* owned by the widget tree */
  GPtrArray *placed;
  GtkWidget *previous, *next, *place;
  char *previous_words, *next_words, *place_words;
  guint page, pages, words_source;
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

/* Between keys that stand beside it, a list has one column. */
static guint
paged_columns (JuminShelf *self)
{
  return self->plan.key_width > 0 ? 1 : self->plan.columns;
}

static int
column_width (JuminShelf *self, guint count, int width)
{
  int columns = (int)count;

  return MAX (1, (width - self->plan.gap * (columns - 1)) / columns);
}

static int
child_height (GtkWidget *child, int width)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static int
highest_child (JuminShelf *self, int width)
{
  int height = 0;

  for (guint i = 0; i < self->children->len; i++)
    height = MAX (height, child_height (g_ptr_array_index (self->children, i), width));
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
    height = MAX (height, child_height (g_ptr_array_index (self->children, i), width));
  return height;
}

static int
natural_size (GtkWidget *widget, GtkOrientation orientation)
{
  int natural = 0;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* What the pager takes below the list: its keys, or only its words when the keys are beside it. */
static int
pager_height (JuminShelf *self)
{
  int words = natural_size (self->place, GTK_ORIENTATION_VERTICAL);

  if (self->plan.key_width > 0)
    return words;
  return MAX (words, natural_size (self->next, GTK_ORIENTATION_VERTICAL));
}

/* What the pager takes on both sides of the list. */
static int
pager_width (JuminShelf *self)
{
  return self->plan.key_width > 0 ? 2 * (self->plan.key_width + self->plan.gap) : 0;
}

static int
height_of_all (JuminShelf *self, int width)
{
  int height = 0;

  for (guint i = 0; i < self->children->len; i += self->plan.columns)
    height += row_height (self, self->plan.columns, i, width) + (i > 0 ? self->plan.row_gap : 0);
  return height;
}

static int
rows_height (JuminShelf *self, guint first, guint rows, int width)
{
  guint columns = paged_columns (self);
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
pages_fit (JuminShelf *self, guint rows, int width, int room)
{
  for (guint first = 0; first < self->children->len; first += rows * paged_columns (self))
    if (rows_height (self, first, rows, width) > room)
      return FALSE;
  return TRUE;
}

/* How many children one page holds. */
static guint
count_on_page (JuminShelf *self, int width, int height)
{
  guint columns = paged_columns (self);
  int narrow = column_width (self, columns, width - pager_width (self));
  guint count = self->children->len, rows = count_rows (columns, count);
  gboolean few = self->plan.page_max == 0 || count <= self->plan.page_max;
  int room = height - pager_height (self) - self->plan.row_gap;

  if (few && height_of_all (self, column_width (self, self->plan.columns, width)) <= height)
    return MAX (count, 1);
  if (self->plan.page_max != 0)
    rows = MIN (rows, MAX (1, self->plan.page_max / columns));
  while (rows > 1 && !pages_fit (self, rows, narrow, room))
    rows--;
  return rows * columns;
}

static void
jumin_shelf_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminShelf *self = JUMIN_SHELF (widget);
  guint count = self->children->len, columns = paged_columns (self);
  int width, each, pager, all;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || count == 0)
    return;
  width = for_size > 0 ? for_size : gtk_widget_get_width (widget);
  each = highest_child (self, column_width (self, columns, width - pager_width (self)));
  pager = pager_height (self) + self->plan.row_gap;
  all = height_of_all (self, column_width (self, self->plan.columns, width));
  *natural = all;
  *minimum = MIN (each + pager, all);
  if (self->plan.page_max != 0 && count > self->plan.page_max)
    {
      int rows = (int)count_rows (columns, self->plan.page_max);

      *natural = rows * (each + self->plan.row_gap) + pager - self->plan.row_gap;
      *minimum = each + pager;
    }
}

static void
set_turnable (GtkWidget *key, gboolean turnable)
{
  gtk_widget_set_sensitive (key, turnable);
  if (turnable)
    gtk_widget_remove_css_class (key, "off");
  else
    gtk_widget_add_css_class (key, "off");
}

static gboolean
on_words_due (gpointer data)
{
  JuminShelf *self = data;
  g_autofree char *page = g_strdup_printf ("%u", self->page + 1);
  g_autofree char *pages = g_strdup_printf ("%u", self->pages);
  g_autoptr (GString) words = g_string_new (self->place_words);

  g_string_replace (words, "{page}", page, 1);
  g_string_replace (words, "{pages}", pages, 1);
  gtk_label_set_text (GTK_LABEL (self->place), words->str);
  set_turnable (self->previous, self->page > 0);
  set_turnable (self->next, self->page + 1 < self->pages);
  self->words_source = 0;
  return G_SOURCE_REMOVE;
}

static void
count_pages (JuminShelf *self, guint on_page)
{
  guint pages = MAX (1, (self->children->len + on_page - 1) / on_page);

  self->pages = pages;
  self->page = MIN (self->page, pages - 1);
  if (pages > 1 && self->words_source == 0)
    self->words_source = g_idle_add (on_words_due, self);
}

static void
allocate_at (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
show_pager (JuminShelf *self, gboolean shown)
{
  gtk_widget_set_child_visible (self->previous, shown);
  gtk_widget_set_child_visible (self->next, shown);
  gtk_widget_set_child_visible (self->place, shown);
}

static void
allocate_pager (JuminShelf *self, int width, int height, int rows)
{
  int pager = pager_height (self), key = self->plan.key_width, list = height - pager;
  int previous = natural_size (self->previous, GTK_ORIENTATION_HORIZONTAL);
  int next = natural_size (self->next, GTK_ORIENTATION_HORIZONTAL);

  if (key > 0)
    {
      allocate_at (self->previous, 0, 0, key, rows);
      allocate_at (self->next, width - key, 0, key, rows);
      allocate_at (self->place, 0, list, width, pager);
      return;
    }
  allocate_at (self->previous, 0, list, previous, pager);
  allocate_at (self->next, width - next, list, next, pager);
  allocate_at (self->place, previous, list, MAX (1, width - previous - next), pager);
}

static void
jumin_shelf_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminShelf *self = JUMIN_SHELF (widget);
  guint on_page = count_on_page (self, width, height), first, columns;
  int y = 0, row = 0, left, each;

  count_pages (self, on_page);
  left = self->pages > 1 ? pager_width (self) / 2 : 0;
  columns = self->pages > 1 ? paged_columns (self) : self->plan.columns;
  each = column_width (self, columns, width - 2 * left);
  first = self->page * on_page;
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
        row = row_height (self, columns, i, each);
      allocate_at (child, left + (int)column * (each + self->plan.gap), y, each, row);
    }
  show_pager (self, self->pages > 1);
  if (self->pages > 1)
    allocate_pager (self, width, height, y + row);
}

static GtkSizeRequestMode
jumin_shelf_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
turn (JuminShelf *self, int by)
{
  guint page = (guint)CLAMP ((int)self->page + by, 0, (int)self->pages - 1);

  if (page == self->page)
    return;
  self->page = page;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[PAGED], 0, page);
}

static void
on_previous_clicked (GtkButton *button, JuminShelf *self)
{
  turn (self, -1);
}

static void
on_next_clicked (GtkButton *button, JuminShelf *self)
{
  turn (self, 1);
}

static void
draw_pager_keys (JuminShelf *self)
{
  gboolean bare = self->plan.key_width > 0;

  jumin_turn_key_fill (self->previous, self->previous_words, "prev", TRUE, bare);
  jumin_turn_key_fill (self->next, self->next_words, "go", FALSE, bare);
}

static void
replace_words (char **words, const char *with)
{
  g_free (*words);
  *words = g_strdup (with);
}

/**
 * jumin_shelf_set_words:
 * @place: holds {page} and {pages}
 */
void
jumin_shelf_set_words (JuminShelf *self, const char *previous, const char *next, const char *place)
{
  replace_words (&self->previous_words, previous);
  replace_words (&self->next_words, next);
  replace_words (&self->place_words, place != NULL ? place : "{page} / {pages}");
  draw_pager_keys (self);
  if (self->words_source == 0)
    self->words_source = g_idle_add (on_words_due, self);
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
  self->page = page;
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
  gtk_widget_insert_before (self->previous, GTK_WIDGET (self), NULL);
  gtk_widget_insert_before (self->place, GTK_WIDGET (self), NULL);
  gtk_widget_insert_before (self->next, GTK_WIDGET (self), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
jumin_shelf_dispose (GObject *object)
{
  JuminShelf *self = JUMIN_SHELF (object);

  g_clear_handle_id (&self->words_source, g_source_remove);
  for (guint i = 0; i < self->children->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->children, i));
  g_ptr_array_set_size (self->children, 0);
  g_clear_pointer (&self->previous, gtk_widget_unparent);
  g_clear_pointer (&self->next, gtk_widget_unparent);
  g_clear_pointer (&self->place, gtk_widget_unparent);
  G_OBJECT_CLASS (jumin_shelf_parent_class)->dispose (object);
}

static void
jumin_shelf_finalize (GObject *object)
{
  JuminShelf *self = JUMIN_SHELF (object);

  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->placed);
  g_free (self->previous_words);
  g_free (self->next_words);
  g_free (self->place_words);
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
  widget_class->get_request_mode = jumin_shelf_get_request_mode;
  signals[PAGED] = g_signal_new ("paged", JUMIN_TYPE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
new_pager_key (JuminShelf *self, GCallback callback)
{
  GtkWidget *key = gtk_button_new ();

  jumin_add_classes (key, "btn pager");
  g_signal_connect_object (key, "clicked", callback, self, 0);
  return key;
}

static void
jumin_shelf_init (JuminShelf *self)
{
  self->plan = (JuminShelfPlan){ .columns = 1 };
  self->children = g_ptr_array_new ();
  self->placed = g_ptr_array_new ();
  self->pages = 1;
  self->place_words = g_strdup ("{page} / {pages}");
  self->previous = new_pager_key (self, G_CALLBACK (on_previous_clicked));
  self->next = new_pager_key (self, G_CALLBACK (on_next_clicked));
  self->place = jumin_words ("1 / 1", "b tight");
  gtk_label_set_xalign (GTK_LABEL (self->place), 0.5F);
  gtk_widget_set_parent (self->previous, GTK_WIDGET (self));
  gtk_widget_set_parent (self->place, GTK_WIDGET (self));
  gtk_widget_set_parent (self->next, GTK_WIDGET (self));
}

GtkWidget *
jumin_shelf_new (void)
{
  return g_object_new (JUMIN_TYPE_SHELF, NULL);
}
