/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bars at the top: whose machine this is, what time it is, and how far one has come. */
#include "ui/bars.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

enum
{
  SMALL_WORDS_MAX = 3
};

static GtkWidget *
house_mark (const JuminShape *shape)
{
  return jumin_framed ("mark", jumin_picture_new (shape, "door", shape->elder ? 52 : 44, NULL));
}

static void
put_right (GtkWidget *box, GtkWidget *label)
{
  if (label == NULL)
    return;
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  jumin_put (box, jumin_unbroken (label));
}

/**
 * jumin_clock_set:
 * @box: of jumin_clock_fill(), in the same modes
 *
 * Only the digits are drawn anew: below them lies the picture of the home page.
 */
void
jumin_clock_set (GtkWidget *box, const JuminView *view)
{
  GtkWidget *clock = gtk_widget_get_first_child (box);
  GtkWidget *date = clock != NULL ? gtk_widget_get_next_sibling (clock) : NULL;
  g_autofree char *words = jumin_view_dup_clock (view, g_get_monotonic_time ());

  if (clock != NULL)
    gtk_label_set_text (GTK_LABEL (clock), words);
  if (date != NULL)
    gtk_label_set_text (GTK_LABEL (date), view->date);
}

void
jumin_clock_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape)
{
  g_autofree char *words = jumin_view_dup_clock (view, g_get_monotonic_time ());

  jumin_clear (box);
  put_right (box, jumin_words (words, "clock"));
  if (!shape->wide || !shape->elder)
    put_right (box, jumin_words (view->date, "term"));
}

void
jumin_band_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape)
{
  GtkWidget *names = jumin_lines (""), *clock;

  jumin_clear (box);
  if (!(shape->small && shape->elder))
    jumin_put (box, house_mark (shape));
  jumin_put (names, jumin_words (view->hall, "hall"));
  jumin_put (names, jumin_words (view->machine, "term"));
  jumin_put (box, names);
  if (!shape->wide)
    {
      clock = jumin_down ("");
      jumin_clock_fill (clock, view, shape);
      gtk_widget_set_valign (clock, GTK_ALIGN_CENTER);
      jumin_put (box, clock);
    }
}

static GtkWidget *
step_dot (const JuminItem *step, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  gboolean done = g_strcmp0 (step->state, "done") == 0;

  return jumin_framed (
      "step-dot", jumin_middle (done ? jumin_icon ("check", "i-step") : jumin_words (digits, "")));
}

/* Elderly people on a small panel see the word of the present step alone, and so does everybody
 * where four would stand in it. */
static gboolean
shows_word (const JuminView *view, const JuminItem *step, const JuminShape *shape)
{
  gboolean tight = (shape->elder && (shape->wide || shape->english))
                   || (shape->small && view->steps->len > SMALL_WORDS_MAX);

  return !tight || g_strcmp0 (step->state, "now") == 0;
}

void
jumin_steps_fill (GtkWidget *box, const JuminView *view, const JuminShape *shape)
{
  jumin_clear (box);
  for (guint i = 0; i < view->steps->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (view->steps, i);
      GtkWidget *step = jumin_across ("step s14"), *line;

      if (jumin_has (item->state))
        gtk_widget_add_css_class (step, item->state);
      jumin_put (step, step_dot (item, i + 1));
      if (shows_word (view, item, shape))
        jumin_put (step, jumin_unbroken (jumin_words (item->title, "")));
      jumin_put (box, step);
      if (i + 1 == view->steps->len)
        break;
      line = jumin_across ("step-line");
      if (g_strcmp0 (item->state, "done") == 0)
        gtk_widget_add_css_class (line, "done");
      gtk_widget_set_hexpand (line, TRUE);
      gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
      jumin_put (box, line);
    }
}
