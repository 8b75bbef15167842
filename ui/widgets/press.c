/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that can be pressed. The button stays while its content is exchanged, so that a finger that
 * lies on it keeps it. An item with an act sends it; one without chooses itself in its block. What
 * is off is drawn dashed, cannot be pressed and says why to a screen reader. */
#include "ui/widgets/press.h"

#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

struct _JuminPress
{
  GtkButton parent_instance;
  JuminActor *actor;
  char *block, *id, *act, *value;
  gboolean optional;
};

G_DEFINE_FINAL_TYPE (JuminPress, jumin_press, GTK_TYPE_BUTTON)

typedef struct
{
  const JuminItem *item;
  const JuminShape *shape;
  gboolean chosen, off;
} Content;

static gboolean
is_primary (const JuminItem *item)
{
  return g_strcmp0 (item->tone, "primary") == 0;
}

/* An off item says why: in its own words, else in its second line. */
static const char *
second_line (const Content *content)
{
  if (content->off && jumin_has (content->item->reason))
    return content->item->reason;
  return content->item->text;
}

static GtkWidget *
item_plate (const Content *content, const char *size)
{
  return jumin_plate (content->item->icon, content->off ? "mute" : content->item->family, size);
}

static GtkWidget *
check_mark (gboolean chosen)
{
  GtkWidget *check = jumin_across ("check round"), *icon = jumin_icon ("check", "i-check");

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (icon, TRUE);
  jumin_put (check, icon);
  gtk_widget_set_hexpand (check, FALSE);
  if (chosen)
    gtk_widget_add_css_class (check, "on");
  else
    gtk_widget_set_opacity (icon, 0);
  return check;
}

