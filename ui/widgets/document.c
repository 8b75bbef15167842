/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper as core hands it over, drawn by poppler in a worker (sheet-job.c).
 *
 *   empty --mapped and not veiled--> asking --descriptor--> drawing --page--> shown
 *   shown --other page or size--> drawing         any --an error--> broken
 *   any --unmapped or veiled--> empty
 *
 * Empty, it holds neither descriptor, document nor picture. One job at a time: what was wanted
 * meanwhile is drawn after it. Enlarged, one part of a page is seen at a time; the keys lead
 * through the parts in the order of reading and on to the next page, a finger can drag, too. */
#include "ui/widgets/document.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/reading.h"
#include "ui/widgets/sheet-job.h"

enum
{
  DESK_UNITS = 22, /* what is seen of the desk around the paper */
  SHADOW_UNITS = 8,
  ASK_AGAIN_MS = 250,
  ASKS_MAX = 4
};

static const double a4_ratio = 210.0 / 297.0;

#define ZOOM_NAME "document-zoom"

struct _JuminDocumentView
{
  GtkWidget parent_instance;
  JuminLink *link;
  JuminDraft *draft;
  GtkWidget *cover, *words, *place;
  char *veil_words, *broken_words, *place_words;
  gboolean veiled, broken, contrast;
  int desk, shadow;
  GCancellable *working; /* while core or a worker has not answered */
  guint asks, ask_source;
  PopplerDocument *document;
  GdkTexture *picture;
  int drawn_page, drawn_width;
  double ratio;
  JuminReading reading;
  double drag_x, drag_y; /* where it was when a finger came down */
};

G_DEFINE_FINAL_TYPE (JuminDocumentView, jumin_document_view, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask (JuminDocumentView *self);
static void draw_page (JuminDocumentView *self);

static double
zoom_of (JuminDocumentView *self)
{
  return jumin_reading_get_percent (&self->reading) / 100.0;
}

/* Where the paper lies: as large as it can be, in the middle of the desk. */
static GdkRectangle
find_paper (JuminDocumentView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self)) - jumin_natural_height (self->place, -1);
  int across = MAX (1, width - 2 * self->desk), down = MAX (1, height - self->desk * 3 / 2);
  GdkRectangle paper;

  paper.width = MAX (1, MIN (across, (int)(down * self->ratio)));
  paper.height = MAX (1, MIN (down, (int)(paper.width / self->ratio)));
  paper.x = (width - paper.width) / 2;
  paper.y = self->desk + MAX (0, (down - paper.height) / 2);
  return paper;
}

static void
update_words (JuminDocumentView *self)
{
  g_autofree char *page = g_strdup_printf ("%u", self->reading.page + 1);
  g_autofree char *pages = g_strdup_printf ("%u", self->reading.pages);
  g_autoptr (GString) words = g_string_new (self->place_words);
  gboolean seen = self->picture != NULL && !self->broken;

  g_string_replace (words, "{page}", page, 1);
  g_string_replace (words, "{pages}", pages, 1);
  if (self->reading.zoom > 0)
    g_string_append_printf (words, " · %d%%", jumin_reading_get_percent (&self->reading));
  gtk_label_set_text (GTK_LABEL (self->place), words->str);
  gtk_widget_set_child_visible (self->place, seen);
  gtk_label_set_text (GTK_LABEL (self->words),
                      self->veiled ? self->veil_words : self->broken_words);
  gtk_widget_set_child_visible (self->cover, self->veiled || self->broken);
}

static void
tell_changed (JuminDocumentView *self)
{
  update_words (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GTK keeps what was drawn last, and the picture in it, until it is to be drawn anew. */
static void
forget (JuminDocumentView *self)
{
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->picture);
  self->broken = FALSE;
  self->asks = 0;
  self->reading.pages = 1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
give_up (JuminDocumentView *self)
{
  forget (self);
  self->broken = TRUE;
  tell_changed (self);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminDocumentView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminSheet) sheet = jumin_sheet_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->working);
  if (sheet == NULL)
    {
      g_message ("%s", error->message);
      give_up (self);
      return;
    }
  g_set_object (&self->document, sheet->document);
  g_set_object (&self->picture, sheet->picture);
  self->reading.pages = (guint)sheet->pages;
  self->reading.page = MIN (self->reading.page, self->reading.pages - 1);
  self->ratio = sheet->ratio;
  tell_changed (self);
  draw_page (self);
}

/* Draws the page that is wanted, unless it is there. */
static void
draw_page (JuminDocumentView *self)
{
  int width = (int)(find_paper (self).width * zoom_of (self));

  if (self->document == NULL || self->working != NULL
      || (self->drawn_page == (int)self->reading.page && self->drawn_width == width))
    return;
  self->drawn_page = (int)self->reading.page;
  self->drawn_width = width;
  self->working = g_cancellable_new ();
  jumin_sheet_draw_async (self->document, self->drawn_page, width, self->working, on_drawn,
                          g_object_ref (self));
}

