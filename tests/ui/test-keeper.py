#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keeper of the screen: nobody's data outlives their visit in the screen's memory, and the
screen is never empty meanwhile; speaks TAP. Reading another process's memory takes root.

    test-keeper.py BUILD_DIR
"""

import json
import os
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from program import wait_until  # noqa: E402
from residue import search_memory, traces_of  # noqa: E402
from stand import Stand  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

RESIDENT = "li-ceshi"
HOME = "page-home/queue"
FOUND_SHOWN_MAX = 10


class Screen:
    """A stand whose screen has a keeper."""

    def __init__(self, build_dir):
        self.stand = Stand(build_dir)
        self.stand.start()
        command = self.stand.ui_command()
        self.kiosk = self.stand.open_kiosk()
        self.kiosk.ui = [str(self.stand.build_dir / "ui" / "jumin-ui-keeper"),
                         *map(str, command)]
        self.kiosk.start()
        self.kiosk.wait(HOME)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kiosk.stop()
        self.stand.stop()

    def pid(self):
        return int(self.kiosk.command("pid"))

    def traces(self):
        people = json.loads(self.stand.residents.read_text(encoding="utf-8"))
        resident = next(person for person in people if person["id"] == RESIDENT)
        # What the screen is told of a person is masked: their name's end, and the number's ends.
        number = resident["id_number"]
        masked = (number[:4] + "*" * (len(number) - 6) + number[-2:]).encode()
        return traces_of(resident), masked

    def sign_in(self):
        self.stand.insert(RESIDENT)
        self.kiosk.wait("agree")
        self.kiosk.tap("agree")
        self.kiosk.wait("exit")

    def leave(self):
        self.kiosk.tap("exit")
        self.kiosk.wait("page-take-card")
        self.stand.pull()
        self.kiosk.wait(HOME)

    def other(self, before):
        """The pid of the screen that has taken over."""
        wait_until(lambda: not pathlib.Path(f"/proc/{before}").exists(),
                   "the first screen to end")
        self.kiosk.reconnect()
        return self.pid()


def holds(pid, masked):
    """Whether the masked number is anywhere in what the process may write to."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, \
            open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            where, mode, *_ = line.split()
            if not mode.startswith("rw"):
                continue
            start, end = (int(word, 16) for word in where.split("-"))
            try:
                memory.seek(start)
                if masked in memory.read(end - start):
                    return True
            except (OSError, ValueError):
                continue
    return False


def test_the_screen_of_a_visit_is_relieved(build_dir):
    with Screen(build_dir) as screen:
        first = screen.pid()
        traces, masked = screen.traces()
        screen.sign_in()
        check(screen.pid() == first, "the screen changed in a visit")
        check(holds(first, masked), "what the screen shows is not found in it")
        screen.leave()
        second = screen.other(first)
        check(second != first, "the same screen goes on")
        screen.kiosk.wait(HOME)
        found = search_memory(second, traces)
        for line in found[:FOUND_SHOWN_MAX]:
            note(line)
        check(not found and not holds(second, masked), "the new screen knows who was there")
        screen.sign_in()  # and it works
        screen.leave()
        check(screen.other(second) not in (first, second), "one relief only")


def test_nobody_s_screen_stays(build_dir):
    with Screen(build_dir) as screen:
        first = screen.pid()
        screen.kiosk.tap("queue")
        screen.kiosk.wait("page-choose")
        screen.kiosk.tap("home")
        screen.kiosk.wait(HOME)
        screen.kiosk.hold(2500)
        check(screen.pid() == first, "a screen that showed nobody's data was relieved")


def test_a_screen_that_dies_is_back(build_dir):
    with Screen(build_dir) as screen:
        first = screen.pid()
        screen.sign_in()
        screen.kiosk.kill_ui()
        second = screen.other(first)
        check(second != first, "the screen is not back")
        screen.kiosk.wait("exit")  # in the same visit


def test_the_keeper_takes_its_screen_with_it(build_dir):
    with Screen(build_dir) as screen:
        pid = screen.pid()
        parent = int(pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[3])
        os.kill(parent, signal.SIGKILL)
        wait_until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), "the screen to end")


TESTS = (
    ("the screen of a visit is relieved once nobody is there", test_the_screen_of_a_visit_is_relieved),
    ("a screen that showed nobody's data stays", test_nobody_s_screen_stays),
    ("a screen that dies is back in the same visit", test_a_screen_that_dies_is_back),
    ("a keeper that dies takes its screen with it", test_the_keeper_takes_its_screen_with_it),
)

if __name__ == "__main__":
    if os.getuid() != 0:
        print("1..0 # SKIP only root reads the memory of the screen")
        sys.exit(0)
    sys.exit(run_tests(TESTS, sys.argv[1]))
