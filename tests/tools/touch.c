/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finger for Debian's unmodified cage. Preloaded into it (wlroots 0.15, headless backend) this
 * gives the output the size that is wanted, a seat with a touch screen (and, on demand, a
 * keyboard), and a datagram socket on which a test says what the finger does. The kiosk's screen
 * then gets genuine wl_touch events: the very path that a panel's driver takes.
 *
 *   JUMIN_TOUCH_SIZE=1080x1920    size of the output
 *   JUMIN_TOUCH_SOCKET=/path      control socket, SOCK_DGRAM
 *   JUMIN_TOUCH_KEYBOARD=1        a keyboard, too, as if somebody had plugged one in
 *   JUMIN_TOUCH_PRELOAD=/path     what to preload into the screen's program instead of this
 *
 * Commands, one a datagram, in pixels of the output:
 *   down FINGER X Y | move FINGER X Y | up FINGER | key EVDEV_CODE 1|0
 *
 * This is a test tool: nothing of it is part of an installed kiosk. */
#define WLR_USE_UNSTABLE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <wayland-server-core.h>
#include <wlr/backend/headless.h>
#include <wlr/interfaces/wlr_keyboard.h>
#include <wlr/types/wlr_input_device.h>
#include <wlr/types/wlr_touch.h>

enum
{
  COMMAND_BYTES_MAX = 128,
  WIDTH_DEFAULT = 1080,
  HEIGHT_DEFAULT = 1920
};

typedef struct
{
  unsigned int width, height;
  struct wlr_input_device *screen, *keyboard;
  int socket;
} Panel;

static Panel panel = { .width = WIDTH_DEFAULT, .height = HEIGHT_DEFAULT, .socket = -1 };

static uint32_t
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static void
finger_down (int finger, double x, double y)
{
  struct wlr_event_touch_down event = { .device = panel.screen,
                                        .time_msec = now_ms (),
                                        .touch_id = finger,
                                        .x = x / panel.width,
                                        .y = y / panel.height };

  wl_signal_emit (&panel.screen->touch->events.down, &event);
  wl_signal_emit (&panel.screen->touch->events.frame, NULL);
}

static void
finger_move (int finger, double x, double y)
{
  struct wlr_event_touch_motion event = { .device = panel.screen,
                                          .time_msec = now_ms (),
                                          .touch_id = finger,
                                          .x = x / panel.width,
                                          .y = y / panel.height };

  wl_signal_emit (&panel.screen->touch->events.motion, &event);
  wl_signal_emit (&panel.screen->touch->events.frame, NULL);
}

static void
finger_up (int finger)
{
  struct wlr_event_touch_up event
      = { .device = panel.screen, .time_msec = now_ms (), .touch_id = finger };

  wl_signal_emit (&panel.screen->touch->events.up, &event);
  wl_signal_emit (&panel.screen->touch->events.frame, NULL);
}

static void
key_turn (unsigned int code, int pressed)
{
  struct wlr_event_keyboard_key event
      = { .time_msec = now_ms (),
          .keycode = code,
          .update_state = true,
          .state = pressed ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED };

  wlr_keyboard_notify_key (panel.keyboard->keyboard, &event);
}

static int
on_command (int fd, uint32_t mask, void *data)
{
  char command[COMMAND_BYTES_MAX] = "";
  ssize_t length = recv (fd, command, sizeof command - 1, 0);
  int finger, pressed;
  unsigned int code;
  double x, y;

  if (length <= 0)
    return 0;
  if (sscanf (command, "down %d %lf %lf", &finger, &x, &y) == 3)
    finger_down (finger, x, y);
  else if (sscanf (command, "move %d %lf %lf", &finger, &x, &y) == 3)
    finger_move (finger, x, y);
  else if (sscanf (command, "up %d", &finger) == 1)
    finger_up (finger);
  else if (panel.keyboard != NULL && sscanf (command, "key %u %d", &code, &pressed) == 2)
    key_turn (code, pressed);
  else
    fprintf (stderr, "jumin-touch: command '%s' is unknown\n", command);
  return 0;
}

static int
control_socket_open (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (strlen (path) >= sizeof address.sun_path)
    {
      fprintf (stderr, "jumin-touch: socket path '%s' is too long\n", path);
      return -1;
    }
  strcpy (address.sun_path, path);
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  unlink (path);
  if (fd < 0 || bind (fd, (struct sockaddr *)&address, sizeof address) < 0)
    {
      perror ("jumin-touch: binding the control socket failed");
      return -1;
    }
  return fd;
}

/* Runs before cage's main: what cage starts must not be preloaded with this again. */
__attribute__ ((constructor)) static void
panel_init (void)
{
  const char *size = getenv ("JUMIN_TOUCH_SIZE");
  const char *preload = getenv ("JUMIN_TOUCH_PRELOAD");

  unsetenv ("LD_PRELOAD");
  if (preload != NULL)
    setenv ("LD_PRELOAD", preload, 1);
  if (size != NULL && sscanf (size, "%ux%u", &panel.width, &panel.height) != 2)
    fprintf (stderr, "jumin-touch: size '%s' is not WIDTHxHEIGHT\n", size);
}

/* wlroots makes its headless outputs 1280x720 and gives the seat no device. */
struct wlr_output *
wlr_headless_add_output (struct wlr_backend *backend, unsigned int width, unsigned int height)
{
  struct wlr_output *(*add_output) (struct wlr_backend *, unsigned int, unsigned int)
      = dlsym (RTLD_NEXT, "wlr_headless_add_output");

  if (panel.screen == NULL)
    panel.screen = wlr_headless_add_input_device (backend, WLR_INPUT_DEVICE_TOUCH);
  if (panel.keyboard == NULL && getenv ("JUMIN_TOUCH_KEYBOARD") != NULL)
    panel.keyboard = wlr_headless_add_input_device (backend, WLR_INPUT_DEVICE_KEYBOARD);
  return add_output (backend, panel.width, panel.height);
}

void
wl_display_run (struct wl_display *display)
{
  void (*run) (struct wl_display *) = dlsym (RTLD_NEXT, "wl_display_run");
  const char *path = getenv ("JUMIN_TOUCH_SOCKET");

  if (path != NULL && panel.screen != NULL)
    panel.socket = control_socket_open (path);
  if (panel.socket >= 0)
    wl_event_loop_add_fd (wl_display_get_event_loop (display), panel.socket, WL_EVENT_READABLE,
                          on_command, NULL);
  run (display);
}
