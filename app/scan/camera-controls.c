/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Focus and light for the screen of a phone, 10 to 25 cm away. A camera that searches its focus and
 * its exposure takes a second each time a phone comes, and a bright screen in a dark hall misleads
 * both. No camera has all controls; one that it lacks or refuses is left as it is. */
#include "scan/camera-controls.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

/* Where in its range a control is set, in percent: 0 is its least. */
enum
{
  LEAST = 0,
  NEAR_PERCENT = 60, /* of the lens's way to its nearest: about a hand's length */
  DEFAULT = -1,
  EXACTLY = -2 /* the row's value */
};

typedef struct
{
  guint32 id;
  int percent, value;
} Control;

/* In this order: some can be set only after others. */
static const Control controls[] = {
  { V4L2_CID_FOCUS_AUTO, EXACTLY, 0 },
  { V4L2_CID_FOCUS_ABSOLUTE, NEAR_PERCENT },
  { V4L2_CID_ZOOM_ABSOLUTE, LEAST },
  { V4L2_CID_EXPOSURE_AUTO, EXACTLY, V4L2_EXPOSURE_APERTURE_PRIORITY },
  /* Never longer than a frame: a phone moves. */
  { V4L2_CID_EXPOSURE_AUTO_PRIORITY, EXACTLY, 0 },
  { V4L2_CID_BACKLIGHT_COMPENSATION, LEAST },
  { V4L2_CID_POWER_LINE_FREQUENCY, EXACTLY, V4L2_CID_POWER_LINE_FREQUENCY_50HZ },
  { V4L2_CID_AUTO_WHITE_BALANCE, EXACTLY, 1 },
  /* Sharpened edges ring, which costs more reads than anything else does. */
  { V4L2_CID_SHARPNESS, DEFAULT },
};

int
jumin_camera_ioctl (int descriptor, unsigned long request, void *argument)
{
  int result;

  do
    result = ioctl (descriptor, request, argument);
  while (result < 0 && errno == EINTR);
  return result;
}

static gboolean
choose_value (const Control *control, const struct v4l2_queryctrl *range, gint32 *value)
{
  gint64 span = (gint64)range->maximum - range->minimum, offset;

  *value = control->percent == EXACTLY ? control->value : range->default_value;
  if (control->percent >= 0 && span >= 0)
    {
      offset = span * control->percent / 100;
      if (range->step > 1)
        offset -= offset % range->step;
      *value = (gint32)(range->minimum + offset);
    }
  return *value >= range->minimum && *value <= range->maximum;
}

/**
 * jumin_camera_controls_set:
 * @descriptor: of a camera
 *
 * Sets what it has of these controls; failures are ignored.
 */
void
jumin_camera_controls_set (int descriptor)
{
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    {
      struct v4l2_queryctrl range = { .id = controls[i].id };
      struct v4l2_control wanted = { .id = controls[i].id };

      if (jumin_camera_ioctl (descriptor, VIDIOC_QUERYCTRL, &range) == 0
          && !(range.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY))
          && choose_value (&controls[i], &range, &wanted.value))
        jumin_camera_ioctl (descriptor, VIDIOC_S_CTRL, &wanted);
    }
}
