#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What fingers and keyboards may and may not do to the screen: real touches through a headless
cage, real keys of a virtual keyboard, the unmodified jumin-ui.

    test-touch.py BUILD_DIR
"""

import pathlib
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import kiosk  # noqa: E402
from fixtures import FixtureServer  # noqa: E402

# linux/input-event-codes.h
ESC, Q, TAB, ENTER, CTRL, I, D, SHIFT, DOT, ALT, SPACE = 1, 16, 15, 28, 29, 23, 32, 42, 52, 56, 57
F1, F4, F10, U, A, MENU, META, V = 59, 62, 68, 22, 30, 127, 125, 47

ATTACKS = {
    "the inspector": (CTRL, SHIFT, I),
    "the other inspector": (CTRL, SHIFT, D),
    "the menu key": (MENU,),
    "shift and F10": (SHIFT, F10),
    "closing the window": (ALT, F4),
    "emoji": (CTRL, DOT),
    "typing Unicode": (CTRL, SHIFT, U),
    "quitting": (CTRL, Q),
    "the menu bar": (F10,),
    "the window menu": (ALT, SPACE),
    "escape": (ESC,),
    "help": (F1,),
    "marking all": (CTRL, A),
    "pasting": (CTRL, V),
    "the system key": (META,),
}
# Widgets that only a desktop has.
FOREIGN = ("Popover", "TextHandle", "EmojiChooser", "Magnifier", "Inspector", "GtkText ", "GtkEntry")

# On "home-number" two things can be pressed that act at once.
ROW, TILE = "20261121-A023", "page-home/queue"


MINUTE_OVER_MS = 700


class Screen:
    """A kiosk on the fixture server."""

    def __init__(self, build_dir):
        self.server = FixtureServer(build_dir)
        self.kiosk = kiosk.Kiosk(build_dir, self.server.ui_command(), keyboard=True).start()

    def show(self, name="home-number", *modes):
        """A fixture, at rest."""
        self.server.show(name, *modes)
        self.kiosk.settle()

    def expect(self, *acts):
        """What was pressed, exactly, once no more can come."""
        self.kiosk.rest()
        found = [act.strip() for act in self.server.acts()]
        assert found == list(acts), f"pressed was {found}, not {list(acts)}"

    def expect_nothing_foreign(self):
        """One window, nothing of a desktop in it."""
        windows = self.kiosk.command("windows").split()
        assert windows == ["JuminWindow"], f"windows are {windows}"
        tree = self.kiosk.tree()
        strange = [word for word in FOREIGN if word in tree]
        assert not strange, f"shown is {strange}"

    def stop(self):
        """Ends both."""
        self.kiosk.stop()
        self.server.stop()


def test_a_tap_acts(screen):
    screen.show()
    screen.kiosk.tap(TILE)
    screen.expect("start queue")


def test_a_double_tap_acts_once(screen):
    screen.show()
    screen.kiosk.double_tap(TILE)
    screen.expect("start queue")


def test_two_fingers_on_two_keys_press_only_the_first(screen):
    screen.show()
    screen.kiosk.two_fingers(TILE, ROW)
    screen.expect("start queue")


def test_sliding_off_presses_nothing(screen):
    screen.show()
    screen.kiosk.slide_off(TILE)
    screen.expect()


def test_a_long_press_is_a_press(screen):
    screen.show()
    screen.kiosk.long_press(TILE)
    screen.expect_nothing_foreign()
    screen.expect("start queue")


def test_what_is_ticked_goes_whole_with_the_key(screen):
    screen.show("bills")
    for bill in ("home-power-0", "home-water-1", "home-power-0", "home-gas-2"):
        screen.kiosk.tap(bill)
    screen.expect()
    screen.kiosk.tap("page-bills/pay")
    screen.expect("pay pay home-water-1,home-gas-2")


def test_with_nothing_ticked_the_key_is_off(screen):
    screen.show("bills")
    assert not screen.kiosk.find("page-bills/pay").sensitive
    screen.kiosk.tap("home-gas-2")
    screen.kiosk.settle()
    assert screen.kiosk.find("page-bills/pay").sensitive
    screen.expect()


def test_a_long_press_on_words_opens_nothing(screen):
    screen.show("choose")
    screen.kiosk.rest()
    box = screen.kiosk.find(".t-h1")
    screen.kiosk.touch(f"down 0 {box.x + 50} {box.y + box.height / 2}")
    screen.kiosk.hold(kiosk.LONG_PRESS_MS)
    screen.expect_nothing_foreign()
    screen.kiosk.touch("up 0")
    screen.expect_nothing_foreign()
    screen.expect()


def test_a_touch_meant_for_the_last_page_does_nothing(screen):
    screen.show()
    box = screen.kiosk.find(TILE)
    screen.show()
    screen.kiosk.touch(f"down 0 {box.x + box.width / 2} {box.y + box.height / 2}")
    screen.kiosk.touch("up 0")
    screen.expect()


def test_a_finger_keeps_its_key_when_the_page_is_drawn_anew(screen):
    screen.show()
    screen.kiosk.rest()
    box = screen.kiosk.find(TILE)
    screen.kiosk.touch(f"down 0 {box.x + box.width / 2} {box.y + box.height / 2}")
    screen.server.show_again()
    screen.kiosk.settle()
    screen.kiosk.touch("up 0")
    screen.expect("start queue")


def test_the_time_that_goes_on_takes_no_touch(screen):
    screen.show()
    screen.kiosk.rest()
    box = screen.kiosk.find(".clock")
    screen.server.rest()
    screen.kiosk.hold(MINUTE_OVER_MS)
    screen.kiosk.touch(f"down 0 {box.x + box.width / 2} {box.y + box.height / 2}")
    screen.kiosk.touch("up 0")
    screen.kiosk.tap(TILE)
    screen.expect("start queue")


def test_what_is_off_cannot_be_pressed(screen):
    screen.show()
    screen.kiosk.rest()
    box = screen.kiosk.find("voice")
    screen.kiosk.touch(f"down 0 {box.x + box.width / 2} {box.y + box.height / 2}")
    screen.kiosk.touch("up 0")
    screen.expect()


def test_nothing_under_a_dialog_can_be_pressed(screen):
    screen.show("ending-with-card")
    screen.kiosk.rest()
    for key in ("page-home/queue", "exit"):
        box = screen.kiosk.find(key)
        if box is not None:
            screen.kiosk.touch(f"down 0 {box.x + 5} {box.y + box.height / 2}")
            screen.kiosk.touch("up 0")
    screen.expect()
    screen.kiosk.tap("stay")
    screen.expect("stay stay")


def test_keys_pressed_fast_lose_no_digit(screen):
    screen.show("number-empty")
    screen.kiosk.rest()
    digits = "500102199003070010"
    boxes = {digit: screen.kiosk.find(f"key-{digit}") for digit in set(digits)}
    for digit in digits:
        box = boxes[digit]
        screen.kiosk.touch(f"down 0 {box.x + box.width / 2} {box.y + box.height / 2}")
        screen.kiosk.touch("up 0")
    found = []
    for _ in range(len(digits)):
        screen.kiosk.rest()
        found += [act.split()[-1] for act in screen.server.acts()]
        if len(found) >= len(digits):
            break
    assert "".join(found) == digits, f"typed was {found}"
    screen.expect()


def test_a_mode_is_set_not_toggled(screen):
    screen.show("home", "zh", 1)
    screen.kiosk.tap("elder")
    screen.expect("set elder off")


def test_a_keyboard_can_walk_and_press(screen):
    screen.show("home")
    screen.kiosk.rest()
    screen.kiosk.press_keys(TAB)
    screen.kiosk.press_keys(ENTER)
    screen.kiosk.rest()
    assert len(screen.server.acts()) == 1, "keys do not arrive, so attacks by keys prove nothing"


def test_no_key_combination_does_anything(screen):
    screen.show("home")
    screen.kiosk.rest()
    before = screen.kiosk.tree()
    for name, codes in ATTACKS.items():
        screen.kiosk.press_keys(*codes)
        screen.kiosk.settle()
        screen.expect_nothing_foreign()
        assert len(screen.kiosk.tree()) == len(before), f"{name} changed the page"
    screen.expect()


def test_a_killed_ui_comes_back_on_its_page(screen):
    screen.show("ticket-printed", "en", 1, 1, 0)
    screen.kiosk.kill_ui()
    screen.kiosk.restart()
    screen.kiosk.wait("page-ticket")
    screen.kiosk.wait("finish")
    assert screen.kiosk.text("finish") == "Done, take card", screen.kiosk.text("finish")


def main():
    """Runs every function that begins with "test_", in the order of this file."""
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    screen = Screen(sys.argv[1])
    failed = 0
    print(f"1..{len(tests)}")
    for number, (name, test) in enumerate(tests, 1):
        try:
            test(screen)
            print(f"ok {number} /touch/{name[5:]}", flush=True)
        except (AssertionError, kiosk.KioskError) as error:
            failed += 1
            print("".join(f"# {line}\n" for line in traceback.format_exception_only(error)), end="")
            print(f"not ok {number} /touch/{name[5:]}", flush=True)
    screen.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
