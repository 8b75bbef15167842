/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look: our style sheets over GTK's empty theme, high contrast as a second sheet above the
 * first. All lengths in them are rem; one rem is 28 design units, and follows the screen through
 * the resolution of text. */
#include "ui/style.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>

enum
{
  DPI = 96 * 1024,
  CONTRAST_PRIORITY = GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1
};

/* 21 points are 28 pixels at 96 dots an inch. */
#define FONT "Noto Sans CJK SC, Noto Sans 21"
#define SHEETS "/org/jumin/ui/style/"

struct _JuminStyle
{
  GObject parent_instance;
  GdkDisplay *display;
  GtkCssProvider *contrast;
  gboolean contrast_on;
};

G_DEFINE_FINAL_TYPE (JuminStyle, jumin_style, G_TYPE_OBJECT)

/* Without them the system's configuration serves. */
static void
set_fonts (void)
{
  g_autoptr (GBytes) data
      = g_resources_lookup_data (SHEETS "fonts.conf", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  FcConfig *config = FcConfigCreate ();

  /* What is in a resource ends with a zero. */
  if (FcConfigParseAndLoadFromMemory (config, g_bytes_get_data (data, NULL), FcTrue)
      && FcConfigBuildFonts (config))
    FcConfigSetCurrent (config);
  FcConfigDestroy (config);
}

/**
 * jumin_style_prepare:
 *
 * Sets what GTK reads when it starts. To be called before anything of GTK and before any thread.
 */
void
jumin_style_prepare (void)
{
  setenv ("GSK_RENDERER", "cairo", FALSE);
  setenv ("GTK_THEME", "Empty", TRUE);
  setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  /* GTK reads all icon themes that are there; ours are no theme. Its settings are elsewhere. */
  setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  setenv ("GSETTINGS_SCHEMA_DIR", "/usr/share/glib-2.0/schemas", TRUE);
  unsetenv ("GTK_DEBUG");
  unsetenv ("GTK_MODULES");
  unsetenv ("GTK_PATH");
  set_fonts ();
}

static void
set_settings (GdkDisplay *display)
{
  g_object_set (gtk_settings_get_for_display (display), "gtk-font-name", FONT, "gtk-cursor-blink",
                FALSE, "gtk-enable-primary-paste", FALSE, "gtk-hint-font-metrics", TRUE, NULL);
}

static void
on_parsing_error (GtkCssProvider *provider, GtkCssSection *section, GError *error, gpointer data)
{
  g_autofree char *place = gtk_css_section_to_string (section);

  g_warning ("Style sheet '%s': %s", place, error->message);
}

static GtkCssProvider *
load_sheet (const char *name)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (SHEETS, name, NULL);

  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), NULL);
  gtk_css_provider_load_from_resource (provider, path);
  return provider;
}

void
jumin_style_set_contrast (JuminStyle *self, gboolean contrast)
{
  if (self->contrast_on == contrast)
    return;
  self->contrast_on = contrast;
  if (contrast)
    gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->contrast),
                                                CONTRAST_PRIORITY);
  else
    gtk_style_context_remove_provider_for_display (self->display,
                                                   GTK_STYLE_PROVIDER (self->contrast));
}

/**
 * jumin_style_set_unit:
 * @unit: pixels of one design unit
 */
void
jumin_style_set_unit (JuminStyle *self, double unit)
{
  g_object_set (gtk_settings_get_for_display (self->display), "gtk-xft-dpi", (int)(DPI * unit),
                NULL);
}

static void
jumin_style_dispose (GObject *object)
{
  g_clear_object (&JUMIN_STYLE (object)->contrast);
  G_OBJECT_CLASS (jumin_style_parent_class)->dispose (object);
}

static void
jumin_style_class_init (JuminStyleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_style_dispose;
}

static void
jumin_style_init (JuminStyle *self)
{
}

JuminStyle *
jumin_style_new (GdkDisplay *display)
{
  JuminStyle *self = g_object_new (JUMIN_TYPE_STYLE, NULL);
  g_autoptr (GtkCssProvider) standard = load_sheet ("jumin.css");

  self->display = display;
  self->contrast = load_sheet ("jumin-contrast.css");
  set_settings (display);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (standard),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return self;
}
