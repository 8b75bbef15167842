/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into Debian's unmodified pcscd, so that any user can run one of his own:
 *
 *  - libudev: USB readers come and go by datagrams "add NAME" and "remove NAME" to
 *    $JUMIN_PEER_DIR/udev.sock. Each is a USB device 1209:0001 whose serial number is NAME; pcscd
 *    calls it "Jumin Peer Reader (NAME) 00 00".
 *  - /usr/lib/pcsc/drivers becomes $JUMIN_PEER_DIR/drivers, /run/pcscd $JUMIN_PEER_DIR/run.
 *
 * All that pcscd uses of libudev is here; nothing is forwarded. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "fake-udev.h"

/* The C library's own function of this name. */
#define REAL(name) ((__typeof__ (name) *)dlsym (RTLD_NEXT, #name))

enum
{
  DEVICE_NAME_MAX = 32,
  DATAGRAM_MAX = 64
};

struct udev
{
  int unused;
};

struct udev_monitor
{
  int fd;
};

struct udev_enumerate
{
  int unused;
};

struct udev_list_entry
{
  char name[DEVICE_NAME_MAX + 1];
};

struct udev_device
{
  char name[DEVICE_NAME_MAX + 1];
  char node[DEVICE_NAME_MAX + 32];
  const char *action;
};

static struct udev the_udev;
static struct udev_monitor the_monitor = { .fd = -1 };
static struct udev_enumerate the_enumeration;

static const char *
peer_dir (void)
{
  const char *dir = getenv ("JUMIN_PEER_DIR");

  return dir != NULL ? dir : "/nonexistent";
}

/* Files: what pcscd would look for in the system lies in the private folder. */

static const char *
redirect (const char *path, char buffer[PATH_MAX])
{
  static const struct
  {
    const char *system, *ours;
  } moved[] = {
    { "/usr/lib/pcsc/drivers", "drivers" },
    { "/run/pcscd", "run" },
  };

  if (path == NULL || strstr (path, "/drivers/serial/") != NULL)
    return path;
  for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
    {
      size_t length = strlen (moved[i].system);
      if (strncmp (path, moved[i].system, length) != 0
          || (path[length] != '\0' && path[length] != '/'))
        continue;
      int n = snprintf (buffer, PATH_MAX, "%s/%s%s", peer_dir (), moved[i].ours, path + length);
      return n > 0 && n < PATH_MAX ? buffer : path;
    }
  return path;
}

DIR *
opendir (const char *path)
{
  char buffer[PATH_MAX];

  return REAL (opendir) (redirect (path, buffer));
}

FILE *
fopen (const char *path, const char *mode)
{
  char buffer[PATH_MAX];

  return REAL (fopen) (redirect (path, buffer), mode);
}

FILE *
fopen64 (const char *path, const char *mode)
{
  char buffer[PATH_MAX];

  return REAL (fopen64) (redirect (path, buffer), mode);
}

void *
dlopen (const char *path, int flags)
{
  char buffer[PATH_MAX];

  return REAL (dlopen) (redirect (path, buffer), flags);
}

int
mkdir (const char *path, mode_t mode)
{
  char buffer[PATH_MAX];

  return REAL (mkdir) (redirect (path, buffer), mode);
}

int
chmod (const char *path, mode_t mode)
{
  char buffer[PATH_MAX];

  return REAL (chmod) (redirect (path, buffer), mode);
}

int
remove (const char *path)
{
  char buffer[PATH_MAX];

  return REAL (remove) (redirect (path, buffer));
}

int
stat (const char *restrict path, struct stat *restrict result)
{
  char buffer[PATH_MAX];

  return REAL (stat) (redirect (path, buffer), result);
}

int
open (const char *path, int flags, ...)
{
  char buffer[PATH_MAX];
  mode_t mode = 0;

  if (flags & O_CREAT)
    {
      va_list arguments;
      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
    }
  return REAL (open) (redirect (path, buffer), flags, mode);
}

/* libudev */

struct udev *
udev_new (void)
{
  return &the_udev;
}

struct udev *
udev_unref (struct udev *udev)
{
  return NULL;
}