static gboolean
on_ask_due (gpointer data)
{
  JuminDocumentView *self = data;

  self->ask_source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminDocumentView) self = data;
  g_autoptr (GError) error = NULL;
  int descriptor = jumin_link_open_finish (JUMIN_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (descriptor >= 0)
    {
      self->drawn_page = (int)self->reading.page;
      self->drawn_width = (int)(find_paper (self).width * zoom_of (self));
      jumin_sheet_open_async (descriptor, self->drawn_page, self->drawn_width, self->working,
                              on_drawn, g_object_ref (self));
      return;
    }
  g_message ("%s", error->message);
  g_clear_object (&self->working);
  if (++self->asks >= ASKS_MAX)
    give_up (self);
  else
    self->ask_source = g_timeout_add (ASK_AGAIN_MS, on_ask_due, self);
}

static void
ask (JuminDocumentView *self)
{
  if (self->veiled || self->broken || self->working != NULL || self->ask_source != 0
      || self->document != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->working = g_cancellable_new ();
  jumin_link_open_async (self->link, "document", self->working, on_opened, g_object_ref (self));
}

static void
jumin_document_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jumin_document_view_parent_class)->map (widget);
  ask (JUMIN_DOCUMENT_VIEW (widget));
}

static void
jumin_document_view_unmap (GtkWidget *widget)
{
  forget (JUMIN_DOCUMENT_VIEW (widget));
  GTK_WIDGET_CLASS (jumin_document_view_parent_class)->unmap (widget);
}

static void
jumin_document_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminDocumentView *self = JUMIN_DOCUMENT_VIEW (widget);
  GdkRectangle paper = find_paper (self);
  int words = jumin_natural_height (self->place, -1);

  gtk_widget_size_allocate (self->cover, &paper, -1);
  jumin_allocate (self->place, 0, height - words - self->desk / 4, width, words);
  draw_page (self);
}

/* Even bars instead of words: the cover tells nothing of the paper below it. */
static void
draw_cover (GtkSnapshot *snapshot, const GdkRectangle *paper)
{
  static const GdkRGBA frost = { 0.886F, 0.925F, 0.914F, 1 };
  float side = (float)paper->width * 0.12F, bar = (float)paper->height * 0.022F;

  for (int i = 0; i < 14; i++)
    {
      float y = (float)paper->y + (float)paper->height * (0.1F + 0.06F * (float)i);
      graphene_rect_t line
          = GRAPHENE_RECT_INIT ((float)paper->x + side, y, (float)paper->width - 2 * side, bar);

      gtk_snapshot_append_color (snapshot, &frost, &line);
    }
}

static void
draw_part (JuminDocumentView *self, GtkSnapshot *snapshot, const GdkRectangle *paper)
{
  float width = (float)(paper->width * zoom_of (self));
  float height = (float)(paper->height * zoom_of (self));
  float x = (float)(paper->x - self->reading.x * (width - paper->width));
  float y = (float)(paper->y - self->reading.y * (height - paper->height));

  gtk_snapshot_append_texture (snapshot, self->picture, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
jumin_document_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminDocumentView *self = JUMIN_DOCUMENT_VIEW (widget);
  static const GdkRGBA white = { 1, 1, 1, 1 }, shade = { 0.024F, 0.157F, 0.149F, 0.22F };
  GdkRectangle paper = find_paper (self);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float)paper.x, (float)paper.y, (float)paper.width,
                                               (float)paper.height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  if (!self->contrast)
    gtk_snapshot_append_outset_shadow (snapshot, &outline, &shade, 0, (float)self->shadow, 0,
                                       (float)self->shadow * 3);
  gtk_snapshot_append_color (snapshot, &white, &bounds);
  gtk_snapshot_push_clip (snapshot, &bounds);
  if (self->picture != NULL)
    draw_part (self, snapshot, &paper);
  else if (self->veiled)
    draw_cover (snapshot, &paper);
  gtk_snapshot_pop (snapshot);
  GTK_WIDGET_CLASS (jumin_document_view_parent_class)->snapshot (widget, snapshot);
}

/**
 * jumin_document_view_measure_width:
 *
 * Returns: the width at which the paper fills a desk of this height, pixels
 */
int
jumin_document_view_measure_width (JuminDocumentView *self, int height)
{
  int down = MAX (1, height - jumin_natural_height (self->place, -1) - self->desk * 3 / 2);

  return (int)(down * self->ratio) + 2 * self->desk;
}

/**
 * jumin_document_view_measure_height:
 *
 * Returns: the height at which the paper fills a desk of this width, pixels
 */
int
jumin_document_view_measure_height (JuminDocumentView *self, int width)
{
  int across = MAX (1, width - 2 * self->desk);

  return (int)(across / self->ratio) + jumin_natural_height (self->place, -1) + self->desk * 3 / 2;
}

