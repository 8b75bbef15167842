/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a key, by its style. */
#include "ui/widgets/press-looks.h"

#include "ui/widgets/code.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

enum
{
  SMALL_CODE_UNITS = 108
};

static gboolean
is_primary (const JuminItem *item)
{
  return g_strcmp0 (item->tone, "primary") == 0;
}

/**
 * jumin_press_second_line:
 *
 * Returns: of an off item, why: in its own words, else in its second line
 */
const char *
jumin_press_second_line (const JuminPressContent *content)
{
  if (content->off && jumin_has (content->item->reason))
    return content->item->reason;
  return content->item->text;
}

GtkWidget *
jumin_press_plate (const JuminPressContent *content, const char *size)
{
  return jumin_plate (content->item->icon, content->off ? "mute" : content->item->family, size);
}

/**
 * jumin_press_check:
 * @classes: "check", or "check round" where there is one choice
 *
 * Returns: the mark of what is chosen
 */
GtkWidget *
jumin_press_check (gboolean chosen, const char *classes)
{
  GtkWidget *icon = jumin_icon ("check", "i-check"), *check = jumin_framed (classes, icon);

  if (chosen)
    gtk_widget_add_css_class (check, "on");
  else
    gtk_widget_set_opacity (icon, 0);
  return check;
}

static GtkWidget *
build_tile (const JuminPressContent *content)
{
  GtkWidget *tile = jumin_down ("s16"), *top = jumin_across ("s12"), *words = jumin_down ("");
  GtkWidget *chip = jumin_chip (content->item->note, content->item->note_tone, NULL);
  GtkWidget *plate = jumin_press_plate (content, "");

  jumin_put (top, plate);
  jumin_put (top, jumin_expand (jumin_across ("")));
  if (chip != NULL)
    gtk_widget_set_valign (chip, GTK_ALIGN_START);
  jumin_put (top, chip);
  jumin_put (words, jumin_words (content->item->title, "t-tile"));
  jumin_put (words, jumin_words (jumin_press_second_line (content), "soft"));
  gtk_widget_set_valign (words, GTK_ALIGN_END);
  gtk_widget_set_vexpand (words, TRUE);
  jumin_put (tile, top);
  jumin_put (tile, words);
  return tile;
}

static GtkWidget *
titled (const JuminPressContent *content, const char *title_class, gboolean narrow)
{
  GtkWidget *words = jumin_lines (""), *first = jumin_across ("s16");

  jumin_put (first, jumin_level (jumin_words (content->item->title, title_class)));
  if (!narrow)
    jumin_put (first, jumin_chip (content->item->note, content->item->note_tone, NULL));
  jumin_put (words, first);
  if (narrow && !content->off && jumin_has (content->item->note))
    jumin_put (words, jumin_chip (content->item->note, content->item->note_tone, NULL));
  else if (content->off || !content->shape->bare)
    jumin_put (words, jumin_words (jumin_press_second_line (content), "soft tight"));
  return words;
}

static GtkWidget *
build_tile_wide (const JuminPressContent *content)
{
  gboolean elder = content->shape->elder;
  GtkWidget *tile = jumin_across ("s24");

  jumin_put (tile, jumin_press_plate (content, elder && !content->shape->wide ? "l" : ""));
  jumin_put (tile, titled (content, elder ? "t-row-elder" : "t-h2", TRUE));
  return tile;
}

/* The only service, over the whole width. */
static GtkWidget *
build_tile_alone (const JuminPressContent *content)
{
  gboolean elder = content->shape->elder;
  gboolean wide = content->shape->wide, wide_reach = wide && content->shape->reach;
  gboolean narrow = content->shape->small || !wide;
  GtkWidget *tile = jumin_across ("s28");

  if (!elder || !content->shape->bare)
    jumin_put (tile, jumin_press_plate (content, elder || content->shape->reach ? ""
                                                 : wide                         ? "xl"
                                                                                : "l"));
  jumin_put (tile, titled (content,
                           elder        ? "t-row-elder"
                           : wide_reach ? "t-h2"
                                        : "t-alone",
                           elder && narrow && (content->shape->english || wide)));
  if (!content->off)
    jumin_put (tile, jumin_icon ("go", "i-go accent"));
  return tile;
}

