/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-ui: shows what core says and tells it what was pressed. */
#include "ui/style.h"
#include "ui/window.h"

#include <stdlib.h>

#define DEFAULT_ADDRESS "unix:path=/run/jumin/border.sock"

typedef struct
{
  char *address, *size;
  int keeper;
  JuminLink *link;
  JuminRelief *relief;
} Options;

static void
set_size (GtkWindow *window, const char *size)
{
  int width = 0, height = 0;

  if (size != NULL && sscanf (size, "%dx%d", &width, &height) == 2 && width > 0 && height > 0)
    gtk_window_set_default_size (window, width, height);
  else
    gtk_window_fullscreen (window);
}

static void
on_activate (GtkApplication *application, Options *options)
{
  GtkWidget *window = jumin_window_new (application, options->link, options->relief);

  set_size (GTK_WINDOW (window), options->size);
  jumin_link_start (options->link);
}

int
main (int argc, char **argv)
{
  Options options = { .keeper = -1 };
  const GOptionEntry entries[] = {
    { "address", 0, 0, G_OPTION_ARG_STRING, &options.address, "Where core listens", "ADDRESS" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size, "A window instead of the whole screen",
      "WIDTHxHEIGHT" },
    { "keeper", 0, 0, G_OPTION_ARG_INT, &options.keeper, "Descriptor of who keeps this screen",
      "FD" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the screen of a Jumin terminal");
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  jumin_style_prepare ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("jumin-ui: %s\n", error->message);
      return EXIT_FAILURE;
    }
  options.link = jumin_link_new (options.address != NULL ? options.address : DEFAULT_ADDRESS);
  options.relief = jumin_relief_new (options.keeper, options.link);
  application = gtk_application_new ("org.jumin.ui", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &options);
  status = g_application_run (G_APPLICATION (application), 0, NULL);
  g_clear_object (&options.relief);
  g_clear_object (&options.link);
  g_free (options.address);
  g_free (options.size);
  return status;
}