static GtkWidget *
expanding (GtkWidget *widget)
{
  if (widget != NULL)
    gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

static GtkWidget *
centred (GtkWidget *box)
{
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
build_tile (const Content *content)
{
  GtkWidget *tile = jumin_down ("s16"), *top = jumin_across ("s12"), *words = jumin_down ("");
  GtkWidget *chip = jumin_chip (content->item->note, content->item->note_tone, NULL);
  GtkWidget *plate = item_plate (content, "");

  jumin_put (top, plate);
  jumin_put (top, expanding (jumin_across ("")));
  if (chip != NULL)
    gtk_widget_set_valign (chip, GTK_ALIGN_START);
  jumin_put (top, chip);
  jumin_put (words, jumin_words (content->item->title, "t-tile"));
  jumin_put (words, jumin_words (second_line (content), "soft"));
  gtk_widget_set_valign (words, GTK_ALIGN_END);
  gtk_widget_set_vexpand (words, TRUE);
  jumin_put (tile, top);
  jumin_put (tile, words);
  return tile;
}

static GtkWidget *
titled (const Content *content, const char *title_class, gboolean narrow)
{
  GtkWidget *words = jumin_down (""), *first = jumin_across ("s16");

  jumin_put (first, jumin_level (jumin_words (content->item->title, title_class)));
  if (!narrow)
    jumin_put (first, jumin_chip (content->item->note, content->item->note_tone, NULL));
  jumin_put (words, first);
  if (narrow && !content->off && jumin_has (content->item->note))
    jumin_put (words, jumin_chip (content->item->note, content->item->note_tone, NULL));
  else if (content->off || !content->shape->bare)
    jumin_put (words, jumin_words (second_line (content), "soft tight"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return expanding (words);
}

static GtkWidget *
build_tile_wide (const Content *content)
{
  gboolean elder = content->shape->elder;
  GtkWidget *tile = jumin_across ("s24");

  jumin_put (tile, item_plate (content, elder && !content->shape->wide ? "l" : ""));
  jumin_put (tile, titled (content, elder ? "t-row-elder" : "t-h2", TRUE));
  return tile;
}

/* The only service, over the whole width. */
static GtkWidget *
build_tile_alone (const Content *content)
{
  gboolean elder = content->shape->elder;
  gboolean wide = content->shape->wide, wide_reach = wide && content->shape->reach;
  gboolean narrow = content->shape->small || !wide;
  GtkWidget *tile = jumin_across ("s28");

  if (!elder || !content->shape->bare)
    jumin_put (tile, item_plate (content, elder || content->shape->reach ? "" : wide ? "xl" : "l"));
  jumin_put (tile, titled (content,
                           elder        ? "t-row-elder"
                           : wide_reach ? "t-h2"
                                        : "t-alone",
                           elder && narrow && (content->shape->english || wide)));
  if (!content->off)
    jumin_put (tile, jumin_icon ("go", "i-go accent"));
  return tile;
}

static GtkWidget *
build_tile_small (const Content *content)
{
  GtkWidget *tile = jumin_across ("s12"), *words = jumin_down ("");

  jumin_put (tile, jumin_icon (content->item->icon, content->off ? "i-44" : "i-44 accent"));
  jumin_put (words, jumin_words (content->item->title, "b"));
  if (content->off)
    jumin_put (words, jumin_words (second_line (content), "soft tight"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jumin_put (tile, expanding (words));
  return tile;
}

static GtkWidget *
level_track (const JuminItem *item)
{
  GtkWidget *track = gtk_progress_bar_new ();

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (track), (double)item->level / 100.0);
  if (g_strcmp0 (item->note_tone, "wait") == 0 || g_strcmp0 (item->tone, "wait") == 0)
    gtk_widget_add_css_class (track, "warm");
  gtk_widget_set_can_target (track, FALSE);
  return track;
}

static GtkWidget *
build_choice (const Content *content)
{
  const JuminItem *item = content->item;
  GtkWidget *tile = jumin_down ("s12"), *top = jumin_across ("s20"), *low = jumin_across ("s12");

  jumin_put (top, item_plate (content, "s"));
  jumin_put (top, expanding (jumin_words (item->title, "t-h2")));
  if (content->chosen)
    jumin_put (top, check_mark (TRUE));
  jumin_put (tile, top);
  gtk_widget_set_vexpand (top, TRUE);
  if (item->level > 0 && !content->off)
    jumin_put (tile, level_track (item));
  jumin_put (low, expanding (content->off ? jumin_words (second_line (content), "soft")
                                          : jumin_words_parted (item->text, "")));
  if (!content->off)
    jumin_put (low, jumin_words (item->label, "soft"));
  jumin_put (tile, low);
  return tile;
}

static GtkWidget *
build_choice_line (const Content *content)
{
  gboolean elder = content->shape->elder, compact = content->shape->reach || content->shape->wide;
  GtkWidget *line = jumin_across (content->shape->wide ? "s14" : "s20"), *words = jumin_down ("");
  const char *title = elder ? "t-choice-elder" : "t-h3", *size = elder && !compact ? "" : "s";
  const char *icon = content->off ? "i-44" : "i-44 accent";

  if (content->shape->wide && !elder)
    jumin_put (line, content->chosen ? check_mark (TRUE) : jumin_icon (content->item->icon, icon));
  else if (!content->shape->bare && !content->shape->wide)
    jumin_put (line, item_plate (content, size));
  jumin_put (words, jumin_words (content->item->title, title));
  jumin_put (words, content->off ? jumin_words (second_line (content), "soft tight")
                                 : jumin_words_parted (content->item->text, "tight"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jumin_put (line, expanding (words));
  if (elder ? !content->off : content->chosen && !content->shape->wide)
    jumin_put (line, check_mark (content->chosen));
  return line;
}

static GtkWidget *
build_option (const Content *content)
{
  const JuminShape *shape = content->shape;
  GtkWidget *line = centred (jumin_across ("s12"));

  if (!shape->elder && !shape->small && !shape->bare)
    jumin_put (line, jumin_icon (content->item->icon, content->off ? "i-40" : "i-40 accent"));
  jumin_put (line, jumin_words (content->item->title, "b"));
  return line;
}

static GtkWidget *
build_row (const Content *content)
{
  GtkWidget *row = jumin_across ("s24"), *label;
  const JuminShape *shape = content->shape;

  if (!shape->elder || !(shape->wide || shape->english || shape->reach))
    jumin_put (row, item_plate (content, "s"));
  jumin_put (row, titled (content, "t-h3", FALSE));
  label = shape->elder && (shape->bare || shape->small)
              ? NULL
              : jumin_words (content->item->label, "t-h3 accent");
  if (label != NULL)
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  jumin_put (row, jumin_level (label));
  jumin_put (row, jumin_icon (content->off ? NULL : "go", "i-40 accent"));
  return row;
}

static GtkWidget *
build_nav (const Content *content)
{
  GtkWidget *line = centred (jumin_across ("s12")), *words = jumin_words (content->item->title, "");
  const JuminShape *shape = content->shape;
  gboolean tight = shape->small || (shape->elder && (shape->english || shape->wide))
                   || (shape->wide && shape->english);

  if (!tight)
    jumin_put (line, jumin_icon (content->item->icon, "i-button"));
  if (words != NULL)
    gtk_label_set_wrap (GTK_LABEL (words), FALSE);
  jumin_put (line, words);
  return line;
}

static GtkWidget *
build_button (const Content *content)
{
  GtkWidget *line = centred (jumin_across (is_primary (content->item) ? "s16" : "s12"));
  GtkWidget *words = centred (jumin_down (""));
  const char *icon = is_primary (content->item) ? "i-primary" : "i-button";
  const JuminShape *shape = content->shape;

  if (!shape->bare || !(shape->small || (shape->english && !is_primary (content->item))))
    jumin_put (line, jumin_icon (content->item->icon, icon));
  jumin_put_words (words, jumin_words (content->item->title, ""), TRUE);
  jumin_put_words (words, jumin_words (content->item->text, "t-why"), TRUE);
  jumin_put (line, words);
  return line;
}

/* Four to six Han characters break in the middle. */
static char *
halve (const char *title)
{
  glong length = title != NULL ? g_utf8_strlen (title, -1) : 0;
  const char *middle;

  if (length < 4 || length > 6 || (guchar)title[0] < 0x80)
    return g_strdup (title);
  middle = g_utf8_offset_to_pointer (title, length / 2);
  return g_strdup_printf ("%.*s\n%s", (int)(middle - title), title, middle);
}

static GtkWidget *
build_key (const Content *content)
{
  gboolean folded = content->shape->elder && content->shape->reach && !content->shape->wide;
  g_autofree char *title = folded ? halve (content->item->title) : NULL;
  GtkWidget *column = centred (jumin_down ("s4"));
  GtkWidget *words = jumin_words (title != NULL ? title : content->item->title, "");

  jumin_put (column, jumin_icon (content->item->icon, "i-key"));
  if (words != NULL)
    {
      gtk_label_set_xalign (GTK_LABEL (words), 0.5F);
      gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
    }
  jumin_put (column, words);
  return column;
}

static GtkWidget *
build_key_wide (const Content *content)
{
  GtkWidget *line = centred (jumin_across ("s12"));

  jumin_put (line, jumin_icon (content->item->icon, "i-key"));
  jumin_put (line, jumin_words (content->item->title, ""));
  return line;
}

typedef struct
{
  const char *classes;
  GtkWidget *(*build) (const Content *content);
} Look;

static const Look looks[JUMIN_N_PRESS_STYLES] = {
  [JUMIN_PRESS_TILE] = { "tile big", build_tile },
  [JUMIN_PRESS_TILE_WIDE] = { "tile wide", build_tile_wide },
  [JUMIN_PRESS_TILE_ALONE] = { "tile alone", build_tile_alone },
  [JUMIN_PRESS_TILE_SMALL] = { "tile small", build_tile_small },
  [JUMIN_PRESS_CHOICE] = { "tile choice", build_choice },
  [JUMIN_PRESS_CHOICE_COMPACT] = { "tile compact", build_choice_line },
  [JUMIN_PRESS_CHOICE_ROW] = { "row choice", build_choice_line },
  [JUMIN_PRESS_OPTION] = { "tile option", build_option },
  [JUMIN_PRESS_ROW] = { "row", build_row },
  [JUMIN_PRESS_BUTTON] = { "btn", build_button },
  [JUMIN_PRESS_PLAIN] = { "btn plain-key", build_button },
  [JUMIN_PRESS_NAV] = { "btn nav-key", build_nav },
  [JUMIN_PRESS_DIGIT] = { "key", build_option },
  [JUMIN_PRESS_LOOK] = { "btn look", build_key },
  [JUMIN_PRESS_KEY] = { "abtn", build_key },
  [JUMIN_PRESS_KEY_WIDE] = { "abtn", build_key_wide },
  [JUMIN_PRESS_KEY_FOLDED] = { "abtn folded", build_key },
};

static const struct
{
  const char *tone, *class_name;
} tones[] = {
  { "primary", "primary" },
  { "leave", "stop" },
  { "help", "help" },
};

static void
set_classes (JuminPress *self, const Content *content, JuminPressStyle style)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean key = style >= JUMIN_PRESS_KEY;
  gboolean on = content->chosen || (key && g_strcmp0 (content->item->state, "on") == 0);
  static const char *const none[] = { NULL };

  gtk_widget_set_css_classes (widget, (const char **)none);
  jumin_add_classes (widget, looks[style].classes);
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (content->item->tone, tones[i].tone) == 0)
      gtk_widget_add_css_class (widget, tones[i].class_name);
  if (key && g_strcmp0 (content->item->id, "help") == 0)
    gtk_widget_add_css_class (widget, "help");
  if (style == JUMIN_PRESS_DIGIT && !g_ascii_isdigit (content->item->title[0]))
    gtk_widget_add_css_class (widget, "fn");
  if (on)
    gtk_widget_add_css_class (widget, "on");
  if (content->off)
    gtk_widget_add_css_class (widget, "off");
}

static void
set_names (JuminPress *self, const Content *content)
{
  const JuminItem *item = content->item;
  const char *name = jumin_has (item->speech) ? item->speech : item->title;
  const char *more = second_line (content);

  /* Its id, so that the widget tree (and a test's finger) speaks of what the thing is. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  more != NULL ? more : "", -1);
  gtk_widget_set_name (GTK_WIDGET (self), item->id != NULL ? item->id : "");
  if (self->block != NULL)
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
        content->chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
replace_text (char **text, const char *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

/**
 * jumin_press_set_item:
 * @chosen: whether it is the chosen one of its block
 *
 * Draws @item. Nothing of it but its id, act and value is kept.
 */
void
jumin_press_set_item (JuminPress *self, const JuminItem *item, JuminPressStyle style,
                      const JuminShape *shape, gboolean chosen)
{
  Content content = { .item = item, .shape = shape, .chosen = chosen };

  content.off = g_strcmp0 (item->state, "off") == 0;
  replace_text (&self->id, item->id);
  replace_text (&self->act, item->act);
  replace_text (&self->value, item->value);
  gtk_button_set_child (GTK_BUTTON (self), looks[style].build (&content));
  set_classes (self, &content, style);
  set_names (self, &content);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !content.off);
}

/**
 * jumin_press_set_block:
 * @block: (nullable): the draft that this chooses in
 * @optional: whether pressing again takes the choice back
 */
void
jumin_press_set_block (JuminPress *self, const char *block, gboolean optional)
{
  replace_text (&self->block, block);
  self->optional = optional;
}

const char *
jumin_press_get_id (JuminPress *self)
{
  return self->id;
}

static void
jumin_press_clicked (GtkButton *button)
{
  JuminPress *self = JUMIN_PRESS (button);
  const JuminItem item = { .id = self->id, .act = self->act, .value = self->value };

  if (jumin_has (self->act))
    jumin_actor_press (self->actor, &item);
  else if (self->block != NULL)
    jumin_actor_choose (self->actor, self->block, &item, self->optional);
}

static void
jumin_press_dispose (GObject *object)
{
  g_clear_object (&JUMIN_PRESS (object)->actor);
  G_OBJECT_CLASS (jumin_press_parent_class)->dispose (object);
}

static void
jumin_press_finalize (GObject *object)
{
  JuminPress *self = JUMIN_PRESS (object);

  g_free (self->block);
  g_free (self->id);
  g_free (self->act);
  g_free (self->value);
  G_OBJECT_CLASS (jumin_press_parent_class)->finalize (object);
}

static void
jumin_press_class_init (JuminPressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_press_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_press_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = jumin_press_clicked;
}

static void
jumin_press_init (JuminPress *self)
{
}

GtkWidget *
jumin_press_new (JuminActor *actor)
{
  JuminPress *self = g_object_new (JUMIN_TYPE_PRESS, NULL);

  self->actor = g_object_ref (actor);
  return GTK_WIDGET (self);
}