/* Besides its name there is room for what one should know before it is pressed. */
static GtkWidget *
build_tile_small (const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  GtkWidget *tile = jumin_across ("s12"), *words = jumin_lines ("");

  jumin_put (tile, jumin_icon (item->icon, content->off ? "i-44" : "i-44 accent"));
  jumin_put (words, jumin_words (item->title, "b"));
  if (content->off)
    jumin_put (words, jumin_words (jumin_press_second_line (content), "soft tight"));
  else if (item->note != NULL && g_strcmp0 (item->note_tone, "good") != 0)
    jumin_put (words, jumin_words (item->note, "soft tight"));
  jumin_put (tile, words);
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
build_choice (const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  GtkWidget *tile = jumin_down ("s12"), *top = jumin_across ("s20"), *low = jumin_across ("s12");

  jumin_put (top, jumin_press_plate (content, "s"));
  jumin_put (top, jumin_expand (jumin_words (item->title, "t-h2")));
  if (content->chosen)
    jumin_put (top, jumin_press_check (TRUE, "check round"));
  jumin_put (tile, top);
  gtk_widget_set_vexpand (top, TRUE);
  if (item->level > 0 && !content->off)
    jumin_put (tile, level_track (item));
  jumin_put (low,
             jumin_expand (content->off ? jumin_words (jumin_press_second_line (content), "soft")
                                        : jumin_words_parted (item->text, "")));
  if (!content->off)
    jumin_put (low, jumin_words (item->label, "soft"));
  jumin_put (tile, low);
  return tile;
}

static GtkWidget *
build_choice_line (const JuminPressContent *content)
{
  gboolean elder = content->shape->elder, compact = content->shape->reach || content->shape->wide;
  GtkWidget *line = jumin_across (content->shape->wide ? "s14" : "s20"), *words = jumin_lines ("");
  const char *title = elder ? "t-choice-elder" : "t-h3", *size = elder && !compact ? "" : "s";
  const char *icon = content->off ? "i-44" : "i-44 accent";

  if (content->shape->wide && !elder)
    jumin_put (line, content->chosen ? jumin_press_check (TRUE, "check round")
                                     : jumin_icon (content->item->icon, icon));
  else if (!content->shape->bare && !content->shape->wide)
    jumin_put (line, jumin_press_plate (content, size));
  jumin_put (words, jumin_words (content->item->title, title));
  jumin_put (words, content->off ? jumin_words (jumin_press_second_line (content), "soft tight")
                                 : jumin_words_parted (content->item->text, "tight"));
  jumin_put (line, words);
  if (elder ? !content->off : content->chosen && !content->shape->wide)
    jumin_put (line, jumin_press_check (content->chosen, "check round"));
  return line;
}

static GtkWidget *
build_option (const JuminPressContent *content)
{
  const JuminShape *shape = content->shape;
  GtkWidget *line = jumin_middle (jumin_across ("s12"));

  if (!shape->elder && !shape->small && !shape->bare)
    jumin_put (line, jumin_icon (content->item->icon, content->off ? "i-40" : "i-40 accent"));
  jumin_put (line, jumin_words (content->item->title, "b"));
  return line;
}

static GtkWidget *
build_row (const JuminPressContent *content)
{
  GtkWidget *row = jumin_across ("s24");
  const JuminShape *shape = content->shape;

  if (!shape->elder || !(shape->wide || shape->english || shape->reach))
    jumin_put (row, jumin_press_plate (content, "s"));
  jumin_put (row, titled (content, "t-h3", FALSE));
  if (!shape->elder || !(shape->bare || shape->small))
    jumin_put (row,
               jumin_level (jumin_unbroken (jumin_words (content->item->label, "t-h3 accent"))));
  jumin_put (row, jumin_icon (content->off ? NULL : "go", "i-40 accent"));
  return row;
}

/* In a narrow room, what it does takes the place of the second line. */
static GtkWidget *
build_code (const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  gboolean narrow = content->shape->wide || content->shape->elder;
  GtkWidget *row = jumin_across ("s24"), *words = jumin_lines (""), *act = jumin_across ("s12");

  jumin_put (act, jumin_unbroken (jumin_words (item->label, "t-h3 accent")));
  jumin_put (act, jumin_icon ("go", "i-40 accent"));
  jumin_put (row, jumin_code_new (content->shape, item->value, SMALL_CODE_UNITS));
  jumin_put (words, jumin_words (item->title, "t-h3"));
  jumin_put (words, narrow ? act : jumin_words (item->text, "soft tight"));
  jumin_put (row, words);
  jumin_put (row, narrow ? NULL : jumin_level (act));
  return row;
}

static GtkWidget *
build_nav (const JuminPressContent *content)
{
  GtkWidget *line = jumin_middle (jumin_across ("s12"));
  const JuminShape *shape = content->shape;
  gboolean tight = shape->small || (shape->elder && (shape->english || shape->wide))
                   || (shape->wide && shape->english);

  if (!tight)
    jumin_put (line, jumin_icon (content->item->icon, "i-button"));
  jumin_put (line, jumin_unbroken (jumin_words (content->item->title, "")));
  return line;
}

static GtkWidget *
build_button (const JuminPressContent *content)
{
  GtkWidget *line = jumin_middle (jumin_across (is_primary (content->item) ? "s16" : "s12"));
  GtkWidget *words = jumin_middle (jumin_down (""));
  const char *icon = is_primary (content->item) ? "i-primary" : "i-button";
  const JuminShape *shape = content->shape;
  gboolean onward = g_strcmp0 (content->item->icon, "go") == 0;
  GtkWidget *image = NULL;

  if (!shape->bare || !(shape->small || (shape->english && !is_primary (content->item))))
    image = jumin_icon (content->off && onward ? NULL : content->item->icon, icon);
  jumin_put (line, onward ? NULL : image);
  jumin_put_words (words, jumin_words (content->item->title, ""), TRUE);
  jumin_put_words (words, jumin_words (content->item->text, "t-why"), TRUE);
  jumin_put (line, words);
  jumin_put (line, onward ? image : NULL);
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
build_key (const JuminPressContent *content)
{
  gboolean folded = content->shape->elder && content->shape->reach && !content->shape->wide;
  g_autofree char *title = folded ? halve (content->item->title) : NULL;
  GtkWidget *column = jumin_middle (jumin_down ("s4"));

  jumin_put (column, jumin_icon (content->item->icon, "i-key"));
  jumin_put_words (column, jumin_words (title != NULL ? title : content->item->title, ""), TRUE);
  return column;
}

static GtkWidget *
build_key_wide (const JuminPressContent *content)
{
  GtkWidget *line = jumin_middle (jumin_across ("s12"));

  jumin_put (line, jumin_icon (content->item->icon, "i-key"));
  jumin_put (line, jumin_words (content->item->title, ""));
  return line;
}

typedef struct
{
  const char *classes;
  GtkWidget *(*build) (const JuminPressContent *content);
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
  [JUMIN_PRESS_CODE] = { "row", build_code },
  [JUMIN_PRESS_BILL] = { "row bill", jumin_press_build_bill },
  [JUMIN_PRESS_METHOD] = { "tile method", jumin_press_build_method },
  [JUMIN_PRESS_BUTTON] = { "btn", build_button },
  [JUMIN_PRESS_PLAIN] = { "btn plain-key", build_button },
  [JUMIN_PRESS_NAV] = { "btn nav-key", build_nav },
  [JUMIN_PRESS_DIGIT] = { "key", build_option },
  [JUMIN_PRESS_LOOK] = { "btn look", build_key },
  [JUMIN_PRESS_KEY] = { "abtn", build_key },
  [JUMIN_PRESS_KEY_WIDE] = { "abtn", build_key_wide },
  [JUMIN_PRESS_KEY_FOLDED] = { "abtn folded", build_key },
};

const char *
jumin_press_get_classes (JuminPressStyle style)
{
  return looks[style].classes;
}

GtkWidget *
jumin_press_build (JuminPressStyle style, const JuminPressContent *content)
{
  return looks[style].build (content);
}
