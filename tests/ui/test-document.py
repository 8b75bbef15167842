#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper on the screen: the unmodified jumin-ui under a headless cage, and a PDF that the fixture
server hands out in the place of core. Its corner is red on the first page, blue on the second.

    test-document.py BUILD_DIR
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import kiosk  # noqa: E402
import tap  # noqa: E402
from fixtures import FixtureServer  # noqa: E402

SECONDS = 10
RED, BLUE, WHITE = (204, 0, 0), (0, 0, 204), (255, 255, 255)
NEAR = 12
# What the desk shows around the paper, with something to spare; of the corner, shares of the
# paper's width and height that lie in it at 100 %, and beyond it, but in it at 200 %.
DESK = 22
CORNER, BEYOND = (0.05, 0.03), (0.15, 0.10)
MEMORY = "memfd:jumin-document"


class Screen:
    """A kiosk on the fixture server."""

    def __init__(self, build_dir):
        self.server = FixtureServer(build_dir)
        self.kiosk = kiosk.Kiosk(build_dir, self.server.ui_command()).start()
        self.file = self.server.dir / "paper.pdf"

    def show(self, name, *modes):
        self.server.show(name, *modes)
        self.kiosk.wait(".desk" if name != "home" else "page-home")
        self.kiosk.settle()

    def paper(self, words=""):
        """What is handed out from now on; how often it was asked for before."""
        return int(self.server.command(f"paper {words}".strip())[0])

    def colour(self, share):
        """At these shares of the paper."""
        box = self.kiosk.find(".desk")
        width = box.width - 2 * DESK
        x, y = box.x + DESK + share[0] * width, box.y + DESK + share[1] * width * 297 / 210
        return tuple(map(int, self.kiosk.command(f"colour {int(x)} {int(y)}").split()))

    def await_colour(self, wanted, share=CORNER):
        """Waits until it is there."""
        deadline = time.monotonic() + SECONDS
        while any(abs(a - b) > NEAR for a, b in zip(self.colour(share), wanted)):
            tap.check(time.monotonic() < deadline,
                      f"{self.colour(share)} at {share} and not {wanted}")
            self.kiosk.hold(50)

    def press(self, name):
        self.kiosk.tap(name)
        self.kiosk.settle()

    def holds(self):
        """How many descriptors or maps of a paper the ui holds."""
        process = pathlib.Path("/proc") / self.kiosk.command("pid").strip()
        links = [str(link.readlink()) for link in (process / "fd").iterdir() if link.is_symlink()]
        return sum(MEMORY in link for link in links) \
            + (process / "maps").read_text("utf-8").count(MEMORY)

    def stop(self):
        self.kiosk.stop()
        self.server.stop()


def test_veiled(screen):
    screen.paper()
    screen.show("preview")
    screen.kiosk.hold(500)
    tap.check(screen.paper() == 0, "a veiled paper was asked for")
    screen.await_colour(WHITE)


def test_pages(screen):
    screen.show("preview-shown")
    screen.await_colour(RED)
    screen.press("next")
    screen.await_colour(BLUE)
    screen.press("previous")
    screen.await_colour(RED)


def test_zoom(screen):
    screen.show("preview-shown")
    screen.await_colour(RED)
    screen.await_colour(WHITE, BEYOND)
    screen.press("larger")
    screen.press("larger")
    screen.await_colour(RED, BEYOND)
    for _ in range(4):
        screen.press("next")
    screen.await_colour(BLUE, BEYOND)
    screen.press("smaller")
    screen.press("smaller")
    screen.await_colour(WHITE, BEYOND)
    screen.await_colour(BLUE)


def test_copies(screen):
    screen.show("preview-shown")
    screen.press("more")
    screen.press("more")
    screen.press("fewer")
    tap.check(screen.server.acts() == [], "a copy more or less was told to core")
    tap.check("打印 2 份，共 4 页" in screen.kiosk.tree(), "the key does not say what it prints")
    screen.kiosk.hold(400)
    screen.press("print")
    tap.check(screen.server.acts() == ["print print "], "printing was not asked for")


def test_nothing_stays(screen):
    screen.show("preview-shown")
    screen.await_colour(RED)
    tap.check(screen.holds() == 0, "the descriptor is held beyond reading")
    screen.show("preview")
    screen.await_colour(WHITE)
    screen.show("home")
    screen.kiosk.wait_gone(".desk")
    screen.paper()
    screen.kiosk.hold(500)
    tap.check(screen.paper() == 0, "it is asked for off the screen")


def test_broken(screen):
    for what in (b"%PDF-1.7\nnothing", b"", b"x" * 800000):
        screen.file.write_bytes(what)
        screen.paper(str(screen.file))
        screen.show("preview-shown")
        screen.kiosk.hold(500)
        screen.await_colour(WHITE)
        tap.check("显示不了" in screen.kiosk.tree(), "nothing says that it cannot be shown")
    screen.paper()
    screen.show("preview-shown")
    screen.await_colour(RED)


def test_modes(screen):
    for modes in (("zh", 1), ("zh", 0, 1), ("en", 1, 1, 1)):
        screen.show("preview-shown", *modes)
        screen.press("next")
        screen.press("previous")


TESTS = [
    ("a veiled paper is not even asked for", test_veiled),
    ("two keys turn its pages", test_pages),
    ("enlarged, the keys lead through its parts and on to the next page", test_zoom),
    ("copies are a draft until they are printed", test_copies),
    ("nothing of it stays once it is off the screen", test_nothing_stays),
    ("what is no paper of ours is refused, and the next one shown", test_broken),
    ("the keys are there in every mode", test_modes),
]


def main():
    screen = Screen(sys.argv[1])
    try:
        return tap.run_tests(TESTS, screen)
    finally:
        screen.stop()


if __name__ == "__main__":
    sys.exit(main())
