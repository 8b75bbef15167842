/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing of the desktop can be reached from the window: no inspector, no menu, no clipboard, no
 * closing. Of a keyboard only what moves the focus and presses is let through. */
#include "ui/lockdown.h"

static const guint free_keys[] = {
  GDK_KEY_Tab,   GDK_KEY_ISO_Left_Tab, GDK_KEY_Up,       GDK_KEY_Down,  GDK_KEY_Left,
  GDK_KEY_Right, GDK_KEY_Return,       GDK_KEY_KP_Enter, GDK_KEY_space,
};

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
                gpointer data)
{
  const GdkModifierType forbidden
      = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK;

  if (modifiers & forbidden)
    return GDK_EVENT_STOP;
  for (gsize i = 0; i < G_N_ELEMENTS (free_keys); i++)
    if (key == free_keys[i])
      return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_close_request (GtkWindow *window, gpointer data)
{
  return GDK_EVENT_STOP;
}

/* Only the first button of a pointer presses. */
static gboolean
on_pointer_event (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer data)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_SCROLL)
    return GDK_EVENT_STOP;
  if (type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE)
    return GDK_EVENT_PROPAGATE;
  return gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY;
}

/**
 * jumin_lockdown_apply:
 *
 * To be called before any other controller is added to @window.
 */
void
jumin_lockdown_apply (GtkWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_event_controller_set_propagation_phase (pointer, GTK_PHASE_CAPTURE);
  g_signal_connect (pointer, "event", G_CALLBACK (on_pointer_event), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), pointer);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
  gtk_window_set_handle_menubar_accel (window, FALSE);
  gtk_window_set_mnemonics_visible (window, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (window), "none");
}
