/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two keys that turn the pages of a list, and the words that say which page it is. They are the
 * list's children; it says where they stand. How many pages there are is known only while the list
 * is laid out, so the words follow in the next turn of the main loop. */
#include "ui/widgets/pager.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"

struct _JuminPager
{
  GObject parent_instance;
  GtkWidget *list; /* not owned: it owns us */
  GtkWidget *previous, *next, *place;
  char *place_words;
  guint page, pages, words_source;
};

G_DEFINE_FINAL_TYPE (JuminPager, jumin_pager, G_TYPE_OBJECT)

enum
{
  PAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_turnable (GtkWidget *key, gboolean turnable)
{
  gtk_widget_set_sensitive (key, turnable);
  jumin_set_class (key, "off", !turnable);
}

static gboolean
on_words_due (gpointer data)
{
  JuminPager *self = data;
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
update_words (JuminPager *self)
{
  if (self->words_source == 0)
    self->words_source = g_idle_add (on_words_due, self);
}

/**
 * jumin_pager_set_words:
 * @place: (nullable): holds {page} and {pages}
 * @bare: the keys show no words
 */
void
jumin_pager_set_words (JuminPager *self, const char *previous, const char *next, const char *place,
                       gboolean bare)
{
  g_free (self->place_words);
  self->place_words = g_strdup (place != NULL ? place : "{page} / {pages}");
  jumin_turn_key_fill (self->previous, previous, "prev", TRUE, bare);
  jumin_turn_key_fill (self->next, next, "go", FALSE, bare);
  update_words (self);
}

void
jumin_pager_set_page (JuminPager *self, guint page)
{
  self->page = page;
}

/**
 * jumin_pager_set_pages:
 * @pages: at least one; with one page nothing of the pager is shown
 */
void
jumin_pager_set_pages (JuminPager *self, guint pages)
{
  gboolean shown = pages > 1;

  self->pages = pages;
  self->page = MIN (self->page, pages - 1);
  gtk_widget_set_child_visible (self->previous, shown);
  gtk_widget_set_child_visible (self->next, shown);
  gtk_widget_set_child_visible (self->place, shown);
  if (shown)
    update_words (self);
}

guint
jumin_pager_get_page (JuminPager *self)
{
  return self->page;
}

guint
jumin_pager_get_pages (JuminPager *self)
{
  return self->pages;
}

/**
 * jumin_pager_measure_keys:
 *
 * Returns: height of the keys and the words side by side, pixels
 */
int
jumin_pager_measure_keys (JuminPager *self)
{
  return MAX (jumin_natural_height (self->place, -1), jumin_natural_height (self->next, -1));
}

int
jumin_pager_measure_words (JuminPager *self, GtkOrientation orientation)
{
  return orientation == GTK_ORIENTATION_VERTICAL ? jumin_natural_height (self->place, -1)
                                                 : jumin_natural_width (self->place);
}

/**
 * jumin_pager_allocate_below:
 *
 * All in one line: key, words, key.
 */
void
jumin_pager_allocate_below (JuminPager *self, int width, int y, int height)
{
  int previous = jumin_natural_width (self->previous);
  int next = jumin_natural_width (self->next);

  jumin_allocate (self->previous, 0, y, previous, height);
  jumin_allocate (self->next, width - next, y, next, height);
  jumin_allocate (self->place, previous, y, width - previous - next, height);
}

/**
 * jumin_pager_allocate_beside:
 * @head: height of the line above the list, at whose right end the words stand, pixels
 * @rows: height of the list, pixels
 */
void
jumin_pager_allocate_beside (JuminPager *self, int width, int key_width, int head, int rows)
{
  int place = jumin_natural_width (self->place);

  jumin_allocate (self->previous, 0, head, key_width, rows);
  jumin_allocate (self->next, width - key_width, head, key_width, rows);
  jumin_allocate (self->place, width - place, 0, place, head);
}

/**
 * jumin_pager_raise:
 *
 * Makes its parts the last children of the list, in the order of reading.
 */
void
jumin_pager_raise (JuminPager *self)
{
  gtk_widget_insert_before (self->previous, self->list, NULL);
  gtk_widget_insert_before (self->place, self->list, NULL);
  gtk_widget_insert_before (self->next, self->list, NULL);
}

static void
turn (JuminPager *self, int by)
{
  guint page = (guint)CLAMP ((int)self->page + by, 0, (int)self->pages - 1);

  if (page == self->page)
    return;
  self->page = page;
  g_signal_emit (self, signals[PAGED], 0);
}

static void
on_previous_clicked (GtkButton *button, JuminPager *self)
{
  turn (self, -1);
}

static void
on_next_clicked (GtkButton *button, JuminPager *self)
{
  turn (self, 1);
}

static void
jumin_pager_dispose (GObject *object)
{
  JuminPager *self = JUMIN_PAGER (object);

  g_clear_handle_id (&self->words_source, g_source_remove);
  g_clear_pointer (&self->previous, gtk_widget_unparent);
  g_clear_pointer (&self->next, gtk_widget_unparent);
  g_clear_pointer (&self->place, gtk_widget_unparent);
  G_OBJECT_CLASS (jumin_pager_parent_class)->dispose (object);
}

static void
jumin_pager_finalize (GObject *object)
{
  g_free (JUMIN_PAGER (object)->place_words);
  G_OBJECT_CLASS (jumin_pager_parent_class)->finalize (object);
}

static void
jumin_pager_class_init (JuminPagerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_pager_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_pager_finalize;
  signals[PAGED] = g_signal_new ("paged", JUMIN_TYPE_PAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
jumin_pager_init (JuminPager *self)
{
  self->pages = 1;
  self->place_words = g_strdup ("{page} / {pages}");
}

static GtkWidget *
new_key (JuminPager *self, GCallback callback)
{
  GtkWidget *key = gtk_button_new ();

  jumin_add_classes (key, "btn pager");
  gtk_widget_set_parent (key, self->list);
  g_signal_connect_object (key, "clicked", callback, self, 0);
  return key;
}

/**
 * jumin_pager_new:
 * @list: becomes the parent of the pager's parts; must own the pager and dispose of it
 */
JuminPager *
jumin_pager_new (GtkWidget *list)
{
  JuminPager *self = g_object_new (JUMIN_TYPE_PAGER, NULL);

  self->list = list;
  self->previous = new_key (self, G_CALLBACK (on_previous_clicked));
  self->place = jumin_words ("1 / 1", "b tight");
  gtk_label_set_xalign (GTK_LABEL (self->place), 0.5F);
  gtk_widget_set_parent (self->place, list);
  self->next = new_key (self, G_CALLBACK (on_next_clicked));
  return self;
}
