#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the kiosk without a panel and does what the lines on its input say.

    session.py [--size 1080x1920] [--log FILE] BUILD_DIR PROGRAM [ARGUMENT…]

One command a line; '.' after each answer:
    tap KEY | long_press KEY | double_tap KEY | slide_off KEY | two_fingers KEY | KEY
    wait KEY | wait_gone KEY | shot FILE | restart | kill_ui | quit
and every command of the driver: tree, find KEY, text KEY, settle, audit …
"""

import argparse
import sys

import kiosk

ACTS = ("tap", "long_press", "double_tap", "slide_off", "wait", "wait_gone", "shot")
PLAIN = ("restart", "kill_ui", "settle")


def run_line(screen, line):
    """Does one line and returns what to print."""
    word, _, rest = line.partition(" ")
    if word == "two_fingers":
        screen.two_fingers(*[key.strip() for key in rest.split("|", 1)])
    elif word in ACTS:
        getattr(screen, word)(rest)
    elif word in PLAIN:
        getattr(screen, word)()
    else:
        return screen.command(line)
    return "done"


def main():
    """Reads commands until the input ends."""
    parser = argparse.ArgumentParser(description="the kiosk without a panel")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--log")
    parser.add_argument("build_dir")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    failed = False

    with kiosk.Kiosk(options.build_dir, options.program, options.size, log=options.log) as screen:
        for line in sys.stdin:
            if line.strip() == "quit":
                break
            try:
                print(run_line(screen, line.strip()))
            except kiosk.KioskError as error:
                print(f"failed: {error}")
                failed = True
            print(".", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