/**
 * jumin_document_view_can:
 * @key: larger, smaller, previous or next
 *
 * Returns: whether that leads anywhere now
 */
gboolean
jumin_document_view_can (JuminDocumentView *self, const char *key)
{
  return self->document != NULL && jumin_reading_can (&self->reading, key);
}

void
jumin_document_view_do (JuminDocumentView *self, const char *key)
{
  if (!jumin_document_view_can (self, key))
    return;
  jumin_reading_do (&self->reading, key);
  jumin_draft_set_page (self->draft, "document", self->reading.page);
  jumin_draft_set_page (self->draft, ZOOM_NAME, self->reading.zoom);
  tell_changed (self);
  draw_page (self);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, JuminDocumentView *self)
{
  self->drag_x = self->reading.x;
  self->drag_y = self->reading.y;
}

static void
on_drag_update (GtkGestureDrag *drag, double across, double down, JuminDocumentView *self)
{
  GdkRectangle paper = find_paper (self);
  double more = zoom_of (self) - 1;

  if (self->reading.zoom == 0)
    return;
  self->reading.x = CLAMP (self->drag_x - across / (paper.width * more), 0, 1);
  self->reading.y = CLAMP (self->drag_y - down / (paper.height * more), 0, 1);
  tell_changed (self);
}

static void
replace_text (char **text, const char *with)
{
  g_free (*text);
  *text = g_strdup (with != NULL ? with : "");
}

/**
 * jumin_document_view_update:
 * @block: of kind "document"
 */
void
jumin_document_view_update (JuminDocumentView *self, const JuminBlock *block,
                            const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean veiled = g_strcmp0 (block->tone, "veiled") == 0;

  g_set_object (&self->link, context->link);
  g_set_object (&self->draft, context->draft);
  self->contrast = shape->contrast;
  self->desk = jumin_shape_px (shape, DESK_UNITS);
  self->shadow = jumin_shape_px (shape, SHADOW_UNITS);
  replace_text (&self->veil_words, block->title);
  replace_text (&self->broken_words, block->text);
  replace_text (&self->place_words, context->view->pager_place);
  self->reading.page = jumin_draft_get_page (self->draft, "document");
  jumin_reading_set_zoom (&self->reading, jumin_draft_get_page (self->draft, ZOOM_NAME));
  if (veiled && !self->veiled)
    forget (self);
  self->veiled = veiled;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  context->view->title, -1);
  update_words (self);
  ask (self);
}

static void
jumin_document_view_dispose (GObject *object)
{
  JuminDocumentView *self = JUMIN_DOCUMENT_VIEW (object);

  forget (self);
  g_clear_pointer (&self->cover, gtk_widget_unparent);
  g_clear_pointer (&self->place, gtk_widget_unparent);
  g_clear_object (&self->link);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (jumin_document_view_parent_class)->dispose (object);
}

static void
jumin_document_view_finalize (GObject *object)
{
  JuminDocumentView *self = JUMIN_DOCUMENT_VIEW (object);

  g_free (self->veil_words);
  g_free (self->broken_words);
  g_free (self->place_words);
  G_OBJECT_CLASS (jumin_document_view_parent_class)->finalize (object);
}

static void
jumin_document_view_class_init (JuminDocumentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_document_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_document_view_finalize;
  widget_class->map = jumin_document_view_map;
  widget_class->unmap = jumin_document_view_unmap;
  widget_class->measure = jumin_measure_pixel;
  widget_class->size_allocate = jumin_document_view_size_allocate;
  widget_class->snapshot = jumin_document_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", JUMIN_TYPE_DOCUMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jumin_document_view_init (JuminDocumentView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkWidget *middle = jumin_down ("s16");

  self->reading.pages = 1;
  self->ratio = a4_ratio;
  self->cover = jumin_down ("paper-cover");
  gtk_widget_set_vexpand (middle, TRUE);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (middle, GTK_ALIGN_CENTER);
  jumin_add_classes (middle, "paper-words");
  self->words = jumin_words (" ", "b");
  gtk_label_set_xalign (GTK_LABEL (self->words), 0.5F);
  gtk_label_set_justify (GTK_LABEL (self->words), GTK_JUSTIFY_CENTER);
  jumin_put (middle, jumin_icon ("eyeoff", "i-paper"));
  jumin_put (middle, self->words);
  jumin_put (self->cover, middle);
  gtk_widget_set_parent (self->cover, GTK_WIDGET (self));
  self->place = jumin_words (" ", "tight num");
  gtk_label_set_xalign (GTK_LABEL (self->place), 0.5F);
  gtk_widget_set_parent (self->place, GTK_WIDGET (self));
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_name (GTK_WIDGET (self), "document");
  gtk_widget_add_css_class (GTK_WIDGET (self), "desk");
}

GtkWidget *
jumin_document_view_new (void)
{
  return g_object_new (JUMIN_TYPE_DOCUMENT_VIEW, NULL);
}