struct udev_monitor *
udev_monitor_new_from_netlink (struct udev *udev, const char *name)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  snprintf (address.sun_path, sizeof address.sun_path, "%s/udev.sock", peer_dir ());
  unlink (address.sun_path);
  the_monitor.fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (the_monitor.fd < 0)
    return NULL;
  return bind (the_monitor.fd, (struct sockaddr *)&address, sizeof address) == 0 ? &the_monitor
                                                                                 : NULL;
}

int
udev_monitor_filter_add_match_subsystem_devtype (struct udev_monitor *monitor,
                                                 const char *subsystem, const char *devtype)
{
  return 0;
}

/* From here on a datagram is never lost: tell the launcher that pcscd listens. */
int
udev_monitor_enable_receiving (struct udev_monitor *monitor)
{
  static const char line[] = "watching";
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  snprintf (address.sun_path, sizeof address.sun_path, "%s/events", peer_dir ());
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  sendto (fd, line, strlen (line), MSG_DONTWAIT, (struct sockaddr *)&address, sizeof address);
  close (fd);
  return 0;
}

int
udev_monitor_get_fd (struct udev_monitor *monitor)
{
  return monitor->fd;
}

static struct udev_device *
new_device (const char *name, const char *action)
{
  struct udev_device *device = calloc (1, sizeof *device);

  if (device == NULL)
    return NULL;
  snprintf (device->name, sizeof device->name, "%s", name);
  snprintf (device->node, sizeof device->node, "/dev/bus/usb/%s", name);
  device->action = action;
  return device;
}

struct udev_device *
udev_monitor_receive_device (struct udev_monitor *monitor)
{
  static const char *const actions[] = { "add", "remove" };
  char line[DATAGRAM_MAX + 1];

  ssize_t n = recv (monitor->fd, line, DATAGRAM_MAX, 0);
  if (n <= 0)
    return NULL;
  line[n] = '\0';
  for (size_t i = 0; i < 2; i++)
    {
      size_t length = strlen (actions[i]);
      if (strncmp (line, actions[i], length) == 0 && line[length] == ' ')
        return new_device (line + length + 1, actions[i]);
    }
  return NULL;
}

struct udev_enumerate *
udev_enumerate_new (struct udev *udev)
{
  return &the_enumeration;
}

int
udev_enumerate_add_match_subsystem (struct udev_enumerate *enumeration, const char *subsystem)
{
  return 0;
}

int
udev_enumerate_scan_devices (struct udev_enumerate *enumeration)
{
  return 0;
}

/* No reader is there at the start: the launcher plugs in the first ones like all others. */
struct udev_list_entry *
udev_enumerate_get_list_entry (struct udev_enumerate *enumeration)
{
  return NULL;
}

struct udev_enumerate *
udev_enumerate_unref (struct udev_enumerate *enumeration)
{
  return NULL;
}

struct udev_list_entry *
udev_list_entry_get_next (struct udev_list_entry *entry)
{
  return NULL;
}

const char *
udev_list_entry_get_name (struct udev_list_entry *entry)
{
  return entry->name;
}

struct udev_device *
udev_device_new_from_syspath (struct udev *udev, const char *path)
{
  return new_device (path, NULL);
}

struct udev_device *
udev_device_unref (struct udev_device *device)
{
  free (device);
  return NULL;
}

/* The parent of the interface is the USB device; one struct stands for both. */
struct udev_device *
udev_device_get_parent_with_subsystem_devtype (struct udev_device *device, const char *subsystem,
                                               const char *devtype)
{
  return device;
}

const char *
udev_device_get_devnode (struct udev_device *device)
{
  return device->node;
}

const char *
udev_device_get_sysname (struct udev_device *device)
{
  return device->name;
}

const char *
udev_device_get_action (struct udev_device *device)
{
  return device->action;
}

const char *
udev_device_get_sysattr_value (struct udev_device *device, const char *attribute)
{
  static const struct
  {
    const char *attribute, *value;
  } fixed[] = {
    { "idVendor", "1209" },
    { "idProduct", "0001" },
    { "bInterfaceNumber", "00" },
  };

  if (strcmp (attribute, "serial") == 0)
    return device->name;
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
    if (strcmp (attribute, fixed[i].attribute) == 0)
      return fixed[i].value;
  return NULL;
}
