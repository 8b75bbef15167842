# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol: runs rows of (sentence, function) and says what became of them."""

import traceback

from kiosk import KioskError
from program import StandError


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def note(text):
    """A line beside the results."""
    for line in str(text).splitlines():
        print(f"# {line}", flush=True)


def run_tests(tests, *arguments):
    """Runs each function with the arguments; returns what the program ends with."""
    print(f"1..{len(tests)}", flush=True)
    good = True
    for number, (sentence, test) in enumerate(tests, start=1):
        try:
            test(*arguments)
        except (AssertionError, KioskError, StandError, OSError, LookupError, ValueError) as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            note(f"{where.name}, line {where.lineno}: {type(error).__name__}: {error}")
            print(f"not ok {number} - {sentence}", flush=True)
            good = False
        else:
            print(f"ok {number} - {sentence}", flush=True)
    return 0 if good else 1
