#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the camera sees, on the screen: the unmodified jumin-ui under a headless cage, and memory
that the fixture server fills in the place of jumin-scan.

    test-preview.py BUILD_DIR
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import kiosk  # noqa: E402
import tap  # noqa: E402
from fixtures import FixtureServer  # noqa: E402

WIDTH, HEIGHT = 640, 360
SECONDS = 10
# Of a picture of the camera: what is seen on the left, and on the right.
RED, BLUE, GREEN = (200, 10, 30), (20, 40, 210), (10, 190, 60)
NEAR = 12
STATE = "identify-code"
MEMORY = "memfd:jumin-preview"
# A countdown draws some frames a second, a preview at least thirty.
FRAMES_ASLEEP_MAX, FRAMES_AWAKE_MIN = 8, 25


class Screen:
    """A kiosk on the fixture server."""

    def __init__(self, build_dir):
        self.server = FixtureServer(build_dir)
        self.kiosk = kiosk.Kiosk(build_dir, self.server.ui_command()).start()
        self.file = self.server.dir / "picture"

    def see(self, left, right=None):
        """A fresh camera that sees two colours, in new memory."""
        halves = [bytes((*reversed(colour), 255)) * (WIDTH // 2)
                  for colour in (left, right or left)]
        self.file.write_bytes(b"".join(halves) * HEIGHT)
        self.server.camera(f"{self.file} {WIDTH} {HEIGHT}")

    def show(self, name=STATE, *modes):
        self.server.show(name, *modes)
        self.kiosk.wait(".preview" if name == STATE else f"page-{name}")

    def colours(self, *shares):
        """What is on the screen a quarter above the lower edge of the preview, at these shares of
        its width."""
        box = self.kiosk.find(".preview")
        places = [f"{int(box.x + box.width * share)} {int(box.y + box.height * 0.72)}"
                  for share in shares]
        return [tuple(map(int, self.kiosk.command(f"colour {place}").split()))
                for place in places]

    def await_that(self, condition, what):
        """Waits until it is so."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            tap.check(time.monotonic() < deadline, what)
            self.kiosk.hold(50)

    def await_colours(self, left, right=None):
        """Waits until the preview shows them."""
        wanted = (left, right or left)

        def are_shown():
            return all(abs(a - b) <= NEAR for one, other in zip(self.colours(0.1, 0.9), wanted)
                       for a, b in zip(one, other))

        self.await_that(are_shown, f"the preview does not show {wanted}")

    def maps(self):
        """How often the memory is mapped in the ui."""
        text = pathlib.Path(f"/proc/{self.kiosk.command('pid')}/maps").read_text("utf-8")
        return text.count(MEMORY)

    def frames(self, ms=1000):
        """How many frames its clock begins in this time."""
        self.kiosk.command("pace")
        self.kiosk.hold(ms)
        return len(self.kiosk.command("pace").splitlines())

    def stop(self):
        self.kiosk.stop()
        self.server.stop()


def test_left_stays_left(screen):
    screen.see(RED, BLUE)
    screen.show()
    screen.await_colours(RED, BLUE)
    tap.check(screen.frames() >= FRAMES_AWAKE_MIN, "the picture stands still")


def test_words_change_below_it(screen):
    screen.see(GREEN)
    screen.show()
    screen.await_colours(GREEN)
    opened = screen.server.opened()
    screen.server.show_again()
    screen.await_colours(GREEN)
    tap.check(screen.server.opened() == opened, "it was opened again")
    tap.check(screen.maps() == 1, "it is not mapped once")


def test_it_is_gone_with_the_page(screen):
    screen.see(RED)
    screen.show()
    screen.await_colours(RED)
    screen.show("home")
    screen.kiosk.wait_gone(".preview")
    screen.kiosk.rest()
    tap.check(screen.maps() == 0, "the memory is still mapped")
    frames, opened = screen.frames(), screen.server.opened()
    tap.check(frames <= FRAMES_ASLEEP_MAX, f"{frames} frames a second with nothing to show")
    screen.kiosk.hold(1500)
    tap.check(screen.server.opened() == opened, "it still asks")


def test_a_fresh_camera_is_found(screen):
    screen.see(RED)
    screen.show()
    screen.await_colours(RED)
    screen.see(BLUE)
    screen.await_colours(BLUE)
    tap.check(screen.maps() == 1, "the old memory is still mapped")


def test_an_old_picture_is_not_shown(screen):
    for what in ("stop", "forget"):
        screen.see(RED)
        screen.show()
        screen.await_colours(RED)
        screen.server.camera(what)
        screen.await_that(lambda: abs(screen.colours(0.1)[0][0] - RED[0]) > NEAR,
                          f"'{what}' leaves the last picture")
    screen.await_that(lambda: screen.maps() == 0, "the memory is still mapped")
    tap.check(screen.frames() <= FRAMES_ASLEEP_MAX, "it runs without a camera")
    screen.see(GREEN)
    screen.await_colours(GREEN)


def test_every_screen_has_it(screen):
    screen.see(GREEN)
    for modes in (("zh", 1), ("zh", 0, 1), ("en", 1, 1, 1)):
        screen.show(STATE, *modes)
        screen.await_colours(GREEN)


TESTS = [
    ("the picture is shown as it comes: jumin-scan mirrors it", test_left_stays_left),
    ("words change below it, and it goes on", test_words_change_below_it),
    ("memory, asking and clock end with the page", test_it_is_gone_with_the_page),
    ("the memory of a fresh jumin-scan is found", test_a_fresh_camera_is_found),
    ("what a camera saw before it went silent is not shown", test_an_old_picture_is_not_shown),
    ("it is there in every mode", test_every_screen_has_it),
]


def main():
    screen = Screen(sys.argv[1])
    try:
        return tap.run_tests(TESTS, screen)
    finally:
        screen.stop()


if __name__ == "__main__":
    sys.exit(main())
